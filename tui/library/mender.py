"""From what a reader wants put right of a page to the change that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.errors import UsageError
from tui.language import N_, _
from tui.library.anchors import find, joined, quote
from tui.library.annotations import Change
from tui.library.entries import Key, new_id, now
from tui.model import Block, Imprint, Mend, MendKind, Role, Span
from tui.pages.mending import mended
from tui.pages.parse import Parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.model import Page

_POINT = 12  # code points that are kept of the text at a place
_OPPOSITE = {
    MendKind.SPLIT: MendKind.JOIN,
    MendKind.JOIN: MendKind.SPLIT,
    MendKind.BREAK: MendKind.MERGE,
    MendKind.MERGE: MendKind.BREAK,
    MendKind.ROLE: MendKind.ROLE,
    MendKind.IMPRINT: MendKind.IMPRINT,
}


ROLE_NAMES = {
    Role.HEADLINE: N_("headline"),
    Role.KICKER: N_("kicker"),
    Role.SUBTITLE: N_("subtitle"),
    Role.COLUMN: N_("column"),
    Role.BYLINE: N_("byline"),
    Role.SUBHEAD: N_("subhead"),
    Role.BODY: N_("body"),
    Role.CAPTION: N_("caption"),
    Role.JUMP: N_("jump line"),
    Role.FURNITURE: N_("folio line or slogan"),
}


class Mender:
    """A page that a reader mends. Positions are of its text.

    Every method gives the change to commit, which adds a mend, or takes back the one that it would be the opposite of.
    It raises `UsageError`, with one line for the reader, where there is nothing to mend.
    """

    def __init__(self, page: Page, mends: Sequence[Mend], author: str = "") -> None:
        """Take up a page.

        Args:
            page: As the parser has it, without its mends.
            mends: Those it has, in the order of making.
            author: Whose mends the new ones are.
        """
        self._page = page
        self._imprints = [mend for mend in mends if mend.imprint is not None]
        placed = ((mend, find(mend, page.text)) for mend in mends if mend.imprint is None)
        self._mends = [found for _, found in placed if found is not None]
        self._author = author
        self._shown = self._made(self._mends)

    def split_at(self, position: int) -> Change:
        """A new article begins at `position`."""
        block, place = self._place(position)
        if any(place == article.start for article in self._shown.articles):
            raise UsageError(_("An article begins here already"))
        self._check_belongs(block)
        return self._change(MendKind.SPLIT, self._point(block, place), _("article split"))

    def join_before(self, position: int) -> Change:
        """The article at `position` belongs to the one before it on the page."""
        block, _place = self._place(position)
        self._check_belongs(block)
        for index, article in enumerate(self._shown.articles):
            if block in article.blocks and index:
                first = min(article.blocks, key=_start)
                return self._change(MendKind.JOIN, self._point(first, _start(first)), _("articles joined"))
        raise UsageError(_("It is the first article of its page: there is none before to join it with"))

    def set_role(self, position: int, role: Role, passage: Iterable[Span] = ()) -> Change:
        """The paragraph at `position` has this role, or only `passage` has, where one is given."""
        block, _place = self._place(position)
        spans = joined(passage) or joined(block.spans)
        return self._change(MendKind.ROLE, spans, _("{role} set").format(role=_(ROLE_NAMES[role])), role)

    def break_at(self, position: int) -> Change:
        """A new paragraph begins at `position`."""
        block, place = self._place(position)
        self._check_belongs(block)
        if _start(block) == place:
            raise UsageError(_("A paragraph begins here already"))
        return self._change(MendKind.BREAK, self._point(block, place), _("paragraph broken"))

    def merge_before(self, position: int) -> Change:
        """The paragraph at `position` continues the one before it."""
        block, _place = self._place(position)
        self._check_belongs(block)
        if any(_start(block) == article.start for article in self._shown.articles):
            raise UsageError(_("It is the first paragraph of its article: join the articles first"))
        return self._change(MendKind.MERGE, self._point(block, _start(block)), _("paragraphs joined"))

    def set_imprint(self, known: Imprint) -> Change:
        """The page is of this paper, date, number and section; what is empty is found out as before."""
        if known == self.imprint:
            raise UsageError(_("It is so already"))
        gone = tuple(Key.mend(old.id) for old in self._imprints)
        if known == Imprint():
            return Change(_("imprint taken back"), remove=gone)
        blocks = [*(block for article in self._shown.articles for block in article.blocks), *self._shown.furniture]
        first = min(blocks, key=_start)
        spans = self._point(first, _start(first))
        exact, prefix, suffix = quote(self._page.text, spans)
        return Change(
            _("imprint set"),
            put=(
                Mend(
                    new_id(),
                    self._page.path,
                    MendKind.IMPRINT,
                    spans,
                    exact,
                    prefix,
                    suffix,
                    None,
                    self._author,
                    now(),
                    known,
                ),
            ),
            remove=gone,
        )

    @property
    def imprint(self) -> Imprint:
        """What the reader has said of the page."""
        return (self._imprints[-1].imprint if self._imprints else None) or Imprint()

    def line(self, position: int) -> tuple[Span, ...]:
        """The printed line at `position`, as far as it belongs to the paragraph there."""
        block, place = self._place(position)
        text = self._page.text
        start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
        return tuple(span for span in block.spans if start <= span.start and (end < 0 or span.end <= end))

    def _place(self, position: int) -> tuple[Block, int]:
        """The block at `position`, and where its first character from there on stands that is no white space."""
        blocks = [*(block for article in self._shown.articles for block in article.blocks), *self._shown.furniture]
        block = next((block for block in blocks if _holds(block, position)), None)
        if block is None:
            raise UsageError(_("There is no text here to mend"))
        solid = (
            at
            for span in block.spans
            for at in range(max(span.start, position), span.end)
            if not self._page.text[at].isspace()
        )
        return block, next(solid, position)

    def _check_belongs(self, block: Block) -> None:
        if block in self._shown.furniture:
            raise UsageError(_("This belongs to no article: give it another role first"))

    def _point(self, block: Block, place: int) -> tuple[Span, ...]:
        end = next(span.end for span in block.spans if span.start <= place < span.end)
        return (Span(place, min(end, place + _POINT)),)

    def _change(self, kind: MendKind, spans: tuple[Span, ...], label: str, role: Role | None = None) -> Change:
        exact, prefix, suffix = quote(self._page.text, spans)
        mend = Mend(new_id(), self._page.path, kind, spans, exact, prefix, suffix, role, self._author, now())
        if _is_so(self._shown, mend):
            raise UsageError(_("It is so already"))
        rivals = [old for old in reversed(self._mends) if _at_one(old, mend)]
        for old in rivals:
            if _is_so(self._made(self._without(old)), mend):
                return Change(label, remove=(Key.mend(old.id),))
        wanted = self._made([*self._mends, mend])
        if not _is_so(wanted, mend):
            raise UsageError(_("This can't be done here"))
        gone = [old for old in rivals[:1] if self._made([*self._without(old), mend]) == wanted]
        return Change(label, put=(mend,), remove=tuple(Key.mend(old.id) for old in gone))

    def _without(self, gone: Mend) -> list[Mend]:
        return [mend for mend in self._mends if mend is not gone]

    def _made(self, mends: Sequence[Mend]) -> Parsed:
        return mended(Parsed(self._page.articles, self._page.furniture), self._page.text, mends)


def _at_one(old: Mend, new: Mend) -> bool:
    """Whether the two are about the same place, and one can be the opposite of the other."""
    if old.kind is not _OPPOSITE[new.kind]:
        return False
    return old.spans == new.spans if new.kind is MendKind.ROLE else old.place == new.place


def _is_so(parsed: Parsed, mend: Mend) -> bool:
    """Whether the page is as the mend would have it."""
    match mend.kind:
        case MendKind.SPLIT | MendKind.JOIN:
            return any(mend.place == article.start for article in parsed.articles) is (mend.kind is MendKind.SPLIT)
        case MendKind.BREAK | MendKind.MERGE:
            starts = {_start(block) for article in parsed.articles for block in article.blocks}
            return (mend.place in starts) is (mend.kind is MendKind.BREAK)
        case MendKind.IMPRINT:
            return False
        case MendKind.ROLE:
            blocks = [*(block for article in parsed.articles for block in article.blocks), *parsed.furniture]
            here = [block for block in blocks if any(own.overlaps(span) for own in block.spans for span in mend.spans)]
            return all(block.role is mend.role for block in here)


def _holds(block: Block, position: int) -> bool:
    return any(span.start <= position < span.end for span in block.spans)


def _start(block: Block) -> int:
    return block.spans[0].start
