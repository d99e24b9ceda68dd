"""A file is written whole or not at all: aside, made safe on the disk, and put in the place of the old one."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import secrets
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_TEMPORARY = re.compile(r"\.jianbao-(?P<target>[0-9a-f]{12})-(?P<pid>[1-9][0-9]{0,8})-[0-9a-f]{8}\.tmp")
_under_way: set[str] = set()
_swept: set[Path] = set()


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that is safe on the disk beside the one whose place it is to take."""

    temporary: Path
    target: Path

    def place(self) -> None:
        """Put it in its place, and make that safe too.

        Raises:
            OSError: As for `write_atomically`.
        """
        try:
            os.replace(self.temporary, self.target)  # noqa: PTH105  (the one call the atomicity rests on, named as in every text about it)
        except BaseException:
            self.drop()
            raise
        _under_way.discard(self.temporary.name)
        sync_folder(self.target.parent)

    def drop(self) -> None:
        """Remove it."""
        with contextlib.suppress(OSError):
            self.temporary.unlink(missing_ok=True)
        _under_way.discard(self.temporary.name)


def stage(path: Path, data: Iterable[bytes], *, mode: int = 0o600) -> Staged:
    """Write what is to take the place of the file at `path`, in pieces, and make it safe on the disk.

    The temporary file stands beside the target, `.jianbao-TARGET-PID-RANDOM.tmp`, TARGET being a digest of the target's
    name. It is gone when this raises; what a killed run left is removed the first time a later run writes the same
    target.

    Raises:
        OSError: As for `write_atomically`; nothing has been changed.
    """
    target = Path(os.path.realpath(path))
    _check(target)
    _sweep(target)
    temporary = target.with_name(f".jianbao-{_mark(target)}-{os.getpid()}-{secrets.token_hex(4)}.tmp")
    _under_way.add(temporary.name)
    staged = Staged(temporary, target)
    try:
        _write(temporary, data, mode)
    except BaseException:
        staged.drop()
        raise
    return staged


def write_atomically(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Put `data` in the place of the file at `path`; when this returns, it is safe on the disk.

    Args:
        path: The file, which need not exist; of a symbolic link, what it leads to. Its folder has to exist.
        data: The whole content.
        mode: The file's permission bits, whatever the old file's were and whatever the umask is.

    Raises:
        OSError: Nothing has been changed, unless the very last step failed (the folder's fsync): then the new content
            is in place, but a power cut may bring the old one back.
    """
    stage(path, (data,), mode=mode).place()


def _check(target: Path) -> None:
    """Refuse what a replace would silently override: a file without write permission, or a thing that is no file."""
    try:
        found = target.stat()
    except FileNotFoundError:
        return
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "Not a regular file", str(target))
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of `data`, however little the system takes at a time."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def check_size(descriptor: int, size: int) -> None:
    """See that a file is as long as what was written to it, whatever the system has said of each write."""
    if os.fstat(descriptor).st_size != size:
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def _write(temporary: Path, data: Iterable[bytes], mode: int) -> None:
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        size = 0
        for piece in data:
            write_all(descriptor, piece)
            size += len(piece)
        os.fchmod(descriptor, mode)
        os.fsync(descriptor)
        check_size(descriptor, size)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make safe what was made, renamed or removed in a folder."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some network file systems know no fsync of a folder
            raise
    finally:
        os.close(descriptor)


def _sweep(target: Path) -> None:
    """Remove what killed runs left beside `target`; once a run, for a folder may hold a hundred thousand pages."""
    if target in _swept:
        return
    mark = _mark(target)
    with contextlib.suppress(OSError), os.scandir(target.parent) as entries:
        for entry in entries:
            match = _TEMPORARY.fullmatch(entry.name)
            if match and match["target"] == mark and entry.name not in _under_way and not _at_work(int(match["pid"])):
                os.unlink(entry.path)  # noqa: PTH108
        _swept.add(target)


def _at_work(pid: int) -> bool:
    """Whether another process of this number runs; a file of our own number that we don't know is an earlier run's."""
    if pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _mark(target: Path) -> str:
    return hashlib.blake2b(os.fsencode(target.name), digest_size=6).hexdigest()
