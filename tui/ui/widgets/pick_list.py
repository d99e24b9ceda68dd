"""A list to pick from: rows that may stand under headings, with a cursor; only those in view are drawn."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from tui.display import visible_line
from tui.ui.palette import palette
from tui.ui.widgets.cells import Piece, fit, paint
from tui.ui.widgets.line_view import LineView

_WIDEST_LEAD = 0.4  # of the list
_NARROWEST_TEXT = 16  # cells; a detail that leaves less is left out


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list; its texts may be unsafe to show.

    Attributes:
        text: What it says.
        lead: A key or a sign before it; the leads of a list are one column.
        detail: A word more, flush right.
        heading: Whether it is a heading, which can't be picked.
        inset: Cells before its text, to show what it belongs to.
    """

    text: str
    lead: str = ""
    detail: str = ""
    heading: bool = False
    inset: int = 0


class PickList(LineView, can_focus=False):
    """Rows and a cursor. The screen around it has the keys; a click picks."""

    DEFAULT_CSS = """
    PickList { height: auto; background: $panel; }
    """

    @dataclass
    class Picked(Message):
        """A row has been clicked.

        Attributes:
            index: Its place in `rows`.
        """

        index: int

    def __init__(self, rows: Sequence[Row] = (), *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Make a list of `rows`, the cursor on the first that is no heading."""
        super().__init__(id=id, classes=classes)
        self.rows: tuple[Row, ...] = ()
        self._choices: list[int] = []  # indices of the rows that are no headings
        self._lead = 0
        self.cursor = 0
        self.show(rows)

    def show(self, rows: Sequence[Row], cursor: int = 0) -> None:
        """Show other rows, the cursor on the one at `cursor`, or on the next that is no heading."""
        self.rows = tuple(rows)
        self._choices = [index for index, row in enumerate(self.rows) if not row.heading]
        self._lead = max((cell_len(visible_line(row.lead)) for row in self.rows), default=0)
        self.virtual_size = Size(self.size.width, len(self.rows))
        self._go(bisect_left(self._choices, cursor))
        self.refresh(layout=True)

    @property
    def chosen(self) -> int | None:
        """The place in `rows` of the one under the cursor; None where there is none to pick."""
        return self.cursor if self._choices else None

    def get_content_height(self, _container: Size, _viewport: Size, _width: int) -> int:
        return max(len(self.rows), 1)

    def move(self, step: int) -> None:
        """Move the cursor by so many rows that can be picked; it stops at the ends."""
        self._go(bisect_left(self._choices, self.cursor) + step)

    def page(self, step: int) -> None:
        """Move the cursor by so many screens."""
        self.move(step * max(self.scrollable_content_region.height - 1, 1))

    def _go(self, place: int) -> None:
        if self._choices:
            place = max(0, min(place, len(self._choices) - 1))
            self.cursor = self._choices[place]
            self._bring_into_view(with_heading=place == 0)
        self.refresh()

    def _bring_into_view(self, *, with_heading: bool) -> None:
        height = self.scrollable_content_region.height
        first = 0 if with_heading else self.cursor
        if first < self.scroll_offset.y:
            self.scroll_to(y=first, animate=False, immediate=True)
        elif height and self.cursor >= self.scroll_offset.y + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, immediate=True)

    def on_resize(self, event: events.Resize) -> None:
        self.virtual_size = Size(event.size.width, len(self.rows))
        self._bring_into_view(with_heading=False)

    def render_line(self, y: int) -> Strip:
        width, base = self.scrollable_content_region.width, self.base
        index = y + self.scroll_offset.y
        if index >= len(self.rows):
            return Strip.blank(width, base)
        row, styles = self.rows[index], palette(self)
        if row.heading:
            return paint([(fit(visible_line(row.text), width), styles["heading"])], width, base)
        if index == self.cursor:
            base += styles["row-cursor"]
        detail = visible_line(row.detail)
        lead = min(self._lead, int(width * _WIDEST_LEAD))
        pieces: list[Piece] = [("▸ " if index == self.cursor else "  ", styles["sign"])]
        if lead:
            text = fit(visible_line(row.lead), lead)
            pieces.append((text + " " * (lead - cell_len(text) + 2), styles["key"]))
        used = 2 + (lead + 2 if lead else 0) + row.inset
        if width - used - cell_len(detail) < _NARROWEST_TEXT:
            detail = ""
        room = width - used - (cell_len(detail) + 2 if detail else 0)
        pieces.append((" " * row.inset + fit(visible_line(row.text), room), styles["row"]))
        return paint(pieces, width, base, right=[(f" {detail} ", styles["label"])] if detail else ())

    def on_click(self, event: events.Click) -> None:
        index = int(event.y) + self.scroll_offset.y
        if index < len(self.rows) and not self.rows[index].heading:
            self.cursor = index
            self.refresh()
            self.post_message(self.Picked(index))
