"""Bringing the catalog up to date with its folder: reads what is new or changed, and nothing else."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from tui.errors import PageError
from tui.library import index, packing, scan
from tui.library.records import LEAD, Problem, Progress
from tui.library.schema import empty, transaction
from tui.model import Imprint, Role
from tui.reading import reading_text
from tui.search import folding

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from tui.library.scan import Found
    from tui.model import Article, Page

BATCH = 50  # pages
INTERVAL = 0.2  # seconds: so long other connections wait at most for what has been read
TELL = 0.05  # seconds between two reports of progress
SETTLED = 2_000_000_000  # nanoseconds: a file younger than this may change again without a new time (FAT counts in 2 s)

_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Known:
    """What the catalog holds of a file."""

    id: int
    mtime_ns: int
    size: int
    digest: bytes
    parser: int
    problem: str


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that was read: its page, or why it is none, or neither where its bytes are those already parsed."""

    found: Found
    digest: bytes
    page: Page | None = None
    problem: str = ""


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
    known = _known(connection)
    counts = Counts()
    _forget(connection, known, listing, counts)
    todo = []
    for found in listing.files:
        before = known.get(found.path)
        if before and _is_same(found, before) and (before.parser == PARSER_VERSION or found.cause):
            counts.unchanged += not found.cause and not before.problem
        else:
            todo.append(found)
    todo.reverse()  # paths most often begin with a date: the newest pages are those at the top of the list
    readings = (_read(found, known.get(found.path), PARSER_VERSION, started) for found in todo)
    _write_all(connection, _told(readings, len(todo), progress, stop), PARSER_VERSION, counts)
    return counts


def _is_same(found: Found, known: _Known) -> bool:
    if found.cause:
        return known.problem == found.cause
    return found.mtime_ns == known.mtime_ns and found.size == known.size


def _told(
    readings: Iterator[_Read],
    total: int,
    progress: Callable[[Progress], None] | None,
    stop: Callable[[], bool] | None,
) -> Iterator[_Read]:
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


def _read(found: Found, known: _Known | None, parser: int, started: int) -> _Read:
    from tui.pages.page import read_page

    if found.cause:
        return _Read(found, b"", problem=found.cause)
    try:
        data = scan.read(found)
    except PageError as error:
        return _Read(_unsettled(found), b"", problem=str(error))
    except OSError as error:
        return _Read(_unsettled(found), b"", problem=error.strerror or str(error))
    if found.mtime_ns > started - SETTLED:
        found = _unsettled(found)
    digest = blake2b(data, digest_size=16).digest()
    if known and known.digest == digest and known.parser == parser:
        return _Read(found, digest)
    try:
        return _Read(found, digest, read_page(found.path, data))
    except PageError as error:
        return _Read(found, digest, problem=str(error))


def _unsettled(found: Found) -> Found:
    """The same file, to be looked into again next time."""
    return scan.Found(found.path, found.location, scan.NEVER, found.size, found.cause)


def _write_all(connection: sqlite3.Connection, readings: Iterable[_Read], parser: int, counts: Counts) -> None:
    batch: list[_Read] = []
    written = time.monotonic()
    for reading in readings:
        batch.append(reading)
        if len(batch) >= BATCH or time.monotonic() - written >= INTERVAL:
            _write(connection, batch, parser, counts)
            batch = []
            written = time.monotonic()
    if batch:
        _write(connection, batch, parser, counts)


def _write(connection: sqlite3.Connection, batch: list[_Read], parser: int, counts: Counts) -> None:
    with transaction(connection):
        for reading in batch:
            before = _known(connection, reading.found.path).get(reading.found.path)
            if (
                before
                and before.digest == reading.digest
                and before.parser == parser
                and before.problem == reading.problem
            ):
                _touch(connection, before.id, reading.found)
                counts.unchanged += not before.problem
                continue
            if reading.page is None and not reading.problem:
                continue  # another process has replaced it since: its next update will find what is true
            if before:
                _remove(connection, before.id)
            _insert(connection, reading, parser)
            if not reading.problem:
                was_page = before is not None and not before.problem
                counts.changed += was_page
                counts.added += not was_page


def _known(connection: sqlite3.Connection, path: str | None = None) -> dict[str, _Known]:
    where, values = ("", ()) if path is None else ("WHERE path = ?", (path,))
    rows = connection.execute(f"SELECT path, id, mtime_ns, size, digest, parser, problem FROM page {where}", values)  # noqa: S608
    return {row[0]: _Known(*row[1:]) for row in rows}


