"""One program at a time may write a library; a second one is told which holds it."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tui.causes import in_words
from tui.errors import LibraryError
from tui.language import _
from tui.library.atomic import write_atomically

if TYPE_CHECKING:
    from types import TracebackType

    from filelock import BaseFileLock


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock: process number, host name, and since when (UTC, `YYYY-MM-DDTHH:MM:SSZ`)."""

    pid: int
    host: str
    since: str

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host} since {self.since}"


class Lock:
    """A lock that is held; `release` it, or use it in a `with`. When the process ends, however, the kernel frees it."""

    def __init__(self, lock: BaseFileLock, path: Path) -> None:
        self._lock = lock
        self._path = path

    def release(self) -> None:
        """Free it; a second call does nothing."""
        if self._lock.is_locked:
            with contextlib.suppress(OSError):
                _note(self._path).unlink(missing_ok=True)
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def acquire(path: Path) -> Lock | None:
    """Take the lock, without waiting.

    Args:
        path: The lock's file, `.jianbao/lock` of a library; its folder is made (0700) where it is missing.

    Returns:
        The lock, or None where another program, or another part of this one, holds it.

    Raises:
        LibraryError: The file can't be made, or its file system knows no locks.
    """
    from filelock import FileLock, Timeout

    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(path, timeout=0, mode=0o600, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            return None
        _prove(lock, path)
    except (OSError, NotImplementedError) as error:
        cause = getattr(error, "strerror", None) or str(error)
        raise LibraryError(_("{file}: can't be locked: {cause}").format(file=path, cause=in_words(cause))) from error
    try:
        write_atomically(_note(path), _here())
    except OSError:  # a full disk: the lock is held all the same, and no one must be told an earlier holder's name
        with contextlib.suppress(OSError):
            _note(path).unlink(missing_ok=True)
    return Lock(lock, path)


def _prove(lock: BaseFileLock, path: Path) -> None:
    """See that the lock keeps others out: some file systems of networks grant it to whoever asks.

    Raises:
        OSError: It does not; it has been given up again.
    """
    from filelock import FileLock, SoftFileLock, Timeout

    # A soft lock would outlive a program that is killed.
    if not isinstance(lock, SoftFileLock):
        second = FileLock(path, timeout=0, mode=0o600, thread_local=False)
        try:
            second.acquire()
        except Timeout:
            return
        second.release()
    lock.release()
    raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK), str(path))


def inode(path: Path) -> int | None:
    """Which file the lock at `path` is; None where there is none."""
    try:
        return path.stat().st_ino
    except OSError:
        return None


def holder(path: Path) -> Holder | None:
    """Who took the lock at `path` last; None where nothing readable says so.

    The words are for a message only: whether the lock is held, `acquire` alone can say.
    """
    try:
        found = json.loads(_note(path).read_bytes())
        return Holder(int(found["pid"]), str(found["host"]), str(found["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _here() -> bytes:
    since = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return json.dumps({"pid": os.getpid(), "host": platform.node(), "since": since}).encode() + b"\n"


def _note(path: Path) -> Path:
    return path.with_name(path.name + ".json")
