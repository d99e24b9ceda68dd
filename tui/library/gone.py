"""The pages that went since they were noted on: what they said is kept until it is known what they have become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.library.packing import unpack_text
from tui.library.records import GonePage
from tui.library.schema import transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence


def remember(connection: sqlite3.Connection, page: int) -> None:
    """Keep what a page said that is about to be taken out for good; the caller holds the transaction."""
    connection.execute(
        "INSERT OR REPLACE INTO gone SELECT path,"
        " (SELECT value FROM counter WHERE name = 'pages made'), digest, text"
        " FROM page JOIN content ON content.page = page.id WHERE page.id = ?",
        (page,),
    )


def pages(connection: sqlite3.Connection) -> list[GonePage]:
    """Those that have not been forgotten, by path."""
    rows = connection.execute("SELECT path, since, digest, text FROM gone ORDER BY path").fetchall()
    return [GonePage(path, since, digest, unpack_text(text)) for path, since, digest, text in rows]


def forget(connection: sqlite3.Connection, paths: Sequence[str]) -> None:
    """Keep these no longer."""
    with transaction(connection):
        connection.executemany("DELETE FROM gone WHERE path = ?", [(path,) for path in paths])


def look_on(connection: sqlite3.Connection, paths: Sequence[str]) -> None:
    """Note of these that none of the pages there are now is what they have become."""
    now = "UPDATE gone SET since = (SELECT value FROM counter WHERE name = 'pages made') WHERE path = ?"
    with transaction(connection):
        connection.executemany(now, [(path,) for path in paths])


def come_since(connection: sqlite3.Connection, made: int) -> list[str]:
    """The paths of the pages that came, or came anew, after so many had been made."""
    newer = "SELECT path FROM page WHERE made > ? AND problem = '' AND path <> source ORDER BY path"
    return [path for (path,) in connection.execute(newer, (made,))]


def same_as(connection: sqlite3.Connection, digest: bytes) -> list[str]:
    """The paths of the pages whose files, or lines, have the same bytes."""
    found = "SELECT path FROM page WHERE digest = ? AND problem = '' AND path <> source ORDER BY path"
    return [path for (path,) in connection.execute(found, (digest,))]
