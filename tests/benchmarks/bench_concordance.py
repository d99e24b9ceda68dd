"""How fast a concordance comes, beside the floor: `re.finditer` over all texts, held in memory and folded before.

    python -m tests.benchmarks.bench_concordance [ARTICLES]

The articles are those of `libraries`, made up; the parser is left out.
"""

from __future__ import annotations

import argparse
import re
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.libraries import made_up, milliseconds, words_to_find, write_records
from tui.library.catalog import Catalog
from tui.library.concordances import Draw, Tally, gather
from tui.search.aligning import aligned
from tui.search.concordance import CONTEXT, By, Line, sorted_lines
from tui.search.folding import searchable
from tui.search.query import parse
from tui.ui.concordance import Order, arranged

SCREEN = 40  # lines
EVERYTHING = Draw(articles=10**9, lines=10**9)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("articles", nargs="?", type=int, default=20_000)
    articles = parser.parse_args().articles
    texts = list(made_up(articles))
    folded = [searchable(text) for text in texts]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / ".jianbao" / "catalog.sqlite"
        write_records(folder, articles)
        with Catalog(file) as catalog:
            catalog.update(folder)
        print(f"{articles} articles; milliseconds until the first {SCREEN} lines, and all of them, are there\n")
        print(
            f"{'':18}{'articles':>10}{'first':>8}{'sample':>9}{'lines':>8}{'all':>10}{'lines':>9}{'finditer':>10}{'hits':>9}"
        )
        for what in ("a frequent word", "one character", "a rare word"):
            compare(file, what, words_to_find(folded)[what], folded)
    print(f"\n{'memory at most, with all texts':44}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


def compare(file: Path, what: str, word: str, folded: list[str]) -> None:
    with Catalog(file) as catalog:
        catalog.ids()  # the screen has asked for them long since
        first = milliseconds(lambda: read(catalog, word, Draw(), SCREEN))
        tally, sampled = read(catalog, word, Draw())
        sample = milliseconds(lambda: read(catalog, word, Draw()), 3)
        start = time.perf_counter()
        _, lines = read(catalog, word, EVERYTHING)
        taken = (time.perf_counter() - start) * 1000
    start = time.perf_counter()
    found = list(naive(word, folded))
    floor = (time.perf_counter() - start) * 1000
    print(
        f"{what:18}{tally.articles:10}{first:8.1f}{sample:9.0f}{len(sampled):8}{taken:10.0f}{len(lines):9}"
        f"{floor:10.0f}{len(found):9}"
    )
    for by in By:
        ordered = milliseconds(lambda by=by: arranged(sampled, Order(by), ""), 3)  # type: ignore[misc]
        every = milliseconds(lambda by=by: sorted_lines(lines, by), 1)  # type: ignore[misc]
        print(f"    sorted by {by:10}{'the sample':>20}{ordered:10.1f}{'all':>14}{every:10.0f}")
    shown = milliseconds(lambda: [aligned(line, 60, 60) for line in lines[:SCREEN]])
    print(f"    a screen of {SCREEN} lines set{shown:26.2f}")


def read(catalog: Catalog, word: str, draw: Draw, most: int = 10**9) -> tuple[Tally, list[Line]]:
    query, lines = parse(word), list[Line]()
    tally = Tally(0, 0)
    for now, found in gather(catalog, catalog.ids(query), query, draw):
        tally = now
        lines += found
        if len(lines) >= most:
            break
    return tally, lines


def naive(word: str, folded: list[str]) -> Iterator[tuple[str, str, str]]:
    """What one writes first: every hit with its contexts, over all texts."""
    for text in folded:
        for found in re.finditer(re.escape(word), text):
            start, end = found.span()
            yield text[max(start - CONTEXT, 0) : start], found[0], text[end : end + CONTEXT]


if __name__ == "__main__":
    main()
