"""The program, with its UI thread watched: what holds it up for longer than some milliseconds, and where.

    python -m tests.benchmarks.watched REPORT FOLDER

REPORT gets a line of JSON for each step of the event loop that took longer than 5 ms and for each tick that came later
than that: when, what, how long by the clock, how long it computed itself, and where it was meanwhile.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tui.cli import main as program

LONG = 0.005  # seconds
_TICK = 0.002


class _Watch:
    def __init__(self, report: Path) -> None:
        self._file = report.open("w", encoding="utf-8", buffering=1)
        self._began = 0.0
        self._where = ""
        self._main = threading.main_thread().ident or 0
        self._ticking: asyncio.Task[None] | None = None
        threading.Thread(target=self._look, daemon=True).start()

    def step(self, run: Callable[[Any], None], handle: Any) -> None:
        if self._ticking is None:
            self._ticking = asyncio.get_running_loop().create_task(self.tick())
        own = time.thread_time()
        self._where, self._began = "", time.perf_counter()
        run(handle)
        took, self._began = time.perf_counter() - self._began, 0.0
        if took > LONG:
            self.tell("step", took, time.thread_time() - own, self._where or repr(handle)[:200])

    def tell(self, what: str, took: float, own: float, where: str) -> None:
        line = {"at": time.time(), "what": what, "ms": took * 1000, "own": own * 1000, "where": where}
        self._file.write(json.dumps(line) + "\n")

    async def tick(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(_TICK)
            late = time.perf_counter() - before - _TICK
            if late > LONG:
                self.tell("late", late, 0.0, "")

    def _look(self) -> None:
        """Note once where a long step is."""
        while True:
            time.sleep(_TICK)
            began = self._began
            if began and not self._where and time.perf_counter() - began > LONG:
                frame = sys._current_frames().get(self._main)
                lines = [
                    f"{one.filename.rpartition('/')[2]}:{one.lineno} {one.name}"
                    for one in traceback.extract_stack(frame)
                ]
                self._where = " < ".join(reversed([line for line in lines if "asyncio" not in line][-9:]))


def main() -> int:
    watch = _Watch(Path(sys.argv[1]))
    run = asyncio.Handle._run
    asyncio.Handle._run = lambda handle: watch.step(run, handle)  # type: ignore[method-assign, assignment]
    return program(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
