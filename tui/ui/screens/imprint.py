"""The sheet that asks for a page's paper, date, number and section."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tui.display import visible_line
from tui.language import N_, _
from tui.model import Imprint
from tui.ui.screens.sheet import Sheet

_FIELDS = (("paper", N_("Paper")), ("date", N_("Date")), ("number", N_("Page no.")), ("section", N_("Section")))


class ImprintSheet(Sheet[Imprint | None]):
    """A line a field; an empty one is found out from the path and the folio line. Its result is None where it stays."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "save", show=False, priority=True),
        Binding("escape,ctrl+g", "discard", show=False, priority=True),
        Binding("down", "app.focus_next", show=False, priority=True),
        Binding("up", "app.focus_previous", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    ImprintSheet Input, ImprintSheet Input:focus { border: none; height: 1; padding: 0; background: $surface; }
    ImprintSheet Horizontal { height: 1; }
    ImprintSheet Input { width: 1fr; }
    ImprintSheet .imprint--label { color: $muted; height: 1; width: 10; }
    """

    def __init__(self, page: str, found: Imprint, said: Imprint) -> None:
        """Make the sheet.

        Args:
            page: The page's path.
            found: What holds now, shown where the reader has said nothing.
            said: What the reader has said.
        """
        super().__init__()
        self._page = page
        self._found = found
        self._said = said

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content(visible_line(_("Imprint of {page}").format(page=self._page))), classes="sheet--title")
            for field, label in _FIELDS:
                with Horizontal():
                    yield Static(Content(_(label)), classes="imprint--label")
                    placeholder = visible_line(getattr(self._found, field)) or _("not known")
                    yield Input(getattr(self._said, field), placeholder=placeholder, id=field)
            keys = _("Enter save · Tab next field · empty: as found on the page · Esc leave")
            yield Static(Content(keys), classes="sheet--keys")

    def on_mount(self) -> None:
        self.query_one("#paper").focus()

    def action_save(self) -> None:
        said = Imprint(*(self.query_one(f"#{field}", Input).value.strip() for field, _label in _FIELDS))
        self.dismiss(said if said != self._said else None)

    def action_discard(self) -> None:
        self.dismiss(None)
