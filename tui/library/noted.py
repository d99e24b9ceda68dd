"""What the user has made of articles, as articles that the catalog has now: to answer queries, and to be counted."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.library.sql import rows_in
from tui.search.matching import Searched, matches
from tui.search.nodes import Among, And, Field, FieldName, Not, Or, Query, Term

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tui.library.catalog import Catalog, StoredArticle
    from tui.library.library import Library
    from tui.model import Annotation, Reading

_OF_NOTES = frozenset((FieldName.TAG, FieldName.NOTE, FieldName.COLOUR))
_STARRED, _READ, _ANNOTATED = "starred", "read", "annotated"
_OF_MARKS = frozenset((Term(_STARRED), Term(_ANNOTATED)))
_CHUNK = 500  # pages looked up at once
_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Noted:
    """Articles by what was made of them.

    Attributes:
        tags: Those that have a tag, or one below it.
        starred: Those with a star.
        read: Those that were read.
        annotated: Those with an annotation.
    """

    tags: Mapping[str, frozenset[int]] = field(default_factory=dict)
    starred: frozenset[int] = _NONE
    read: frozenset[int] = _NONE
    annotated: frozenset[int] = _NONE

    @property
    def articles(self) -> frozenset[int]:
        """All of them."""
        return self.starred | self.read | self.annotated


@dataclass(frozen=True, slots=True)
class _Page:
    """What is noted on a page, and its articles as they stood in the catalog when it was looked up."""

    annotations: tuple[Annotation, ...]
    readings: tuple[Reading, ...]
    first: int | None
    articles: tuple[Searched, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """The pages that are noted on, as of one state of the catalog and of the records; None where not all were seen."""

    catalog: object = None
    records: object = None
    pages: Mapping[str, _Page] = field(default_factory=dict)


class NotedArticles:
    """What is noted on the articles of a library; pages on which nothing has changed are not looked up again.

    Any thread may ask, each with its own connection.
    """

    def __init__(self, library: Library) -> None:
        """Look it up for an open library."""
        self._library = library
        self._known = _Known()  # is replaced as a whole: threads may meet here

    def now(self, catalog: Catalog, stop: Callable[[], bool] = lambda: False) -> Noted:
        """What was made of which article; what is known until then where `stop` says so."""
        return _summed(self._articles(catalog, stop))

    def resolved(self, catalog: Catalog, query: Query) -> Query:
        """`query` with what only notes can tell as `Among`."""
        match query:
            case And(parts):
                return And(tuple(self.resolved(catalog, part) for part in parts))
            case Or(parts):
                return Or(tuple(self.resolved(catalog, part) for part in parts))
            case Not(part):
                return Not(self.resolved(catalog, part))
            case Field(FieldName.IS, Term("unread")):
                return Not(self._among(catalog, Field(FieldName.IS, Term(_READ))))
            case Field(name, value) if name in _OF_NOTES or (name is FieldName.IS and value in _OF_MARKS):
                return self._among(catalog, query)
            case _:
                return query

    def _among(self, catalog: Catalog, asked: Field) -> Among:
        return Among(frozenset(one.id for one in self._articles(catalog) if one.id is not None and matches(asked, one)))

    def _articles(self, catalog: Catalog, stop: Callable[[], bool] = lambda: False) -> Iterator[Searched]:
        return (article for page in self._pages(catalog, stop).values() for article in page.articles)

    def _pages(self, catalog: Catalog, stop: Callable[[], bool]) -> Mapping[str, _Page]:
        store, known = self._library.annotations, self._known
        state, records, whole = catalog.state(), store.records, True
        if known.catalog == state and known.records is records:
            return known.pages
        noted = {
            page: (store.on_page(page), store.readings_on(page))
            for page in {one.page for one in store.all()} | {one.page for one in store.readings()}
        }
        same = [page for page, one in known.pages.items() if noted.get(page) == (one.annotations, one.readings)]
        if known.catalog != state:
            firsts = catalog.ask(_firsts, same)
            same = [page for page in same if firsts.get(page) == known.pages[page].first]
        pages = {page: known.pages[page] for page in same}
        new = [page for page in noted if page not in pages]
        for start in range(0, len(new), _CHUNK):
            if stop():
                whole = False
                break
            pages |= self._looked_up(catalog, {page: noted[page] for page in new[start : start + _CHUNK]})
        self._known = _Known(state, records if whole else None, pages)
        return pages

    def _looked_up(
        self, catalog: Catalog, noted: Mapping[str, tuple[tuple[Annotation, ...], tuple[Reading, ...]]]
    ) -> dict[str, _Page]:
        firsts = catalog.ask(_firsts, [*noted])
        beginnings = catalog.ask(_beginnings, [page for page, (made, _) in noted.items() if not made])
        pages = {}
        for page, (made, readings) in noted.items():
            begun = beginnings.get(page, {})
            if not made and all(reading.start in begun for reading in readings):
                articles = tuple(
                    Searched(marks=_marks(reading, annotated=False), id=begun[reading.start]) for reading in readings
                )
            else:
                articles = tuple(_searched(self._library, stored) for stored in catalog.articles_on(page))
            pages[page] = _Page(made, readings, firsts.get(page), articles)
        return pages


def _firsts(connection: sqlite3.Connection, pages: Sequence[str]) -> dict[str, int]:
    """The first article of each page: another one once the page was parsed anew."""
    return dict(rows_in(connection, "SELECT path, first FROM page WHERE path IN ({})", pages))


def _beginnings(connection: sqlite3.Connection, pages: Sequence[str]) -> dict[str, dict[int, int]]:
    """The articles of each page, by the position of it at which each begins."""
    found: defaultdict[str, dict[int, int]] = defaultdict(dict)
    every = (
        "SELECT path, start, article.id FROM page"
        " JOIN article ON article.id BETWEEN first AND first + articles - 1 WHERE path IN ({})"
    )
    for page, start, number in rows_in(connection, every, pages):
        found[page][start] = number
    return found


def _searched(library: Library, stored: StoredArticle) -> Searched:
    annotations = library.annotations_on(stored)
    return Searched(
        tags=tuple(tag for annotation in annotations for tag in annotation.tags),
        notes=tuple(annotation.note for annotation in annotations),
        colours=frozenset(annotation.colour for annotation in annotations),
        marks=_marks(library.reading(stored), annotated=bool(annotations)),
        id=stored.row.id,
    )


def _marks(reading: Reading, *, annotated: bool) -> frozenset[str]:
    marks = {_STARRED: reading.starred, _READ: reading.read, _ANNOTATED: annotated}
    return frozenset(mark for mark, holds in marks.items() if holds)


def _summed(articles: Iterable[Searched]) -> Noted:
    tags: defaultdict[str, set[int]] = defaultdict(set)
    marked: dict[str, set[int]] = {_STARRED: set(), _READ: set(), _ANNOTATED: set()}
    for article in articles:
        if article.id is None:
            continue
        for mark in article.marks:
            marked[mark].add(article.id)
        for name in {name for tag in article.tags for name in _with_parents(tag)}:
            tags[name].add(article.id)
    sets = {name: frozenset(having) for name, having in tags.items()}
    return Noted(sets, *(frozenset(marked[mark]) for mark in (_STARRED, _READ, _ANNOTATED)))


def _with_parents(tag: str) -> Iterator[str]:
    """The tag, and what it is nested in."""
    parts = tag.split("/")
    for end in range(1, len(parts) + 1):
        yield "/".join(parts[:end])
