"""The running program on libraries of any size: opening, memory, and what holds up its keys.

    python -m tests.benchmarks.bench_million FOLDER … [--passes SECONDS] [--where]

Each FOLDER is a library with its catalog (`bench_find` makes them). The program runs in a terminal of 140 by 40, is
opened, searched, scrolled, read, starred, and shows facets, statistics and a concordance, while its passes over all
articles go on in the background. After each of these it is said how much memory the process has, the longest time that
a step of its UI thread took and computed itself, and by how much a tick of its event loop was late at most: that is
what workers, and other programs on the machine, cost. `--where` names what was under way in steps over 5 ms.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pexpect

from tests.benchmarks.bench_find import memory
from tests.benchmarks.libraries import PAPERS, milliseconds
from tui.library.annotations import Change
from tui.library.catalog import Catalog
from tui.library.library import Library
from tui.model import Reading

_READY = 60  # seconds
_DEEDS: tuple[tuple[str, tuple[str, ...], float], ...] = (
    ("at rest", (), 5.0),
    ("down, down", ("j",) * 20, 0.1),
    ("screens down", ("\x06",) * 10, 0.2),
    ("last, first", ("G", "g", "G", "g"), 0.7),
    ("typing", ("/", "渡", "口", "\x7f", "\x7f", "一", "天", "\x7f", "\x7f", "x", "z", "s", "h"), 0.5),
    ("ranked", ("\x15", "的", "\r"), 3.0),
    ("in it", ("j", "j", "\x06", "\x06", "G", "g"), 0.5),
    ("fold", ("z", "z"), 4.0),
    ("cleared", ("/", "\x15", "\r"), 2.0),
    ("reading", ("\r", "j", "j", "\x06", "\x1b", "j", "\r", "\x1b"), 0.5),
    ("star, undo", ("s", "u", "s", "u"), 0.7),
    ("facets", ("f", "j", "j", "\x1b"), 4.0),
    ("statistics", ("%", "\x1b"), 12.0),
    ("concordance", ("/", "渡", "口", "\r", "X", "j", "j", "G", "\x1b", "/", "\x15", "\r"), 2.0),
)


@dataclass(slots=True)
class _Program:
    """The program in a terminal."""

    child: Any
    report: Path
    where: bool

    def do(self, name: str, keys: tuple[str, ...], seconds: float) -> None:
        """Send keys, each some seconds after the other, and say what came of it."""
        began = time.time()
        for key in keys or ("",):
            self.child.send(key)
            self._wait(seconds)
        noted = [json.loads(line) for line in self.report.read_text("utf-8").splitlines()]
        noted = [one for one in noted if one["at"] >= began]
        steps = [one for one in noted if one["what"] == "step"]
        took, own, late = (
            max((one[key] for one in some), default=0.0)
            for some, key in ((steps, "ms"), (steps, "own"), ([one for one in noted if one["what"] == "late"], "ms"))
        )
        print(
            f"  {name:14} {memory(self.child.pid):6.1f} MB   step {took:6.1f} ms, own {own:6.1f} ms,"
            f" {len(steps):3} over 5   tick late {late:6.1f} ms",
            flush=True,
        )
        if self.where:
            for one in sorted(steps, key=lambda one: -one["own"])[:4]:
                print(f"      {one['ms']:6.1f} {one['own']:6.1f}  {one['where']}", flush=True)

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                self.child.read_nonblocking(1 << 16, timeout=left)
            except pexpect.TIMEOUT:
                return


def begin(folder: Path, wanted: str, home: str, *module: str) -> tuple[Any, float]:
    """Begin the program, and say how many seconds it took until `wanted` was on the screen."""
    places = {f"XDG_{kind}_HOME": f"{home}/{kind}" for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    environment = {**os.environ, **places, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    command = ["-m", *(module or ("tui",)), os.fspath(folder)]
    child = pexpect.spawn(sys.executable, command, env=environment, dimensions=(40, 140), timeout=_READY)
    child.delaybeforesend = None
    if child.expect_exact([b"\x1b[6n", wanted.encode()]) == 0:
        child.send(b"\x1b[1;2R")
        child.expect_exact(wanted.encode())
    return child, time.perf_counter() - began


def session(folder: Path, wanted: str, passes: float, *, where: bool) -> None:
    """One long use of the program."""
    with tempfile.TemporaryDirectory() as home:
        report = Path(home) / "report"
        child, _seconds = begin(folder, wanted, home, "tests.benchmarks.watched", os.fspath(report))
        try:
            running = _Program(child, report, where)
            for name, keys, seconds in _DEEDS:
                running.do(name, keys, seconds)
            if passes:
                running.do("passes", ("j",) * int(passes), 1.0)
        finally:
            child.close(force=True)


def updating(folder: Path) -> None:
    """The update with nothing to do, and with one page that has come."""
    with tempfile.TemporaryDirectory() as data, Library(folder, Path(data)) as library, library.catalog() as catalog:
        library.update(catalog)
        nothing = milliseconds(partial(library.update, catalog), 5)
        page = folder / f"{PAPERS[0]}-2025-12-30-91.txt"
        added, gone = [], []
        for _number in range(5):
            page.write_text("渡口又有了船\n本报记者 佟听\n" + "　　摆渡的人说，船是新的。\n" * 70, "utf-8")
            os.utime(page, (1, 1))
            added.append(milliseconds(partial(library.update, catalog), 1))
            page.unlink()
            gone.append(milliseconds(partial(library.update, catalog), 1))
        print(
            f"  update: nothing to do {nothing:6.1f} ms, a page came {statistics.median(added):6.1f} ms,"
            f" went {statistics.median(gone):6.1f} ms",
            flush=True,
        )
        row = catalog.rows(catalog.first(None, 1))[0]
        star = Reading(row.page, row.start, starred=True)
        taken = [milliseconds(partial(lambda: library.apply(library.apply(Change("", (star,))))), 1) for _ in range(10)]
        print(f"  a star and its undoing {statistics.median(taken):6.1f} ms", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--passes", type=float, default=0.0, help="go on for so many seconds, with a key each")
    parser.add_argument("--where", action="store_true", help="name what was under way in long steps")
    parser.add_argument("--only", choices=("open", "update", "session"), help="only that")
    chosen = parser.parse_args()
    for folder in chosen.folders:
        with Catalog(folder / ".jianbao" / "catalog.sqlite") as catalog:
            count = catalog.count()
            (row,) = catalog.rows(catalog.first(None, 1))
        wanted = row.title[:6]
        print(f"{folder}: {count} articles", flush=True)
        if chosen.only in {None, "update"}:
            updating(folder)
        if chosen.only in {None, "open"}:
            opened = []
            for _time in range(7):
                with tempfile.TemporaryDirectory() as home:
                    child, seconds = begin(folder, wanted, home)
                    opened.append((seconds, memory(child.pid)))
                    child.close(force=True)
            seconds, first = (statistics.median(column) for column in zip(*opened, strict=True))
            print(f"  first frame {seconds:6.3f} s, {first:6.1f} MB", flush=True)
        if chosen.only in {None, "session"}:
            session(folder, wanted, chosen.passes, where=chosen.where)


if __name__ == "__main__":
    main()
