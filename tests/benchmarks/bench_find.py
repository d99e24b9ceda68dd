"""Finding in synthetic libraries of any size, beside `in` over a list, ripgrep over the files, and a plain scan.

    python -m tests.benchmarks.bench_find [ARTICLES …] [--at FOLDER] [--queries N] [--pages]

Makes each library in FOLDER unless it is there (`tests.benchmarks.libraries`), builds its catalog anew (`--keep` keeps
one that is there), and prints: how long building takes; recall and precision of N queries (200) of each length from 1
to 6 characters against a scan of all texts; how long the first screen, the count and all numbers take; what opening
costs in time and memory, in a terminal; what adding one page costs. By default for 1,000 and 100,000 articles.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pexpect

from tests.benchmarks.libraries import PAPERS, milliseconds, write_pages, write_records
from tui.library.catalog import Catalog
from tui.reading import reading_text
from tui.search.folding import searchable
from tui.search.nodes import And, Term
from tui.search.query import parse

SCREEN = 50  # articles
LENGTHS = range(1, 7)
_TIMED = 40  # queries of each length whose floors are timed, too


def figures(measured: list[float]) -> str:
    measured = sorted(measured)
    return f"{statistics.median(measured):9.2f} {measured[int(len(measured) * 0.95)]:9.2f} {measured[-1]:9.2f}"


def texts_of(catalog: Catalog) -> Iterator[tuple[int, str]]:
    """What is searched of all articles, folded."""
    for stored in catalog.stored(catalog.ids()):
        title = stored.article.title
        yield stored.row.id, searchable(f"{reading_text(stored.article, stored.page.text).text}\n{title}")


def needles(texts: list[str], number: int) -> dict[int, list[str]]:
    """Pieces of the texts, drawn by chance, and for each length a tenth of what may not be there at all."""
    chance = random.Random(7)
    found: dict[int, list[str]] = {}
    for length in LENGTHS:
        drawn: dict[str, None] = {}
        while len(drawn) < number:
            text = chance.choice(texts)
            at = chance.randrange(max(len(text) - length, 1))
            piece = text[at : at + length]
            if chance.random() < 0.1:
                piece = "".join(chance.sample(text, length))
            if "\n" not in piece and " " not in piece:
                drawn[piece] = None
        found[length] = list(drawn)
    return found


def build(folder: Path, file: Path) -> None:
    start = time.perf_counter()
    with Catalog(file) as catalog:
        catalog.update(folder)
        seconds = time.perf_counter() - start
        size = sum(part.stat().st_size for part in file.parent.iterdir() if part.is_file())
        print(
            f"  build {seconds:.1f} s for {catalog.count()} articles; the catalog has {size / 1e6:.0f} MB", flush=True
        )


def search(file: Path, folder: Path, number: int) -> None:
    with Catalog(file) as catalog:
        entries = list(texts_of(catalog))
        texts = [text for _number, text in entries]
        asked = needles(texts, number)
        wrong = missed = 0
        times: dict[str, list[float]] = {name: [] for name in ("first screen", "count", "all numbers", "in", "ripgrep")}
        for length, some in asked.items():
            for place, needle in enumerate(some):
                query = And((Term(needle),))
                times["first screen"].append(milliseconds(partial(catalog.first, query, SCREEN), 1))
                times["count"].append(milliseconds(partial(catalog.count, query), 1))
                times["all numbers"].append(milliseconds(partial(catalog.ids, query), 1))
                start = time.perf_counter()
                wanted = {entry for entry, text in entries if needle in text}
                taken = (time.perf_counter() - start) * 1000
                found = catalog.ids(query)
                assert list(catalog.first(query, SCREEN)) == list(found[:SCREEN]), needle
                assert catalog.count(query) == len(found), needle
                missed += len(wanted - set(found))
                wrong += len(set(found) - wanted)
                if place < _TIMED:
                    times["in"].append(taken)
                if place < max(_TIMED // 10, 1) and shutil.which("rg"):
                    command = ["rg", "--count", "--fixed-strings", "--", needle, os.fspath(folder)]
                    times["ripgrep"].append(milliseconds(partial(subprocess.run, command, capture_output=True), 1))
            print(f"  length {length}: {len(some)} queries, {missed} missed, {wrong} wrong so far", flush=True)
    print(f"  {'ms':14} {'median':>9} {'95 %':>9} {'longest':>9}")
    for name, measured in times.items():
        if measured:
            print(f"  {name:14} {figures(measured)}")


def kinds(file: Path) -> None:
    """Queries of other kinds: the first screen, and all of them ranked; of initials and expressions all."""
    with Catalog(file) as catalog:
        for typed in ("渡口 -桥", '"一天" OR 航标', "date:2025-03 paper:柳塘", "渡口 title:人 is:doubtful"):
            query = parse(typed)
            first = milliseconds(partial(catalog.first, query, SCREEN))
            ranked = milliseconds(partial(catalog.ranked, query), 1)
            print(f"  {typed:28} {first:9.2f} ms, {ranked:9.1f} ms for all {catalog.count(query)} ranked")
        for typed in ("near:10(航标 红色)", "/航标.{1,3}灯/"):
            query = parse(typed)
            first = milliseconds(partial(catalog.first, query, SCREEN), 1)
            print(f"  {typed:28} {first:9.2f} ms, {milliseconds(partial(catalog.ids, query), 1):9.1f} ms for all")
        for typed in ("hbd", "hsdhb", "gbdsyyd"):
            query = parse(typed)
            taken = milliseconds(partial(catalog.by_initials, query), 1)
            print(f"  {typed:28} {taken:9.1f} ms for all {len(catalog.by_initials(query))} by initials")


def opening(folder: Path, wanted: str) -> tuple[float, float, float]:
    """Seconds to the first frame with articles, and MB then and after some searching."""
    with tempfile.TemporaryDirectory() as home:
        places = {f"XDG_{kind}_HOME": f"{home}/{kind}" for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
        outside = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment = {**outside, **places, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        began = time.perf_counter()
        child = pexpect.spawn(
            sys.executable, ["-m", "tui", os.fspath(folder)], env=environment, dimensions=(40, 140), timeout=120
        )
        child.delaybeforesend = None
        try:
            if child.expect_exact([b"\x1b[6n", wanted.encode()]) == 0:
                child.send(b"\x1b[1;2R")
                child.expect_exact(wanted.encode())
            seconds = time.perf_counter() - began
            first = memory(child.pid)
            time.sleep(6)
            for typed in ("/", "渡", "口", "\x7f", "\x7f", "航", "标", "\r", "j", "j"):
                child.send(typed)
                time.sleep(0.7)
                while True:
                    try:
                        child.read_nonblocking(1 << 16, timeout=0.1)
                    except pexpect.TIMEOUT:
                        break
            return seconds, first, memory(child.pid)
        finally:
            child.close(force=True)


def memory(pid: int) -> float:
    """A process's resident memory, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def add_page(folder: Path, file: Path) -> None:
    times = []
    with Catalog(file) as catalog:
        catalog.update(folder)
        for number in range(5):
            page = folder / f"{PAPERS[0]}-2025-12-3{number % 2}-9{number}.txt"
            page.write_text("渡口又有了船\n本报记者 佟听\n" + "　　摆渡的人说，船是新的。\n" * 70, "utf-8")
            os.utime(page, (1, 1))
            times.append(milliseconds(partial(catalog.update, folder), 1))
            page.unlink()
            catalog.update(folder)
    print(f"  adding one page: {statistics.median(times):.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("articles", nargs="*", type=int, default=[1_000, 100_000])
    parser.add_argument("--at", type=Path, default=Path(tempfile.gettempdir()) / "jianbao-libraries")
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--pages", action="store_true", help="page files rather than files of records")
    parser.add_argument("--keep", action="store_true", help="a catalog that is there")
    chosen = parser.parse_args()
    opened: dict[int, list[tuple[float, float, float]]] = {}
    for articles in chosen.articles:
        folder = chosen.at / f"{articles}{'-pages' if chosen.pages else ''}"
        file = folder / ".jianbao" / "catalog.sqlite"
        if not folder.exists():
            (write_pages if chosen.pages else write_records)(folder, articles)
        print(f"{articles} articles{' on pages' if chosen.pages else ''}", flush=True)
        if not (chosen.keep and file.exists()):
            shutil.rmtree(file.parent, ignore_errors=True)
            build(folder, file)
        if chosen.queries:
            search(file, folder, chosen.queries)
        kinds(file)
        add_page(folder, file)
        with Catalog(file) as catalog:
            (row,) = catalog.rows(catalog.first(None, 1))
        opened[articles] = [opening(folder, row.title[:6]) for _ in range(3)]
    print("opening, medians of 3")
    for articles, measured in opened.items():
        seconds, first, after = (statistics.median(column) for column in zip(*measured, strict=True))
        print(f"  {articles:9} {seconds:6.3f} s to the first frame  {first:6.1f} MB, after searching {after:6.1f} MB")


if __name__ == "__main__":
    main()
