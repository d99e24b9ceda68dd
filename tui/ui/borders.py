"""Moving the borders of a highlight: from a step of its start or its end to the passage it then has."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from tui import units
from tui.cells import continues
from tui.library.anchors import joined, quote
from tui.library.annotations import now
from tui.model import Annotation, Span
from tui.ui.document import Document
from tui.units import Range


class Edge(StrEnum):
    """A border of a passage."""

    START = "start"
    END = "end"


class Unit(StrEnum):
    """By what a border moves."""

    CHARACTER = "character"
    WORD = "word"


def moved(document: Document, annotation: Annotation, edge: Edge, unit: Unit, step: int) -> tuple[Span, ...] | None:
    """The passage of an annotation, one of its borders moved by a unit.

    No character is split, and the line feeds between paragraphs are passed over: they belong to no passage. What the
    passage has outside the article, and gaps within it, stay as they are.

    Args:
        document: The article.
        annotation: One on it.
        edge: Which border.
        unit: By what; by characters as long as the words are not known.
        step: 1 forward, -1 back.

    Returns:
        The spans in page order; None where the article ends there, or nothing would be left, or no more than white
        space.
    """
    ranges = document.ranges_of(annotation)
    if not ranges:
        return None
    text, old = document.reading.text, (ranges[0][0], ranges[-1][1])
    by_words = unit is Unit.WORD and bool(document.words)
    place = _by_word(document, old, edge, step) if by_words else _by_character(text, old, edge, step)
    if place is None:
        return None
    new = (place, old[1]) if edge is Edge.START else (old[0], place)
    if not text[slice(*new)].strip():
        return None
    between = sorted((place, old[0] if edge is Edge.START else old[1]))
    changed = document.to_page(*between)
    grows = (step > 0) is (edge is Edge.END)
    return joined((*annotation.spans, *changed)) if grows else _without(annotation.spans, changed)


def chosen(document: Document, annotation: Annotation, passage: Range) -> tuple[Span, ...]:
    """The spans of an annotation whose part in the article becomes a range of the document's text."""
    outside = _without(annotation.spans, document.to_page(0, len(document.text)))
    return joined((*outside, *document.to_page(*passage)))


def anchored(annotation: Annotation, page_text: str, spans: tuple[Span, ...]) -> Annotation:
    """The annotation with another passage: its anchors made anew, all else kept but the time of its last change."""
    exact, prefix, suffix = quote(page_text, spans)
    return replace(annotation, spans=spans, exact=exact, prefix=prefix, suffix=suffix, modified=now())


def border(document: Document, annotation: Annotation, edge: Edge) -> int | None:
    """The offset of the passage's first or last character in the text; None where the article lacks it."""
    ranges = document.ranges_of(annotation)
    if not ranges:
        return None
    return ranges[0][0] if edge is Edge.START else units.previous_character(document.reading.text, ranges[-1][1])


def _by_character(text: str, old: Range, edge: Edge, step: int) -> int | None:
    start, end = old
    at = start if edge is Edge.START else end
    if step > 0:
        while edge is Edge.END and text[at : at + 1] == "\n":
            at += 1
        at = units.next_character(text, at)
        while edge is Edge.START and text[at : at + 1] == "\n":
            at += 1
    else:
        while edge is Edge.START and text[at - 1 : at] == "\n":
            at -= 1
        at = units.previous_character(text, at)
        while edge is Edge.END and text[at - 1 : at] == "\n":
            at -= 1
    return _allowed(text, old, edge, at)


def _by_word(document: Document, old: Range, edge: Edge, step: int) -> int | None:
    """The start moves to where a word begins, the end to where one ends."""
    text, here = document.reading.text, old[0] if edge is Edge.START else old[1]
    places = [word[0 if edge is Edge.START else 1] for word in document.words]
    index = bisect_right(places, here) if step > 0 else bisect_left(places, here) - 1
    if not 0 <= index < len(places):
        return None
    at = places[index]
    while 0 < at < len(text) and continues(text, at):
        at += step
    return _allowed(text, old, edge, at)


def _allowed(text: str, old: Range, edge: Edge, at: int) -> int | None:
    """The place, if a border may stand there that was elsewhere before."""
    start, end = old
    if at == (start if edge is Edge.START else end):
        return None
    if edge is Edge.START:
        return at if 0 <= at < end and text[at] != "\n" else None
    return at if start < at <= len(text) and text[at - 1] != "\n" else None


def _without(spans: Iterable[Span], gone: Iterable[Span]) -> tuple[Span, ...]:
    """`spans` without the code points of `gone`."""
    left = list(spans)
    for hole in gone:
        parts = (
            (Span(span.start, min(span.end, hole.start)), Span(max(span.start, hole.end), span.end)) for span in left
        )
        left = [part for pair in parts for part in pair if part.start < part.end]
    return joined(left)
