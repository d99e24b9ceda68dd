"""What the main screen does with what was deleted, and with notes whose place is in doubt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from tui.errors import JianbaoError
from tui.language import _, ngettext
from tui.model import Annotation, Scope
from tui.ui import marking
from tui.ui.caret import select_range
from tui.ui.jumps import Place
from tui.ui.screens.moving import MovingScreen
from tui.ui.screens.passages import PassageScreen

if TYPE_CHECKING:
    from tui.library.placing import Candidate
    from tui.ui.review import Doubt
    from tui.ui.screens.own_keys import Ways
    from tui.ui.screens.review import ByHand
    from tui.ui.widgets.bars import StatusLine

_UNTIL_TOLD = 0.5  # seconds between two looks whether the status line is free


class SettlingScreen(PassageScreen, MovingScreen):
    """A screen from which the trash and the review open, and in whose reader a note is anchored by hand."""

    status: StatusLine
    _by_hand: Annotation | None = None  # the note whose passage is being sought
    _doubts: str = ""  # what is to be said of them, until it is said
    _looked: bool = False

    @dataclass
    class Doubted(Message):
        """Notes need a review."""

        count: int

    def ways(self) -> Ways:
        """How another screen changes the library."""
        from tui.ui.screens.own_keys import Ways

        return Ways(
            self._commit, self.action_undo, self.action_redo, lambda: (self.status.message, self.status.warning)
        )

    def action_trash(self) -> None:
        from tui.ui.screens.trash import TrashScreen

        self.app.push_screen(TrashScreen(self._library, self.ways()))

    def action_review(self) -> None:
        from tui.ui.screens.review import ReviewScreen

        self.leave_anchoring()
        self.app.push_screen(ReviewScreen(self._library, self.ways()), self._open_by_hand)

    # At the start

    def look_for_doubts(self) -> None:
        """Say how many notes need a review, once a start, as soon as that is known and the status line is free."""
        if not self._looked:
            self._looked = True
            self._count_doubts()

    @work(thread=True, group="doubts")
    def _count_doubts(self) -> None:
        from tui.ui.review import doubtful

        try:
            count = doubtful(self._library)
        except JianbaoError:
            return  # the review itself will say it
        if count:
            self.post_message(self.Doubted(count))

    @on(Doubted)
    def _hear_doubts(self, message: Doubted) -> None:
        said = ngettext("{count} note needs review: {key}", "{count} notes need review: {key}", message.count)
        self._doubts = said.format(count=message.count, key=self.key("library.review"))
        self._tell_doubts()

    def _tell_doubts(self) -> None:
        if not self.status.message:
            self.say(self._doubts)
        else:
            self.set_timer(_UNTIL_TOLD, self._tell_doubts)

    # Anchoring by hand

    @property
    def anchoring(self) -> str:
        """What the status line says while a note's passage is sought, else nothing; unsafe to show."""
        if self._by_hand is None:
            return ""
        if self._by_hand.scope is Scope.ARTICLE:
            return _("Enter in the reader puts it on the article: {thing}").format(thing=marking.thing(self._by_hand))
        return _("Select the passage, then Enter: {thing}").format(thing=marking.thing(self._by_hand))

    def leave_anchoring(self) -> bool:
        """Seek no passage any more; False where none was sought."""
        left, self._by_hand = self._by_hand is not None, None
        return left

    async def _open_by_hand(self, chosen: ByHand | None) -> None:
        if chosen is None:
            return
        doubt, candidate = chosen
        self._by_hand = doubt.annotation
        await self.complete_panes()
        if not await self._go_near(doubt, candidate):
            self.say(_("Its page is gone: open the right article, select the passage, then Enter"), warning=True)
        elif candidate is not None:
            self._preselect(doubt, candidate)
        self._show_status()

    async def _go_near(self, doubt: Doubt, candidate: Candidate | None) -> bool:
        """Open the article at a note's place, or the nearest on its page; False where there is none."""
        page = doubt.page(candidate) if candidate is not None else doubt.annotation.page
        position = (candidate or doubt.annotation).spans[0].start
        if await self._go(Place(page, position)):
            return True
        near = sorted(self._catalog.articles_on(page), key=lambda stored: abs(stored.row.start - position))
        return bool(near) and await self._go(Place(page, near[0].row.start))

    def _preselect(self, doubt: Doubt, candidate: Candidate) -> None:
        """Select the place that was shown, to begin with."""
        document = self.reader.document
        if document is None or doubt.annotation.scope is Scope.ARTICLE:
            return
        ranges = document.reading.from_page(candidate.spans)
        if ranges:
            self.reader.jump(ranges[-1][1] - 1)
            self.reader.caret = select_range((ranges[0][0], ranges[-1][1]))

    async def action_anchor_here(self) -> None:
        """Put the note that was chosen in the review on the selection."""
        from tui.ui import review

        document = self.reader.document if self.complete else None
        if self._by_hand is None:
            said = _("Choose the note first: {review} lists those in doubt, o there opens one")
            self.say(said.format(review=self.key("library.review")), warning=True)
            return
        kept = self._library.annotations.get(self._by_hand.id)
        if document is None or kept is None or self.refused():
            return
        if kept.scope is Scope.ARTICLE:
            spans = marking.article(document.stored, ()).spans
        elif self.reader.selection is None:
            self.say(self._nothing_selected(), warning=True)
            return
        else:
            spans = document.to_page(*self.reader.selection)
        change = review.settled(kept, spans, document.stored.page.text, document.stored.row.page)
        if await self._commit(change):
            self._by_hand = None
            self.done()
            self._show_status()

    async def action_save_borders(self) -> None:
        if self._by_hand is not None and not self.bordering:
            await self.action_anchor_here()
        else:
            await super().action_save_borders()
