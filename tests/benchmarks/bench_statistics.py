"""How long each view of the statistics takes, beside the floor: a plain Counter over the words of all texts in memory.

    python -m tests.benchmarks.bench_statistics [ARTICLES] [--pages PAGES]

The articles are those of `libraries`. The last part counts by day and paper what stands on a table of so many pages,
a third of their articles found, as in a library of a million.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import tempfile
import time
from array import array
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tests.benchmarks.libraries import made_up, words_to_find, write_records
from tui.library import spread
from tui.library.catalog import Catalog
from tui.library.census import census
from tui.library.statistics import count_words, others, sample_size
from tui.search import tally, words
from tui.search.folding import searchable
from tui.search.query import parse
from tui.ui import statistics
from tui.ui.statistics import Options

Result = TypeVar("Result")


def timed(what: str, run: Callable[[], Result]) -> Result:
    start = time.perf_counter()
    result = run()
    print(f"{what:52}{time.perf_counter() - start:9.3f} s")
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("articles", nargs="?", type=int, default=20_000)
    parser.add_argument("--pages", type=int, default=1_000_000)
    chosen = parser.parse_args()
    timed("loading the segmenter", words.load)
    texts = list(made_up(chosen.articles))
    with tempfile.TemporaryDirectory() as name:
        write_records(Path(name), chosen.articles)
        with Catalog(Path(name) / ".jianbao" / "catalog.sqlite") as catalog:
            catalog.update(Path(name))
            for what, word in words_to_find([searchable(text) for text in texts[:1000]]).items():
                if what in {"a frequent word", "a rare word"}:
                    views(catalog, what, word)
    print()
    floor(texts)
    print()
    many_pages(chosen.pages)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'memory at most, with all texts for the floor':52}{memory:9.0f} MB")


def views(catalog: Catalog, what: str, word: str) -> None:
    query = parse(word)
    found = catalog.ids(query)
    print(f"\n{what}: {len(found)} of {catalog.count()} articles, samples of {sample_size()}")
    shares = timed("the census", lambda: catalog.ask(census, found))
    options = Options(spread.usual_grain(shares))
    timed("over time", lambda: statistics.over_time(shares, options))
    timed("by paper", lambda: statistics.by_paper(shares, options))
    rest = timed("all others", lambda: others(catalog.ids(), found))
    batches = count_words(catalog, query, found, rest, size=sample_size())
    counted = timed("words counted, first result", lambda: next(batches))
    counted = timed("words counted, all the rest", lambda: [counted, *batches])[-1]
    print(f"{'':52}{counted.here.texts:9} and {counted.there.texts} articles, {counted.here.hits} hits")
    timed("collocates", lambda: statistics.collocates(counted, options))
    timed("key words", lambda: statistics.keyness(counted, options))
    print(f"{'collocates in all':52}{len(tally.collocates(counted)):9}")


def floor(texts: list[str]) -> None:
    def count() -> Counter[str]:
        found: Counter[str] = Counter()
        for text in texts:
            found.update(words.tokens(text))
        return found

    timed(f"a plain Counter over all {len(texts)} texts", count)


def many_pages(pages: int) -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE page (first INTEGER, articles INTEGER, date TEXT, paper TEXT)")
    connection.execute("CREATE INDEX newest ON page (date DESC, paper, first, articles)")
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO page VALUES (?, 1, ?, ?)",
        (
            (number + 1, f"{2024 - number * 25 // pages}-{number % 12 + 1:02}-{number % 28 + 1:02}", f"{number % 8}报")
            for number in range(pages)
        ),
    )
    connection.execute("COMMIT")
    everything = array("q", range(1, pages + 1))
    found = array("q", sorted(random.Random(1).sample(range(1, pages + 1), pages * 3 // 10)))
    shares = timed(f"the census of {len(found)} among {pages}, one a page", lambda: census(connection, found))
    timed("over time, by day", lambda: spread.over_time(shares, spread.Grain.DAY))
    timed("by paper", lambda: spread.by_paper(shares))
    timed("all others", lambda: others(everything, found))


if __name__ == "__main__":
    main()
