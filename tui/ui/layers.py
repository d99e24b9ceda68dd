"""What lies over the text on the screen: highlights, hits, the selection, the cursor, in this order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tui.units import Range


@dataclass(frozen=True, slots=True)
class Layer:
    """Ranges of a text that are drawn in one style, sorted by their start.

    Attributes:
        name: The style's name.
        ranges: Half-open, in offsets of the text.
        reach: For each range the furthest end of it and those before, so that the first that matters is found at once.
    """

    name: str
    ranges: tuple[Range, ...]
    reach: tuple[int, ...]

    def within(self, start: int, end: int) -> Iterator[Range]:
        """The parts of the ranges that lie in `[start, end)`."""
        for index in range(bisect_left(self.reach, start + 1), len(self.ranges)):
            first, last = self.ranges[index]
            if first >= end:
                return
            if last > start:
                yield max(first, start), min(last, end)


def layer(name: str, ranges: Sequence[Range]) -> Layer:
    """A layer of `ranges`, in any order."""
    ordered = tuple(sorted(ranges))
    reach, furthest = [], 0
    for _, end in ordered:
        furthest = max(furthest, end)
        reach.append(furthest)
    return Layer(name, ordered, tuple(reach))


def runs(start: int, end: int, layers: Sequence[Layer]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """`[start, end)` cut where a layer begins or ends: with the names of the layers over each, bottom first."""
    parts = [(part, over.name) for over in layers for part in over.within(start, end)]
    cuts = sorted({start, end, *(edge for part, _ in parts for edge in part)})
    for first, last in pairwise(cuts):
        yield first, last, tuple(name for part, name in parts if part[0] <= first and last <= part[1])
