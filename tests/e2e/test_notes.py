"""Notes in a real terminal: a kill while typing, a resize while typing, the user's own editor."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.conftest import Terminal

PAGE = "# 江上的灯\n\n昨日傍晚，渡口的灯亮了。天一黑，灯自己就亮，渡工老秦不必再划船去对岸。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of one page."""
    made = tmp_path / "papers"
    made.mkdir()
    (made / "柳塘日报-2024-03-09-01.txt").write_text(PAGE, "utf-8")
    return made


@pytest.fixture
def screen(terminal: Callable[[tuple[int, int]], Terminal], home: dict[str, str]) -> Terminal:
    """A wide terminal whose user has no editor of their own."""
    for name in ("VISUAL", "EDITOR"):
        home.pop(name, None)
    return terminal((140, 40))


def begin_note(screen: Terminal) -> None:
    screen.wait_for("1 article")
    screen.press("Enter")
    screen.wait_for("Select")
    screen.press(")", "V", "a")
    screen.wait_for("Note on “天一黑")


def program(screen: Terminal) -> int:
    """The process of the program: the child of the shell that the terminal runs."""
    shell = screen._tmux("display-message", "-p", "#{pane_pid}").strip()
    children = subprocess.run(["ps", "-o", "pid=", "--ppid", shell], capture_output=True, text=True, check=True).stdout
    return int(children.split()[0])


def _kept(folder: Path) -> str:
    """The notes on the disk while the program runs: the file, and the changes beside it."""
    return "".join(path.read_text("utf-8") for path in sorted(folder.glob("annotations.json*")))


def test_what_is_typed_outlives_a_kill_and_a_resize(
    terminal: Callable[[tuple[int, int]], Terminal], folder: Path
) -> None:
    screen, later = terminal((140, 40)), terminal((140, 40))
    screen.start(str(folder))
    begin_note(screen)
    screen.type("从前点灯要")
    screen._tmux("resize-window", "-x", "80", "-y", "24")
    screen.type("划船去对岸")
    screen.wait_for("从前点灯要划船去对岸")
    screen._tmux("resize-window", "-x", "140", "-y", "40")
    screen.type("，如今不必")
    screen.wait_for("如今不必", "Select")
    drafts = folder / ".jianbao" / "drafts"
    _until(lambda: any("如今不必" in path.read_text("utf-8") for path in drafts.glob("*.json")))
    os.kill(program(screen), signal.SIGKILL)
    screen.wait_for("ENDED 137")

    later.start(str(folder))
    later.wait_for("An unfinished note on “天一黑")
    later.press("A")
    later.wait_for("Note on “天一黑", "从前点灯要划船去对岸，如今不必", "Not saved yet")
    later.press("C-s")
    later.wait_for("Saved: note")
    assert list(drafts.iterdir()) == []
    assert "从前点灯要划船去对岸，如今不必" in _kept(folder)


def test_the_users_editor_has_the_terminal_and_gives_it_back(
    terminal: Callable[[tuple[int, int]], Terminal], home: dict[str, str], folder: Path, tmp_path: Path
) -> None:
    script = tmp_path / "an editor"
    script.write_text("#!/bin/sh\nprintf 'EDITING\\n'; read line; printf '%s\\n' \"$line\" >> \"$2\"\n", "utf-8")
    script.chmod(0o755)
    home["VISUAL"] = f"{shlex.quote(str(script))} -x"
    screen = terminal((140, 40))
    screen.start(str(folder))
    begin_note(screen)
    screen.type("江上")
    screen.press("C-e")
    screen.wait_for("EDITING", without="Note on")
    screen.type("从编辑器来")
    screen.press("Enter")
    screen.wait_for("Note on “天一黑", "江上", "从编辑器来")
    screen.type("，写完了")
    screen.press("Escape")
    screen.wait_for("Saved: note")
    assert "江上\\n从编辑器来，写完了" in _kept(folder)


def test_ctrl_c_in_the_editor_does_not_end_the_program(
    terminal: Callable[[tuple[int, int]], Terminal], home: dict[str, str], folder: Path
) -> None:
    home["VISUAL"] = "sh -c 'echo EDITING; sleep 30'"
    screen = terminal((140, 40))
    screen.start(str(folder))
    begin_note(screen)
    screen.type("江上")
    screen.press("C-e")
    screen.wait_for("EDITING")
    screen.press("C-c")
    screen.wait_for("江上", "sh ended with")


def test_tmux_takes_what_is_copied(screen: Terminal, home: dict[str, str], folder: Path) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        home.pop(name, None)
    screen.start(str(folder))
    screen.wait_for("1 article")
    screen.press("Enter", ")", "V", "y")
    screen.wait_for("characters to tmux")
    assert screen._tmux("show-buffer") == "天一黑，灯自己就亮，渡工老秦不必再划船去对岸。"


def _until(done: Callable[[], bool], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)
