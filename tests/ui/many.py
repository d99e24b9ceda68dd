"""A catalog that says it has a million articles, and counts what it is asked for."""

from __future__ import annotations

import threading
from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from tui.library.catalog import ArticleRow, Catalog, StoredArticle
from tui.library.library import Library
from tui.search.query import Query, positive_terms


class ManyCatalog(Catalog):
    """A library's own catalog, each of whose articles stands there many times.

    Attributes:
        asked: How often each method was called, and how many `rows` were asked for.
        found: What a word finds; everything else finds nothing.
        initials: What a word finds by initials.
        best: What a word finds, best first.
        before: Is called in the thread that asks, before each step, with the method and the words.
    """

    asked: Counter[str]
    size: int
    found: dict[str, Sequence[int]]
    initials: dict[str, Sequence[int]]
    best: dict[str, Sequence[int]]
    before: Callable[[str, str], None]

    def first(self, query: Query | None, limit: int, *, stop: Callable[[], bool] | None = None) -> array[int]:  # noqa: ARG002
        self._enter("first", query)
        return array("q", self._of(query)[:limit])

    def ids(
        self,
        query: Query | None = None,
        *,
        initials: bool = False,
        stop: Callable[[], bool] | None = None,  # noqa: ARG002
    ) -> array[int]:
        self._enter("ids", query)
        return array("q", [*self._of(query), *(self.initials.get(_words(query), ()) if initials else ())])

    def ranked(self, query: Query, *, stop: Callable[[], bool] | None = None) -> array[int]:  # noqa: ARG002
        self._enter("ranked", query)
        return array("q", self.best.get(_words(query), ()))

    def by_initials(self, query: Query, *, stop: Callable[[], bool] | None = None) -> array[int]:  # noqa: ARG002
        self._enter("by_initials", query)
        return array("q", self.initials.get(_words(query), ()))

    def count(self, query: Query | None = None) -> int:
        self._enter("count", query)
        return len(self._of(query))

    def rows(self, ids: Sequence[int]) -> list[ArticleRow]:
        self.asked["rows"] += len(ids)
        real = super().rows(list(Catalog.ids(self)))
        return [replace(real[number % len(real)], id=number) for number in ids]

    def article(self, id: int) -> StoredArticle:  # noqa: A002
        self._enter("article", None)
        real = list(Catalog.ids(self))
        stored = super().article(real[id % len(real)])
        return replace(stored, row=replace(stored.row, id=id))

    def _of(self, query: Query | None) -> Sequence[int]:
        return range(self.size) if query is None else self.found.get(_words(query), ())

    def _enter(self, step: str, query: Query | None) -> None:
        self.asked[step] += 1
        if threading.current_thread().name == "search":
            self.before(step, _words(query))


def _words(query: Query | None) -> str:
    return " ".join(term.text for term in positive_terms(query)) if query is not None else ""


def many(library: Library, size: int, monkeypatch: Any, **given: Any) -> type[ManyCatalog]:
    """Let a library's catalogs be of this kind; what is given are its attributes."""

    class Made(ManyCatalog):
        pass

    defaults = {"found": {}, "initials": {}, "best": {}, "before": staticmethod(lambda _step, _words: None)}
    for name, value in {**defaults, "asked": Counter(), "size": size, **given}.items():
        setattr(Made, name, value)
    monkeypatch.setattr(library, "catalog", lambda: Made(library.home.catalog))
    return Made
