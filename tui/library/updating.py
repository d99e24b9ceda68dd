"""Bringing the catalog up to date with its folder: reads what is new or changed, and nothing else."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.errors import PageError
from tui.library import index, scan, storing
from tui.library.records import Progress
from tui.library.schema import empty, transaction
from tui.library.storing import FileRead, insert_page, look_up, look_up_all, look_up_lines, remove_page, touch_page
from tui.search import folding

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from tui.library.scan import Found
    from tui.library.storing import Known

BATCH = 50  # pages
INTERVAL = 0.2  # seconds: so long other connections wait at most for what has been read
TELL = 0.05  # seconds between two reports of progress
SETTLED = 2_000_000_000  # nanoseconds: a file younger than this may change again without a new time (FAT counts in 2 s)


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
) -> Counts:
    """Read the folder's new and changed pages and forget those that are gone.

    Several processes may do this at once: each batch is one transaction that looks again at what it is about to
    replace.

    Raises:
        LibraryError: The folder can't be listed.
        sqlite3.Error: The catalog can't be written.
    """
    from tui.pages.parse import PARSER_VERSION

    _renew_index(connection)
    started = time.time_ns()
    listing = scan.scan(folder)
    known = look_up_all(connection)
    counts = Counts()
    _forget(connection, known, listing, counts)
    todo = []
    for found in listing.files:
        before = known.get(found.path)
        if before and _is_same(found, before) and (before.parser == PARSER_VERSION or found.cause):
            counts.unchanged += 0 if found.cause else storing.count_pages(connection, found.path, before)
        else:
            todo.append(found)
    todo.reverse()  # paths most often begin with a date: the newest pages are those at the top of the list
    readings = (
        reading
        for found in todo
        for reading in (_read_lines if found.holds_records else _read)(
            found, known.get(found.path), PARSER_VERSION, started
        )
    )
    _write_all(connection, _told(readings, len(todo), progress, stop), PARSER_VERSION, counts)
    return counts


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


def _read(found: Found, known: Known | None, parser: int, started: int) -> Iterator[FileRead]:
    yield _page_of(found, known, parser, started)


def _page_of(found: Found, known: Known | None, parser: int, started: int) -> FileRead:
    from hashlib import blake2b

    from tui.pages.page import read_page

    if found.cause:
        return FileRead(found, b"", problem=found.cause)
    try:
        data = scan.read(found)
    except PageError as error:
        return FileRead(_unsettled(found), b"", problem=str(error))
    except OSError as error:
        return FileRead(_unsettled(found), b"", problem=error.strerror or str(error))
    if found.mtime_ns > started - SETTLED:
        found = _unsettled(found)
    digest = blake2b(data, digest_size=16).digest()
    if known and known.digest == digest and known.parser == parser:
        return FileRead(found, digest, problem=known.problem)
    try:
        return FileRead(found, digest, read_page(found.path, data))
    except PageError as error:
        return FileRead(found, digest, problem=str(error))


def _read_lines(found: Found, known: Known | None, parser: int, started: int) -> Iterator[FileRead]:
    """The lines of a file of records, and at last the file itself."""
    from tui.library import jsonlines

    path, records, digest, problem = found.path, dict[str, bytes](), b"", found.cause
    try:
        if not problem:
            with scan.open_file(found) as file:
                surveyed = jsonlines.survey(file)
                digest, problem = surveyed.digest, surveyed.problem
                if known and known.digest == digest and known.parser == parser:
                    yield FileRead(_settled(found, file, started), digest, problem=known.problem, source=path)
                    return
                file.seek(0)
                for line in () if problem else jsonlines.read(file, path, surveyed):
                    at = scan.Found(line.path, found.location, 0, 0)
                    records[line.path] = line.digest
                    yield FileRead(at, line.digest, line.page, line.problem, path, line.number)
                found = _settled(found, file, started)
    except OSError as error:
        found, digest, records, problem = _unsettled(found), b"", {}, error.strerror or str(error)
    yield FileRead(found, digest, problem=problem, source=path, records=records)


def _settled(found: Found, file: BinaryIO, started: int) -> Found:
    """The same file, to be looked into again next time if it may have changed since it was found."""
    status = os.fstat(file.fileno())
    same = (status.st_mtime_ns, status.st_size) == (found.mtime_ns, found.size)
    return found if same and found.mtime_ns <= started - SETTLED else _unsettled(found)


def _unsettled(found: Found) -> Found:
    """The same file, to be looked into again next time."""
    return scan.Found(found.path, found.location, scan.NEVER, found.size, found.cause)


def _write_all(connection: sqlite3.Connection, readings: Iterable[FileRead], parser: int, counts: Counts) -> None:
    batch: list[FileRead] = []
    written = time.monotonic()
    for reading in readings:
        if reading.records is not None:
            _write(connection, batch, parser, counts)
            _finish(connection, reading, reading.records, parser, counts)
            batch = []
            continue
        batch.append(reading)
        if len(batch) >= BATCH or time.monotonic() - written >= INTERVAL:
            _write(connection, batch, parser, counts)
            batch = []
            written = time.monotonic()
    if batch:
        _write(connection, batch, parser, counts)


def _write(connection: sqlite3.Connection, batch: list[FileRead], parser: int, counts: Counts) -> None:
    with transaction(connection):
        for reading in batch:
            path = reading.found.path
            before = look_up(connection, path)
            if (
                before
                and before.digest == reading.digest
                and before.parser == parser
                and before.problem == reading.problem
            ):
                touch_page(connection, before.id, reading)
                counts.unchanged += (
                    storing.count_pages(connection, path, before) if reading.is_file else not before.problem
                )
                continue
            if reading.page is None and not reading.problem:
                continue  # another process has replaced it since: its next update will find what is true
            if before:
                remove_page(connection, before.id)
            insert_page(connection, reading, parser)
            if not reading.problem:
                was_page = before is not None and not before.problem
                counts.changed += was_page
                counts.added += not was_page


def _finish(
    connection: sqlite3.Connection, reading: FileRead, records: dict[str, bytes], parser: int, counts: Counts
) -> None:
    """Take out the lines that a file of records no longer has, and note that it has been read.

    Where another process has meanwhile read it in another state, what is kept may be neither: it is read again then.
    """
    path = reading.found.path
    _take_out(connection, [line for line in look_up_lines(connection, path) if line not in records], counts)
    with transaction(connection):
        if before := look_up(connection, path):
            remove_page(connection, before.id)
        kept = {line: known.digest for line, known in look_up_lines(connection, path).items()}
        if kept != records:
            reading = FileRead(_unsettled(reading.found), b"", problem=reading.problem, source=path)
        insert_page(connection, reading, parser)


def _renew_index(connection: sqlite3.Connection) -> None:
    """Empty a catalog whose index was made by other rules: its entries can't be taken out one by one, nor found."""
    rules = f"{index.RULES} {folding.version()}"
    if _index_rules(connection) == rules:
        return
    with transaction(connection):
        if _index_rules(connection) not in {rules, ""}:
            empty(connection)
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('index', ?)", (rules,))


