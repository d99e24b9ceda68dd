"""The concordance: every hit in its line, with what stands before and behind it (keyword in context).

Contexts are pieces of the reading text as it stands: whoever shows them makes them safe. Lines are sorted as AntConc
and Sketch Engine sort them, by the words next to the hit outward, here by characters, since Chinese has no spaces: runs
of Latin letters and digits count as one.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from random import Random

from tui.cells import continues
from tui.reading import ReadingText
from tui.search.folding import fold
from tui.search.matching import hits
from tui.search.query import Near, Query, Regex, Term, leaves

CONTEXT = 100
"""Code points kept on either side of a hit: half of the widest screen."""
DEPTH = 6
"""Characters next to the hit that lines are sorted by: three words, which are AntConc's three levels."""

_UNIT = re.compile(r"[0-9a-z\u00df-\u024f]+|[^\W_]")  # of folded text
_LAST = "\uffff"
_PIECE = 3 * DEPTH  # characters next to the hit that are looked at first

Range = tuple[int, int]


class By(StrEnum):
    """What lines are sorted by."""

    LEFT = "left"
    RIGHT = "right"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Source:
    """The article that lines come from.

    Attributes:
        article: Its id.
        rank: Its place among all that were found, newest first.
        page: Its page's path within the library.
        title: Its headline, or its first words.
        number: The page's number, as printed.
    """

    article: int
    rank: int
    page: str
    title: str = ""
    paper: str = ""
    date: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A hit in its context; unsafe to show.

    Attributes:
        start: Where the hit begins in the reading text of its article, in code points.
        end: Where it ends, exclusive.
        position: Where it begins on the page.
        left: What stands before it, at most so many code points as were asked for; a line feed ends a paragraph.
        hit: The hit.
        right: What stands behind it.
    """

    source: Source
    start: int
    end: int
    position: int
    left: str
    hit: str
    right: str

    @property
    def text(self) -> str:
        """All of it, as it stands in the reading text."""
        return f"{self.left}{self.hit}{self.right}"


def has_places(query: Query) -> bool:
    """Whether a query asks for something that stands at places of a text: a word, an expression, two near words."""
    return any(isinstance(leaf, Term | Regex | Near) for leaf in leaves(query))


def lines_of(query: Query, reading: ReadingText, source: Source, context: int = CONTEXT) -> tuple[Line, ...]:
    """The lines of an article, in the order of its text.

    Args:
        query: Its positive parts are the hits, whether or not all of it matches.
        reading: The article's text.
        source: The article.
        context: Code points on either side.
    """
    text = reading.text
    found = []
    for first, last in hits(query, text, initials=True):
        start, end = _whole(text, first, last)
        spans = reading.to_page(start, end)
        left, right = text[max(start - context, 0) : start], text[end : end + context]
        found.append(Line(source, start, end, spans[0].start if spans else 0, left, text[start:end], right))
    return tuple(found)


def _whole(text: str, start: int, end: int) -> Range:
    """The range with the marks that belong to its first and last characters: they can't be set apart."""
    while start and continues(text, start):
        start -= 1
    while end < len(text) and continues(text, end):
        end += 1
    return start, end


# Sorting


def sorted_lines(lines: Iterable[Line], by: By, *, reverse: bool = False) -> list[Line]:
    """The lines in another order; those that compare equal stay as they stand.

    Args:
        lines: Lines in any order.
        by: The characters before the hit, from it outward, or behind it: those that `compared` gives, folded, so that
            lines at a paragraph's border come first; or the date, the newest first and the undated last.
        reverse: Whether the order is turned round; the undated stay last.
    """
    if by is By.DATE:
        if reverse:
            return sorted(lines, key=lambda line: line.source.date or _LAST)
        return sorted(lines, key=lambda line: line.source.date, reverse=True)
    return sorted(lines, key=lambda line: sort_key(line, by), reverse=reverse)


def sort_key(line: Line, by: By) -> tuple[str, ...]:
    """The folded characters next to the hit on one side, the nearest first; without punctuation."""
    offset, folded, units = _nearest(line, by)
    return tuple(folded[start - offset : end - offset] for start, end in units)


def compared(line: Line, by: By) -> tuple[Range, ...]:
    """What lines are sorted by: ranges of `left` or `right`, the nearest to the hit first; by date none.

    They are letters and digits, up to `DEPTH`, and never beyond the paragraph.
    """
    return () if by is By.DATE else _nearest(line, by)[2]


def _nearest(line: Line, by: By) -> tuple[int, str, tuple[Range, ...]]:
    """The part of a context that is looked at: where it begins, folded, and the ranges of its units.

    A short piece mostly holds enough; where it may cut one of the units wanted, the whole context is looked at.
    """
    context = line.left if by is By.LEFT else line.right
    for size in (_PIECE, len(context)):
        piece = context[max(len(context) - size, 0) :] if by is By.LEFT else context[:size]
        folded, offset = fold(piece), len(context) - len(piece) if by is By.LEFT else 0
        border = folded.rfind("\n") if by is By.LEFT else folded.find("\n")
        if by is By.LEFT:
            found = [unit.span() for unit in _UNIT.finditer(folded, border + 1)][::-1]
        else:
            found = [unit.span() for unit in _UNIT.finditer(folded, 0, border if border >= 0 else len(folded))]
        if len(found) > DEPTH or border >= 0:
            break
    return offset, folded, tuple((start + offset, end + offset) for start, end in found[:DEPTH])


def with_text(lines: Iterable[Line], typed: str, text: Callable[[Line], str]) -> list[Line]:
    """The lines whose `text` holds what is typed, folded, as one piece; all of them while nothing is typed."""
    wanted = fold(typed.strip())
    return [line for line in lines if wanted in fold(text(line))] if wanted else list(lines)


def places_of(typed: str, text: str) -> tuple[Range, ...]:
    """Where a text holds what is typed, folded; places that overlap are one after the other."""
    wanted, folded, found = fold(typed.strip()), fold(text), list[Range]()
    at = folded.find(wanted) if wanted else -1
    while at >= 0:
        found.append((at, at + len(wanted)))
        at = folded.find(wanted, at + len(wanted))
    return tuple(found)


# Drawing a sample


def sample(ids: Sequence[int], most: int, seed: int = 0) -> array[int]:
    """At most so many of `ids`, evenly drawn: one of each of `most` stretches of equal length, in their order.

    The same seed draws the same ones.
    """
    if len(ids) <= most:
        return array("q", ids)
    chance = Random(seed)  # noqa: S311 - no secret
    borders = [len(ids) * part // most for part in range(most + 1)]
    return array("q", [ids[chance.randrange(first, last)] for first, last in pairwise(borders)])
