"""Terminals that draw marks of ambiguous width in two cells."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

import pytest
import rich.cells
from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content

from tests.ui.conftest import NARROW, WIDE, running
from tests.wide import counted_wide
from tui.errors import UsageError
from tui.library.library import Library
from tui.ui import ambiguous
from tui.ui.ambiguous import count_wide, is_wide, plain

NAMES = ("get_character_cell_size", "_is_single_cell_widths")


def drawn(text: str) -> int:
    """The cells of a text on such a terminal, counted by Unicode's own table."""
    return sum(0 if combining(c) else 1 + (east_asian_width(c) in "AFW") for c in text)


def test_rich_has_the_names_that_it_is_told_by() -> None:
    assert all(name in vars(rich.cells) for name in NAMES)


def test_rich_and_textual_count_two_cells_and_then_one_again() -> None:
    before = {name: vars(rich.cells)[name] for name in NAMES}
    for _ in range(2):
        with counted_wide():
            assert is_wide()
            assert cell_len("“——…”·①") == 14
            assert cell_len("│─▌") == 3
            assert Segment("“中”").cell_length == 6
            assert Content("“中”").cell_length == 6
            assert Segment("·中·").split_cells(2)[0].text == "·"
        assert not is_wide()
        assert cell_len("“——…”·①") == 7
        assert Segment("“中”").cell_length == 4
    assert before == {name: vars(rich.cells)[name] for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_rich_without_the_names_makes_a_message_and_stays_as_it_was(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delattr(rich.cells, name)
    with pytest.raises(UsageError, match="Rich"):
        count_wide()
    assert not is_wide()


def test_a_rich_that_does_not_count_as_told_makes_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ambiguous, "_counts_wide", lambda: False)
    with pytest.raises(UsageError, match="Rich"):
        count_wide()
    assert not is_wide()
    assert cell_len("“") == 1


def test_borders_go_to_the_terminal_in_ascii() -> None:
    assert plain("┌─┐│█▁▔▊中·") == "+-+|#_-|中·"
    assert all(plain(chr(code)).isascii() for code in range(0x2500, 0x25A0))


@pytest.mark.parametrize("size", [WIDE, NARROW, (40, 12)], ids=str)
async def test_no_line_of_the_screen_drifts(library: Library, size: tuple[int, int]) -> None:
    with counted_wide():
        async with running(library, size) as driver:
            for keys in (("enter",), ("right_parenthesis", "V", "H"), ("p",), ("p", "t"), ("escape", "question_mark")):
                await driver.press(*keys)
                for line in driver.lines():
                    assert drawn(line.rstrip("\n")) == size[0], line
