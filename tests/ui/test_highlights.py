"""Highlights on the screen: signs in the margin and on the cards, attributes where colours are missing."""

from __future__ import annotations

import pytest

from tests.ui.conftest import Driver, running
from tui.library.library import Library
from tui.model import COLOURS
from tui.ui.layers import NOTE_SIGN, SIGNS
from tui.ui.palette import palette

ATTRIBUTES = ("bold", "dim", "italic", "underline", "underline2", "overline")


async def highlight(driver: Driver) -> None:
    await driver.press("enter", "right_parenthesis", "V", "H")


async def test_a_highlight_has_its_sign_in_the_margin_and_on_its_card(library: Library) -> None:
    async with running(library) as driver:
        await highlight(driver)
        for colour in COLOURS:
            reader, panel = driver.screen.reader, driver.screen.panel
            assert [line for line in driver.lines() if SIGNS[colour] in line], colour
            assert SIGNS[colour] in panel.render_line(0).text
            assert any(SIGNS[colour] in reader.render_line(y).text for y in range(8))
            await driver.press("c")


async def test_a_noted_highlight_has_both_signs(library: Library) -> None:
    async with running(library) as driver:
        await highlight(driver)
        await driver.press("a")
        await driver.type("江上的灯")
        await driver.press("ctrl+s")
        reader = driver.screen.reader
        assert any(f"{SIGNS['yellow']}{NOTE_SIGN} " in reader.render_line(y).text for y in range(8))


@pytest.mark.parametrize(
    ("name", "value"), [("NO_COLOR", "1"), ("COLORTERM", "")], ids=["no colour", "sixteen colours"]
)
async def test_colours_differ_by_attributes_where_they_can_not_be_seen(
    library: Library, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv("TERM", "xterm-16color")
    monkeypatch.setenv(name, value)
    async with running(library) as driver:
        styles = palette(driver.screen.reader)
        shown = {
            tuple(bool(getattr(styles[f"mark-{colour}"] + over, attribute)) for attribute in ATTRIBUTES)
            for colour in COLOURS
            for over in (
                styles["body"],
                styles["mark-deep"],
                styles["mark-next"],
                styles["mark-deep"] + styles["mark-next"],
            )
        }
        assert len(shown) == 4 * len(COLOURS)


async def test_overlapping_highlights_of_one_colour_are_all_seen(library: Library) -> None:
    async with running(library) as driver:
        await highlight(driver)
        await driver.press("b", "b", "v", "w", "H")
        reader = driver.screen.reader
        marked = [
            (segment.text, bool(segment.style and segment.style.bold))
            for y in range(8)
            for segment in reader.render_line(y)
            if segment.style and segment.style.underline
        ]
        assert any(bold for _, bold in marked)
        assert any(not bold for _, bold in marked)
