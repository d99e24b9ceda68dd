"""The views of a screen on one line, each with the digit that is its key."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from tui.ui.palette import palette
from tui.ui.widgets.cells import Piece, paint


class ViewBar(Widget):
    """The present view stands in brackets; without room for all names, the others are digits. A click picks one."""

    DEFAULT_CSS = """
    ViewBar { height: 1; background: $surface; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Make an empty bar."""
        super().__init__(id=id)
        self._names: Sequence[str] = ()
        self._present = 1
        self._places: list[tuple[int, int]] = []  # first cell, end

    def show(self, names: Sequence[str], present: int) -> None:
        """Show views by their names, safe to show; `present` is the place of the one shown, counted from 1."""
        self._names, self._present = names, present
        self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is only one
        width, base = self.size.width, self.rich_style
        styles = palette(self)
        spelled = sum(cell_len(name) + 6 for name in self._names) <= width
        pieces: list[Piece] = []
        self._places, at = [], 0
        for number, name in enumerate(self._names, 1):
            present = number == self._present
            text = f"{number} {name}" if present or spelled else f"{number}"
            shown = f"[{text}] " if present else f" {text}  "
            pieces.append((shown, styles["key"] if present else styles["label"]))
            self._places.append((at, at + cell_len(shown)))
            at += cell_len(shown)
        return paint([*pieces, ("", Style.null())], width, base)

    def on_click(self, event: events.Click) -> None:
        for number, (first, end) in enumerate(self._places, 1):
            if first <= event.x < end:
                self.app.simulate_key(str(number))
