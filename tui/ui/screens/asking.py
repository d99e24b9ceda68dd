"""Sheets that ask for a line of text, or for yes or no."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from tui.display import visible_line
from tui.language import N_, _
from tui.ui.commands import Command, Group
from tui.ui.screens.sheet import Sheet
from tui.ui.widgets.bars import KeyBar

_SAVE = (("enter", N_("Save")), ("escape", N_("Leave as it was")))
_ANSWERS = (("y", N_("Yes")), ("n", N_("No")))


def key_commands(keys: Iterable[tuple[str, str]]) -> tuple[Command, ...]:
    """Keys and their labels as a `KeyBar` shows them, in the language in use."""
    return tuple(Command(f"sheet.{key}", (key,), _(label), _(label), Group.SCREEN) for key, label in keys)


class LineSheet(Sheet[str | None]):
    """A line to write. Its result is the line, or None where all is to stay."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "save", show=False, priority=True),
        Binding("escape,ctrl+g", "dismiss(None)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    LineSheet Input, LineSheet Input:focus { border: none; height: 1; padding: 0; margin: 1 0; background: $surface; }
    LineSheet #wrong { height: auto; max-height: 2; color: $warning; }
    LineSheet KeyBar { background: $panel; }
    """

    def __init__(self, title: str, text: str = "", check: Callable[[str], str] = lambda _text: "") -> None:
        """Make the sheet.

        Args:
            title: What is asked for.
            text: What stands in the line at first.
            check: What is wrong with a line, which is then not taken; empty where nothing is.
        """
        super().__init__()
        self._title = title
        self._text = text
        self._check = check

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content(visible_line(self._title)), classes="sheet--title")
            yield Input(self._text, select_on_focus=False)
            yield Static(id="wrong")
            yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(key_commands(_SAVE))
        self._text = self.query_one(Input).value  # the box may have changed it: it holds one line
        self.query_one(Input).focus()

    def action_save(self) -> None:
        text = self.query_one(Input).value
        wrong = self._check(text) if text != self._text else ""
        if wrong:
            self.query_one("#wrong", Static).update(Content(visible_line(wrong)))
        else:
            self.dismiss(text if text != self._text else None)


class Question(Sheet[bool | None]):
    """A question, and what there is to know before it is answered. Its result is True for yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss(True)", show=False),
        Binding("n,q,escape,ctrl+g", "dismiss(False)", show=False),
        Binding("j,down", "by(1)", show=False),
        Binding("k,up", "by(-1)", show=False),
    ]
    DEFAULT_CSS = """
    Question VerticalScroll { height: auto; margin: 1 0; scrollbar-size-vertical: 1; }
    Question KeyBar { background: $panel; }
    """

    def __init__(self, question: str, lines: Sequence[str]) -> None:
        """Make the sheet.

        Args:
            question: What yes or no is said to.
            lines: What there is to know; unsafe to show.
        """
        super().__init__()
        self._question = question
        self._lines = lines

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content(visible_line(self._question)), classes="sheet--title")
            with VerticalScroll(can_focus=False, classes="sheet--body"):
                yield Static(Content("\n".join(map(visible_line, self._lines))))
            yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(key_commands(_ANSWERS))

    def action_by(self, lines: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
