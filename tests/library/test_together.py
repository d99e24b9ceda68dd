"""Two programs on one folder, in processes of their own."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.library.made import made
from tui.errors import LibraryError, ReadOnlyError
from tui.library import locking
from tui.library.annotations import Change
from tui.library.library import Library
from tui.library.reading_back import journal_of
from tui.library.together import News, Watch
from tui.model import Reading

WRITER = """
import sys
from pathlib import Path
from tests.library.made import made
from tui.library.annotations import Change
from tui.library.library import Library
library = Library(Path(sys.argv[1]), Path(sys.argv[2]))
print("reads only" if library.annotations.read_only else "writes", flush=True)
number = 0
for line in sys.stdin:
    library.apply(Change("", (made(f"a{number % 50}", note=f"{number} " + "注" * (number * 7919 % 800)),)))
    print(number, flush=True)
    number += 1
library.close()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "papers"
    made.mkdir()
    (made / "晚报-02.txt").write_text("# 江上的灯\n\n渡口的灯亮了，江面就窄了。\n", "utf-8")
    return made


_watches: list[Watch] = []


def watching(library: Library) -> Watch:
    """A watch that ends with the test."""
    _watches.append(Watch(library))
    return _watches[-1]


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    while _watches:
        _watches.pop().close()


class Program:
    """Another program that has the folder open."""

    def __init__(self, folder: Path) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder), str(folder.parent / "data")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        self.said = self._line()

    def _line(self) -> str:
        assert self._child.stdout is not None
        return self._child.stdout.readline().strip()

    def ask(self) -> None:
        assert self._child.stdin is not None
        self._child.stdin.write("\n")
        self._child.stdin.flush()

    def write(self, count: int = 1) -> None:
        for _ in range(count):
            self.ask()
            self._line()

    def kill(self) -> int:
        """Kill it; how many of the changes asked for it has acknowledged since the last `write`."""
        self._child.send_signal(signal.SIGKILL)
        out, _ = self._child.communicate()
        return len(out.split())

    def end(self) -> None:
        self._child.communicate()


@pytest.fixture
def program(folder: Path) -> Iterator[Callable[[], Program]]:
    begun: list[Program] = []

    def begin() -> Program:
        begun.append(Program(folder))
        return begun[-1]

    yield begin
    for one in begun:
        one._child.kill()
        one._child.communicate()


def opened(folder: Path) -> Library:
    return Library(folder, folder.parent / "data")


def notes(library: Library) -> dict[str, str]:
    return {one.id: one.note.split()[0] for one in library.annotations.all()}


def expected(count: int) -> dict[str, str]:
    return {f"a{number % 50}": str(number) for number in range(count)}


def test_the_second_follows_the_first(folder: Path, program: Callable[[], Program]) -> None:
    other = program()
    assert other.said == "writes"
    with opened(folder) as library:
        assert library.annotations.read_only
        assert "Open elsewhere" in library.notice
        watch = watching(library)
        watch.look()
        other.write(3)
        assert watch.look() == News(changes=3, marks=True)
        assert notes(library) == expected(3)
        assert watch.look() == News()
        other.write(60)
        assert watch.look().changes == 50
        assert notes(library) == expected(63)
        with library.catalog() as catalog:
            library.update(catalog)
        assert watch.look() == News(pages=True)
        with pytest.raises(ReadOnlyError):
            library.apply(Change("", (made("b"),)))
        watch.close()


def test_it_takes_over_when_the_first_ends(folder: Path, program: Callable[[], Program]) -> None:
    other = program()
    other.write(2)
    with opened(folder) as library:
        watch = watching(library)
        other.end()
        assert watch.look() == News(marks=True, writer=True)
        assert (library.annotations.read_only, library.notice) == (False, "")
        library.apply(Change("", (made("b", note="新"),)))
        assert notes(library) == {**expected(2), "b": "新"}
        again = program()
        assert again.said == "reads only"
        assert watch.look() == News()


