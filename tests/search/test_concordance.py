"""The concordance: its lines, their order, how they are set, and which are drawn."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cells import width
from tui.model import Article, Block, Role, Span
from tui.reading import ReadingText, reading_text
from tui.search.aligning import aligned, halves, seen, shown
from tui.search.concordance import (
    By,
    Line,
    Source,
    compared,
    lines_of,
    places_of,
    sample,
    sort_key,
    sorted_lines,
    with_text,
)
from tui.search.folding import fold
from tui.search.query import parse

letters = st.sampled_from("江江渡口的灯灯發展后aZ9é，。“”—…¶ \u3000\u200b\u0301\ufe0f\u202e\x1b😀👍🏽")
paragraphs = st.lists(st.text(letters, max_size=30), max_size=4)
dates = st.sampled_from(["", "2024-03-09", "2023-12-01", "2024-03-10"])


def reading(*texts: str) -> ReadingText:
    """An article of these paragraphs, which stand on the page a line apart."""
    page, blocks = "", []
    for text in texts:
        blocks.append(Block(Role.BODY, (Span(len(page), len(page) + len(text)),)))
        page += text + "\n\n"
    return reading_text(Article(tuple(blocks)), page)


def lines(typed: str, *texts: str, context: int = 100) -> tuple[Line, ...]:
    return lines_of(parse(typed), reading(*texts), Source(1, 0, "甲/01.txt"), context)


def line(left: str, right: str, date: str = "", start: int = 0) -> Line:
    return Line(Source(1, 0, "甲/01.txt", date=date), start, start + 2, start, left, "渡口", right)


made = st.lists(st.builds(line, st.text(letters), st.text(letters), dates, st.integers(0, 9)), max_size=12)


def test_a_hit_has_its_place_in_the_text_and_on_the_page() -> None:
    found = lines("渡口", "柳塘的灯", "去渡口，到渡口。")
    assert [(one.start, one.end, one.position) for one in found] == [(6, 8, 7), (10, 12, 11)]
    assert (found[0].left, found[0].hit, found[0].right) == ("柳塘的灯\n去", "渡口", "，到渡口。")


def test_every_hit_of_every_positive_word_is_a_line() -> None:
    assert [one.hit for one in lines("渡口 灯 -柳", "渡口的灯", "发")] == ["渡口", "灯"]
    assert lines("-渡口", "渡口的灯") == ()
    assert lines("", "渡口的灯") == ()


def test_traditional_characters_are_found_and_stay() -> None:
    assert [one.hit for one in lines("发展", "高質量發展")] == ["發展"]


def test_what_belongs_to_a_hits_last_character_is_not_cut_off() -> None:
    (found,) = lines("e", "cafe\u0301s")
    assert (found.left, found.hit, found.right) == ("caf", "e\u0301", "s")


@given(paragraphs, st.integers(0, 40))
def test_contexts_and_hit_are_the_reading_text(texts: list[str], context: int) -> None:
    text = reading(*texts).text
    for one in lines("江 的灯", *texts, context=context):
        assert one.text == text[one.start - len(one.left) : one.end + len(one.right)]
        assert len(one.left) == min(one.start, context)
        assert len(one.right) == min(len(text) - one.end, context)


# Setting


@given(paragraphs, st.integers(0, 60), st.integers(1, 60))
def test_every_hit_begins_in_the_same_cell_at_every_width(texts: list[str], before: int, after: int) -> None:
    for one in lines("江 的灯", *texts):
        part = aligned(one, before, after)
        assert part.pad >= 0
        assert part.pad + width(part.left) == before
        assert width(part.hit) + width(part.right) <= after
        assert shown(one.left).endswith(part.left)
        assert shown(one.right).startswith(part.right)
        assert shown(one.left)[part.cut :] == part.left


@given(paragraphs, st.integers(8, 60))
def test_as_much_is_shown_as_there_is_room_for(texts: list[str], room: int) -> None:
    for one in lines("江 的灯", *texts):
        part = aligned(one, room, room)
        assert part.cut == 0 or part.pad <= 3
        assert len(part.right) == len(one.right) or room - width(part.hit) - width(part.right) <= 3


@given(paragraphs)
def test_nothing_of_a_line_is_obeyed_by_a_terminal(texts: list[str]) -> None:
    for one in lines("江 的灯", *texts):
        part = aligned(one, 50, 50)
        assert not re.search("[\n\x1b\u200b\u202e]", part.left + part.hit + part.right)


def test_paragraphs_end_with_a_mark() -> None:
    (found,) = lines("渡口", "一盏灯", "到渡口", "去了")
    part = aligned(found, 10, 20)
    assert (part.pad, part.left, part.hit, part.right) == (1, "一盏灯¶到", "渡口", "¶去了")


def test_a_hit_that_is_too_long_is_cut() -> None:
    (found,) = lines("渡口的十二盏灯", "渡口的十二盏灯换了")
    assert aligned(found, 4, 7).hit == "渡口的…"
    assert aligned(found, 4, 0).hit == ""


@given(st.integers(-5, 400))
def test_the_halves_are_the_whole(cells: int) -> None:
    before, after = halves(cells)
    assert before >= 0
    assert before + after == cells or cells < 4


# Sorting


def test_the_left_context_is_compared_from_the_hit_outward_without_punctuation() -> None:
    assert sort_key(line("从前的，“老", ""), By.LEFT) == ("老", "的", "前", "从")
    assert sort_key(line("上一段\n在 GDP，的", ""), By.LEFT) == ("的", "gdp", "在")
    assert sort_key(line("上一段\n", ""), By.LEFT) == ()


def test_the_right_context_is_compared_folded_and_within_its_paragraph() -> None:
    assert sort_key(line("", "，發ＡＢ9展\n后"), By.RIGHT) == ("发", "ab9", "展")
    assert compared(line("", "，發ＡＢ9展\n后"), By.RIGHT) == ((1, 2), (2, 5), (5, 6))
    assert compared(line("甲", "乙"), By.DATE) == ()
    assert len(compared(line("一二三四五六七八", ""), By.LEFT)) == 6


def test_dates_are_newest_first_and_the_undated_last() -> None:
    made = [line("", "", date) for date in ("", "2023-12-01", "2024-03-09")]
    assert [one.source.date for one in sorted_lines(made, By.DATE)] == ["2024-03-09", "2023-12-01", ""]
    assert [one.source.date for one in sorted_lines(made, By.DATE, reverse=True)] == ["2023-12-01", "2024-03-09", ""]


def naive_key(one: Line, by: By) -> list[str]:
    """Character by character, as one would write it first."""
    near = one.left.split("\n")[-1] if by is By.LEFT else one.right.split("\n")[0]
    words = re.findall(r"[a-z0-9é]+|[^\W_]", fold(near))
    return words[::-1][:6] if by is By.LEFT else words[:6]


@given(made, st.sampled_from([By.LEFT, By.RIGHT]), st.booleans())
def test_sorting_is_the_naive_sort_and_stable(found: list[Line], by: By, reverse: bool) -> None:
    ordered = sorted_lines(found, by, reverse=reverse)
    assert sorted(map(id, ordered)) == sorted(map(id, found))
    naive = sorted(found, key=lambda one: naive_key(one, by), reverse=reverse)
    assert [id(one) for one in ordered] == [id(one) for one in naive]


@given(made, st.sampled_from(By))
def test_what_is_compared_is_what_the_key_says(found: list[Line], by: By) -> None:
    for one in found:
        context = one.left if by is By.LEFT else one.right
        assert by is By.DATE or tuple(fold(context[a:b]) for a, b in compared(one, by)) == sort_key(one, by)


# Narrowing and drawing


def test_lines_are_narrowed_by_a_piece_of_them_folded() -> None:
    found = [line("高質量", "发展"), line("柳塘", "的灯")]
    assert with_text(found, "质量渡口", lambda one: one.text) == found[:1]
    assert with_text(found, " ", lambda one: one.text) == found
    assert with_text(found, "没有", lambda one: one.text) == []


def test_what_narrows_has_to_be_seen() -> None:
    found = line("高質量", "发展")
    assert seen(found, 4, 6) == "質量渡口发"
    assert with_text([found], "发展", lambda one: seen(one, 4, 6)) == []


def test_where_a_text_holds_what_is_typed() -> None:
    assert places_of(" 发 ", "發展，发") == ((0, 1), (3, 4))
    assert places_of("aa", "aaaa") == ((0, 2), (2, 4))
    assert places_of("", "甲") == ()


@given(st.integers(0, 300), st.integers(1, 50), st.integers(0, 5))
def test_a_sample_is_even_and_the_same_for_the_same_seed(count: int, most: int, seed: int) -> None:
    drawn = sample(range(count), most, seed)
    assert len(drawn) == min(count, most)
    assert drawn == sample(range(count), most, seed)
    assert all(first < second for first, second in pairwise(drawn))
    if count > most:
        assert all(count * part // most <= one < count * (part + 1) // most for part, one in enumerate(drawn))


def test_another_seed_draws_another_sample() -> None:
    assert sample(range(1000), 20, 1) != sample(range(1000), 20, 2)


@pytest.mark.parametrize("count", [0, 1, 5])
def test_few_are_all_drawn(count: int) -> None:
    assert list(sample(range(count), 5)) == list(range(count))


@pytest.mark.parametrize(
    ("typed", "found"),
    [("/灯[^，]/", ["灯要", "灯自"]), ("near:4(船 岸)", ["船", "岸"]), ("船 | 灯", ["灯", "船", "灯"])],
)
def test_expressions_and_near_words_are_hits_too(typed: str, found: list[str]) -> None:
    assert [one.hit for one in lines(typed, "从前点灯要划船去对岸", "灯自己就亮")] == found
