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

A value of the wrong kind and an unknown name are refused, with the file's name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

from tui.errors import UsageError
from tui.language import LANGUAGES

T = TypeVar("T")

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


_DEFAULTS = Settings()


def settings_path() -> Path:
    """Where the settings lie, whether or not the file exists."""
    return platformdirs.user_config_path("jianbao") / "config.toml"


def data_folder() -> Path:
    """Where the sample lies, and the notes on folders that can't be written to."""
    return platformdirs.user_data_path("jianbao")


def load_settings(path: Path) -> Settings:
    """The settings in the file at `path`; the defaults where there is none.

    Raises:
        UsageError: The file is not TOML, or a value in it is not of its kind.
    """
    table = _read(path)
    settings = Settings(
        theme=_value(path, table, "theme", str, _DEFAULTS.theme),
        measure=_value(path, table, "measure", int, _DEFAULTS.measure),
        author=_value(path, table, "author", str, "") or _user_name(),
        language=_value(path, table, "language", str, _DEFAULTS.language),
        rules=_value(path, table, "rules", str, _DEFAULTS.rules),
        slack=_value(path, table, "slack", int, _DEFAULTS.slack),
        hanging=_value(path, table, "hanging", bool, _DEFAULTS.hanging),
        ambiguous=_value(path, table, "ambiguous", str, _DEFAULTS.ambiguous),
        keys=_value(path, table, "keys", dict, {}),
    )
    if table:
        raise UsageError(f"{path}: unknown setting {next(iter(table))!r}")
    if settings.measure not in MEASURES:
        raise UsageError(f"{path}: measure must lie between {MEASURES[0]} and {MEASURES[-1]}")
    if settings.language not in ("auto", *LANGUAGES):
        raise UsageError(f"{path}: language must be auto, {' or '.join(LANGUAGES)}")
    if settings.rules not in RULES:
        raise UsageError(f"{path}: rules must be {', '.join(RULES[:-1])} or {RULES[-1]}")
    if settings.slack not in SLACKS:
        raise UsageError(f"{path}: slack must lie between {SLACKS[0]} and {SLACKS[-1]}")
    if settings.ambiguous not in AMBIGUOUS:
        raise UsageError(f"{path}: ambiguous must be {', '.join(AMBIGUOUS[:-1])} or {AMBIGUOUS[-1]}")
    for command, keys in settings.keys.items():
        if not isinstance(keys, str):
            raise UsageError(f"{path}: the keys of {command} must be a string")
    return settings


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


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    import tomllib  # most users have no settings, and every start would pay for it

    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: {error}") from error


def _last_folder_path() -> Path:
    return platformdirs.user_state_path("jianbao") / "last-folder"


def _value(path: Path, table: dict[str, Any], name: str, kind: type[T], default: T) -> T:
    value = table.pop(name, default)
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise UsageError(f"{path}: {name} must be a {kind.__name__}")
    return value


def _user_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
