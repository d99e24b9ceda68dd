"""Searching while one types: a thread with a catalog of its own, and only the latest question is answered."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from array import array
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from tui.errors import JianbaoError
from tui.library import schema
from tui.library.catalog import Catalog
from tui.library.library import Library
from tui.reading import reading_text
from tui.search.query import Query
from tui.search.shown import hits_in

SCREENFUL = 200
"""Articles of the first answer: more than any screen shows at once."""
_COUNTED = 400  # articles whose hits are counted; beyond that the number would cost more than it tells
_LAST_STEP = 0.5  # seconds that the end of the screen waits for a step under way


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What is known by now of the articles that are found.

    Attributes:
        query: What was asked; None for all articles.
        ids: The articles in the order of the list.
        literal: How many of them, the first, match as they stand; the others only by pinyin initials.
        total: How many match as they stand; None while that is not known.
        ranked: Whether the best come first, and not the newest.
        whole: Whether all that match as they stand are among `ids`.
        settled: Whether no article will come any more.
        hits: How many hits those that match as they stand have; None where that is not known.
        folded: Whether of copies of one story only the first is among `ids`; `literal` counts likewise.
        instead: Where they are folded, the article that stands for the one under the cursor.
    """

    query: Query | None
    ids: array[int]
    literal: int
    total: int | None
    ranked: bool = False
    whole: bool = True
    settled: bool = True
    hits: int | None = None
    folded: bool = False
    instead: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """How what is found is to be listed.

    Attributes:
        ranked: Whether the best are to come first, and not the newest.
        folded: Whether copies of one story are to be folded into one row.
        here: The article under the cursor.
    """

    ranked: bool = False
    folded: bool = False
    here: int | None = None


def answers(
    library: Library, catalog: Catalog, query: Query | None, order: Order, stop: Callable[[], bool]
) -> Iterator[Answer]:
    """What is found, in steps, and folded if it is to be.

    Args:
        library: The folder.
        catalog: Its catalog.
        query: What to look for; None finds all.
        order: How to list it.
        stop: Is asked between the steps.
    """
    steps = _steps(library, catalog, query, ranked=order.ranked, stop=stop)
    if not order.folded:
        yield from steps
        return
    from tui.library import repeats

    anchors = catalog.ask(repeats.groups)
    for answer in steps:
        literal = len(repeats.folded(answer.ids[: answer.literal], anchors))
        ids = repeats.folded(answer.ids, anchors)
        instead = repeats.standing_for(order.here, ids, anchors)
        yield replace(answer, ids=ids, literal=literal, folded=True, instead=instead)


def _steps(
    library: Library, catalog: Catalog, query: Query | None, *, ranked: bool, stop: Callable[[], bool]
) -> Iterator[Answer]:
    """What is found, in steps: the first screen, all, those by initials, and the number of hits.

    Each answer has what the one before it had. Nothing is told of a query that finds nothing until the initials have
    been tried, and there is no answer of the first screen alone where the best are to come first.
    """
    if query is None:
        yield from _all(catalog, stop)
        return
    wanted = library.resolved(catalog, query)
    if ranked:
        ids = catalog.ranked(wanted, stop=stop)
    else:
        ids = catalog.first(wanted, SCREENFUL, stop=stop)
        if stop():
            return
        if len(ids) == SCREENFUL:
            yield Answer(query, ids, len(ids), None, whole=False, settled=False)
            ids = catalog.ids(wanted, stop=stop)
    if stop():
        return
    answer = Answer(query, ids, len(ids), len(ids), ranked=ranked, settled=False)
    if ids:
        yield answer
    initials = catalog.by_initials(wanted, stop=stop)
    answer = replace(answer, ids=ids + initials if initials else ids, settled=True)
    yield answer
    if ids and len(ids) <= _COUNTED and not stop():
        yield replace(answer, hits=_count_hits(catalog, ids, query, stop))


