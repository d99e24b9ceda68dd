"""What the codebook shows: every tag as a tree, which typing narrows."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from tui.display import visible_line
from tui.language import N_, _, ngettext
from tui.library.codebook import Codebook, Entry
from tui.library.library import Library
from tui.model import DIGITS
from tui.ui.completion import Narrowing
from tui.ui.screens.own_keys import COMMON, OwnKeysScreen, ScreenKey, Ways, key_bindings
from tui.ui.widgets.bars import KeyBar, StatusLine
from tui.ui.widgets.tag_list import TagList, TagRow

_KEYS = (
    ScreenKey(("enter", "e"), N_("Describe"), "describe", N_("Write what the tag stands for")),
    ScreenKey(("r",), N_("Rename"), "rename", N_("Give it another name; the tags below it come along")),
    ScreenKey(("m",), N_("Merge"), "merge", N_("Merge it into another tag")),
    ScreenKey(("d",), N_("Delete"), "delete", N_("Delete it, after a look at what uses it")),
    ScreenKey(("c",), N_("Colour"), "recolour", N_("Give it the next colour, or none")),
    ScreenKey(tuple(DIGITS), N_("… 0 Digit"), "favourite", N_("Make it what this digit puts on; again, not any more")),
    ScreenKey(("n",), N_("New"), "create", N_("Make a tag")),
    ScreenKey(("slash",), N_("Narrow"), "narrow", N_("Narrow the list by name, pinyin initials or description")),
    *COMMON,
)


class CodebookView(OwnKeysScreen[None]):
    """Every tag in use or described; what the keys in its footer do to them is the codebook's own."""

    KEYS = _KEYS
    HELP = N_("Keys of the codebook")
    HELP_CELLS = 22
    BINDINGS: ClassVar[list[BindingType]] = [
        *key_bindings(key for key in _KEYS if key.action != "favourite"),
        *(Binding(digit, f"favourite('{digit}')", show=False) for digit in DIGITS),
        Binding("ctrl+d", "page(1)", show=False),
    ]
    DEFAULT_CSS = """
    CodebookView {
        TagList { height: 1fr; background: $surface; }
    }
    """

    def __init__(self, library: Library, ways: Ways) -> None:
        """Make the screen of an open library.

        Args:
            library: The folder.
            ways: How it is changed.
        """
        super().__init__(library, ways)
        self._book = Codebook((), ())
        self._entries: tuple[Entry, ...] = ()
        self._narrowing = Narrowing(())
        self._shown: list[int] = []  # places in _entries of the rows that the list shows

    def compose(self) -> ComposeResult:
        with Horizontal(id="head"):
            yield Static(id="title")
            yield Input(placeholder=_("/ narrow the list"), select_on_focus=False)
        yield TagList()
        yield StatusLine()
        yield KeyBar()

    def on_mount(self) -> None:
        self._box = self.query_one(Input)

    # What it shows

    def reload(self, name: str = "") -> None:
        """Show the tags as they are now, the cursor on `name`, or as near as can be to where it was."""
        row = self.list.cursor
        self._book = Codebook.of(self._library.annotations)
        self._entries = self._book.entries()
        self._narrowing = Narrowing(self._entries)
        known = sum(entry.known for entry in self._entries)
        title = ngettext("Codebook: {count} tag", "Codebook: {count} tags", known).format(count=known)
        self.title_is(title)
        self._narrow(name, row)

    def _narrow(self, name: str = "", row: int | None = None) -> None:
        """Show what fits the line above, the cursor on `name`, else on a row, else on the first that fits."""
        self._shown, first = list(range(len(self._entries))), 0
        if self._box.value.strip():
            self._shown, first = self._narrowing.places(self._box.value)
        names = [self._entries[place].tag.name for place in self._shown]
        cursor = names.index(name) if name in names else first if row is None else row
        self.list.show([_row(self._entries[place]) for place in self._shown], cursor)
        self.show_chosen()

    def show_chosen(self) -> None:
        entry = self._chosen
        self._status.left = visible_line(_about(entry)) if entry else _("No tags yet: n makes one, t tags an article")

    @property
    def _chosen(self) -> Entry | None:
        """The line under the cursor."""
        place = self.list.chosen
        return self._entries[self._shown[place]] if place is not None else None

    def action_narrow(self) -> None:
        self._box.focus()

    @on(Input.Changed)
    def _narrow_as_typed(self) -> None:
        chosen = self._chosen
        self._narrow(chosen.tag.name if chosen and not self._box.value.strip() else "")

    @on(Input.Submitted)
    def _leave_box(self) -> None:
        self.set_focus(None)

    def action_back(self) -> None:
        if self._box.has_focus or self._box.value:
            self._box.value = ""
            self.set_focus(None)
        else:
            self.dismiss()


def _row(entry: Entry) -> TagRow:
    tag = entry.tag
    return TagRow(
        entry.short,
        detail=counts(entry),
        inset=entry.depth,
        colour=tag.colour,
        digit=tag.digit,
        note=tag.description,
        faint=not entry.known,
    )


def counts(entry: Entry) -> str:
    """How many have the tag, and in brackets how many with those below it."""
    return str(entry.own) if entry.own == entry.total else f"{entry.own} ({entry.total})"


def _about(entry: Entry) -> str:
    """A line of the codebook in words; unsafe to show."""
    parts = [ngettext("{count} annotation", "{count} annotations", entry.own).format(count=entry.own)]
    if entry.total != entry.own:
        parts.append(_("{count} with those below it").format(count=entry.total))
    said = _("{tag}: {uses}").format(tag=entry.tag.name, uses=_(", ").join(parts))
    return f"{said} · {entry.tag.description}" if entry.tag.description else said
