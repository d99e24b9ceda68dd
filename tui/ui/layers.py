"""What lies over the text on the screen: highlights, hits, the selection, the cursor, in this order."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tui.units import Range

# A sign for each colour of a highlight, one cell in every terminal, so that colours differ where they can't be seen.
SIGNS = {"yellow": "✦", "green": "▴", "blue": "◊", "red": "✚", "purple": "▾", "orange": "◉"}
NOTE_SIGN = "✎"
MOVED_SIGN = "~"

DEEP = "mark-deep"  # where two or more highlights lie over each other
NEXT = "mark-next"  # where a border would not be seen, because what lies on both sides looks the same


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


def highlighted(marks: Sequence[tuple[str, Sequence[Range]]]) -> tuple[Layer, ...]:
    """The layers of highlights, bottom first, made so that every border between two pieces of them is seen.

    A piece has the colour of the topmost highlight over it, and `DEEP` where more lie below. Where two neighbours would
    look the same, the second one has `NEXT` too.

    Args:
        marks: The highlights, bottom first: colour and ranges.
    """
    found: defaultdict[str, list[Range]] = defaultdict(list)
    shown: tuple[str, bool, bool] | None = None
    shown_to = -1
    flat = [(colour, part) for colour, ranges in marks for part in ranges]
    for start, end, over in _pieces([part for _, part in flat]):
        looks = f"mark-{flat[max(over)][0]}", len(over) > 1
        is_next = shown_to == start and shown is not None and shown[:2] == looks and not shown[2]
        for name, applies in ((looks[0], True), (DEEP, looks[1]), (NEXT, is_next)):
            if applies:
                found[name].append((start, end))
        shown, shown_to = (*looks, is_next), end
    last = [name for name in (DEEP, NEXT) if name in found]
    return tuple(layer(name, found[name]) for name in [*sorted(found.keys() - set(last)), *last])


def _pieces(ranges: Sequence[Range]) -> Iterator[tuple[int, int, set[int]]]:
    """What at least one of the ranges covers, cut at every border, with the numbers of those over it."""
    begin: defaultdict[int, list[int]] = defaultdict(list)
    cease: defaultdict[int, list[int]] = defaultdict(list)
    for number, (start, end) in enumerate(ranges):
        if start < end:
            begin[start].append(number)
            cease[end].append(number)
    over: set[int] = set()
    for start, end in pairwise(sorted(begin.keys() | cease.keys())):
        over.difference_update(cease[start])
        over.update(begin[start])
        if over:
            yield start, end, over


@dataclass(frozen=True, slots=True, order=True)
class Sign:
    """What the margin shows where a highlight begins: its colour, and whether it has a note or has moved."""

    offset: int
    colour: str
    noted: bool
    moved: bool = False


def margin_signs(signs: Sequence[Sign], start: int, end: int, room: int) -> list[tuple[str, str]]:
    """The signs of the highlights that begin in `[start, end)`, as many as fit, each with its style's name.

    Args:
        signs: Those of the whole text, sorted.
        start: The line's first offset.
        end: The one behind its last.
        room: Cells; a sign takes one.
    """
    here = [sign for sign in signs if start <= sign.offset < end]
    shown = [(SIGNS[sign.colour], f"bar-{sign.colour}") for sign in here if sign.colour in SIGNS]
    more = [(NOTE_SIGN, "sign")] if any(sign.noted for sign in here) else []
    more += [(MOVED_SIGN, "sign")] if any(sign.moved for sign in here) else []
    more = more[-max(room - 1, 1) :]  # where both don't fit beside a colour, it is told that it has moved
    return [*shown[: max(room - len(more), 0)], *more] if room > 0 else []
