"""Notes whose pages have changed: counted at the start, shown beside what they said, settled by key, mouse or hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.conftest import FERRY, NARROW, TEA, WIDE, Driver, running
from tui.library.anchors import annotate
from tui.library.annotations import Change
from tui.library.library import Library
from tui.model import Annotation, Scope, Span, Status
from tui.ui.commands import COMMANDS
from tui.ui.screens.review import ReviewScreen
from tui.ui.widgets.bars import KeyBar, StatusLine
from tui.ui.widgets.pick_list import PickList

SIZES = [WIDE, NARROW, (40, 12)]
FERRY_PAGE, TEA_PAGE = "柳塘日报/2024-03-09/01.txt", "柳塘日报/2024-03-09/02.txt"
MOVED, UNSURE, LOST = (
    "渡口管理所计划在明年汛期之前，把两岸的石阶重新铺过",
    "她每周五从镇上回家，过江要走八分钟",
    "乡里的制茶师傅把杀青的火候提高了五度",
)


def passage(page: str, text: str, quote: str, note: str) -> Annotation:
    start = text.index(quote)
    return annotate(page, text, [Span(start, start + len(quote))], note=note, tags=["水运"])


def change_pages(library: Library, pages: Path) -> None:
    """One note has moved with its text, one is at two places now that are both like it, one is found nowhere."""
    library.apply(
        Change(
            "",
            put=(
                passage(FERRY_PAGE, FERRY, MOVED, "动过的"),
                passage(FERRY_PAGE, FERRY, UNSURE, "说不准的"),
                passage(TEA_PAGE, TEA, LOST, "不见的"),
            ),
        )
    )
    changed = FERRY.replace("重新铺过", "重新铺了").replace(UNSURE, "他每周六从镇上回村，过河要走八分钟")
    changed += f"\n{UNSURE}。\n"
    (pages / FERRY_PAGE).write_text(changed, "utf-8")
    (pages / TEA_PAGE).write_text(TEA.split("\n\n")[0] + "\n\n别处的天气也不好，雪下了三天三夜。\n", "utf-8")


def status(driver: Driver) -> str:
    return driver.app.screen.query_one(StatusLine).message


def leads(driver: Driver) -> list[str]:
    return [row.lead.split()[0] for row in driver.app.screen.query_one(PickList).rows]


def shown(driver: Driver) -> str:
    return "".join("".join(line.split()) for line in driver.lines())


def noted(library: Library, note: str) -> Annotation:
    return next(one for one in library.annotations.all() if one.note == note)


async def opened(driver: Driver) -> None:
    await driver.press("R")
    assert isinstance(driver.app.screen, ReviewScreen)


async def test_the_start_says_once_and_calmly_how_many_need_a_review(library: Library, pages: Path) -> None:
    change_pages(library, pages)
    async with running(library) as driver:
        said = [driver.message]
        await driver.press("j")
        await driver.pilot.pause(0.6)
        said.append(driver.message)
        assert "2 notes need review: R" in said
        assert not driver.screen.status.warning
        await driver.press("k")
        await driver.pilot.pause(0.6)
        assert driver.message == ""


async def test_without_any_nothing_is_said_and_the_list_is_empty(library: Library) -> None:
    async with running(library) as driver:
        assert driver.message == ""
        await opened(driver)
        assert "Nothing to review" in driver.lines()[1]
        await driver.press("enter", "n", "s", "d", "o", "A", "u")
        assert isinstance(driver.app.screen, ReviewScreen)


async def test_what_it_said_and_what_stands_there_now(library: Library, pages: Path) -> None:
    change_pages(library, pages)
    async with running(library) as driver:
        await opened(driver)
        assert leads(driver) == ["unsure", "not", "moved"]
        text = shown(driver)
        assert "Review:3notes" in text
        assert "[-" in text
        assert "{+" in text
        assert "说不准的" in text
        assert "Place1of2" in text
        await driver.press("n")
        assert "Place2of2" in shown(driver)
        await driver.press("right")
        assert "Place1of2" in shown(driver)
        await driver.press("j")
        assert "nothinglikeitisfound" in shown(driver)
        assert LOST in shown(driver)


async def test_a_place_is_accepted_and_taken_back(library: Library, pages: Path) -> None:
    change_pages(library, pages)
    async with running(library) as driver:
        before = noted(library, "说不准的")
        await opened(driver)
        await driver.press("n", "enter")
        after = noted(library, "说不准的")
        assert (after.id, after.status) == (before.id, Status.ANCHORED)
        assert after.spans != before.spans
        assert leads(driver) == ["not", "moved"]
        assert status(driver).startswith("Saved: the place of the note on")
        await driver.press("u")
        assert noted(library, "说不准的") == before
        assert leads(driver) == ["unsure", "not", "moved"]
        await driver.press("ctrl+r")
        assert noted(library, "说不准的") == after


async def test_all_that_moved_are_accepted_in_one_change(library: Library, pages: Path) -> None:
    change_pages(library, pages)
    library.apply(Change("", put=(passage(FERRY_PAGE, FERRY, MOVED, "也动过的"),)))
    async with running(library) as driver:
        assert noted(library, "动过的").status is Status.MOVED
        await opened(driver)
        assert leads(driver).count("moved") == 2
        await driver.press("A")
        assert {noted(library, note).status for note in ("动过的", "也动过的")} == {Status.ANCHORED}
        assert leads(driver) == ["unsure", "not"]
        await driver.press("u")
        assert {noted(library, note).status for note in ("动过的", "也动过的")} == {Status.MOVED}


async def test_later_leaves_it_and_delete_moves_it_to_the_trash(library: Library, pages: Path) -> None:
    change_pages(library, pages)
    async with running(library) as driver:
        kept = library.annotations.all()
        await opened(driver)
        await driver.press("s")
        assert driver.app.screen.query_one(PickList).chosen == 1
        assert library.annotations.all() == kept
        await driver.press("enter")
        assert "No place is known" in status(driver)
        await driver.press("d")
        assert leads(driver) == ["unsure", "moved"]
        assert [one.annotation.note for one in library.annotations.trash()] == ["不见的"]
        assert status(driver).endswith("u brings it back")
        await driver.press("u")
        assert library.annotations.all() == kept


async def test_a_passage_is_selected_by_hand(library: Library, pages: Path) -> None:
    change_pages(library, pages)
    async with running(library) as driver:
        await opened(driver)
        await driver.press("j", "o")
        assert driver.app.screen is driver.screen
        assert driver.screen.status.left.startswith("Select the passage, then Enter")
        await driver.press("enter")
        assert "Select something first" in driver.message
        await driver.press("G", "V", "enter")
        after = noted(library, "不见的")
        assert (after.status, after.exact) == (Status.ANCHORED, "别处的天气也不好，雪下了三天三夜。")
        assert not driver.screen.status.left.startswith("Select")
        await driver.press("u")
        assert noted(library, "不见的").exact == LOST


async def test_a_doubtful_place_is_selected_to_begin_with_and_the_palette_knows_how_to_go_on(
    library: Library, pages: Path
) -> None:
    change_pages(library, pages)
    async with running(library) as driver:
        await opened(driver)
        await driver.press("o")
        assert driver.screen.reader.selection is not None
        await driver.press("colon")
        await driver.type("anchor here")
        await driver.press("enter")
        assert noted(library, "说不准的").status is Status.ANCHORED
        await driver.press("P")
        assert "Choose the note first" in driver.message


async def test_escape_in_the_list_gives_up_anchoring_and_does_not_quit(library: Library, pages: Path) -> None:
    change_pages(library, pages)
    async with running(library) as driver:
        await opened(driver)
        await driver.press("o", "escape", "escape", "escape")
        assert driver.screen.anchoring == ""
        assert driver.app.is_running
        assert noted(library, "说不准的").exact == UNSURE


async def test_a_note_of_a_page_that_is_gone_goes_on_an_article_of_another(library: Library, pages: Path) -> None:
    whole = annotate(TEA_PAGE, TEA, [Span(2, TEA.index("\n"))], scope=Scope.ARTICLE, note="整篇", tags=["茶"])
    library.apply(Change("", put=(whole,)))
    (pages / TEA_PAGE).unlink()
    async with running(library) as driver:
        await opened(driver)
        assert leads(driver) == ["not"]
        assert TEA_PAGE in shown(driver)
        await driver.press("o")
        assert "Its page is gone" in driver.message
        await driver.press("enter", "enter")
        after = noted(library, "整篇")
        assert (after.page, after.status) == (FERRY_PAGE, Status.ANCHORED)
        assert "渡口的灯换成了太阳能" in after.exact


async def test_the_panel_names_how_many_have_no_place_and_marks_what_has_moved(library: Library, pages: Path) -> None:
    change_pages(library, pages)
    async with running(library) as driver:
        while driver.screen.reader.document.stored.row.page != FERRY_PAGE:  # type: ignore[union-attr]
            await driver.press("j")
        text = "\n".join(driver.lines())
        assert "1 more needs review: R" in text
        assert "~ moved with its text" in text
        assert "说不准的" not in text
        await opened(driver)
        await driver.press("enter", "q")
        assert "needs review" not in "\n".join(driver.lines()[:-2])


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_it_is_usable_at_any_size_and_with_the_mouse(
    library: Library, pages: Path, size: tuple[int, int]
) -> None:
    change_pages(library, pages)
    async with running(library, size) as driver:
        await opened(driver)
        assert any("{+" in line for line in driver.lines())
        for other in (*SIZES, (300, 100), size):
            await driver.pilot.resize_terminal(*other)
            await driver.pilot.pause()
        await driver.pilot.click(PickList, offset=(4, 2))
        await driver.settle()
        assert driver.app.screen.query_one(PickList).chosen == 2
        await driver.pilot.click(KeyBar, offset=(2, 0))
        await driver.settle()
        assert noted(library, "动过的").status is Status.ANCHORED


async def test_reading_only_changes_nothing_and_says_why(library: Library, pages: Path, tmp_path: Path) -> None:
    change_pages(library, pages)
    library.close()
    with Library(pages, tmp_path / "data", writer=False) as reading:
        async with running(reading) as driver:
            await opened(driver)
            for key in ("enter", "d", "A", "o"):
                await driver.press(key)
                assert "read" in status(driver), key
            await driver.press("q", "T", "E")
            assert isinstance(driver.app.screen.query_one(PickList), PickList)


def test_the_keys_are_those_that_messages_name() -> None:
    keys = {command.id: command.keys for command in COMMANDS}
    assert (keys["library.review"], keys["library.trash"]) == (("R",), ("T",))
