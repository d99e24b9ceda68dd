"""A sheet to pick one of many from: the outline, the marks, the commands. Typing narrows the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tui.display import visible_line
from tui.language import _
from tui.ui.screens.sheet import Sheet
from tui.ui.widgets.pick_list import PickList, Row


class Picker(Sheet[int | None]):
    """A list, and above it a line to narrow it by typing. Its result is the place of the row picked, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "pick", show=False, priority=True),
        Binding("escape,ctrl+g", "dismiss(None)", show=False, priority=True),
        Binding("down,ctrl+n", "move(1)", show=False, priority=True),
        Binding("up,ctrl+p", "move(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    Picker Input, Picker Input:focus { border: none; height: 1; padding: 0; margin: 1 0 0 0; background: $surface; }
    Picker PickList { margin: 1 0; }
    Picker.-low Input, Picker.-low PickList { margin: 0; }
    """

    def __init__(self, title: str, rows: Sequence[Row], *, cursor: int = 0, empty: str = "") -> None:
        """Make the sheet.

        Args:
            title: What is to be picked.
            rows: What there is.
            cursor: The row the cursor stands on at first.
            empty: What is said where nothing fits what was typed.
        """
        super().__init__()
        self._title = title
        self._rows = tuple(rows)
        self._first = cursor
        self._empty = empty or _("Nothing fits")
        self._keys_line = _("Enter go · ↑↓ choose · Esc leave")
        self._shown = list(range(len(self._rows)))  # places in _rows of the rows that the list shows

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content(visible_line(self._title)), classes="sheet--title")
            yield Input(placeholder=_("type to narrow the list"))
            yield PickList(self._rows, classes="sheet--body")
            yield Static(Content(self._keys_line), classes="sheet--keys")

    def on_mount(self) -> None:
        self.query_one(PickList).show(self._rows, self._first)
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._shown = self.places(event.value)
        rows = [self._rows[place] for place in self._shown] or [Row(self._empty, heading=True)]
        self.query_one(PickList).show(rows, self._first_shown(event.value))

    def places(self, typed: str) -> list[int]:
        """The places of the rows that fit what is typed, in the order in which they are shown."""
        return narrowed(self._rows, typed.casefold().split())

    def _first_shown(self, typed: str) -> int:
        return self._shown.index(self._first) if not typed and self._first in self._shown else 0

    def action_move(self, step: int) -> None:
        self.query_one(PickList).move(step)

    def action_page(self, step: int) -> None:
        self.query_one(PickList).page(step)

    def action_pick(self) -> None:
        chosen = self.query_one(PickList).chosen
        if chosen is not None and self._shown:
            self.dismiss(self._shown[chosen])

    def on_pick_list_picked(self, message: PickList.Picked) -> None:
        self.dismiss(self._shown[message.index])


def narrowed(rows: Sequence[Row], wanted: Sequence[str]) -> list[int]:
    """The places of the rows that have every word, and of the headings above them.

    Args:
        rows: What there is.
        wanted: Words, case-folded; none keeps all.
    """
    kept: list[int] = []
    heading: int | None = None
    for place, row in enumerate(rows):
        if row.heading:
            heading = place
        elif all(word in f"{row.lead} {row.text} {row.detail}".casefold() for word in wanted):
            if heading is not None:
                kept.append(heading)
                heading = None
            kept.append(place)
    return kept
