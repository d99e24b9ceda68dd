"""Records in TinyDB's tables: gathered from them, and put into them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

from tinydb.table import Document, Table

from tui.errors import DamagedError, UsageError
from tui.language import _
from tui.library.columns import from_rows
from tui.library.entries import Key, Kind, Record, key_of
from tui.library.rows import from_row, to_row
from tui.library.snapshot import Row

_KINDS = {kind.value: kind for kind in Kind}


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What became of records in a table.

    Attributes:
        keys: All that were touched.
        numbers: Under which number each stands that is there now.
        removed: What was taken out.
    """

    keys: Sequence[Key]
    numbers: dict[Key, int]
    removed: dict[Key, Document]


def rewrite(
    table: Table,
    keys: Sequence[Key],
    put: Mapping[Key, Record],
    numbers: Mapping[Key, int],
    removed: Mapping[Key, Document],
) -> Rewritten:
    """Take the records of `keys` out of a table, and in again those that `put` has.

    Args:
        table: Where they are.
        keys: All that is to be touched.
        put: The new records.
        numbers: Under which number each record stands.
        removed: What was taken out earlier, so that an undo gives it its number again, and the fields that only a later
            version knows.
    """
    rows = {key: table.get(doc_id=numbers[key]) for key in keys if key in numbers}
    known = {key: row for key, row in rows.items() if isinstance(row, Document)}
    table.remove(doc_ids=[row.doc_id for row in known.values()])
    new: dict[int, Document] = {}
    placed: dict[Key, int] = {}
    for key in keys:
        if key in put:
            row = known.get(key) or removed.get(key) or Document({}, key.number)
            number = row.doc_id
            while number in new or table.contains(doc_id=number):
                number += 1
            new[number] = Document({**row, **to_row(put[key])}, number)
            placed[key] = number
    table.insert_multiple(new.values())
    return Rewritten(keys, placed, {key: row for key, row in known.items() if key not in put})


class Contents:
    """What the tables hold, gathered while they are read.

    Attributes:
        records: The records.
        numbers: Under which number each stands.
        unknown: How many more there are, of a sort that only a later version knows.
    """

    def __init__(self, path: Path) -> None:
        """Gather from the file at `path`, which messages name."""
        self._path = path
        self.clear()

    def clear(self) -> None:
        """Forget all."""
        self.records: dict[Key, Record] = {}
        self.numbers: dict[Key, int] = {}
        self.unknown = 0

    def add(self, table: str, rows: Mapping[str, Row]) -> None:
        """Take records of a table, by their numbers.

        Raises:
            DamagedError: One makes no sense, or another has its key.
        """
        kind = _KINDS.get(table)
        if kind is None:
            return
        together = from_rows(rows.values()) if kind is Kind.ANNOTATION else None
        if together is None:
            self._add_singly(kind, rows)
            return
        keys = list(map(Key, repeat(kind), [one.id for one in together]))
        count = len(self.records) + len(keys)
        self.records.update(zip(keys, together, strict=True))
        if len(self.records) != count:
            raise self._twice(next(key for key, times in Counter(keys).items() if times > 1 or key in self.numbers))
        self.numbers.update(zip(keys, map(int, rows), strict=True))

    def _add_singly(self, kind: Kind, rows: Mapping[str, Row]) -> None:
        for number, row in rows.items():
            try:
                record = from_row(kind, row)
            except UsageError as error:
                said = _("{file}: damaged: record {number} of {kind}: {cause}")
                raise DamagedError(said.format(file=self._path, number=number, kind=kind, cause=error)) from error
            if record is None:
                self.unknown += 1
                continue
            key = key_of(record)
            if key in self.records:
                raise self._twice(key)
            self.records[key] = record
            self.numbers[key] = int(number)

    def _twice(self, key: Key) -> DamagedError:
        said = _("{file}: damaged: {name} stands twice in {kind}")
        return DamagedError(said.format(file=self._path, name=repr(key.name), kind=key.kind))


def contents_of(tables: Mapping[str, Mapping[str, Row]], path: Path) -> Contents:
    """What tables hold.

    Raises:
        DamagedError: As for `Contents.add`.
    """
    contents = Contents(path)
    for name, rows in tables.items():
        contents.add(name, rows)
    return contents
