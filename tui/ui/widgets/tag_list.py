"""A list of tags: their colours, digits and counts, and what they stand for."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tui.display import visible_line
from tui.model import COLOURS
from tui.ui.palette import palette
from tui.ui.widgets.cells import Piece, fit, paint
from tui.ui.widgets.pick_list import PickList, Row

_INSET = 2  # cells a level of the tree
_NARROWEST_NOTE = 8  # cells; less of a description says nothing


@dataclass(frozen=True, slots=True)
class TagRow(Row):
    """A tag; `detail` is its count.

    Attributes:
        colour: One of `COLOURS`, or anything else for none.
        digit: The key that puts it on, if one does.
        note: What it stands for; unsafe to show.
        faint: Whether it is no tag itself, only a parent of tags.
    """

    colour: str = ""
    digit: str = ""
    note: str = ""
    faint: bool = False


class TagList(PickList):
    """Tags, one a line."""

    def render_line(self, y: int) -> Strip:
        index = y + self.scroll_offset.y
        row = self.rows[index] if index < len(self.rows) else None
        if not isinstance(row, TagRow):
            return super().render_line(y)
        width, base, styles = self.scrollable_content_region.width, self.base, palette(self)
        if index == self.cursor:
            base += styles["row-cursor"]
        detail = f" {visible_line(row.detail)} "
        indent = " " * min(row.inset * _INSET, width // 4)
        room = width - 6 - len(indent) - cell_len(detail)
        name = fit(visible_line(row.text), room)
        pieces: list[Piece] = [
            ("▸ " if index == self.cursor else "  ", styles["sign"]),
            (f"{row.digit or ' '} ", styles["key"]),
            (indent, Style.null()),
            ("▌ " if row.colour in COLOURS else "  ", colour_style(self, row.colour)),
            (name, styles["label" if row.faint else "row"]),
        ]
        left = room - cell_len(name) - 2
        if row.note and left >= _NARROWEST_NOTE:
            pieces.append(("  " + fit(visible_line(row.note), left), styles["label"]))
        return paint(pieces, width, base, right=[(detail, styles["label"])])


def colour_style(widget: Widget, colour: str) -> Style:
    """The style of a tag's sign and name in its colour; nothing for a tag without one."""
    return palette(widget)[f"bar-{colour}"] if colour in COLOURS else Style.null()