def _index_rules(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT value FROM meta WHERE key = 'index'").fetchone()
    return str(row[0]) if row else ""


def _forget(connection: sqlite3.Connection, known: dict[str, Known], listing: scan.Scan, counts: Counts) -> None:
    """Take out the pages that are gone, and note the folders that can't be listed: theirs may still be there."""
    present = {found.path for found in (*listing.files, *listing.closed)}
    closed = tuple(found.path + "/" for found in listing.closed)
    held = {**known, **dict.fromkeys(storing.sources(connection))}
    gone = [path for path in held if path not in present and not path.startswith(closed)]
    # A file of records goes behind its lines: while it is there, they are found again.
    _take_out(connection, [part for path in gone for part in (*look_up_lines(connection, path), path)], counts)
    if listing.closed:
        was_records = [line for found in listing.closed for line in look_up_lines(connection, found.path)]
        _take_out(connection, was_records, counts)
        with transaction(connection):
            for found in listing.closed:
                if before := look_up(connection, found.path):
                    remove_page(connection, before.id)
                insert_page(connection, FileRead(found, b"", problem=found.cause), 0)


def _take_out(connection: sqlite3.Connection, paths: list[str], counts: Counts) -> None:
    for start in range(0, len(paths), BATCH):
        with transaction(connection):
            for path in paths[start : start + BATCH]:
                if before := look_up(connection, path):
                    remove_page(connection, before.id)
                    counts.removed += not before.problem and before.source != path
