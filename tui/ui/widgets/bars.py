"""The lines above and below the panes: what is open and how it goes, and what the keys do here."""

from __future__ import annotations

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.language import _
from tui.ui.commands import Command
from tui.ui.keys import key_label
from tui.ui.palette import palette
from tui.ui.widgets.cells import Piece, fit, paint


class StatusLine(Widget):
    """Where one is on the left, how far on the right; a message stands in the place of both until the next."""

    DEFAULT_CSS = """
    StatusLine {
        height: 1;
        background: $panel;
        color: $muted;
    }
    """

    left: reactive[str] = reactive("")
    right: reactive[str] = reactive("")
    message: reactive[str] = reactive("")
    warning: reactive[bool] = reactive(False)

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is only one
        width, base = self.size.width, self.rich_style
        if self.message:
            style = palette(self)["warning" if self.warning else "message"]
            return paint([(" " + fit(self.message, width - 2), style)], width, base)
        room = width - cell_len(self.right) - 3
        return paint(
            [(" " + fit(self.left, room), Style.null())], width, base, right=[(self.right + " ", Style.null())]
        )


class KeyBar(Widget):
    """The keys that matter here, as many as there is room for; a click on one is as good as the key."""

    DEFAULT_CSS = """
    KeyBar {
        height: 1;
        background: $background;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Make an empty bar."""
        super().__init__(id=id)
        self._commands: tuple[Command, ...] = ()
        self._keys: list[tuple[int, int, str]] = []  # first cell, end, key

    def show(self, commands: tuple[Command, ...]) -> None:
        """Show the keys of these commands, those that rank first while there is room."""
        if commands != self._commands:
            self._commands = commands
            self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is only one
        width, base = self.size.width, self.rich_style
        key_style = palette(self)["key"]
        label_style = palette(self)["label"]
        pieces: list[Piece] = [(" ", base)]
        self._keys, at = [], 1
        for command in self._commands:
            key = key_label(command.keys[0])
            label = _(command.label)
            cells = cell_len(key) + cell_len(label) + 1
            if at + cells > width:
                break
            pieces += [(key, key_style), (f" {label}   ", label_style)]
            self._keys.append((at, at + cells, command.keys[0]))
            at += cells + 3
        return paint(pieces, width, base)

    def on_click(self, event: events.Click) -> None:
        for first, end, key in self._keys:
            if first <= event.x < end:
                self.app.simulate_key(key)
