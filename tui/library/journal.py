"""Changes that are safe on the disk and not yet in the file of annotations: the journal beside it, a change a line.

A line is `NUMBER LENGTH CHECK PAYLOAD`, CHECK being a digest of the number and of the payload, which is JSON. The first
line names the digest of the file that the journal belongs to; a later one may name a further file, which has in it all
that stands before. Changes give whole records, so to make them again does no harm.

The line break after a change is written once the change is safe. So what has no line break was never acknowledged, and
a line that has one and can't be read is damage, never the trace of a power cut.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeAlias

import orjson

from tui.errors import LibraryError
from tui.language import _
from tui.library.atomic import Staged, check_size, stage, write_all

SUFFIX = ".journal"
VERSION = 1

Changes: TypeAlias = Mapping[str, Mapping[str, Mapping[str, Any] | None]]
"""Table name to record number to the record, or None where it is gone."""

_HEAD = re.compile(rb"(0|[1-9][0-9]{0,17}) ([1-9][0-9]{0,17}) ([0-9a-f]{16}) ")


@dataclass(slots=True)
class Lines:
    """What can be read of a journal, or of its end.

    Attributes:
        payloads: Of the sound lines, in order.
        last: The last one's number.
        end: Where the last one ends, in bytes, its line break included if it is there.
        closed: Whether the line break is there.
        damage: What is wrong with the lines that were acknowledged, a sentence each.
    """

    payloads: list[dict[str, Any]] = field(default_factory=list)
    last: int = -1
    end: int = 0
    closed: bool = True
    damage: list[str] = field(default_factory=list)

    def changes(self) -> Iterable[Changes]:
        """The changes among the payloads."""
        return (payload["changes"] for payload in self.payloads if "changes" in payload)

    def files(self) -> set[str]:
        """The digests of the files that the journal belongs to."""
        return {digest for payload in self.payloads for name in ("of", "in") if (digest := payload.get(name))}


def encode(number: int, payload: Mapping[str, Any]) -> bytes:
    """A line, without its line break."""
    text = orjson.dumps(payload)
    return b"%d %d %s " % (number, len(text), _check(number, text)) + text


def read_lines(data: bytes, after: int = -1) -> Lines:
    """Read a journal, or its end.

    Args:
        data: The bytes.
        after: The number of the line before them; -1 where they are a whole journal, which begins with any number.
    """
    lines = Lines(last=after)
    at = count = 0
    while at < len(data):
        count += 1
        line_break = data.find(b"\n", at)
        found = _line(data, at)
        if found is not None:
            number, payload, end = found
            if lines.last not in (-1, number - 1):
                lines.damage.append(_("line {line}: what stood before it is missing").format(line=count))
            lines.payloads.append(payload)
            lines.last, lines.closed = number, line_break == end
            lines.end = end + lines.closed
        if line_break >= 0 and (found is None or line_break != found[2]):
            lines.damage.append(_("line {line} can't be read").format(line=count))
        if line_break < 0:
            break
        at = line_break + 1
    return lines


def read_journal(data: bytes, path: Path) -> Lines:
    """Read a whole journal.

    Raises:
        LibraryError: A later version wrote it.
    """
    lines = read_lines(data)
    head = lines.payloads[0].get("journal") if lines.payloads else None
    if type(head) is int and head > VERSION:
        raise LibraryError(
            _("{path}: written by a later version of jianbao: update jianbao to open it").format(path=path)
        )
    if head != VERSION and not lines.damage:
        lines.damage.append(_("it has no beginning"))
    return lines


def _line(data: bytes, at: int) -> tuple[int, dict[str, Any], int] | None:
    """The number, the payload and the end of the line at a place, if it is sound."""
    head = _HEAD.match(data, at)
    if head is None:
        return None
    number, end = int(head[1]), head.end() + int(head[2])
    text = data[head.end() : end]
    if _check(number, text) != head[3]:
        return None
    payload = orjson.loads(text)
    return number, payload, end


def _check(number: int, text: bytes) -> bytes:
    return blake2b(b"%d " % number + text, digest_size=8).hexdigest().encode()


class Journal:
    """A journal that is added to.

    Attributes:
        path: Where it lies.
        length: Its bytes.
        sound: False once a line could not be made safe: what the disk has of it is not known, and nothing more is
            added. (What a failed fsync leaves can't be told by reading it back, which reads the system's memory.)
    """

    def __init__(self, path: Path, lines: Lines, inode: int, length: int) -> None:
        """Go on with a journal that was read."""
        self.path = path
        self.length = length
        self.sound = True
        self._inode = inode
        self._last, self._end, self._closed = lines.last, lines.end, lines.closed

    @staticmethod
    def stage(path: Path, digest: str, after: int, lines: Iterable[bytes]) -> Staged:
        """Make a new one beside its place.

        Args:
            path: The journal's.
            digest: Of the file that it belongs to.
            after: The number that its first line takes; the others follow.
            lines: The others.

        Raises:
            OSError: It can't be written.
        """
        head = encode(after, {"journal": VERSION, "of": digest})
        return stage(path, (b"\n".join((head, *lines)) + b"\n",))

    @property
    def last(self) -> int:
        """The number of its last line."""
        return self._last

    def changed(self) -> bool:
        """Whether it is another than was last read or written here, or gone.

        Raises:
            OSError: It can't be looked at.
        """
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return True
        return (status.st_ino, status.st_size) != (self._inode, self.length)

    def follow(self) -> Lines | None:
        """What another program has added since; None where it can't be told.

        A whole line that has not been acknowledged yet is taken too. The writer will acknowledge it, or give the whole
        journal up for a new file: it never puts another in its place.

        Raises:
            OSError: It can't be read.
        """
        with self.path.open("rb") as file:
            status = os.fstat(file.fileno())
            self._inode = self._inode or status.st_ino
            if status.st_ino != self._inode or status.st_size < self._end:
                return None
            file.seek(self._end)
            data = file.read()
        if data and not self._closed:
            if not data.startswith(b"\n"):
                return None
            data, self._end, self._closed = data[1:], self._end + 1, True
        lines = read_lines(data, self._last)
        if lines.damage:
            return None
        if lines.payloads:
            self._last, self._end, self._closed = lines.last, self._end + lines.end, lines.closed
        self.length = self._end
        return lines

    def append(self, payload: Mapping[str, Any]) -> bytes:
        """Add a line; when this returns, it is safe on the disk.

        Returns:
            The line.

        Raises:
            OSError: It is not there: the journal is as it was. Or else `sound` is False.
        """
        line = encode(self._last + 1, payload)
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW)
        try:
            self._add(descriptor, (b"" if self._closed else b"\n") + line)
            self._last += 1
            self._closed = False
            with contextlib.suppress(OSError):  # then the next line brings it
                os.write(descriptor, b"\n")
                self._closed = os.fstat(descriptor).st_size == self._end + 1
            self._end += self._closed
            self.length = self._end
        finally:
            with contextlib.suppress(OSError):  # all is safe already, or an error is under way
                os.close(descriptor)
        return line

    def renew(self, payload: Mapping[str, Any]) -> None:
        """Put a copy with a further line in its place, for one of which it is not known what the disk has.

        Raises:
            OSError: It can't be read or written.
        """
        data = self.path.read_bytes()[: self._end]
        lines = read_lines(data)
        if lines.damage or lines.last != self._last:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(self.path))
        more = (b"" if self._closed else b"\n") + encode(self._last + 1, payload) + b"\n"
        stage(self.path, (data, more)).place()
        self._inode = self.path.stat().st_ino
        self._last, self._closed, self.sound = self._last + 1, True, True
        self.length = self._end = len(data) + len(more)

    def _add(self, descriptor: int, data: bytes) -> None:
        if self.length != self._end:  # what a killed run did not finish
            os.ftruncate(descriptor, self._end)
            self.length = self._end
        written = False
        try:
            write_all(descriptor, data)
            written = True
            os.fsync(descriptor)
            check_size(descriptor, self._end + len(data))
        except BaseException:
            self.sound = not written
            try:
                os.ftruncate(descriptor, self._end)
            except OSError:
                self.sound = False
                with contextlib.suppress(OSError):
                    self.length = os.fstat(descriptor).st_size
            raise
        self._end += len(data)
