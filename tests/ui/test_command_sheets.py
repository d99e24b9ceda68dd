"""The help and the palette: what can be done, found by typing, and done."""

from __future__ import annotations

import re

from tests.ui.conftest import NARROW, running
from tui.library.library import Library
from tui.settings import Settings
from tui.ui.commands import COMMANDS, SELECTED, Where, useful
from tui.ui.screens.command_sheets import HelpSheet, Palette
from tui.ui.widgets.pick_list import PickList


async def test_the_help_has_every_command_and_all_its_keys(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("question_mark")
        rows = driver.app.screen.query_one(PickList).rows
        shown = {row.detail for row in rows if row.detail}
        assert shown == {command.id for command in COMMANDS if not re.search("(tag|filter)-[02-9]", command.id)}
        assert any(row.lead == "1 2 3 4 5 6 7 8 9 0" and row.detail == "reader.tag-1" for row in rows)
        assert any(row.lead == "Space PgDn" for row in rows)
        assert any("any motion extends it" in row.text for row in rows)
        await driver.press("escape")
        assert driver.app.screen is driver.screen


async def test_the_help_begins_with_the_pane_one_is_in(library: Library) -> None:
    for keys, where in (((), Where.LIST), (("enter",), Where.READER), (("enter", "tab"), Where.PANEL)):
        async with running(library) as driver:
            await driver.press(*keys, "question_mark")
            sheet = driver.app.screen
            assert isinstance(sheet, HelpSheet)
            chosen = sheet.query_one(PickList).chosen
            assert chosen is not None
            command = sheet.commands[chosen]
            assert command is not None
            assert command.where is where


async def test_typing_narrows_the_help_and_enter_runs_the_command(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter", "V", "question_mark")
        await driver.type("reader.highl")
        shown = [row for row in driver.app.screen.query_one(PickList).rows if not row.heading]
        assert [row.text for row in shown] == ["Highlight the selection"]
        await driver.press("enter")
        assert driver.message.startswith("Saved: highlight on “")
        assert len(driver.screen.panel.annotations) == 1


async def test_a_command_of_another_pane_says_where_it_works(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("question_mark")
        await driver.type("reader.highl")
        await driver.press("enter")
        assert driver.message == "This works elsewhere: In the reader"


async def test_a_sentence_of_the_help_is_read_and_does_nothing(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("question_mark")
        await driver.type("all is saved at once")
        await driver.press("enter")
        assert driver.app.screen is driver.screen
        assert not driver.message


async def test_what_nothing_fits_stays_open(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("question_mark")
        await driver.type("qqqqqq")
        await driver.press("enter")
        assert any("Nothing fits" in line for line in driver.lines())


async def test_the_palette_has_what_works_here_with_its_keys(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("colon")
        sheet = driver.app.screen
        assert isinstance(sheet, Palette)
        assert {command.where for command in sheet.commands} == {Where.LIST, Where.LIBRARY}
        assert any("Star the article" in line and line.split("Star")[1].split()[-1] == "s" for line in driver.lines())
        await driver.type("star the")
        await driver.press("enter")
        assert "★" in "".join(driver.lines())


async def test_the_palette_finds_letters_left_out_and_runs_on_the_selection(library: Library) -> None:
    async with running(library, NARROW) as driver:
        await driver.press("enter", "right_parenthesis", "V", "ctrl+p")
        await driver.type("hghlght")
        await driver.press("enter")
        assert driver.message.startswith("Saved: highlight on “")
        assert driver.screen.focused is driver.screen.reader
        (made,) = driver.screen.panel.annotations
        assert len(made.exact) > 5


async def test_the_palette_opens_from_the_filter_and_runs_in_the_pane_below(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("slash", "ctrl+p")
        await driver.type("last article")
        await driver.press("enter")
        assert driver.screen.articles.cursor == len(driver.screen.articles.ids) - 1
        assert driver.screen.focused is driver.screen.articles


async def test_a_click_on_a_row_runs_it(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("colon")
        await driver.type("star the")
        await driver.pilot.click(PickList, offset=(5, 0))
        await driver.settle()
        assert "★" in "".join(driver.lines())


async def test_the_users_keys_stand_everywhere(library: Library) -> None:
    settings = Settings(keys={"reader.select": "x", "reader.select-sentence": "W", "library.filter": "ctrl+t"})
    async with running(library, settings=settings) as driver:
        assert "Ctrl+t filter" in driver.lines()[0]
        await driver.press("enter")
        assert "x Select" in driver.lines()[-1]
        await driver.press("H")
        assert driver.message == "Select something first: x begins, W takes the sentence"
        await driver.press("question_mark")
        await driver.type("reader.select")
        assert [row.lead for row in driver.app.screen.query_one(PickList).rows if not row.heading] == ["x", "W"]


async def test_the_footer_says_first_what_can_be_done_with_a_selection(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter")
        assert driver.lines()[-1].startswith(" v Select")
        await driver.press("v", "w")
        assert driver.lines()[-1].startswith(" H Highlight   a Note   t Tags")
        await driver.press("escape")
        assert driver.lines()[-1].startswith(" v Select")


def test_what_is_useful_comes_first() -> None:
    named = [command.id for command in useful(COMMANDS, Where.READER, selected=True)]
    known = [name for name in SELECTED if name in named]
    assert named[: len(known)] == known
    assert named.index("reader.star") < named.index("reader.left") < named.index("library.redo")
    assert not any(name.startswith(("list.", "panel.")) for name in named)


async def test_a_key_typed_ahead_comes_after_the_command(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter", "right_parenthesis", "V", "colon")
        await driver.type("hghlght")
        await driver.pilot.press("enter", "u")
        await driver.settle()
        assert driver.message.startswith("Undone: highlight on “")
