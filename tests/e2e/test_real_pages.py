"""From a folder of real pages to exported notes, in a real terminal, by keys alone."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.conftest import PROGRAM, Terminal

QUERY = "新质生产力"


@pytest.mark.parametrize("size", [(140, 40), (80, 24)])
def test_open_filter_read_mark_note_tag_quit_find_it_again_export(
    shared: Path, terminal: Callable[[tuple[int, int]], Terminal], home: dict[str, str], size: tuple[int, int]
) -> None:
    pages = str(shared / "pages")
    first = terminal(size)
    first.start(pages)
    first.wait_for("•", "Enter Read")
    first.press("/")
    first.type(QUERY)
    first.wait_for("hits")
    first.press("Enter", "Enter")
    first.wait_for("hit 1/", "v Select")
    first.press("V", "H")
    first.wait_for("Saved: highlight")
    first.press("a")
    first.wait_for("Note on")
    first.type("第一处，值得引用")
    first.press("Escape")
    first.wait_for("Saved: note")
    first.press("t")
    first.wait_for("Tags of")
    first.type("政策/产业")
    first.wait_for("政策/产业")
    first.press("Enter")
    first.wait_for("Saved: tags")
    first.press("Q")
    first.wait_for("ENDED 0")

    again = terminal(size)
    again.start(pages)
    again.wait_for("✎1")
    again.press("/")
    again.type(QUERY)
    again.wait_for("hits")
    again.press("Enter", "Enter")
    again.wait_for("hit 1/")
    again.press("Tab")
    again.wait_for("第一处，值得引用", "#政策/产业")
    again.press("Q")
    again.wait_for("ENDED 0")

    command = [*PROGRAM, "export", pages, "--format", "md"]
    exported = subprocess.run(command, env=home, capture_output=True, text=True, check=True).stdout
    assert QUERY in exported
    assert "第一处，值得引用" in exported
    assert "#政策/产业" in exported
    assert not (shared / "pages" / "annotations.json").exists()


def test_the_first_start_opens_a_copy_of_the_sample(
    terminal: Callable[[tuple[int, int]], Terminal], home: dict[str, str], corpus: Path
) -> None:
    first = terminal((100, 30))
    first.start()
    first.wait_for("剪报 sample", "•", "Enter Read")
    first.press("s")
    first.wait_for("★")
    first.press("q")
    first.wait_for("ENDED 0")
    assert (Path(home["XDG_DATA_HOME"]) / "jianbao" / "sample" / "annotations.json").is_file()
    assert not (corpus / "annotations.json").exists()


def test_a_terminal_that_changes_its_size_is_followed(
    terminal: Callable[[tuple[int, int]], Terminal], corpus: Path, tmp_path: Path
) -> None:
    one = terminal((140, 40))
    one.start()
    one.wait_for("articles", "No annotations yet")
    one._tmux("resize-window", "-x", "60", "-y", "20")
    one.wait_for("Enter Read", without="No annotations yet")
    one._tmux("resize-window", "-x", "140", "-y", "40")
    one.wait_for("No annotations yet")


@pytest.mark.parametrize("size", [(140, 40), (80, 24)])
def test_keys_typed_ahead_go_where_those_before_them_lead(
    terminal: Callable[[tuple[int, int]], Terminal], home: dict[str, str], size: tuple[int, int]
) -> None:
    one = terminal(size)
    one.start()
    one.wait_for("•")
    one.type("/渡口\r\rVHaQuite a note, dud\x13t水运 渡口\rgs")
    one.wait_for("Saved: star")
    one.press("Q")
    one.wait_for("ENDED 0")
    store = Path(home["XDG_DATA_HOME"]) / "jianbao" / "sample" / "annotations.json"
    (made,) = json.loads(store.read_text("utf-8"))["annotations"].values()
    assert made["note"] == "Quite a note, dud"
    assert made["tags"] == ["水运", "渡口"]
    assert "渡口" in made["exact"]
