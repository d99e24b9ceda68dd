"""The parsed pages of a folder and the index over them, in one SQLite file that can be made anew at any time."""

from __future__ import annotations

from array import array
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Self, TypeVar

from tui.errors import DamagedError, LibraryError
from tui.language import _
from tui.library import schema
from tui.library.records import ArticleRow, GonePage, Problem, Progress, StoredArticle, StoredPage, Update
from tui.model import Imprint
from tui.search.nodes import And

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from tui.library.census import Share
    from tui.library.facets import Facets
    from tui.library.keywords import Gathered, Pass
    from tui.library.made_of import Noted
    from tui.model import Article, Mend, Page
    from tui.search.matching import Searched
    from tui.search.nodes import Query

__all__ = ["ArticleRow", "Catalog", "GonePage", "Problem", "Progress", "StoredArticle", "StoredPage", "Update"]

_ROW = (
    "SELECT article.id, path, title, lead, paper, date, number, start, continued_from, continued_on, certainty,"
    " characters FROM article JOIN page ON page.id = article.page WHERE article.id IN ({})"
)
_CHUNK = 500
P = ParamSpec("P")
T = TypeVar("T")


class Catalog:
    """One connection to a catalog, for one thread; other threads and processes open their own on the same path.

    Every method may raise `LibraryError` where the file can't be read or written, and `DamagedError` where it was
    found to be damaged: it is then set aside, and the next `update` makes it anew.
    """

    def __init__(self, path: Path | None) -> None:
        """Open the catalog at `path`, or make it; without one, in memory.

        Raises:
            LibraryError: There can be no file here.
        """
        self._path = path
        self._connection = schema.connect(path)
        self._text, self._text_of = "", 0  # the text of the page looked into last
        self._days: set[int] = set()
        self._days_of: tuple[int, int] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; closing twice does no harm."""
        self._connection.close()

    def update(
        self,
        folder: Path,
        progress: Callable[[Progress], None] | None = None,
        stop: Callable[[], bool] | None = None,
        mends: Callable[[str], Sequence[Mend]] = lambda _page: (),
        noted: Callable[[str], bool] = lambda _page: False,
        *,
        mended: Callable[[], Iterable[str]] = lambda: (),
    ) -> Update:
        """Bring the catalog up to date with the pages of `folder` (`tui.library.scan` says which files are pages).

        Only new and changed pages are parsed, and those whose mends have changed; all of them after a change of the
        parser. Other connections see the articles as they come, some fifty pages at a time. What can't be read becomes
        a problem and the rest goes on.

        Args:
            folder: The library.
            progress: Is told at most every 50 ms, and at the end, how many of the files to be read have been.
            stop: Is asked before each page; what has been read until then is kept.
            mends: A page's mends, in the order of making; by default there are none.
            noted: Whether something is noted on a page: what such a page said is kept in `gone` when it goes.
            mended: The pages that have mends.

        Raises:
            LibraryError: The folder can't be listed, or the catalog can't be written.
        """
        from tui.library import updating

        try:
            with self._watched():
                counts = updating.update(self._connection, folder, progress, stop, mends, mended=mended, noted=noted)
        except DamagedError:
            with self._watched():
                counts = updating.update(self._connection, folder, progress, stop, mends, mended=mended, noted=noted)
        return Update(counts.added, counts.changed, counts.removed, counts.unchanged, self.problems())

    def remake(self, page: str, mends: Sequence[Mend]) -> None:
        """Make a page anew with other mends than it has, so that its articles get new ids; an unknown one never."""
        from tui.library import updating

        with self._watched():
            updating.remake(self._connection, page, mends)

    def unmended(self, path: str) -> Page | None:
        """A page as the parser has it, without its mends."""
        from tui.library import storing

        with self._watched():
            return storing.unmended_page(self._connection, path)

    def first(self, query: Query | None, limit: int, *, stop: Callable[[], bool] | None = None) -> array[int]:
        """The newest of the articles that match, at most `limit`: what `ids` begins with, and much sooner."""
        return self._numbers(query or And(), limit=limit, stop=stop)

    def ids(self, query: Query | None = None, *, stop: Callable[[], bool] | None = None) -> array[int]:
        """The articles that match, or all of them: newest first, then by paper, page number and place on the page.

        Args:
            query: What to look for; what only notes can tell must be resolved (`Library.resolved`).
            stop: Is asked again and again where texts have to be read for it; what was found until then is returned.
        """
        return self._numbers(query or And(), stop=stop)

    def ranked(self, query: Query, *, stop: Callable[[], bool] | None = None) -> array[int]:
        """The articles that match, those first that say the most about it (bm25, headlines count more)."""
        return self._numbers(query, best_first=True, stop=stop)

    def by_initials(self, query: Query, *, stop: Callable[[], bool] | None = None) -> array[int]:
        """The articles, newest first, that match only where words of three Latin letters or more are pinyin initials.

        The letters are found in the words' common readings; of eight characters at most two may be read otherwise.
        """
        from tui.library.finding import has_initials

        if not has_initials(query):
            return array("q")
        literal = frozenset(self._numbers(query, stop=stop))
        found = self._numbers(query, initials=True, stop=stop)
        return array("q", (number for number in found if number not in literal))

    def in_order(self, ids: Iterable[int]) -> array[int]:
        """Articles in the order of the list, newest first."""
        from tui.library import numbering

        with self._watched():
            return numbering.in_order(self._connection, array("q", sorted(ids)), self._disordered())

    def _numbers(
        self,
        query: Query,
        *,
        initials: bool = False,
        best_first: bool = False,
        stop: Callable[[], bool] | None = None,
        limit: int | None = None,
    ) -> array[int]:
        if query == And():
            from tui.library import numbering

            with self._watched():
                return numbering.in_order(self._connection, self._all(limit), self._disordered())[:limit]
        from tui.library import finding
        from tui.search import patterns
        from tui.search.matching import matches

        def is_match(number: int) -> bool:
            searched = self._searched(number)
            return searched is not None and matches(query, searched, initials=initials)

        with self._watched(), patterns.bounded():
            return finding.numbers(
                self._connection,
                query,
                initials=initials,
                best_first=best_first,
                matches=is_match,
                stop=stop or (lambda: False),
                disordered=self._disordered(),
                limit=limit,
            )

    def keywords(self, id: int) -> tuple[str, ...]:  # noqa: A002
        """The keywords of an article, the weightiest first; none where `gather_keywords` has not come to it."""
        from tui.library.keywords import keywords

        with self._watched():
            return keywords(self._connection, id)

    def articles_with_keyword(self, word: str) -> array[int]:
        """The ids of the articles of which `word` is a keyword, ascending."""
        from tui.library.keywords import articles_with_keyword

        with self._watched():
            return articles_with_keyword(self._connection, word)

    def keyword_counts(self, ids: Sequence[int], limit: int) -> list[tuple[str, int]]:
        """The keywords that most of these articles have, and how many have each, the most frequent first."""
        from tui.library.keywords import keyword_counts

        with self._watched():
            return keyword_counts(self._connection, ids, limit)

    def worked_out_keywords(self, counts: Mapping[str, int]) -> tuple[str, ...]:
        """The keywords of an article with these counts of words, though nothing is kept of it yet."""
        from tui.library.keywords import worked_out

        with self._watched():
            return worked_out(self._connection, counts)

    def gather_keywords(self, how: Pass) -> Gathered:
        """Find the keywords of all articles that have none yet, the newest first, with the words listed by now.

        Loads the segmenter. It may run while others read and write, and may be stopped at any time.
        """
        from tui.library.keywords import gather, rules

        with self._watched():
            return gather(self._connection, self._all(None), rules(), how)

    def rows(self, ids: Sequence[int]) -> list[ArticleRow]:
        """What a list shows of these articles, in the order asked for, without those that have left the catalog."""
        with self._watched():
            rows: dict[int, ArticleRow] = {}
            for start in range(0, len(ids), _CHUNK):
                chunk = ids[start : start + _CHUNK]
                found = self._connection.execute(_ROW.format(",".join("?" * len(chunk))), tuple(chunk))
                rows.update((row[0], ArticleRow(*row)) for row in found)
        return [rows[number] for number in ids if number in rows]

    def article(self, id: int) -> StoredArticle:  # noqa: A002
        """An article with its page.

        Raises:
            KeyError: It has left the catalog.
        """
        for stored in self.stored([id]):
            return stored
        raise KeyError(id)

    def article_at(self, page: str, position: int) -> int | None:
        """The article that holds the code point at `position` of the page, if one does."""
        for number, article in self._articles(page):
            if any(span.start <= position < span.end for block in article.blocks for span in block.spans):
                return number
        return None

    def stored(self, ids: Iterable[int]) -> Iterator[StoredArticle]:
        """Articles with their pages, in the order asked for, without those that have left the catalog.

        Quickest where articles of one page follow one another.
        """
        page_of = "SELECT path FROM page JOIN article ON article.page = page.id WHERE article.id = ?"
        on_page: dict[int, StoredArticle] = {}
        for number in ids:
            if number not in on_page:
                with self._watched():
                    found = self._connection.execute(page_of, (number,)).fetchone()
                on_page = {one.row.id: one for one in self.articles_on(found[0])} if found else {}
            if number in on_page:
                yield on_page[number]

    def articles_on(self, page: str) -> list[StoredArticle]:
        """The articles of a page, in page order; none where the page is unknown."""
        with self._watched():
            stored = self.page(page)
            articles = self._articles(page)
            rows = {row.id: row for row in self.rows([number for number, _ in articles])}
        return [
            StoredArticle(rows[number], article, stored) for number, article in articles if stored and number in rows
        ]

    def first_on(self, page: str) -> int | None:
        """The first article of a page: another one once the page was parsed anew. None where the page is unknown."""
        found = self._rows("SELECT first FROM page WHERE path = ?", page)
        return int(found[0][0]) if found else None

    def beginnings(self, page: str) -> dict[int, int]:
        """The articles of a page, by the position of it at which each begins."""
        return dict(
            self._rows(
                "SELECT start, article.id FROM page JOIN article ON article.id BETWEEN first AND first + articles - 1"
                " WHERE path = ?",
                page,
            )
        )

    def page(self, path: str) -> StoredPage | None:
        """A page by its path within the library."""
        from tui.library.packing import unpack_blocks, unpack_text

        with self._watched():
            row = self._connection.execute(
                "SELECT text, encoding, paper, date, number, section, furniture"
                " FROM page JOIN content ON content.page = page.id WHERE path = ?",
                (path,),
            ).fetchone()
            if row is None:
                return None
            text, encoding, *imprint, furniture = row
            return StoredPage(path, unpack_text(text), encoding, Imprint(*imprint), unpack_blocks(furniture))

    def pages(self) -> list[str]:
        """The paths of all pages, ascending; those with a problem are not among them."""
        return [
            path for (path,) in self._rows("SELECT path FROM page WHERE problem = '' AND path <> source ORDER BY path")
        ]

    def gone(self) -> list[GonePage]:
        """The pages that went since they were noted on, and have not been forgotten, by path."""
        from tui.library.packing import unpack_text

        with self._watched():
            rows = self._connection.execute("SELECT path, since, digest, text FROM gone ORDER BY path").fetchall()
            return [GonePage(path, since, digest, unpack_text(text)) for path, since, digest, text in rows]

    def forget_gone(self, paths: Sequence[str]) -> None:
        """Forget pages of `gone`."""
        with self._watched(), schema.transaction(self._connection):
            self._connection.executemany("DELETE FROM gone WHERE path = ?", [(path,) for path in paths])

    def look_on(self, paths: Sequence[str]) -> None:
        """Note of pages of `gone` that none of those there are now is what they have become."""
        now = "UPDATE gone SET since = (SELECT value FROM counter WHERE name = 'pages made') WHERE path = ?"
        with self._watched(), schema.transaction(self._connection):
            self._connection.executemany(now, [(path,) for path in paths])

    def pages_since(self, made: int) -> Iterator[tuple[str, str]]:
        """The paths and texts of the pages that came, or came anew, after so many had been made."""
        from tui.library.packing import unpack_text

        newer = "SELECT path, id FROM page WHERE made > ? AND problem = '' AND path <> source ORDER BY path"
        with self._watched():
            for path, number in self._connection.execute(newer, (made,)).fetchall():
                row = self._connection.execute("SELECT text FROM content WHERE page = ?", (number,)).fetchone()
                if row:
                    yield path, unpack_text(row[0])

    def pages_of(self, digest: bytes) -> list[str]:
        """The paths of the pages whose files, or lines, have the same bytes."""
        with self._watched():
            found = "SELECT path FROM page WHERE digest = ? AND problem = '' AND path <> source ORDER BY path"
            return [path for (path,) in self._connection.execute(found, (digest,))]

    def issue(self, page: str) -> list[tuple[str, str]]:
        """The paths and printed numbers of all numbered pages of a page's paper and day, its own among them.

        Where the paper or the day is not known, they are the pages of its folder of which the same is not known.
        """
        with self._watched():
            found = self._connection.execute("SELECT paper, date FROM page WHERE path = ?", (page,)).fetchone()
            if found is None:
                return []
            pages = self._connection.execute(
                "SELECT path, number FROM page WHERE paper = ? AND date = ? AND number <> '' ORDER BY path", found
            ).fetchall()
        if all(found):
            return pages
        folder = page.rpartition("/")[0]
        return [(path, number) for path, number in pages if path.rpartition("/")[0] == folder]

    def problems(self) -> tuple[Problem, ...]:
        """What could not be read when the catalog was last brought up to date, by path."""
        return tuple(
            Problem(*row)
            for row in self._rows(
                "SELECT path, problem FROM page WHERE problem <> ''"
                " ORDER BY CASE source WHEN '' THEN path ELSE source END, line, path"
            )
        )

    def census(self, ids: Sequence[int] | None = None, stop: Callable[[], bool] = lambda: False) -> list[Share]:
        """How many of these articles, each named once, or of all, there are of every day and paper.

        Args:
            ids: The articles.
            stop: Is asked now and then; what was counted until then is given.
        """
        from tui.library.census import census

        with self._watched():
            return census(self._connection, ids, stop)

    def version(self) -> int:
        """A number that is another one once another connection, or another program, has changed the catalog."""
        return int(self._rows("PRAGMA data_version")[0][0])

    def count(self, query: Query | None = None) -> int:
        """How many articles match, or how many there are."""
        if query is None or query == And():
            return int(self._rows("SELECT value FROM counter WHERE name = 'articles'")[0][0])
        from tui.library import finding

        with self._watched():
            found = finding.count(self._connection, query)
        return len(self.ids(query)) if found is None else found

    def facets(self, ids: array[int] | None, noted: Noted, stop: Callable[[], bool] = lambda: False) -> Facets:
        """The values of the articles `ids`, ascending, or of all, as `tui.library.facets.count` has them.

        Raises:
            StoppedError: `stop` says so.
        """
        from tui.library import facets

        with self._watched():
            return facets.count(self._connection, ids, noted, stop)

    def state(self) -> tuple[int, ...]:
        """What is another one once a page has come, gone or changed: the same for every connection and program.

        A page that has changed was made anew.
        """
        return tuple(
            self._rows(
                "SELECT (SELECT value FROM counter WHERE name = 'pages made'),"
                " (SELECT value FROM counter WHERE name = 'articles'),"
                " (SELECT value FROM meta WHERE key = 'keywords chosen')"
            )[0]
        )

    def ask(
        self, question: Callable[Concatenate[sqlite3.Connection, P], T], *arguments: P.args, **named: P.kwargs
    ) -> T:
        """What a function of the connection says: one of a module that keeps tables of its own in the catalog."""
        with self._watched():
            return question(self._connection, *arguments, **named)

    def _articles(self, page: str) -> list[tuple[int, Article]]:
        from tui.library.packing import unpack_article

        with self._watched():
            rows = self._connection.execute(
                "SELECT article.id, body FROM page JOIN article ON article.id BETWEEN first AND first + articles - 1"
                " WHERE path = ? ORDER BY article.id",
                (page,),
            ).fetchall()
            return [(number, unpack_article(body)) for number, body in rows]

    def _all(self, limit: int | None) -> array[int]:
        """All numbers, ascending; or the least of them, at least `limit` if there are, of a disordered day all."""
        from tui.library import numbering

        found = array("q")
        disordered = self._disordered()
        end = 1 << 62
        rows = self._connection.execute("SELECT first, articles FROM page WHERE articles > 0 ORDER BY first")
        for first, articles in rows:
            if first >= end:
                break
            found.extend(range(first, first + articles))
            if limit is not None and len(found) >= limit:
                end = min(end, numbering.end_of_day(first) if numbering.day_of_number(first) in disordered else first)
        return found

    def _disordered(self) -> set[int]:
        """The days whose articles are not in the order of their numbers, kept until something is written."""
        from tui.library import numbering

        connection = self._connection
        state = (connection.execute("PRAGMA data_version").fetchone()[0], connection.total_changes)
        if state != self._days_of:
            self._days, self._days_of = numbering.disordered(connection), state
        return self._days

    def _searched(self, number: int) -> Searched | None:
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
            keywords=keywords.keywords(self._connection, number),
            marks=frozenset(index.marks(article)),
            id=number,
        )

    def _rows(self, statement: str, *values: object) -> list[Any]:
        with self._watched():
            return self._connection.execute(statement, values).fetchall()

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Turn what SQLite and damaged rows raise into errors of ours; a damaged file is set aside and begun anew."""
        try:
            yield
        except schema.BROKEN as error:
            if not schema.is_damage(error):
                raise LibraryError(f"{self._path}: {error}") from error
            self._connection.close()
            if self._path is not None:
                schema.set_aside(self._path)
            self._connection = schema.connect(self._path)
            self._text_of, self._days_of = 0, None
            raise DamagedError(
                _("{file}: damaged; it is set aside and will be made anew").format(file=self._path)
            ) from error
