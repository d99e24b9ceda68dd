"""Where a passage stands on its page, and where it has gone when the page's text has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TypeVar

from tui.errors import UsageError
from tui.library.entries import clean_tags, new_id, now
from tui.model import COLOURS, Annotation, Bookmark, Mend, Scope, Span, Status, text_of

Anchored = TypeVar("Anchored", Annotation, Bookmark, Mend)

CONTEXT = 32
"""How many code points of the page are kept before and behind a passage."""

_LONE = 12  # a lone copy is believed if quote and agreeing context are together at least so long (code points)
_AMONG = 8  # of several copies, one is believed if at least so much of its context agrees (code points),
_AHEAD = 2  # and so many times as much as of any other


def quote(page_text: str, spans: Iterable[Span]) -> tuple[str, str, str]:
    """The passage's text, and up to `CONTEXT` code points of the page before it and behind it.

    Raises:
        UsageError: There is no span, or one is empty or not within the page.
    """
    ordered = sorted(spans)
    if not ordered:
        raise UsageError("a passage needs at least one span")
    for span in ordered:
        if not 0 <= span.start < span.end <= len(page_text):
            raise UsageError(f"{span.start}-{span.end} is no passage of a page of {len(page_text)} characters")
    start, end = ordered[0].start, ordered[-1].end
    return text_of(page_text, ordered), page_text[max(start - CONTEXT, 0) : start], page_text[end : end + CONTEXT]


def annotate(
    page: str,
    page_text: str,
    spans: Iterable[Span],
    *,
    scope: Scope = Scope.SPAN,
    note: str = "",
    tags: Iterable[str] = (),
    colour: str = COLOURS[0],
    author: str = "",
) -> Annotation:
    """A new annotation, with an id and the time.

    Args:
        page: The page's path within the library.
        page_text: Its whole text.
        spans: The passage, in any order; spans that touch or overlap become one.
        scope: What it is about.
        note: Any text.
        tags: Names; white space around them and around the `/` of their parts is taken off.
        colour: One of `COLOURS`.
        author: Who made it.

    Raises:
        UsageError: The spans are not within the page, or a tag can't be kept.
    """
    places = joined(spans)
    exact, prefix, suffix = quote(page_text, places)
    time = now()
    return Annotation(
        id=new_id(),
        page=page,
        scope=scope,
        spans=places,
        exact=exact,
        prefix=prefix,
        suffix=suffix,
        note=note,
        tags=clean_tags(tags),
        colour=colour,
        author=author,
        created=time,
        modified=time,
    )


def settle(annotation: Annotation, spans: Iterable[Span], page_text: str, *, page: str = "") -> Annotation:
    """The annotation at the place that its reader has chosen for it: it quotes what stands there, and is anchored.

    Args:
        annotation: As it is kept.
        spans: The passage, in any order.
        page_text: The present text of its page.
        page: The page's path where it is another one than before.

    Raises:
        UsageError: The spans are not within the page.
    """
    moved = replace(annotation, page=page or annotation.page, status=Status.ANCHORED, modified=now())
    return _at(moved, joined(spans), page_text)


def followed(annotation: Annotation, page_text: str) -> Annotation:
    """The annotation as it is to be kept once its page has changed: where it has moved to, with what it quotes there.

    So a page may change step by step, a little each time, and the quote stays like it. It is marked as moved until it
    is settled. One whose place is not certain is as it was.
    """
    placed = resolve(annotation, page_text)
    return placed if placed.status is Status.MOVED else annotation


def resolve(annotation: Annotation, page_text: str) -> Annotation:
    """The annotation as it stands to the page's present text.

    Anchored or moved, it has the spans and the quote of its present place; to be reviewed or an orphan, those that it
    had. `tui.library.placing.place` also tells the score and what else comes into question.
    """
    if stands(annotation, page_text):
        known = annotation.status in {Status.ANCHORED, Status.MOVED}
        return annotation if known else replace(annotation, status=Status.ANCHORED)
    from tui.library.placing import place  # only here: most pages never change

    found = place(annotation, page_text)
    placed = annotation if found.status is not Status.MOVED else _at(annotation, found.spans, page_text)
    return placed if placed.status is found.status else replace(placed, status=found.status)


def stands(annotation: Annotation, page_text: str) -> bool:
    """Whether the text at the stored place is the quote, and not by chance: a short one needs some of its context."""
    spans = annotation.spans
    if spans[-1].end > len(page_text) or text_of(page_text, spans) != annotation.exact:
        return False
    if len(annotation.exact) >= _LONE:
        return True
    prefix, suffix = annotation.prefix, annotation.suffix
    if page_text.startswith(suffix, spans[-1].end) and page_text.endswith(prefix, 0, spans[0].start):
        return True  # nearly always, and a tenth of the work
    ahead = _same(prefix[::-1], page_text[max(spans[0].start - CONTEXT, 0) : spans[0].start][::-1])
    behind = _same(suffix, page_text[spans[-1].end : spans[-1].end + CONTEXT])
    near = ahead >= min(len(prefix), _AMONG) and behind >= min(len(suffix), _AMONG)
    return near and ahead + behind >= min(len(prefix) + len(suffix), CONTEXT)


def _at(annotation: Annotation, spans: tuple[Span, ...], page_text: str) -> Annotation:
    exact, prefix, suffix = quote(page_text, spans)
    return replace(annotation, spans=spans, exact=exact, prefix=prefix, suffix=suffix)


def find(anchored: Anchored, page_text: str) -> Anchored | None:
    """What is anchored to a passage, at the place where the page's present text has it; None where that has it not.

    Where the text at the stored place is the quote, it stays there. Otherwise its copies elsewhere are sought, whatever
    line breaks and spaces stand between their characters; if the context singles out one of them, it moves there and
    quotes what it finds. No copy that differs is taken: what a mend makes must not depend on a likeness.
    """
    if anchored.spans[-1].end <= len(page_text) and text_of(page_text, anchored.spans) == anchored.exact:
        return anchored
    spans = _copy(anchored, page_text)
    if spans is None:
        return None
    exact, prefix, suffix = quote(page_text, spans)
    return replace(anchored, spans=spans, exact=exact, prefix=prefix, suffix=suffix)


def _copy(annotation: Annotation | Bookmark | Mend, page_text: str) -> tuple[Span, ...] | None:
    """The copy of the quote that its context singles out, if it does.

    A copy is one run of characters, white space apart, or else the passage's spans as they were, shifted as a whole.
    """
    needle = _solid(annotation.exact)
    text, places = _squeezed(page_text)
    runs = [(at, at + len(needle)) for at in _finds(text, needle)]
    if runs:
        found = _singled_out(annotation, text, runs)
        if found is None:
            return None
        solid = _solid_places(annotation.exact)
        return spans_of_copy(annotation.exact, solid, page_text, places[found : found + len(needle)])
    first, last = annotation.spans[0].start, annotation.spans[-1].end
    shifted = [(first + shift, last + shift) for shift in _shifts(annotation, page_text)]
    found = _singled_out(annotation, page_text, shifted)
    if found is None:
        return None
    return tuple(Span(span.start + found - first, span.end + found - first) for span in annotation.spans)


def _singled_out(annotation: Annotation | Bookmark | Mend, text: str, ranges: Sequence[tuple[int, int]]) -> int | None:
    """Where that one of `ranges` begins which stands in the annotation's context, if one does, no other half as well.

    How well is counted in code points that are the same, white space apart, from the passage outwards without a break.
    """
    before, behind = _solid(annotation.prefix), _solid(annotation.suffix)
    found = sorted(((_agreement(before, behind, text, *place), place[0]) for place in ranges), reverse=True)
    if not found:
        return None
    (agreement, start), *others = found
    context = len(before) + len(behind)
    if others:
        convincing = agreement >= max(min(_AMONG, context), _AHEAD * others[0][0], 1)
    else:
        convincing = agreement == context > 0 or len(_solid(annotation.exact)) + agreement >= _LONE
    return start if convincing else None


def _agreement(before: str, behind: str, text: str, start: int, end: int) -> int:
    ahead = _solid(text[max(start - CONTEXT, 0) : start])
    after = _solid(text[end : end + CONTEXT])
    return _same(before[::-1], ahead[::-1]) + _same(behind, after)


def _shifts(annotation: Annotation | Bookmark | Mend, page_text: str) -> Iterator[int]:
    """By how much all the spans could be moved to stand on their text again, whatever stands between them."""
    ends = list(accumulate(len(span) for span in annotation.spans))
    if ends[-1] != len(annotation.exact):
        return
    pieces = [annotation.exact[end - len(span) : end] for span, end in zip(annotation.spans, ends, strict=True)]
    first = annotation.spans[0].start
    for at in _finds(page_text, pieces[0]):
        shift = at - first
        if all(
            page_text.startswith(piece, span.start + shift)
            for piece, span in zip(pieces, annotation.spans, strict=True)
        ):
            yield shift


def spans_of_copy(exact: str, solid: Sequence[int], page_text: str, places: Sequence[int]) -> tuple[Span, ...]:
    """The spans of a copy whose characters, those of the quote at `solid`, stand on the page at `places`.

    White space is left out where the quote has none, so that the copy's text is the quote again where the page allows.
    """
    spans = []
    start = places[0]
    for (first, second), (here, there) in zip(pairwise(solid), pairwise(places), strict=True):
        if there - here > 1 and second - first == 1:
            spans.append(Span(start, here + 1))
            start = there
    spans.append(Span(start, places[-1] + 1))
    lead, tail = exact[: solid[0]], exact[solid[-1] + 1 :]
    if page_text.endswith(lead, 0, spans[0].start):
        spans[0] = Span(spans[0].start - len(lead), spans[0].end)
    if page_text.startswith(tail, spans[-1].end):
        spans[-1] = Span(spans[-1].start, spans[-1].end + len(tail))
    return tuple(spans)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in page order, those that touch or overlap as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(span.end, found[-1].end))
        else:
            found.append(span)
    return tuple(found)


@lru_cache(maxsize=4)
def _squeezed(text: str) -> tuple[str, tuple[int, ...]]:
    """A page's text without white space, and where each of its characters stands; kept for the page's next passage."""
    return _solid(text), _solid_places(text)


def _solid(text: str) -> str:
    return "".join(text.split())


def _solid_places(text: str) -> tuple[int, ...]:
    return tuple(index for index, character in enumerate(text) if not character.isspace())


def _finds(text: str, needle: str) -> Iterator[int]:
    at = text.find(needle) if needle else -1
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)


def _same(one: str, other: str) -> int:
    """How many code points the two have in common at their heads."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (own, its) in pairs if own != its), min(len(one), len(other)))
