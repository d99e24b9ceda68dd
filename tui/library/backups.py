"""Whole copies of the file of annotations, made before what can't be taken back easily and once a day, each verified.

A copy is `TIME-REASON.json` in the folder of backups, TIME being UTC: `20261121T013000Z-import.json`. It is a file of
annotations like the one it was made of. The last ten stay, and of the last thirty days one each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from tui.causes import of_error
from tui.errors import LibraryError, UsageError
from tui.language import N_, _, ngettext
from tui.library import snapshot
from tui.library.atomic import stage, sync_folder
from tui.library.entries import Key, Kind, key_of
from tui.library.rows import from_row
from tui.library.snapshot import Row

LAST = 10  # backups that stay, whatever their age
DAYS = 30  # days, today among them, of which one backup each stays
_SLICE = 64  # records looked at before a pause
_NAME = re.compile(r"([0-9]{8}T[0-9]{6}Z)-([a-z]{1,20})(?:-([1-9][0-9]{0,3}))?\.json")
_FORM = "%Y%m%dT%H%M%SZ"
_KINDS = {kind.value: kind for kind in Kind}


class Reason(StrEnum):
    """Why a backup was made."""

    DAILY = "daily"  # the first change of a day
    DELETION = "deletion"  # a change that deletes many records
    IMPORT = "import"
    MERGE = "merge"  # of a conflict copy
    CONFLICT = "conflict"  # a conflict copy itself, once it was merged
    RESTORE = "restore"  # what another backup has taken the place of
    MIGRATION = "migration"  # the file is to be of a newer format


_WHY = {
    Reason.DAILY: N_("the first change of the day"),
    Reason.DELETION: N_("before many were deleted"),
    Reason.IMPORT: N_("before an import"),
    Reason.MERGE: N_("before a conflict copy was merged"),
    Reason.CONFLICT: N_("a conflict copy that was merged"),
    Reason.RESTORE: N_("before a backup was restored"),
    Reason.MIGRATION: N_("before a new version of the file"),
}


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """A backup, as its name has it; the later one is the greater.

    Attributes:
        time: When it was made, UTC.
        again: 1 for the first one of its second and reason, then 2, 3 and so on.
        reason: The word in its name, one of `Reason` or of a later version.
    """

    time: datetime
    again: int
    reason: str

    @property
    def name(self) -> str:
        """The file's name."""
        return f"{stamp(self.time)}-{self.reason}{f'-{self.again}' if self.again > 1 else ''}.json"

    @property
    def why(self) -> str:
        """The reason in words."""
        known = _WHY.get(self.reason)  # type: ignore[call-overload]  # a word finds the member that it is the value of
        return _(known) if known else self.reason


def stamp(time: datetime) -> str:
    """A time as names of files have it: `20261121T013000Z`."""
    return time.astimezone(UTC).strftime(_FORM)


