"""Files of records, an article a line: which encoding they are in, and their pages, read line by line."""

from __future__ import annotations

import codecs
import io
from collections import Counter
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, BinaryIO

from tui.causes import IS_EMPTY, IS_NOT, TOO_LONG
from tui.errors import PageError
from tui.pages.decode import decode
from tui.pages.records import read_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.model import Page
    from tui.pages.records import Record

LONGEST = 4_000_000  # characters of a line
_PIECE = 1 << 20  # bytes read at once, and enough of them to tell an encoding by
_DAMAGE = 0.01  # share of a line's characters that may be unreadable
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


@dataclass(frozen=True, slots=True)
class Survey:
    """What there is to know of a file before its lines are read.

    Attributes:
        sound: Whether all of it is valid in its encoding, so that a U+FFFD in it is its own.
        problem: Why it can't be read at all, else empty.
    """

    digest: bytes
    encoding: str = "utf-8"
    sound: bool = True
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file of records: its page, or why it is none.

    Attributes:
        number: Counted from 1, blank lines too.
        path: The page's, `FILE#KEY`; of a line that is none, `FILE:NUMBER`.
        digest: Of the whole line and the file's encoding.
    """

    number: int
    path: str
    digest: bytes
    page: Page | None = None
    problem: str = ""


def survey(file: BinaryIO) -> Survey:
    """Look through a file that stands at its beginning; it is left at its end."""
    digest = blake2b(digest_size=16)
    utf8, sound, filled = codecs.getincrementaldecoder("utf-8")(), True, False
    head, telling = b"", b""  # what it begins with; the first piece that is not all ASCII
    while piece := file.read(_PIECE):
        digest.update(piece)
        head = head or piece
        filled = filled or bool(piece.removeprefix(codecs.BOM_UTF8).strip())
        telling = telling or (b"" if piece.isascii() else piece)
        sound = sound and _goes_on(utf8, piece)
    wide = head.startswith(_WIDE) or b"\0" in head
    if sound and not wide:
        return Survey(digest.digest(), problem="" if filled else IS_EMPTY)
    try:
        return Survey(digest.digest(), decode(head).encoding if wide else _encoding(telling), sound=False)
    except PageError as error:
        return Survey(digest.digest(), problem=str(error))


def _goes_on(utf8: codecs.IncrementalDecoder, piece: bytes) -> bool:
    try:
        utf8.decode(piece)
    except UnicodeDecodeError:
        return False
    return True


def _encoding(piece: bytes) -> str:
    """The encoding of lines that are not all UTF-8: most of them are all the same, or their words tell."""
    lines = [line for line in piece.split(b"\n") if not line.isascii()]
    good = sum(_goes_on(codecs.getincrementaldecoder("utf-8")(), line) for line in lines)
    if good * 2 >= len(lines):
        return "utf-8"
    # Names of fields and addresses say nothing, and in no encoding is a quotation mark a part of something else.
    words = [word for line in lines for word in line.split(b'"') if not word.isascii()]
    return decode(b"\n".join(words)).encoding


def read(file: BinaryIO, path: str, surveyed: Survey) -> Iterator[Line]:
    """The lines of a file that stands at its beginning, without the blank ones.

    Args:
        file: Is left open.
        path: Relative to the library, with forward slashes.
        surveyed: What `survey` has found.

    Raises:
        OSError: It can't be read on.
    """
    keys: Counter[str] = Counter()
    lines = io.TextIOWrapper(file, surveyed.encoding, errors="replace")
    number = 0
    try:
        while text := lines.readline(LONGEST + 1):
            number += 1
            rest, long = text, len(text) > LONGEST and not text.endswith("\n")
            while long and rest and not rest.endswith("\n"):
                rest = lines.readline(LONGEST)
            text = text.removeprefix("\ufeff") if number == 1 else text
            if text.strip():
                yield _line(path, number, "" if long else text, surveyed, keys)
    finally:
        lines.detach()


def _line(path: str, number: int, text: str, surveyed: Survey, keys: Counter[str]) -> Line:
    digest = blake2b(f"{surveyed.encoding} {text}".encode("utf-8", "replace"), digest_size=16).digest()
    try:
        record = _record(text, surveyed)
    except PageError as error:
        return Line(number, f"{path}:{number}", digest, problem=str(error))
    keys[record.key] += 1
    suffix = f"-{keys[record.key]}" if keys[record.key] > 1 else ""
    place = f"{path}#{record.key}{suffix}"
    return Line(number, place, digest, record.page(place, surveyed.encoding))


def _record(text: str, surveyed: Survey) -> Record:
    if not text:
        raise PageError(TOO_LONG.format(count=f"{LONGEST:,}"))
    if not surveyed.sound and text.count("\ufffd") > _DAMAGE * len(text) + 1:
        raise PageError(IS_NOT.format(encoding=surveyed.encoding))
    return read_record(text)
