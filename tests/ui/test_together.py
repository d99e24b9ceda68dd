"""Two programs on one folder: what the screen of each shows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import TextArea

from tests.ui.conftest import NARROW, WIDE, Driver, running
from tui.library.annotations import Change
from tui.library.library import Library
from tui.library.places import Place, PlaceKind

TINY = (40, 12)
PAGE = "柳塘日报/2024-03-09/01.txt"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.ui.screens.together.LOOKS_EVERY", 0.03)
    monkeypatch.setattr("tui.ui.screens.together._UNTIL_TOLD", 0.05)


@pytest.fixture
def reader(library: Library, pages: Path, tmp_path: Path) -> Iterator[Library]:
    """The same folder opened a second time."""
    with Library(pages, tmp_path / "data") as second:
        assert second.annotations.read_only
        yield second


async def until(driver: Driver, seen: Callable[[], bool], seconds: float = 5.0) -> None:
    """Wait until something is so."""
    for _ in range(int(seconds / 0.02)):
        if seen():
            break
        await asyncio.sleep(0.02)
        await driver.pilot.pause()
    assert seen(), driver.message
    await driver.settle()


@asynccontextmanager
async def following(reader: Library, size: tuple[int, int] = WIDE) -> AsyncIterator[Driver]:
    """The program over the library that only reads, its first message gone."""
    async with running(reader, size) as driver:
        assert "Open elsewhere" in driver.message
        await driver.press("right_curly_bracket")
        yield driver


def highlight(library: Library, passage: str, note: str = "") -> None:
    """What the other program does: a highlight on a passage of the first page."""
    from tui.library import anchors
    from tui.model import Span

    with library.catalog() as catalog:
        page = catalog.page(PAGE)
    assert page is not None
    start = page.text.index(passage)
    made = anchors.annotate(PAGE, page.text, (Span(start, start + len(passage)),), note=note)
    library.apply(Change("", put=(made,)))


async def test_what_the_other_writes_is_shown_and_the_cursor_stays(library: Library, reader: Library) -> None:
    async with following(reader) as driver:
        await driver.press("enter", "right_curly_bracket", "v", "e")
        screen = driver.screen
        before = screen.reader.caret, screen.reader.scroll_offset
        assert before[0].anchor is not None
        highlight(library, "十二盏灯", "数过了")
        await until(driver, lambda: len(screen.panel.annotations) == 1)
        await until(driver, lambda: driver.message == "1 change by the other program")
        assert (screen.reader.caret, screen.reader.scroll_offset) == before
        assert "数过了" in "\n".join(driver.lines())
        assert "✎1" in driver.lines()[2]
        highlight(library, "太阳能灯")
        highlight(library, "八分钟")
        await until(driver, lambda: len(screen.panel.annotations) == 3)
        assert screen.panel.annotation is not None
        assert screen.panel.annotation.note == "数过了"


@pytest.mark.parametrize("size", [WIDE, NARROW, TINY])
async def test_stars_and_what_was_read_arrive_without_words(
    library: Library, reader: Library, size: tuple[int, int]
) -> None:
    async with following(reader, size) as driver:
        with library.catalog() as catalog:
            stored = catalog.articles_on(PAGE)[0]
        reading = replace(library.reading(stored), read=True, starred=True)
        library.apply(Change("", put=(reading,)))
        await until(driver, lambda: any("★" in line for line in driver.lines()))
        assert driver.message == ""


async def test_changes_that_come_while_a_message_stands_are_told_after_it(library: Library, reader: Library) -> None:
    async with running(reader) as driver:
        highlight(library, "十二盏灯")
        highlight(library, "八分钟")
        await until(driver, lambda: len(driver.screen.panel.annotations) == 2)
        assert "Open elsewhere" in driver.message
        await driver.press("right_curly_bracket")
        await until(driver, lambda: driver.message == "2 changes by the other program")


async def test_a_page_mended_by_the_other_keeps_its_place(library: Library, reader: Library) -> None:
    async with following(reader) as driver:
        screen = driver.screen
        await driver.press("enter", "right_curly_bracket", "right_curly_bracket")
        _position, words = screen.place()
        with library.catalog() as catalog:
            mender = library.mender(catalog, PAGE)
            page = catalog.page(PAGE)
        assert page is not None
        library.apply(mender.split_at(page.text.index("渡口管理所")))
        await until(driver, lambda: len(screen.articles.ids) == 3)
        assert screen.place()[1] == words
        assert screen.articles.article_id == screen.reader.document.id if screen.reader.document else False


async def test_new_pages_that_the_other_has_read_come_into_the_list(
    library: Library, reader: Library, pages: Path
) -> None:
    async with following(reader) as driver:
        await driver.press("j")
        chosen = driver.screen.articles.article_id
        (pages / "柳塘日报" / "2024-03-09" / "03.txt").write_text("# 石阶\n\n石阶重新铺过了，一共四十九级。\n", "utf-8")
        with library.catalog() as catalog:
            library.update(catalog)
        await until(driver, lambda: len(driver.screen.articles.ids) == 3)
        assert driver.screen.articles.article_id == chosen


@pytest.mark.parametrize("size", [WIDE, NARROW, TINY])
async def test_it_takes_over_when_the_other_ends(library: Library, reader: Library, size: tuple[int, int]) -> None:
    async with running(reader, size) as driver:
        await driver.press("enter", "V", "H")
        assert "Open elsewhere" in driver.message
        highlight(library, "十二盏灯")
        library.close()
        await until(driver, lambda: driver.message == "The other program has ended: you can write now")
        await driver.press("H")
        assert driver.message.startswith("Saved: highlight")
    assert len(reader.annotations.all()) == 2


async def test_a_draft_of_the_one_that_was_killed_is_told_of(library: Library, reader: Library) -> None:
    from tui.library import anchors
    from tui.library.drafts import Draft, Drafts
    from tui.model import Span

    async with following(reader) as driver:
        made = anchors.annotate(PAGE, "渡口的灯" * 9, (Span(2, 4),))
        Drafts(library.home.drafts).keep(Draft("d1", made, "“渡口”", "写到一半", "2024-03-10T12:00:00Z"))
        library._release()  # as the kernel does
        await until(driver, lambda: "ended" in driver.message)
        await driver.press("j")
        await driver.press("k")
        driver.screen._untold = ""
        await driver.screen.tell_drafts()
        assert "An unfinished note on “渡口”" in driver.message


# The writer's own file changed


def by_hand(library: Library, old: str, new: str) -> None:
    path = library.home.annotations
    other = path.with_name("other")
    other.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    other.replace(path)


async def test_a_change_by_hand_is_told_and_taken_in_by_a_key(library: Library) -> None:
    highlight(library, "十二盏灯", "数过了")
    library.annotations.compact()
    async with running(library) as driver:
        await driver.press("j", "s", "k")
        by_hand(library, "数过了", "没有数过")
        await until(driver, lambda: "was changed by another program: F5 takes that in" in driver.message)
        await driver.press("f5")
        assert driver.message == "1 change by another program taken in"
        assert [one.note for one in driver.screen.panel.annotations] == ["没有数过"]
        await driver.press("f5")
        assert driver.message == "Read anew: no other program has changed the notes"
        await driver.press("u")
        assert driver.message.startswith("Undone: star on")


async def test_the_next_change_takes_it_in_and_is_saved(library: Library) -> None:
    highlight(library, "十二盏灯", "数过了")
    library.annotations.compact()
    async with running(library) as driver:
        by_hand(library, "数过了", "没有数过")
        await driver.press("s")
        assert driver.message.startswith("Saved: star on")
        assert [one.note for one in library.annotations.all()] == ["没有数过"]
        await driver.press("j")
        await until(driver, lambda: driver.message == "1 change by another program taken in")


async def test_a_note_that_both_write_is_not_lost_and_not_written_over_unseen(library: Library) -> None:
    highlight(library, "十二盏灯", "数过了")
    library.annotations.compact()
    async with running(library) as driver:
        await driver.press("enter", "right_square_bracket", "a")
        assert isinstance(driver.app.focused, TextArea)
        driver.app.focused.text = "数过两遍"
        by_hand(library, "数过了", "没有数过")
        await driver.press("ctrl+s")
        assert [one.note for one in library.annotations.all()] == ["没有数过"]
        assert isinstance(driver.app.focused, TextArea)
        assert driver.app.focused.text == "数过两遍"
        assert "another program has just changed the same" in "\n".join(driver.lines())
        await driver.press("ctrl+s")
        assert [one.note for one in library.annotations.all()] == ["数过两遍"]
        await driver.press("u")
        assert [one.note for one in library.annotations.all()] == ["没有数过"]


async def test_what_the_other_changed_since_is_not_undone(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter", "V", "H", "escape")
        library.annotations.compact()
        by_hand(library, '"yellow"', '"red"')
        await driver.press("f5", "u")
        assert [one.colour for one in library.annotations.all()] == ["red"]


async def test_new_pages_are_read_by_the_same_key(library: Library, pages: Path) -> None:
    async with running(library) as driver:
        (pages / "柳塘日报" / "2024-03-09" / "03.txt").write_text("# 石阶\n\n石阶重新铺过了，一共四十九级。\n", "utf-8")
        await driver.press("f5")
        await until(driver, lambda: len(driver.screen.articles.ids) == 3)


async def test_where_locks_may_not_hold_is_said_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.library.places.look", lambda _folder: Place(PlaceKind.NETWORK, "nfs4"))
    async with running(library) as driver:
        await until(driver, lambda: driver.message.startswith("This folder is on a network drive (nfs4)"))
        assert not driver.screen.status.warning
        await driver.press("j", "s")
        assert driver.message.startswith("Saved: star")


def test_forgetting_leaves_the_steps_of_other_records() -> None:
    from tests.library.made import made
    from tui.library.annotations import Key
    from tui.ui.history import History, Step

    history = History()
    for name in ("a", "b"):
        history.made(Step(Change(name, (made(name),)), Change(name, (), (Key.annotation(name),))))
    history.forget([Key.annotation("b"), Key.annotation("c")])
    assert [step.made.label for step in history.back] == ["a"]
