"""Conflict copies that a program which synchronises folders puts beside the notes."""

from __future__ import annotations

from pathlib import Path

from tests.library.made import made
from tests.ui.conftest import FERRY, running
from tui.errors import LibraryError
from tui.library import anchors
from tui.library.annotations import Annotations, Change
from tui.library.backups import Backup, Reason
from tui.library.library import Library
from tui.model import Span

COPY = "annotations.sync-conflict-20260101-120000-ABCDEFG.json"
PAGE = "柳塘日报/2024-03-09/01.txt"


def put_copy(folder: Path, name: str = COPY, note: str = "theirs") -> Path:
    path = folder / name
    store = Annotations(path)
    start = FERRY.index("渡工老秦")
    here = anchors.annotate(PAGE, FERRY, [Span(start, start + 4)], note=note, author="other")
    store.apply(Change("theirs", put=(here, made("b2", page="not/here.txt"))))
    store.close()
    return path


async def test_a_conflict_copy_is_said_and_merged(library: Library) -> None:
    copy = put_copy(library.folder)
    held = copy.read_bytes()
    async with running(library) as driver:
        assert driver.message == "A sync conflict copy lies beside your notes: & merges it"
        await driver.press("&")
        assert driver.message == "Merged: 2 added, 0 updated, 0 kept beside ours, 0 unchanged"
        assert len(library.annotations.all()) == 2
        await driver.press("enter")
        assert "theirs" in "\n".join(driver.lines())
        await driver.press("u")
        assert library.annotations.all() == ()
        assert driver.message.startswith(f"Undone: merge of {COPY}")
        await driver.press("ctrl+r")
        assert len(library.annotations.all()) == 2
    assert not copy.exists()
    reasons = {backup.reason: backup for backup in library.backups.all()}
    assert {"merge", "conflict"} <= reasons.keys()
    assert library.backups.path(reasons["conflict"]).read_bytes() == held


async def test_the_palette_has_it(library: Library) -> None:
    put_copy(library.folder)
    async with running(library) as driver:
        await driver.press("colon")
        await driver.type("merge the conflict")
        await driver.press("enter")
        await driver.settle()
        assert len(library.annotations.all()) == 2


async def test_several_are_merged_and_what_is_the_same_is_one(library: Library) -> None:
    copy = put_copy(library.folder)
    (library.folder / "annotations (1).json").write_bytes(copy.read_bytes())
    async with running(library) as driver:
        assert driver.message == "2 sync conflict copies lie beside your notes: & merges them"
        await driver.press("&")
        assert driver.message == "Merged: 2 added, 0 updated, 0 kept beside ours, 2 unchanged"
        await driver.press("&")
        assert driver.message == "No conflict copy lies beside your notes"


async def test_without_one_nothing_is_said(library: Library) -> None:
    (library.folder / "annotations 2.json").write_bytes(b'{"of": "another program"}')
    async with running(library) as driver:
        assert driver.message == ""


async def test_a_damaged_copy_is_named_and_stays(library: Library) -> None:
    (library.folder / COPY).write_bytes(b"{")
    async with running(library) as driver:
        await driver.press("&")
        assert "damaged" in driver.message
        assert (library.folder / COPY).read_bytes() == b"{"
        assert library.annotations.all() == ()


async def test_without_a_backup_nothing_is_merged(library: Library) -> None:
    copy = put_copy(library.folder)
    library.home.backups.write_bytes(b"in the way")
    async with running(library) as driver:
        await driver.press("&")
        assert "no backup could be made" in driver.message
        assert library.annotations.all() == ()
    assert copy.exists()


async def test_hostile_names_are_shown_and_nothing_more(library: Library) -> None:
    (library.folder / "annotations (\x1b]52;c;aGk=\x07 conflicted copy).json").write_bytes(b"{")
    async with running(library) as driver:
        await driver.press("&")
        assert "\x1b" not in "\n".join(driver.lines())


async def test_a_program_that_only_reads_merges_nothing(library: Library, tmp_path: Path) -> None:
    put_copy(library.folder)
    with Library(library.folder, tmp_path / "data") as second:
        assert second.annotations.read_only
        async with running(second) as driver:
            await driver.press("&")
            assert "only reads" in driver.message
    assert (library.folder / COPY).exists()


async def test_a_daily_backup_that_fails_is_said(library: Library) -> None:
    library.apply(Change("first", put=(made("a1"),)))
    library.home.backups.write_bytes(b"in the way")
    async with running(library) as driver:
        await driver.press("s")
        await driver.pilot.pause(0.8)
        assert driver.message.startswith("Saved: star on")
        assert "backups" in driver.message


async def test_a_copy_that_cannot_be_moved_is_merged_and_can_be_undone(library: Library) -> None:
    copy = put_copy(library.folder)

    def refuse(path: Path, reason: Reason) -> Backup:
        raise LibraryError(f"{path}: can't be moved")

    library.backups.take_in = refuse  # type: ignore[method-assign]
    async with running(library) as driver:
        await driver.press("&")
        assert "can't be moved" in driver.message
        assert len(library.annotations.all()) == 2
        await driver.press("u")
        assert library.annotations.all() == ()
    assert copy.exists()
