"""A chart of columns with a scale, names below, and a cursor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.display import visible_line
from tui.ui.charts import Grid, Scale, axis_labels, grid, row_of, scale
from tui.ui.palette import palette
from tui.ui.widgets.cells import Piece, paint

_BELOW = 2  # lines: the axis and the names


class Plot(Widget):
    """Columns of values, each with a name. The screen around it has the keys; a click puts the cursor on a column."""

    DEFAULT_CSS = """
    Plot { height: 1fr; background: $surface; }
    """

    @dataclass
    class Picked(Message):
        """A column has been clicked."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Make an empty chart."""
        super().__init__(id=id)
        self._names: Sequence[str] = ()
        self._values: Sequence[float] = ()
        self._whole = True
        self._first = 0
        self.cursor = 0

    def show(self, names: Sequence[str], values: Sequence[float], *, cursor: int, whole: bool) -> None:
        """Show other columns.

        Args:
            names: What stands below them.
            values: Their heights; none is negative.
            cursor: The column to put the cursor on.
            whole: Whether all values are whole numbers.
        """
        self._names = [visible_line(name) for name in names]
        self._values = values
        self._whole = whole
        self.cursor = max(0, min(cursor, len(values) - 1))
        self.refresh()

    def move(self, step: int) -> None:
        """Move the cursor by so many columns; it stops at the ends."""
        self.cursor = max(0, min(self.cursor + step, len(self._values) - 1))
        self.refresh()

    @property
    def screenful(self) -> int:
        """How many columns there is room for, less one."""
        return max(self._laid_out()[1].shown - 1, 1)

    def _laid_out(self) -> tuple[Scale, Grid, int]:
        """The scale, the columns, and the cells of the scale's labels."""
        measure = scale(max(self._values, default=0), max(self.size.height - _BELOW, 1), whole=self._whole)
        margin = max(map(len, measure.labels().values())) + 2
        found = grid(len(self._values), max(self.size.width - margin - 1, 1), self.cursor, self._first)
        self._first = found.first
        return measure, found, margin

    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self.rich_style
        if not self._values:
            return Strip.blank(width, base)
        measure, columns, margin = self._laid_out()
        styles = palette(self)
        if y == measure.rows:
            return paint(self._axis(columns, margin), width, base)
        if y > measure.rows:
            names = axis_labels(self._names, columns, width - margin) if y == measure.rows + 1 else ""
            return paint([(" " * margin + names, styles["label"])], width, base)
        label = measure.labels().get(y, "")
        pieces: list[Piece] = [(f"{label:>{margin - 2}} ", styles["label"]), ("┤" if label else "│", styles["label"])]
        values = self._values[columns.first : columns.first + columns.shown]
        for place, character in enumerate(row_of(measure, values, y)):
            under = columns.first + place == self.cursor
            style = styles["key" if under else "sign"]
            pieces += [(character * columns.bar, style), (" " * (columns.step - columns.bar), Style.null())]
        return paint(pieces, width, base)

    def _axis(self, columns: Grid, margin: int) -> list[Piece]:
        """The line below the columns; an arrow on it shows the cursor also where there are no colours."""
        styles = palette(self)
        place = (self.cursor - columns.first) * columns.step
        length = columns.shown * columns.step
        return [
            (f"{'0':>{margin - 2}} └" + "─" * place, styles["label"]),
            ("▲" * columns.bar, styles["key"]),
            ("─" * max(length - place - columns.bar, 0), styles["label"]),
        ]

    def on_click(self, event: events.Click) -> None:
        if self._values:
            _, columns, margin = self._laid_out()
            place = columns.at(int(event.x) - self.gutter.left - margin)
            if place is not None:
                self.cursor = place
                self.refresh()
                self.post_message(self.Picked())

    def on_mouse_scroll_down(self) -> None:
        self.move(1)
        self.post_message(self.Picked())

    def on_mouse_scroll_up(self) -> None:
        self.move(-1)
        self.post_message(self.Picked())
