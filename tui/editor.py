"""A text in the user's own editor: which one that is, and what comes back from it."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from tui.causes import in_words
from tui.display import visible_line
from tui.errors import JianbaoError, UsageError
from tui.language import _


class EditorError(JianbaoError):
    """The editor gave nothing back that could be used; the text before stays."""


def command(environment: Mapping[str, str], which: Callable[[str], str | None]) -> tuple[str, ...]:
    """The user's editor and its arguments: VISUAL, else EDITOR, else vi where there is one, as git decides.

    Args:
        environment: The environment's variables.
        which: Where a program of that name is, if it is anywhere.

    Raises:
        UsageError: There is none, or its variable can't be understood.
    """
    for name in ("VISUAL", "EDITOR"):
        said = environment.get(name, "").strip()
        if said:
            try:
                words = tuple(shlex.split(said))
            except ValueError as error:
                raise UsageError(_("{name} can't be understood: {cause}").format(name=name, cause=error)) from error
            if words:
                return words
    if which("vi"):
        return ("vi",)
    raise UsageError(_("No editor: set VISUAL or EDITOR to the one you use"))


def edit(words: tuple[str, ...], folder: Path, text: str) -> str:
    """Have a text edited; waits until the editor has ended.

    The text stands in a file `note-RANDOM.md`, UTF-8, mode 0600. That is removed, but for one that was changed and
    can't be used: its name is in the error.

    Args:
        words: The editor and its arguments.
        folder: Where the file is to be; made if it is missing.
        text: The text.

    Returns:
        The text as the editor left it, without line feeds at its end.

    Raises:
        EditorError: The editor could not be run or failed, or its file can't be read as UTF-8.
    """
    name = visible_line(words[0])
    given = text.encode("utf-8", "replace") + b"\n" * bool(text)
    path = _lay_out(folder, given)
    try:
        with _unmoved():
            code = subprocess.run([*words, path], check=False).returncode  # noqa: S603 - the user's own editor
    except (OSError, ValueError) as error:
        path.unlink(missing_ok=True)
        raise EditorError(_("{name}: {cause}").format(name=name, cause=_cause(error))) from error
    try:
        made = path.read_bytes()
    except OSError as error:
        raise EditorError(_("{name} left no file: {cause}").format(name=name, cause=_cause(error))) from error
    try:
        found, problem = made.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        found, problem = "", _("what {name} wrote is not UTF-8").format(name=name)
    if code:
        problem = _("{name} ended with {code}").format(name=name, code=code)
    if problem and made != given:
        raise EditorError(_("{problem}: the note is as it was, the file is {path}").format(problem=problem, path=path))
    with suppress(OSError):
        path.unlink()
    if problem:
        raise EditorError(_("{problem}: the note is as it was").format(problem=problem))
    return found.replace("\r\n", "\n").rstrip("\n")


@contextmanager
def _unmoved() -> Iterator[None]:
    """Meanwhile Ctrl+C in the editor, which every process of the terminal gets, ends nothing here.

    The handler does nothing rather than ignore: a signal ignored here would be ignored in the editor too.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _lay_out(folder: Path, data: bytes) -> Path:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, path = tempfile.mkstemp(".md", "note-", folder)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    except OSError as error:
        raise EditorError(f"{folder}: {_cause(error)}") from error
    return Path(path)


def _cause(error: Exception) -> str:
    return in_words(str((isinstance(error, OSError) and error.strerror) or error))
