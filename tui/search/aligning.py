"""The lines of a concordance set in terminal cells, so that every hit begins in the same column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui.cells import continues, width, widths
from tui.display import visible
from tui.search.concordance import Line

PARAGRAPH = "¶"
"""Stands where a paragraph ends."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A line cut to its cells; safe to show.

    Attributes:
        pad: Cells before the left context.
        left: The end of the left context, as much as there is room for.
        cut: How many code points of the line's left context are left out before it.
        hit: The hit; the beginning of one that is too long, and `…`.
        right: The beginning of the right context.
    """

    pad: int
    left: str
    cut: int
    hit: str
    right: str


def aligned(line: Line, before: int, after: int) -> Aligned:
    """A line whose hit begins at a certain cell.

    Args:
        line: The line.
        before: The cells before the hit.
        after: The cells for the hit and what stands behind it.
    """
    left, hit, right = shown(line.left), shown(line.hit), shown(line.right)
    cut = _tail(left, before)
    if width(hit) > after:
        room = after - width("…")
        hit, right = (hit[: _head(hit, room)] + "…", "") if room >= 0 else ("", "")
    right = right[: _head(right, after - width(hit))]
    return Aligned(before - width(left[cut:]), left[cut:], cut, hit, right)


def seen(line: Line, before: int, after: int) -> str:
    """What `aligned` shows of a line, as it stands in the reading text; unsafe to show. The hit is whole."""
    shown_part = aligned(line, before, after)
    return f"{line.left[shown_part.cut :]}{line.hit}{line.right[: len(shown_part.right)]}"


def halves(cells: int) -> tuple[int, int]:
    """How many of the cells of a line stand before the hit, and how many are for it and what stands behind it."""
    return max(cells // 2 - 2, 0), cells - max(cells // 2 - 2, 0)


def shown(text: str) -> str:
    """A piece of the reading text on one line, safe to show; offsets hold."""
    return visible(text.replace("\n", PARAGRAPH))


def _tail(text: str, room: int) -> int:
    """Where the longest end of `text` begins that takes no more than `room` cells and begins with a character."""
    cells: Sequence[int] = widths(text)
    at = len(text)
    while at and room >= cells[at - 1]:
        at -= 1
        room -= cells[at]
    while at < len(text) and continues(text, at):
        at += 1
    return at


def _head(text: str, room: int) -> int:
    """Where the longest beginning of `text` ends that takes no more than `room` cells."""
    at = 0
    for cells in widths(text):
        room -= cells
        if room < 0:
            break
        at += 1
    while at < len(text) and at and continues(text, at):
        at -= 1
    return at
