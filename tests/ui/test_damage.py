"""Damaged notes: what is shown in the library's place, and what comes of each choice."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.geometry import Region
from textual.pilot import Pilot

from tests.library.made import made
from tests.ui.conftest import NARROW, WIDE, screen_lines
from tui.errors import DamagedError
from tui.language import use
from tui.library import locking
from tui.library.annotations import Annotations, Change
from tui.library.backups import Backup
from tui.library.library import Home, Library, find_home
from tui.library.snapshot import chunks
from tui.settings import Settings
from tui.ui.screens.asking import Question
from tui.ui.screens.damage import DamageApp
from tui.ui.widgets.bars import KeyBar
from tui.ui.widgets.pick_list import PickList

ESCAPE = "\x1b]52;c;aGk=\x07"


@pytest.fixture
def home(pages: Path, tmp_path: Path) -> Home:
    """Of a library with three annotations, a backup of one, a damaged backup; the file is cut off."""
    with Library(pages, tmp_path / "data") as library:
        library.apply(Change("one", put=(made("a1"),)))
        one = library.annotations.snapshot_bytes()
        library.apply(Change("two", put=(made("a2", 30, 40), made("a3", 50, 60))))
    home = library.home
    for path in home.backups.iterdir():
        path.unlink()
    for day, reason, data in ((20, "daily", one), (19, "import", b"{"), (18, "later", b"".join(chunks({})))):
        (home.backups / Backup(datetime(2026, 11, day, 1, 30, tzinfo=UTC), 1, reason).name).write_bytes(data)
    whole = home.annotations.read_bytes()
    home.annotations.write_bytes(whole[: whole.rindex(b'"id"')])
    return home


@asynccontextmanager
async def shown(home: Home, size: tuple[int, int] = WIDE) -> AsyncIterator[tuple[DamageApp, Pilot[None]]]:
    cause = f"{home.annotations}: damaged: unexpected end of data {ESCAPE}"
    app = DamageApp(home, DamagedError(cause), Settings())
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot)
        yield app, pilot


async def settle(app: DamageApp, pilot: Pilot[None]) -> None:
    for _time in range(2):
        await app.workers.wait_for_complete()
        await pilot.pause()


def ids(home: Home) -> list[str]:
    return [one.id for one in Annotations(home.annotations, read_only=True).all()]


async def test_it_says_what_is_damaged_and_what_there_is(home: Home) -> None:
    async with shown(home) as (app, _pilot):
        text = "\n".join(screen_lines(app))
    assert "damaged:unexpectedendofdata␛]52" in "".join(text.split())  # a long path breaks the line anywhere
    assert "\x1b" not in text
    assert "2026-11-20 01:30 UTC  1 annotation · the first change of the day" in text
    assert "2026-11-19 01:30 UTC  damaged, too · before an import" in text
    assert "2026-11-18 01:30 UTC  0 annotations · later" in text
    assert text.index("11-20 01:30") < text.index("11-19 01:30") < text.index("11-18 01:30")
    assert "2 records             Take what could be read of the damaged notes" in text


async def test_a_backup_is_restored_once_it_is_confirmed(home: Home) -> None:
    damaged = home.annotations.read_bytes()
    async with shown(home) as (app, pilot):
        await pilot.press("enter")
        assert isinstance(app.screen, Question)
        await pilot.press("n")
        assert home.annotations.read_bytes() == damaged
        await pilot.press("enter", "y")
        await settle(app, pilot)
    assert app.mended
    assert ids(home) == ["a1"]
    (kept,) = home.folder.glob("annotations.json.damaged-*")
    assert kept.read_bytes() == damaged


async def test_what_could_be_read_is_taken(home: Home) -> None:
    async with shown(home) as (app, pilot):
        await pilot.press("j", "j", "j", "enter", "y")
        await settle(app, pilot)
    assert app.mended
    assert len(ids(home)) == 2


@pytest.mark.parametrize("keys", [("q",), ("escape",), ("ctrl+q",), ("j", "j", "j", "j", "j", "enter")])
async def test_leaving_changes_nothing(home: Home, keys: tuple[str, ...]) -> None:
    before = {path: path.read_bytes() for path in home.folder.rglob("*") if path.is_file()}
    async with shown(home) as (app, pilot):
        await pilot.press(*keys)
        await settle(app, pilot)
    assert not app.mended
    assert not app.is_running
    assert {path: path.read_bytes() for path in home.folder.rglob("*") if path.is_file()} == before


async def test_a_damaged_backup_is_refused_and_the_screen_stays(home: Home) -> None:
    damaged = home.annotations.read_bytes()
    async with shown(home) as (app, pilot):
        await pilot.press("j", "enter", "y")
        await settle(app, pilot)
        assert "20261119T013000Z-import.json: damaged" in "\n".join(screen_lines(app))
        assert home.annotations.read_bytes() == damaged
        await pilot.press("k", "enter", "y")
        await settle(app, pilot)
    assert app.mended


async def test_another_program_that_writes_is_named(home: Home) -> None:
    lock = locking.acquire(home.state / "lock")
    assert lock is not None
    with lock:
        async with shown(home) as (app, pilot):
            await pilot.press("enter", "y")
            await settle(app, pilot)
            assert "open elsewhere" in "\n".join(screen_lines(app))
    assert not app.mended


async def test_without_backups_there_is_still_a_way(home: Home) -> None:
    for path in home.backups.iterdir():
        path.unlink()
    home.annotations.write_bytes(b"\0" * 400)
    async with shown(home) as (app, pilot):
        text = "\n".join(screen_lines(app))
        assert "There are none yet" in text
        assert "Nothing could be read" in text
        await pilot.press("enter")
        await settle(app, pilot)
    assert not app.mended


async def test_a_click_chooses(home: Home) -> None:
    async with shown(home, NARROW) as (app, pilot):
        rows = app.screen.query_one(PickList)
        await pilot.click(PickList, offset=(10, 1))
        await settle(app, pilot)
        assert isinstance(app.screen, Question)
        await pilot.press("y")
        await settle(app, pilot)
        assert rows.rows
    assert ids(home) == ["a1"]


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (300, 100)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_it_is_usable_at_every_size(home: Home, size: tuple[int, int]) -> None:
    async with shown(home) as (app, pilot):
        for one in (size, (80, 24), size):
            await pilot.resize_terminal(*one)
            await pilot.pause()
            await pilot.pause()
        whole = Region(0, 0, *size)
        for widget in (app.screen.query_one(PickList), app.screen.query_one(KeyBar)):
            assert widget.region.height
            assert whole.contains_region(widget.region)
        assert app.screen.query_one(PickList).region.height >= 4
        await pilot.press("enter", "y")
        await settle(app, pilot)
    assert app.mended


def fixed(home: Home) -> DamageApp:
    cause = "/home/reader/papers/annotations.json: damaged: unexpected end of data (line 8, column 13)"
    return DamageApp(home, DamagedError(cause), Settings())


async def _before(pilot: Pilot[None]) -> None:
    for _time in range(2):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_damage_picture(snap_compare: Callable[..., bool], home: Home, language: str, size: tuple[int, int]) -> None:
    use(language)
    assert snap_compare(fixed(home), terminal_size=size, run_before=_before)


def test_the_home_of_a_damaged_library_is_found(home: Home, tmp_path: Path) -> None:
    assert find_home(home.folder, tmp_path / "data") == home
