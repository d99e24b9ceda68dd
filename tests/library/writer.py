"""A program that writes until it is killed: `python -m tests.library.writer STORAGE FILE [STEP]`.

Every operation is acknowledged, once it should be safe, by a byte on standard output. With STEP, `CALL:NUMBER`, the
process kills itself at the NUMBERth call of that function of `os`, before the call is made or, for `write`, when half
of the data has been written.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.library.made import made
from tui.library.annotations import Annotations, Change, Key
from tui.model import Annotation

ACKNOWLEDGED = b"."


def operations() -> Iterator[Change]:
    """Edits that grow and shrink the file, and deletions, without an end."""
    number = 0
    while True:
        note = f"{number} " + "注" * (number * 7919 % 3001)
        put = made(f"a{number % 7}", note=note, modified=str(number))
        remove = (Key.annotation(f"a{(number + 3) % 7}"),) if number % 5 == 4 else ()
        yield Change(str(number), (put,), remove)
        number += 1


def after(count: int) -> dict[str, Annotation]:
    """What there is after so many operations."""
    found: dict[str, Annotation] = {}
    for _, change in zip(range(count), operations(), strict=False):
        found.update({record.id: record for record in change.put if isinstance(record, Annotation)})
        for key in change.remove:
            found.pop(key.name, None)
    return found


def die_at(call: str, number: int) -> None:
    """Kill this process at the `number`th call of `os.CALL`, counted from 1."""
    owner: Any = Path if call == "unlink" else os
    real = getattr(owner, call)
    calls = 0

    def deadly(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        if call == "write" and arguments[0] <= 2:
            return real(*arguments)
        calls += 1
        if calls == number:
            if call == "write":
                real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **named)

    setattr(owner, call, deadly)


def write_to_ours(path: Path) -> None:
    store = Annotations(path)
    for number, change in enumerate(operations()):
        store.apply(change)
        os.write(1, ACKNOWLEDGED)
        if number % 5 == 4:
            store.close()


def write_to_json_storage(path: Path) -> None:
    """The same operations by TinyDB's default storage."""
    from tinydb import TinyDB, where

    from tui.library.rows import to_row

    table = TinyDB(path, encoding="utf-8", ensure_ascii=False).table("annotations")
    for change in operations():
        for record in change.put:
            row = to_row(record)
            table.upsert(row, where("id") == row["id"])
        for key in change.remove:
            table.remove(where("id") == key.name)
        os.write(1, ACKNOWLEDGED)


if __name__ == "__main__":
    if len(sys.argv) > 3:
        step, _, times = sys.argv[3].partition(":")
        die_at(step, int(times))
    {"ours": write_to_ours, "default": write_to_json_storage}[sys.argv[1]](Path(sys.argv[2]))
