"""Which articles the user has made something of: the numbers that they have in the catalog now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tui.library.catalog import Catalog
    from tui.library.library import Library
    from tui.model import Annotation, Reading

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
class _OnPage:
    """What was made of a page's articles: the records, which show whether it still holds, and the articles."""

    annotations: tuple[Annotation, ...]
    readings: tuple[Reading, ...]
    articles: tuple[tuple[int, bool, bool, tuple[Annotation, ...]], ...]  # number, starred, read


class NotedArticles:
    """Works out `Noted`, and keeps what has not changed; for one thread at a time."""

    def __init__(self, library: Library) -> None:
        """Work it out for an open library."""
        self._library = library
        self._pages: dict[str, _OnPage] = {}
        self._state: object = None

    def now(self, catalog: Catalog, state: object, stop: Callable[[], bool] = lambda: False) -> Noted:
        """What was made of which article.

        Args:
            catalog: A connection of this thread.
            state: Is another one once the catalog has changed.
            stop: Asked before each page; what is known until then is given.
        """
        store = self._library.annotations
        if state != self._state:
            self._pages, self._state = {}, state
        wanted = {one.page for one in store.all()} | {one.page for one in store.readings()}
        for page in wanted:
            if stop():
                break
            made, readings = store.on_page(page), store.readings_on(page)
            known = self._pages.get(page)
            if known is None or known.annotations is not made or known.readings is not readings:
                self._pages[page] = _OnPage(made, readings, self._articles_on(catalog, page))
        self._pages = {page: self._pages[page] for page in wanted if page in self._pages}
        return _summed(self._pages.values())

    def _articles_on(self, catalog: Catalog, page: str) -> tuple[tuple[int, bool, bool, tuple[Annotation, ...]], ...]:
        found = []
        for stored in catalog.articles_on(page):
            reading = self._library.reading(stored)
            found.append((stored.row.id, reading.starred, reading.read, self._library.annotations_on(stored)))
        return tuple(found)


def _summed(pages: Iterable[_OnPage]) -> Noted:
    tags: defaultdict[str, set[int]] = defaultdict(set)
    starred, read, annotated = set(), set(), set()
    for number, has_star, was_read, made in (article for page in pages for article in page.articles):
        if has_star:
            starred.add(number)
        if was_read:
            read.add(number)
        if made:
            annotated.add(number)
        for name in {name for one in made for tag in one.tags for name in _with_parents(tag)}:
            tags[name].add(number)
    sets = {name: frozenset(articles) for name, articles in tags.items()}
    return Noted(sets, frozenset(starred), frozenset(read), frozenset(annotated))


def _with_parents(tag: str) -> Iterator[str]:
    """The tag, and what it is nested in."""
    parts = tag.split("/")
    for end in range(1, len(parts) + 1):
        yield "/".join(parts[:end])
