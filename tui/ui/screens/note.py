"""The editor of a note."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from tui.display import visible_line
from tui.ui.screens.sheet import Sheet


class NoteSheet(Sheet[str | None]):
    """A note of any number of lines. Leaving keeps what was typed; discarding is a key of its own.

    Its result is the note, or None where it is to stay as it was.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,escape", "save", show=False, priority=True),
        Binding("ctrl+g", "discard", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    NoteSheet TextArea, NoteSheet TextArea:focus {
        height: auto;
        min-height: 5;
        max-height: 14;
        border: none;
        padding: 0;
        margin: 1 0;
        background: $surface;
    }
    """

    def __init__(self, subject: str, note: str, typed: str) -> None:
        """Make the sheet.

        Args:
            subject: What the note is about.
            note: The note so far.
            typed: What stands in the editor at first: the note, or what could not be saved a moment ago.
        """
        super().__init__()
        self._subject = subject
        self._note = note
        self._typed = typed

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content(visible_line(self._subject)), classes="sheet--title")
            yield TextArea(self._typed, soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
            yield Static(Content("Ctrl+S or Esc save · Ctrl+G discard"), classes="sheet--keys")

    def on_mount(self) -> None:
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()

    def action_save(self) -> None:
        text = self.query_one(TextArea).text.strip("\n")
        self.dismiss(text if text != self._note else None)

    def action_discard(self) -> None:
        self.dismiss(None)
