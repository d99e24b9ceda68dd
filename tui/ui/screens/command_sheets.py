"""Two sheets of commands: the help, which has them all and their keys, and the palette, which has what works here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.language import N_, _
from tui.ui.commands import Command, Group, Where, folded, key_label, key_of, useful
from tui.ui.screens.picker import Picker
from tui.ui.widgets.pick_list import Row

PLACE_NAMES = {
    Where.READER: N_("In the reader"),
    Where.LIST: N_("In the list"),
    Where.PANEL: N_("In the annotations"),
    Where.LIBRARY: N_("Everywhere"),
}
_LIKELY = 0.4  # of the best match: what is worse has its letters here and there by chance


class HelpSheet(Picker):
    """Every command under its place and group, and how to begin. Its result is the place in `commands`, or None."""

    DEFAULT_CSS = """
    HelpSheet > Vertical { max-height: 100%; }
    """
    SHARE: ClassVar[float] = 1.0

    def __init__(self, commands: Sequence[Command], here: Where) -> None:
        """Make the sheet.

        Args:
            commands: Every command, with the user's keys.
            here: The pane that one is in; its commands stand first.
        """
        order, rows = _help_rows(commands, here)
        super().__init__(_("Keys"), rows)
        self._keys_line = _("Type to find a key or a command · Enter run it · Esc leave")
        self.commands = order


class GrammarSheet(Picker):
    """What the filter understands, by examples. Its result is the place of one in `grammar_rows`, or None."""

    DEFAULT_CSS = """
    GrammarSheet > Vertical { max-height: 100%; }
    """
    SHARE: ClassVar[float] = 1.0

    def __init__(self) -> None:
        """Make the sheet."""
        super().__init__(_("What the filter understands"), grammar_rows())
        self._keys_line = _("Enter put it into the filter · ↑↓ choose · Esc leave")


class Palette(Picker):
    """What works here, the most useful first. Its result is the place in `commands`, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "move(1)", show=False, priority=True)]

    def __init__(self, commands: Sequence[Command], here: Where, *, selected: bool) -> None:
        """Make the sheet.

        Args:
            commands: Every command, with the user's keys.
            here: The pane that one is in.
            selected: Whether something is selected there.
        """
        fitting = [one for one in useful(commands, here, selected=selected) if one.id != "library.palette"]
        self.commands = [same[0] for same in folded(fitting) if len(same) == 1]
        rows = [Row(_(one.help), detail="  ".join(map(key_label, one.keys))) for one in self.commands]
        super().__init__(_("What can be done here"), rows)
        self._keys_line = _("Enter run it · ↑↓ choose · Esc leave")

    def places(self, typed: str) -> list[int]:
        """The commands that what is typed may mean, letters left out, the likeliest first."""
        if not typed.strip():
            return super().places(typed)
        from textual.fuzzy import Matcher

        matcher = Matcher("".join(typed.split()))
        scores = [
            max(matcher.match(_(one.label)) * 2, matcher.match(_(one.help)), matcher.match(one.id))
            for one in self.commands
        ]
        least = max(scores, default=0) * _LIKELY
        found = [place for place, score in enumerate(scores) if score > 0 and score >= least]
        return sorted(found, key=lambda place: -scores[place])


def _help_rows(commands: Sequence[Command], here: Where) -> tuple[list[Command | None], list[Row]]:
    """The help's rows, and beside each the command that it names."""
    order: list[Command | None] = []
    rows: list[Row] = []
    for where in sorted(PLACE_NAMES, key=lambda place: place is not here):
        for group in Group:
            chosen = [one for one in commands if one.where is where and one.group is group]
            if chosen:
                rows.append(Row(f"{_(PLACE_NAMES[where])} · {_(group.value)}", heading=True))
                order.append(None)
                for same in folded(chosen):
                    keys = " ".join(key_label(key) for one in same for key in one.keys)
                    rows.append(Row(_(same[0].help), keys, same[0].id))
                    order.append(same[0] if len(same) == 1 else None)  # of ten digits none is meant
    foot = _first_steps(commands)
    return [*order, *(None for _row in foot)], [*rows, *foot]


def _first_steps(commands: Sequence[Command]) -> list[Row]:
    def keys(*ids: str) -> str:
        return " ".join(key_of(commands, one) for one in ids)

    return [
        Row(_("How to begin"), heading=True),
        Row(
            _("Begin a selection, or take the sentence; any motion extends it"),
            keys("reader.select", "reader.select-sentence"),
        ),
        Row(
            _("Mark the selection: highlight it, write a note on it, tag it"),
            keys("reader.highlight", "reader.note", "reader.tags"),
        ),
        Row(_("Undo a change, or do it again; all is saved at once"), keys("library.undo", "library.redo")),
        Row(_("What the filter understands"), heading=True),
        *grammar_rows(),
    ]


def grammar_rows() -> list[Row]:
    """What can be typed into the filter box, and what it means."""
    from tui.search import grammar

    return [Row(meaning, typed) for typed, meaning in grammar.rows()]
