"""A screen with a list and keys of its own: the codebook, the trash, the review, the concordance."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui.display import visible_line
from tui.language import N_, _
from tui.library.annotations import Change
from tui.library.library import Library
from tui.ui.commands import key_label
from tui.ui.screens.asking import key_commands
from tui.ui.widgets.bars import KeyBar, StatusLine
from tui.ui.widgets.pick_list import PickList

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Ways:
    """How such a screen changes the library: the main screen's own ways, so that its undo knows of them.

    Attributes:
        commit: Makes a change; False where it could not be made.
        undo: Undoes the last change.
        redo: Does it again.
        said: What the main screen said last, and whether it was a warning.
    """

    commit: Callable[[Change], Awaitable[bool]]
    undo: Callable[[], Awaitable[None]]
    redo: Callable[[], Awaitable[None]]
    said: Callable[[], tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class ScreenKey:
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
    ScreenKey(("u",), N_("Undo"), "undo", N_("Undo the last change")),
    ScreenKey(("ctrl+r",), N_("Again"), "redo", N_("Do it again")),
    ScreenKey(("q", "escape"), N_("Back"), "back", N_("Back to the articles")),
)


def key_bindings(keys: Iterable[ScreenKey]) -> list[BindingType]:
    """The bindings of a screen's keys."""
    return [Binding(",".join(key.keys), key.action, show=False) for key in keys]


class OwnKeysScreen(Screen[Result]):
    """The list has the keys; the first line has the title, the last two a status and the keys.

    Attributes:
        KEYS: What the screen's keys do.
        HELP: The title of the list of its keys.
        HELP_CELLS: How wide the keys stand there.
        list: The list.
    """

    KEYS: ClassVar[tuple[ScreenKey, ...]] = ()
    HELP: ClassVar[str] = ""
    HELP_CELLS: ClassVar[int] = 16
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", show=False),
        Binding("k,up", "move(-1)", show=False),
        Binding("space,pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("g,home", "move(-100000)", show=False),
        Binding("G,end", "move(100000)", show=False),
        Binding("Q,ctrl+q", "back", show=False),
        Binding("question_mark", "help", show=False),
    ]
    DEFAULT_CSS = """
    OwnKeysScreen {
        background: $background;
        #head { height: 1; background: $panel; }
        #title { width: auto; padding: 0 1; color: $primary; text-style: bold; }
        Input, Input:focus { width: 1fr; border: none; height: 1; padding: 0 1; background: $panel; }
        Input:focus { background: $cursor-row; }
        Input > .input--placeholder { color: $muted; }
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

    def on_mount(self) -> None:
        self.find_list()
        self._status = self.query_one(StatusLine)
        self.query_one(KeyBar).show(key_commands((key.keys[0], key.label) for key in self.KEYS))
        self.reload()

    def find_list(self) -> None:
        """Know the list, once it is there."""
        self.list = self.query_one(PickList)

    @abstractmethod
    def reload(self) -> None:
        """Show everything as it is now, as soon as that is known."""

    @abstractmethod
    def show_chosen(self) -> None:
        """Show what stands under the cursor."""

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

    def action_back(self) -> None:
        self.dismiss(None)

    def action_help(self) -> None:
        from tui.ui.screens.listing import Listing

        rows = [
            Content.assemble(
                (f"  {' '.join(map(key_label, key.keys)):<{self.HELP_CELLS}}", "bold $foreground"), _(key.help)
            )
            for key in self.KEYS
        ]
        self.app.push_screen(Listing(_(self.HELP), Content("\n").join(rows)))
