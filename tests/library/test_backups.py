"""Backups: which stay, how they are made, and when."""

from __future__ import annotations

import errno
import os
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.made import made
from tui.errors import LibraryError, UsageError
from tui.library import atomic, backups
from tui.library.annotations import Annotations, Change, Key
from tui.library.backups import DAYS, LAST, Backup, Backups, Reason, kept, look, parse_name
from tui.library.entries import Kind
from tui.library.guard import MANY
from tui.library.library import Library
from tui.model import Tag

NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)

times = st.integers(-90 * 86400, 5 * 86400).map(lambda seconds: NOW + timedelta(seconds=seconds))
any_backup = st.builds(
    Backup, time=times, again=st.integers(1, 3), reason=st.sampled_from([reason.value for reason in Reason])
)
many = st.sets(any_backup, max_size=60)


# Names


@given(any_backup)
def test_a_name_says_all_of_a_backup(backup: Backup) -> None:
    assert parse_name(backup.name) == backup


@given(st.text(max_size=40) | st.from_regex(r"[0-9]{8}T[0-9]{6}Z-[a-z]+(-[0-9]+)?\.json", fullmatch=True))
def test_other_names_are_no_backups(name: str) -> None:
    found = parse_name(name)
    assert found is None or found.name == name


def test_the_name_is_time_and_reason() -> None:
    assert Backup(NOW, 1, "import").name == "20261121T013000Z-import.json"
    assert Backup(NOW, 2, "import").name == "20261121T013000Z-import-2.json"


# Which stay


@given(many)
def test_the_last_ten_stay(there: set[Backup]) -> None:
    assert set(sorted(there)[-LAST:]) <= kept(there, NOW) <= there


@given(many)
def test_of_the_last_thirty_days_one_each_stays(there: set[Backup]) -> None:
    stay = {backup.time.date() for backup in kept(there, NOW)}
    first = NOW.date() - timedelta(days=DAYS - 1)
    assert {backup.time.date() for backup in there if backup.time.date() >= first} <= stay


@given(many)
def test_no_more_stay_than_that(there: set[Backup]) -> None:
    stay = kept(there, NOW)
    others = stay - set(sorted(there)[-LAST:])
    days = [backup.time.date() for backup in others]
    assert len(days) == len(set(days))
    assert len([day for day in days if day <= NOW.date()]) <= DAYS


@given(many, st.data())
def test_the_only_whole_one_is_never_removed(there: set[Backup], data: st.DataObject) -> None:
    whole = data.draw(st.sets(st.sampled_from(sorted(there)))) if there else set()
    stay = kept(there, NOW, whole)
    assert bool(stay & whole) == bool(whole)
    assert kept(there, NOW) <= stay <= there


@given(many)
def test_what_stays_stays(there: set[Backup]) -> None:
    stay = kept(there, NOW)
    assert kept(stay, NOW) == stay


# Making them


@pytest.fixture
def folder(tmp_path: Path) -> Backups:
    return Backups(tmp_path / ".jianbao" / "backups")


@pytest.fixture
def store(tmp_path: Path) -> Annotations:
    store = Annotations(tmp_path / "annotations.json")
    store.apply(Change("some", put=(made("a1"), made("a2", 30, 40), Tag("民生"))))
    return store


def test_a_backup_is_what_the_file_would_be(folder: Backups, store: Annotations) -> None:
    backup = folder.make(Reason.IMPORT, store.snapshot())
    path = folder.path(backup)
    assert path.read_bytes() == store.snapshot_bytes()
    assert Annotations(path, read_only=True).all() == store.all()
    assert look(path).counts == {Kind.ANNOTATION: 2, Kind.TAG: 1}
    assert look(path).words == "2 annotations, 1 tag"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.folder.stat().st_mode) == 0o700
    assert [*folder.folder.iterdir()] == [path]


def test_two_of_one_second_have_two_names(folder: Backups, store: Annotations) -> None:
    names = {folder.make(Reason.IMPORT, store.snapshot()).name for _time in range(3)}
    assert len(names) == 3
    assert {backup.name for backup in folder.all()} == names


def test_what_cannot_be_opened_becomes_no_backup(folder: Backups) -> None:
    for data in (b"", b"{}", b'{"jianbao": {"1": {"format": 1}}, "annotations": {"1": {"id": "?"}}}'):
        with pytest.raises(LibraryError, match="no backup could be made"):
            folder.make(Reason.DAILY, [data])
    assert not [*folder.folder.iterdir()]


def test_a_full_disk_is_one_line(folder: Backups, store: Annotations, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic, "write_all", _full)
    with pytest.raises(LibraryError, match="No space left on device"):
        folder.make(Reason.IMPORT, store.snapshot())
    assert not [*folder.folder.iterdir()]


def _full(_descriptor: int, _data: bytes) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_old_ones_go(folder: Backups, store: Annotations) -> None:
    folder.folder.mkdir(parents=True)
    now = datetime.now(UTC).replace(microsecond=0)
    old = [Backup(now - timedelta(hours=hours), 1, "daily") for hours in range(1, 24 * 60)]
    for backup in old:
        folder.path(backup).write_bytes(b"?")
    (folder.folder / "mine.json").write_bytes(b"?")
    made = folder.make(Reason.IMPORT, store.snapshot(), spared=old[-1].name)
    stay = set(folder.all())
    assert stay == kept([*old, made], now) | {made, old[-1]}
    assert len(stay) <= LAST + DAYS + 1
    assert (folder.folder / "mine.json").exists()


