"""How long a commit and an opening take at N annotations of about 0.9 kB, beside TinyDB's default storage.

    python -m tests.benchmarks.bench_store [N …]

The commits are made in a thread, as the screen makes them, while the main thread ticks: the longest time it was held up
is shown for the commits alone, and for commits during which the file and its journal are made one.
"""

from __future__ import annotations

import gc
import json
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from tinydb import TinyDB
from tinydb.table import Document

from tests.benchmarks.libraries import milliseconds
from tui.library.annotations import Annotations, Change, new_id
from tui.library.rows import to_row
from tui.library.snapshot import chunks, text_of
from tui.model import Annotation, Scope, Span

COMMITS = 300
TICK = 0.001


@cache
def _text() -> str:
    chance = random.Random(2)
    return "".join(chr(0x4E00 + chance.randrange(3500)) for _ in range(20_000))


def made_up(count: int) -> Iterator[Annotation]:
    chance, text = random.Random(1), _text()
    for number in range(count):
        at = chance.randrange(19_000)
        quote, rest = text[at : at + 20], text[at + 20 : at + 130]
        day, paper = number // 10 % 28 + 1, number // 3360 + 1
        page = f"2024-{number // 280 % 12 + 1:02}-{day:02}/晚报-{paper:02}.txt"
        note, time_made = rest[64:], "2024-01-25T08:00:00Z"
        yield Annotation(
            new_id(),
            page,
            Scope.SPAN,
            (Span(at, at + 20),),
            quote,
            rest[:32],
            rest[32:64],
            note,
            ("政策", "民生"),
            created=time_made,
            modified=time_made,
        )


def make(path: Path, count: int) -> None:
    rows = {str(number): text_of(to_row(made)) for number, made in enumerate(made_up(count), 1)}
    with path.open("wb") as file:
        file.writelines(chunks({"annotations": rows}))


def of(taken: list[float]) -> str:
    taken = sorted(taken)
    return f"p50 {statistics.median(taken) * 1000:8.2f} ms  p95 {taken[int(len(taken) * 0.95)] * 1000:8.2f} ms"


def held_up(work: Callable[[], object]) -> float:
    """The longest time, in milliseconds, that this thread was not let run while another did `work`."""
    thread = threading.Thread(target=work)
    longest, before = 0.0, time.perf_counter()
    thread.start()
    while thread.is_alive():
        time.sleep(TICK)
        now = time.perf_counter()
        longest, before = max(longest, now - before - TICK), now
    return longest * 1000


def opening(path: Path) -> float:
    """Milliseconds, in a process of its own, as every opening is; the median of five."""
    program = (
        "import gc, sys, time; gc.disable(); from pathlib import Path; from tui.library.annotations import Annotations;"
        "start = time.perf_counter(); Annotations(Path(sys.argv[1])); print(time.perf_counter() - start)"
    )
    command = [sys.executable, "-c", program, str(path)]
    taken = [float(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(5)]
    return statistics.median(taken) * 1000


def ours(path: Path, count: int) -> None:
    print(f"{count:7} ours      open {opening(path):8.1f} ms", end="  ")
    store = Annotations(path)
    gc.collect()
    time.sleep(0.1)
    taken: list[float] = []

    def commit(times: int) -> None:
        for made in made_up(times):
            start = time.perf_counter()
            store.apply(Change("", (made,)))
            taken.append(time.perf_counter() - start)

    longest = held_up(lambda: commit(COMMITS))
    print(f"commit {of(taken)}  held up {longest:5.1f} ms")
    taken.clear()
    start = time.perf_counter()

    def compacting() -> None:
        store.compact_soon()
        while store._compacting is not None and store._compacting.is_alive():
            commit(1)

    longest = held_up(compacting)
    lasted = (time.perf_counter() - start) * 1000
    print(f"{'':7} compacting for {lasted:7.1f} ms{'':6}commit {of(taken)}  held up {longest:5.1f} ms")
    print(f"{'':7} closing {milliseconds(store.close, 1):14.1f} ms")


def default(path: Path, count: int) -> None:
    start = time.perf_counter()
    table = TinyDB(path, encoding="utf-8", ensure_ascii=False).table("annotations")
    len(table)
    opened = (time.perf_counter() - start) * 1000
    taken = []
    for number, made in enumerate(made_up(3 if count > 50_000 else 20)):
        start = time.perf_counter()
        table.insert(Document(to_row(made), count + 10 + number))
        taken.append(time.perf_counter() - start)
    print(f"{count:7} default   open {opened:8.1f} ms  commit {of(taken)}")
    assert len(json.loads(path.read_bytes())["annotations"]) > count


def main(counts: list[int]) -> None:
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="jianbao-bench-") as folder:
            path = Path(folder) / "annotations.json"
            make(path, count)
            default_path = path.with_name("default.json")
            default_path.write_bytes(path.read_bytes())
            ours(path, count)
            default(default_path, count)


if __name__ == "__main__":
    main([int(given) for given in sys.argv[1:]] or [100, 10_000, 100_000])
