"""Files looked into for the catalog: what is a page in them, and whether they may change again unseen."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui.errors import PageError
from tui.library import scan
from tui.library.mends import digest
from tui.library.storing import FileRead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import BinaryIO

    from tui.library.scan import Found
    from tui.library.storing import Known
    from tui.model import Mend

SETTLED = 2_000_000_000  # nanoseconds: a file younger than this may change again without a new time (FAT counts in 2 s)


def read_file(
    found: Found, known: Known | None, parser: int, started: int, mends: Callable[[str], Sequence[Mend]]
) -> Iterator[FileRead]:
    """The page in a file; of a file of records its lines, and at last the file itself.

    Args:
        found: The file as it was listed.
        known: What the catalog holds of it.
        parser: The version of the parser, which the catalog's must have too for a page to be known.
        started: When the listing began, in nanoseconds.
        mends: A page's mends.
    """
    if found.holds_records:
        yield from _read_lines(found, known, parser, started)
    else:
        yield _read(found, known, parser, started, mends)


def unsettled(found: Found) -> Found:
    """The same file, to be looked into again next time."""
    return scan.Found(found.path, found.location, scan.NEVER, found.size, found.cause)


def _read(
    found: Found, known: Known | None, parser: int, started: int, mends: Callable[[str], Sequence[Mend]]
) -> FileRead:
    from hashlib import blake2b

    from tui.pages.page import read_page

    if found.cause:
        return FileRead(found, b"", problem=found.cause)
    try:
        data = scan.read(found)
    except PageError as error:
        return FileRead(unsettled(found), b"", problem=str(error))
    except OSError as error:
        return FileRead(unsettled(found), b"", problem=error.strerror or str(error))
    if found.mtime_ns > started - SETTLED:
        found = unsettled(found)
    content = blake2b(data, digest_size=16).digest()
    same = known is not None and known.digest == content and known.parser == parser
    if known and same and (known.problem or known.mends == digest(mends(found.path))):
        return FileRead(found, content, problem=known.problem)
    try:
        return FileRead(found, content, read_page(found.path, data))
    except PageError as error:
        return FileRead(found, content, problem=str(error))


def _read_lines(found: Found, known: Known | None, parser: int, started: int) -> Iterator[FileRead]:
    from tui.library import jsonlines

    path, records, content, problem = found.path, dict[str, bytes](), b"", found.cause
    try:
        if not problem:
            with scan.open_file(found) as file:
                surveyed = jsonlines.survey(file)
                content, problem = surveyed.digest, surveyed.problem
                if known and known.digest == content and known.parser == parser:
                    yield FileRead(_settled(found, file, started), content, problem=known.problem, source=path)
                    return
                file.seek(0)
                for line in () if problem else jsonlines.read(file, path, surveyed):
                    at = scan.Found(line.path, found.location, 0, 0)
                    records[line.path] = line.digest
                    yield FileRead(at, line.digest, line.page, problem=line.problem, source=path, line=line.number)
                found = _settled(found, file, started)
    except OSError as error:
        found, content, records, problem = unsettled(found), b"", {}, error.strerror or str(error)
    yield FileRead(found, content, problem=problem, source=path, records=records)


def _settled(found: Found, file: BinaryIO, started: int) -> Found:
    """The same file, to be looked into again next time if it may have changed since it was found."""
    status = os.fstat(file.fileno())
    same = (status.st_mtime_ns, status.st_size) == (found.mtime_ns, found.size)
    return found if same and found.mtime_ns <= started - SETTLED else unsettled(found)
