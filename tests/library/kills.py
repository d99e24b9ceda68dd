"""Kill a writer, again and again, and see that nothing it acknowledged is lost.

    python -m tests.library.kills [KILLS] [--control]

The writer edits, deletes, takes in hundreds of records in one change, compacts in the background and at a close; it
acknowledges each change by a byte in a pipe, and is killed (SIGKILL) after a random time. Each run goes on with what
the one before has left. `--control` does the same with TinyDB's default storage, and counts unreadable files only.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from tinydb import TinyDB, where

from tests.library.made import made
from tui.errors import LibraryError
from tui.library import kept
from tui.library.annotations import Annotations, Change, Key
from tui.library.rows import to_row

LONGEST = 0.08  # seconds until the kill
GENERATIONS = 25  # kills of one library

Notes = dict[str, str]


def operation(number: int) -> Change:
    chance = random.Random(number)
    kind = chance.random()
    if kind < 0.65:
        return Change("edit", (made(f"a{chance.randrange(20)}", note=f"{number} " + "注" * chance.randrange(1500)),))
    if kind < 0.85:
        return Change("delete", (), (Key.annotation(f"a{chance.randrange(20)}"),))
    if kind < 0.95:
        note = f"{number} " + "文" * chance.randrange(40)
        return Change("import", tuple(made(f"b{at}", at, at + 9, note=note) for at in range(chance.randrange(400))))
    return Change("clear", (), tuple(Key.annotation(f"b{at}") for at in range(400)))


def after(notes: Notes, number: int) -> Notes:
    change = operation(number)
    now = notes | {record.id: record.note for record in change.put}  # type: ignore[union-attr]
    for key in change.remove:
        now.pop(key.name, None)
    return now


def write_ours(path: Path, number: int, acknowledge: Callable[[], None]) -> None:
    with mock.patch.object(kept, "LONG", 30_000):  # so that it compacts often
        store = Annotations(path)
        store.compact_soon()
        while True:
            store.apply(operation(number))
            acknowledge()
            number += 1
            if number % 40 == 0:
                store.close()


def write_control(path: Path, number: int, acknowledge: Callable[[], None]) -> None:
    table = TinyDB(path, encoding="utf-8", ensure_ascii=False).table("annotations")
    while True:
        change = operation(number)
        for record in change.put[:20]:
            row = to_row(record)
            table.upsert(row, where("id") == row["id"])
        for key in change.remove[:20]:
            table.remove(where("id") == key.name)
        acknowledge()
        number += 1


def read_ours(path: Path) -> Notes | None:
    try:
        return {annotation.id: annotation.note for annotation in Annotations(path, read_only=True).all()}
    except LibraryError as error:
        print(error)
        return None


def read_control(path: Path) -> Notes | None:
    try:
        with TinyDB(path, access_mode="r", encoding="utf-8") as plain:
            return {row["id"]: row["note"] for row in plain.table("annotations")}
    except ValueError:
        return None


def run(write: Callable[[Path, int, Callable[[], None]], None], path: Path, number: int, seconds: float) -> int:
    """Let a writer work until it is killed; how many changes it acknowledged."""
    here, there = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(here)
            write(path, number, lambda: void(os.write(there, b".")))
        finally:
            os._exit(1)
    os.close(there)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    count = 0
    while data := os.read(here, 65536):
        count += len(data)
    os.close(here)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the writer failed by itself"
    return count


def void(_: object) -> None:
    """Take a result and give none."""


def main(kills: int, *, control: bool) -> int:
    write, read = (write_control, read_control) if control else (write_ours, read_ours)
    chance = random.Random(20240125)
    bad = acknowledged = compacted = 0
    notes: Notes = {}
    number, folder = 0, tempfile.TemporaryDirectory()
    for kill in range(kills):
        if kill % GENERATIONS == 0:
            folder.cleanup()
            folder = tempfile.TemporaryDirectory(prefix="jianbao-kills-")
            notes, number = {}, kill * 1000
        path = Path(folder.name) / "annotations.json"
        before = path.stat().st_ino if path.exists() else 0
        count = run(write, path, number, chance.uniform(0.002, LONGEST))
        compacted += path.exists() and path.stat().st_ino != before
        acknowledged += count
        for at in range(number, number + count):
            notes = after(notes, at)
        found = read(path) if path.exists() else {}
        if found == after(notes, number + count):
            count += 1
        elif found is None or (found != notes and not control):  # the default storage has no changes of many records
            bad += 1
            print(f"kill {kill}: {'can not be read' if found is None else 'something is lost'}")
            folder.cleanup()
            folder = tempfile.TemporaryDirectory(prefix="jianbao-kills-")
            found, count = {}, 0
        notes, number = found or {}, number + count
    folder.cleanup()
    print(f"{kills} kills, {acknowledged} changes acknowledged, {compacted} runs with a new file: {bad} bad")
    return bad


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("kills", nargs="?", type=int, default=1000)
    parser.add_argument("--control", action="store_true")
    arguments = parser.parse_args()
    raise SystemExit(bool(main(arguments.kills, control=arguments.control)) != arguments.control)
