"""Nothing on any screen is left in English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.test_language import Pseudo
from tests.ui.conftest import NARROW, WIDE, screen_lines
from tests.ui.test_snapshots import HIGHLIGHT, SCREENS, drive
from tui import language
from tui.library.library import Library
from tui.settings import Settings
from tui.ui.app import JianbaoApp

# What stands on the screen in Latin letters in every language: names of keys, ids of commands, the paths of the pages
_NAMES = re.compile(
    r"\b(?:Ctrl|Shift|Alt|Enter|Esc|Tab|Space|PgUp|PgDn|Home|End|Backspace|Del|Ins)\b|\b(?:list|reader|panel|library)\.[\w-]+"
    r"|[\w./-]*\.(?:txt|md|jsonl)\b|\bpapers\b|\btester\b"
    r"|\b(?:titel|title|tyn)\b"  # typed into the filter, and the field that must have been meant
)
_WORD = re.compile("[A-Za-z]{2,}")
# What no picture shows
_MORE: dict[str, tuple[str, ...]] = {
    "undone": (*HIGHLIGHT, "c", "u"),
    "done again": ("s", "u", "ctrl+r"),
    "deleted": (*HIGHLIGHT, "d"),
    "borders saved": (*HIGHLIGHT, "E", "l", "enter"),
    "mended": ("enter", "right_curly_bracket", "right_curly_bracket", "M", "6"),
    "no tag of a digit": (*HIGHLIGHT, "1"),
    "no mark": ("enter", "apostrophe", "z"),
    "no draft": ("A",),
    "not found": ("enter", "ctrl+f", "*没有这样的词", "enter"),
    "new tag": ("C", "n"),
    "keys of the codebook": ("C", "question_mark"),
    "problems": ("exclamation_mark",),
}
_ALL = {**SCREENS, **_MORE}


def _untranslated(lines: list[str]) -> list[str]:
    return [line.strip() for line in lines if _WORD.search(_NAMES.sub("", line))]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", _ALL)
async def test_no_screen_says_anything_that_is_not_in_the_catalog(
    fixed_library: Library, pages: Path, name: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language._Spoken, "catalog", Pseudo())
    if name == "problems":
        (pages / "empty.txt").write_bytes(b"")
        (pages / "number.jsonl").write_text('{"title": ["3"]}\n', "utf-8")
    with fixed_library:
        app = JianbaoApp(fixed_library, Settings(author="tester"))
        async with app.run_test(size=size) as pilot:
            await drive(pilot, _ALL[name])
            typed = [key[1:] for key in _ALL[name] if key.startswith("*")]
            assert [line for line in _untranslated(screen_lines(app)) if line not in typed] == []