def parse_name(name: str) -> Backup | None:
    """The backup of a file's name; None where that is no backup's."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        time = datetime.strptime(found[1], _FORM).replace(tzinfo=UTC)
    except ValueError:
        return None
    backup = Backup(time, int(found[3] or 1), found[2])
    return backup if backup.name == name else None


def kept(backups: Iterable[Backup], now: datetime, whole: Collection[Backup] = ()) -> set[Backup]:
    """Which backups stay: the last ten, the last one of each of the last thirty days, and always one that is whole.

    Args:
        backups: All there are.
        now: UTC.
        whole: Those of which it is known that they are whole.
    """
    ordered = sorted(backups)
    days = {backup.time.date(): backup for backup in ordered}
    first = now.date() - timedelta(days=DAYS - 1)
    chosen = {*ordered[-LAST:], *(backup for day, backup in days.items() if day >= first)}
    sound = [backup for backup in ordered if backup in whole]
    return chosen if not sound or chosen & set(sound) else {*chosen, sound[-1]}


@dataclass(frozen=True, slots=True)
class Held:
    """What a file of annotations holds.

    Attributes:
        counts: How many records of each kind.
        cause: Why it can't be opened; empty where it is whole.
    """

    counts: Mapping[Kind, int] = field(default_factory=dict)
    cause: str = ""

    @property
    def whole(self) -> bool:
        """Whether it can be opened."""
        return not self.cause

    @property
    def words(self) -> str:
        """The counts in words."""
        counts = Counter(self.counts)
        said = [
            ngettext("{count} annotation", "{count} annotations", counts[Kind.ANNOTATION]),
            ngettext("{count} tag", "{count} tags", counts[Kind.TAG]),
            ngettext("{count} article read or starred", "{count} articles read or starred", counts[Kind.READING]),
            ngettext("{count} mend", "{count} mends", counts[Kind.MEND]),
            ngettext("{count} mark", "{count} marks", counts[Kind.BOOKMARK]),
            ngettext("{count} named filter", "{count} named filters", counts[Kind.FILTER]),
            ngettext("{count} in the trash", "{count} in the trash", counts[Kind.TRASH]),
        ]
        order = (Kind.ANNOTATION, Kind.TAG, Kind.READING, Kind.MEND, Kind.BOOKMARK, Kind.FILTER, Kind.TRASH)
        shown = [
            text.format(count=counts[kind])
            for kind, text in zip(order, said, strict=True)
            if counts[kind] or kind is Kind.ANNOTATION
        ]
        return ", ".join(shown)


class _Counter:
    """Is shown records, counts those that make sense, and remembers what is wrong with the first that does not."""

    def __init__(self, pause: Callable[[], object]) -> None:
        self._pause = pause
        self.clear()

    def clear(self) -> None:
        self._keys: set[Key] = set()
        self.cause = ""

    def add(self, table: str, rows: Mapping[str, Row]) -> None:
        kind = _KINDS.get(table)
        if kind is None:
            return
        for count, (number, row) in enumerate(rows.items()):
            if count % _SLICE == 0:
                self._pause()
            self._add(kind, number, row)

    def _add(self, kind: Kind, number: str, row: Row) -> None:
        try:
            record = from_row(kind, row)
        except UsageError as error:
            said = _("record {number} of {kind}: {cause}")
            self.cause = self.cause or said.format(number=number, kind=kind, cause=error)
            return
        if record is None:
            return
        key = key_of(record)
        if key in self._keys:
            self.cause = self.cause or _("{name} stands twice in {kind}").format(name=repr(key.name), kind=kind)
        self._keys.add(key)

    @property
    def counts(self) -> dict[Kind, int]:
        return dict(Counter(key.kind for key in self._keys))


def look(path: Path, pause: Callable[[], object] = lambda: None) -> Held:
    """Open a file of annotations, without its journal, and count what it holds.

    Args:
        path: The file.
        pause: Called now and then, to let other threads work.
    """
    counter = _Counter(pause)
    try:
        snapshot.read(path.read_bytes(), path, counter)
    except OSError as error:
        return Held(cause=_("{file}: can't be read: {cause}").format(file=path, cause=of_error(error)))
    except LibraryError as error:
        return Held(cause=str(error))
    cause = _("{file}: damaged: {cause}").format(file=path, cause=counter.cause) if counter.cause else ""
    return Held(counter.counts, cause)


class Backups:
    """The folder of backups of a library. One thread at a time may write it.

    Args:
        folder: Where they lie; it is made where it is missing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, backup: Backup) -> Path:
        """Where a backup lies."""
        return self.folder / backup.name

    def all(self) -> list[Backup]:
        """Every backup, the newest first.

        Raises:
            LibraryError: The folder can't be listed.
        """
        try:
            found = [parse_name(path.name) for path in self.folder.iterdir()]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise self._failed(_("{folder}: can't be read: {cause}"), error) from error
        return sorted((backup for backup in found if backup is not None), reverse=True)

    def named(self, name: str) -> Backup:
        """The backup of a name, with or without its `.json`.

        Raises:
            UsageError: There is none.
        """
        found = next((one for one in self.all() if name in (one.name, one.name.removesuffix(".json"))), None)
        if found is None:
            raise UsageError(_("{name}: no such backup in {folder}").format(name=name, folder=self.folder))
        return found

    def make(
        self, reason: Reason, pieces: Iterable[bytes], pause: Callable[[], object] = lambda: None, *, spared: str = ""
    ) -> Backup:
        """Make a backup; when this returns, it is safe on the disk, has been opened, and older ones may be gone.

        Args:
            reason: Why.
            pieces: The bytes of the file of annotations.
            pause: Called now and then, to let other threads work.
            spared: The name of one that stays in any case.

        Raises:
            LibraryError: It could not be written, or what was written can't be opened; there is none then.
        """
        now = datetime.now(UTC).replace(microsecond=0)
        try:
            self._make_folder()
            backup = self._free(now, reason)
            staged = stage(self.path(backup), _paced(pieces, pause))
            held = look(staged.temporary, pause)
            if held.whole:
                staged.place()
            else:
                staged.drop()
        except OSError as error:
            raise self._failed(_("{folder}: no backup could be made: {cause}"), error) from error
        if not held.whole:
            raise LibraryError(
                _("{folder}: no backup could be made: {cause}").format(folder=self.folder, cause=held.cause)
            )
        self._prune(now, backup, spared)
        return backup

    def take_in(self, path: Path, reason: Reason) -> Backup:
        """Move a file here, as a backup.

        Raises:
            LibraryError: It can't be moved, and stays where it is.
        """
        now = datetime.now(UTC).replace(microsecond=0)
        try:
            self._make_folder()
            backup = self._free(now, reason)
            path.rename(self.path(backup))
            sync_folder(path.parent)
            sync_folder(self.folder)
        except OSError as error:
            said = _("{file}: can't be moved to {folder}: {cause}")
            raise LibraryError(said.format(file=path, folder=self.folder, cause=of_error(error))) from error
        return backup

    def _make_folder(self) -> None:
        if not self.folder.is_dir():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            sync_folder(self.folder.parent)

    def _free(self, now: datetime, reason: Reason) -> Backup:
        """A name that no file has yet."""
        backup = Backup(now, 1, reason.value)
        while self.path(backup).exists():
            backup = Backup(now, backup.again + 1, reason.value)
        return backup

    def _prune(self, now: datetime, made: Backup, spared: str) -> None:
        """Remove what needs not stay; one that can't be removed now goes some other time."""
        with suppress(OSError, LibraryError):
            there = self.all()
            stay = {made, *kept(there, now, {made})}
            for backup in there:
                if backup not in stay and backup.name != spared:
                    self.path(backup).unlink(missing_ok=True)

    def _failed(self, said: str, error: OSError) -> LibraryError:
        return LibraryError(said.format(folder=self.folder, cause=of_error(error)))


def _paced(pieces: Iterable[bytes], pause: Callable[[], object]) -> Iterator[bytes]:
    for piece in pieces:
        pause()
        yield piece
