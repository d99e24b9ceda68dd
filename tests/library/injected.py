"""Each system call of commits and compactions met with a fault, by strace: kill, ENOSPC, EIO, EROFS, a short write.

    python -m tests.library.injected [STORAGE]

STORAGE is `ours`, or `default` for TinyDB's own, the control. The writer, once strace has taken hold of it, makes some
changes, compacts and makes some more; what it has been told to be saved it notes in shared memory, without a call. A
short write is the system's claim to have written one byte of which nothing is in the file.
"""

from __future__ import annotations

import json
import mmap
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.library.writer import after, operations
from tui.errors import LibraryError
from tui.library.annotations import Annotations
from tui.library.rows import to_row
from tui.model import Annotation

CALLS = ("openat", "write", "fsync", "fchmod", "ftruncate", "rename", "unlink")
FAULTS = {
    "KILL": "signal=KILL",
    "ENOSPC": "error=ENOSPC",
    "EIO": "error=EIO",
    "EROFS": "error=EROFS",
    "short": "retval=1",
}
CHANGES = 6
WRONG = 100  # the byte of shared memory that tells of a memory unlike the disk, or of a poor message


def ours(path: Path, saved: mmap.mmap) -> None:
    store = Annotations(path)
    os.kill(os.getpid(), signal.SIGSTOP)
    for number, change in zip(range(CHANGES), operations(), strict=False):
        try:
            store.apply(change)
            saved[number] = 1
        except LibraryError as error:
            saved[number] = 2
            if str(path) not in str(error) or not isinstance(error.__cause__, OSError):
                saved[WRONG] = 1
            if store.all() != Annotations(path, read_only=True).all():
                saved[WRONG] = 2
            store.apply(change)  # the fault is over
            saved[number] = 1
        if number == 3:
            store.close()
    store.close()


def default(path: Path, saved: mmap.mmap) -> None:
    from tinydb import TinyDB, where

    table = TinyDB(path, encoding="utf-8", ensure_ascii=False).table("annotations")
    os.kill(os.getpid(), signal.SIGSTOP)
    for number, change in zip(range(CHANGES), operations(), strict=False):
        for record in change.put:
            row = to_row(record)
            table.upsert(row, where("id") == row["id"])
        for key in change.remove:
            table.remove(where("id") == key.name)
        saved[number] = 1


def met(write: Callable[[Path, mmap.mmap], None], path: Path, call: str, fault: str, number: int) -> tuple[bool, str]:
    """Run the writer with one call of it met.

    Returns:
        Whether there was so late a call, and what is wrong afterwards.
    """
    saved = mmap.mmap(-1, 128)
    child = os.fork()
    if child == 0:
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            write(path, saved)
            os._exit(0)
        finally:
            os._exit(1)
    os.waitpid(child, os.WUNTRACED)
    log = path.with_name("log")
    command = ["strace", "-f", "-p", str(child), "-o", str(log), "-e", f"trace={call}"]
    command += ["-e", f"inject={call}:{FAULTS[fault]}:when={number}"]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as tracer:
        assert tracer.stderr is not None
        said = tracer.stderr.readline().decode()
        if "attached" not in said:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise SystemExit(f"skipped: strace may not take hold of a program here: {said.strip()}")
        os.kill(child, signal.SIGCONT)
        _, status = os.waitpid(child, 0)
        tracer.wait()
    happened = "INJECTED" in log.read_text() or (fault == "KILL" and os.WIFSIGNALED(status))
    log.unlink()
    if not happened:
        return False, ""
    done = bytes(saved[:CHANGES]).count(1)
    if saved[WRONG]:
        return True, "memory is unlike the disk" if saved[WRONG] == 2 else "a message without file or cause"
    if not os.WIFSIGNALED(status) and (os.WEXITSTATUS(status) or done < CHANGES):
        return True, "the program broke off"
    return True, "" if found(path, write) in (after(done), after(done + 1)) else "something is lost"


def found(path: Path, write: Callable[..., None]) -> dict[str, Annotation] | None:
    if not path.exists():
        return {}
    try:
        if write is default:
            rows = json.loads(path.read_bytes()).get("annotations", {}).values()
            every = {name: annotation for count in range(CHANGES + 1) for name, annotation in after(count).items()}
            assert every
            return {row["id"]: _same(row) for row in rows}
        return {annotation.id: annotation for annotation in Annotations(path).all()}
    except (LibraryError, ValueError):
        return None


def _same(row: dict[str, object]) -> Annotation:
    from tui.library.annotations import Kind
    from tui.library.rows import from_row

    record = from_row(Kind.ANNOTATION, row)
    assert isinstance(record, Annotation)
    return record


def main(write: Callable[[Path, mmap.mmap], None]) -> int:
    bad = runs = 0
    for call in CALLS:
        counts = []
        for fault in FAULTS if call == "write" else [name for name in FAULTS if name != "short"]:
            number = 1
            while True:
                with tempfile.TemporaryDirectory(prefix="jianbao-injected-") as folder:
                    happened, wrong = met(write, Path(folder) / "annotations.json", call, fault, number)
                if not happened:
                    break
                runs += 1
                if wrong:
                    bad += 1
                    print(f"{call} {number}, {fault}: {wrong}")
                number += 1
            counts.append(f"{fault} {number - 1}")
        print(f"{call}: {', '.join(counts)}", flush=True)
    print(f"{runs} runs: {bad} bad")
    return bad


if __name__ == "__main__":
    if shutil.which("strace") is None:
        raise SystemExit("skipped: strace is not installed")
    control = sys.argv[1:] == ["default"]
    raise SystemExit(bool(main(default if control else ours)) != control)
