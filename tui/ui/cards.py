"""The cards of the annotation panel: what each says, set for a width, and where each stands below the others."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from tui.display import visible, visible_line
from tui.language import _
from tui.model import Annotation, Scope, Status
from tui.typeset import set_paragraph

QUOTE_LINES = 3
"""Lines of a quote at most, but for the card under the cursor."""

_KEPT = 1000  # cards kept beyond those that are shown


@dataclass(frozen=True, slots=True)
class CardLine:
    """A line of a card: its text, safe to show, the name of its style, whether the card's bar stands beside it."""

    text: str
    style: str
    barred: bool = True


Card = tuple[CardLine, ...]


def in_order(annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
    """The article's own annotation first, then the others as they come."""
    return tuple(sorted(annotations, key=lambda annotation: annotation.scope is not Scope.ARTICLE))


def set_card(annotation: Annotation, width: int, *, whole: bool, author: str = "") -> Card:
    """The lines of one annotation.

    Args:
        annotation: What the card shows.
        width: In cells.
        whole: Show all of the quote, who made it and when: the card is the cursor's.
        author: The user, whose own name is not shown.
    """
    if annotation.scope is Scope.ARTICLE:
        lines = [CardLine(text, "article") for text in wrap(_("The article"), width)]
    else:
        quote = visible_line(annotation.exact)
        lines = [CardLine(text, "quote") for text in (wrap(quote, width) if whole else _shortened(quote, width))]
    for paragraph in visible(annotation.note).split("\n") if annotation.note else []:
        lines += [CardLine(text, "note") for text in wrap(paragraph, width)]
    if annotation.tags:
        tags = " ".join("#" + visible_line(tag) for tag in annotation.tags)
        lines += [CardLine(text, "tags") for text in wrap(tags, width)]
    if annotation.status is Status.MOVED:
        lines += [CardLine(text, "label") for text in wrap(_("~ moved with its text"), width)]
    if whole and (maker := _maker(annotation, author)):
        lines += [CardLine(text, "label") for text in wrap(maker, width)]
    return (*lines, CardLine("", "quote", barred=False))


def wrap(text: str, width: int) -> list[str]:
    """A paragraph as lines of at most `width` cells."""
    return [text[line.start : line.end].rstrip() for line in set_paragraph(text, width, indent=0)]


def _shortened(text: str, width: int) -> list[str]:
    """The first lines of a quote, with `…` where there is more of it."""
    head = text[: 2 * QUOTE_LINES * width]  # more than enough, and a long passage costs no more than a short one
    lines = wrap(head, width - 1)
    if len(lines) > QUOTE_LINES or len(head) < len(text):
        lines = lines[:QUOTE_LINES]
        lines[-1] += "…"
    return lines


def _maker(annotation: Annotation, author: str) -> str:
    """Who made it, if not the user, and the day it was last changed."""
    try:
        day = datetime.fromisoformat(annotation.modified).astimezone().date().isoformat()
    except (ValueError, OverflowError):
        day = visible_line(annotation.modified[:10])
    other = visible_line(annotation.author) if annotation.author != author else ""
    return " · ".join(part for part in (other, day) if part)


class Deck:
    """The cards that are shown, one below the other. A card is set once for a width, and anew when it has changed."""

    def __init__(self, author: str = "") -> None:
        """Make an empty deck.

        Args:
            author: The user.
        """
        self._author = author
        self._set: dict[tuple[str, bool], tuple[Annotation, int, Card]] = {}
        self._cards: list[Card] = []
        self._ends: list[int] = []

    def lay(self, annotations: Sequence[Annotation], width: int, cursor: int) -> None:
        """Lay out the cards of `annotations`, `width` cells wide, the cursor on one of them."""
        if len(self._set) > 2 * len(annotations) + _KEPT:
            self._set.clear()
        self._cards = [self._card(one, width, whole=index == cursor) for index, one in enumerate(annotations)]
        self._ends = list(accumulate(map(len, self._cards)))

    def _card(self, annotation: Annotation, width: int, *, whole: bool) -> Card:
        known = self._set.get((annotation.id, whole))
        if known is not None and known[1] == width and (known[0] is annotation or known[0] == annotation):
            return known[2]
        card = set_card(annotation, width, whole=whole, author=self._author)
        self._set[annotation.id, whole] = annotation, width, card
        return card

    @property
    def height(self) -> int:
        """The lines of all the cards."""
        return self._ends[-1] if self._ends else 0

    def extent(self, index: int) -> tuple[int, int]:
        """The first line of a card and the line behind its last; both 0 where there is no such card."""
        if not 0 <= index < len(self._cards):
            return 0, 0
        return self._ends[index] - len(self._cards[index]), self._ends[index]

    def quote_end(self, index: int) -> int:
        """The line behind the last one of a card's quote."""
        start, end = self.extent(index)
        return start + sum(line.style == "quote" and line.barred for line in self._cards[index]) if end else 0

    def line(self, place: int) -> tuple[int, int, CardLine] | None:
        """The card at a line of the deck, the line's number within it, and the line; None below the last."""
        index = bisect_right(self._ends, place)
        if place < 0 or index >= len(self._cards):
            return None
        number = place - self.extent(index)[0]
        return index, number, self._cards[index][number]
