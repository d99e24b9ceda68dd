"""Whether a file is still the one that was read or written: by its status, and by its bytes only where that differs."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import TypeAlias

Signature: TypeAlias = tuple[int, int, int, int, int]

_TICK = (
    50_000_000  # ns; a file written twice within a tick of its file system's clock shows one time. Linux has 1 to 10 ms
)
_COARSE_TICK = 3_000_000_000  # of a file system that keeps whole seconds, or two


@dataclass(frozen=True, slots=True)
class Seal:
    """A file's content at one moment, in short.

    Attributes:
        signature: Device, inode, size, and the times of the last change of content and of status.
        digest: Of the bytes.
        settled: Whether another write would show in the signature.
    """

    signature: Signature
    digest: str
    settled: bool

    @classmethod
    def of(cls, status: os.stat_result, digest: str, moment: int | None = None) -> Seal:
        """The seal of a file.

        Args:
            status: Its status, taken before its bytes were read.
            digest: Theirs.
            moment: When they began to be read, in nanoseconds since 1970; now where they were written here.
        """
        moment = time.time_ns() if moment is None else moment
        times = (status.st_mtime_ns, status.st_ctime_ns)
        tick = _TICK if any(time % 1_000_000 for time in times) else _COARSE_TICK
        return cls(signature(status), digest, moment - max(times) > tick)

    @property
    def size(self) -> int:
        """In bytes."""
        return self.signature[2]


def signature(status: os.stat_result) -> Signature:
    """What of a file's status every write changes."""
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def status_of(path: Path) -> os.stat_result | None:
    """A file's status; None where it is missing.

    Raises:
        OSError: It can't be looked at.
    """
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def digest_of(data: bytes) -> str:
    """What names a content."""
    return blake2b(data, digest_size=16).hexdigest()


def digest_meanwhile(data: bytes) -> Callable[[], str]:
    """Begin to work out the digest in a thread, which lets this one run; what is given waits for it."""
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(digest_of(data)), name="digest")
    thread.start()

    def result() -> str:
        thread.join()
        return found[0]

    return result


def look(path: Path, known: Seal | None) -> Seal | None:
    """The seal of the file now; `known` itself where nothing suggests another content.

    Raises:
        OSError: It can't be read.
    """
    status = status_of(path)
    if status is None:
        return None
    if known is not None and known.settled and signature(status) == known.signature:
        return known
    moment = time.time_ns()
    with path.open("rb") as file:
        found = file_digest(file, lambda: blake2b(digest_size=16)).hexdigest()  # which lets other threads run
    return Seal.of(status, found, moment)
