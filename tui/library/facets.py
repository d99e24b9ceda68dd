"""What a choice of articles consists of: papers, days, authors, columns and more, each with how many of them it has.

Papers and days stand with the pages. Authors, columns and what else is said of single articles stand in a table of
their own, a small number for each value: of 300,000 articles among 1,000,000 they are counted in a fifth of a second,
as fast as from numbers packed into one row an article (0.3 s), and a page's are taken out by its range of ids.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from tui.library import index, keywords

if TYPE_CHECKING:
    import sqlite3
    from array import array
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tui.library.noted import Noted
    from tui.model import Article


_AT_ONCE = 50_000  # articles asked for in one statement
_KEYWORDS = 200  # the most that are asked for


class Group(StrEnum):
    """What values there are of, each named as the field of a query that asks for it."""

    KEYWORD = "keyword"
    PAPER = "paper"
    DATE = "date"  # days
    AUTHOR = "author"
    COLUMN = "column"
    TAG = "tag"
    MARK = "is"


class Mark(StrEnum):
    """What may hold of an article."""

    STARRED = "starred"
    UNREAD = "unread"
    ANNOTATED = "annotated"
    CONTINUED = "continued"
    DOUBTFUL = "doubtful"


Counted = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """The values of a choice of articles.

    Attributes:
        articles: How many there are.
        groups: The values of each group that has any, with how many articles have each: the most first, days in order.
    """

    articles: int
    groups: Mapping[Group, Counted]


class StoppedError(Exception):
    """Nobody waits for the counts any more."""


# Made with the page


def enter(connection: sqlite3.Connection, number: int, article: Article) -> None:
    """Keep what is said of the article `number`."""
    said = [(Group.AUTHOR, name) for name in article.authors]
    if article.column:
        said.append((Group.COLUMN, article.column))
    said += [(Group.MARK, mark) for mark in index.marks(article)]
    for field, name in dict.fromkeys(said):
        value = _number(connection, field.value, name.encode("utf-8", "replace").decode())
        connection.execute("INSERT OR IGNORE INTO facet VALUES (?, ?)", (number, value))


def remove(connection: sqlite3.Connection, first: int, articles: int) -> None:
    """Forget what is said of so many articles from the number `first` on."""
    connection.execute("DELETE FROM facet WHERE article BETWEEN ? AND ?", (first, first + articles - 1))


def _number(connection: sqlite3.Connection, field: str, name: str) -> int:
    row = connection.execute("SELECT id FROM facet_value WHERE field = ? AND name = ?", (field, name)).fetchone()
    if row is None:
        made = connection.execute("INSERT INTO facet_value (field, name) VALUES (?, ?)", (field, name))
        return made.lastrowid or 0
    return int(row[0])


# Counting


def count(
    connection: sqlite3.Connection,
    ids: array[int] | None,
    noted: Noted,
    stop: Callable[[], bool] = lambda: False,
) -> Facets:
    """The values of the articles `ids`.

    Args:
        connection: To the catalog.
        ids: The articles, ascending; None for all.
        noted: What the user has made of articles.
        stop: Whether nobody waits for them any more; asked often.

    Raises:
        StoppedError: `stop` says so.
    """
    papers, days, total = count_pages(connection, ids, stop)
    said = count_said(connection, ids, stop)
    marks = said.pop(Group.MARK, Counter())
    tags, own = count_noted(ids, noted)
    own[Mark.UNREAD] = total - own.pop("read")
    found: dict[Group, Counter[str]] = {
        Group.PAPER: papers,
        Group.DATE: days,
        **said,
        Group.TAG: tags,
        Group.MARK: Counter({mark: own[mark] or marks[mark] for mark in Mark}),
    }
    found[Group.KEYWORD] = Counter(dict(keywords.keyword_counts(connection, ids, _KEYWORDS)))
    groups = {group: ordered(group, found.get(group, {})) for group in Group}
    return Facets(total, {group: counted for group, counted in groups.items() if counted})


def ordered(group: Group, counts: Mapping[str, int]) -> Counted:
    """The values that some article has: days in order, the last first, marks in theirs, all others the most first."""
    items = [(value, number) for value, number in counts.items() if value and number > 0]
    if group is Group.DATE:
        return tuple(sorted(items, reverse=True))
    if group is Group.MARK:
        return tuple(items)
    return tuple(sorted(items, key=lambda item: (-item[1], item[0])))


def count_pages(
    connection: sqlite3.Connection, ids: array[int] | None, stop: Callable[[], bool]
) -> tuple[Counter[str], Counter[str], int]:
    """How many of the articles each paper and each day has, and how many they are.

    Most often the articles of a paper's day have ids that lie between those of no other: then two looks into `ids` tell
    how many of them there are. Else the pages are gone through one by one.
    """
    papers: Counter[str] = Counter()
    days: Counter[str] = Counter()
    total = 0
    for paper, day, number in _ranges(connection, ids, stop):
        papers[paper] += number
        days[day] += number
        total += number
    return papers, days, total


def _ranges(
    connection: sqlite3.Connection, ids: array[int] | None, stop: Callable[[], bool]
) -> Iterator[tuple[str, str, int]]:
    """Papers and days, each with how many of the articles it has there; one may come several times."""
    rows = connection.execute(
        "SELECT paper, date, min(first), max(first + articles), sum(articles) FROM page WHERE articles > 0"
        " GROUP BY date, paper"
    ).fetchall()
    if ids is None:
        yield from ((paper, day, number) for paper, day, _first, _end, number in rows)
        return
    rows.sort(key=lambda row: row[2])
    mixed = any(before[3] > after[2] for before, after in pairwise(rows))
    each: Iterable[tuple[str, str, int, int, int]] = rows
    if mixed:
        each = connection.execute(
            "SELECT paper, date, first, first + articles, articles FROM page WHERE articles > 0 ORDER BY first"
        )
    at = 0
    for place, (paper, day, first, end, _number) in enumerate(each):
        if place % 4096 == 0 and stop():
            raise StoppedError
        if at < len(ids) and ids[at] < end:
            start = bisect_left(ids, first, at)
            at = bisect_left(ids, end, start)
            yield paper, day, at - start


def count_said(
    connection: sqlite3.Connection, ids: array[int] | None, stop: Callable[[], bool]
) -> dict[Group, Counter[str]]:
    """How many of the articles have each author, each column, each mark that the page gives."""
    counts: Counter[int] = Counter()
    if ids is None:
        counts.update(chain.from_iterable(connection.execute("SELECT value FROM facet")))
    for start in range(0, len(ids or ()), _AT_ONCE):
        if stop():
            raise StoppedError
        chunk = str(ids[start : start + _AT_ONCE].tolist()) if ids else ""
        found = connection.execute(
            "SELECT facet.value FROM json_each(?) AS wanted CROSS JOIN facet ON facet.article = wanted.value", (chunk,)
        )
        counts.update(chain.from_iterable(found))
    names: dict[Group, Counter[str]] = {}
    for number, field, name in connection.execute("SELECT id, field, name FROM facet_value"):
        if counts[number]:
            names.setdefault(Group(field), Counter())[name] = counts[number]
    return names


def count_noted(ids: array[int] | None, noted: Noted) -> tuple[Counter[str], Counter[str]]:
    """How many of the articles have each tag, or one below it; and how many are starred, annotated, read."""
    known = noted.articles
    if ids is not None:
        known = frozenset(number for number in known if _holds(ids, number))
    tags = Counter({tag: len(articles & known) for tag, articles in noted.tags.items()})
    marks = {Mark.STARRED: noted.starred, Mark.ANNOTATED: noted.annotated, "read": noted.read}
    return tags, Counter({str(mark): len(articles & known) for mark, articles in marks.items()})


def _holds(ids: array[int], number: int) -> bool:
    at = bisect_left(ids, number)
    return at < len(ids) and ids[at] == number


# Days, months, years


def periods(days: Sequence[tuple[str, int]], length: int) -> Counted:
    """Days added up to months (7 characters of a date) or years (4), in the order in which they come."""
    sums: dict[str, int] = {}
    for day, number in days:
        sums[day[:length]] = sums.get(day[:length], 0) + number
    return tuple(sums.items())
