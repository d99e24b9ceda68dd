"""How fast pages become articles, and what memory that takes.

    python -m tests.benchmarks.bench_parse [PAGES]

Parses the sample pages again and again until 10,000 (or PAGES) are done, on one core, and prints megabytes of UTF-8 a
second and the peak of resident memory; exits with 1 below the budget of 2 MB a second.
"""

from __future__ import annotations

import resource
import sys
from itertools import cycle, islice
from time import perf_counter

from tests.conftest import CORPUS
from tui.pages.decode import decode
from tui.pages.parse import parse

BUDGET = 2.0  # MB/s
PAGES = 10_000


def main(count: int) -> int:
    """Measure and print; 0 where the budget holds."""
    paths = sorted(path for kind in ("*.txt", "*.md") for path in CORPUS.rglob(kind) if path.name != "README.md")
    texts = [decode(path.read_bytes()).text for path in paths]
    for text in texts:
        parse(text)
    articles = size = 0
    before = perf_counter()
    for text in islice(cycle(texts), count):
        articles += len(parse(text).articles)
    taken = perf_counter() - before
    size = sum(len(text.encode()) for text in islice(cycle(texts), count))
    speed = size / taken / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count} pages, {articles} articles, {size / 1e6:.1f} MB in {taken:.1f} s")
    print(f"{speed:.2f} MB/s (budget {BUDGET}), {taken / count * 1000:.2f} ms a page, peak memory {peak:.0f} MB")
    return 0 if speed >= BUDGET else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else PAGES))
