"""Killed, out of space, or with a failing disk: what was acknowledged is there, and memory is what the disk has."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.library.made import made
from tests.library.writer import after
from tui.errors import LibraryError
from tui.library import atomic
from tui.library.annotations import Annotations, Change, Key
from tui.library.reading_back import journal_of
from tui.model import Tag

KILLS = 15


def start(storage: str, path: Path, *step: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.library.writer", storage, str(path), *step]
    return subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])


def acknowledged(child: subprocess.Popen[bytes]) -> int:
    """How many operations it acknowledged before it was killed."""
    said, _ = child.communicate()
    assert child.returncode == -signal.SIGKILL
    return len(said)


def assert_kept(path: Path, count: int) -> None:
    """That the file has the first `count` operations, and at most the one that was under way."""
    found = {annotation.id: annotation for annotation in Annotations(path).all()}
    assert found in (after(count), after(count + 1))


def leftovers(folder: Path) -> list[str]:
    return [entry.name for entry in folder.iterdir() if entry.suffix == ".tmp"]


def test_killed_at_any_moment_it_keeps_all_that_was_acknowledged(tmp_path: Path) -> None:
    moments = random.Random(20240125)
    children = []
    for number in range(KILLS):
        child = start("ours", tmp_path / f"{number}.json")
        assert child.stdout is not None
        assert child.stdout.read(1)
        time.sleep(moments.uniform(0, 0.05))
        child.kill()
        children.append(child)
    for number, child in enumerate(children):
        count = 1 + acknowledged(child)
        assert_kept(tmp_path / f"{number}.json", count)


@pytest.mark.parametrize(
    ("call", "number"),
    [("write", 11), ("write", 19), ("fsync", 10), ("fsync", 13), ("replace", 3), ("replace", 4), ("unlink", 4)],
)
def test_killed_at_each_step_of_a_write_it_keeps_all_and_cleans_up_next_time(
    tmp_path: Path, call: str, number: int
) -> None:
    """The writer compacts after each fifth operation, so that every step of it is met too."""
    path = tmp_path / "annotations.json"
    count = acknowledged(start("ours", path, f"{call}:{number}"))
    assert_kept(path, count)
    store = Annotations(path)
    store.apply(Change("", put=(made("next"),)))
    store.close()
    assert not leftovers(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    assert Annotations(path).get("next") is not None


def test_the_default_storage_loses_everything_to_the_same_kill(tmp_path: Path) -> None:
    """The control: if it kept everything too, the kills would prove nothing."""
    unreadable = 0
    for number in range(9, 14):  # the first edit that shrinks the file is among them
        path = tmp_path / f"{number}.json"
        acknowledged(start("default", path, f"fsync:{number}"))
        try:
            json.loads(path.read_bytes())
        except ValueError:
            unreadable += 1
    assert unreadable


def fail(
    monkeypatch: pytest.MonkeyPatch, call: str, error: int, *, when: Callable[..., bool] = lambda *_: True
) -> None:
    real = getattr(os, call)

    def failing(*arguments: Any, **named: Any) -> Any:
        if when(*arguments):
            raise OSError(error, os.strerror(error))
        return real(*arguments, **named)

    monkeypatch.setattr(os, call, failing)


def of_folder(descriptor: int) -> bool:
    return stat.S_ISDIR(os.fstat(descriptor).st_mode)


def of_file(descriptor: int, *_: object) -> bool:
    return stat.S_ISREG(os.fstat(descriptor).st_mode)


CHANGE = Change("change", put=(made("a", note="new"), made("c"), Tag("t")), remove=(Key.annotation("b"),))


@pytest.fixture
def store(tmp_path: Path) -> Annotations:
    store = Annotations(tmp_path / "annotations.json")
    store.apply(Change("", put=(made("a", note="old"), made("b"))))
    return store


def view(store: Annotations) -> object:
    return store.all(), store.tags(), store.readings()


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
@pytest.mark.parametrize(
    ("call", "when"),
    [
        ("open", lambda path, *_: str(path).endswith(".tmp")),
        ("write", of_file),
        ("fchmod", of_file),
        ("fsync", of_file),
        ("replace", lambda *_: True),
    ],
    ids=["open", "write", "fchmod", "fsync", "replace"],
)
def test_a_write_that_fails_leaves_the_old_state_on_the_disk_and_in_memory(
    store: Annotations, monkeypatch: pytest.MonkeyPatch, call: str, when: Callable[..., bool], error: int
) -> None:
    file, state = store.path.read_bytes(), view(store)
    with monkeypatch.context() as patch:
        fail(patch, call, error, when=when)
        with pytest.raises(LibraryError) as raised:
            store.apply(CHANGE)
    assert isinstance(raised.value.__cause__, OSError)
    assert os.strerror(error) in str(raised.value)
    assert str(store.path) in str(raised.value)
    assert store.path.read_bytes() == file
    assert leftovers(store.path.parent) == []
    assert view(store) == view(Annotations(store.path)) == state
    inverse = store.apply(CHANGE)
    assert view(store) == view(Annotations(store.path)) != state
    store.apply(inverse)
    assert view(store) == state


def test_a_disk_that_fills_in_the_middle_leaves_the_old_state(
    store: Annotations, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, write = store.path.read_bytes(), os.write
    room = 100

    def filling(descriptor: int, data: memoryview) -> int:
        nonlocal room
        if not room:
            raise OSError(errno.ENOSPC, "No space left on device")
        written = write(descriptor, data[:room])
        room -= written
        return written

    monkeypatch.setattr(os, "write", filling)
    with pytest.raises(LibraryError, match="No space left"):
        store.apply(CHANGE)
    assert store.path.read_bytes() == file
    assert leftovers(store.path.parent) == []


def test_a_close_that_fails_counts_as_a_failed_write(store: Annotations, monkeypatch: pytest.MonkeyPatch) -> None:
    file, close = store.path.read_bytes(), os.close

    def failing(descriptor: int) -> None:
        regular = of_file(descriptor)
        close(descriptor)
        if regular:
            raise OSError(errno.EDQUOT, "Disk quota exceeded")

    with monkeypatch.context() as patch:
        patch.setattr(os, "close", failing)
        with pytest.raises(LibraryError, match="quota"):
            store.apply(CHANGE)
    assert store.path.read_bytes() == file


def test_when_only_the_folder_can_not_be_made_safe_memory_is_the_new_state_and_the_next_change_writes_again(
    store: Annotations, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        fail(patch, "fsync", errno.EIO, when=of_folder)
        with pytest.raises(LibraryError, match="not saved"):
            store.apply(CHANGE)
    assert view(store) == view(Annotations(store.path))
    assert store.get("c") is not None
    synced: list[bool] = []
    fsync = os.fsync

    def counted(descriptor: int) -> None:
        synced.append(of_folder(descriptor))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", counted)
    store.apply(CHANGE)  # all anew: a journal of which it is not known what the disk has is not gone on with
    assert synced.count(False) == 2  # the file, and the journal that names it
    assert synced[-1]
    assert not journal_of(store.path).exists()
    count = len(synced)
    store.apply(CHANGE)
    assert len(synced) == count


def test_a_file_system_that_knows_no_fsync_of_folders_will_do(
    store: Annotations, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(monkeypatch, "fsync", errno.EINVAL, when=of_folder)
    store.apply(CHANGE)
    assert view(store) == view(Annotations(store.path))


def test_an_interrupted_write_leaves_nothing_behind(store: Annotations, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(descriptor: int) -> None:
        raise KeyboardInterrupt

    file, state = store.path.read_bytes(), view(store)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            store.apply(CHANGE)
    assert store.path.read_bytes() == file
    assert view(store) == state
    assert leftovers(store.path.parent) == []
    assert atomic._under_way == set()
    store.apply(CHANGE)
    assert view(store) == view(Annotations(store.path)) != state
