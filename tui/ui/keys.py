"""The names of keys, as Textual has them and as the screen shows them. Nothing here needs Textual."""

from __future__ import annotations

import string
import unicodedata

MODIFIERS = ("alt", "ctrl", "hyper", "meta", "shift", "super")  # in the order of Textual's names

_NAMED = {
    "backspace": "Backspace",
    "delete": "Del",
    "down": "↓",
    "end": "End",
    "enter": "Enter",
    "escape": "Esc",
    "home": "Home",
    "insert": "Ins",
    "left": "←",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "right": "→",
    "space": "Space",
    "tab": "Tab",
    "up": "↑",
    **{f"f{number}": f"F{number}" for number in range(1, 25)},
}
_OTHER_NAMES = {"return": "enter"} | {label.casefold(): name for name, label in _NAMED.items()}
_SHORTER = {  # Textual's names for characters are Unicode's, but for these
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
_SAME = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+left_square_bracket": "escape"}  # a terminal sends the same for both


def name_of(character: str) -> str:
    """Textual's name for the key of a character: `slash` for `/`, `A` for `A`."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return _SHORTER.get(name, name)


_CHARACTERS = {name_of(character): character for character in string.punctuation}
NAMES = frozenset((*_NAMED, *_CHARACTERS))
"""The names of the keys that are written with more than one letter."""


def key_label(key: str) -> str:
    """How a key is shown: `ctrl+d` as `Ctrl+d`, `slash` as `/`."""
    *modifiers, name = key.split("+")
    label = _NAMED.get(name) or _CHARACTERS.get(name) or _character(name) or name
    return "+".join([*(modifier.capitalize() for modifier in modifiers), label])


def canonical(written: str) -> str | None:
    """Textual's name for a key as a user writes it: a character itself, or any name or label; None if it is none."""
    if len(written) == 1:
        known = name_of(written) if written.isprintable() and not written.isspace() else ""
        return known if len(known) == 1 or known in NAMES or _character(known) else None  # not every name leads back
    *modifiers, last = written.split("+") if not written.endswith("++") else [*written[:-2].split("+"), "+"]
    modifiers = sorted({modifier.strip().lower() for modifier in modifiers})
    name = _named(last.strip())
    if name is None or not set(modifiers) <= set(MODIFIERS):
        return None
    if len(name) == 1 and modifiers == ["shift"]:
        return name.upper()  # so a terminal sends it
    if len(name) == 1 and "ctrl" in modifiers:
        name = name.lower()
    full = "+".join([*modifiers, name])
    return _SAME.get(full, full)


def nearest(written: str) -> str:
    """The key's name that looks most like what a user has written; empty where none does."""
    *modifiers, last = written.split("+")
    right = [near for one in modifiers if (near := _near(one.strip().lower(), MODIFIERS))]
    name = _named(last.strip()) or _near(last.strip().lower(), sorted(NAMES))
    return "+".join([*right, name]) if name and len(right) == len(modifiers) else ""


def _near(word: str, names: tuple[str, ...] | list[str]) -> str:
    import difflib  # only where something is wrong

    return next(iter(difflib.get_close_matches(word, names, 1)), "")


def _named(name: str) -> str | None:
    if len(name) == 1:
        return canonical(name)
    name = name.lower()
    name = _OTHER_NAMES.get(name, name)
    return name if name in NAMES or _character(name) else None


def _character(name: str) -> str:
    """The character beyond ASCII that has this name; empty where none has."""
    if len(name) < 2:
        return name
    try:
        character = unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return ""
    return character if len(character) == 1 and character.isprintable() and name_of(character) == name else ""
