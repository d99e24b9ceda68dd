"""Annotations that come from elsewhere: another machine's file, a colleague's, an export, a conflict copy.

Such a file is nobody's to trust: it may be of any size and hold anything.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

import orjson

from tui.causes import of_error
from tui.errors import DamagedError, LibraryError
from tui.language import _
from tui.library.contents import Contents
from tui.library.entries import Kind, Record
from tui.library.reading_back import journal_of, read_both

MOST = 64 << 20  # bytes
_EXPORT = "jianbao-annotations"
_EXPORT_VERSION = 1
_CERTAIN = re.compile(  # what Syncthing and Dropbox, Nextcloud and their like call a conflict copy
    r"annotations(?:\.sync-conflict-[0-9]{8}-[0-9]{6}(?:-[A-Z0-9]{1,16})?"
    r"| ?\(.*(?:conflict|冲突|衝突).*\))\.json",
    re.IGNORECASE,
)
_LIKELY = re.compile(r"annotations ?(?:[0-9]{1,3}|\([0-9]{1,3}\))\.json")  # iCloud, Google Drive; or some other file


@dataclass(frozen=True, slots=True)
class Foreign:
    """What came in.

    Attributes:
        records: What can be taken.
        unknown: How many more there are, of a sort that only a later version knows.
    """

    records: tuple[Record, ...]
    unknown: int = 0


def read_foreign(path: Path) -> Foreign:
    """Read a file of annotations, with its journal if that lies beside it, or an export as JSON.

    Raises:
        DamagedError: It can't be understood.
        LibraryError: It can't be read, is too large, or was written by a later version.
    """
    data = _read(path)
    contents = Contents(path)
    export = _export(data) if _EXPORT.encode() in data else None
    if export is not None:
        _take_export(export, path, contents)
    else:
        del data
        _measure(journal_of(path))
        read_both(path, contents)
    return Foreign(tuple(contents.records.values()), contents.unknown)


def conflicts(annotations: Path) -> tuple[Path, ...]:
    """The copies that a program which synchronises folders has put beside the file of annotations, by name.

    Raises:
        LibraryError: The folder can't be listed.
    """
    try:
        beside = sorted(annotations.parent.glob("annotations?*.json"))
    except OSError as error:
        said = _("{folder}: can't be read: {cause}")
        raise LibraryError(said.format(folder=annotations.parent, cause=of_error(error))) from error
    return tuple(
        path for path in beside if _CERTAIN.fullmatch(path.name) or (_LIKELY.fullmatch(path.name) and _is_ours(path))
    )


def _is_ours(path: Path) -> bool:
    try:
        read_foreign(path)
    except LibraryError:
        return False
    return True


def _read(path: Path) -> bytes:
    _measure(path)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            data = file.read(MOST + 1)
    except OSError as error:
        raise _unreadable(path, error) from error
    if len(data) > MOST:
        raise _too_large(path)
    return data


def _measure(path: Path) -> None:
    """Refuse what is no file, or too large; a missing journal is none to refuse."""
    try:
        status = path.stat()
    except FileNotFoundError as error:
        if path.name.endswith(".journal"):
            return
        raise _unreadable(path, error) from error
    except OSError as error:
        raise _unreadable(path, error) from error
    if not stat.S_ISREG(status.st_mode):
        raise LibraryError(_("{file}: is no file").format(file=path))
    if status.st_size > MOST:
        raise _too_large(path)


def _unreadable(path: Path, error: OSError) -> LibraryError:
    return LibraryError(_("{file}: can't be read: {cause}").format(file=path, cause=of_error(error)))


def _too_large(path: Path) -> LibraryError:
    return LibraryError(_("{file}: larger than {size} MiB").format(file=path, size=MOST >> 20))


def _export(data: bytes) -> dict[str, object] | None:
    """What an export holds; None where it is none."""
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        return None
    return value if isinstance(value, dict) and value.get("format") == _EXPORT else None


def _take_export(value: dict[str, object], path: Path, contents: Contents) -> None:
    version = value.get("version")
    if type(version) is int and version > _EXPORT_VERSION:
        raise LibraryError(
            _("{path}: written by a later version of jianbao: update jianbao to open it").format(path=path)
        )
    for field, kind in (("annotations", Kind.ANNOTATION), ("tags", Kind.TAG)):
        rows = value.get(field, [])
        if version != _EXPORT_VERSION or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise DamagedError(
                _("{file}: damaged: {cause}").format(file=path, cause=_("it is no export of annotations"))
            )
        for number, row in enumerate(rows, 1):
            contents.add(kind.value, {str(number): row})
