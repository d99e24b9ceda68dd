"""A screen with a list and, beside or below it, what stands under the list's cursor: the trash, the review."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tui.display import visible_line
from tui.language import N_, _
from tui.library.library import Library
from tui.ui.commands import key_label
from tui.ui.screens.asking import key_commands
from tui.ui.screens.codebook import Ways
from tui.ui.widgets.bars import KeyBar, StatusLine
from tui.ui.widgets.pick_list import PickList

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class SurveyKey:
    """What a key of the screen does.

    Attributes:
        keys: As Textual names them.
        label: For the footer.
        action: What it calls.
        help: The same in more words.
    """

    keys: tuple[str, ...]
    label: str
    action: str
    help: str


COMMON = (
    SurveyKey(("u",), N_("Undo"), "undo", N_("Undo the last change")),
    SurveyKey(("ctrl+r",), N_("Again"), "redo", N_("Do it again")),
    SurveyKey(("q", "escape"), N_("Back"), "back", N_("Back to the articles")),
)


def key_bindings(keys: Iterable[SurveyKey]) -> list[BindingType]:
    """The bindings of a screen's keys."""
    return [Binding(",".join(key.keys), key.action, show=False) for key in keys]


class Survey(Screen[Result]):
    """The list has the keys; the wheel scrolls either part, and Ctrl+d and Ctrl+u the one that has no cursor.

    Attributes:
        KEYS: What the screen's keys do.
        HELP: The title of the list of its keys.
        list: The list.
    """

    KEYS: ClassVar[tuple[SurveyKey, ...]] = ()
    HELP: ClassVar[str] = ""
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (104, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", show=False),
        Binding("k,up", "move(-1)", show=False),
        Binding("space,pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("g,home", "move(-100000)", show=False),
        Binding("G,end", "move(100000)", show=False),
        Binding("ctrl+d", "by(5)", show=False),
        Binding("ctrl+u", "by(-5)", show=False),
        Binding("Q,ctrl+q", "back", show=False),
        Binding("question_mark", "help", show=False),
    ]
    DEFAULT_CSS = """
    Survey {
        background: $background;
        #head { height: 1; background: $panel; }
        #title { width: auto; padding: 0 1; color: $primary; text-style: bold; }
        Input, Input:focus { width: 1fr; border: none; height: 1; padding: 0 1; background: $panel; }
        Input:focus { background: $cursor-row; }
        Input > .input--placeholder { color: $muted; }
        #parts { height: 1fr; layout: vertical; }
        #parts > PickList { width: 1fr; height: 2fr; min-height: 3; background: $surface; }
        #shown { width: 1fr; height: 3fr; padding: 0 1; border-top: solid $faint; scrollbar-size-vertical: 1; }
        #shown > Static { width: 1fr; height: auto; }
        &.-wide #parts { layout: horizontal; }
        &.-wide #parts > PickList { height: 1fr; }
        &.-wide #shown { height: 1fr; padding: 1 2; border-top: none; }
    }
    """

    def __init__(self, library: Library, ways: Ways) -> None:
        """Make the screen of an open library.

        Args:
            library: The folder.
            ways: How it is changed.
        """
        super().__init__()
        self._library = library
        self._ways = ways

    def compose(self) -> ComposeResult:
        with Horizontal(id="head"):
            yield Static(id="title")
            yield from self.beside_title()
        with Container(id="parts"):
            yield PickList()
            with VerticalScroll(id="shown", can_focus=False):
                yield Static()
        yield StatusLine()
        yield KeyBar()

    def beside_title(self) -> Iterable[Widget]:
        """What stands on the first line behind the title."""
        return ()

    def on_mount(self) -> None:
        self.list = self.query_one(PickList)
        self._status = self.query_one(StatusLine)
        self.query_one(KeyBar).show(key_commands((key.keys[0], key.label) for key in self.KEYS))
        self.reload()

    def reload(self) -> None:
        """Show everything as it is now, as soon as that is known."""
        self.run_worker(self.load(), exclusive=True)

    @abstractmethod
    async def load(self) -> None:
        """Show everything as it is now."""

    @abstractmethod
    def show_chosen(self) -> None:
        """Show what stands under the cursor."""

    def show_part(self, content: Content, status: str) -> None:
        """Show a text beside the list, and on the status line another, which is unsafe to show."""
        self.query_one("#shown > Static", Static).update(content)
        self.query_one("#shown").scroll_home(animate=False)
        self._status.left = visible_line(status)

    def title_is(self, title: str) -> None:
        """Show a title."""
        self.query_one("#title", Static).update(Content(title))

    # Saying and changing

    def say(self, message: str, *, warning: bool = False) -> None:
        """Show a message until the next key."""
        self._status.message, self._status.warning = visible_line(message), warning

    def on_key(self) -> None:
        self._status.message = ""

    def repeat(self) -> None:
        """Say what the main screen, which is hidden, has said."""
        message, warning = self._ways.said()
        self.say(message, warning=warning)

    def writable(self) -> bool:
        """Whether something can be changed; else a message says why not."""
        if self._library.annotations.read_only:
            self.say(self._library.notice or _("This library is open for reading only"), warning=True)
            return False
        return True

    async def action_undo(self) -> None:
        await self._ways.undo()
        self.reload()
        self.repeat()

    async def action_redo(self) -> None:
        await self._ways.redo()
        self.reload()
        self.repeat()

    # Moving

    def on_pick_list_picked(self) -> None:
        self.show_chosen()

    def action_move(self, step: int) -> None:
        self.list.move(step)
        self.show_chosen()

    def action_page(self, step: int) -> None:
        self.list.page(step)
        self.show_chosen()

    def action_by(self, lines: int) -> None:
        self.query_one("#shown").scroll_relative(y=lines, animate=False)

    def action_back(self) -> None:
        self.dismiss(None)

    def action_help(self) -> None:
        from tui.ui.screens.listing import Listing

        rows = [
            Content.assemble((f"  {' '.join(map(key_label, key.keys)):<16}", "bold $foreground"), _(key.help))
            for key in self.KEYS
        ]
        self.app.push_screen(Listing(_(self.HELP), Content("\n").join(rows)))
