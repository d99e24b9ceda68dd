"""What was deleted: looked at, narrowed, brought back, let go for good."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.widgets import Input

from tests.ui.conftest import NARROW, WIDE, Driver, running
from tui.library.annotations import Change
from tui.library.library import Library
from tui.model import Annotation, Scope
from tui.ui import marking, trash
from tui.ui.screens.asking import Question
from tui.ui.screens.listing import Listing
from tui.ui.screens.trash import TrashScreen
from tui.ui.widgets.bars import KeyBar, StatusLine
from tui.ui.widgets.pick_list import PickList

SIZES = [WIDE, NARROW, (40, 12)]


def rows(driver: Driver) -> list[str]:
    return [row.text for row in driver.app.screen.query_one(PickList).rows]


def message(driver: Driver) -> str:
    return driver.app.screen.query_one(StatusLine).message


async def two_deleted(driver: Driver) -> tuple[Annotation, ...]:
    """A highlight with a note, then the tags of an article, both deleted, and the trash open."""
    await driver.press("enter", "right_parenthesis", "V", "H", "a")
    await driver.type("江上的灯")
    await driver.press("ctrl+s", "q", "t")
    await driver.type("水运")
    await driver.press("enter")
    made = driver.screen._library.annotations.all()
    await driver.press("enter", "g", "right_parenthesis", "d")
    await driver.press("tab", "d")
    assert driver.screen._library.annotations.all() == ()
    await driver.press("T")
    assert isinstance(driver.app.screen, TrashScreen)
    return made


async def test_deleting_asks_nothing_and_moves_to_the_trash(library: Library) -> None:
    async with running(library) as driver:
        made = await two_deleted(driver)
        assert {one.annotation for one in library.annotations.trash()} == set(made)
        assert len(rows(driver)) == 2
        assert "Trash: 2 annotations" in driver.lines()[0]
        assert library.annotations.tag_counts() == {}


async def test_undo_takes_it_out_of_the_trash_again(library: Library) -> None:
    async with running(library) as driver:
        made = await two_deleted(driver)
        await driver.press("u", "u")
        assert (library.annotations.all(), library.annotations.trash()) == (made, ())
        assert "The trash is empty" in "".join(driver.lines())
        await driver.press("ctrl+r", "q")
        assert len(library.annotations.trash()) == 1
        assert driver.app.screen is driver.screen


async def test_one_is_restored_as_it_was(library: Library) -> None:
    async with running(library) as driver:
        made = await two_deleted(driver)
        await driver.press("G", "r")
        (back,) = library.annotations.all()
        assert back in made
        assert len(library.annotations.trash()) == 1
        assert message(driver).startswith("Saved: return of")
        await driver.press("u")
        assert len(library.annotations.trash()) == 2
        await driver.press("r", "r")
        assert library.annotations.all() == made


async def test_an_id_in_use_again_gives_way(library: Library) -> None:
    async with running(library) as driver:
        made = await two_deleted(driver)
        library.apply(Change("import", put=(replace(made[0], note="别人的"),)))
        while driver.app.screen.query_one(PickList).chosen is not None:
            await driver.press("r")
        found = library.annotations.all()
        assert len(found) == 3
        assert {one.note for one in found if one.exact == made[0].exact} >= {"别人的", made[0].note}


async def test_for_good_asks_first_and_can_be_undone_in_the_session(library: Library) -> None:
    async with running(library) as driver:
        await two_deleted(driver)
        await driver.press("D")
        assert isinstance(driver.app.screen, Question)
        await driver.press("n")
        assert len(library.annotations.trash()) == 2
        await driver.press("D", "y")
        assert len(library.annotations.trash()) == 1
        await driver.press("u", "E")
        assert "Delete all 2 annotations for good?" in "".join(driver.lines())
        await driver.press("y")
        assert library.annotations.trash() == ()
        assert message(driver) == "Saved: deletion of 2 annotations for good"
        await driver.press("u")
        assert len(library.annotations.trash()) == 2


async def test_typing_narrows_it_and_enter_shows_all_of_one(library: Library) -> None:
    async with running(library) as driver:
        await two_deleted(driver)
        await driver.press("slash")
        await driver.type("#水运")
        assert len(rows(driver)) == 1
        await driver.press("enter", "enter")
        assert isinstance(driver.app.screen, Listing)
        assert "水运" in "".join(driver.lines())
        await driver.press("q", "escape")
        assert len(rows(driver)) == 2
        assert driver.app.screen.query_one(Input).value == ""
        await driver.press("question_mark")
        assert "Keys of the trash" in "".join(driver.lines())


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_it_works_with_the_mouse(library: Library, size: tuple[int, int]) -> None:
    async with running(library, size) as driver:
        await two_deleted(driver)
        await driver.pilot.click(PickList, offset=(4, 1))
        await driver.settle()
        assert driver.app.screen.query_one(PickList).chosen == 1
        await driver.pilot.click(KeyBar, offset=(3, 0))
        await driver.settle()
        assert len(library.annotations.trash()) == 1


async def test_an_article_note_that_is_emptied_is_in_the_trash_with_its_words(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("a")
        await driver.type("一句话")
        await driver.press("ctrl+s", "enter", "tab")
        target = driver.screen.target()
        assert target is not None
        assert target.scope is Scope.ARTICLE
        change = marking.annotate(target, "", note="")
        assert change is not None
        library.apply(change)
        (one,) = library.annotations.trash()
        assert one.annotation.note == "一句话"


async def test_hostile_text_is_shown_as_marks(library: Library) -> None:
    async with running(library) as driver:
        made = await two_deleted(driver)
        bad = "[b]\x1b[31m\u202e\n坏"
        put = tuple(
            replace(one, annotation=replace(one.annotation, note=bad, exact=bad, tags=()), deleted="\x1b[2J")
            for one in library.annotations.trash()
        )
        assert made
        library.apply(Change("", put=put, remove=trash.emptied(library.annotations.trash()).remove))
        await driver.press("q", "T", "enter")
        shown = "".join(driver.lines())
        assert "[b]␛[31m" in shown
        assert "\x1b" not in shown
