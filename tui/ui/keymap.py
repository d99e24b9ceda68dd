"""Commands as the bindings of a widget."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from tui.ui.commands import COMMANDS, Where


def bindings(where: Where) -> list[BindingType]:
    """The bindings of the commands that belong to `where`; their ids let the user's keymap replace the keys."""
    return [
        Binding(",".join(command.keys), command.action, command.label, show=False, id=command.id)
        for command in COMMANDS
        if command.where is where
    ]
