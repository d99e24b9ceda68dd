"""From a query to the articles that match: what SQLite can answer alone, and what is then looked up in the texts.

The index is asked as far as it can tell (`tui.library.compiling`). Where it finds too much, those articles are read,
and kept if `tui.search.matching` says that they match.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from tui.library import numbering
from tui.search.nodes import And

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Container, Iterator

    from tui.library.compiling import Part
    from tui.search.matching import Searched
    from tui.search.nodes import Query

    Look = Callable[[int], Searched | None]

_CHUNK = 2000


def numbers(
    connection: sqlite3.Connection,
    query: Query,
    *,
    initials: bool = False,
    best_first: bool = False,
    limit: int | None = None,
    stop: Callable[[], bool] = lambda: False,
    look: Look | None = None,
) -> array[int]:
    """The numbers of the articles that match, newest first.

    Args:
        connection: To the catalog.
        query: With nothing in it that only notes can tell.
        initials: Whether words may be pinyin initials.
        best_first: The best first instead (bm25, headlines count more), as far as the query has words to rank by.
        limit: How many are wanted at most.
        stop: Is asked before each article that is read; what was found until then is returned.
        look: What can be asked of an article where the index can't tell; by default, what the catalog says.
    """
    disordered = numbering.disordered(connection)
    if query == And():
        return numbering.in_order(connection, everything(connection, limit, disordered), disordered)[:limit]
    from tui.library.compiling import Compiler
    from tui.search.matching import matches
    from tui.search.patterns import bounded

    compiler = Compiler(connection, initials=initials, headlines=best_first)
    part = compiler.part(query)
    if limit is not None and not compiler.inexact and not best_first:
        return _some(connection, part, limit, disordered)
    ranked = best_first and compiler.words
    found = array("q")
    look = look or _Texts(connection).look
    with bounded():
        for number in _all(connection, part, "rank" if ranked else "rowid"):
            if limit is not None and len(found) >= limit and not _same_day(found[limit - 1], number):
                break
            if compiler.inexact and stop():
                break
            if not compiler.inexact or ((one := look(number)) is not None and matches(query, one, initials=initials)):
                found.append(number)
    return (found if ranked else numbering.in_order(connection, found, disordered))[:limit]


def by_initials(
    connection: sqlite3.Connection, query: Query, *, stop: Callable[[], bool] = lambda: False
) -> array[int]:
    """The numbers of the articles that match only where words are pinyin initials, newest first."""
    from tui.library.compiling import has_initials

    if not has_initials(query):
        return array("q")
    literal = frozenset(numbers(connection, query, stop=stop))
    found = numbers(connection, query, initials=True, stop=stop)
    return array("q", (number for number in found if number not in literal))


def count(connection: sqlite3.Connection, query: Query, *, look: Look | None = None) -> int:
    """How many articles match; some may have to be read for it."""
    if query == And():
        return int(connection.execute("SELECT value FROM counter WHERE name = 'articles'").fetchone()[0])
    from tui.library.compiling import Compiler

    compiler = Compiler(connection)
    part = compiler.part(query)
    if compiler.inexact:
        return len(numbers(connection, query, look=look))
    statement, values = part.select("count(*)")
    return int(connection.execute(statement, values).fetchone()[0])


def everything(connection: sqlite3.Connection, limit: int | None = None, disordered: Container[int] = ()) -> array[int]:
    """All numbers, ascending; or the least of them, at least `limit` if there are, of a disordered day all."""
    found = array("q")
    end = 1 << 62
    rows = connection.execute("SELECT first, articles FROM page WHERE articles > 0 ORDER BY first")
    for first, articles in rows:
        if first >= end:
            break
        found.extend(range(first, first + articles))
        if limit is not None and len(found) >= limit:
            end = min(end, numbering.end_of_day(first) if numbering.day_of_number(first) in disordered else first)
    return found


def _same_day(number: int, other: int) -> bool:
    return numbering.day_of_number(number) == numbering.day_of_number(other)


def _all(connection: sqlite3.Connection, part: Part, order: str) -> Iterator[int]:
    statement, values = part.select("rowid")
    rows = connection.execute(f"{statement} ORDER BY {order}", values)
    while some := rows.fetchmany(_CHUNK):
        for (number,) in some:
            yield number


def _some(connection: sqlite3.Connection, part: Part, limit: int, disordered: set[int]) -> array[int]:
    """The newest, of which those of the last day are all fetched before they are put in order."""
    statement, values = part.select("rowid")
    rows = connection.execute(f"{statement} ORDER BY rowid LIMIT ?", (*values, limit))
    found = array("q", [number for (number,) in rows])
    if len(found) == limit and numbering.day_of_number(found[-1]) in disordered:
        rest = f"{statement} AND rowid > ? AND rowid < ? ORDER BY rowid"
        rows = connection.execute(rest, (*values, found[-1], numbering.end_of_day(found[-1])))
        found.extend(number for (number,) in rows)
    return numbering.in_order(connection, found, disordered)[:limit]


class _Texts:
    """What the catalog says of articles; those of one page are best looked up one after the other."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._text, self._text_of = "", 0  # of the page looked into last

    def look(self, number: int) -> Searched | None:
        """All that can be asked of an article; None where it has left the catalog."""
        from tui.library import index, keywords, packing
        from tui.reading import reading_text
        from tui.search.matching import Searched

        row = self._connection.execute(
            "SELECT body, page.id, paper, date, number FROM article JOIN page ON page.id = article.page"
            " WHERE article.id = ?",
            (number,),
        ).fetchone()
        if row is None:
            return None
        body, page, paper, date, printed = row
        if self._text_of != page:
            packed = self._connection.execute("SELECT text FROM content WHERE page = ?", (page,)).fetchone()
            self._text, self._text_of = packing.unpack_text(packed[0]), page
        article = packing.unpack_article(body)
        return Searched(
            index.searched_text(article, reading_text(article, self._text).text),
            article.title,
            article.kicker,
            article.column,
            article.authors,
            paper,
            date,
            printed,
            keywords=keywords.of_article(self._connection, number),
            marks=frozenset(index.marks(article)),
            id=number,
        )
