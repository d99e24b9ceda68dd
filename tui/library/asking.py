"""What a search asks of a catalog, in the words of the catalog that is to come."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tui.library.catalog import Catalog

if TYPE_CHECKING:
    from tui.library.library import Library
    from tui.search.query import Query

_Stop = Callable[[], bool]


def first(catalog: Catalog, query: Query | None, limit: int) -> array[int]:
    """The newest articles that match."""
    own: Any = getattr(catalog, "first", None)
    return own(query, limit) if own else catalog.ids(query)[:limit]


def everything(catalog: Catalog, query: Query, stop: _Stop) -> array[int]:
    """All that match, newest first."""
    own: Any = catalog.ids
    return own(query, stop=stop) if ascending() else catalog.ids(query)


def ranked(catalog: Catalog, query: Query, stop: _Stop) -> array[int]:
    """All that match, best first."""
    own: Any = getattr(catalog, "ranked", None)
    return own(query, stop=stop) if own else catalog.ids(query)


def by_initials(catalog: Catalog, query: Query, stop: _Stop) -> array[int]:
    """Those that match only if its words are pinyin initials, newest first."""
    own: Any = getattr(catalog, "by_initials", None)
    return own(query, stop=stop) if own else array("q")


def resolved(library: Library, catalog: Catalog, query: Query) -> Query:
    """The query with what was made of the articles in it looked up."""
    own: Any = getattr(library, "resolved", None)
    return own(catalog, query) if own else query


def ascending() -> bool:
    """Whether ids in the order of the list ascend."""
    return hasattr(Catalog, "first")
