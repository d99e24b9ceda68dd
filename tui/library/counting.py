"""The facets of a query, counted once for as long as neither the pages nor the notes change."""

from __future__ import annotations

import threading
from array import array
from collections import OrderedDict
from itertools import pairwise
from typing import TYPE_CHECKING

from tui.library import facets
from tui.search.query import And

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.library.catalog import Catalog
    from tui.library.facets import Facets
    from tui.library.library import Library
    from tui.search.query import Query

_KEPT = 32  # counts of other queries, for the way back


class FacetCounter:
    """Counts, and remembers; any thread may ask."""

    def __init__(self, library: Library) -> None:
        """Count in an open library."""
        self._library = library
        self._turn = threading.Lock()
        self._kept: OrderedDict[Query, tuple[object, object, Facets]] = OrderedDict()

    def count(self, query: Query, stop: Callable[[], bool] = lambda: False) -> Facets:
        """The facets of what a query finds.

        Raises:
            StoppedError: `stop` says so.
            LibraryError: The catalog can't be read.
        """
        with self._turn, self._library.catalog() as catalog:
            pages, notes = catalog.state(), self._library.annotations.records
            kept = self._kept.get(query)
            if kept is not None and kept[0] == pages and kept[1] is notes:
                self._kept.move_to_end(query)
                return kept[2]
            noted = self._library.noted.now(catalog, stop)
            counted = catalog.ask(facets.count, found(self._library, catalog, query, stop), noted, stop)
            self._kept[query] = (pages, notes, counted)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return counted

    def unread(self, query: Query, stop: Callable[[], bool] = lambda: False) -> int:
        """How many articles that a query finds have not been read.

        Raises:
            StoppedError, LibraryError: As `count`.
        """
        with self._turn, self._library.catalog() as catalog:
            read = self._library.noted.now(catalog, stop).read
            ids = found(self._library, catalog, query, stop)
            return catalog.count() - len(read) if ids is None else len(ids) - len(read.intersection(ids))


def found(
    library: Library, catalog: Catalog, query: Query, stop: Callable[[], bool] = lambda: False
) -> array[int] | None:
    """The articles that the list shows for a query, by ascending number; None where they are all.

    Those are also the ones that match only by pinyin initials. Where `stop` says so, some may be missing.
    """
    if query == And():
        return None
    ids = library.found(catalog, query, stop)
    return ids if all(before < after for before, after in pairwise(ids)) else array("q", sorted(ids))
