"""The line under the filter box that says what is wrong with a query, and where."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from tui.display import visible_line


class MistakeLine(Static):
    """Lies over what stands below the box, so that nothing moves when it comes and goes."""

    DEFAULT_CSS = """
    MistakeLine {
        layer: over;
        position: absolute;
        offset: 0 1;
        width: 100%;
        height: auto;
        max-height: 4;
        background: $panel;
        color: $warning;
        display: none;
    }
    """

    def show(self, message: str, first: int, end: int) -> None:
        """Say a mistake, and mark its place.

        Args:
            message: In words.
            first: The first cell of the place, from the left of the screen.
            end: The cell behind its last.
        """
        self.update(Content(laid_out(visible_line(message), first, end, self.app.size.width)))
        self.display = True

    def clear(self) -> None:
        """Say nothing any more."""
        self.display = False


def laid_out(message: str, first: int, end: int, width: int) -> str:
    """A mark under the cells from `first` to `end`, and the message beside it, or else below it.

    The line has at most `width` cells where the message stands beside the mark.
    """
    mark = "^" if end - first == 1 else "~" * (end - first)
    cells = cell_len(message)
    if end + 2 + cells < width:
        return " " * first + mark + "  " + message
    if cells + 3 <= first:
        return " " * (first - cells - 2) + message + "  " + mark
    return " " * first + mark + "\n" + message
