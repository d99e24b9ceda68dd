"""What a disk may hold after a power cut: the calls of a program recorded, and every state they allow made.

What was written and not synced may be there, or not, or in part; names made, moved and removed since the folder was
synced may be there or not, each by itself. That is more than a journalling file system lets happen.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import combinations, product
from pathlib import Path
from typing import Any
from unittest import mock

ACKNOWLEDGED = "acknowledged"


@dataclass
class Recorder:
    """Records what is done in a folder.

    Attributes:
        calls: What was done, in order: a name, the number of a file where it is about one, and the rest.
    """

    folder: Path
    calls: list[tuple[Any, ...]] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    open_files: dict[int, int] = field(default_factory=dict)
    files: int = 0

    def known(self, path: object) -> str | None:
        given = Path(str(path))
        return given.name if given.parent == self.folder else None

    def file(self, name: str) -> int:
        if name not in self.names:
            self.files += 1
            self.names[name] = self.files
            self.calls.append(("link", self.files, name))
        return self.names[name]

    def opened(self, descriptor: int, path: object) -> int:
        name = self.known(path)
        if name is not None:
            self.open_files[descriptor] = self.file(name)
        elif Path(str(path)) == self.folder:
            self.open_files[descriptor] = 0
        return descriptor

    def wrote(self, descriptor: int, at: int, data: bytes) -> None:
        self.calls.append(("write", self.open_files[descriptor], at, data))

    def acknowledge(self) -> None:
        self.calls.append((ACKNOWLEDGED,))

    @contextmanager
    def recording(self) -> Iterator[None]:  # noqa: C901  (one function a call)
        real = {
            name: getattr(os, name) for name in ("open", "close", "write", "fsync", "ftruncate", "replace", "unlink")
        }

        def open_(path: Any, *rest: Any) -> int:
            return self.opened(real["open"](path, *rest), path)

        def close(descriptor: int) -> None:
            self.open_files.pop(descriptor, None)
            real["close"](descriptor)

        def write(descriptor: int, data: bytes) -> int:
            at = os.fstat(descriptor).st_size
            count: int = real["write"](descriptor, data)
            if descriptor in self.open_files:
                self.wrote(descriptor, at, bytes(data[:count]))
            return count

        def fsync(descriptor: int) -> None:
            real["fsync"](descriptor)
            self.calls.append(("sync", self.open_files[descriptor]))

        def ftruncate(descriptor: int, size: int) -> None:
            real["ftruncate"](descriptor, size)
            self.calls.append(("truncate", self.open_files[descriptor], size))

        def replace(source: Any, target: Any) -> None:
            real["replace"](source, target)
            file = self.names.pop(Path(source).name)
            self.names[Path(target).name] = file
            self.calls.append(("rename", file, Path(source).name, Path(target).name))

        def unlink(path: Any, **rest: Any) -> None:
            real["unlink"](path, **rest)
            name = self.known(path)
            if name in self.names:
                self.calls.append(("unlink", self.names.pop(name), name))

        with ExitStack() as stack:
            for function in (open_, close, write, fsync, ftruncate, replace, unlink):
                name = function.__name__.rstrip("_")
                stack.enter_context(mock.patch.object(os, name, function))
            yield


class RecordedFile:
    """A file as TinyDB's default storage uses one, recorded."""

    def __init__(self, recorder: Recorder, path: Path) -> None:
        self._file = path.open("r+b", buffering=0)
        self._recorder = recorder
        recorder.opened(self._file.fileno(), path)
        self.fileno, self.seek, self.tell = self._file.fileno, self._file.seek, self._file.tell
        self.flush, self.close = self._file.flush, self._file.close

    def read(self) -> str:
        return self._file.read().decode()

    def write(self, text: str) -> None:
        self._recorder.wrote(self.fileno(), self.tell(), text.encode())
        self._file.write(text.encode())

    def truncate(self) -> None:
        self._recorder.calls.append(("truncate", self._recorder.open_files[self.fileno()], self.tell()))
        self._file.truncate()


def states(calls: list[tuple[Any, ...]]) -> Iterator[tuple[int, dict[str, bytes]]]:  # noqa: C901
    """Every state of the folder after a power cut.

    Yields:
        How much had been acknowledged, and the files.
    """
    safe: dict[int, bytes] = {}
    names: dict[str, int] = {}
    data: dict[int, list[tuple[Any, ...]]] = {}
    meta: list[tuple[Any, ...]] = []
    done = 0
    for call in [*calls, ("end",)]:
        for chosen in _subsets(meta):
            there = dict(names)
            for change in chosen:
                _rename(there, change)
            files = sorted(set(there.values()))
            for contents in product(*(_contents(safe.get(file, b""), data.get(file, [])) for file in files)):
                held = dict(zip(files, contents, strict=True))
                yield done, {name: held[file] for name, file in there.items()}
        match call[0]:
            case "write" | "truncate":
                data.setdefault(call[1], []).append(call)
            case "link" | "rename" | "unlink":
                meta.append(call)
            case "sync" if call[1] == 0:
                for change in meta:
                    _rename(names, change)
                meta = []
            case "sync":
                safe[call[1]] = _after(safe.get(call[1], b""), data.pop(call[1], []))
            case "acknowledged":
                done += 1


def _subsets(meta: list[tuple[Any, ...]]) -> Iterator[tuple[tuple[Any, ...], ...]]:
    for count in range(len(meta) + 1):
        yield from combinations(meta, count)


def _rename(names: dict[str, int], change: tuple[Any, ...]) -> None:
    match change:
        case ("link", file, name):
            names[name] = file
        case ("rename", file, source, target):
            names.pop(source, None)
            names[target] = file
        case ("unlink", file, name) if names.get(name) == file:
            del names[name]


def _contents(safe: bytes, calls: list[tuple[Any, ...]]) -> Iterator[bytes]:
    """What a file may hold: each beginning of what was done to it, the last step in part, or with a hole before it."""
    seen = set()
    for count in range(len(calls) + 1):
        before = _after(safe, calls[:count])
        possible = [before]
        if count < len(calls) and calls[count][0] == "write":
            _, file, at, data = calls[count]
            half = len(data) // 2
            parts = (data[:1], data[:half], data[:-1], bytes(len(data)), bytes(half) + data[half:])
            possible.extend(_after(before, [("write", file, at, part)]) for part in parts)
        if count:  # the last step without those before it
            possible.append(_after(safe, calls[count - 1 : count]))
        for content in possible:
            if content not in seen:
                seen.add(content)
                yield content


def _after(content: bytes, calls: list[tuple[Any, ...]]) -> bytes:
    for call in calls:
        if call[0] == "truncate":
            content = content[: call[2]].ljust(call[2], b"\0")
        else:
            _, _, at, data = call
            content = content[:at].ljust(at, b"\0") + data + content[at + len(data) :]
    return content