def test_killed_in_the_middle_of_changes_it_has_lost_nothing(folder: Path, program: Callable[[], Program]) -> None:
    acknowledged = 0
    for turn in range(6):
        other = program()
        assert other.said == "writes"
        with opened(folder) as library:
            before = dict(notes(library))
            watch = watching(library)
            watch.look()
            for _ in range(200):
                other.ask()
            until = time.monotonic() + random.Random(turn).uniform(0.005, 0.08)
            while time.monotonic() < until:
                watch.look()
                assert library.annotations.read_only
            acknowledged = other.kill()
            assert watch.look().writer
            found = notes(library)
            # The one after the last acknowledged may be there or not.
            assert found in ({**before, **expected(acknowledged)}, {**before, **expected(acknowledged + 1)})
            library.apply(Change("", (made("ours", note=f"{turn}"),)))
        assert not journal_of(library.home.annotations).exists()
        with opened(folder) as library:
            assert notes(library) == {**found, "ours": str(turn)}
    assert acknowledged


def test_of_several_that_wait_one_takes_over(folder: Path, program: Callable[[], Program]) -> None:
    other = program()
    with opened(folder) as one, opened(folder) as two:
        other.kill()
        assert [watching(one).look().writer, watching(two).look().writer] == [True, False]
        assert two.annotations.read_only


def test_what_cannot_be_understood_is_not_taken_over(folder: Path, program: Callable[[], Program]) -> None:
    other = program()
    other.write()
    with opened(folder) as library:
        whole = library.home.annotations.read_bytes()
        other.kill()
        library.home.annotations.write_bytes(b"{")
        watch = watching(library)
        assert "damaged" in watch.look().error
        assert watch.look() == News()
        assert library.annotations.read_only
        assert notes(library) == expected(1)
        lock = locking.acquire(library.home.state / "lock")
        assert lock is not None
        lock.release()
        library.home.annotations.write_bytes(whole)
        assert watch.look().writer
        assert notes(library) == expected(1)


def test_a_lock_that_was_removed_says_nothing_of_who_held_it(folder: Path, program: Callable[[], Program]) -> None:
    other = program()
    with opened(folder) as library:
        (library.home.state / "lock").unlink()
        watch = watching(library)
        watch.look()
        assert library.annotations.read_only
        other.write()
        assert watch.look().changes == 1
        assert not (library.home.state / "lock").exists()


def test_closed_it_takes_over_no_more(folder: Path, program: Callable[[], Program]) -> None:
    other = program()
    library = opened(folder)
    library.close()
    other.end()
    assert not library.take_over()
    assert program().said == "writes"


def test_what_was_read_only_is_no_change_that_is_told(folder: Path) -> None:
    with opened(folder) as one, opened(folder) as two:
        watch = watching(two)
        watch.look()
        one.apply(Change("", (Reading("晚报-02.txt", 2, True),)))
        assert watch.look() == News(marks=True)
        watch.close()


# The writer's file changed by another hand


def test_a_change_by_hand_is_noticed_once_and_taken_in(folder: Path) -> None:
    with opened(folder) as library:
        library.apply(Change("", (made("a", note="灯"),)))
        library.annotations.compact()
        watch = watching(library)
        assert watch.look() == News()
        library.apply(Change("", (made("b", note="茶"),)))
        assert watch.look() == News()
        path = library.home.annotations
        rows = json.loads(path.read_bytes())
        for row in rows["annotations"].values():
            row["note"] = "江灯"
        path.write_text(json.dumps(rows), "utf-8")
        assert watch.look() == News(meddled=True)
        assert watch.look() == News()
        library.reload()
        assert notes(library) == {"a": "江灯", "b": "茶"}
        assert watch.look() == News()


def test_at_the_end_what_waits_in_the_journal_joins_the_file_that_was_changed(folder: Path) -> None:
    with opened(folder) as library:
        library.apply(Change("", (made("a", note="灯"),)))
        library.annotations.compact()
        library.apply(Change("", (made("b", note="茶"),)))
        path = library.home.annotations
        path.write_text(path.read_text("utf-8").replace("灯", "江灯"), "utf-8")
    assert not journal_of(path).exists()
    with opened(folder) as library:
        assert notes(library) == {"a": "江灯", "b": "茶"}


# Locks


def test_a_lock_that_keeps_nobody_out_is_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fcntl.flock", lambda *_arguments: None)
    with pytest.raises(LibraryError, match="can't be locked"):
        locking.acquire(folder / "lock")
    with opened(folder) as library:
        assert library.annotations.read_only
        assert "can't be locked" in library.notice
        assert not library.take_over()
