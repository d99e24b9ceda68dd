"""What the main screen does to passages and articles, and how it is undone."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from tui.errors import JianbaoError
from tui.language import _
from tui.library.annotations import Change
from tui.library.library import Library
from tui.model import Imprint, Scope
from tui.settings import Settings
from tui.ui import marking
from tui.ui.commands import COMMANDS, Command, Deed, key_of
from tui.ui.history import History
from tui.ui.screens.background import BackgroundScreen

if TYPE_CHECKING:
    from tui.library.mender import Mender

Answer = TypeVar("Answer")


class DeedScreen(BackgroundScreen):
    """A screen whose cursors stand on what can be highlighted, annotated, tagged, starred."""

    def __init__(self, library: Library, settings: Settings, *, classes: str) -> None:
        """Make the screen of an open library.

        Args:
            library: The folder.
            settings: The user's settings.
            classes: The screen's classes.
        """
        super().__init__(library, classes=classes)
        self._settings = settings
        self._history = History()
        self._commands: tuple[Command, ...] = COMMANDS

    def key(self, id: str) -> str:  # noqa: A002 - the field's own name
        """The key of a command as it is shown, for a message that names it."""
        return key_of(self._commands, id)

    @abstractmethod
    def target(self) -> marking.Target | None:
        """What stands under the cursor of the pane that has the focus."""

    @abstractmethod
    def place(self) -> tuple[int, str]:
        """The reader's cursor as a position of the page, and the words there; unsafe to show."""

    @abstractmethod
    def done(self) -> None:
        """What was marked has been marked: the selection goes."""

    @abstractmethod
    def show_marks(self) -> None:
        """Show the annotations as they are now."""

    @abstractmethod
    def say(self, message: str, *, warning: bool = False) -> None:
        """Show a message."""

    async def action_do(self, name: str) -> None:
        """Do a deed to whatever stands under the cursor."""
        deed = Deed(name)
        target = self.target()
        if target is None:
            return
        if self._library.annotations.read_only:
            self.say(self._library.notice or _("This library is open for reading only"), warning=True)
            return
        match deed:
            case Deed.NOTE:
                self._ask_note(target, target.note)
            case Deed.TAGS:
                self._ask_tags(target, target.tags)
            case Deed.MEND:
                self._ask_mend(target)
            case Deed.IMPRINT:
                self._ask_imprint(target)
            case Deed.HIGHLIGHT if target.scope is Scope.ARTICLE:
                said = _("Select something first: {select} begins, {sentence} takes the sentence")
                self.say(
                    said.format(select=self.key("reader.select"), sentence=self.key("reader.select-sentence")),
                    warning=True,
                )
            case _:
                change = marking.change(deed, target, self._library.reading(target.stored), self._author)
                if change is None:
                    self.say(_("No annotation here"), warning=True)
                elif await self._commit(change):
                    self.done()

    def _ask_note(self, target: marking.Target, typed: str) -> None:
        from tui.ui.screens.note import NoteSheet

        async def keep(note: str | None) -> None:
            if note is not None and not await self._annotate(marking.annotate(target, self._author, note=note)):
                self._ask_note(target, note)  # what was typed is not lost with the disk

        self.app.push_screen(NoteSheet(_("Note on {what}").format(what=target.subject), target.note, typed), keep)

    def _ask_tags(self, target: marking.Target, typed: tuple[str, ...]) -> None:
        from tui.ui.screens.tags import TagSheet

        async def keep(tags: tuple[str, ...] | None) -> None:
            if tags is not None and not await self._annotate(marking.annotate(target, self._author, tags=tags)):
                self._ask_tags(target, tags)

        known = self._library.annotations.tag_counts()
        self.app.push_screen(TagSheet(_("Tags of {what}").format(what=target.subject), target.tags, known, typed), keep)

    def _ask_mend(self, target: marking.Target) -> None:
        from tui.ui.screens.mend import Choice, MendSheet

        place, words = self.place()
        passage = target.spans if target.scope is Scope.SPAN and target.annotation is None else ()

        async def mend(choice: Choice | None) -> None:
            if choice is None:
                return
            change = self._mend(target, lambda on: marking.mend(on, choice.kind, choice.role, place, passage))
            if change is not None:
                await self._annotate(change)

        self.app.push_screen(MendSheet(words), mend)

    def _ask_imprint(self, target: marking.Target, typed: Imprint | None = None) -> None:
        from tui.ui.screens.imprint import ImprintSheet

        async def keep(known: Imprint | None) -> None:
            if known is None:
                return
            change = self._mend(target, lambda on: on.set_imprint(known))
            if change is not None and not await self._commit(change):
                self._ask_imprint(target, known)

        said = typed or self._mend(target, lambda on: on.imprint)
        if said is not None:
            self.app.push_screen(ImprintSheet(target.stored.row.page, target.stored.page.imprint, said), keep)

    def _mend(self, target: marking.Target, ask: Callable[[Mender], Answer]) -> Answer | None:
        """What the mender of the target's page answers; None, and a message, where it has nothing to mend."""
        try:
            with self._library.catalog() as catalog:
                return ask(self._library.mender(catalog, target.stored.row.page, self._author))
        except JianbaoError as error:
            self.say(str(error), warning=True)
            return None

    async def _annotate(self, change: Change | None) -> bool:
        """Make a change that a sheet has asked for, if it is one; False where it could not be made."""
        if change is None:
            return True
        made = await self._commit(change)
        if made:
            self.done()
        return made

    @property
    def _author(self) -> str:
        return self._settings.author

    async def _commit(self, change: Change, *, undoable: bool = True) -> bool:
        """Make a change and say so once it is on the disk; False where it could not be made."""
        inverse = await self._make(change)
        if inverse is not None and undoable:
            self._history.made(inverse)
            self.say(_("Saved: {what}").format(what=change.label))
        return inverse is not None

    async def _make(self, change: Change) -> Change | None:
        """Make a change off the screen's thread; the change that undoes it, or None and a message."""
        try:
            inverse = await asyncio.to_thread(self._library.apply, change)
        except JianbaoError as error:
            self.say(str(error), warning=True)
            return None
        self.show_marks()
        return inverse

    async def action_undo(self) -> None:
        change = self._history.last
        if change is None:
            self.say(_("Nothing to undo"))
        elif (inverse := await self._make(change)) is not None:
            self._history.undone(inverse)
            self.say(_("Undone: {what}").format(what=change.label))

    async def action_redo(self) -> None:
        change = self._history.next
        if change is None:
            self.say(_("Nothing to do again"))
        elif (inverse := await self._make(change)) is not None:
            self._history.redone(inverse)
            self.say(_("Done again: {what}").format(what=change.label))
