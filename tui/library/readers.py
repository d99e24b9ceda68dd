"""Reading very many files: other processes read and parse them, while this one writes what they find.

A process of ours is `python -m tui.library.readers`: it takes jobs from its standard input and gives what it has read
to its standard output, both pickled. It ends with its input, so also with the program that began it. What a process
that has died leaves undone is done here.
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

import tui
from tui.library import storing
from tui.library.files import read_file

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from tui.library.scan import Found
    from tui.library.storing import FileRead, Known
    from tui.model import Mend

WORTH_IT = 3_000_000  # bytes of files: some second of reading
_MOST = 4  # processes
_AT_ONCE = 8  # files of a job
_FRAME = 40  # pages handed over at once
_WAITING = 64  # frames that wait to be written
_LENGTH = 8  # bytes of the length of a frame
_LOOKED = 0.1  # seconds after which who waits looks whether anybody still wants what it has


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be read.

    Attributes:
        known: What the catalog holds of it.
        parser: The version of the parser.
        started: When the listing began, in nanoseconds.
        mends: The mends made to it.
    """

    found: Found
    known: Known | None
    parser: int
    started: int
    mends: tuple[Mend, ...]


def read_all(jobs: Sequence[Job]) -> Generator[FileRead, None, None]:
    """What is in the files, with the entries of their pages; in their order, unless there is very much to read.

    A generator that is closed ends its processes.
    """
    if sum(job.found.size for job in jobs) < WORTH_IT or (os.cpu_count() or 1) < 2:
        for job in jobs:
            yield from read(job)
        return
    crew = _Crew(jobs)
    try:
        yield from crew.read()
    finally:
        crew.end()


def read(job: Job) -> Iterator[FileRead]:
    """What is in one file."""
    for one in read_file(job.found, job.known, job.parser, job.started, lambda _path: job.mends):
        yield replace(one, entries=storing.prepared(one.page)) if one.page else one


class _Crew:
    """Some processes, each with a thread that gives it jobs and takes what it has read."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = iter(jobs)
        self._taking = threading.Lock()
        self._frames: queue.Queue[bytes | list[Job] | None] = queue.Queue(_WAITING)
        self._unwanted = threading.Event()
        self._threads = [
            threading.Thread(target=self._lead, name="reading", daemon=True)
            for _number in range(min(os.cpu_count() or 1, _MOST))
        ]
        for thread in self._threads:
            thread.start()

    def read(self) -> Iterator[FileRead]:
        """What is read, as it comes."""
        leading = len(self._threads)
        while leading:
            frame = self._frames.get()
            if frame is None:
                leading -= 1
            elif isinstance(frame, bytes):
                yield from pickle.loads(frame)  # noqa: S301 - from our own process
            else:
                for job in frame:
                    yield from read(job)

    def end(self) -> None:
        """Stop, whatever is still to be read."""
        self._unwanted.set()
        for thread in self._threads:
            thread.join()

    def _take(self) -> list[Job]:
        with self._taking:
            jobs = list(islice(self._jobs, 1))
            while jobs and len(jobs) < _AT_ONCE and not jobs[-1].found.holds_records:
                following = next(self._jobs, None)
                if following is None:
                    break
                jobs.append(following)
            return jobs

    def _give(self, frame: bytes | list[Job] | None) -> bool:
        while not self._unwanted.is_set():
            with suppress(queue.Full):
                self._frames.put(frame, timeout=_LOOKED)
                return True
        return False

    def _lead(self) -> None:
        process: subprocess.Popen[bytes] | None = None
        try:
            process = _begin()
            while jobs := self._take():
                if not self._do(process, jobs):
                    break
        finally:
            if process is not None:
                process.kill()
                process.communicate()
            self._give(None)

    def _do(self, process: subprocess.Popen[bytes] | None, jobs: list[Job]) -> bool:
        """Have some jobs done, there or here; False once nobody wants them."""
        if process is None or process.stdin is None or process.stdout is None:
            return self._give(jobs)
        try:
            _write(process.stdin, pickle.dumps(jobs))
            while frame := _read(process.stdout):
                if not self._give(frame):
                    return False
        except (OSError, EOFError):
            return self._give(jobs)
        return True


def _begin() -> subprocess.Popen[bytes] | None:
    # -P and the path: never a package that happens to be called tui in the folder where the program was begun.
    environment = {**os.environ, "PYTHONPATH": os.fspath(Path(tui.__file__).resolve().parents[1])}
    command = [sys.executable, "-P", "-m", "tui.library.readers"]
    try:
        return subprocess.Popen(  # noqa: S603
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError:
        return None


def _write(stream: IO[bytes], data: bytes) -> None:
    stream.write(len(data).to_bytes(_LENGTH) + data)
    stream.flush()


def _read(stream: IO[bytes]) -> bytes:
    """The next frame; an empty one ends what was read for a job.

    Raises:
        EOFError: There is no other.
    """
    head = stream.read(_LENGTH)
    data = stream.read(int.from_bytes(head))
    if len(head) < _LENGTH or len(data) < int.from_bytes(head):
        raise EOFError
    return data


def _serve(jobs: IO[bytes], found: IO[bytes]) -> None:
    """Do jobs until there are no more."""
    os.nice(5)  # the screen goes first
    with suppress(EOFError):
        while True:
            some: list[Job] = pickle.loads(_read(jobs))  # noqa: S301 - from the program that began this process
            pages = (page for job in some for page in read(job))
            while frame := list(islice(pages, _FRAME)):
                _write(found, pickle.dumps(frame, pickle.HIGHEST_PROTOCOL))
            _write(found, b"")


if __name__ == "__main__":
    with suppress(BrokenPipeError, KeyboardInterrupt):
        _serve(sys.stdin.buffer, sys.stdout.buffer)
