"""A concordance as lines of text, aligned by cells, for commands without a screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tui.cells import width
from tui.display import visible_line
from tui.library.catalog import Catalog
from tui.library.concordances import article_lines, stored_articles
from tui.search.aligning import aligned, halves
from tui.search.concordance import By, Line, sample, sorted_lines
from tui.search.query import Query

_DATE = len("2024-03-09")
_PAPER = 12  # cells
_PAGE = 5
_NARROWEST = 20  # cells for the contexts and the hit, whatever stands before them


@dataclass(frozen=True, slots=True)
class Shape:
    """How a concordance is printed.

    Attributes:
        by: What its lines are sorted by.
        width: Cells of a line.
        limit: Articles at most, the newest; None for all.
        sample: Articles at most, evenly drawn; None for all.
    """

    by: By = By.DATE
    width: int = 120
    limit: int | None = None
    sample: int | None = None

    def chosen(self, ids: Sequence[int]) -> Sequence[int]:
        """Those of the articles found that are read."""
        newest = ids[: self.limit]
        return newest if self.sample is None else sample(newest, self.sample)


def printed(catalog: Catalog, ids: Iterable[int], asked: Query, shape: Shape) -> Iterator[str]:
    """The lines `date paper p.N  left [hit] right`, the hits in one column; safe to show.

    By date they come as the articles are read; other orders need all of them first.
    """
    room = max(shape.width - _DATE - _PAPER - _PAGE - 4, _NARROWEST)
    before, after = halves(room - 4)  # a blank and a bracket on either side of the hit
    found = (
        line
        for rank, (_number, stored) in enumerate(stored_articles(catalog, ids))
        if stored is not None
        for line in article_lines(asked, stored, rank, room)
    )
    for line in found if shape.by is By.DATE else sorted_lines(found, shape.by):
        seen = aligned(line, before, max(after, 0))
        yield f"{_source(line)} {' ' * seen.pad}{seen.left} [{seen.hit}] {seen.right}".rstrip()


def _source(line: Line) -> str:
    source = line.source
    number = f"p.{source.number}" if source.number else ""
    columns = ((source.date, _DATE), (source.paper, _PAPER), (number, _PAGE))
    return "".join(_column(visible_line(text), cells) for text, cells in columns)


def _column(text: str, cells: int) -> str:
    """A text in so many cells, cut with `…` where it is longer, and the gap behind it."""
    if width(text) > cells:
        while text and width(text) > cells - width("…"):
            text = text[:-1]
        text += "…"
    return text + " " * (cells - width(text) + 1)
