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
from tui.model import MendKind, Role
from tui.ui.screens.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to mend: its key, what it does, and the role that it gives, if it gives one."""

    key: str
    label: str
    kind: MendKind
    role: Role | None = None


CHOICES = (
    Choice("s", "a new article begins here", MendKind.SPLIT),
    Choice("j", "this article belongs to the one before", MendKind.JOIN),
    Choice("b", "a new paragraph begins here", MendKind.BREAK),
    Choice("m", "this paragraph continues the one before", MendKind.MERGE),
    Choice("1", "headline", MendKind.ROLE, Role.HEADLINE),
    Choice("2", "kicker", MendKind.ROLE, Role.KICKER),
    Choice("3", "subtitle", MendKind.ROLE, Role.SUBTITLE),
    Choice("4", "column", MendKind.ROLE, Role.COLUMN),
    Choice("5", "byline", MendKind.ROLE, Role.BYLINE),
    Choice("6", "subhead", MendKind.ROLE, Role.SUBHEAD),
    Choice("7", "body", MendKind.ROLE, Role.BODY),
    Choice("8", "caption", MendKind.ROLE, Role.CAPTION),
    Choice("9", "jump line", MendKind.ROLE, Role.JUMP),
    Choice("0", "no article's: folio line, slogan", MendKind.ROLE, Role.FURNITURE),
)


class MendSheet(Sheet[Choice | None]):
    """Every way to mend with its key. Its result is the one chosen, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(choice.key, f"choose({index})", show=False) for index, choice in enumerate(CHOICES)),
        Binding("escape,q", "dismiss(None)", show=False),
    ]

    def __init__(self, place: str) -> None:
        """Make the sheet.

        Args:
            place: The words at the cursor, or the selection.
        """
        super().__init__()
        self._place = place

    def compose(self) -> ComposeResult:
        borders = [_shown(choice) for choice in CHOICES if choice.role is None]
        roles = [_shown(choice) for choice in CHOICES if choice.role is not None]
        with Vertical():
            yield Static(Content(visible_line(f"Mend at “{self._place}”")), classes="sheet--title")
            yield Static(Content("\n").join(borders), classes="mend--part")
            yield Static(Content("It is"), classes="sheet--keys")
            yield Static(Content("  ").join(roles), classes="mend--part")
            yield Static(Content("Esc leave as it is"), classes="sheet--keys")

    def action_choose(self, index: int) -> None:
        self.dismiss(CHOICES[index])


def _shown(choice: Choice) -> Content:
    return Content.assemble((choice.key, "bold $accent"), "\u00a0", choice.label.replace(" ", "\u00a0"))
