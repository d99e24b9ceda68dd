"""The command `search --format kwic`: every hit of a query in its line, aligned by cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tui.display import visible_line
from tui.errors import DONE, FOUND_WANTING, UsageError
from tui.export.tables import fitted
from tui.headless.common import asked_for, counted, opened, say, updated
from tui.library.catalog import Catalog
from tui.library.concordances import article_lines, stored_articles
from tui.search.aligning import aligned, halves
from tui.search.concordance import By, Line, has_places, sample, sorted_lines
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


def concordance(folder: Path, query: str, shape: Shape) -> int:
    """Print every hit of a query in its line, aligned."""
    asked = asked_for(query)
    if not has_places(asked):
        raise UsageError("only words, near: and /expressions/ have places in a text: add one")
    with opened(folder) as (library, catalog):
        updated(library, catalog)
        ids = library.found(catalog, asked)
        chosen = shape.chosen(ids)
        count = 0
        for line in _printed(catalog, chosen, asked, shape):
            print(line)
            count += 1
        few = "" if len(chosen) == len(ids) else f"{len(chosen)} of "
        say(f"{counted(count, 'hit', 'hits')} in {few}{counted(len(ids), 'article', 'articles')}")
    return DONE if count else FOUND_WANTING


def _printed(catalog: Catalog, ids: Iterable[int], asked: Query, shape: Shape) -> Iterator[str]:
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
    return "".join(fitted(visible_line(text), cells) + " " for text, cells in columns)
