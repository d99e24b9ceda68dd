from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.search import words
from tui.search.listed import LONGEST, NO_WORD, TOO_LONG, TOO_SHORT, listed, own_words, parse, whole

PIECES = st.lists(st.text("甲乙丙", min_size=1, max_size=3), min_size=1, max_size=8)
WORDS = st.lists(st.text("甲乙丙", min_size=2, max_size=4), max_size=4)


@pytest.fixture(autouse=True)
def _own_again() -> Iterator[None]:
    yield
    words.use_words({})


def test_a_line_is_a_word_with_a_frequency_and_a_tag_or_without() -> None:
    text = "\ufeff# mine\n新质生产力\n\n柳塘 20 ns\n渡工 n\n跑起来 5 v  \n"
    assert parse(text) == ({"新质生产力": "n", "柳塘": "ns", "渡工": "n", "跑起来": "v"}, [])


def test_damaged_lines_are_named_and_the_rest_is_good() -> None:
    text = f"渡工\n渡\n——\n{'甲' * (LONGEST + 1)}\n柳塘 三 ns\n\ufffd\ufffd坊\n新岸"
    found, mistakes = parse(text)
    assert found == {"渡工": "n", "新岸": "n"}
    assert mistakes == [(2, TOO_SHORT), (3, NO_WORD), (4, TOO_LONG), (5, NO_WORD), (6, NO_WORD)]


@given(st.text())
def test_every_text_is_a_list(text: str) -> None:
    found, mistakes = parse(text)
    assert all(2 <= len(word) <= LONGEST for word in found)
    assert [number for number, _ in mistakes] == sorted({number for number, _ in mistakes})


def test_the_program_s_own_list_has_no_mistake() -> None:
    from tui.search import listed as module

    assert parse(module._TERMS.read_text("utf-8"))[1] == []
    assert "新质生产力" in own_words()


@given(PIECES, WORDS)
@example(["甲乙", "丙"], ["乙丙"])
def test_the_words_cover_the_line_exactly(pieces: list[str], mine: list[str]) -> None:
    line = "".join(pieces)
    ends = list(accumulate(map(len, pieces)))
    known = listed(dict.fromkeys(mine, "n"))
    found = whole(line, ends, known)
    assert list(found) == sorted(set(found))
    assert found[0] > 0
    assert found[-1] == len(line)
    new = set(found) - set(ends)
    cut = [line[start:end] for start, end in zip([0, *found], found, strict=False)]
    assert not new or any(word in known.tags for word in cut)  # nothing is cut anew but for a listed word


@given(st.text("甲乙丙", min_size=2, max_size=5), PIECES)
def test_a_listed_word_of_whole_pieces_is_whole(word: str, pieces: list[str]) -> None:
    pieces = [*word, "，", *pieces]
    ends = whole("".join(pieces), list(accumulate(map(len, pieces))), listed({word: "n"}))
    assert ends[0] == len(word)


@pytest.mark.parametrize(
    ("pieces", "mine", "cut"),
    [
        ("新质 生产力", "新质生产力", "新质生产力"),
        ("新 质生 产力", "新质生产力", "新质生产力"),
        ("由张 小满 说", "张小满", "由 张小满 说"),
        ("发展中国家", "中国家", "发展中国家"),  # inside one word
        ("甲乙 丙", "乙丙", "甲乙 丙"),  # two characters are not cut out of other words
        ("甲 乙 丙 丁", "甲乙 甲乙丙", "甲乙丙 丁"),  # the longest
    ],
)
def test_what_is_cut_whole(pieces: str, mine: str, cut: str) -> None:
    line = pieces.replace(" ", "")
    ends = whole(line, list(accumulate(map(len, pieces.split()))), listed(dict.fromkeys(mine.split(), "n")))
    assert [line[start:end] for start, end in zip([0, *ends], ends, strict=False)] == cut.split()


@pytest.mark.parametrize("segmenter", ["installed", "jieba"])
def test_either_segmenter_cuts_listed_words_whole(segmenter: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if segmenter == "jieba":
        cut = words._jieba()
        monkeypatch.setattr(words, "_cut", cut)
        monkeypatch.setattr(words, "_tag", words._jieba_tagger(cut))
    text = "渡工老秦用新質生產力把柳塘渡坊的船开走了"
    assert words.use_words({"老秦用": "v", "柳塘渡坊": "ns"})
    assert not words.use_words({"老秦用": "v", "柳塘渡坊": "ns"})
    cut_up = [text[start:end] for start, end in words.word_ranges(text)]
    assert {"老秦用", "新質生產力", "柳塘渡坊"} <= set(cut_up)
    tagged = words.tagged(text)
    assert [len(word) for word, _ in tagged] == [len(word) for word in cut_up]
    assert {("老秦用", "v"), ("新质生产力", "n"), ("柳塘渡坊", "ns")} <= set(tagged)


def test_the_tagger_s_words_are_the_segmenter_s() -> None:
    alphabet = st.characters(exclude_categories=()) | st.sampled_from(
        "成都发展經濟新质生产力，。 \n\u3000a1.%\u200b\ud800\r"
    )

    @given(st.text(alphabet, max_size=30))
    def check(text: str) -> None:
        found = "".join(word for word, _ in words.tagged(text))
        assert len(found) == len(text.replace("\n", ""))

    check()
