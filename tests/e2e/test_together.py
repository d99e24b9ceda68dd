"""Two programs on one folder, each in a terminal of its own."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

from tests.e2e.conftest import Terminal
from tests.e2e.test_notes import PAGE, program


def test_the_second_follows_the_first_and_takes_over_when_it_is_killed(
    terminal: Callable[[tuple[int, int]], Terminal], tmp_path: Path
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "柳塘日报-2024-03-09-01.txt").write_text(PAGE, "utf-8")
    first, second = terminal((140, 40)), terminal((140, 40))
    first.start(str(folder))
    first.wait_for("1 article", "江上的灯")
    second.start(str(folder))
    second.wait_for("1 article", "Open elsewhere")
    second.press("Enter", ")")
    first.press("Enter", ")", "V", "H")
    first.wait_for("Saved: highlight")
    second.wait_for("✎1", "1 change by the other program")
    second.press("V", "H")
    second.wait_for("Open elsewhere")
    os.kill(program(first), signal.SIGKILL)
    second.wait_for("The other program has ended: you can write now")
    second.press("q", "c")
    second.wait_for("Saved: colour")
    third = terminal((80, 24))
    third.start(str(folder))
    third.wait_for("Open elsewhere", "✎1")
    second.press("Q")
    second.wait_for("ENDED 0")
    third.wait_for("The other program has ended: you can write now")
    third.press("Q")
    third.wait_for("ENDED 0")
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith("annotations")) == ["annotations.json"]
