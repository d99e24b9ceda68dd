"""Notes whose place is in doubt: what is listed, what differs, what stands around. Nothing here is Textual's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from tui.language import N_, _, ngettext
from tui.library import anchors
from tui.library.annotations import Change
from tui.library.library import Library
from tui.library.placing import Candidate
from tui.model import Annotation, Span, Status, text_of
from tui.ui import marking
from tui.ui.trash import article_of, flat

WORDS = {Status.REVIEW: N_("unsure"), Status.ORPHAN: N_("not found"), Status.MOVED: N_("moved")}
_ORDER = tuple(WORDS)


@dataclass(frozen=True, slots=True)
class Doubt:
    """An annotation that is not, or no longer, where it was made.

    Attributes:
        annotation: As it is kept.
        status: What is thought of its place.
        candidates: The places that come into question, the best first.
        article: The title of the article at its place, or else the page's path; unsafe to show.
    """

    annotation: Annotation
    status: Status
    candidates: tuple[Candidate, ...]
    article: str

    @property
    def score(self) -> float:
        """0 to 1, how well the best place fits."""
        return self.candidates[0].score if self.candidates else 0.0

    def page(self, candidate: Candidate) -> str:
        """The page that a candidate is on."""
        return candidate.page or self.annotation.page


def doubts(library: Library) -> tuple[Doubt, ...]:
    """All that is to be settled: what may be somewhere, what is found nowhere, what has moved; each in text order."""
    found = []
    with library.catalog() as catalog:
        for annotation, placed in library.unsettled(catalog):
            candidates = placed.candidates
            if placed.status is Status.MOVED:
                candidates = candidates[:1] or (Candidate(placed.spans, placed.score),)
            found.append(Doubt(annotation, placed.status, candidates, article_of(catalog, annotation)))
    return tuple(sorted(found, key=lambda doubt: _ORDER.index(doubt.status)))


def doubtful(library: Library) -> int:
    """How many annotations a reader has to find a place for: those that have moved have one."""
    with library.catalog() as catalog:
        return sum(placed.status is not Status.MOVED for _annotation, placed in library.unsettled(catalog))


def settled(annotation: Annotation, spans: Iterable[Span], text: str, page: str) -> Change:
    """The change that puts an annotation on a passage of a page."""
    new = anchors.settle(annotation, spans, text, page=page)
    return Change(_("the place of {thing}").format(thing=marking.thing(new)), put=(new,))


def all_settled(changes: Sequence[Change]) -> Change:
    """Several such changes as one."""
    label = ngettext("the place of {count} note that moved", "the places of {count} notes that moved", len(changes))
    return Change(label.format(count=len(changes)), put=tuple(record for change in changes for record in change.put))


class Part(StrEnum):
    """What a piece of a passage is."""

    CONTEXT = "context"  # what stands around it
    EDGE = "edge"  # a sign where it begins or ends
    SAME = "same"
    GONE = "gone"  # only the old quote has it
    NEW = "new"  # only the page's present text has it


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text; unsafe to show."""

    text: str
    part: Part


_FIRST, _LAST = Piece("▸", Part.EDGE), Piece("◂", Part.EDGE)
_SIGNS = {Part.GONE: ("[-", "-]"), Part.NEW: ("{+", "+}")}  # wdiff's, so that colour need not tell


def difference(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Two texts in pieces: what both have, what only the old one has, what only the new one has."""
    from rapidfuzz.distance import Levenshtein  # only here: most libraries have nothing to settle

    before: list[Piece] = []
    after: list[Piece] = []
    for step in Levenshtein.opcodes(old, new):
        gone, come = old[step.src_start : step.src_end], new[step.dest_start : step.dest_end]
        same = step.tag == "equal"
        before += [Piece(gone, Part.SAME if same else Part.GONE)] if gone else []
        after += [Piece(come, Part.SAME if same else Part.NEW)] if come else []
    return _merged(before), _merged(after)


def _merged(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Neighbours of one sort as one piece."""
    parts = groupby(pieces, key=lambda piece: piece.part)
    return tuple(Piece("".join(piece.text for piece in found), part) for part, found in parts)


def before(annotation: Annotation, context: int, new: str | None = None) -> tuple[Piece, ...]:
    """The old quote in its old context.

    Args:
        annotation: As it is kept.
        context: Characters of it, on either side.
        new: The text of the candidate that it is compared with.
    """
    quote = flat(annotation.exact)
    pieces = difference(quote, flat(new))[0] if new is not None else (Piece(quote, Part.SAME),)
    return _framed(annotation.prefix, pieces, annotation.suffix, context)


def now(annotation: Annotation, text: str, spans: Sequence[Span], context: int) -> tuple[Piece, ...]:
    """A candidate in the page's present text."""
    pieces = difference(flat(annotation.exact), flat(text_of(text, spans)))[1]
    wide = 2 * context + 32  # white space goes
    start, end = spans[0].start, spans[-1].end
    return _framed(text[max(start - wide, 0) : start], pieces, text[end : end + wide], context)


def _framed(prefix: str, pieces: Sequence[Piece], suffix: str, context: int) -> tuple[Piece, ...]:
    ahead, behind = flat(prefix), flat(suffix)
    ahead = "…" + ahead[len(ahead) - context :] if len(ahead) > context else ahead
    behind = behind[:context] + "…" if len(behind) > context else behind
    found = (Piece(ahead, Part.CONTEXT), _FIRST, *pieces, _LAST, Piece(behind, Part.CONTEXT))
    return tuple(piece for piece in found if piece.text)


def signed(piece: Piece) -> str:
    """A piece with the signs that tell without colour what it is; unsafe to show."""
    opening, closing = _SIGNS.get(piece.part, ("", ""))
    return f"{opening}{piece.text}{closing}"


def about(doubt: Doubt) -> str:
    """How sure the place is, in a word and a number."""
    word = _(WORDS[doubt.status])
    return word if doubt.status is Status.ORPHAN else f"{word} {percent(doubt.score)}"


def percent(score: float) -> str:
    """A score for the eye; what is not all the same is never called 100 %."""
    return f"{min(int(score * 100), 99) if score < 1 else 100} %"
