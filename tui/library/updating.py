"""Bringing the catalog up to date with its folder: reads what is new or changed, and nothing else."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.errors import PageError
from tui.library import index, scan
from tui.library.mends import digest
from tui.library.records import Progress
from tui.library.schema import empty, transaction
from tui.library.storing import FileRead, insert_page, look_up, look_up_all, remove_page, touch_page, unmended_page
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
    mends: MendsOn,
) -> Counts:
    """Read the folder's new and changed pages, and those whose mends have changed; forget those that are gone.

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
    _forget(connection, known, listing, counts)
    todo = []
    for found in listing.files:
        before = known.get(found.path)
        mended = before is not None and before.mends == digest(mends(found.path))
        if before and mended and _is_same(found, before) and (before.parser == version.PARSER_VERSION or found.cause):
            counts.unchanged += not found.cause and not before.problem
        else:
            todo.append(found)
    todo.reverse()  # paths most often begin with a date: the newest pages are those at the top of the list
    readings = (_read(found, known.get(found.path), version.PARSER_VERSION, started, mends) for found in todo)
    _write_all(connection, _told(readings, len(todo), progress, stop), version.PARSER_VERSION, counts, mends)
    return counts


def remake(connection: sqlite3.Connection, path: str, mends: Sequence[Mend]) -> None:
    """Make one page with these mends instead of those it has.

    Raises:
        sqlite3.Error: The catalog can't be written.
    """
    _renew_index(connection)
    with transaction(connection):
        known, page = look_up(connection, path), unmended_page(connection, path)
        if known is None or page is None or known.mends == digest(mends):
            return
        remove_page(connection, known.id)
        found = scan.Found(path, path, known.mtime_ns, known.size)
        insert_page(connection, FileRead(found, known.digest, page), known.parser, mends)


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
        done, path = done + 1, reading.found.path
        if progress and done < total and (now := time.monotonic()) - told >= TELL:
            told = now
            progress(Progress(done, total, path))
        yield reading
    if progress:
        progress(Progress(done, total, path))


def _read(found: Found, known: Known | None, parser: int, started: int, mends: MendsOn) -> FileRead:
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
    content = blake2b(data, digest_size=16).digest()
    same = known is not None and known.digest == content and known.parser == parser
    if known and same and (known.problem or known.mends == digest(mends(found.path))):
        return FileRead(found, content, problem=known.problem)
    try:
        return FileRead(found, content, read_page(found.path, data))
    except PageError as error:
        return FileRead(found, content, problem=str(error))


def _unsettled(found: Found) -> Found:
    """The same file, to be looked into again next time."""
    return scan.Found(found.path, found.location, scan.NEVER, found.size, found.cause)


def _write_all(
    connection: sqlite3.Connection, readings: Iterable[FileRead], parser: int, counts: Counts, mends: MendsOn
) -> None:
    batch: list[FileRead] = []
    written = time.monotonic()
    for reading in readings:
        batch.append(reading)
        if len(batch) >= BATCH or time.monotonic() - written >= INTERVAL:
            _write(connection, batch, parser, counts, mends)
            batch = []
            written = time.monotonic()
    if batch:
        _write(connection, batch, parser, counts, mends)


def _write(connection: sqlite3.Connection, batch: list[FileRead], parser: int, counts: Counts, mends: MendsOn) -> None:
    with transaction(connection):
        for reading in batch:
            wanted = mends(reading.found.path)  # as they are by now
            before = look_up(connection, reading.found.path)
            if (
                before
                and before.digest == reading.digest
                and before.parser == parser
                and before.problem == reading.problem
                and before.mends == digest(wanted)
            ):
                touch_page(connection, before.id, reading.found)
                counts.unchanged += not before.problem
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
    gone = [path for path in known if path not in present and not path.startswith(closed)]
    for start in range(0, len(gone), BATCH):
        with transaction(connection):
            for path in gone[start : start + BATCH]:
                if before := look_up(connection, path):
                    remove_page(connection, before.id)
                    counts.removed += not before.problem
    if listing.closed:
        with transaction(connection):
            for found in listing.closed:
                if before := look_up(connection, found.path):
                    remove_page(connection, before.id)
                insert_page(connection, FileRead(found, b"", problem=found.cause), 0)
