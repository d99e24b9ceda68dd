"""Two programs write one library, change by change in turns as the lock lets them: none of their changes is lost.

    python -m tests.library.writers [CHANGES]

The control does the same with TinyDB's default storage, as two programs that know nothing of each other would.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tinydb import TinyDB

from tests.library.made import made
from tui.library import locking
from tui.library.annotations import Annotations, Change

CHANGES = 1_000
_WAIT = 0.0005  # seconds
_TRIES = 10
_COMPACTED = 100  # changes after which one file is made of the file and its journal


def write_ours(path: Path, name: str, count: int) -> None:
    """Take the lock for each change, read what the other has done, and write."""
    store = Annotations(path)
    for number in range(count):
        while (lock := locking.acquire(path.with_name("lock"))) is None:
            time.sleep(_WAIT)
        with lock:
            store.reload()
            store.apply(Change("", (made(f"{name}{number}", note=f"{number}"),)))
            if number % _COMPACTED == _COMPACTED - 1:
                store.close()
        time.sleep(_WAIT)  # the other's turn


def write_default(path: Path, name: str, count: int) -> None:
    """Insert as a plain program does; where it meets a file half written by the other, it tries again a few times."""
    table = TinyDB(path).table("annotations")
    for number in range(count):
        for _try in range(_TRIES):
            try:
                table.insert({"id": f"{name}{number}"})
            except (ValueError, KeyError, AssertionError):
                time.sleep(_WAIT)
            else:
                break


def read_ours(path: Path) -> set[str]:
    return {annotation.id for annotation in Annotations(path).all()}


def read_default(path: Path) -> set[str]:
    try:
        return {row["id"] for row in TinyDB(path).table("annotations")}
    except ValueError:
        print("  the file can't be read")
        return set()


def run(storage: str, count: int) -> int:
    """Let two write; how many of their changes are not there at the end."""
    with tempfile.TemporaryDirectory(prefix="jianbao-writers-") as folder:
        path = Path(folder) / "annotations.json"
        names = ("a", "b")
        start = time.perf_counter()
        command = [sys.executable, "-m", "tests.library.writers", storage, str(path)]
        children = [subprocess.Popen([*command, name, str(count)]) for name in names]
        ended = [child.wait() for child in children]
        seconds = time.perf_counter() - start
        found = (read_ours if storage == "ours" else read_default)(path)
        lost = len({f"{name}{number}" for name in names for number in range(count)} - found)
        failed = sum(code != 0 for code in ended)
        print(f"{storage:7} 2 x {count} changes in {seconds:.1f} s: {lost} lost, {failed} of two writers failed")
        return lost + failed


def main(arguments: list[str]) -> int:
    if len(arguments) == 4:
        write = {"ours": write_ours, "default": write_default}[arguments[0]]
        write(Path(arguments[1]), arguments[2], int(arguments[3]))
        return 0
    count = int(arguments[0]) if arguments else CHANGES
    lost, control = run("ours", count), run("default", count)
    return int(lost > 0 or not control)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
