"""The catalog's file: its tables, and what to do with one that is old, foreign or damaged.

Everything in it is derived from the pages, so the answer is always the same: make it anew.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tui.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VERSION = 6
APPLICATION = 0x4A42414F  # the file says whose it is: JBAO
PATIENCE = 10.0  # seconds that one writer waits for another
# In kB, negative. The system keeps the file's pages: more makes no search faster, and connections are many.
_CACHE = -2000
_LARGE_CACHE = -16000
_LOG, _LARGE_LOG = 1000, 8000  # pages of the log that are carried over at once; 1000 is SQLite's own

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE page (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    mtime_ns INTEGER NOT NULL,
    size INTEGER NOT NULL,
    digest BLOB NOT NULL,
    parser INTEGER NOT NULL,
    mends BLOB NOT NULL,
    problem TEXT NOT NULL,
    paper TEXT NOT NULL,
    date TEXT NOT NULL,
    number TEXT NOT NULL,
    section TEXT NOT NULL,
    encoding TEXT NOT NULL,
    place TEXT NOT NULL,
    first INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    source TEXT NOT NULL,
    line INTEGER NOT NULL,
    made INTEGER NOT NULL
);
CREATE INDEX newest ON page (date DESC, paper, place, source, line, path, first, articles);
CREATE INDEX numbered ON page (first, articles, date, paper) WHERE articles > 0;
CREATE INDEX lines ON page (source, problem, line) WHERE source <> '';
CREATE INDEX files ON page (path) WHERE line = 0;
CREATE INDEX mended ON page (source, path) WHERE mends <> x'';
CREATE INDEX problems ON page (path) WHERE problem <> '';
CREATE TABLE day (day INTEGER PRIMARY KEY, used INTEGER NOT NULL, disordered INTEGER NOT NULL DEFAULT 0);
CREATE INDEX disordered ON day (day) WHERE disordered = 1;
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counter VALUES ('pages made', 0), ('articles', 0);
CREATE TABLE content (page INTEGER PRIMARY KEY, text BLOB NOT NULL, furniture TEXT NOT NULL, unmended TEXT NOT NULL);
CREATE TABLE gone (
    path TEXT PRIMARY KEY,
    since INTEGER NOT NULL,
    digest BLOB NOT NULL,
    text BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    page INTEGER NOT NULL,
    title TEXT NOT NULL,
    lead TEXT NOT NULL,
    start INTEGER NOT NULL,
    continued_from TEXT,
    continued_on TEXT,
    certainty REAL NOT NULL,
    characters INTEGER NOT NULL,
    body TEXT NOT NULL
);
CREATE TABLE initials (id INTEGER PRIMARY KEY, spelt BLOB NOT NULL);
CREATE VIRTUAL TABLE grams USING fts5 (text, content = '', columnsize = 1, tokenize = 'ascii');
INSERT INTO grams (grams, rank) VALUES ('automerge', 8), ('hashsize', 8388608);
CREATE TABLE facet (article INTEGER, value INTEGER, PRIMARY KEY (article, value)) WITHOUT ROWID;
CREATE TABLE facet_value (id INTEGER PRIMARY KEY, field TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (field, name));
CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, articles INTEGER NOT NULL);
CREATE TABLE terms (article INTEGER PRIMARY KEY, counts BLOB NOT NULL);
CREATE TABLE keyword (article INTEGER PRIMARY KEY, words BLOB NOT NULL);
CREATE VIRTUAL TABLE keyworded USING fts5 (text, content = '', columnsize = 0, detail = none, tokenize = 'ascii');
INSERT INTO keyworded (keyworded, rank) VALUES ('automerge', 8);
CREATE TABLE unsketched (page INTEGER PRIMARY KEY);
CREATE TABLE story (article INTEGER PRIMARY KEY, anchor INTEGER NOT NULL, keys BLOB NOT NULL);
CREATE INDEX repeated ON story (anchor) WHERE anchor <> article;
CREATE TABLE sketch (key INTEGER, article INTEGER, PRIMARY KEY (key, article)) WITHOUT ROWID;
"""
_NAMES = (
    *("meta", "page", "content", "gone", "article", "day", "counter", "initials", "grams"),
    *("facet", "facet_value", "word", "terms", "keyword", "keyworded"),
    *("unsketched", "story", "sketch"),
)
_EARLIER = ("pairs", "singles")  # tables of earlier versions
_DROP = "".join(f"DROP TABLE IF EXISTS {name};" for name in (*_NAMES, *_EARLIER))
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class UnusableError(Exception):
    """The file holds something else than a catalog writes: another program's, or damaged."""


BROKEN = (sqlite3.Error, UnusableError, UnicodeDecodeError)
"""What using a catalog may raise; the last where a damaged name stands in SQLite's own message."""


def connect(path: Path | None) -> sqlite3.Connection:
    """A connection to the catalog at `path`, or to one in memory.

    A file that is damaged, or is something else, is set aside under its name with `.damaged` added.

    Raises:
        LibraryError: There can be no file here, or it is in use for longer than `PATIENCE`.
    """
    try:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _connect(path)
        except BROKEN as error:
            if path is None or not is_damage(error):
                raise
            set_aside(path)
            return _connect(path)
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(f"{path}: {error}") from error


def is_damage(error: Exception) -> bool:
    """Whether the error means that the file is not, or is no longer, a catalog."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0)  # missing where Python itself could not decode a value
        return code & 0xFF in _DAMAGED or "decode" in str(error)
    return isinstance(error, UnusableError | UnicodeDecodeError)


def identity(path: Path | None) -> tuple[int, int] | None:
    """Tells the file at `path` from another that takes its place; None where there is none."""
    try:
        found = path.stat() if path is not None else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found is not None else None


def set_aside(path: Path) -> None:
    """Rename a file that is no catalog; an earlier one set aside is replaced."""
    path.replace(path.with_name(path.name + ".damaged"))
    for companion in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + companion).unlink(missing_ok=True)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing. It begins by taking the write lock, so that what is read in it still holds when it is written."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def large_cache(connection: sqlite3.Connection) -> Iterator[None]:
    """Let a connection that writes very much keep more pages, also in the log; it is all given back at the end."""
    connection.execute(f"PRAGMA cache_size = {_LARGE_CACHE}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_LARGE_LOG}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size = {_CACHE}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG}")


def empty(connection: sqlite3.Connection) -> None:
    """Drop all tables and make them anew; to be called in a transaction."""
    for statement in (*_DROP.split(";"), *_TABLES.split(";")):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _connect(path: Path | None) -> sqlite3.Connection:
    name = ":memory:" if path is None else os.fspath(path)
    connection = sqlite3.connect(name, timeout=PATIENCE, isolation_level=None)
    try:
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _use_wal(connection: sqlite3.Connection) -> None:
    """Let others read while one writes. Where two programs make one file at once, SQLite does not wait here."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _prepare(connection: sqlite3.Connection) -> None:
    if _is_current(connection):
        connection.execute("SELECT 1 FROM page, content, article LIMIT 1").fetchall()
    else:
        connection.execute("PRAGMA page_size = 8192")  # of a new file: few texts fit into the usual 4096
        _use_wal(connection)
        with transaction(connection):
            if not _is_current(connection):
                empty(connection)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA cache_size = {_CACHE}")


def _is_current(connection: sqlite3.Connection) -> bool:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application not in {APPLICATION, 0} or (
        application == 0 and connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
    ):
        raise UnusableError
    return bool(application == APPLICATION and connection.execute("PRAGMA user_version").fetchone()[0] == VERSION)
