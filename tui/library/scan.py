"""Which files of a folder are pages."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.causes import LINK_OUT, NAME_NOT_UTF8, TOO_LARGE, in_words
from tui.errors import LibraryError, PageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

RECORDS = ".jsonl"  # files of many pages, a line each
SUFFIXES = (".txt", ".md", RECORDS)
LARGEST = 32 * 1024 * 1024
LARGEST_OF_RECORDS = 1024 * 1024 * 1024  # such a file is never in memory as a whole
NEVER = -1  # as a modification time: no file has it, so it will be read again

_BESIDE = frozenset(name + suffix for name in ("readme", "license") for suffix in SUFFIXES)


@dataclass(frozen=True, slots=True)
class Found:
    """A file that is a page or holds many, or one that should and can't.

    Attributes:
        path: Relative to the folder, with forward slashes. Bytes of a name that are not UTF-8 are U+FFFD: for showing
            only. location: Where to open it. mtime_ns: When it was last changed, or `NEVER`. cause: Why it is no page
            though its name says so; empty for a page.
    """

    path: str
    location: str
    mtime_ns: int
    size: int
    cause: str = ""

    @property
    def holds_records(self) -> bool:
        """Whether its lines are pages, not the file itself."""
        return self.path.lower().endswith(RECORDS)


@dataclass(frozen=True, slots=True)
class Scan:
    """The files of a folder, and the folders in it that could not be listed: of these, nothing is known."""

    files: tuple[Found, ...]
    closed: tuple[Found, ...]


def scan(folder: Path) -> Scan:
    """The pages of `folder`: `.txt` and `.md` at any depth, and the `.jsonl` files that hold many.

    Not pages: hidden files and what is in hidden folders (`.jianbao` among them), and the README and LICENSE files
    that stand beside a corpus. Symbolic links are not followed; one that leads out of the folder is named as a
    problem.

    Raises:
        LibraryError: The folder itself can't be listed.
    """
    root = os.path.realpath(folder)
    files: list[Found] = []
    closed: list[Found] = []
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        try:
            with os.scandir(os.path.join(root, prefix)) as listing:  # noqa: PTH118  ten times the speed of a Path
                entries = list(listing)
        except OSError as error:
            if not prefix:
                raise LibraryError(f"{folder}: {in_words(error.strerror or str(error))}") from error
            closed.append(Found(_shown(prefix.rstrip("/")), prefix, NEVER, 0, error.strerror or str(error)))
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{prefix}{entry.name}/")
            else:
                files.extend(_file(root, prefix, entry))
    return Scan(tuple(sorted(files, key=lambda found: found.path)), tuple(closed))


def read(found: Found) -> bytes:
    """The file's bytes.

    Raises:
        PageError: It has grown too large meanwhile.
        OSError: It can't be read.
    """
    with open_file(found) as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise PageError(_too_large(LARGEST))
    return data


def open_file(found: Found) -> BinaryIO:
    """The file, to be read from its beginning.

    Raises:
        OSError: It can't be opened, or has become a link.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    return open(os.open(found.location, flags), "rb")  # noqa: PTH123  a Path can't refuse links


def _file(root: str, prefix: str, entry: os.DirEntry[str]) -> Iterator[Found]:
    lower = entry.name.lower()
    named_as_page = lower.endswith(SUFFIXES) and lower not in _BESIDE
    path = _shown(prefix + entry.name)
    if entry.is_symlink():
        target = os.path.realpath(entry.path)
        inside = target == root or target.startswith(root.rstrip("/") + "/")
        if not inside and (named_as_page or entry.is_dir()):
            yield Found(path, entry.path, NEVER, 0, LINK_OUT)
    elif named_as_page and entry.is_file(follow_symlinks=False):
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError as error:
            yield Found(path, entry.path, NEVER, 0, error.strerror or str(error))
            return
        if path != prefix + entry.name:
            cause = NAME_NOT_UTF8
        else:
            largest = LARGEST_OF_RECORDS if lower.endswith(RECORDS) else LARGEST
            cause = _too_large(largest) if status.st_size > largest else ""
        yield Found(path, entry.path, status.st_mtime_ns, status.st_size, cause)


def _too_large(largest: int) -> str:
    return TOO_LARGE.format(size=largest // 1024 // 1024)


def _shown(path: str) -> str:
    """`path` as text that can be stored: names are bytes, and Python hides those that are not UTF-8 in surrogates."""
    return os.fsencode(path).decode("utf-8", "replace")
