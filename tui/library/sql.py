"""Small questions that several modules put to the catalog's tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

_CHUNK = 500  # values of a statement


def rows_in(
    connection: sqlite3.Connection, statement: str, values: Sequence[int] | Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement with `IN ({})` for these values, in many statements where there are many."""
    for start in range(0, len(values), _CHUNK):
        chunk = tuple(values[start : start + _CHUNK])
        yield from connection.execute(statement.format(",".join("?" * len(chunk))), chunk).fetchall()


def meta(connection: sqlite3.Connection, key: str) -> str:
    """What the catalog says about itself under that name; empty where it says nothing."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def set_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Have the catalog say so; the caller holds the transaction."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
