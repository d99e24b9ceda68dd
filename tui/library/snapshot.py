"""The file of annotations as text: TinyDB's tables as JSON that a person can read and compare, sorted and indented.

A record is held as the very bytes it has in the file. So what opens a file need not keep a tree of objects beside the
records made of it, and what writes one joins bytes.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import orjson

from tui.causes import in_words
from tui.errors import DamagedError, LibraryError
from tui.language import _

FORMAT = 1
"""The version of the file's layout; it changes only when an older program could no longer keep what is in the file."""

FORMAT_TABLE = "jianbao"
Row: TypeAlias = dict[str, Any]
Texts: TypeAlias = Mapping[str, Mapping[str, bytes]]
"""Table name to a record's number (digits, as TinyDB has it) to its text."""

_OPTIONS = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS
_FIRST, _NEXT = b'\n    "', b',\n    "'
_BEFORE, _BEHIND = b'{\n  "": {' + _FIRST, b"\n  }\n}"
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")
_TABLE = re.compile(rb'  "([^"\\\n]*)": \{(\}?)')
_SLICE = 64  # records; joining them takes 20 µs
_SHOWN = 1 << 18  # bytes of records read, compared and shown at once: much of what one costs is paid once for all
_RUN = 2_000  # numbers sorted at a time, in half a millisecond: a sort of all would hold up the screen's thread


class Seen(Protocol):
    """What is shown all records while a file is read, some at a time."""

    def clear(self) -> None:
        """Forget all: the file is read once more, from its beginning."""

    def add(self, table: str, rows: Mapping[str, Row]) -> None:
        """Take records of a table, by their numbers."""


class Nobody:
    """Is shown records and does not look."""

    def clear(self) -> None:
        """Nothing."""

    def add(self, table: str, rows: Mapping[str, Row]) -> None:
        """Nothing."""


def text_of(row: Mapping[str, Any]) -> bytes:
    """A record as it stands in the file."""
    return orjson.dumps(row, option=_OPTIONS).replace(b"\n", b"\n    ")


def row_of(text: bytes) -> Row:
    """A record, of which the caller may do what it likes."""
    row: Row = orjson.loads(text)
    return row


def chunks(tables: Texts) -> Iterator[bytes]:
    """The file's bytes, in small pieces: the same records give the same bytes."""
    if FORMAT_TABLE not in tables:
        tables = {**tables, FORMAT_TABLE: {"1": text_of({"format": FORMAT})}}
    before = b"{\n"
    for name in sorted(tables):
        yield before + b"  " + orjson.dumps(name) + b": {"
        rows = _in_order(tables[name])
        between = b""
        while some := list(islice(rows, _SLICE)):
            texts = tables[name]
            yield between + b",".join([_FIRST + number.encode() + b'": ' + texts[number] for number in some])
            between = b","
        yield b"\n  }" if tables[name] else b"}"
        before = b",\n"
    yield b"\n}\n"


def _in_order(numbers: Iterable[str]) -> Iterator[str]:
    rest = iter(numbers)
    runs = []
    while run := list(islice(rest, _RUN)):
        run.sort()
        runs.append(run)
    return iter(runs[0]) if len(runs) == 1 else merge(*runs)


def read(data: bytes, path: Path, seen: Seen) -> dict[str, dict[str, bytes]]:
    """The tables in a file's bytes.

    Args:
        data: The whole file; a byte order mark at its head is passed over.
        path: Where it came from, for the message.
        seen: What is shown each record.

    Raises:
        DamagedError: They are not what this program writes, or a person could have meant.
        LibraryError: A later version wrote them.
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    if not data.startswith(b"{") and not data.strip(b" \t\r\n\0"):
        raise _damaged(path, _("it is empty ({count} bytes)").format(count=len(data)))
    try:
        tables = _as_written(data, seen)
    except DamagedError:
        _check_format(_by_hand(data, path), path)  # in a later version it may make sense
        raise
    if tables is None:
        seen.clear()
        tables = _by_hand(data, path)
        _check_format(tables, path)
        for name, texts in tables.items():
            seen.add(name, {number: row_of(text) for number, text in texts.items()})
    _check_format(tables, path)
    return tables


def _as_written(data: bytes, seen: Seen) -> dict[str, dict[str, bytes]] | None:
    """The texts of the records, which are shown; None where not all is as this program writes it: something may hide.

    They are cut apart by the indentation, and read, written and compared some hundreds at a time.
    """
    tables: dict[str, dict[str, bytes]] = {}
    if not data.startswith(b"{\n"):
        return None
    at, name = 2, ""
    while table := _TABLE.match(data, at):
        before, name = name, table[1].decode("ascii", "replace")
        if not table[1].isascii() or (tables and name <= before):
            return None
        texts = tables[name] = {}
        at = table.end()
        if not table[2]:
            end = _rows_as_written(data, at, name, texts, seen)
            if end is None:
                return None
            at = end
        if not data.startswith(b",\n", at):
            return tables if data.startswith(b"\n}\n", at) and len(data) == at + 3 else None
        at += 2
    return None


def _rows_as_written(data: bytes, at: int, table: str, texts: dict[str, bytes], seen: Seen) -> int | None:
    """Put a table's records into `texts`, and show them; where the table ends, or None."""
    last = ""
    at += len(_FIRST)
    while True:
        end = data.find(_NEXT, at + _SHOWN)
        rows = _same(data[at:end]) if end >= 0 else None
        if rows is None:  # the table ends before that
            end = data.find(b"\n  }", at)
            rows = _same(data[at:end]) if end >= 0 else None
        if rows is None or next(iter(rows)) <= last:
            return None
        texts.update(zip(rows, [row.partition(b" ")[2] for row in data[at:end].split(_NEXT)], strict=True))
        seen.add(table, rows)
        if data[end] != _NEXT[0]:
            return end + 4
        last = next(reversed(rows))
        at = end + len(_NEXT)


