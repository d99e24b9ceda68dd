"""The reader's cursor and selection, as a value: where it stands, where a selection began, how it has grown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui import units
from tui.units import Range


@dataclass(frozen=True, slots=True)
class Caret:
    """A position in a text and, while something is being selected, the position where the selection began.

    The character under the cursor and the one under the anchor both belong to the selection.

    Attributes:
        offset: Where the cursor stands.
        anchor: Where the selection began; None while there is none.
        grown: What the caret was before each step of growing, the first one first; any motion ends it.
    """

    offset: int = 0
    anchor: int | None = None
    grown: tuple[Caret, ...] = ()

    def to(self, offset: int) -> Caret:
        """The caret moved to `offset`; a selection reaches to there."""
        return Caret(offset, self.anchor)

    def selection(self, text: str) -> Range | None:
        """The selected range of `text`, of whole characters."""
        if self.anchor is None:
            return None
        first, last = sorted((self.offset, self.anchor))
        return units.previous_character(text, first + 1), units.next_character(text, last)

    def other_end(self) -> Caret:
        """The caret with the cursor at the selection's other end, so that this one can be moved."""
        return self if self.anchor is None else Caret(self.anchor, self.offset)

    def forward(self, ranges: tuple[Range, ...]) -> Caret:
        """On one unit: to the next one's start; a selection that runs forward grows to a unit's last character.

        One that runs back shrinks to a unit's start, at most to the character it began with.
        """
        if self.anchor is None:
            return self.to(units.next_start(ranges, self.offset))
        if self.offset >= self.anchor:
            return self.end(ranges)
        start = units.next_start(ranges, self.offset)
        return self.to(min(start, self.anchor) if start > self.offset else self.anchor)

    def end(self, ranges: tuple[Range, ...]) -> Caret:
        """To the last character of the unit, or of the next one from there."""
        last = units.containing(ranges, self.offset)[1] - 1
        if last <= self.offset:
            last = units.containing(ranges, units.next_start(ranges, self.offset))[1] - 1
        return self.to(max(last, self.offset))

    def back(self, ranges: tuple[Range, ...]) -> Caret:
        """Back to a unit's start: its own, or the one's before.

        A selection that runs forward shrinks to a unit's last character, at most to the one it began with.
        """
        if self.anchor is None or self.offset <= self.anchor:
            return self.to(units.previous_start(ranges, self.offset))
        return self.to(max(units.previous_end(ranges, self.offset) - 1, self.anchor))

    def grow(self, text: str, steps: Sequence[tuple[Range, ...]]) -> Caret:
        """The caret with the smallest selection that is larger than this one's and made of whole units.

        Args:
            text: What it stands in.
            steps: The units, the smallest first.
        """
        chosen = self.selection(text)
        first, last = chosen or (self.offset, units.next_character(text, self.offset))
        for ranges in (*steps, ((0, len(text)),)):
            start = min(units.containing(ranges, first)[0], first)
            end = max(units.containing(ranges, max(last - 1, first))[1], last)
            if text and (chosen is None or (start, end) != chosen):
                wanted = select_range((start, end))
                return Caret(wanted.offset, wanted.anchor, (*self.grown, self))
        return self

    def shrink(self, text: str, steps: Sequence[tuple[Range, ...]]) -> Caret:
        """The caret before it last grew; one that has not grown shrinks by the same steps, then to nothing."""
        if self.grown or self.anchor is None:
            return self.grown[-1] if self.grown else self
        chosen, smaller = self.selection(text), Caret(self.offset)
        assert chosen is not None
        while True:
            larger = smaller.grow(text, steps)
            reach = larger.selection(text)
            if reach is None or reach == chosen or not chosen[0] <= reach[0] < reach[1] <= chosen[1]:
                return smaller
            smaller = larger


def select_range(wanted: Range) -> Caret:
    """A caret that selects a range, its cursor on the last character."""
    return Caret(max(wanted[1] - 1, wanted[0]), wanted[0])