def _all(catalog: Catalog, stop: Callable[[], bool]) -> Iterator[Answer]:
    first = catalog.first(None, SCREENFUL)
    whole = len(first) < SCREENFUL
    yield Answer(None, first, len(first), len(first) if whole else catalog.count(), whole=whole, settled=whole)
    if not whole and not stop():
        ids = catalog.ids()
        yield Answer(None, ids, len(ids), len(ids))


def _count_hits(catalog: Catalog, ids: array[int], query: Query, stop: Callable[[], bool]) -> int:
    total = 0
    for article_id in ids:
        if stop():
            break
        with contextlib.suppress(KeyError):  # its page was parsed anew a moment ago
            stored = catalog.article(article_id)
            total += len(hits_in(query, reading_text(stored.article, stored.page.text)))
    return total


_Told: TypeAlias = Answer | Exception | None  # None is the end


@dataclass(frozen=True, slots=True)
class _Request:
    number: int
    query: Query | None
    order: Order
    tell: Callable[[_Told], None]


class Searcher:
    """A thread that lives as long as its screen, and keeps a connection to the catalog.

    Of several questions only the last is answered: one that is outdated is left between two steps, and one that has
    waited is never begun.
    """

    def __init__(self, library: Library) -> None:
        """Make a searcher of an open library; its thread begins with the first question."""
        self._library = library
        self._wake = threading.Condition()
        self._waiting: _Request | None = None
        self._number = 0
        self._ended = False
        self._thread: threading.Thread | None = None
        self._catalog: Catalog | None = None
        self._file: tuple[int, int] | None = None  # which one the catalog was opened on

    async def answers(self, query: Query | None, order: Order = Order()) -> AsyncIterator[Answer]:
        """Ask, and give the answers as they come; none any more once something else has been asked.

        Raises:
            JianbaoError: The catalog can't be read.
        """
        loop = asyncio.get_running_loop()
        told: asyncio.Queue[_Told] = asyncio.Queue()

        def tell(what: _Told) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended, and the screen with it
                loop.call_soon_threadsafe(told.put_nowait, what)

        number = self._ask(query, order, tell)
        while (what := await told.get()) is not None and number == self._number:
            if isinstance(what, Exception):
                raise what
            yield what

    def close(self) -> None:
        """End the thread; a step that takes long ends by itself."""
        with self._wake:
            self._ended = True
            self._wake.notify()
        if self._thread is not None:
            self._thread.join(_LAST_STEP)

    def _ask(self, query: Query | None, order: Order, tell: Callable[[_Told], None]) -> int:
        with self._wake:
            self._number += 1
            if self._waiting is not None:
                self._waiting.tell(None)
            self._waiting = _Request(self._number, query, order, tell)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="search", daemon=True)
                self._thread.start()
            self._wake.notify()
            return self._number

    def _run(self) -> None:
        try:
            while (request := self._next()) is not None:
                self._answer(request)
        finally:
            self._close_catalog()

    def _next(self) -> _Request | None:
        with self._wake:
            self._wake.wait_for(lambda: self._ended or self._waiting is not None)
            request, self._waiting = self._waiting, None
            return None if self._ended else request

    def _answer(self, request: _Request) -> None:
        def outdated() -> bool:
            return self._ended or request.number != self._number

        try:
            catalog = self._opened()
            for answer in answers(self._library, catalog, request.query, request.order, outdated):
                if outdated():
                    break
                request.tell(answer)
            request.tell(None)
        except JianbaoError as error:
            self._close_catalog()  # a damaged one has been set aside
            request.tell(error)
        except Exception as error:  # noqa: BLE001 - it is raised where the answer is awaited, as a worker's would be
            request.tell(error)

    def _opened(self) -> Catalog:
        """The catalog, opened anew where another file has taken its place: a damaged one is set aside."""
        file = schema.identity(self._library.home.catalog)
        if self._catalog is None or file != self._file:
            self._close_catalog()
            self._catalog = self._library.catalog()
            self._file = schema.identity(self._library.home.catalog)
        return self._catalog

    def _close_catalog(self) -> None:
        if self._catalog is not None:
            self._catalog.close()
            self._catalog = None
