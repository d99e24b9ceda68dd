"""The caret: how it moves by units, and how a selection grows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui import units
from tui.cells import continues
from tui.ui.caret import Caret, select_range

WORDS = ((0, 2), (2, 3), (4, 7))
TEXT = "渡口的\n太阳能"


def test_without_a_selection_forward_goes_to_the_next_start() -> None:
    assert Caret(0).forward(WORDS) == Caret(2)
    assert Caret(2).forward(WORDS) == Caret(4)
    assert Caret(4).forward(WORDS) == Caret(4)


def test_a_selection_grows_by_whole_units() -> None:
    first = Caret(0, 0).forward(WORDS)
    assert first.selection(TEXT) == (0, 2)
    assert first.forward(WORDS).selection(TEXT) == (0, 3)
    assert first.forward(WORDS).forward(WORDS).selection(TEXT) == (0, 7)


def test_back_goes_to_the_start_of_the_unit_then_to_the_one_before() -> None:
    assert Caret(5).back(WORDS) == Caret(4)
    assert Caret(4).back(WORDS) == Caret(2)
    assert Caret(4, 6).back(WORDS).selection(TEXT) == (2, 7)


def test_end_goes_to_the_last_character() -> None:
    assert Caret(0).end(WORDS) == Caret(1)
    assert Caret(1).end(WORDS) == Caret(2)
    assert Caret(6).end(WORDS) == Caret(6)


def test_a_range_is_selected_whole() -> None:
    assert select_range((4, 7)).selection(TEXT) == (4, 7)
    assert select_range((4, 4)) == Caret(4, 4)


@given(st.integers(0, 6), st.integers(0, 6))
def test_the_selection_is_the_same_from_either_end(one: int, other: int) -> None:
    assert Caret(one, other).selection(TEXT) == Caret(other, one).selection(TEXT)


def test_a_selection_that_runs_forward_shrinks_to_the_last_character_of_a_unit() -> None:
    assert Caret(6, 0).back(WORDS) == Caret(2, 0)
    assert Caret(2, 0).back(WORDS) == Caret(1, 0)
    assert Caret(1, 0).back(WORDS) == Caret(0, 0)
    assert Caret(5, 1).back(WORDS).selection(TEXT) == (1, 3)


def test_a_selection_that_runs_back_shrinks_to_the_start_of_a_unit() -> None:
    assert Caret(0, 6).forward(WORDS) == Caret(2, 6)
    assert Caret(2, 6).forward(WORDS) == Caret(4, 6)
    assert Caret(4, 6).forward(WORDS) == Caret(6, 6)


def test_the_other_end_is_moved_without_the_first() -> None:
    caret = Caret(6, 0).other_end()
    assert caret == Caret(0, 6)
    assert caret.forward(WORDS).selection(TEXT) == (2, 7)
    assert Caret(3).other_end() == Caret(3)


def test_growing_takes_the_word_the_sentence_the_paragraph_and_all() -> None:
    caret, seen = Caret(2), []
    for _ in range(5):
        caret = caret.grow(LONGER, STEPS)
        seen.append(caret.selection(LONGER))
    assert seen == [(2, 3), (0, 4), (0, 9), (0, 13), (0, 13)]
    for wanted in [(0, 9), (0, 4), (2, 3), None]:
        caret = caret.shrink(LONGER, STEPS)
        assert caret.selection(LONGER) == wanted
    assert caret == Caret(2)


def test_a_selection_that_has_not_grown_shrinks_by_the_same_steps() -> None:
    caret = Caret(8, 0).shrink(LONGER, STEPS)
    assert caret.selection(LONGER) == (4, 9)
    caret = Caret(6, 0).shrink(LONGER, STEPS)
    assert caret.selection(LONGER) == (5, 7)
    assert caret.shrink(LONGER, STEPS) == Caret(6)


LONGER = "甲乙丙。丁戊己庚。\n辛壬癸"
STEPS = (((0, 2), (2, 3), (4, 5), (5, 7), (7, 8), (10, 13)), ((0, 4), (4, 9), (10, 13)), ((0, 9), (10, 13)))


@st.composite
def texts_with_units(draw: st.DrawFn) -> tuple[str, tuple[tuple[tuple[int, int], ...], ...], Caret]:
    text = draw(st.text("甲乙。\n 一\u0301\ufe0f", min_size=1, max_size=30))
    words = tuple((at, at + 1) for at in range(len(text)) if not text[at].isspace())
    steps = (words, units.sentences(text), units.paragraphs(text))
    offset = draw(st.integers(0, len(text) - 1))
    anchor = draw(st.none() | st.integers(0, len(text) - 1))
    return text, steps, Caret(offset, anchor)


@given(texts_with_units())
def test_growing_covers_what_was_selected_and_shrinking_comes_back(made: tuple) -> None:  # type: ignore[type-arg]
    text, steps, caret = made
    grown = caret
    for _ in range(6):
        before = grown
        grown = grown.grow(text, steps)
        chosen = grown.selection(text)
        assert chosen is not None
        inner = before.selection(text) or (before.offset, before.offset + 1)
        assert chosen[0] <= inner[0] < inner[1] <= chosen[1]
        assert grown == before or grown.shrink(text, steps) == before
    assert grown.selection(text) == (0, len(text)) or units.next_character(text, 0) == len(text)


@given(texts_with_units(), st.lists(st.sampled_from(("forward", "back", "end", "other_end", "grow", "shrink"))))
def test_a_selection_covers_the_caret_and_splits_no_character(made: tuple, moves: list[str]) -> None:  # type: ignore[type-arg]
    text, steps, caret = made
    for move in moves:
        if move in {"grow", "shrink"}:
            caret = getattr(caret, move)(text, steps)
        else:
            caret = caret.other_end() if move == "other_end" else getattr(caret, move)(steps[1])
        chosen = caret.selection(text)
        assert 0 <= caret.offset < len(text)
        if chosen is not None:
            assert chosen[0] <= caret.offset < chosen[1]
            assert chosen[0] == 0 or not continues(text, chosen[0])
            assert chosen[1] == len(text) or not continues(text, chosen[1])


@given(texts_with_units())
def test_back_and_forward_end_on_the_edge_of_a_unit(made: tuple) -> None:  # type: ignore[type-arg]
    _text, steps, caret = made
    if caret.anchor is None:
        return
    for ranges in steps[1:]:
        back, on = caret.back(ranges), caret.forward(ranges)
        if caret.offset > caret.anchor:
            assert back.offset == caret.anchor or back.offset + 1 in {end for _, end in ranges}
        elif caret.offset < caret.anchor:
            assert on.offset == caret.anchor or on.offset in {start for start, _ in ranges}
