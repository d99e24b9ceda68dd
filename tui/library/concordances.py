"""Reads the articles that a concordance is made of: all of them, or a sample where there are very many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from tui.library.catalog import Catalog
from tui.library.records import StoredArticle
from tui.reading import reading_text
from tui.search.concordance import CONTEXT, Line, Source, lines_of, sample
from tui.search.query import And, Query


@dataclass(frozen=True, slots=True)
class Draw:
    """How much is read at most, and which of it.

    Attributes:
        articles: Articles that are read at most.
        lines: Hits that are kept at most; reading ends with them.
        seed: Another one draws another sample.
    """

    articles: int = 2_000
    lines: int = 5_000
    seed: int = 0

    @property
    def more(self) -> Draw:
        """Twice as much."""
        return replace(self, articles=2 * self.articles, lines=2 * self.lines)

    @property
    def other(self) -> Draw:
        """As much, but not the same."""
        return replace(self, seed=self.seed + 1)


@dataclass(frozen=True, slots=True)
class Tally:
    """How far the reading is.

    Attributes:
        articles: Articles that match: all there are.
        wanted: Articles that are to be read.
        read: Articles read by now.
        found: Hits in those that were read.
        kept: Lines among them.
    """

    articles: int
    wanted: int
    read: int = 0
    found: int = 0
    kept: int = 0

    @property
    def is_sample(self) -> bool:
        """Whether there are more hits than lines, or may be."""
        return self.read < self.articles or self.kept < self.found

    @property
    def estimate(self) -> int:
        """How many hits there are in all articles, if they have as many as those that were read."""
        return round(self.found * self.articles / self.read) if self.read else 0


def within(scope: Query | None, asked: Query) -> Query:
    """What finds the articles of `scope`, or of all, that match what is asked for."""
    return And(tuple(dict.fromkeys((*_parts(scope), *_parts(asked)))))


def _parts(query: Query | None) -> tuple[Query, ...]:
    return () if query is None else query.parts if isinstance(query, And) else (query,)


def gather(
    catalog: Catalog, ids: Sequence[int], asked: Query, draw: Draw, context: int = CONTEXT
) -> Iterator[tuple[Tally, tuple[Line, ...]]]:
    """The lines of a concordance, an article at a time.

    Articles are read in an order of chance, so that the lines are an even sample at any time, also where the reading
    ends early.

    Args:
        catalog: A connection of the thread's own.
        ids: The articles that match, newest first.
        asked: Whose hits are the lines.
        draw: How much is read.
        context: Code points on either side of a hit.

    Yields:
        How far the reading is by now, and the lines of the article read last; first of all none.
    """
    drawn = sample(ids, draw.articles, draw.seed)
    chosen = frozenset(drawn)
    ranks = {number: rank for rank, number in enumerate(ids) if number in chosen}
    tally = Tally(len(ids), len(drawn))
    yield tally, ()
    Random(draw.seed).shuffle(drawn)  # noqa: S311 - no secret
    for number, stored in stored_articles(catalog, drawn):
        lines = () if stored is None else article_lines(asked, stored, ranks[number], context)
        kept = lines[: draw.lines - tally.kept]
        tally = replace(tally, read=tally.read + 1, found=tally.found + len(lines), kept=tally.kept + len(kept))
        yield tally, kept
        if tally.kept >= draw.lines:
            return


def article_lines(asked: Query, stored: StoredArticle, rank: int, context: int = CONTEXT) -> tuple[Line, ...]:
    """The lines of one article, which stands at `rank` among those found."""
    row = stored.row
    source = Source(row.id, rank, row.page, row.title or row.lead, row.paper, row.date, row.number)
    return lines_of(asked, reading_text(stored.article, stored.page.text), source, context)


def stored_articles(catalog: Catalog, ids: Iterable[int]) -> Iterator[tuple[int, StoredArticle | None]]:
    """Articles with their pages; None for one whose page was parsed anew a moment ago."""
    wanted = list(ids)
    found = catalog.stored(wanted)
    stored = next(found, None)
    for number in wanted:
        if stored is not None and stored.row.id == number:
            yield number, stored
            stored = next(found, None)
        else:
            yield number, None
