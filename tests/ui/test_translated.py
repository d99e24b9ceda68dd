"""Nothing on any screen is left in English."""

from __future__ import annotations

import re

import pytest

from tests.test_language import Pseudo
from tests.ui.conftest import NARROW, WIDE, screen_lines
from tests.ui.test_snapshots import SCREENS, drive
from tui import language
from tui.library.library import Library
from tui.settings import Settings
from tui.ui.app import JianbaoApp

# What stands on the screen in Latin letters in every language: names of keys, ids of commands, the paths of the pages
_NAMES = re.compile(
    r"\b(?:Ctrl|Shift|Alt|Enter|Esc|Tab|Space|PgUp|PgDn|Home|End|Backspace|Del|Ins)\b|\b(?:list|reader|panel|library)\.[\w-]+"
    r"|[\w./-]*\.(?:txt|md|jsonl)\b|\bpapers\b"
)
# Texts of the panel, the note and the tags that are no messages yet
_NOT_YET = re.compile(
    r"No annotations yet|\byet\b|\bcolour \w+|the article|Ctrl\+S or Esc save · Ctrl\+G discard"
    r"|Enter save · Tab complete · ↑↓ choose · Esc leave as it was"
)
_WORD = re.compile("[A-Za-z]{2,}")


def _untranslated(lines: list[str]) -> list[str]:
    return [line.strip() for line in lines if _WORD.search(_NAMES.sub("", _NOT_YET.sub("", line)))]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", SCREENS)
async def test_no_screen_says_anything_that_is_not_in_the_catalog(
    fixed_library: Library, name: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language._Spoken, "catalog", Pseudo())
    with fixed_library:
        app = JianbaoApp(fixed_library, Settings(author="tester"))
        async with app.run_test(size=size) as pilot:
            await drive(pilot, SCREENS[name])
            typed = [key[1:] for key in SCREENS[name] if key.startswith("*")]
            assert [line for line in _untranslated(screen_lines(app)) if line not in typed] == []
