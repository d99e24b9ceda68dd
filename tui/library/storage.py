"""The one precious file, as TinyDB's storage: a change costs what it touches, and no crash can halve it.

At rest there is `annotations.json` alone. While a program works, what it changes goes to a journal beside it, a line a
change; from time to time, and at the end, both become a new `annotations.json`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from tui.library.journal import Changes
from tui.library.kept import NONE, Kept, Tables, effect
from tui.library.snapshot import Nobody, Row, Seen, row_of


class AnnotationFile(Storage):
    """A TinyDB storage: UTF-8, sorted keys, one value a line; at rest a plain `TinyDB(path)` reads it too.

    The records are kept in memory as texts, so a read costs no I/O; a failed write leaves memory as the disk is. A
    missing file is a new library. A file that can't be understood raises on opening and is never written over. A table
    that is dropped stays as an empty one.

    Raises:
        DamagedError: The file, or its journal, is there but can't be understood, or they do not belong together.
        LibraryError: One can't be read, or was written by a later version.
    """

    def __init__(self, path: Path, seen: Seen | None = None) -> None:
        """Read the file at `path`; `seen` is shown its records."""
        self.kept = Kept(path, seen or Nobody())
        self._batch: Changes | None = None
        self._changing: Tables = {}

    @property
    def _working(self) -> Tables:
        return self.kept.tables if self._batch is None else self._changing

    def texts(self, table: str) -> Mapping[str, bytes]:
        """A table's records as texts; within `batch`, of the table being changed."""
        return self._working.get(table, NONE)

    def read(self) -> dict[str, dict[str, Row]]:
        """A copy of the tables; within `batch`, of those being changed."""
        return {name: {key: row_of(text) for key, text in table.items()} for name, table in self._working.items()}

    def write(self, data: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        """Make `data` the content; within `batch`, at its end.

        Raises:
            LibraryError: It could not be written, or the file was changed by someone else since it was read.
        """
        gone = {
            name: {key: None for key in table if key not in data.get(name, {})} for name, table in self._working.items()
        }
        self.change({name: {**gone.get(name, {}), **data.get(name, {})} for name in {**gone, **data}})

    def change(self, changes: Changes) -> None:
        """Put records, or take them out; within `batch`, at its end.

        Raises:
            LibraryError: As for `write`.
        """
        changes, after = effect(self._working, changes)
        if self._batch is None:
            self.kept.commit(changes, after)
        else:
            self._batch = {
                name: {**self._batch.get(name, {}), **changes.get(name, {})} for name in {**self._batch, **changes}
            }
            self._changing = after

    @contextlib.contextmanager
    def batch(self) -> Iterator[None]:
        """Several operations of TinyDB, one write at the end; none where the block raises.

        Raises:
            LibraryError: As for `write`.
        """
        self._changing = self.kept.tables
        self._batch = {}
        try:
            yield
            changes = self._batch
        finally:
            self._batch = None
        self.kept.commit(changes, self._changing)
