"""The last gate before the terminal."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tui.display import visible_line
from tui.ui.ambiguous import is_wide, plain


class VisibleFilter(LineFilter):
    """Shows controls and invisible characters as marks, whichever widget let them through.

    The program's own widgets make their text safe before they measure it; Textual's editors can't be asked to. On a
    terminal that draws marks of ambiguous width in two cells, borders and scroll bars become ASCII here.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - LineFilter's own
        """The segments of a line, safe."""
        return [segment if segment.control else _safe(segment) for segment in segments]


def _safe(segment: Segment) -> Segment:
    shown = visible_line(segment.text)
    if is_wide():
        shown = plain(shown)
    return segment if shown is segment.text else Segment(shown, segment.style)
