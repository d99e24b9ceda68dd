"""Backups, or what can be read, in the place of the annotations; what was there before is kept."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.library.made import made
from tui.errors import DamagedError, LibraryError, UsageError
from tui.library import locking, restoring
from tui.library.annotations import Annotations, Change
from tui.library.backups import Backup, Reason, look
from tui.library.library import Home, Library, find_home
from tui.library.reading_back import journal_of
from tui.library.restoring import readable, restore, take_readable


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    return folder


@pytest.fixture
def home(papers: Path, tmp_path: Path) -> Home:
    return find_home(papers, tmp_path / "data")


@pytest.fixture
def backup(papers: Path, tmp_path: Path) -> Backup:
    """Of two annotations; a third one has been made since."""
    with Library(papers, tmp_path / "data") as library:
        library.apply(Change("two", put=(made("a1"), made("a2", 30, 40))))
        backup = library.back_up(Reason.IMPORT)
        library.apply(Change("third", put=(made("a3", 50, 60),)))
    return backup


def ids(home: Home) -> list[str]:
    return [one.id for one in Annotations(home.annotations, read_only=True).all()]


def test_a_backup_is_put_in_place_and_what_it_replaces_is_one(home: Home, backup: Backup) -> None:
    assert ids(home) == ["a1", "a2", "a3"]
    restored = restore(home, backup.name)
    assert ids(home) == ["a1", "a2"]
    assert restored.held.words == "2 annotations"
    (before,) = restored.kept
    assert before.name.endswith("-restore.json")
    restore(home, before.name.removesuffix(".json"))
    assert ids(home) == ["a1", "a2", "a3"]


def test_what_is_only_in_the_journal_is_kept_too(home: Home, backup: Backup) -> None:
    store = Annotations(home.annotations)  # a program that was killed
    store.apply(Change("fourth", put=(made("a4", 70, 80),)))
    assert journal_of(home.annotations).exists()
    (before,) = restore(home, backup.name).kept
    assert look(before).words == "4 annotations"
    assert ids(home) == ["a1", "a2"]
    assert not journal_of(home.annotations).exists()


@pytest.mark.parametrize("journal", [None, b"damaged, too\n"])
def test_damaged_files_are_kept_under_names_of_their_own(home: Home, backup: Backup, journal: bytes | None) -> None:
    damaged = home.annotations.read_bytes()[:-30]
    home.annotations.write_bytes(damaged)
    if journal is not None:
        journal_of(home.annotations).write_bytes(journal)
    restored = restore(home, backup.name)
    assert ids(home) == ["a1", "a2"]
    assert [path.read_bytes() for path in restored.kept] == [damaged, *([journal] if journal else [])]
    for path in restored.kept:
        assert path.parent == home.folder
        assert ".damaged-2" in path.name
    assert not journal_of(home.annotations).exists()


def test_a_damaged_file_never_takes_the_place_of_an_earlier_one(home: Home, backup: Backup) -> None:
    kept: list[Path] = []
    for number in range(3):
        home.annotations.write_bytes(b"damaged %d" % number)
        kept += restore(home, backup.name).kept
    assert [path.read_bytes() for path in kept] == [b"damaged 0", b"damaged 1", b"damaged 2"]


def test_where_files_have_no_second_names_they_are_copied(
    home: Home, backup: Backup, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_paths: Path) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    home.annotations.write_bytes(b"damaged")
    (kept,) = restore(home, backup.name).kept
    assert kept.read_bytes() == b"damaged"
    assert ids(home) == ["a1", "a2"]


def test_a_journal_that_belongs_to_another_file_is_kept(home: Home, backup: Backup) -> None:
    store = Annotations(home.annotations)
    store.apply(Change("fourth", put=(made("a4", 70, 80),)))
    home.annotations.unlink()
    with pytest.raises(DamagedError):
        Annotations(home.annotations)
    (kept,) = restore(home, backup.name).kept
    assert kept.name.startswith("annotations.json.journal.damaged-")
    assert ids(home) == ["a1", "a2"]


def test_a_damaged_backup_is_refused(home: Home, backup: Backup) -> None:
    (home.backups / backup.name).write_bytes(b"{}")
    with pytest.raises(DamagedError):
        restore(home, backup.name)
    assert ids(home) == ["a1", "a2", "a3"]


@pytest.mark.parametrize("name", ["none", "../../annotations.json", "", "20261121T013000Z-import.json"])
def test_a_name_that_is_none_is_refused(home: Home, backup: Backup, name: str) -> None:
    with pytest.raises(UsageError):
        restore(home, name)


def test_nothing_is_changed_while_another_program_writes(home: Home, backup: Backup) -> None:
    lock = locking.acquire(home.state / "lock")
    assert lock is not None
    with lock:
        with pytest.raises(LibraryError, match="open elsewhere"):
            restore(home, backup.name)
        with pytest.raises(LibraryError, match="open elsewhere"):
            take_readable(home)
    assert ids(home) == ["a1", "a2", "a3"]


def test_a_full_disk_changes_nothing(home: Home, backup: Backup, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    home.annotations.write_bytes(b"damaged")
    monkeypatch.setattr(restoring, "write_atomically", full)
    with pytest.raises(LibraryError, match="No space left"):
        restore(home, backup.name)
    assert home.annotations.read_bytes() == b"damaged"


def test_what_can_be_read_of_a_damaged_file(home: Home, backup: Backup) -> None:
    whole = home.annotations.read_bytes()
    damaged = whole[: whole.rindex(b'"id"')]
    home.annotations.write_bytes(damaged)
    assert readable(home.annotations).records == 2
    (kept,) = take_readable(home).kept
    assert kept.read_bytes() == damaged
    assert len(ids(home)) == 2


def test_of_what_can_be_read_only_what_makes_sense_is_taken(home: Home, backup: Backup) -> None:
    whole = home.annotations.read_bytes()
    home.annotations.write_bytes(whole.replace(b'"a2"', b'"a1"').replace(b'"a3"', b'"no id!"'))
    with pytest.raises(DamagedError):
        Annotations(home.annotations)
    found = readable(home.annotations)
    assert found.records == 1
    assert len(found.causes) == 2
    take_readable(home)
    assert ids(home) == ["a1"]


def test_damage_in_a_folder_that_cannot_be_written_is_found_and_left_alone(
    papers: Path, home: Home, backup: Backup, tmp_path: Path
) -> None:
    home.annotations.write_bytes(b"damaged")
    journal_of(home.annotations).write_bytes(b"damaged, too\n")
    papers.chmod(0o500)
    try:
        with pytest.raises(DamagedError):
            Library(papers, tmp_path / "data")
        elsewhere = find_home(papers, tmp_path / "data")
        assert elsewhere.folder != papers
        assert not take_readable(elsewhere).held.counts
        with Library(papers, tmp_path / "data") as library:
            assert library.annotations.all() == ()
    finally:
        papers.chmod(0o700)
    assert home.annotations.read_bytes() == b"damaged"
    assert len([*elsewhere.folder.glob("*.damaged-*")]) == 2
