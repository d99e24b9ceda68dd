"""What a query asks of the user's own notes, brought down to articles of the catalog."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.search.matching import Searched, matches
from tui.search.nodes import Among, And, Field, FieldName, Not, Or, Query, Term

if TYPE_CHECKING:
    from tui.library.catalog import Catalog, StoredArticle
    from tui.library.library import Library
    from tui.model import Annotation, Reading

_OF_NOTES = frozenset((FieldName.TAG, FieldName.NOTE, FieldName.COLOUR))
_STARRED, _READ, _ANNOTATED = "starred", "read", "annotated"
_OF_MARKS = frozenset((Term(_STARRED), Term(_ANNOTATED)))


@dataclass(frozen=True, slots=True)
class _Page:
    """What is noted on a page, and where its articles stood in the catalog when it was looked up."""

    annotations: tuple[Annotation, ...]
    readings: tuple[Reading, ...]
    first: int | None
    articles: tuple[Searched, ...]


@dataclass(slots=True)
class Noted:
    """What is noted on the articles of a library; pages on which nothing has changed are not looked up again."""

    _pages: dict[str, _Page] = field(default_factory=dict)

    def resolved(self, library: Library, catalog: Catalog, query: Query) -> Query:
        """`query` with what only notes can tell as `Among`."""
        match query:
            case And(parts):
                return And(tuple(self.resolved(library, catalog, part) for part in parts))
            case Or(parts):
                return Or(tuple(self.resolved(library, catalog, part) for part in parts))
            case Not(part):
                return Not(self.resolved(library, catalog, part))
            case Field(FieldName.IS, Term("unread")):
                return Not(self._among(library, catalog, Field(FieldName.IS, Term(_READ))))
            case Field(name, value) if name in _OF_NOTES or (name is FieldName.IS and value in _OF_MARKS):
                return self._among(library, catalog, query)
            case _:
                return query

    def _among(self, library: Library, catalog: Catalog, asked: Field) -> Among:
        store = library.annotations
        pages = {one.page for one in store.all()} | {one.page for one in store.readings()}
        found = (one for page in pages for one in self._on_page(library, catalog, page))
        return Among(frozenset(one.id for one in found if one.id is not None and matches(asked, one)))

    def _on_page(self, library: Library, catalog: Catalog, page: str) -> tuple[Searched, ...]:
        annotations, readings = library.annotations.on_page(page), library.annotations.readings_on(page)
        first = catalog.first_on(page)
        known = self._pages.get(page)
        if known is None or (known.annotations, known.readings, known.first) != (annotations, readings, first):
            articles = _beginnings(catalog, page, readings) if not annotations else ()
            if not articles:
                articles = tuple(_searched(library, stored) for stored in catalog.articles_on(page))
            known = self._pages[page] = _Page(annotations, readings, first, articles)
        return known.articles


def _beginnings(catalog: Catalog, page: str, readings: tuple[Reading, ...]) -> tuple[Searched, ...]:
    """A page on which nothing is annotated: its articles, if they are known by where they begin."""
    beginnings = catalog.beginnings(page)
    if any(reading.start not in beginnings for reading in readings):
        return ()
    return tuple(Searched(marks=_marks(reading, annotated=False), id=beginnings[reading.start]) for reading in readings)


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
