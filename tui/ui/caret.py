"""The reader's cursor and selection, as a value: where it stands and where a selection began."""

from __future__ import annotations

from dataclasses import dataclass

from tui import units
from tui.units import Range


@dataclass(frozen=True, slots=True)
class Caret:
    """A position in a text and, while something is being selected, the position where the selection began.

    The character under the cursor and the one under the anchor both belong to the selection.
    """

    offset: int = 0
    anchor: int | None = None

    def to(self, offset: int) -> Caret:
        """The caret moved to `offset`; a selection reaches to there."""
        return Caret(offset, self.anchor)

    def selection(self, text: str) -> Range | None:
        """The selected range of `text`."""
        if self.anchor is None:
            return None
        return min(self.offset, self.anchor), units.next_character(text, max(self.offset, self.anchor))

    def forward(self, ranges: tuple[Range, ...]) -> Caret:
        """On one unit: to the next one's start; a selection that runs forward grows to a unit's last character."""
        if self.anchor is None or self.offset < self.anchor:
            return self.to(units.next_start(ranges, self.offset))
        return self.end(ranges)

    def end(self, ranges: tuple[Range, ...]) -> Caret:
        """To the last character of the unit, or of the next one from there."""
        last = units.containing(ranges, self.offset)[1] - 1
        if last <= self.offset:
            last = units.containing(ranges, units.next_start(ranges, self.offset))[1] - 1
        return self.to(max(last, self.offset))

    def back(self, ranges: tuple[Range, ...]) -> Caret:
        """Back to a unit's start: its own, or the one's before."""
        return self.to(units.previous_start(ranges, self.offset))


def select_range(wanted: Range) -> Caret:
    """A caret that selects a range, its cursor on the last character."""
    return Caret(max(wanted[1] - 1, wanted[0]), wanted[0])