def test_a_clock_that_was_wrong_does_not_cost_the_new_one(folder: Backups, store: Annotations) -> None:
    folder.folder.mkdir(parents=True)
    for days in range(1, 15):
        folder.path(Backup(datetime.now(UTC) + timedelta(days=days), 1, "daily")).write_bytes(b"?")
    made = folder.make(Reason.IMPORT, store.snapshot())
    assert look(folder.path(made)).whole


def test_look_says_what_is_wrong(folder: Backups, store: Annotations) -> None:
    path = folder.path(folder.make(Reason.IMPORT, store.snapshot()))
    whole = path.read_bytes()
    for damaged in (whole[:-40], whole.replace(b'"a2"', b'"a1"'), whole.replace(b'"start"', b'"\xff"'), b"\0" * 90):
        path.write_bytes(damaged)
        if damaged != whole:
            assert str(path) in look(path).cause
    path.unlink()
    assert "No such file" in look(path).cause
    with pytest.raises(UsageError, match="no such backup"):
        folder.named("../../annotations.json")


# When they are made


@pytest.fixture
def library(tmp_path: Path) -> Library:
    papers = tmp_path / "papers"
    papers.mkdir()
    return Library(papers, tmp_path / "data")


def _reasons(library: Library) -> list[str]:
    return sorted(backup.reason for backup in library.backups.all())


def test_a_day_s_first_change_has_a_backup_before_it(library: Library, tmp_path: Path) -> None:
    with library:
        library.apply(Change("first", put=(made("a1"),)))  # of nothing there is no backup
        library.apply(Change("second", put=(made("a2", 30, 40),)))
        library.apply(Change("third", put=(made("a3", 50, 60),)))
    (backup,) = library.backups.all()
    assert backup.reason == "daily"
    assert look(library.backups.path(backup)).counts == {Kind.ANNOTATION: 1}
    with Library(library.folder, tmp_path / "data") as again:
        again.apply(Change("fourth", put=(made("a4", 70, 80),)))
    assert again.backups.all() == [backup]  # one a day, however many sessions


def test_what_only_reads_makes_no_backup(library: Library, tmp_path: Path) -> None:
    with library:
        library.apply(Change("first", put=(made("a1"),)))
        with Library(library.folder, tmp_path / "data", writer=False) as reader:
            assert reader.annotations.read_only
    assert not library.home.backups.exists()


def test_before_many_are_deleted_there_is_a_backup(library: Library) -> None:
    some = [made(f"a{number}", number * 20 + 1, number * 20 + 9) for number in range(MANY + 5)]
    with library:
        library.apply(Change("some", put=tuple(some)))
        library.apply(Change("few", remove=tuple(Key.annotation(one.id) for one in some[:5])))
        assert "deletion" not in _reasons(library)
        library.apply(Change("many", remove=tuple(Key.annotation(one.id) for one in some[5:])))
        (backup,) = [one for one in library.backups.all() if one.reason == "deletion"]
        assert look(library.backups.path(backup)).counts == {Kind.ANNOTATION: MANY}
        assert not library.annotations.all()


def test_many_that_only_change_their_names_are_not_deleted(library: Library) -> None:
    tags = [Tag(f"政策/{number}") for number in range(MANY + 5)]
    with library:
        library.apply(Change("tags", put=tuple(tags)))
        renamed = tuple(Tag(tag.name.replace("政策", "政務")) for tag in tags)
        library.apply(Change("rename", put=renamed, remove=tuple(Key.tag(tag.name) for tag in tags)))
    assert _reasons(library) == ["daily"]


def test_without_a_backup_many_are_not_deleted(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    some = [made(f"a{number}", number * 20 + 1, number * 20 + 9) for number in range(MANY)]
    with library:
        library.apply(Change("some", put=tuple(some)))
        monkeypatch.setattr(backups, "look", lambda *_arguments: backups.Held(cause="can't be read"))
        with pytest.raises(LibraryError, match="no backup could be made: can't be read"):
            library.apply(Change("many", remove=tuple(Key.annotation(one.id) for one in some)))
        assert len(library.annotations.all()) == MANY


def test_a_daily_one_that_fails_is_said_and_work_goes_on(library: Library) -> None:
    said: list[str] = []
    with library:
        library.troubled = lambda error: said.append(str(error))
        library.home.backups.write_bytes(b"in the way")
        library.apply(Change("first", put=(made("a1"),)))
        library.apply(Change("second", put=(made("a2", 30, 40),)))
        library.apply(Change("third", put=(made("a3", 50, 60),)))
        assert len(library.annotations.all()) == 3
    assert len(said) == 1
    assert "backups" in said[0]


def test_a_change_does_not_wait_for_the_daily_one(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    going_on = threading.Event()

    def slow(path: Path, *_pause: object) -> backups.Held:
        assert going_on.wait(10)
        return look(path)

    with library:
        library.apply(Change("first", put=(made("a1"),)))
        monkeypatch.setattr(backups, "look", slow)
        library.apply(Change("second", put=(made("a2", 30, 40),)))
        library.apply(Change("third", put=(made("a3", 50, 60),)))
        going_on.set()
    (backup,) = library.backups.all()
    assert look(library.backups.path(backup)).counts == {Kind.ANNOTATION: 1}


def test_of_a_folder_that_cannot_be_written_they_lie_where_its_notes_lie(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    papers.chmod(0o500)
    try:
        with Library(papers, tmp_path / "data") as library:
            library.apply(Change("first", put=(made("a1"),)))
            made_of = library.backups.path(library.back_up(Reason.IMPORT))
    finally:
        papers.chmod(0o700)
    assert made_of.is_relative_to(tmp_path / "data" / "libraries")
    assert not (papers / ".jianbao").exists()
