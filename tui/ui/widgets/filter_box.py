"""The filter: one box, asked anew with every letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class FilterBox(Input):
    """The one box above the panes. Enter and the arrow down go to the list, Escape empties the box."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear", show=False),
        Binding("enter,down,tab", "leave", show=False),
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

    @dataclass
    class Left(Message):
        """The user has done with the box.

        Attributes:
            cleared: Whether the filter was dropped.
        """

        cleared: bool

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Make an empty box."""
        super().__init__(placeholder="/ filter: words, “a phrase”, -not", id=id, select_on_focus=False)

    def action_clear(self) -> None:
        self.value = ""
        self.post_message(self.Left(cleared=True))

    def action_leave(self) -> None:
        self.post_message(self.Left(cleared=False))
