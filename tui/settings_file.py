"""The settings' TOML file: its table, and the line on which something stands in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tui.causes import in_words
from tui.errors import SettingsError
from tui.language import _

_TOLD = re.compile(r"(?s)(.*) \(at (?:line (\d+), column \d+|end of document)\)")  # tomllib, up to Python 3.13


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A file of settings.

    Attributes:
        path: Where it lies.
        text: What it says, its line ends LF.
    """

    path: Path
    text: str = ""

    def table(self) -> dict[str, Any]:
        """What it sets.

        Raises:
            SettingsError: It is not TOML.
        """
        if not self.text.strip():
            return {}
        import tomllib  # most users have no settings, and every start would pay for it

        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            told = _TOLD.fullmatch(str(error))
            cause = told[1] if told else str(error)
            line = told[2] if told and told[2] else self.text.rstrip("\n").count("\n") + 1
            raise SettingsError([f"{self.path}:{line}: {cause}"]) from error
        except RecursionError as error:
            raise SettingsError([_("{file}: nested too deeply").format(file=self.path)]) from error

    def line(self, *names: str) -> int | None:
        """The line on which a value begins, counted from 1; None where it is not in the file.

        tomllib names no lines, but a file cut off behind a line is either TOML, or the cut goes through a statement: so
        the statement that sets a value begins behind the last good cut without the value.

        Args:
            names: The value's name, one a level; the last ones may be written as one name with dots.
        """
        import tomllib

        lines = self.text.split("\n")
        first = 0
        for end in range(1, len(lines) + 1):
            try:
                table = tomllib.loads("\n".join(lines[:end]))
            except tomllib.TOMLDecodeError:
                continue
            if _holds(table, names):
                return first + 1
            first = end
        return None

    def at(self, *names: str) -> str:
        """The file and the line, to stand before what is wrong there: `path:line: `."""
        line = self.line(*names)
        return f"{self.path}:{line}: " if line else f"{self.path}: "


def read(path: Path) -> SettingsFile:
    """The file at `path`, empty where there is none.

    Raises:
        SettingsError: It can't be read, or is not UTF-8.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        text = ""
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SettingsError([_("{file}:{line}: not UTF-8").format(file=path, line=line)]) from error
    except OSError as error:
        raise SettingsError([f"{path}: {in_words(error.strerror or str(error))}"]) from error
    return SettingsFile(path, text.replace("\r\n", "\n"))


def flat(table: Mapping[str, Any], above: str = "") -> list[tuple[str, Any]]:
    """The values of a table and of those in it, each with its names joined by dots; a name may come twice."""
    found: list[tuple[str, Any]] = []
    for name, value in table.items():
        found += flat(value, f"{above}{name}.") if isinstance(value, dict) and value else [(above + name, value)]
    return found


def _holds(table: object, names: tuple[str, ...]) -> bool:
    """Whether a table holds a value under `names`, the last of which may be the dotted name of some levels."""
    if not names:
        return True
    if not isinstance(table, dict):
        return False
    name, *rest = names
    if name in table:
        return _holds(table[name], tuple(rest))
    return any(
        name.startswith(f"{key}.") and _holds(inner, (name[len(key) + 1 :], *rest)) for key, inner in table.items()
    )
