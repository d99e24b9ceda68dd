"""How well passages are found again on pages that have changed, beside the Hypothesis client's way.

    python -m tests.library.eval_anchors [N] [--calibrate]

N is the number of cases, 2200 without it. The pages are those of `corpus/` and, where they are there, the real ones.
`--calibrate` makes other cases, by another seed, and tries thresholds on them; what is reported was not calibrated on.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.conftest import CORPUS, SHARED
from tests.library.edits import KINDS, Case, Source, case, source
from tests.library.hypothesis_client import match_quote
from tui.library import placing
from tui.library.placing import Placement
from tui.model import Span, Status
from tui.pages.decode import decode

REPORTED, CALIBRATED = 20240125, 19361011
COLUMNS = ("right", "moved", "review", "orphan", "SILENT", "wrong")


def sources(*, real: bool = True) -> list[Source]:
    files = sorted(CORPUS.rglob("*.txt"))
    if real and SHARED.is_dir():
        files += sorted((SHARED / "pages").glob("*.txt"))
    return [source(decode(file.read_bytes()).text) for file in files]


def cases(count: int, seed: int, pages: list[Source]) -> Iterator[Case]:
    rng = random.Random(seed)
    kinds = list(KINDS)
    for number in range(count):
        yield case(kinds[number % len(kinds)], pages, rng)


def characters(page: str, spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(at for span in spans for at in range(span.start, span.end) if not page[at].isspace())


def hits(found: frozenset[int], truth: frozenset[int]) -> bool:
    """Whether the place is the true one: at most one character in five, or a single one, is too much or missing."""
    between = range(min(truth), max(truth) + 1) if truth else range(0)
    off = len([at for at in found ^ truth if at not in between])  # what was put in belongs to it or not, as you like
    return bool(truth & found) and off <= max(1, 0.2 * len(truth)) and 2 * len(truth & found) >= len(truth)


def verdict(one: Case, placed: Placement) -> str:
    """`right`: taken, and there it is; or it is gone, and nothing was taken."""
    found = characters(one.page, placed.spans) if placed.status in {Status.ANCHORED, Status.MOVED} else None
    if found is not None:
        return ("right" if placed.status is Status.ANCHORED else "moved") if hits(found, one.truth) else "SILENT"
    if not one.truth:
        return "right" if placed.status is Status.ORPHAN else "review"
    if placed.status is Status.ORPHAN:
        return "orphan"
    true = any(hits(characters(one.page, candidate.spans), one.truth) for candidate in placed.candidates)
    return "review" if true else "wrong"


def client(one: Case) -> str:
    """The same for the client, to which white space is shown as little as to us."""
    mine = one.mine
    places = [at for at, character in enumerate(one.page) if not character.isspace()]
    text = "".join(one.page[at] for at in places)
    hint = round(mine.spans[0].start * len(text) / len(one.page))
    quote, prefix, suffix = ("".join(part.split()) for part in (mine.exact, mine.prefix, mine.suffix))
    found = match_quote(text, quote, prefix, suffix, hint)
    if found is None:
        return "orphan" if one.truth else "right"
    return "moved" if hits(frozenset(places[found[0] : found[1]]), one.truth) else "SILENT"


@dataclass(frozen=True, slots=True)
class Row:
    """What became of the cases of one kind."""

    kind: str
    ours: Counter[str]
    theirs: Counter[str]


def evaluate(many: list[Case], *, compare: bool = True) -> tuple[list[Row], list[float], list[tuple[Case, Placement]]]:
    rows: dict[str, Row] = {}
    milliseconds: list[float] = []
    bad = []
    for one in many:
        row = rows.setdefault(one.kind, Row(one.kind, Counter(), Counter()))
        began = time.perf_counter()
        placed = placing.place(one.mine, one.page)
        milliseconds.append(1000 * (time.perf_counter() - began))
        said = verdict(one, placed)
        row.ours[said] += 1
        if said in {"SILENT", "wrong"}:
            bad.append((one, placed))
        if compare:
            row.theirs[client(one)] += 1
    return list(rows.values()), milliseconds, bad


def report(count: int) -> int:
    pages = sources()
    many = list(cases(count, REPORTED, pages))
    rows, milliseconds, _ = evaluate(many)
    print(f"{len(many)} cases on {len(pages)} pages\n")
    print(f"{'':34}" + "".join(f"{name:>8}" for name in COLUMNS) + "    client: right  orphan  SILENT")
    total = Row("all", Counter(), Counter())
    for row in rows:
        total.ours.update(row.ours)
        total.theirs.update(row.theirs)
    for row in (*rows, total):
        theirs = (row.theirs["right"] + row.theirs["moved"], row.theirs["orphan"], row.theirs["SILENT"])
        print(
            f"{row.kind:34}"
            + "".join(f"{row.ours[name]:8}" for name in COLUMNS)
            + f"{theirs[0]:17}{theirs[1]:8}{theirs[2]:8}"
        )
    wrong = total.ours["SILENT"] + total.ours["wrong"]
    print(f"\nwrong and silent {total.ours['SILENT']}, wrong in all {wrong} ({wrong / len(many):.1%})")
    print(
        f"ms each: median {statistics.median(milliseconds):.2f}, 95 % {sorted(milliseconds)[int(0.95 * len(many))]:.2f}"
    )
    return 1 if total.ours["SILENT"] or wrong > 0.01 * len(many) else 0


def calibrate(count: int) -> int:
    many = list(cases(count, CALIBRATED, sources()))
    print("moved  margin  review " + "".join(f"{name:>8}" for name in COLUMNS))
    for moved in (0.80, 0.85, 0.90):
        for margin in (0.05, 0.10):
            for review in (0.55, 0.60):
                placing.MOVED, placing.MARGIN, placing.REVIEW = moved, margin, review
                placing._known.clear()
                rows, _, _ = evaluate(many, compare=False)
                total: Counter[str] = sum((row.ours for row in rows), Counter())
                print(f"{moved:5} {margin:7} {review:7} " + "".join(f"{total[name]:8}" for name in COLUMNS))
    return 0


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    wanted = numbers[0] if numbers else 100 * len(KINDS)
    sys.exit(calibrate(wanted) if "--calibrate" in sys.argv else report(wanted))
