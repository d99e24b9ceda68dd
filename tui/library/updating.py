"""Bringing the catalog up to date with its folder: reads what is new or changed, and nothing else."""

from __future__ import annotations

import time
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tui.library import gone, index, numbering, scan, storing
from tui.library.files import unsettled
from tui.library.mends import digest
from tui.library.readers import Job, read_all
from tui.library.records import Progress
from tui.library.schema import empty, large_cache, transaction
from tui.library.sql import meta, set_meta
from tui.library.storing import (
    FileRead,
    insert_page,
    look_up,
    look_up_all,
    look_up_lines,
    remove_page,
    touch_page,
    unmended_page,
)
from tui.model import Imprint
from tui.pages import version
from tui.search import folding

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from tui.library.scan import Found
    from tui.library.storing import Known
    from tui.model import Mend

    MendsOn = Callable[[str], Sequence[Mend]]
    Mended = Callable[[], Iterable[str]]
    Noted = Callable[[str], bool]

BATCH = 50  # pages
MOST = 1000  # pages of a batch once there prove to be very many: SQLite is then twice as fast
INTERVAL = 0.2  # seconds: so long other connections wait for what has been read, at first
LONGEST = 2.0  # seconds: and so long at most
TELL = 0.05  # seconds between two reports of progress


@dataclass(slots=True)
class Counts:
    """Pages so far."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0


def update(
    connection: sqlite3.Connection,
    folder: Path,
    progress: Callable[[Progress], None] | None,
    stop: Callable[[], bool] | None,
    mends: MendsOn,
    *,
    mended: Mended,
    noted: Noted,
) -> Counts:
    """Read the folder's new and changed pages, and those whose mends have changed; forget those that are gone.

    Of the gone ones that are noted on, what they said is remembered.

    Several processes may do this at once: each batch is one transaction that looks again at what it is about to
    replace.

    Raises:
        LibraryError: The folder can't be listed.
        sqlite3.Error: The catalog can't be written.
    """
    _renew_index(connection)
    started = time.time_ns()
    listing = scan.scan(folder)
    known = look_up_all(connection)
    counts = Counts()
    _forget(connection, known, listing, counts, noted)
    todo = []
    for found in listing.files:
        before = known.get(found.path)
        is_made = before is not None and (found.holds_records or before.mends == digest(mends(found.path)))
        if before and is_made and _is_same(found, before) and (before.parser == version.PARSER_VERSION or found.cause):
            if not found.cause:
                _count_known(connection, found.path, before, mends, counts, mended=mended)
        else:
            todo.append(found)
    todo.sort(key=_newest_first)
    jobs = [
        Job(found, known.get(found.path), version.PARSER_VERSION, started, tuple(mends(found.path))) for found in todo
    ]
    with large_cache(connection) if todo else nullcontext(), closing(read_all(jobs)) as readings:
        told = _told(readings, len(todo), progress, stop)
        _write_all(connection, told, version.PARSER_VERSION, counts, mends, mended=mended, noted=noted)
    return counts


def _newest_first(found: Found) -> tuple[int, str, str, str]:
    """The order in which files are read: as the list will show their articles, as far as paths tell."""
    from tui.pages.imprint import imprint

    told = imprint(PurePosixPath(found.path), "", ())
    return numbering.day_of(told.date), told.paper, storing.place_of(told.number), found.path


def remake(connection: sqlite3.Connection, path: str, mends: Sequence[Mend]) -> None:
    """Make one page anew with other mends than it has, so that its articles get new ids; an unknown one never.

    Raises:
        sqlite3.Error: The catalog can't be written.
    """
    _renew_index(connection)
    with transaction(connection):
        _remake(connection, path, mends)


def _remake(connection: sqlite3.Connection, path: str, mends: Sequence[Mend]) -> None:
    known, page = look_up(connection, path), unmended_page(connection, path)
    if known is None or page is None or known.mends == digest(mends):
        return
    remove_page(connection, known.id)
    found = scan.Found(path, path, known.mtime_ns, known.size)
    reading = FileRead(found, known.digest, page, source=known.source, line=known.line)
    insert_page(connection, reading, known.parser, mends)


def _count_known(
    connection: sqlite3.Connection, path: str, known: Known, mends: MendsOn, counts: Counts, *, mended: Mended
) -> None:
    """Count the pages that a file of known bytes is, or a line. Lines of it whose mends have changed are made anew."""
    if path != known.source:
        counts.unchanged += not known.problem
        return
    lines = storing.mends_of_lines(connection, path, mended())
    stale = [line for line, made in lines if made != digest(mends(line))]
    pages = storing.count_lines(connection, path)
    if stale:
        with nullcontext() if connection.in_transaction else transaction(connection):
            for line in stale:
                _remake(connection, line, mends(line))
    counts.changed += len(stale)
    counts.unchanged += pages - len(stale)


def _is_same(found: Found, known: Known) -> bool:
    if found.cause:
        return known.problem == found.cause
    return found.mtime_ns == known.mtime_ns and found.size == known.size


def _told(
    readings: Iterator[FileRead],
    total: int,
    progress: Callable[[Progress], None] | None,
    stop: Callable[[], bool] | None,
) -> Iterator[FileRead]:
    """`readings` until they end or `stop` says so, with `progress` told of them."""
    done, path, told = 0, "", 0.0
    while not (stop and stop()):
        reading = next(readings, None)
        if reading is None:
            break
        if reading.is_file:
            done, path = done + 1, reading.found.path
        if progress and done < total and (now := time.monotonic()) - told >= TELL:
            told = now
            progress(Progress(done, total, path))
        yield reading
    if progress:
        progress(Progress(done, total, path))


def _write_all(
    connection: sqlite3.Connection,
    readings: Iterable[FileRead],
    parser: int,
    counts: Counts,
    mends: MendsOn,
    *,
    mended: Mended,
    noted: Noted,
) -> None:
    batch: list[FileRead] = []
    most, interval, written = BATCH, INTERVAL, time.monotonic()
    for reading in readings:
        if reading.records is not None:
            _write(connection, batch, parser, counts, mends, mended=mended)
            _finish(connection, reading, reading.records, parser, counts, noted=noted)
            batch = []
            continue
        batch.append(reading)
        if len(batch) >= most or time.monotonic() - written >= interval:
            whole, batch = _cut(batch)
            _write(connection, whole, parser, counts, mends, mended=mended)
            most, interval, written = min(2 * most, MOST), min(1.5 * interval, LONGEST), time.monotonic()
    if batch:
        _write(connection, batch, parser, counts, mends, mended=mended)


def _cut(batch: list[FileRead]) -> tuple[list[FileRead], list[FileRead]]:
    """What is to be written now, and of each file of records the last day, which may go on: in order it costs less."""
    last = {one.source: _date(one) for one in batch if one.line}
    rest = [one for one in batch if one.line and _date(one) == last[one.source]]
    if not 0 < len(rest) < len(batch) // 2:
        return batch, []
    kept = set(map(id, rest))
    return [one for one in batch if id(one) not in kept], rest


def _date(reading: FileRead) -> str:
    return reading.page.imprint.date if reading.page else ""


def _place(reading: FileRead) -> tuple[int, str, str, str, int, str]:
    """Where a page belongs in the list: put in in this order, its articles get ascending numbers."""
    where = reading.page.imprint if reading.page else Imprint()
    day, place = numbering.day_of(where.date), storing.place_of(where.number)
    return day, where.paper, place, reading.source, reading.line, reading.found.path


def _write(
    connection: sqlite3.Connection,
    batch: list[FileRead],
    parser: int,
    counts: Counts,
    mends: MendsOn,
    *,
    mended: Mended,
) -> None:
    with transaction(connection):
        for reading in sorted(batch, key=_place):
            path = reading.found.path
            wanted = () if path == reading.source else mends(path)  # as they are by now
            before = look_up(connection, path)
            if (
                before
                and before.digest == reading.digest
                and before.parser == parser
                and before.problem == reading.problem
                and before.mends == digest(wanted)
            ):
                touch_page(connection, before.id, reading)
                _count_known(connection, path, before, mends, counts, mended=mended)
                continue
            if reading.page is None and not reading.problem:
                continue  # another process has replaced it since: its next update will find what is true
            if before:
                remove_page(connection, before.id)
            insert_page(connection, reading, parser, wanted)
            if not reading.problem:
                was_page = before is not None and not before.problem
                counts.changed += was_page
                counts.added += not was_page


def _finish(
    connection: sqlite3.Connection,
    reading: FileRead,
    records: dict[str, bytes],
    parser: int,
    counts: Counts,
    *,
    noted: Noted,
) -> None:
    """Take out the lines that a file of records no longer has, and note that it has been read.

    Where another process has meanwhile read it in another state, what is kept may be neither: it is read again then.
    """
    path = reading.found.path
    _take_out(connection, [line for line in look_up_lines(connection, path) if line not in records], counts, noted)
    with transaction(connection):
        if before := look_up(connection, path):
            remove_page(connection, before.id)
        kept = {line: known.digest for line, known in look_up_lines(connection, path).items()}
        if kept != records:
            reading = FileRead(unsettled(reading.found), b"", problem=reading.problem, source=path)
        insert_page(connection, reading, parser)


def _renew_index(connection: sqlite3.Connection) -> None:
    """Empty a catalog whose index was made by other rules: its entries can't be taken out one by one, nor found."""
    rules = f"{index.RULES} {folding.version()}"
    if meta(connection, "index") == rules:
        return
    with transaction(connection):
        if meta(connection, "index") not in {rules, ""}:
            empty(connection)
        set_meta(connection, "index", rules)


