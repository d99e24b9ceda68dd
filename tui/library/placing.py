"""Where a passage is on a page that has changed, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING

from tui.library.anchors import find, spans_of_copy, stands
from tui.library.anchors import quote as quoted
from tui.library.solid import Solid, folded, solid
from tui.model import Annotation, Span, Status, text_of

if TYPE_CHECKING:
    from tui.library.likeness import Match, Matches

MOVED = 0.90  # from this score on a place is taken, if no other scores nearly as much
REVIEW = 0.60  # from this score on a place is offered
MARGIN = 0.10  # so much less the next best has to score
_TELLING = 8  # a copy of so many characters is offered whatever stands around it
_OFFERED = 5
_BREAK = 4  # between two spans there is no more than a line break with its indent (code points)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a passage may be.

    Attributes:
        spans: The place, as spans of the page.
        score: 0 to 1, how well text and context fit.
        page: The page, where it is another one than the annotation's; else empty.
    """

    spans: tuple[Span, ...]
    score: float
    page: str = ""


@dataclass(frozen=True, slots=True)
class Placement:
    """How a passage stands to its page's present text.

    Attributes:
        status: What is to be thought of it.
        spans: Where it is; where that is not certain, where it was.
        score: 0 to 1, how well the best place fits; 1 where nothing has changed.
        candidates: The places that come into question, best first, at most five; none where nothing has changed.
    """

    status: Status
    spans: tuple[Span, ...]
    score: float = 1.0
    candidates: tuple[Candidate, ...] = ()


_MOST_KNOWN = 4096
_known: dict[tuple[object, ...], Placement] = {}  # by passage and page digest; any thread may add to it


def place(annotation: Annotation, page_text: str) -> Placement:
    """Where the annotation is on the page's present text.

    Kept by the page's digest, so that the same is not worked out twice.
    """
    if stands(annotation, page_text):
        known = annotation.status in {Status.ANCHORED, Status.MOVED}
        return Placement(annotation.status if known else Status.ANCHORED, annotation.spans)
    digest = blake2b(page_text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    key = (annotation.spans, annotation.exact, annotation.prefix, annotation.suffix, digest)
    found = _known.get(key)
    if found is None:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        found = _known[key] = _sought(annotation, page_text)
    return found


def _sought(annotation: Annotation, page_text: str) -> Placement:
    from tui.library.likeness import Sought, matches  # only here: it loads rapidfuzz, and most pages never change

    text = solid(page_text)
    quote = folded(annotation.exact)
    if not quote or not text.text:
        return Placement(Status.ORPHAN, annotation.spans, 0.0)
    share = min(annotation.spans[0].start / len(page_text), 1.0)
    sought = Sought(quote, folded(annotation.prefix), folded(annotation.suffix), share)
    found = matches(sought, text.text, MOVED)
    together = _together(annotation, page_text)
    if together and (not found.found or found.found[0].score < MOVED):
        exact, prefix, suffix = (folded(part) for part in quoted(page_text, together))
        match = matches(sought, prefix + exact + suffix, MOVED).found[0]
        status = Status.MOVED if match.score >= MOVED and match.framed else Status.REVIEW
        spans = together if status is Status.MOVED else annotation.spans
        return Placement(status, spans, match.score, (Candidate(together, match.score),))
    return _judged(annotation, page_text, text, quote, found)


def _judged(annotation: Annotation, page_text: str, text: Solid, quote: str, found: Matches) -> Placement:
    offered = [match for match in found.found if _is_offered(match, text.text, quote)][:_OFFERED]
    candidates = tuple(Candidate(_spans(annotation, page_text, text, match, quote), match.score) for match in offered)
    if not candidates:
        best = max((match.score for match in found.found), default=0.0)
        return Placement(Status.ORPHAN, annotation.spans, best)
    first = candidates[0]
    if found.whole and first.score >= MOVED and offered[0].framed and _is_alone(offered):
        if first.spans == annotation.spans and text_of(page_text, first.spans) == annotation.exact:
            return Placement(Status.ANCHORED, first.spans, first.score, candidates)
        return Placement(Status.MOVED, first.spans, first.score, candidates)
    return Placement(Status.REVIEW, annotation.spans, first.score, candidates)


def _together(annotation: Annotation, page_text: str) -> tuple[Span, ...]:
    """Where all spans stand again, with as much between them as before: of a passage around a picture.

    Such text between them is not known, so that likeness tells nothing; it is found as it was, or not.
    """
    if all(after.start - before.end <= _BREAK for before, after in pairwise(annotation.spans)):
        return ()
    found = find(annotation, page_text)
    if found is None or len(found.spans) != len(annotation.spans):
        return ()
    shifts = {new.start - old.start for new, old in zip(found.spans, annotation.spans, strict=True)}
    return found.spans if len(shifts) == 1 else ()


def _is_offered(match: Match, text: str, quote: str) -> bool:
    return match.score >= REVIEW or (len(quote) >= _TELLING and text[match.start : match.end] == quote)


def _is_alone(offered: Sequence[Match]) -> bool:
    return len(offered) == 1 or offered[1].score <= offered[0].score - MARGIN


def _spans(annotation: Annotation, page_text: str, text: Solid, match: Match, quote: str) -> tuple[Span, ...]:
    own = solid_places(annotation.exact)
    if text.text[match.start : match.end] == quote:
        return spans_of_copy(annotation.exact, own, page_text, text.places[match.start : match.end])
    return text.spans(page_text, match.start, match.end, broken="\n" in annotation.exact)


def solid_places(exact: str) -> Sequence[int]:
    """Where the characters of a quote stand in it that a search looks for."""
    return solid.__wrapped__(exact).places
