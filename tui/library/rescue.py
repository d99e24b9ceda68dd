"""What can still be read of damaged files of annotations, or of two that don't belong together."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import orjson

from tui.errors import DamagedError
from tui.library import snapshot
from tui.library.journal import Lines, read_lines
from tui.library.reading_back import read_raw
from tui.library.snapshot import Nobody, chunks, text_of


@dataclass(frozen=True, slots=True)
class Rescued:
    """What could be read.

    Attributes:
        tables: The records, as texts.
        causes: What is wrong, a sentence each; none where nothing is.
    """

    tables: dict[str, dict[str, bytes]]
    causes: tuple[str, ...]

    @property
    def data(self) -> bytes:
        """A file that has all of it, as `annotations.json` is laid out."""
        return b"".join(chunks(self.tables))

    @property
    def records(self) -> int:
        """How many there are."""
        return sum(len(rows) for name, rows in self.tables.items() if name != snapshot.FORMAT_TABLE)


def rescue(path: Path) -> Rescued:
    """Read all that can be read of a file and its journal, whatever is wrong with them; neither is touched.

    The journal's changes are made to the file even where they belong to another one: each gives whole records. Whoever
    offers the result to a user has to keep both files.

    Raises:
        LibraryError: They can't be read at all, or were written by a later version.
    """
    raw = read_raw(path)
    causes: list[str] = []
    tables: dict[str, dict[str, bytes]] = {}
    if raw.data is not None:
        try:
            tables = snapshot.read(raw.data, path, Nobody())
        except DamagedError as error:
            causes.append(str(error))
            tables = _pieces(raw.data)
    lines = Lines() if raw.journal is None else read_lines(raw.journal)
    causes.extend(lines.damage)
    for change in lines.changes():
        for name, rows in change.items():
            table = tables.setdefault(name, {})
            for number, row in rows.items():
                table.pop(number, None)
                if row is not None:
                    table[number] = text_of(row)
    tables[snapshot.FORMAT_TABLE] = {"1": text_of({"format": snapshot.FORMAT})}
    return Rescued(tables, tuple(causes))


def _pieces(data: bytes) -> dict[str, dict[str, bytes]]:
    """The whole records of a file that is damaged, by the indentation."""
    tables: dict[str, dict[str, bytes]] = {}
    name, number, lines = "", "", list[bytes]()
    for line in data.split(b"\n"):
        if line.startswith(b'  "') and line.endswith(b": {"):
            name, lines = line[3:-4].decode(errors="replace"), []
        elif line.startswith(b'    "') and line.endswith(b'": {'):
            number, lines = line[5:-4].decode(errors="replace"), [b"{"]
        elif lines and line.rstrip(b",") == b"    }":
            with suppress(orjson.JSONDecodeError):
                row = orjson.loads(b"\n".join([*lines, b"}"]))
                if number.isdecimal() and number.isascii() and name:
                    tables.setdefault(name, {})[number] = text_of(row)
            lines = []
        elif lines:
            lines.append(line)
    return tables