def _forget(
    connection: sqlite3.Connection, known: dict[str, Known], listing: scan.Scan, counts: Counts, noted: Noted
) -> None:
    """Take out the pages that are gone, and note the folders that can't be listed: theirs may still be there."""
    present = {found.path for found in (*listing.files, *listing.closed)}
    closed = tuple(found.path + "/" for found in listing.closed)
    held = {**known, **dict.fromkeys(storing.sources(connection))}
    lost = [path for path in held if path not in present and not path.startswith(closed)]
    # A file of records goes behind its lines: while it is there, they are found again.
    _take_out(connection, [part for path in lost for part in (*look_up_lines(connection, path), path)], counts, noted)
    if listing.closed:
        was_records = [line for found in listing.closed for line in look_up_lines(connection, found.path)]
        _take_out(connection, was_records, counts, noted)
        with transaction(connection):
            for found in listing.closed:
                if before := look_up(connection, found.path):
                    remove_page(connection, before.id)
                insert_page(connection, FileRead(found, b"", problem=found.cause), 0)


def _take_out(connection: sqlite3.Connection, paths: list[str], counts: Counts, noted: Noted) -> None:
    for start in range(0, len(paths), BATCH):
        with transaction(connection):
            for path in paths[start : start + BATCH]:
                if before := look_up(connection, path):
                    if noted(path):
                        gone.remember(connection, before.id)
                    remove_page(connection, before.id)
                    counts.removed += not before.problem and before.source != path
