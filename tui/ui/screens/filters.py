"""The sheet of named filters: one is applied, the present one kept; they are renamed, given digits, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from tui.display import visible_line
from tui.errors import JianbaoError
from tui.language import _, ngettext
from tui.library.annotations import Change
from tui.library.counting import FacetCounter
from tui.library.facets import StoppedError
from tui.library.library import Library
from tui.model import DIGITS, NamedFilter
from tui.search.query import parse
from tui.ui import named_filters
from tui.ui.screens.asking import LineSheet
from tui.ui.screens.own_keys import Ways
from tui.ui.screens.sheet import Sheet
from tui.ui.widgets.cells import fit
from tui.ui.widgets.pick_list import PickList, Row

_SHARE = 0.4  # of the sheet, which a query may take
_WIDEST = 100  # cells, as the sheet is


class NameSheet(LineSheet):
    """A line whose first text may be taken as it is."""

    def action_save(self) -> None:
        text = self.query_one(Input).value
        wrong = self._check(text)
        if wrong:
            self.query_one("#wrong", Static).update(Content(visible_line(wrong)))
        else:
            self.dismiss(text)


class FilterSheet(Sheet[str | None]):
    """The named filters. Its result is the query to apply, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "pick", show=False),
        Binding("escape,q,ctrl+g,semicolon", "dismiss(None)", show=False),
        Binding("j,down,ctrl+n", "move(1)", show=False),
        Binding("k,up,ctrl+p", "move(-1)", show=False),
        Binding("space,pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("g,home", "move(-100000)", show=False),
        Binding("G,end", "move(100000)", show=False),
        Binding("r", "rename", show=False),
        Binding("d,delete", "delete", show=False),
        Binding("u", "undo", show=False),
        Binding("ctrl+r", "redo", show=False),
        *(Binding(digit, f"digit('{digit}')", show=False) for digit in DIGITS),
    ]
    DEFAULT_CSS = """
    FilterSheet PickList { margin: 1 0; }
    FilterSheet #said { height: auto; max-height: 2; color: $foreground; display: none; }
    FilterSheet #said.-said { display: block; }
    FilterSheet.-low PickList { margin: 0; }
    """

    @dataclass
    class Unread(Message):
        """The unread articles of a filter have been counted."""

        query: str
        count: int

    def __init__(self, library: Library, ways: Ways, counter: FacetCounter, query: str) -> None:
        """Make the sheet.

        Args:
            library: The folder.
            ways: How it is changed.
            counter: What counts the unread articles.
            query: What stands in the filter box.
        """
        super().__init__()
        self._library = library
        self._ways = ways
        self._counter = counter
        self._query = query.strip()
        self._filters: tuple[NamedFilter, ...] = ()
        self._unread: dict[str, int] = {}

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content(_("Named filters")), classes="sheet--title")
            yield PickList(classes="sheet--body")
            yield Static(id="said")
            keys = _("Enter apply · r rename · 1…0 digit · d delete · u undo · Esc leave")
            yield Static(Content(keys), classes="sheet--keys")

    def on_mount(self) -> None:
        self._list = self.query_one(PickList)
        self.reload()
        if self._filters and self._query:
            self._list.move(1)  # to apply one is what is done most

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual calls the sheet's own, too
        if self._filters:
            self._show(self._list.cursor)

    def reload(self, name: str = "") -> None:
        """Show the filters as they are now, the cursor on the one of a name, or where it was."""
        self._filters = named_filters.in_order(self._library.annotations.filters())
        place = next((place for place, one in enumerate(self._filters) if one.name == name), None)
        self._show(self._list.cursor if place is None else place + self._first)
        self._count([one.query for one in self._filters if one.query not in self._unread])

    @property
    def _first(self) -> int:
        """The row of the first filter."""
        return int(bool(self._query))

    def _show(self, cursor: int) -> None:
        room = int(min(self.app.size.width, _WIDEST) * _SHARE)
        rows = [Row(_("Keep this filter under a name…"), detail=fit(visible_line(self._query), room))] * self._first
        rows += [self._row(one, room) for one in self._filters]
        nothing = Row(_("None yet: filter the articles first, then keep the filter here"), heading=True)
        self._list.show(rows or [nothing], cursor)

    def _row(self, one: NamedFilter, room: int) -> Row:
        detail = fit(visible_line(one.query), room) if one.query != one.name else ""
        if unread := self._unread.get(one.query):
            new = ngettext("{count} unread", "{count} unread", unread).format(count=unread)
            detail = f"{detail}  {new}".strip()
        return Row(one.name, one.digit, detail)

    # Counting

    @work(thread=True, exclusive=True, group="unread")
    def _count(self, queries: Sequence[str]) -> None:
        worker = get_current_worker()
        for query in queries:
            try:
                count = self._counter.unread(parse(query), lambda: worker.is_cancelled)
            except StoppedError:
                return
            except JianbaoError:
                continue  # a filter with a mistake has no articles; the box will say it
            if worker.is_cancelled:
                return
            self.post_message(self.Unread(query, count))

    @on(Unread)
    def _keep_unread(self, message: Unread) -> None:
        self._unread[message.query] = message.count
        self._show(self._list.cursor)

    # Keys

    @property
    def _chosen(self) -> NamedFilter | None:
        place = self._list.chosen
        return self._filters[place - self._first] if place is not None and place >= self._first else None

    def _to_change(self) -> NamedFilter | None:
        """The filter to change; None, and a message, where there is none or nothing can be changed."""
        return self._chosen if self._writable() else None

    def _writable(self) -> bool:
        if self._library.annotations.read_only:
            self._say(self._library.notice or _("This library is open for reading only"))
            return False
        return True

    def _say(self, message: str) -> None:
        said = self.query_one("#said", Static)
        said.update(Content(visible_line(message)))
        said.set_class(bool(message), "-said")
        self.call_after_refresh(self._fit, self.size.height)

    async def _commit(self, change: Change, name: str = "") -> None:
        await self._ways.commit(change)
        self.reload(name)
        self._say(self._ways.said()[0])

    def action_move(self, step: int) -> None:
        self._list.move(step)

    def action_page(self, step: int) -> None:
        self._list.page(step)

    def action_pick(self) -> None:
        chosen = self._chosen
        if chosen is not None:
            self.dismiss(chosen.query)
        elif self._list.chosen is not None and self._writable():
            self._keep()

    def on_pick_list_picked(self) -> None:
        self.action_pick()

    def _keep(self) -> None:
        async def keep(name: str | None) -> None:
            if name is not None:
                change = named_filters.keep(self._filters, name, self._query)
                await self._commit(change, name.strip())

        known = named_filters.named(self._filters, self._query)
        title = _("A name for this filter; a name that there is already is given to it")
        self.app.push_screen(NameSheet(title, known or self._query, named_filters.wrong_name), keep)

    def action_rename(self) -> None:
        one = self._to_change()
        if one is None:
            return
        others = [other.name for other in self._filters if other != one]

        async def keep(name: str | None) -> None:
            if name is not None and name.strip() != one.name:
                await self._commit(named_filters.rename(one, name), name.strip())

        title = _("Another name for {filter}").format(filter=one.name)
        check = lambda name: named_filters.wrong_name(name, others)  # noqa: E731 - a word for the line below
        self.app.push_screen(NameSheet(title, one.name, check), keep)

    async def action_digit(self, digit: str) -> None:
        one = self._to_change()
        if one is not None:
            await self._commit(named_filters.give_digit(self._filters, one, digit), one.name)

    async def action_delete(self) -> None:
        one = self._to_change()
        if one is not None:
            await self._commit(named_filters.delete(one))

    async def action_undo(self) -> None:
        await self._ways.undo()
        self.reload()
        self._say(self._ways.said()[0])

    async def action_redo(self) -> None:
        await self._ways.redo()
        self.reload()
        self._say(self._ways.said()[0])
