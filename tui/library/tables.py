"""TinyDB's tables over a storage that knows single records, so that an operation costs what it touches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any, cast

from tinydb import TinyDB
from tinydb.table import Table

from tui.library.snapshot import Row, row_of

if TYPE_CHECKING:
    from tui.library.storage import AnnotationFile


class Rows(Mapping[str, Row]):
    """A table's records by their numbers, and in the order of these; each access gives a copy."""

    def __init__(self, texts: Mapping[str, bytes]) -> None:
        self._texts = texts

    def __getitem__(self, number: str) -> Row:
        return row_of(self._texts[number])

    def __contains__(self, number: object) -> bool:
        return number in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._texts, key=int))

    def __len__(self) -> int:
        return len(self._texts)


class _Touched(MutableMapping[int, Row]):
    """What TinyDB's updaters are given for a table: it notes what they take out, put in, and may have altered."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._taken: dict[int, Row | None] = {}

    def __getitem__(self, number: int) -> Row:
        if number not in self._taken:
            self._taken[number] = self._rows[str(number)]
        row = self._taken[number]
        if row is None:
            raise KeyError(number)
        return row

    def __setitem__(self, number: int, row: Row) -> None:
        self._taken[number] = row

    def __delitem__(self, number: int) -> None:
        if number not in self:
            raise KeyError(number)
        self._taken[number] = None

    def __contains__(self, number: object) -> bool:
        if number in self._taken:
            return self._taken[number] is not None
        return str(number) in self._rows

    def __iter__(self) -> Iterator[int]:
        old = [int(number) for number in self._rows]
        yield from [number for number in old if number in self]
        known = set(old)
        yield from [number for number in self._taken if number not in known and number in self]

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def changes(self) -> dict[str, Row | None]:
        """All that may differ from before."""
        return {str(number): row for number, row in self._taken.items()}


class JournalledTable(Table):
    """A table whose storage is an `AnnotationFile`; it hands out copies only, and so keeps no results of queries."""

    default_query_cache_capacity = 0

    def __init__(self, storage: AnnotationFile, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:
        """Begin; the arguments are TinyDB's."""
        super().__init__(storage, name, cache_size, persist_empty)

    def _read_table(self) -> Mapping[str, Row]:  # type: ignore[override]  # TinyDB says dict, and only reads it
        return Rows(cast("AnnotationFile", self._storage).texts(self.name))

    def _update_table(self, updater: Callable[[dict[int, Mapping[Any, Any]]], None]) -> None:
        file = cast("AnnotationFile", self._storage)
        touched = _Touched(Rows(file.texts(self.name)))
        updater(cast("dict[int, Mapping[Any, Any]]", touched))
        file.change({self.name: touched.changes()})
        self.clear_cache()


class Database(TinyDB):
    """TinyDB with these tables."""

    table_class: type[Table] = JournalledTable
