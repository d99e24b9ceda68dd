"""A text as changed passages are sought in it: what line breaks, spaces, script and width make of it is gone."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tui.library.anchors import joined
from tui.model import Span
from tui.search.folding import fold, invisible


@dataclass(frozen=True, slots=True)
class Solid:
    """A text's visible characters, folded.

    Attributes:
        text: The characters.
        places: Where each of them stands in the text as it was, in code points.
    """

    text: str
    places: Sequence[int]

    def spans(self, source: str, start: int, end: int, *, broken: bool = False) -> tuple[Span, ...]:
        """The characters `[start, end)` as spans of the text as it was, with all between them but the line breaks.

        Args:
            source: The text as it was.
            start: The first.
            end: Behind the last; at least one character is asked for.
            broken: Whether the line breaks stay too.
        """
        first, last = self.places[start], self.places[end - 1] + 1
        if broken:
            return (Span(first, last),)
        return joined(
            Span(first + line.start(), first + line.end())
            for line in re.finditer(r"\S(?:[^\n]*\S)?", source[first:last])
        )


@lru_cache(maxsize=2)
def solid(text: str) -> Solid:
    """A page's text; kept for the page's next passage."""
    folded = fold(text)
    places = array("I")
    pieces = []
    for piece in _visible().finditer(folded):
        places.extend(range(*piece.span()))
        pieces.append(piece[0])
    return Solid("".join(pieces), places)


def folded(text: str) -> str:
    """The same of a short text, its characters only."""
    return "".join(_visible().findall(fold(text)))


@cache
def _visible() -> re.Pattern[str]:
    return re.compile(f"[^\\s{invisible()}]+")
