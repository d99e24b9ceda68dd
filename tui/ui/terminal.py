"""What the terminal itself is asked before the screen is there: in how many cells it draws marks of ambiguous width."""

from __future__ import annotations

import contextlib
import os
import re
import select
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 0.1  # seconds; a terminal that has not answered by then counts as narrow

# A mark of ambiguous width at the line's start, the question where the cursor stands now, and the line empty again.
_QUESTION = "\r“\x1b[6n\r\x1b[K".encode()
_ANSWER = re.compile(rb"\x1b\[\d{1,5};(\d{1,5})R")
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]?|O.?)?")  # a key that sends more than one character, or half of one


@dataclass(frozen=True, slots=True)
class Answer:
    """What the terminal said.

    Attributes:
        wide: Whether it draws marks of ambiguous width in two cells.
        typed: What the user typed meanwhile: characters, Enter, Tab, Backspace; keys that send a sequence are left out,
            for half a sequence might be taken for Escape.
    """

    wide: bool = False
    typed: str = ""


def settle_widths(ambiguous: str) -> str:
    """Have marks of ambiguous width counted as the settings or the terminal say, before anything is measured.

    Args:
        ambiguous: "narrow", "wide", or "auto" for what the terminal answers.

    Returns:
        What the user typed while the terminal was asked.

    Raises:
        UsageError: The settings want them wide, and this version of Rich can't be told.
    """
    answer = ask() if ambiguous == "auto" else Answer(ambiguous == "wide")
    if answer.wide:
        from tui.ui.ambiguous import count_wide

        with contextlib.suppress(*[UsageError] if ambiguous == "auto" else []):
            count_wide()
    return answer.typed


def ask(patience: float = PATIENCE) -> Answer:
    """Ask the terminal on standard input and output; narrow where there is none, or where it does not answer.

    Args:
        patience: How long to wait for the answer, in seconds.
    """
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        return Answer()
    try:
        import termios
    except ImportError:  # Windows
        return Answer()
    keyboard, screen = sys.stdin.fileno(), sys.stdout.fileno()
    try:
        before = termios.tcgetattr(keyboard)
        silent = termios.tcgetattr(keyboard)
        silent[3] &= ~(termios.ICANON | termios.ECHO)  # neither waits for Enter nor shows the answer
        sys.stdout.flush()
        termios.tcsetattr(keyboard, termios.TCSANOW, silent)
        try:
            os.write(screen, _QUESTION)
            return _read(keyboard, patience)
        finally:
            termios.tcsetattr(keyboard, termios.TCSANOW, before)
    except (OSError, termios.error):
        return Answer()


def _read(keyboard: int, patience: float) -> Answer:
    """Read until the answer has come, or none within the patience."""
    received = b""
    for piece in _pieces(keyboard, patience):
        received += piece
        found = _ANSWER.search(received)
        if found is not None:
            rest = received[: found.start()] + received[found.end() :]
            return Answer(int(found[1]) == 3, _keys(rest))
    return Answer(typed=_keys(received))


def _pieces(keyboard: int, patience: float) -> Iterator[bytes]:
    until = time.monotonic() + patience
    while (left := until - time.monotonic()) > 0:
        if not select.select([keyboard], [], [], left)[0]:
            return
        piece = os.read(keyboard, 1024)
        if not piece:
            return
        yield piece


def _keys(received: bytes) -> str:
    single = _SEQUENCE.sub("", received.decode("utf-8", "ignore"))
    return "".join(character for character in single if character.isprintable() or character in "\r\n\t\x7f")
