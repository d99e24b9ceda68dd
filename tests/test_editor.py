"""The user's own editor: which it is, and what comes back from it."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tui.editor import EditorError, command, edit
from tui.errors import UsageError


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"VISUAL": "code --wait", "EDITOR": "nano"}, ("code", "--wait")),
        ({"VISUAL": " ", "EDITOR": "'/opt/my editor/e' -x"}, ("/opt/my editor/e", "-x")),
        ({"EDITOR": "nano"}, ("nano",)),
        ({}, ("vi",)),
    ],
)
def test_the_editor_is_the_one_that_git_would_take(environment: dict[str, str], words: tuple[str, ...]) -> None:
    assert command(environment, lambda name: name) == words


def test_without_any_it_is_said_what_to_set() -> None:
    with pytest.raises(UsageError, match="set VISUAL or EDITOR"):
        command({}, lambda _name: None)
    with pytest.raises(UsageError, match="EDITOR can't be understood"):
        command({"EDITOR": "vi 'x"}, lambda name: name)


def script(tmp_path: Path, body: str) -> tuple[str, ...]:
    path = tmp_path / "fake editor"
    path.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
    path.chmod(0o755)
    return command({"EDITOR": f"{shlex.quote(str(path))} --flag"}, lambda _name: None)


def left(folder: Path) -> list[str]:
    return [path.read_bytes().decode("utf-8", "replace") for path in folder.iterdir()]


def test_the_text_goes_out_and_comes_back(tmp_path: Path) -> None:
    folder = tmp_path / "drafts"
    words = script(
        tmp_path, f'stat -c %a "$2" > {shlex.quote(str(tmp_path / "mode"))}; printf \'亮了\\r\\n\\n\' >> "$2"'
    )
    assert edit(words, folder, "江上的灯\n第二行") == "江上的灯\n第二行\n亮了"
    assert (tmp_path / "mode").read_text().strip() == "600"
    assert left(folder) == []


def test_an_empty_note_stays_empty(tmp_path: Path) -> None:
    assert edit(script(tmp_path, "true"), tmp_path / "drafts", "") == ""
    assert edit(script(tmp_path, ': > "$2"'), tmp_path / "drafts", "江上") == ""


def test_a_failure_leaves_the_note_and_says_so_in_a_line(tmp_path: Path) -> None:
    folder = tmp_path / "drafts"
    with pytest.raises(EditorError, match=r"ended with 3: the note is as it was$"):
        edit(script(tmp_path, "exit 3"), folder, "江上")
    with pytest.raises(EditorError, match="No such file"):
        edit((str(tmp_path / "none"),), folder, "江上")
    with pytest.raises(EditorError, match="left no file"):
        edit(script(tmp_path, 'rm "$2"'), folder, "江上")
    assert left(folder) == []


def test_what_was_typed_in_an_editor_that_failed_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "drafts"
    with pytest.raises(EditorError, match=r"ended with 1: the note is as it was, the file is .*note-.*\.md$"):
        edit(script(tmp_path, 'echo 亮了 > "$2"; exit 1'), folder, "江上")
    assert left(folder) == ["亮了\n"]


def test_what_is_not_utf_8_is_kept_and_not_taken(tmp_path: Path) -> None:
    folder = tmp_path / "drafts"
    with pytest.raises(EditorError, match=r"not UTF-8: the note is as it was, the file is .*note-"):
        edit(script(tmp_path, "printf '\\265\\306' > \"$2\""), folder, "江上")
    assert len(left(folder)) == 1


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("")
    with pytest.raises(EditorError, match="drafts: "):
        edit(("true",), tmp_path / "drafts", "江上")
