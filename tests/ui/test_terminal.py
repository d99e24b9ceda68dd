"""What the terminal is asked before the screen is there."""

from __future__ import annotations

import ast
import sys

import pexpect
import pytest

from tests.conftest import ROOT
from tests.ui.conftest import FIRST_FRAME, WIDE, Driver
from tui.errors import UsageError
from tui.library.library import Library
from tui.settings import Settings
from tui.ui import terminal
from tui.ui.app import JianbaoApp
from tui.ui.terminal import PATIENCE, Answer, ask, settle_widths

ASKING = """
import time
from tui.ui.terminal import ask
input("ready?")
began = time.perf_counter()
answer = ask()
print("SAID", (answer.wide, answer.typed, time.perf_counter() - began))
print("LINE", repr(input()))
"""


def said(reply: str) -> tuple[bool, str, float, str]:
    """What `ask` makes of a terminal's reply, how long it takes, and what it has left echoed on the screen."""
    child = pexpect.spawn(sys.executable, ["-c", ASKING], cwd=str(ROOT), encoding="utf-8", timeout=20)
    child.delaybeforesend = None
    child.expect_exact("ready?")
    child.send("\n")
    child.expect_exact("\x1b[6n\r\x1b[K")
    child.send(reply)
    child.expect(r"(?s)(.*)SAID (\(.*?\))\r\n")
    echoed, found = child.match.groups()
    child.send("still a terminal\n")
    child.expect_exact("LINE 'still a terminal'")
    child.expect_exact(pexpect.EOF)
    wide, typed, seconds = ast.literal_eval(found)
    return wide, typed, seconds, echoed


@pytest.mark.parametrize(
    ("reply", "wide", "typed"),
    [
        ("\x1b[5;2R", False, ""),
        ("\x1b[5;3R", True, ""),
        ("jj\x1b[5;3R", True, "jj"),
        ("j\x1b[A\x1b[5;3Rk\r", True, "j"),
    ],
)
def test_a_terminal_that_answers_is_believed_and_what_was_typed_is_kept(reply: str, wide: bool, typed: str) -> None:
    found_wide, found_typed, seconds, echoed = said(reply)
    assert found_wide is wide
    assert found_typed.startswith(typed)
    assert seconds < PATIENCE
    assert "R" not in echoed


@pytest.mark.parametrize(
    ("reply", "typed"),
    [("", ""), ("\x1b[5;", ""), ("\x1b]0;x\x07\x1b[?1;2c\x00", "0;x"), ("\x1b", ""), ("\x1b[;R\x1b[99", "")],
)
def test_silence_and_garbage_count_as_narrow_and_never_as_escape(reply: str, typed: str) -> None:
    wide, found, seconds, _ = said(reply)
    assert wide is False
    assert "\x1b" not in found
    assert found.endswith(typed)
    assert PATIENCE * 0.5 < seconds < 5


def test_without_a_terminal_nothing_is_asked() -> None:
    assert ask() == Answer()


def test_the_settings_are_asked_before_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.ui import ambiguous

    counted: list[str] = []
    monkeypatch.setattr(ambiguous, "count_wide", lambda: counted.append("wide"))
    monkeypatch.setattr(terminal, "ask", lambda: Answer(wide=True, typed="jj"))
    assert settle_widths("narrow") == ""
    assert counted == []
    assert settle_widths("auto") == "jj"
    assert settle_widths("wide") == ""
    assert counted == ["wide", "wide"]


def test_a_rich_that_cannot_be_told_is_named_where_the_settings_ask_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.ui import ambiguous

    def refuse() -> None:
        raise UsageError("no")

    monkeypatch.setattr(ambiguous, "count_wide", refuse)
    monkeypatch.setattr(terminal, "ask", lambda: Answer(wide=True))
    assert settle_widths("auto") == ""
    with pytest.raises(UsageError):
        settle_widths("wide")


async def test_what_was_typed_while_the_terminal_was_asked_is_not_lost(library: Library) -> None:
    app = JianbaoApp(library, Settings(), "j\r")
    async with app.run_test(size=WIDE) as pilot:
        driver = Driver(app, pilot)
        await pilot.pause(2 * FIRST_FRAME)
        await driver.settle()
        assert driver.screen.articles.cursor == 1
        assert driver.app.focused is driver.screen.reader