def _same(text: bytes) -> dict[str, Row] | None:
    """The records of a piece of the file, if to write them would give the same piece."""
    try:
        rows: dict[str, Row] = orjson.loads(b'{"' + text + b"}")
        again = orjson.dumps({"": rows}, option=_OPTIONS)
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        return None
    if len(again) != len(_BEFORE) + len(text) + len(_BEHIND) or not again.startswith(text, len(_BEFORE)):
        return None
    if not all(map(_NUMBER.fullmatch, rows)) or set(map(type, rows.values())) != {dict}:
        return None
    return rows


def _by_hand(data: bytes, path: Path) -> dict[str, dict[str, bytes]]:
    """The tables of a file that another hand, or another program, has written."""
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise _damaged(path, _cause(data, error)) from error
    if not isinstance(value, dict):
        raise _damaged(path, _("it holds no tables"))
    try:
        orjson.dumps(value, option=_OPTIONS)
    except orjson.JSONEncodeError as error:  # it reads 1024 levels, and writes 254
        raise _damaged(path, _("it is nested too deeply")) from error
    _check_by_hand(data, path)
    for name, table in value.items():
        _check_table(name, table, path)
    return {name: {number: text_of(row) for number, row in table.items()} for name, table in value.items()}


def _cause(data: bytes, error: orjson.JSONDecodeError) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        return _("it is not UTF-8 (byte {byte})").format(byte=wrong.start)
    cause = in_words(error.msg)
    return _("{cause} (line {line}, column {column})").format(cause=cause, line=error.lineno, column=error.colno)


def _check_by_hand(data: bytes, path: Path) -> None:
    """Find what orjson would drop without a word; needed only for a file that another hand has written."""

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        known = dict(found)
        if len(known) < len(found):
            names = [name for name, _value in found]
            twice = next(name for name in names if names.count(name) > 1)
            raise _damaged(path, _("the key {key} stands twice in one place").format(key=repr(twice)))
        return known

    def number(digits: str) -> int:
        if not -(2**63) <= int(digits) < 2**64:
            raise _damaged(path, _("the number {number} is too large").format(number=digits[:24] + "…"))
        return int(digits)

    json.loads(data, object_pairs_hook=pairs, parse_int=number)


def _check_table(name: str, table: object, path: Path) -> None:
    if not isinstance(table, dict):
        raise _damaged(path, _("{name} is no table").format(name=repr(name)))
    for key, row in table.items():
        if not _NUMBER.fullmatch(key) or not isinstance(row, dict):
            raise _damaged(path, _("{key} in {name} is no numbered record").format(key=repr(key), name=repr(name)))


def _check_format(tables: Texts, path: Path) -> None:
    formats = [row_of(text).get("format") for text in tables.get(FORMAT_TABLE, {}).values()]
    if len(formats) != 1 or type(formats[0]) is not int or formats[0] < 1:
        raise _damaged(
            path, _("it doesn't say which format it has, so it is not a file of annotations, or not a whole one")
        )
    if formats[0] > FORMAT:
        said = _(
            "{file}: written by a later version of jianbao (format {theirs}, this one knows {ours}): "
            "update jianbao to open it"
        )
        raise LibraryError(said.format(file=path, theirs=formats[0], ours=FORMAT))


def _damaged(path: Path, cause: str) -> DamagedError:
    return DamagedError(_("{file}: damaged: {cause}").format(file=path, cause=cause))
