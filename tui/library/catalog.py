"""The parsed pages of a folder and the index over them, in one SQLite file that can be made anew at any time."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Self, TypeVar

from tui.errors import DamagedError, LibraryError
from tui.language import _
from tui.library import finding, schema
from tui.library.records import ArticleRow, Problem, Progress, StoredArticle, StoredPage, Update
from tui.library.sql import rows_in
from tui.model import Imprint
from tui.search.nodes import And

if TYPE_CHECKING:
    import sqlite3
    from array import array
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from tui.model import Article, Mend
    from tui.search.nodes import Query

__all__ = ["ArticleRow", "Catalog", "Problem", "Progress", "StoredArticle", "StoredPage", "Update"]

_ROW = (
    "SELECT article.id, path, title, lead, paper, date, number, start, continued_from, continued_on, certainty,"
    " characters FROM article JOIN page ON page.id = article.page WHERE article.id IN ({})"
)
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
        self._file = schema.identity(path)

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
            counts = self.ask(updating.update, folder, progress, stop, mends, mended=mended, noted=noted)
        except DamagedError:
            counts = self.ask(updating.update, folder, progress, stop, mends, mended=mended, noted=noted)
        return Update(counts.added, counts.changed, counts.removed, counts.unchanged, self.problems())

    def first(self, query: Query | None, limit: int, *, stop: Callable[[], bool] = lambda: False) -> array[int]:
        """The newest of the articles that match, at most `limit`: what `ids` begins with, and much sooner."""
        return self.ask(finding.numbers, query or And(), limit=limit, stop=stop)

    def ids(
        self, query: Query | None = None, *, initials: bool = False, stop: Callable[[], bool] = lambda: False
    ) -> array[int]:
        """The articles that match, or all of them: newest first, then by paper, page number and place on the page.

        Args:
            query: What to look for; what only notes can tell must be resolved (`Library.resolved`).
            initials: Whether its words may be pinyin initials: those that `by_initials` finds are among them, too.
            stop: Is asked again and again where texts have to be read for it; what was found until then is returned.
        """
        return self.ask(finding.numbers, query or And(), initials=initials, stop=stop)

    def ranked(self, query: Query, *, stop: Callable[[], bool] = lambda: False) -> array[int]:
        """The articles that match, those first that say the most about it (bm25, headlines count more)."""
        return self.ask(finding.numbers, query, best_first=True, stop=stop)

    def by_initials(self, query: Query, *, stop: Callable[[], bool] = lambda: False) -> array[int]:
        """The articles, newest first, that match only where words of three Latin letters or more are pinyin initials.

        The letters are found in the words' common readings; of eight characters at most two may be read otherwise.
        """
        return self.ask(finding.by_initials, query, stop=stop)

    def count(self, query: Query | None = None) -> int:
        """How many articles match, or how many there are."""
        return self.ask(finding.count, query or And())

    def rows(self, ids: Sequence[int]) -> list[ArticleRow]:
        """What a list shows of these articles, in the order asked for, without those that have left the catalog."""
        with self._watched():
            rows = {row[0]: ArticleRow(*row) for row in rows_in(self._connection, _ROW, ids)}
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
            if self._path is not None and schema.identity(self._path) == self._file:
                schema.set_aside(self._path)  # unless another connection has done it, and there is a new one
            self._connection = schema.connect(self._path)
            self._file = schema.identity(self._path)
            raise DamagedError(
                _("{file}: damaged; it is set aside and will be made anew").format(file=self._path)
            ) from error
