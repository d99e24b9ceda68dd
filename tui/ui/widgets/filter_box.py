"""The filter: one box, asked anew with every letter."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Input

from tui.display import visible_line
from tui.language import N_, _
from tui.ui.commands import Command, Group

KEYS = (
    Command("filter.rank", ("enter",), N_("Best first"), "", Group.FINDING, 1),
    Command("filter.leave", ("down",), N_("To the list"), "", Group.FINDING, 2),
    Command("filter.earlier", ("up",), N_("Asked before"), "", Group.FINDING, 3),
    Command("filter.clear", ("escape",), N_("Show all"), "", Group.FINDING, 4),
)
"""What the keys do in the box, for the footer."""


class FilterBox(Input):
    """The one box above the panes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.clear_filter", show=False),
        Binding("enter", "screen.rank", show=False),
        Binding("tab", "screen.leave_filter", show=False),
        Binding("down", "screen.later_query", show=False),
        Binding("up", "screen.earlier_query", show=False),
    ]
    DEFAULT_CSS = """
    FilterBox, FilterBox:focus {
        border: none;
        height: 1;
        padding: 0 1;
        background: $panel;
    }
    FilterBox:focus { background: $cursor-row; }
    FilterBox.-mistaken { color: $warning; }
    FilterBox > .input--placeholder, FilterBox > .input--suggestion { color: $muted; }
    """

    class Moved(Message):
        """What is typed stands in other cells now."""

    def __init__(self, key: str, grammar: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Make an empty box.

        Args:
            key: The key that leads here, as it is shown.
            grammar: The key that shows what can be typed.
            id: The widget's id.
        """
        super().__init__(id=id, select_on_focus=False)
        said = (
            _("{key} filter: words, “a phrase”, -not, title:word · {grammar} more"),
            _("{key} filter: words, -not · {grammar} more"),
            _("{key} filter · {grammar} more"),
            _("{key} filter"),
        )
        self._hints = [line.format(key=key, grammar=grammar) for line in said]
        self.placeholder = self._hints[0]
        self._initial_value = False  # else Textual would not scroll to the end of what is pasted first

    def cells_of(self, start: int, end: int) -> tuple[int, int]:
        """The screen's cells in which a range of the text stands, as far as it is in view: at least one.

        Args:
            start: The first code point.
            end: The code point behind the last.
        """
        region = self.content_region
        left, width = region.x - self.scroll_offset.x, max(region.width, 1)
        first, last = (left + cell_len(visible_line(self.value[:at])) for at in (start, end))
        first = min(max(first, region.x), region.x + width - 1)
        return first, min(max(last, first + 1), region.x + width)

    def on_resize(self) -> None:
        room = self.content_region.width
        self.placeholder = next((hint for hint in self._hints if cell_len(hint) <= room), self._hints[-1])
        cursor = Region(self._cursor_offset, 0, 1, 1)
        self.scroll_to_region(cursor, force=True, animate=False)  # where a narrower box would lose it
        self.post_message(self.Moved())

    def watch_scroll_x(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_x(old_value, new_value)
        self.post_message(self.Moved())
