"""The line at the reader's foot that asks what to find in the article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tui.language import _


class FindBox(Horizontal):
    """One line to type in; what is found is said at its end."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,tab,down", "keep", show=False, priority=True),
        Binding("escape,ctrl+g", "leave", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    FindBox {
        height: 1;
        background: $panel;
        Static { width: auto; padding: 0 1; color: $muted; }
        Input, Input:focus { border: none; height: 1; width: 1fr; padding: 0; background: $cursor-row; }
        Input > .input--placeholder { color: $muted; }
    }
    """

    @dataclass
    class Typed(Message):
        """Something else is to be found."""

        text: str

    @dataclass
    class Kept(Message):
        """What was found is to be kept.

        Attributes:
            text: What was typed, or else what was found the last time.
        """

        text: str

    class Left(Message):
        """Nothing is to be found."""

    def __init__(self, last: str) -> None:
        """Make the line.

        Args:
            last: What was found the last time; an empty Enter finds it again. Safe to show.
        """
        super().__init__()
        self._last = last

    def compose(self) -> ComposeResult:
        yield Static(Content(_("Find")))
        yield Input(placeholder=self._last or _("in this article"), select_on_focus=False)
        yield Static(id="count")

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def say(self, text: str) -> None:
        """Say how much was found."""
        self.query_one("#count", Static).update(Content(text))

    @on(Input.Changed)
    def _type(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value))

    def action_keep(self) -> None:
        self.post_message(self.Kept(self.query_one(Input).value or self._last))

    def action_leave(self) -> None:
        self.post_message(self.Left())
