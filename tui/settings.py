"""The user's settings: a TOML file in the user's config folder, and the folder that was open last.

theme = "jianbao-dark"      # or jianbao-light, or any theme of Textual's
measure = 40                # characters a line of the reader at most
author = "your name"        # written into every annotation
language = "auto"           # en, zh, or what the locale says
rules = "basic"             # marks kept off a line's start and end: basic (GB/T 15834), strict or none
slack = 6                   # cells by which a line may be cut shorter to keep a word whole, 0 to 20
hanging = false             # let a stop stand past the measure rather than take a character to the next line
ambiguous = "auto"          # “ ” … — · in one cell (narrow) or two (wide), or as the terminal says

[keys]
"reader.highlight" = "H"    # a command's id and the keys that call it, separated by commas

Every mistake in it is named at once, with the file's name and the line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from tui.errors import SettingsError
from tui.language import LANGUAGES, _
from tui.settings_file import SettingsFile, flat, read

MEASURES = range(10, 81)
SLACKS = range(21)
RULES = ("basic", "strict", "none")
AMBIGUOUS = ("auto", "narrow", "wide")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user has set.

    Attributes:
        theme: The name of a theme.
        measure: How many full-width characters a line of the reader has at most.
        author: Whose annotations these are.
        language: One of `LANGUAGES`, or "auto" for the locale's.
        rules: One of `RULES`: how strictly marks are kept off a line's start and end.
        slack: Cells by which a line may be cut shorter to keep a word whole.
        hanging: Whether a stop may stand past the measure.
        ambiguous: One of `AMBIGUOUS`: the cells of marks like “ ” … — ·.
        keys: For a command's id the keys that call it, separated by commas.
        file: Where all this stands, if it stands in a file.
    """

    theme: str = "jianbao-dark"
    measure: int = 40
    author: str = ""
    language: str = "auto"
    rules: str = "basic"
    slack: int = 6
    hanging: bool = False
    ambiguous: str = "auto"
    keys: dict[str, str] = field(default_factory=dict)
    file: SettingsFile | None = field(default=None, compare=False, repr=False)

    def at(self, *names: str) -> str:
        """The file and the line where something is set, to stand before what is wrong with it."""
        return self.file.at(*names) if self.file else ""

    def line(self, *names: str) -> int | None:
        """The line where something is set."""
        return self.file.line(*names) if self.file else None


_FITTING: dict[str, type | range | tuple[str, ...]] = {  # of what kind a value must be, or what it may be
    "theme": str,
    "measure": MEASURES,
    "author": str,
    "language": ("auto", *LANGUAGES),
    "rules": RULES,
    "slack": SLACKS,
    "hanging": bool,
    "ambiguous": AMBIGUOUS,
    "keys": dict,
}
_KINDS: dict[type, Callable[[], str]] = {
    str: lambda: _("{name} must be a text, in quotation marks"),
    bool: lambda: _("{name} must be true or false"),
    dict: lambda: _("{name} must be a table"),
}


def settings_path() -> Path:
    """Where the settings lie, whether or not the file exists."""
    return platformdirs.user_config_path("jianbao") / "config.toml"


def data_folder() -> Path:
    """Where the sample lies, and the notes on folders that can't be written to."""
    return platformdirs.user_data_path("jianbao")


def asked_path() -> Path:
    """Where the queries lie that were asked before, whether or not the file exists."""
    return platformdirs.user_state_path("jianbao") / "queries.json"


def load_settings(path: Path) -> Settings:
    """The settings in the file at `path`; the defaults where there is none.

    Raises:
        SettingsError: The file is not TOML, or a value in it is not of its kind.
    """
    file = read(path)
    table = file.table()
    mistakes = [file.at(name) + cause for name, value in table.items() if (cause := _wrong(name, value))]
    keys = table.get("keys", {})
    if isinstance(keys, dict):
        mistakes += _wrong_keys(file, keys)
    if mistakes:
        raise SettingsError(mistakes)
    values = {name: value for name, value in table.items() if name != "keys"}
    if not values.get("author"):
        values["author"] = _user_name()
    return Settings(**values, keys=dict(flat(keys)), file=file)


def remember_folder(folder: Path) -> None:
    """Keep `folder` as the one to open when none is named. Failing to is not worth an error."""
    path = _last_folder_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(folder), "utf-8")
    except (OSError, UnicodeEncodeError):
        return


def last_folder() -> Path | None:
    """The folder that was open last, if it is still there."""
    try:
        folder = Path(_last_folder_path().read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        return None
    return folder if folder.is_dir() else None


def _last_folder_path() -> Path:
    return platformdirs.user_state_path("jianbao") / "last-folder"


def _wrong(name: str, value: Any) -> str:
    """What is wrong with a setting; empty where nothing is."""
    if name not in _FITTING:
        import difflib  # only where something is wrong

        near = difflib.get_close_matches(name, list(_FITTING), 1)
        said = _("unknown setting {name}").format(name=name)
        return said + (_("; is {near} meant?").format(near=near[0]) if near else "")
    match _FITTING[name]:
        case range() as fitting if type(value) is not int or value not in fitting:
            return _("{name} must be a number from {least} to {most}").format(
                name=name, least=fitting[0], most=fitting[-1]
            )
        case tuple() as fitting if value not in fitting:
            return _("{name} must be one of these: {choices}").format(name=name, choices=", ".join(fitting))
        case type() as fitting if type(value) is not fitting:
            return _KINDS[fitting]().format(name=name)
    return ""


def _wrong_keys(file: SettingsFile, keys: dict[str, Any]) -> list[str]:
    given = flat(keys)
    mistakes = [
        file.at("keys", name) + _("the keys of {command} must be a text, in quotation marks").format(command=name)
        for name, value in given
        if not isinstance(value, str)
    ]
    twice = [name for name, times in Counter(name for name, _value in given).items() if times > 1]
    return mistakes + [file.at("keys", name) + _("{command} stands here twice").format(command=name) for name in twice]


def _user_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
