"""The user's clipboard: which program reaches it from here, and handing it a text.

pyperclip is not used for it: it waits for a program without any limit (wl-copy hung for nine seconds in its issue 274),
chooses without a look at SSH and tmux, where the clipboard of this machine is not the user's (issue 288), and has no
word for what is only sent and never confirmed.
"""

from __future__ import annotations

import base64
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from tui.causes import in_words
from tui.display import visible_line
from tui.errors import JianbaoError
from tui.language import _

PATIENCE = 2.0  # seconds that a program may take
TERMINAL_TAKES = 74_994  # characters of base64 that OSC 52 carries in most terminals: what xterm-like ones agree on
_POWERSHELL = "[Console]::InputEncoding = [Text.Encoding]::UTF8; Set-Clipboard -Value ([Console]::In.ReadToEnd())"
_REASON = 80  # characters shown of what a program says


class ClipboardError(JianbaoError):
    """A program did not take the text; the message is its own reason."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that takes a text for the clipboard on its standard input.

    Attributes:
        name: What the user knows it by.
        command: How it is called.
        encoding: What it reads.
        relays: It hands the text on to the terminal, and can't know whether that takes it.
    """

    name: str
    command: tuple[str, ...]
    encoding: str = "utf-8"
    relays: bool = False


_TMUX = Tool("tmux", ("tmux", "load-buffer", "-w", "-"), relays=True)
_WINDOWS = (
    Tool("clip.exe", ("clip.exe",), "utf-16-le"),
    Tool("powershell.exe", ("powershell.exe", "-NoProfile", "-Command", _POWERSHELL)),
)
_WAYLAND = (Tool("wl-copy", ("wl-copy", "--type", "text/plain;charset=utf-8")),)
_X11 = (
    Tool("xclip", ("xclip", "-selection", "clipboard", "-in")),
    Tool("xsel", ("xsel", "--clipboard", "--input")),
)


def choose(
    environment: Mapping[str, str], which: Callable[[str], str | None], platform: str = sys.platform
) -> Tool | None:
    """The program that reaches the clipboard of the one who sits at the terminal; None where only the terminal does.

    Over SSH the programs of this machine reach another clipboard than the user's, but tmux knows the way back.

    Args:
        environment: The environment's variables.
        which: Where a program of that name is, if it is anywhere.
        platform: As `sys.platform` has it.
    """
    wanted: list[Tool] = []
    if not any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")):
        if platform == "darwin":
            wanted.append(Tool("pbcopy", ("pbcopy",)))
        if environment.get("WSL_DISTRO_NAME") or environment.get("WSL_INTEROP"):
            wanted += _WINDOWS
        if environment.get("TERMUX_VERSION"):
            wanted.append(Tool("termux-clipboard-set", ("termux-clipboard-set",)))
        if environment.get("WAYLAND_DISPLAY"):
            wanted += _WAYLAND
        if environment.get("DISPLAY"):
            wanted += _X11
    if environment.get("TMUX"):
        wanted.append(_TMUX)
    return next((tool for tool in wanted if which(tool.command[0])), None)


def copy(tool: Tool, text: str, patience: float = PATIENCE) -> None:
    """Hand a text to a program; not for the screen's thread, as it waits.

    Text and complaints pass through files: wl-copy and xclip leave a process behind that keeps the clipboard, and with
    it their end of any pipe.

    Raises:
        ClipboardError: The program could not be run, failed, or took longer than `patience` seconds.
    """
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
        given.write(text.encode(tool.encoding))
        given.seek(0)
        try:
            process = subprocess.Popen(  # noqa: S603 - one of the commands above
                tool.command, stdin=given, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True
            )
            code = process.wait(patience)
        except subprocess.TimeoutExpired:
            with suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise ClipboardError(_("no answer within {seconds} s").format(seconds=f"{patience:g}")) from None
        except OSError as error:
            raise ClipboardError(in_words(error.strerror or str(error))) from error
        if code:
            said.seek(0)
            lines = said.read(4096).decode("utf-8", "replace").strip().splitlines()
            ended = _("exit code {code}").format(code=code)
            raise ClipboardError(visible_line(lines[-1].strip()[:_REASON]) if lines else ended)


def too_long(text: str) -> bool:
    """Whether many terminals would not take a text by OSC 52."""
    return len(base64.b64encode(text.encode())) > TERMINAL_TAKES
