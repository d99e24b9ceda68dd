"""An article in reading order: one text, and where each of its characters stands on the page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from tui.model import Article, Block, Role, Span, text_of

_HEADS = (Role.COLUMN, Role.KICKER, Role.HEADLINE, Role.SUBTITLE)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the article and its range `[start, end)` in the reading text."""

    role: Role
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Places:
    """Spans of a page in an order in which those that a passage touches are found at once.

    Attributes:
        spans: In page order, each with a number of the maker's.
        reach: For each the furthest end of it and those before.
    """

    spans: tuple[tuple[Span, int], ...]
    reach: tuple[int, ...]

    def touching(self, span: Span) -> tuple[tuple[Span, int], ...]:
        """Those that share a code point with `span`."""
        found = []
        for index in range(bisect_left(self.reach, span.start + 1), len(self.spans)):
            own, number = self.spans[index]
            if own.start >= span.end:
                break
            if own.end > span.start and own.start < own.end:
                found.append((own, number))
        return tuple(found)


def places(spans: Iterable[tuple[Span, int]]) -> Places:
    """The places of numbered spans, in any order."""
    ordered = tuple(sorted(spans))
    return Places(ordered, tuple(accumulate((span.end for span, _ in ordered), max)))


@dataclass(frozen=True, slots=True)
class ReadingText:
    """The blocks of an article, heads first, their texts joined by line feeds.

    Positions in `text` ("offsets") and on the page are both code points; `to_page` and `from_page` lead across.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    _starts: tuple[int, ...]
    _spans: tuple[Span, ...]
    _places: Places  # the same spans, each with its start in the text

    def to_page(self, start: int, end: int) -> tuple[Span, ...]:
        """The page spans of the range `[start, end)`, in reading order; the line feeds between blocks have none."""
        found = []
        for index in range(max(bisect_right(self._starts, start) - 1, 0), len(self._spans)):
            at, span = self._starts[index], self._spans[index]
            if at >= end:
                break
            first, last = max(start - at, 0), min(end - at, len(span))
            if first < last:
                found.append(Span(span.start + first, span.start + last))
        return tuple(found)

    def from_page(self, spans: tuple[Span, ...]) -> tuple[tuple[int, int], ...]:
        """The ranges of the text that show `spans`, ascending, neighbours joined; none where the article lacks them."""
        shown = sorted(
            (at + max(span.start, piece.start) - piece.start, at + min(span.end, piece.end) - piece.start)
            for span in spans
            for piece, at in self._places.touching(span)
        )
        found: list[tuple[int, int]] = []
        for first, last in shown:
            if found and first <= found[-1][1]:
                found[-1] = (found[-1][0], max(last, found[-1][1]))
            else:
                found.append((first, last))
        return tuple(found)

    def offset(self, position: int) -> int | None:
        """Where the page's code point at `position` stands in the text, if it does."""
        ranges = self.from_page((Span(position, position + 1),))
        return ranges[0][0] if ranges else None


def reading_order(article: Article) -> tuple[Block, ...]:
    """The blocks as they are read: heads first, wherever the page has them, then all else in page order."""
    heads = [block for role in _HEADS for block in article.blocks if block.role is role]
    return (*heads, *(block for block in article.blocks if block.role not in _HEADS))


def reading_text(article: Article, page_text: str) -> ReadingText:
    """The article's text in reading order.

    Args:
        article: An article of the page.
        page_text: The page's whole text.
    """
    blocks = reading_order(article)
    texts = [text_of(page_text, block.spans) for block in blocks]
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))[:-1]
    paragraphs = tuple(
        Paragraph(block.role, start, start + len(text))
        for block, start, text in zip(blocks, starts, texts, strict=True)
    )
    pieces: list[tuple[int, Span]] = []
    for block, start in zip(blocks, starts, strict=True):
        at = start
        for span in block.spans:
            pieces.append((at, span))
            at += len(span)
    return ReadingText(
        "\n".join(texts),
        paragraphs,
        tuple(at for at, _ in pieces),
        tuple(span for _, span in pieces),
        places((span, at) for at, span in pieces),
    )
