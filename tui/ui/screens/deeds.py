"""What the main screen does to passages and articles, and how it is undone."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from tui.errors import ChangedError, JianbaoError
from tui.language import _
from tui.library import anchors
from tui.library.annotations import Change, Reloaded
from tui.library.entries import key_of as key_of_record
from tui.library.library import Library
from tui.model import Imprint, Reading, Scope
from tui.settings import Settings
from tui.ui import marking
from tui.ui.commands import COMMANDS, Command, Deed, key_of
from tui.ui.history import History, Step, taken_back
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
        self._making = asyncio.Lock()  # one change at a time, so that each builds on the last
        self._commands: tuple[Command, ...] = COMMANDS

    def key(self, id: str) -> str:  # noqa: A002 - the field's own name
        """The key of a command as it is shown, for a message that names it."""
        return key_of(self._commands, id)

    @abstractmethod
    def target(self) -> marking.Target | None:
        """What stands under the cursor of the pane that has the focus."""

    @abstractmethod
    def taggable(self) -> marking.Target | None:
        """What a favourite tag is put on with one key: a selection, or an annotation under the cursor."""

    @abstractmethod
    def place(self) -> tuple[int, str]:
        """The reader's cursor as a position of the page, and the words there; unsafe to show."""

    @abstractmethod
    def done(self) -> None:
        """What was marked has been marked: the selection goes."""

    @abstractmethod
    def show_marks(self) -> None:
        """Show the annotations as they are now."""

    def refused(self) -> bool:
        """Whether nothing can be changed here; a message then says why."""
        refused = self._library.annotations.read_only
        if refused:
            self.say(self._library.notice or _("This library is open for reading only"), warning=True)
        return refused

    @abstractmethod
    def follow_made(self) -> None:
        """List what fits the filter now, which may ask for what was made a moment ago."""

    @abstractmethod
    def took_in(self, reloaded: Reloaded) -> None:
        """Tell what was taken in with a change of one's own."""

    @abstractmethod
    async def _ask_note(self, target: marking.Target) -> None:
        """Open the editor of a target's note."""

    @abstractmethod
    async def _copy(self, *, cite: bool) -> None:
        """Copy what stands under the cursor."""

    @abstractmethod
    def show_where(self, *changes: Change) -> str:
        """Go to where something was undone or done again; the words that say where, if it can't be shown."""

    @abstractmethod
    def say(self, message: str, *, warning: bool = False) -> None:
        """Show a message."""

    def _nothing_selected(self) -> str:
        return _("Select something first: {select} begins, {sentence} takes the sentence").format(
            select=self.key("reader.select"), sentence=self.key("reader.select-sentence")
        )

    async def action_do(self, name: str) -> None:
        """Do a deed to whatever stands under the cursor."""
        deed = Deed(name)
        if deed in (Deed.COPY, Deed.CITE):
            await self._copy(cite=deed is Deed.CITE)
            return
        target = self.target()
        if target is None or self.refused():
            return
        match deed:
            case Deed.NOTE:
                await self._ask_note(target)
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
                elif await self._commit(change, said=self._deleted(target) if deed is Deed.DELETE else ""):
                    self.done()

    async def action_tag(self, digit: str) -> None:
        """Put the favourite tag of a digit on whatever highlight stands under the cursor, or take it off."""
        if self.refused():
            return
        tag, target = self._library.annotations.favourite(digit), self.taggable()
        if tag is None:
            self.say(
                _("No tag has the digit {digit}: {key}, the codebook, gives it to one").format(
                    digit=digit, key=self.key("library.codebook")
                ),
                warning=True,
            )
        elif target is None:
            self.say(self._nothing_selected(), warning=True)
        elif (change := marking.toggle(target, tag, self._author)) is not None:
            said = _("Tag {tag} taken away") if tag.name in target.tags else _("Tagged {tag}")
            if await self._commit(change, said=said.format(tag=tag.name)):
                self.done()

    def _deleted(self, target: marking.Target) -> str:
        """What is said instead of asking before something goes."""
        what = marking.thing(target.annotation) if target.annotation else ""
        return _("Deleted {what}: {key} brings it back").format(what=what, key=self.key("library.undo"))

    def _ask_tags(self, target: marking.Target, typed: tuple[str, ...]) -> None:
        from tui.ui.screens.tags import TagSheet

        async def keep(tags: tuple[str, ...] | None) -> None:
            if tags is not None and not await self._annotate(marking.annotate(target, self._author, tags=tags)):
                self._ask_tags(self.anew(target), tags)

        store = self._library.annotations
        title = _("Tags of {subject}").format(subject=target.subject)
        self.app.push_screen(TagSheet(title, target.tags, store.tag_counts(), typed, store.codebook()), keep)

    def _ask_mend(self, target: marking.Target) -> None:
        from tui.ui.screens.mend import Choice, MendSheet

        place, words = self.place()
        passage = target.spans if target.scope is Scope.SPAN and target.annotation is None else ()

        async def mend(choice: Choice | None) -> None:
            if choice is None:
                return
            change = self._mend(target, lambda on: marking.mend(on, choice.kind, choice.role, place, passage))
            if change is not None:
                label = _("{mend} at “{words}”").format(mend=change.label, words=words.strip("“”"))
                await self._annotate(replace(change, label=label))

        self.app.push_screen(MendSheet(words), mend)

    def _ask_imprint(self, target: marking.Target, typed: Imprint | None = None) -> None:
        from tui.ui.screens.imprint import ImprintSheet

        async def keep(known: Imprint | None) -> None:
            if known is None:
                return
            change = self._mend(target, lambda on: on.set_imprint(known))
            if change is None:
                return
            label = _("{mend} for {page}").format(mend=change.label, page=target.stored.row.page)
            if not await self._commit(replace(change, label=label)):
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

    async def _commit(self, change: Change, *, undoable: bool = True, said: str = "", run: str = "") -> bool:
        """Make a change and say so once it is on the disk; False where it could not be made.

        Args:
            change: What is to be done.
            undoable: Whether the user did it.
            said: What is said instead of what was saved.
            run: What it is a small step of, all of whose steps are undone as one.
        """
        inverse = await self._make(change)
        if inverse is not None and undoable:
            self._history.made(Step(change, inverse, run))
            self.follow_made()
            self.say(said or _("Saved: {what}").format(what=change.label))
        return inverse is not None

    async def _make(self, change: Change) -> Change | None:
        """Make a change off the screen's thread; the change that undoes it, or None and a message."""
        taken: list[Reloaded] = []
        try:
            async with self._making:
                inverse = await asyncio.to_thread(self._apply, change, taken)
        except JianbaoError as error:
            inverse = None
            self.say(str(error), warning=True)
        for reloaded in taken:
            self.take_in(reloaded)
            self.took_in(reloaded)
        if inverse is not None:
            self.show_marks()
        return inverse

    def _apply(self, change: Change, taken: list[Reloaded]) -> Change:
        """Make a change; where another program has changed the file, once that is taken in and put into `taken`."""
        try:
            return self._library.apply(change)
        except ChangedError:
            taken.append(self._library.reload())
            if {*map(key_of_record, change.put), *change.remove}.isdisjoint(taken[0].keys):
                return self._library.apply(change)
            said = _("Not saved: another program has just changed the same. Look at it, and do it again if it is right")
            raise ChangedError(said) from None

    def take_in(self, reloaded: Reloaded) -> None:
        """Show what another program has changed; what was done to the same here can't be undone any more."""
        self._history.forget(reloaded.keys)
        self.show_marks()

    def anew(self, target: marking.Target) -> marking.Target:
        """A target with its annotation as it is kept now, where it is."""
        known = self._library.annotations.get(target.annotation.id) if target.annotation else None
        if known is None:
            return target
        return replace(target, annotation=anchors.resolve(known, target.stored.page.text))

    async def action_undo(self) -> None:
        step = self._history.last
        if step is None:
            self.say(_("Nothing to undo"))
        elif (taken := await self._take_back(step)) is not None:
            self._history.undone(taken)
            self._say_where(_("Undone: {what}"), taken)

    async def action_redo(self) -> None:
        step = self._history.next
        if step is None:
            self.say(_("Nothing to do again"))
        elif (taken := await self._take_back(step)) is not None:
            self._history.redone(taken)
            self._say_where(_("Done again: {what}"), taken)

    async def _take_back(self, step: Step) -> Step | None:
        """Take back a step, itself perhaps the undoing of another; None, and a message, where it can't be done."""
        change = taken_back(step, self._kept)
        inverse = await self._make(change)
        if inverse is None:
            return None
        self.follow_made()
        return Step(change, inverse)

    def _kept(self, known: Reading) -> Reading | None:
        """What is kept now under the key of a reading."""
        readings = self._library.annotations.readings_on(known.page)
        return next((reading for reading in readings if reading.start == known.start), None)

    def _say_where(self, message: str, step: Step) -> None:
        self.say(message.format(what=step.made.label) + self.show_where(step.made, step.inverse))
