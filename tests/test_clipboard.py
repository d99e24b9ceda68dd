"""Which program reaches the clipboard, and what is said of one that does not."""

from __future__ import annotations

import os
import shlex
import time
from pathlib import Path

import pytest

from tui.clipboard import TERMINAL_TAKES, ClipboardError, Tool, choose, copy, too_long

SSH = {"SSH_CONNECTION": "10.0.0.1 5 10.0.0.2 22"}


def everything(name: str) -> str:
    return f"/usr/bin/{name}"


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({}, None),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "wl-copy"),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "wl-copy"),
        ({"DISPLAY": ":0"}, "xclip"),
        ({"DISPLAY": ":0", "TMUX": "/tmp/x,1,0"}, "xclip"),
        ({"TMUX": "/tmp/x,1,0"}, "tmux"),
        ({"WSL_DISTRO_NAME": "Debian", "DISPLAY": ":0"}, "clip.exe"),
        ({"TERMUX_VERSION": "0.118"}, "termux-clipboard-set"),
        ({"WAYLAND_DISPLAY": "wayland-0", **SSH}, None),
        ({"DISPLAY": ":0", "TMUX": "/tmp/x,1,0", **SSH}, "tmux"),
        ({"DISPLAY": ""}, None),
    ],
)
def test_the_program_that_reaches_the_user_is_chosen(environment: dict[str, str], name: str | None) -> None:
    chosen = choose(environment, everything, "linux")
    assert (chosen.name if chosen else None) == name


def test_only_a_program_that_is_there_is_chosen() -> None:
    chosen = choose({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, lambda name: name if name == "xsel" else None, "linux")
    assert chosen is not None
    assert chosen.name == "xsel"
    assert choose({"DISPLAY": ":0"}, lambda _: None, "linux") is None


def test_a_mac_has_its_own() -> None:
    chosen = choose({}, everything, "darwin")
    assert chosen is not None
    assert chosen.name == "pbcopy"
    assert choose(SSH, everything, "darwin") is None


def tool(tmp_path: Path, script: str, encoding: str = "utf-8") -> Tool:
    return Tool("fake", ("/bin/sh", "-c", f"cd {shlex.quote(str(tmp_path))}; {script}"), encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_the_text_arrives_whole(tmp_path: Path, encoding: str) -> None:
    text = "江上的灯\n\t“亮”了" * 20_000
    copy(tool(tmp_path, "cat > got", encoding), text)
    assert (tmp_path / "got").read_bytes().decode(encoding) == text


def test_a_failure_says_why(tmp_path: Path) -> None:
    with pytest.raises(ClipboardError, match=r"^Can't open display ␛x$"):
        copy(tool(tmp_path, 'echo first >&2; printf "Can\'t open display \\033x\\n" >&2; exit 1'), "灯")
    with pytest.raises(ClipboardError, match=r"^exit code 3$"):
        copy(tool(tmp_path, "exit 3"), "灯")
    with pytest.raises(ClipboardError, match="No such file"):
        copy(Tool("gone", (str(tmp_path / "gone"),)), "灯")


def test_a_program_that_hangs_is_ended(tmp_path: Path) -> None:
    begun = time.monotonic()
    with pytest.raises(ClipboardError, match=r"no answer within 0\.2 s"):
        copy(tool(tmp_path, "echo $$ > pid; sleep 60"), "灯", 0.2)
    assert time.monotonic() - begun < 5
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_a_child_that_keeps_the_clipboard_is_not_waited_for(tmp_path: Path) -> None:
    begun = time.monotonic()
    copy(tool(tmp_path, "sleep 3 & cat > got"), "灯")
    assert time.monotonic() - begun < 2


def test_what_terminals_take() -> None:
    most = TERMINAL_TAKES // 4 * 3
    assert not too_long("a" * most)
    assert too_long("a" * (most + 1))
    assert too_long("灯" * 20_000)
