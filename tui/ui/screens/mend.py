"""The sheet that asks how to mend what the parser got wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tui.display import visible_line
from tui.language import N_, _
from tui.model import MendKind, Role
from tui.ui.screens.sheet import Sheet
from tui.ui.widgets.pick_list import PickList, Row


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to mend: its key, what it does, and the role that it gives, if it gives one."""

    key: str
    label: str
    kind: MendKind
    role: Role | None = None


CHOICES = (
    Choice("s", N_("a new article begins here"), MendKind.SPLIT),
    Choice("j", N_("this article belongs to the one before"), MendKind.JOIN),
    Choice("b", N_("a new paragraph begins here"), MendKind.BREAK),
    Choice("m", N_("this paragraph continues the one before"), MendKind.MERGE),
    Choice("1", N_("headline"), MendKind.ROLE, Role.HEADLINE),
    Choice("2", N_("kicker"), MendKind.ROLE, Role.KICKER),
    Choice("3", N_("subtitle"), MendKind.ROLE, Role.SUBTITLE),
    Choice("4", N_("column"), MendKind.ROLE, Role.COLUMN),
    Choice("5", N_("byline"), MendKind.ROLE, Role.BYLINE),
    Choice("6", N_("subhead"), MendKind.ROLE, Role.SUBHEAD),
    Choice("7", N_("body"), MendKind.ROLE, Role.BODY),
    Choice("8", N_("caption"), MendKind.ROLE, Role.CAPTION),
    Choice("9", N_("jump line"), MendKind.ROLE, Role.JUMP),
    Choice("0", N_("no article's: folio line, slogan"), MendKind.ROLE, Role.FURNITURE),
)
_ROWS = (*(one for one in CHOICES if one.role is None), None, *(one for one in CHOICES if one.role is not None))


class MendSheet(Sheet[Choice | None]):
    """Every way to mend with its key. Its result is the one chosen, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(choice.key, f"choose({index})", show=False) for index, choice in enumerate(CHOICES)),
        Binding("escape,q", "dismiss(None)", show=False),
        Binding("enter", "pick", show=False),
        Binding("down,ctrl+n", "move(1)", show=False),
        Binding("up,ctrl+p", "move(-1)", show=False),
    ]

    def __init__(self, place: str) -> None:
        """Make the sheet.

        Args:
            place: The words at the cursor, or the selection.
        """
        super().__init__()
        self._place = place

    def compose(self) -> ComposeResult:
        rows = [Row(_(one.label), one.key) if one else Row(_("It is"), heading=True) for one in _ROWS]
        with Vertical():
            title = _("Mend at “{place}”").format(place=self._place)
            yield Static(Content(visible_line(title)), classes="sheet--title")
            yield PickList(rows, classes="sheet--body")
            yield Static(Content(_("Esc leave as it is")), classes="sheet--keys")

    def action_choose(self, index: int) -> None:
        self.dismiss(CHOICES[index])

    def action_move(self, step: int) -> None:
        self.query_one(PickList).move(step)

    def action_pick(self) -> None:
        self.dismiss(_ROWS[self.query_one(PickList).cursor])

    def on_pick_list_picked(self, message: PickList.Picked) -> None:
        self.dismiss(_ROWS[message.index])
