"""Characters, sentences and paragraphs: what a cursor moves by and a selection grows by."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cells import continues
from tui.units import (
    containing,
    next_character,
    next_start,
    paragraphs,
    previous_character,
    previous_end,
    previous_start,
    sentences,
)

_TEXT = st.text() | st.text(alphabet="他说道问中好A3 \n　。！？…，：；“”‘’《》（）()\"'.!?\u0301\u200d🇨🇳", max_size=60)
_RANGES = st.lists(st.integers(0, 60), unique=True, max_size=16).map(
    lambda cuts: tuple(zip(sorted(cuts)[::2], sorted(cuts)[1::2], strict=False))
)


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["春天来了。", "花开了！", "你看见了吗？"],
        ["真的吗？！", "真的……", "我不信。"],
        ["他说：“我来。”", "然后走了。"],
        ["他说：“我来。", "你等着。”", "说完便走了。"],
        ["（完。）", "再见。"],
        ["“来了。”老王说。", "门开了。"],
        ["“天冷了。", "多穿些。”母亲叮嘱道，“别着凉。”"],
        ["“来了。”", "老王问：“谁？”"],
        ["老王问：“谁？”", "门外的人说，是他。"],
        ["“走！”，他喊。"],
        ["面对“怎么办？”的追问，她笑了。", "没有回答。"],
        ["他读过《怎么办？》一书。", "也读过《谁之罪？》。"],
        ["会议（主题为“谁来做？怎么做？”）开了一天。", "散了。"],
        ["增长3.5%，达12.8亿元。", "好于预期。"],
        ["版本2.0.1已发布.", "请更新."],
        ["It works!", "Does it?", "Yes, at 3.5 p.m. today it does."],
        ["Mr. Smith met J. K. Lee.", "They talked."],
        ["1. 总则"],
        ["见 https://example.org/a?b=1 一页。", "好。"],
        ['他说:"好!"', "走了."],
        ["没有句号的一段"],
        ["……", "好。"],
    ],
)
def test_a_text_falls_into_its_sentences(expected: list[str]) -> None:
    joined = "".join(piece + (" " if piece.isascii() else "") for piece in expected).strip()
    assert split(joined) == expected


def test_a_phrase_in_quotation_marks_may_be_too_long_for_one() -> None:
    quotation = "要" + "抓落实" * 8 + "。再" + "抓落实" * 8 + "。"
    assert split(f"他指出“{quotation}”") == [f"他指出“{quotation[:26]}", f"{quotation[26:]}”"]


def test_marks_without_a_partner_do_not_join_sentences() -> None:
    assert split("他（先说“不好。又说好）走了。") == ["他（先说“不好。又说好）走了。"]
    assert split("他说”好。又说（不好。走了。") == ["他说”好。", "又说（不好。", "走了。"]


def test_a_sentence_ends_with_its_paragraph() -> None:
    text = "标题没有句号\n　　正文第一句。第二句\n\n第三句。 "
    assert split(text) == ["标题没有句号", "正文第一句。", "第二句", "第三句。"]
    assert [text[start:end] for start, end in paragraphs(text)] == ["标题没有句号", "正文第一句。第二句", "第三句。"]


@given(_TEXT)
def test_sentences_and_paragraphs_cover_all_but_white_space(text: str) -> None:
    for ranges in (sentences(text), paragraphs(text)):
        assert all(start < end for start, end in ranges)
        assert all(before[1] <= after[0] for before, after in pairwise(ranges))
        outside = set(range(len(text))).difference(*(range(start, end) for start, end in ranges))
        assert all(text[at].isspace() for at in outside)
        for start, end in ranges:
            assert "\n" not in text[start:end]
            assert text[start:end] == text[start:end].strip()


@given(_TEXT)
def test_every_sentence_lies_in_one_paragraph(text: str) -> None:
    whole = paragraphs(text)
    for start, end in sentences(text):
        assert sum(first <= start and end <= last for first, last in whole) == 1


def test_sentences_of_real_pages_are_neither_scraps_nor_pages(shared: Path) -> None:
    for path in sorted((shared / "pages").glob("*.txt")):
        text = "".join(path.read_text(encoding="utf-8-sig").split())
        lengths = sorted(end - start for start, end in sentences(text))
        assert 15 <= lengths[len(lengths) // 2] <= 90
        assert text.count("。") * 0.6 <= len(lengths) <= sum(text.count(mark) for mark in "。！？!?…. ") + 1


@given(_RANGES, st.integers(0, 70))
def test_the_helpers_find_what_a_search_of_all_ranges_finds(ranges: tuple[tuple[int, int], ...], offset: int) -> None:
    starts = [start for start, _ in ranges]
    assert next_start(ranges, offset) == min((start for start in starts if start > offset), default=offset)
    assert previous_start(ranges, offset) == max((start for start in starts if start < offset), default=offset)
    start, end = containing(ranges, offset)
    if not ranges:
        assert (start, end) == (offset, offset)
        return

    def distance(found: tuple[int, int]) -> int:
        return min(abs(at - offset) for at in range(*found))

    assert distance((start, end)) == min(map(distance, ranges))


def test_a_line_feed_belongs_to_the_paragraph_it_ends() -> None:
    assert containing(paragraphs("甲乙\n丙丁"), 2) == (0, 2)


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        ("中国", [0, 1, 2]),
        ("e\u0301中", [0, 2, 3]),
        ("☀\ufe0f中", [0, 2, 3]),
        ("👩\u200d🚀！", [0, 3, 4]),
        ("🇨🇳🇯🇵", [0, 2, 4]),
        ("\u0301中", [0, 1, 2]),
        ("甲\n乙", [0, 1, 2, 3]),
    ],
)
def test_the_cursor_rests_only_where_a_character_begins(text: str, stops: list[int]) -> None:
    assert [next_character(text, at) for at in stops] == [*stops[1:], len(text)]
    assert [previous_character(text, at) for at in stops] == [0, *stops[:-1]]


@given(_TEXT, st.integers(0, 70))
def test_steps_stay_within_the_text_and_never_in_a_character(text: str, offset: int) -> None:
    forth, back = next_character(text, offset), previous_character(text, offset)
    assert 0 <= back <= forth <= len(text)
    assert back < offset or offset == 0
    assert forth == len(text) or not continues(text, forth)
    assert back == len(text) or not continues(text, back)


def test_the_helpers_stay_quick_on_a_hostile_paragraph() -> None:
    for text in ("“" * 20_000, "（。" * 10_000 + "】" * 10_000, "“好！”" * 5_000, "a." * 10_000, '。"' * 5_000):
        assert sentences(text)[-1][1] == len(text)


def test_the_previous_end_is_that_of_a_whole_range_before() -> None:
    ranges = ((0, 2), (2, 3), (5, 9))
    assert [previous_end(ranges, offset) for offset in range(10)] == [0, 0, 2, 3, 3, 3, 3, 3, 3, 9]
