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
from tui.search.query import And

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from tui.model import Article, Mend, Page
    from tui.search.query import Query

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
        self._order = array("q")
        self._order_of: tuple[int, int] | None = None

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

        Raises:
            LibraryError: The folder can't be listed, or the catalog can't be written.
        """
        from tui.library import updating

        try:
            with self._watched():
                counts = updating.update(self._connection, folder, progress, stop, mends, noted=noted)
        except DamagedError:
            with self._watched():
                counts = updating.update(self._connection, folder, progress, stop, mends, noted=noted)
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

    def ids(self, query: Query | None = None) -> array[int]:
        """The articles that match, or all of them: newest first, then by paper, page number and place on the page."""
        with self._watched():
            order = self._newest_first()
            if query is None or query == And():
                return order[:]
            from tui.library.index import find

            found = find(self._connection, query, order)
        return array("q", filter(found.__contains__, order))

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
        with self._watched():
            found = self._connection.execute(
                "SELECT path FROM page JOIN article ON article.page = page.id WHERE article.id = ?", (id,)
            ).fetchone()
            for stored in self.articles_on(found[0]) if found else ():
                if stored.row.id == id:
                    return stored
        raise KeyError(id)

    def article_at(self, page: str, position: int) -> int | None:
        """The article that holds the code point at `position` of the page, if one does."""
        for number, article in self._articles(page):
            if any(span.start <= position < span.end for block in article.blocks for span in block.spans):
                return number
        return None

    def articles_on(self, page: str) -> list[StoredArticle]:
        """The articles of a page, in page order; none where the page is unknown."""
        with self._watched():
            stored = self.page(page)
            articles = self._articles(page)
            rows = {row.id: row for row in self.rows([number for number, _ in articles])}
        return [
            StoredArticle(rows[number], article, stored) for number, article in articles if stored and number in rows
        ]

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
        now = "UPDATE gone SET since = (SELECT seq FROM sqlite_sequence WHERE name = 'article') WHERE path = ?"
        with self._watched(), schema.transaction(self._connection):
            self._connection.executemany(now, [(path,) for path in paths])

    def pages_since(self, article: int) -> Iterator[tuple[str, str]]:
        """The paths and texts of the pages that came, or came anew, after the article of this number was made."""
        from tui.library.packing import unpack_text

        newer = "SELECT path, id FROM page WHERE first > ? AND problem = '' AND path <> source ORDER BY path"
        with self._watched():
            for path, number in self._connection.execute(newer, (article,)).fetchall():
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

    def version(self) -> int:
        """A number that is another one once another connection, or another program, has changed the catalog."""
        return int(self._rows("PRAGMA data_version")[0][0])

    def count(self) -> int:
        """How many articles there are."""
        return int(self._rows("SELECT total(articles) FROM page")[0][0])

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

    def _newest_first(self) -> array[int]:
        """All ids in order, kept until something is written.

        A page's articles have consecutive ids, so ordering the pages is enough.
        """
        connection = self._connection
        state = (connection.execute("PRAGMA data_version").fetchone()[0], connection.total_changes)
        if state != self._order_of:
            order = array("q")
            pages = connection.execute(
                "SELECT first, articles FROM page ORDER BY date DESC, paper, place, source, line, path"
            )
            for first, articles in pages:
                order.extend(range(first, first + articles))
            self._order, self._order_of = order, state
        return self._order

    def _rows(self, statement: str) -> list[Any]:
        with self._watched():
            return self._connection.execute(statement).fetchall()

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
            self._order_of = None
            raise DamagedError(
                _("{file}: damaged; it is set aside and will be made anew").format(file=self._path)
            ) from error
