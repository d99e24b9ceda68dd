"""The one precious file: TinyDB's tables as JSON that a person can read and compare, and that no crash can halve."""

from __future__ import annotations

import codecs
import contextlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from tinydb.storages import Storage

from tui.causes import in_words
from tui.errors import DamagedError, LibraryError
from tui.language import _
from tui.library.atomic import write_atomically

FORMAT = 1
"""The version of the file's layout; it changes only when an older program could no longer keep what is in the file."""

Tables = dict[str, dict[str, dict[str, Any]]]
"""Table name to document number (digits, as TinyDB has it) to document."""

_FORMAT_TABLE = "jianbao"
_OPTIONS = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


class AnnotationFile(Storage):
    """A TinyDB storage: UTF-8, sorted keys, one value a line, replaced as a whole; a plain `TinyDB(path)` reads it too.

    What the file held when it was last read or written is kept in memory, so a read costs no I/O; a failed write leaves
    memory as the disk is. A missing file is a new library. A file that can't be understood raises on opening and is
    never written over.

    Raises:
        DamagedError: The file is there but can't be understood.
        LibraryError: It can't be read, or was written by a later version.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tables: Tables = {}
        self._known: bytes | None = None
        self._batch: Tables | None = None
        self.certain = True
        """False after a failed write, until one succeeds: the disk may not have what a read of the file shows."""
        self.reload()

    def reload(self) -> None:
        """Read the file anew, forgetting what was known of it.

        Raises:
            DamagedError: The file is there but can't be understood; what was known of it is kept.
            LibraryError: It can't be read, or was written by a later version; likewise.
        """
        data = self._bytes()
        self._tables = {} if data is None else parse(data, self._path)
        self._known = data

    def changed(self) -> bool:
        """Whether the file is another than was last read or written here: someone else has written, or removed it."""
        return self._bytes() != self._known

    def read(self) -> Tables:
        """A copy of the tables; within `batch`, the tables being changed."""
        if self._batch is not None:
            return self._batch
        return {name: {key: dict(row) for key, row in table.items()} for name, table in self._tables.items()}

    def write(self, data: Tables) -> None:
        """Make `data` the file's content; within `batch`, keep it for the end.

        Raises:
            LibraryError: It could not be written, or the file was changed by someone else since it was read.
        """
        if self._batch is not None:
            self._batch = data
        else:
            self._commit(data)

    @contextlib.contextmanager
    def batch(self) -> Iterator[None]:
        """Several operations of TinyDB, one write at the end; none where the block raises.

        Raises:
            LibraryError: As for `write`.
        """
        self._batch = self.read()
        try:
            yield
            data = self._batch
        finally:
            self._batch = None
        self._commit(data)

    def _commit(self, tables: Tables) -> None:
        tables = {_FORMAT_TABLE: {"1": {"format": FORMAT}}} | tables
        data = orjson.dumps(tables, option=_OPTIONS)
        if self.changed():
            said = _("{file}: changed by another program since it was read; nothing was written. Reload it first")
            raise LibraryError(said.format(file=self._path))
        try:
            write_atomically(self._path, data)
        except OSError as error:
            self.certain = False
            with contextlib.suppress(LibraryError):
                if self._bytes() == data:
                    self._tables, self._known = tables, data
            raise LibraryError(
                _("{file}: not saved: {cause}").format(file=self._path, cause=in_words(error.strerror or str(error)))
            ) from error
        self._tables, self._known, self.certain = tables, data, True

    def _bytes(self) -> bytes | None:
        try:
            return self._path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise LibraryError(
                _("{file}: can't be read: {cause}").format(
                    file=self._path, cause=in_words(error.strerror or str(error))
                )
            ) from error


def parse(data: bytes, path: Path) -> Tables:
    """The tables in a file's bytes.

    Args:
        data: The whole file; a byte order mark at its head is passed over.
        path: Where it came from, for the message.

    Raises:
        DamagedError: They are not what this program writes, or a person could have meant.
        LibraryError: A later version wrote them.
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    if not data.strip(b" \t\r\n\0"):
        raise _damaged(path, _("it is empty ({count} bytes)").format(count=len(data)))
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise _damaged(path, _cause(data, error)) from error
    if not isinstance(value, dict):
        raise _damaged(path, _("it holds no tables"))
    try:
        canonical = orjson.dumps(value, option=_OPTIONS)
    except orjson.JSONEncodeError as error:  # it reads 1024 levels, and writes 254
        raise _damaged(path, _("it is nested too deeply")) from error
    if canonical != data:
        _check_by_hand(data, path)
    for name, table in value.items():
        _check_table(name, table, path)
    _check_format(value, path)
    return value


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


def _check_format(tables: Tables, path: Path) -> None:
    formats = [row.get("format") for row in tables.get(_FORMAT_TABLE, {}).values()]
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
