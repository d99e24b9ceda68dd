"""The program in a real terminal."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PROGRAM = (sys.executable, "-m", "tui")


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """An environment whose user has never used the program."""
    folders = {f"XDG_{kind}_HOME": str(tmp_path / kind.lower()) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    outside = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES", "NO_COLOR"}}
    return {**outside, **folders, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}


class Terminal:
    """A tmux session with the program in it."""

    def __init__(self, home: dict[str, str], size: tuple[int, int]) -> None:
        self._folder = tempfile.mkdtemp(prefix="jianbao-")  # a socket's path must be short
        self._home = home
        self._size = size

    def _tmux(self, *arguments: str) -> str:
        command = ["tmux", "-u", "-S", f"{self._folder}/tmux", "-f", os.devnull, *arguments]
        return subprocess.run(command, env=self._home, capture_output=True, text=True, check=True).stdout

    def start(self, *arguments: str) -> None:
        """Start the program; when it ends, the terminal says so."""
        width, height = map(str, self._size)
        command = " ".join(f"'{word}'" for word in (*PROGRAM, *arguments))
        self._tmux("new-session", "-d", "-x", width, "-y", height, f"{command}; echo ENDED $?; sleep 600")

    def press(self, *keys: str) -> None:
        """Press keys, named as tmux names them."""
        for key in keys:
            self._tmux("send-keys", key)
            time.sleep(0.05)

    def type(self, text: str) -> None:
        """Type text."""
        self._tmux("send-keys", "-l", text)

    def screen(self) -> str:
        """What stands on the screen."""
        return self._tmux("capture-pane", "-p")

    def wait_for(self, *wanted: str, without: str | None = None, seconds: float = 20.0) -> str:
        """Wait until the screen shows all that is wanted, and no more what it is to be without; the screen."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            screen = self.screen()
            if all(text in screen for text in wanted) and (without is None or without not in screen):
                return screen
            time.sleep(0.05)
        raise AssertionError(f"{wanted} not shown within {seconds} s:\n{self.screen()}")

    def stop(self) -> None:
        """End the session, whatever runs in it."""
        subprocess.run(["tmux", "-S", f"{self._folder}/tmux", "kill-server"], capture_output=True, check=False)
        shutil.rmtree(self._folder, ignore_errors=True)


@pytest.fixture
def terminal(home: dict[str, str]) -> Iterator[Callable[[tuple[int, int]], Terminal]]:
    """Makes terminals of a size and ends them."""
    if shutil.which("tmux") is None:
        pytest.skip("no tmux here")
    made: list[Terminal] = []

    def make(size: tuple[int, int]) -> Terminal:
        made.append(Terminal(home, size))
        return made[-1]

    yield make
    for one in made:
        one.stop()
