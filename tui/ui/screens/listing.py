"""A page of text to read and leave: the files that could not be read."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.language import _


class Listing(ModalScreen[None]):
    """Text over the whole screen, scrolled like everything else, left by any of the keys that leave."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,escape,question_mark,enter", "dismiss", show=False),
        Binding("j,down", "by(1)", show=False),
        Binding("k,up", "by(-1)", show=False),
        Binding("space,pagedown,ctrl+d", "by(15)", show=False),
        Binding("pageup,ctrl+u", "by(-15)", show=False),
        Binding("g,home", "by(-100000)", show=False),
        Binding("G,end", "by(100000)", show=False),
    ]
    DEFAULT_CSS = """
    Listing {
        align: center middle;
        background: $background 60%;
        & > VerticalScroll {
            width: 100%;
            max-width: 96;
            height: 100%;
            max-height: 50;
            background: $panel;
            padding: 1 2;
            scrollbar-size-vertical: 1;
        }
        .listing--title { text-style: bold; color: $primary; margin: 0 0 1 0; }
    }
    """

    def __init__(self, title: str, text: Content) -> None:
        """Make the screen.

        Args:
            title: Its first line.
            text: What it says.
        """
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(Content(_("{title}   (q leaves)").format(title=self._title)), classes="listing--title")
            yield Static(self._text)

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    def action_by(self, lines: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
