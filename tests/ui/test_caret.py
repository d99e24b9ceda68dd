"""The caret: how it moves by units, and how a selection grows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

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