def _renew_index(connection: sqlite3.Connection) -> None:
    """Empty a catalog whose index was made by other rules: its entries can't be taken out one by one, nor found."""
    rules = f"{index.RULES} {folding.version()}"
    with transaction(connection):
        row = connection.execute("SELECT value FROM meta WHERE key = 'index'").fetchone()
        if row and row[0] != rules:
            empty(connection)
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('index', ?)", (rules,))


def _forget(connection: sqlite3.Connection, known: dict[str, _Known], listing: scan.Scan, counts: Counts) -> None:
    """Take out the pages that are gone, and note the folders that can't be listed: theirs may still be there."""
    present = {found.path for found in (*listing.files, *listing.closed)}
    closed = tuple(found.path + "/" for found in listing.closed)
    gone = [path for path in known if path not in present and not path.startswith(closed)]
    for start in range(0, len(gone), BATCH):
        with transaction(connection):
            for path in gone[start : start + BATCH]:
                _remove(connection, known[path].id)
                counts.removed += not known[path].problem
    with transaction(connection):
        for found in listing.closed:
            for before in _known(connection, found.path).values():
                _remove(connection, before.id)
            _insert(connection, _Read(found, b"", problem=found.cause), 0)


def _touch(connection: sqlite3.Connection, page: int, found: Found) -> None:
    connection.execute("UPDATE page SET mtime_ns = ?, size = ? WHERE id = ?", (found.mtime_ns, found.size, page))


def _remove(connection: sqlite3.Connection, page: int) -> None:
    row = connection.execute(
        "SELECT first, articles, text FROM page JOIN content ON content.page = page.id WHERE page.id = ?", (page,)
    ).fetchone()
    if row:
        first, articles, text = row
        numbers = (first, first + articles - 1)
        bodies = connection.execute("SELECT id, body FROM article WHERE id BETWEEN ? AND ?", numbers).fetchall()
        for number, body in bodies:
            searched = index.searched_text(packing.unpack_article(body), packing.unpack_text(text))
            index.remove_article(connection, number, searched)
        connection.execute("DELETE FROM article WHERE id BETWEEN ? AND ?", numbers)
        connection.execute("DELETE FROM content WHERE page = ?", (page,))
    connection.execute("DELETE FROM page WHERE id = ?", (page,))


def _insert(connection: sqlite3.Connection, reading: _Read, parser: int) -> None:
    found, page = reading.found, reading.page
    where = page.imprint if page else Imprint()
    articles = sorted(page.articles, key=_start) if page else []
    last = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'article'").fetchone()
    first = last[0] + 1 if last else 1
    cursor = connection.execute(
        "INSERT INTO page (path, mtime_ns, size, digest, parser, problem, paper, date, number, section, encoding,"
        " place, first, articles) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            found.path,
            found.mtime_ns,
            found.size,
            reading.digest,
            parser,
            reading.problem,
            where.paper,
            where.date,
            where.number,
            where.section,
            page.encoding if page else "",
            _DIGITS.sub(lambda digits: digits[0].zfill(8), where.number),
            first,
            len(articles),
        ),
    )
    if page:
        number = cursor.lastrowid or 0
        text = packing.pack_text(page.text)
        connection.execute("INSERT INTO content VALUES (?, ?, ?)", (number, text, packing.pack_blocks(page.furniture)))
        for place, article in enumerate(articles, first):
            _insert_article(connection, place, number, article, page.text)


def _insert_article(connection: sqlite3.Connection, number: int, page: int, article: Article, text: str) -> None:
    reading = reading_text(article, text)
    body = "".join(reading.text[part.start : part.end] for part in reading.paragraphs if part.role is Role.BODY)
    lead = " ".join((body or reading.text)[: 2 * LEAD].split())[:LEAD]
    connection.execute(
        "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            page,
            _storable(article.title),
            _storable(lead),
            _start(article),
            article.continued_from,
            article.continued_on,
            article.certainty,
            sum(part.end - part.start for part in reading.paragraphs),
            packing.pack_article(article),
        ),
    )
    index.add_article(connection, number, index.searched_text(article, text))


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode() if not text.isascii() else text


def _start(article: Article) -> int:
    return min((span.start for block in article.blocks for span in block.spans), default=0)


def problems(connection: sqlite3.Connection) -> tuple[Problem, ...]:
    """Every file and folder that can't be read, by path."""
    rows = connection.execute("SELECT path, problem FROM page WHERE problem <> '' ORDER BY path")
    return tuple(Problem(path, cause) for path, cause in rows)
