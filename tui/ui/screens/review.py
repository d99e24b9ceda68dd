"""The review: the notes whose place is in doubt, with what they quoted and what stands on the page now."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from tui.display import visible, visible_line
from tui.errors import JianbaoError
from tui.language import N_, _, ngettext
from tui.library.annotations import Change
from tui.library.library import Library
from tui.library.placing import Candidate
from tui.model import Annotation, Status, text_of
from tui.ui import marking, review
from tui.ui.review import Doubt, Part, Piece
from tui.ui.screens.own_keys import COMMON, ScreenKey, Ways, key_bindings
from tui.ui.screens.survey import Survey
from tui.ui.trash import summary
from tui.ui.widgets.pick_list import Row

ByHand = tuple[Doubt, Candidate | None]
"""A note whose passage is to be selected by hand, and the place that was shown of it."""

_WHERE = 8  # characters of an article's title in a line of the list
_CONTEXT = 40  # characters on either side of a passage,
_LOW_CONTEXT = 10  # and where there are few lines
_LOW = 16  # lines
_STYLES = {
    Part.CONTEXT: "$muted",
    Part.EDGE: "bold $accent",
    Part.SAME: "bold $foreground",
    Part.GONE: "bold strike $error",
    Part.NEW: "bold underline $success",
}
_KEYS = (
    ScreenKey(("enter",), N_("Accept"), "accept", N_("Put the note on the place that is shown")),
    ScreenKey(("s",), N_("Later"), "later", N_("Leave it as it is and go on")),
    ScreenKey(("n", "right"), N_("Next place"), "place(1)", N_("The next place that comes into question")),
    ScreenKey(("p", "left"), N_("Place before"), "place(-1)", N_("The place before")),
    ScreenKey(("o",), N_("Open"), "open", N_("Open the page there, to select the passage by hand")),
    ScreenKey(("d",), N_("Delete"), "delete", N_("Move the note to the trash")),
    ScreenKey(("A",), N_("Accept moved"), "accept_moved", N_("Accept all that moved with their text")),
    *COMMON,
)


class ReviewScreen(Survey[ByHand | None]):
    """Every note that is not where it was made. Its result is the one to anchor by hand, or None."""

    KEYS = _KEYS
    HELP = N_("Keys of the review")
    BINDINGS: ClassVar[list[BindingType]] = key_bindings(_KEYS)

    def __init__(self, library: Library, ways: Ways) -> None:
        """Make the screen of an open library.

        Args:
            library: The folder.
            ways: How it is changed.
        """
        super().__init__(library, ways)
        self._doubts: tuple[Doubt, ...] = ()
        self._at = 0  # which candidate of the one under the cursor is shown
        self._loaded = False

    def on_mount(self) -> None:
        self._catalog = self._library.catalog()

    def on_unmount(self) -> None:
        self._catalog.close()

    # What it shows

    async def load(self) -> None:
        """Show what is in doubt now, the cursor as near as can be to where it was."""
        try:
            found = await asyncio.to_thread(review.doubts, self._library)
        except JianbaoError as error:
            self.say(str(error), warning=True)
            return
        self._loaded = True
        self._show(found)

    def _show(self, found: Sequence[Doubt]) -> None:
        self._doubts = tuple(found)
        count = len(found)
        self.title_is(ngettext("Review: {count} note", "Review: {count} notes", count).format(count=count))
        nothing = Row(_("Nothing to review: every note is at its place"), heading=True)
        self.list.show([_row(doubt) for doubt in found] or [nothing], self.list.cursor)
        self._at = 0
        self.show_chosen()

    @property
    def _chosen(self) -> Doubt | None:
        place = self.list.chosen
        return self._doubts[place] if place is not None else None

    @property
    def _candidate(self) -> Candidate | None:
        doubt = self._chosen
        return doubt.candidates[self._at] if doubt is not None and doubt.candidates else None

    def on_resize(self) -> None:
        if self._loaded:
            self.show_chosen()

    def on_pick_list_picked(self) -> None:
        self._at = 0  # `Survey`'s handler, which Textual calls next, shows it

    def action_move(self, step: int) -> None:
        self._at = 0
        super().action_move(step)

    def action_page(self, step: int) -> None:
        self._at = 0
        super().action_page(step)

    def action_place(self, step: int) -> None:
        doubt = self._chosen
        if doubt is not None and doubt.candidates:
            self._at = (self._at + step) % len(doubt.candidates)
            self.show_chosen()

    def show_chosen(self) -> None:
        doubt, candidate = self._chosen, self._candidate
        if doubt is None:
            self.show_part(Content(""), "" if self._loaded else _("Looking…"))
            return
        text = self._text(doubt, candidate)
        low = self.size.height < _LOW
        said = _said(doubt, candidate, text, _LOW_CONTEXT if low else _CONTEXT)
        here = _here(doubt, candidate, text, _LOW_CONTEXT if low else _CONTEXT, self._at)
        parts = [part for part in ((here, said) if low else (said, here)) if part]  # what is asked has to be in view
        lines = [line for part in parts for line in (*([] if low or part is parts[0] else [Content("")]), *part)]
        annotation = doubt.annotation
        if annotation.note:
            lines += [Content(""), Content(visible(annotation.note))]
        if annotation.tags:
            lines.append(_styled(visible_line(" ".join(f"#{tag}" for tag in annotation.tags)), "$secondary"))
        page = doubt.page(candidate) if candidate is not None else annotation.page
        lines += [Content(""), _styled(visible_line(page), "$muted")]
        self.show_part(Content("\n").join(lines), f"{review.about(doubt)} · {doubt.article}")

    def _text(self, doubt: Doubt, candidate: Candidate | None) -> str | None:
        """The present text of a candidate's page; None where there is none, or it has become shorter."""
        if candidate is None:
            return None
        page = self._catalog.page(doubt.page(candidate))
        return page.text if page is not None and candidate.spans[-1].end <= len(page.text) else None

    # Settling

    def _kept(self) -> Annotation | None:
        """The note under the cursor, as it is kept now; None, and perhaps a message, where it can't be changed."""
        doubt = self._chosen
        return self._library.annotations.get(doubt.annotation.id) if doubt is not None and self.writable() else None

    async def action_accept(self) -> None:
        doubt, candidate, kept = self._chosen, self._candidate, self._kept()
        if doubt is None or kept is None:
            return
        text = self._text(doubt, candidate)
        if candidate is None or text is None:
            self.say(_("No place is known: o opens an article to select it in, s leaves it for later"), warning=True)
            return
        await self._settle(review.settled(kept, candidate.spans, text, doubt.page(candidate)))

    async def action_accept_moved(self) -> None:
        if not self.writable():
            return
        changes = []
        for doubt in self._doubts:
            kept = self._library.annotations.get(doubt.annotation.id)
            candidate = doubt.candidates[0] if doubt.status is Status.MOVED else None
            text = self._text(doubt, candidate)
            if kept is not None and candidate is not None and text is not None:
                changes.append(review.settled(kept, candidate.spans, text, doubt.page(candidate)))
        if changes:
            await self._settle(review.all_settled(changes) if len(changes) > 1 else changes[0])
        else:
            self.say(_("None has moved"))

    async def action_delete(self) -> None:
        kept = self._kept()
        if kept is not None and await self._settle(marking.remove(kept)):
            said = _("Deleted {what}: {key} brings it back")
            self.say(said.format(what=marking.thing(kept), key="u"))

    async def _settle(self, change: Change) -> bool:
        """Make a change; what it is about is not in doubt any more."""
        made = await self._ways.commit(change)
        self.repeat()
        if made:
            gone = {key.name for key in change.remove} | {one.id for one in change.put if isinstance(one, Annotation)}
            self._show([doubt for doubt in self._doubts if doubt.annotation.id not in gone])
        return made

    def action_later(self) -> None:
        if self.list.chosen is not None and self.list.cursor == len(self._doubts) - 1:
            self.say(_("That was the last one"))
        self.action_move(1)

    def action_open(self) -> None:
        doubt = self._chosen
        if doubt is not None and self.writable():
            self.dismiss((doubt, self._candidate))


