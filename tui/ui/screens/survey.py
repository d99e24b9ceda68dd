"""A screen with a list and, beside or below it, what stands under the list's cursor: the trash, the review."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.display import visible_line
from tui.ui.screens.own_keys import OwnKeysScreen
from tui.ui.widgets.bars import KeyBar, StatusLine
from tui.ui.widgets.pick_list import PickList

Result = TypeVar("Result")


class Survey(OwnKeysScreen[Result]):
    """The list has the keys; the wheel scrolls either part, and Ctrl+d and Ctrl+u the one that has no cursor."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (104, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+d", "by(5)", show=False),
        Binding("ctrl+u", "by(-5)", show=False),
    ]
    DEFAULT_CSS = """
    Survey {
        #parts { height: 1fr; layout: vertical; }
        #parts > PickList { width: 1fr; height: 2fr; min-height: 3; background: $surface; }
        #shown { width: 1fr; height: 3fr; padding: 0 1; border-top: solid $faint; scrollbar-size-vertical: 1; }
        #shown > Static { width: 1fr; height: auto; }
        &.-wide #parts { layout: horizontal; }
        &.-wide #parts > PickList { height: 1fr; }
        &.-wide #shown { height: 1fr; padding: 1 2; border-top: none; }
    }
    """

    def compose(self) -> ComposeResult:
        with Horizontal(id="head"):
            yield Static(id="title")
            yield from self.beside_title()
        with Container(id="parts"):
            yield PickList()
            with VerticalScroll(id="shown", can_focus=False):
                yield Static()
        yield StatusLine()
        yield KeyBar()

    def beside_title(self) -> Iterable[Widget]:
        """What stands on the first line behind the title."""
        return ()

    def reload(self) -> None:
        """Show everything as it is now, as soon as that is known."""
        self.run_worker(self.load(), exclusive=True)

    @abstractmethod
    async def load(self) -> None:
        """Show everything as it is now."""

    def show_part(self, content: Content, status: str) -> None:
        """Show a text beside the list, and on the status line another, which is unsafe to show."""
        self.query_one("#shown > Static", Static).update(content)
        self.query_one("#shown").scroll_home(animate=False)
        self._status.left = visible_line(status)

    def action_by(self, lines: int) -> None:
        self.query_one("#shown").scroll_relative(y=lines, animate=False)
