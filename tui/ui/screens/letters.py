"""The sheet that asks for a letter: the marks there are, each with the words at its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tui.display import visible_line
from tui.language import _
from tui.library.entries import LETTER
from tui.ui.bookmarks import Known
from tui.ui.screens.sheet import Sheet
from tui.ui.widgets.cells import fit
from tui.ui.widgets.pick_list import PickList, Row

BEFORE = "'"
"""What the sheet answers where the place before the last jump is asked for."""

_WIDEST_ARTICLE = 36  # cells, but at most
_SHARE = 0.35  # of the screen


class LetterSheet(Sheet[str | None]):
    """A letter acts at once; a row of the list can be picked too. Its result is the letter, `BEFORE`, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "pick", show=False),
        Binding("escape,ctrl+g", "dismiss(None)", show=False),
        Binding("down,ctrl+n", "move(1)", show=False),
        Binding("up,ctrl+p", "move(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]
    DEFAULT_CSS = """
    LetterSheet PickList { margin: 1 0; }
    LetterSheet.-low PickList { margin: 0; }
    """

    def __init__(self, known: Sequence[Known], *, going: bool) -> None:
        """Make the sheet.

        Args:
            known: The marks there are.
            going: Whether one is to be gone to; else one is to be set.
        """
        super().__init__()
        self._known = tuple(known)
        self._going = going

    def compose(self) -> ComposeResult:
        title = _("Go to a mark: type its letter") if self._going else _("Set a mark here: type a letter")
        keys = _("Esc leave · ' back before the last jump") if self._going else _("Esc leave · a–z A–Z set")
        with Vertical():
            yield Static(Content(title), classes="sheet--title")
            yield PickList(classes="sheet--body")
            yield Static(Content(keys), classes="sheet--keys")

    def on_mount(self) -> None:
        self._show()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual calls the sheet's own, too
        self._show()

    def _show(self) -> None:
        widest = min(_WIDEST_ARTICLE, int(self.app.size.width * _SHARE))
        rows = [_row(known, widest) for known in self._known]
        for marks in self.query(PickList):
            marks.show(rows or [Row(_("No marks yet: m and a letter sets one"), heading=True)], marks.cursor)

    def on_key(self, event: events.Key) -> None:
        typed = event.character or ""
        if LETTER.fullmatch(typed):
            event.stop()
            self.dismiss(typed)
        elif self._going and typed in {"'", "`"}:
            event.stop()
            self.dismiss(BEFORE)

    def action_move(self, step: int) -> None:
        self.query_one(PickList).move(step)

    def action_page(self, step: int) -> None:
        self.query_one(PickList).page(step)

    def action_pick(self) -> None:
        chosen = self.query_one(PickList).chosen
        if chosen is not None:
            self.dismiss(self._known[chosen].bookmark.letter)

    def on_pick_list_picked(self, message: PickList.Picked) -> None:
        self.dismiss(self._known[message.index].bookmark.letter)


def _row(known: Known, widest: int) -> Row:
    detail = fit(visible_line(known.article), widest) if known.place is not None else _("no longer found")
    return Row(known.bookmark.exact, lead=known.bookmark.letter, detail=detail)
