"""The file of annotations and its journal, read together as one moment had them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tui.causes import of_error
from tui.errors import DamagedError, LibraryError
from tui.language import _
from tui.library import snapshot
from tui.library.journal import SUFFIX, Changes, Journal, Lines, read_journal
from tui.library.seals import Seal, digest_meanwhile, signature, status_of
from tui.library.shards import Shards
from tui.library.snapshot import Row, Seen, text_of

_TRIES = 50  # a writer that compacts is between its two renames for milliseconds


@dataclass(frozen=True, slots=True)
class Found:
    """What a file and its journal hold together.

    Attributes:
        tables: The records, as texts.
        base: Those of the file alone.
        seal: Of the file; None where it is missing.
        journal: To be gone on with; None where there is none.
        spent: Whether the journal belongs to another file, but has nothing that this one lacks.
    """

    tables: dict[str, Shards[str, bytes]]
    base: dict[str, Shards[str, bytes]]
    seal: Seal | None
    journal: Journal | None
    spent: bool


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of both, as one moment had them; None for one that is missing."""

    moment: int
    data: bytes | None
    status: os.stat_result | None
    journal: bytes | None
    journal_inode: int


def journal_of(path: Path) -> Path:
    """Where the journal of a file lies: beside it, not among what users may delete as made anew."""
    return path.with_name(path.name + SUFFIX)


_FRESH = 50_000_000  # ns; of a file so young the status need not tell it from the next


def read_raw(path: Path) -> Raw:
    """Read both. A writer puts a new file in place before it touches the journal, so an unchanged file fits it.

    Raises:
        LibraryError: One of them can't be read.
    """
    try:
        for _try in range(_TRIES):
            status = status_of(path)
            moment = time.time_ns()
            data = path.read_bytes() if status is not None else None
            journal, inode = _read_journal(journal_of(path))
            again = status_of(path)
            same = (status and signature(status)) == (again and signature(again))
            if same and status is not None and moment - max(status.st_mtime_ns, status.st_ctime_ns) < _FRESH:
                same = path.read_bytes() == data  # another file may have come within one tick of the clock
            if same:
                return Raw(moment, data, status, journal, inode)
            time.sleep(0.02)
    except OSError as error:
        said = _("{file}: can't be read: {cause}")
        raise LibraryError(said.format(file=error.filename or path, cause=of_error(error))) from error
    raise LibraryError(_("{path}: another program writes it all the time").format(path=path))


def _read_journal(path: Path) -> tuple[bytes | None, int]:
    try:
        with path.open("rb") as file:
            return file.read(), os.fstat(file.fileno()).st_ino
    except FileNotFoundError:
        return None, 0


def read_both(path: Path, seen: Seen) -> Found:
    """The records of a file and its journal.

    Args:
        path: The file's.
        seen: What is shown each record, once.

    Raises:
        DamagedError: One of them can't be understood, or the journal has changes that belong to another file.
        LibraryError: One can't be read, or was written by a later version.
    """
    raw = read_raw(path)
    lines = Lines() if raw.journal is None else read_journal(raw.journal, journal_of(path))
    _refuse_damage(lines, path)
    net = net_of(lines.changes())
    tables, seal = _read_file(raw, path, _Old(net, seen))
    base = {name: Shards(rows) for name, rows in tables.items()}
    if raw.journal is None:
        return Found(base, base, seal, None, spent=False)
    spent = seal is None or seal.digest not in lines.files()
    if spent:
        _refuse_stranger(tables, net, path, missing=seal is None)
    for name, rows in net.items():
        table = tables.setdefault(name, {})
        for number, row in rows.items():
            if row is None:
                table.pop(number, None)
            else:
                table[number] = text_of(row)
        seen.add(name, {number: dict(row) for number, row in rows.items() if row is not None})
    journal = Journal(journal_of(path), lines, raw.journal_inode, len(raw.journal))
    return Found({name: Shards(rows) for name, rows in tables.items()}, base, seal, journal, spent)


def read_alone(path: Path) -> Found:
    """The records of a file as it is, whatever journal stands beside it.

    Raises:
        DamagedError: It can't be understood.
        LibraryError: It can't be read, or was written by a later version.
    """
    tables, seal = _read_file(read_raw(path), path, snapshot.Nobody())
    base = {name: Shards(rows) for name, rows in tables.items()}
    return Found(base, base, seal, None, spent=False)


def _read_file(raw: Raw, path: Path, seen: Seen) -> tuple[dict[str, dict[str, bytes]], Seal | None]:
    if raw.data is None or raw.status is None:
        return {}, None
    digest = digest_meanwhile(raw.data)
    tables = snapshot.read(raw.data, path, seen)
    return tables, Seal.of(raw.status, digest(), raw.moment)


def net_of(changes: Iterable[Changes]) -> dict[str, dict[str, Mapping[str, Any] | None]]:
    """What all the changes come to."""
    net: dict[str, dict[str, Mapping[str, Any] | None]] = {}
    for change in changes:
        for name, rows in change.items():
            net.setdefault(name, {}).update(rows)
    return net


class _Old:
    """Shows on only those records of a file that the journal does not change."""

    def __init__(self, net: Changes, seen: Seen) -> None:
        self._net = net
        self._seen = seen

    def clear(self) -> None:
        self._seen.clear()

    def add(self, table: str, rows: Mapping[str, Row]) -> None:
        changed = self._net.get(table)
        if changed:
            rows = {number: row for number, row in rows.items() if number not in changed}
        self._seen.add(table, rows)


def _refuse_damage(lines: Lines, path: Path) -> None:
    if lines.damage:
        readable = sum(1 for _change in lines.changes())
        raise DamagedError(
            _("{path}: damaged: {cause}; {count} changes in it can be read").format(
                path=journal_of(path), cause=lines.damage[0], count=readable
            )
        )


def _refuse_stranger(tables: Mapping[str, Mapping[str, bytes]], net: Changes, path: Path, *, missing: bool) -> None:
    """Refuse a journal that belongs to another file, unless the present one has all that is in it."""
    waiting = sum(
        tables.get(name, {}).get(number) != (None if row is None else text_of(row))
        for name, rows in net.items()
        for number, row in rows.items()
    )
    if not waiting:
        return
    if missing:
        cause = _("{path}: it is missing, but {count} changes to it are kept in {journal}; put it back to open both")
    else:
        cause = _(
            "{path}: another program has replaced it, while {count} changes to the one before are kept in {journal}; "
            "put that one back to open both"
        )
    raise DamagedError(cause.format(path=path, count=waiting, journal=journal_of(path).name))
