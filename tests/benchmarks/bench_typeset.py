"""How long 3,000 characters take to set, beside Rich's own wrapping in the same run.

    python -m tests.benchmarks.bench_typeset

Prints medians in milliseconds; exits with 1 where setting takes more than its budget of 2 ms, words not known.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from rich.console import Console
from rich.text import Text

from tests.conftest import CORPUS
from tui.pages.decode import decode
from tui.search.words import word_ranges
from tui.typeset import set_paragraph
from tui.units import sentences

BUDGET = 2.0
CHARACTERS = 3_000
WIDTH = 80


def milliseconds(work: Callable[[], object], runs: int = 40) -> float:
    """The median time of `work`, after one run that fills the tables."""
    work()
    taken = []
    for _ in range(runs):
        before = perf_counter()
        work()
        taken.append(perf_counter() - before)
    return median(taken) * 1000


def sample(folder: Path) -> str:
    """The text of the sample pages without white space, as often as it takes to fill the measure."""
    text = "".join("".join(decode(path.read_bytes()).text.split()) for path in sorted(folder.rglob("*.txt")))
    return (text * (CHARACTERS // len(text) + 1))[:CHARACTERS]


def main() -> int:
    """Measure and print; 0 where the budget holds."""
    text = sample(CORPUS)
    starts = [start for start, _ in word_ranges(text)]
    console = Console(width=WIDTH)
    ours = milliseconds(lambda: set_paragraph(text, WIDTH))
    figures = {
        f"set at {WIDTH} cells": ours,
        "the same, words known": milliseconds(lambda: set_paragraph(text, WIDTH, word_starts=starts)),
        "set at 40 cells": milliseconds(lambda: set_paragraph(text, 40)),
        f"Rich wraps at {WIDTH} cells": milliseconds(lambda: Text(text).wrap(console, WIDTH)),
        "sentences": milliseconds(lambda: sentences(text)),
    }
    for name, figure in figures.items():
        print(f"{name:28} {figure:6.2f} ms")
    return int(ours > BUDGET)


if __name__ == "__main__":
    sys.exit(main())
