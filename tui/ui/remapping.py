"""The user's own keys: every mistake in them is named with its line in the settings file. Nothing here is Textual's."""

from __future__ import annotations

from dataclasses import replace

from tui.errors import SettingsError
from tui.language import _
from tui.settings import Settings
from tui.ui.commands import COMMANDS, Command, Where
from tui.ui.keys import canonical, key_label, nearest

_ALWAYS_QUITS = "ctrl+q"  # also where text is typed


def commands_of(settings: Settings) -> tuple[Command, ...]:
    """Every command, with the user's own keys.

    Raises:
        SettingsError: An id that is no command's, a key that is none, or a key that calls two commands in one place.
    """
    mistakes: list[str] = []
    known = {command.id: command for command in COMMANDS}
    for name, written in settings.keys.items():
        cause = _unknown(name) if name not in known else ""
        keys = [] if cause else [key.strip() for key in written.split(",")]
        causes = [cause] if cause else [said for key in keys if (said := _wrong(name, key))]
        mistakes += [settings.at("keys", name) + said for said in causes]
        if not causes:
            own = tuple(dict.fromkeys(canonical(key) or key for key in keys))
            known[name] = replace(known[name], keys=own)
    commands = tuple(known.values())
    mistakes += _collisions(settings, commands)
    if mistakes:
        raise SettingsError(mistakes)
    return commands


def _unknown(name: str) -> str:
    import difflib  # only where something is wrong

    ids = [command.id for command in COMMANDS]
    near = difflib.get_close_matches(name, ids, 1) or [one for one in ids if one.endswith(f".{name}")]
    said = _("no command is called {name}").format(name=name)
    return said + (_("; is {near} meant?").format(near=near[0]) if near else "")


def _wrong(name: str, key: str) -> str:
    """What is wrong with a key; empty where nothing is."""
    if not key:
        return _("{command} has an empty key; the comma itself is called comma").format(command=name)
    found = canonical(key)
    if found == _ALWAYS_QUITS and name != "library.quit":
        return _("{command}: Ctrl+q always quits").format(command=name)
    if found is not None:
        return ""
    near = nearest(key)
    said = _("{command}: no key is called {key}").format(command=name, key=key)
    return said + (_("; is {near} meant?").format(near=near) if near else "")


def _collisions(settings: Settings, commands: tuple[Command, ...]) -> list[str]:
    found: dict[str, None] = {}
    for where in (Where.LIST, Where.READER, Where.PANEL):
        owners: dict[str, Command] = {}
        for command in commands:
            for key in command.keys if command.where in (where, Where.LIBRARY) else ():
                other = owners.setdefault(key, command)
                if other is not command and {other.id, command.id} & settings.keys.keys():
                    found[_collision(settings, key, other, command)] = None
    return list(found)


def _collision(settings: Settings, key: str, one: Command, other: Command) -> str:
    first, second = sorted((one, other), key=lambda command: (command.id not in settings.keys, command.id))
    line = settings.line("keys", second.id) if second.id in settings.keys else None
    named = _("{command} (line {line})").format(command=second.id, line=line) if line else second.id
    return settings.at("keys", first.id) + _("{key} calls two commands in one place, {first} and {second}").format(
        key=key_label(key), first=first.id, second=named
    )
