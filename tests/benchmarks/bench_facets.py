"""How fast the facets of articles are counted: of three tenths of them, here and there, and of all.

    python -m tests.benchmarks.bench_facets [ARTICLES]

Pages of ten articles and of one (as the lines of a digital edition are), their numbers in the order of days or mixed.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import tempfile
import time
from array import array
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from tui.library import facets, schema

AUTHORS, COLUMNS, PAPERS, DAYS = 20_000, 60, 10, 3650


def fill(connection: sqlite3.Connection, articles: int, on_a_page: int, *, mixed: bool) -> None:
    """Make the rows of pages and of what is said of their articles."""
    chance = random.Random(1)
    first_day = date(2015, 1, 1)
    places = [
        ((first_day + timedelta(chance.randrange(DAYS))).isoformat(), f"报纸{chance.randrange(PAPERS)}")
        for _ in range(articles // on_a_page)
    ]
    if not mixed:
        places.sort(reverse=True)
    columns = (
        "path, paper, date, first, articles, mtime_ns, size, digest, parser, mends, problem, number, section, encoding,"
        " place, source, line"
    )
    known = {name for _n, name, *_rest in connection.execute("PRAGMA table_info(page)")}
    more = ", made" if "made" in known else ""
    with schema.transaction(connection):
        connection.executemany(
            f"INSERT INTO page ({columns}{more}) VALUES (?, ?, ?, ?, ?, 0, 0, x'', 1, x'', '', '1', '', 'utf-8', '1',"
            f" '', 0{', 0' if more else ''})",
            (
                (f"{place}.txt", paper, day, place * on_a_page + 1, on_a_page)
                for place, (day, paper) in enumerate(places)
            ),
        )
        names = [("author", f"记者{number}") for number in range(AUTHORS)]
        names += [("column", f"栏目{number}") for number in range(COLUMNS)]
        connection.executemany("INSERT INTO facet_value (field, name) VALUES (?, ?)", names)
        connection.executemany("INSERT INTO facet VALUES (?, ?)", _said(articles, chance))


def _said(articles: int, chance: random.Random) -> Iterator[tuple[int, int]]:
    weights = list(accumulate(1 / rank for rank in range(1, AUTHORS + 1)))
    authors = chance.choices(range(1, AUTHORS + 1), cum_weights=weights, k=articles)
    for number, author in enumerate(authors, 1):
        yield number, author
        if chance.random() < 0.3:
            yield number, AUTHORS + 1 + chance.randrange(COLUMNS)


def taken(what: Callable[[], object]) -> float:
    """Milliseconds of the better of two times."""
    times = []
    for _ in range(2):
        begun = time.perf_counter()
        what()
        times.append((time.perf_counter() - begun) * 1000)
    return min(times)


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int, nargs="?", default=1_000_000)
    articles = parser.parse_args().articles
    print(f"{'':34}{'papers, days':>16}{'authors, columns':>20}")
    for on_a_page, mixed in ((10, False), (10, True), (1, False), (1, True)):
        with tempfile.TemporaryDirectory() as folder:
            connection = schema.connect(Path(folder) / "catalog.sqlite")
            fill(connection, articles, on_a_page, mixed=mixed)
            some = array("q", sorted(random.Random(2).sample(range(1, articles + 1), articles * 3 // 10)))
            for label, ids in (("of 3/10", some), ("of all", None)):
                pages = taken(lambda db=connection, ids=ids: facets.count_pages(db, ids, lambda: False))  # type: ignore[misc]
                said = taken(lambda db=connection, ids=ids: facets.count_said(db, ids, lambda: False))  # type: ignore[misc]
                where = f"{on_a_page} a page, {'mixed' if mixed else 'by day'}, {label}"
                print(f"{where:34}{pages:13.0f} ms{said:17.0f} ms")
            connection.close()
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
