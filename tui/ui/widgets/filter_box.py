"""The filter: one box, asked anew with every letter."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from tui.language import _


class FilterBox(Input):
    """The one box above the panes. Enter and the arrow down go to the list, Escape empties the box."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.clear_filter", show=False),
        Binding("enter,down,tab", "screen.leave_filter", show=False),
    ]
    DEFAULT_CSS = """
    FilterBox, FilterBox:focus {
        border: none;
        height: 1;
        padding: 0 1;
        background: $panel;
    }
    FilterBox:focus { background: $cursor-row; }
    FilterBox > .input--placeholder { color: $muted; }
    """

    def __init__(self, key: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Make an empty box.

        Args:
            key: The key that leads here, as it is shown.
            id: The widget's id.
        """
        super().__init__(
            placeholder=_("{key} filter: words, “a phrase”, -not").format(key=key), id=id, select_on_focus=False
        )
