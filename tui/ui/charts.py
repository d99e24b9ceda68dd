"""A chart of columns as characters: its scale, its columns, its labels. Nothing here needs Textual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_STEPS = (1, 2, 5, 10)
_WIDEST = 8  # cells of a column with the space behind it
_LEAST_BETWEEN = 3  # lines from tick to tick
_MOST_TICKS = 6


@dataclass(frozen=True, slots=True)
class Scale:
    """What the height of a chart stands for.

    Attributes:
        top: The value of its upper edge.
        step: From tick to tick.
        rows: Its height in lines.
    """

    top: float
    step: float
    rows: int

    def eighths(self, value: float) -> int:
        """The height of a column in eighths of a line; what is not nothing has one at least."""
        return max(round(8 * self.rows * value / self.top), 1) if value > 0 else 0

    def labels(self) -> dict[int, str]:
        """What stands beside the lines, from the top: each value beside the line whose upper edge it is."""
        digits = max(-floor(log10(self.step)), 0)
        found: dict[int, str] = {}
        for number in range(1, round(self.top / self.step) + 1):
            row = self.rows - round(self.rows * number * self.step / self.top)
            found.setdefault(min(row, self.rows - 1), f"{number * self.step:,.{digits}f}")
        return found


def scale(highest: float, rows: int, *, whole: bool) -> Scale:
    """A scale with round ticks that reaches a little higher than `highest`.

    Args:
        highest: The largest value.
        rows: Lines there are.
        whole: Whether there are no values between whole numbers.
    """
    rough = (highest or 1) / max(min(rows // _LEAST_BETWEEN, _MOST_TICKS), 1)
    power = 10.0 ** floor(log10(rough))
    step = next(step * power for step in _STEPS if step * power >= rough * (1 - 1e-9))
    if whole:
        step = max(step, 1)
    return Scale(max(ceil((highest or 1) / step - 1e-9), 1) * step, step, max(rows, 1))


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the columns stand.

    Attributes:
        first: The first one shown.
        shown: How many are.
        step: Cells from one to the next.
        bar: Cells of each.
    """

    first: int
    shown: int
    step: int
    bar: int

    def at(self, cell: int) -> int | None:
        """The column at a cell of the chart, also where it is low."""
        place = cell // self.step
        return self.first + place if 0 <= place < self.shown else None


def grid(columns: int, room: int, cursor: int, first: int) -> Grid:
    """The columns that fit in `room` cells, as wide as can be, the one under the cursor among them.

    Args:
        columns: How many there are.
        room: In cells.
        cursor: The one that must be seen.
        first: The one that was the first until now: no more than need be is scrolled.
    """
    step = max(min(room // max(columns, 1), _WIDEST), 1)
    shown = max(min(room // step, columns), 1)
    first = min(max(first, cursor - shown + 1, 0), cursor, max(columns - shown, 0))
    return Grid(first, shown, step, step - 1 if step > 2 else step)


def row_of(scale: Scale, values: Sequence[float], row: int) -> list[str]:
    """The characters of the columns on one line, counted from the top."""
    below = 8 * (scale.rows - 1 - row)
    return [_EIGHTHS[max(0, min(scale.eighths(value) - below, 8))] for value in values]


def axis_labels(names: Sequence[str], grid: Grid, room: int) -> str:
    """The names of columns below them, as many as have room, at the same columns wherever the chart is scrolled to."""
    shown = names[grid.first : grid.first + grid.shown]
    every = 1
    while every * grid.step < max(map(len, shown), default=0) + 2 and every < len(shown):
        every += 1
    line = ""
    for place, name in enumerate(shown):
        at = place * grid.step
        if (grid.first + place) % every == 0 and at + len(name) <= room and at >= len(line):
            line += " " * (at - len(line)) + name
    return line
