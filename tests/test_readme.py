"""The README says what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tui import __version__
from tui.cli import _COMMANDS
from tui.export.registry import FORMATS
from tui.ui.commands import COMMANDS, key_table

README = (ROOT / "README.md").read_text("utf-8")


def test_the_key_tables_are_those_of_the_program() -> None:
    assert key_table() in README, "README.md: replace the tables under Keys by those of `jianbao config keys`"


def test_every_command_and_export_format_is_named() -> None:
    for command in _COMMANDS:
        assert f"`jianbao {command} " in README
    for name in {known.suffix.lstrip(".") for known in FORMATS.values()}:
        assert f"`export --format {name}`" in README


def test_every_file_it_points_to_is_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).is_file(), target


def test_the_changelog_knows_the_version() -> None:
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_no_key_calls_two_commands_in_one_place() -> None:
    for where in {command.where for command in COMMANDS}:
        seen = [key for command in COMMANDS if command.where in {where, "library"} for key in command.keys]
        assert sorted(seen) == sorted(set(seen)), where


@pytest.mark.parametrize("path", [ROOT / "tui", ROOT / "tests", ROOT / "corpus"], ids=lambda path: path.name)
def test_nothing_of_the_real_pages_is_in_the_project(shared: Path, path: Path) -> None:
    lines: set[str] = set()
    for page in (shared / "pages").glob("*.txt"):
        for line in page.read_text("utf-8").splitlines():
            lines.update(line[at : at + 14] for at in range(0, max(len(line) - 14, 0), 7))
    for file in path.rglob("*"):
        if file.suffix in {".py", ".md", ".txt", ".tsv", ".json", ".csv"}:
            text = file.read_bytes().decode("utf-8", "replace")
            assert not [piece for piece in lines if piece in text], file
