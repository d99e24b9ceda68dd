"""What the list, the reader and the panel have in common: a scroll view that draws line by line."""

from __future__ import annotations

from rich.style import Style
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.strip import Strip


class LineView(ScrollView):
    """A scroll view whose subclasses make the strips of the lines in view.

    Attributes:
        base: The style of a line, worked out once for all the lines of a frame.
    """

    DEFAULT_CSS = """
    LineView {
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
        overflow-y: scroll; /* so that no line is broken anew when a scroll bar comes */
    }
    """

    base: Style = Style.null()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The strips of a part of the view."""
        self.base = self.rich_style
        return super().render_lines(crop)
