"""The trash: what was deleted, and the keys that bring it back or let it go for good."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from tui.display import visible, visible_line
from tui.errors import JianbaoError
from tui.language import N_, _, ngettext
from tui.library.annotations import Change
from tui.library.library import Library
from tui.model import Scope
from tui.ui import trash
from tui.ui.screens.asking import Question
from tui.ui.screens.own_keys import COMMON, ScreenKey, Ways, key_bindings
from tui.ui.screens.survey import Survey
from tui.ui.trash import Item
from tui.ui.widgets.pick_list import Row

_WHERE = 8  # characters of an article's title in a line of the list

_KEYS = (
    ScreenKey(("r",), N_("Restore"), "restore", N_("Bring it back to where it was")),
    ScreenKey(("enter",), N_("Show"), "whole", N_("Show all of it")),
    ScreenKey(("D",), N_("Delete for good"), "erase", N_("Delete it for good, after a question")),
    ScreenKey(("E",), N_("Empty"), "empty", N_("Empty the trash, after a question")),
    ScreenKey(("slash",), N_("Narrow"), "narrow", N_("Narrow the list by words, #tag, note: or a colour")),
    *COMMON,
)


class TrashScreen(Survey[None]):
    """What was deleted, the last first."""

    KEYS = _KEYS
    HELP = N_("Keys of the trash")
    BINDINGS: ClassVar[list[BindingType]] = key_bindings(_KEYS)

    def __init__(self, library: Library, ways: Ways) -> None:
        """Make the screen of an open library.

        Args:
            library: The folder.
            ways: How it is changed.
        """
        super().__init__(library, ways)
        self._items: tuple[Item, ...] = ()
        self._shown: tuple[Item, ...] = ()

    def beside_title(self) -> Iterable[Widget]:
        return (Input(placeholder=_("/ narrow the list"), select_on_focus=False),)

    # What it shows

    async def load(self) -> None:
        """Show what is in the trash now, the cursor as near as can be to where it was."""
        try:
            self._items = await asyncio.to_thread(trash.items, self._library)
        except JianbaoError as error:
            self.say(str(error), warning=True)
            return
        count = len(self._items)
        self.title_is(ngettext("Trash: {count} annotation", "Trash: {count} annotations", count).format(count=count))
        self._narrow(self.list.cursor)

    def _narrow(self, cursor: int = 0) -> None:
        self._shown = trash.narrowed(self._items, self.query_one(Input).value)
        empty = Row(_("Nothing fits") if self._items else _("The trash is empty"), heading=True)
        self.list.show([_row(item) for item in self._shown] or [empty], cursor)
        self.show_chosen()

    @property
    def _chosen(self) -> Item | None:
        place = self.list.chosen
        return self._shown[place] if place is not None else None

    def show_chosen(self) -> None:
        item = self._chosen
        self.show_part(_whole(item) if item else Content(""), item.article if item else "")

    def action_whole(self) -> None:
        from tui.ui.screens.listing import Listing

        item = self._chosen
        if item is not None:
            self.app.push_screen(Listing(_("Deleted"), _whole(item)))

    # Narrowing

    def action_narrow(self) -> None:
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _narrow_as_typed(self) -> None:
        self._narrow()

    @on(Input.Submitted)
    def _leave_box(self) -> None:
        self.set_focus(None)

    def action_back(self) -> None:
        box = self.query_one(Input)
        if box.has_focus or box.value:
            box.value = ""
            self.set_focus(None)
        else:
            super().action_back()

    # Changing

    def _to_change(self) -> Item | None:
        return self._chosen if self.writable() else None

    async def _commit(self, change: Change) -> None:
        await self._ways.commit(change)
        self.reload()
        self.repeat()

    async def action_restore(self) -> None:
        item = self._to_change()
        if item is not None:
            await self._commit(trash.restored(item.trashed, self._library.annotations))

    def action_erase(self) -> None:
        item = self._to_change()
        if item is None:
            return

        async def go_on(yes: bool | None) -> None:
            if yes:
                await self._commit(trash.erased(item.trashed))

        self.app.push_screen(Question(_("Delete it for good?"), [trash.summary(item.annotation), item.article]), go_on)

    def action_empty(self) -> None:
        if not self._items or not self.writable():
            return
        found = self._library.annotations.trash()
        question = ngettext(
            "Delete {count} annotation for good?", "Delete all {count} annotations for good?", len(found)
        ).format(count=len(found))

        async def go_on(yes: bool | None) -> None:
            if yes:
                await self._commit(trash.emptied(found))

        self.app.push_screen(Question(question, [_("Until the program ends, undo brings them back.")]), go_on)


def _row(item: Item) -> Row:
    where = item.article if len(item.article) <= _WHERE else item.article[: _WHERE - 1] + "…"
    return Row(trash.summary(item.annotation), trash.day(item.trashed.deleted), where)


def _whole(item: Item) -> Content:
    annotation = item.annotation
    parts: list[tuple[str, str]] = []
    if annotation.scope is Scope.SPAN:
        parts.append((f"“{visible(annotation.exact)}”", "$foreground"))
    else:
        parts.append((_("The article"), "bold $primary"))
    if annotation.note:
        parts.append((visible(annotation.note), "$foreground"))
    if annotation.tags:
        parts.append((visible_line(" ".join(f"#{tag}" for tag in annotation.tags)), "$secondary"))
    parts.append((visible_line(item.article), "$primary"))
    said = _("deleted on {day}").format(day=trash.day(item.trashed.deleted))
    maker = " · ".join(part for part in (annotation.page, annotation.author, said) if part)
    parts.append((visible_line(maker), "$muted"))
    return Content("\n\n").join(Content.assemble(part) for part in parts)
