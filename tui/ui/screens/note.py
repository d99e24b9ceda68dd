"""The editor of a note."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.errors import NoWidget
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Static, TextArea

from tui.display import visible_line
from tui.errors import JianbaoError
from tui.language import _
from tui.library.drafts import Keeper
from tui.typeset import set_paragraph
from tui.ui.screens.sheet import Sheet

_WHEEL = 3  # lines that a step of the wheel scrolls


class Leave(Enum):
    """How the editor is left."""

    SAVE = "save"
    DISCARD = "discard"
    QUIT = "quit"  # the program; the draft stays


@dataclass(frozen=True, slots=True)
class Written:
    """What comes of a note: the text, and what is to be done with it."""

    text: str
    leave: Leave


class NoteSheet(Sheet[Written]):
    """A note of any number of lines, in the annotations' place or at the foot of the screen.

    What is typed goes to a keeper of drafts as it is typed. Leaving saves; discarding is a key of its own.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,escape", "leave('save')", show=False, priority=True),
        Binding("ctrl+e", "edit", show=False, priority=True),
        Binding("ctrl+g", "leave('discard')", show=False, priority=True),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]
    DEFAULT_CSS = """
    NoteSheet {
        TextArea, TextArea:focus {
            height: auto;
            min-height: 5;
            max-height: 14;
            border: none;
            padding: 0;
            margin: 1 0;
            background: $surface;
        }
        .sheet--title { height: auto; max-height: 3; text-wrap: wrap; }
        .sheet--keys { height: auto; max-height: 4; }
        #hint { display: none; height: auto; max-height: 4; color: $muted; }
        #hint.-said { display: block; }
        #hint.-warning { color: $warning; }
        &.-low {
            TextArea, TextArea:focus { min-height: 2; margin: 0; }
            .sheet--title { max-height: 1; }
            #hint { max-height: 2; }
        }
        &.-beside {
            align: left top;
            background: transparent;
            & > Vertical { max-width: 100%; max-height: 100%; padding: 0 1; }
            TextArea, TextArea:focus { height: 1fr; max-height: 100%; }
        }
    }
    """

    @dataclass
    class Unkept(Message):
        """The draft could not be written."""

        error: JianbaoError

    def __init__(
        self,
        subject: str,
        typed: str,
        keeper: Keeper,
        folder: Path,
        place: Callable[[], Region | None],
        *,
        hint: str = "",
    ) -> None:
        """Make the sheet.

        Args:
            subject: What the note is about.
            typed: What stands in the editor at first: the note, or a draft.
            keeper: Is told what is typed.
            folder: Where the user's own editor may have its file.
            place: The region of the screen that the editor may cover; None sends it to the foot of the screen.
            hint: A line above the keys.
        """
        super().__init__()
        self._subject = subject
        self._typed = typed
        self._keeper = keeper
        self._folder = folder
        self._region = place
        self._first_hint = hint

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(classes="sheet--title")
            yield TextArea(self._typed, soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
            yield Static(id="hint")
            yield Static(classes="sheet--keys")

    def on_mount(self) -> None:
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()
        self._hint(self._first_hint)
        self._below = self.app.screen_stack[-2]
        self._below.screen_layout_refresh_signal.subscribe(self, lambda _screen: self._place())
        self.app.app_suspend_signal.subscribe(self, lambda _app: self._keeper.hurry(), immediate=True)
        self._place()

    def _place(self) -> None:
        """Lie over the region that is given, or at the foot of the screen."""
        region = self._region()
        styles = self.query_one(Vertical).styles
        self.set_class(region is not None, "-beside")
        styles.width = region.width if region else None
        styles.height = region.height if region else None
        styles.offset = region.offset if region else None
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        """Break title and keys for the width that there is."""
        title, line = self.query_one(".sheet--title", Static), self.query_one(".sheet--keys", Static)
        keys = (_("Ctrl+S or Esc save"), _("Ctrl+E editor"), _("Ctrl+G discard"))
        line.update(Content("\n".join(filled(keys, line.content_size.width))))
        subject = visible_line(self._subject)
        lines = set_paragraph(subject, max(title.content_size.width, 8), indent=0)
        title.update(Content("\n".join(subject[one.start : one.end].rstrip() for one in lines)))

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual calls the sheet's own, too
        self._keeper.hurry()
        self._place()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._scroll_below(event, _WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._scroll_below(event, -_WHEEL)

    def _scroll_below(self, event: events.MouseEvent, lines: int) -> None:
        """The wheel beside the editor scrolls what lies there, so that one can read on while one writes."""
        at = event.screen_offset
        if not self.query_one(Vertical).region.contains_point(at):
            with suppress(NoWidget):
                self._below.get_widget_at(*at)[0].scroll_relative(y=lines, animate=False)

    def on_app_blur(self) -> None:
        self._keeper.hurry()

    def on_descendant_blur(self) -> None:
        self._keeper.hurry()

    @on(TextArea.Changed)
    def _keep(self, event: TextArea.Changed) -> None:
        self._keeper.type(event.text_area.text)

    def on_note_sheet_unkept(self, message: Unkept) -> None:
        self._hint(_("The draft can't be kept: {cause}").format(cause=message.error), warning=True)

    def _hint(self, text: str, *, warning: bool = False) -> None:
        hint = self.query_one("#hint", Static)
        hint.update(Content(visible_line(text)))
        hint.set_class(bool(text), "-said")
        hint.set_class(warning, "-warning")

    def action_leave(self, how: str) -> None:
        self.dismiss(Written(self.query_one(TextArea).text, Leave(how)))

    def action_quit(self) -> None:
        self.action_leave("quit")

    def action_edit(self) -> None:
        """Have the text edited by the user's own editor."""
        from tui.editor import command, edit

        area = self.query_one(TextArea)
        self._hint("")
        try:
            words = command(os.environ, shutil.which)
            with self.app.suspend():
                # Textual would not take the terminal back from an exception in here.
                made = _attempt(lambda: edit(words, self._folder, area.text))
        except JianbaoError as error:
            made = error
        except SuspendNotSupported:
            self._hint(_("This terminal can't be lent to an editor"), warning=True)
            return
        if isinstance(made, JianbaoError):
            self._hint(str(made), warning=True)
        elif made != area.text:
            area.replace(made, area.document.start, area.document.end)  # so that Ctrl+Z brings the text before back
            area.move_cursor(area.document.end)


def _attempt(edit: Callable[[], str]) -> str | JianbaoError:
    try:
        return edit()
    except JianbaoError as error:
        return error


def filled(parts: Sequence[str], width: int) -> list[str]:
    """Lines of at most `width` cells with the parts, parted by dots; a part wider than that has a line of its own."""
    lines: list[str] = []
    for part in parts:
        if lines and cell_len(f"{lines[-1]} · {part}") <= width:
            lines[-1] += f" · {part}"
        else:
            lines.append(part)
    return lines