def _row(doubt: Doubt) -> Row:
    where = doubt.article if len(doubt.article) <= _WHERE else doubt.article[: _WHERE - 1] + "…"
    return Row(summary(doubt.annotation), review.about(doubt), where)


def _said(doubt: Doubt, candidate: Candidate | None, text: str | None, context: int) -> list[Content]:
    """The old quote, unless it is still the same."""
    if candidate is None or text is None:
        title = _("It said, and nothing like it is found:")
        return [_styled(title, "$secondary"), _passage(review.before(doubt.annotation, context))]
    if doubt.status is Status.MOVED:
        return []
    old = review.before(doubt.annotation, context, text_of(text, candidate.spans))
    return [_styled(_("It said:"), "$secondary"), _passage(old)]


def _here(doubt: Doubt, candidate: Candidate | None, text: str | None, context: int, number: int) -> list[Content]:
    """The place of a candidate on its page."""
    if candidate is None or text is None:
        return []
    title = _("It moved with its text, and is here:")
    if doubt.status is not Status.MOVED:
        total, score = len(doubt.candidates), review.percent(candidate.score)
        title = _("Is this it? Place {number} of {total}, {score} alike:")
        title = title.format(number=number + 1, total=total, score=score)
    return [_styled(title, "$secondary"), _passage(review.now(doubt.annotation, text, candidate.spans, context))]


def _passage(pieces: Iterable[Piece]) -> Content:
    return Content.assemble(*((visible_line(review.signed(piece)), _STYLES[piece.part]) for piece in pieces))


def _styled(text: str, style: str) -> Content:
    return Content.assemble((text, style))
