"""What a search asks of a catalog, in the words of the catalog that is to come."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui.library.catalog import Catalog
    from tui.library.library import Library
    from tui.search.query import Query


def first(catalog: Catalog, query: Query | None, limit: int) -> array[int]:
    """The newest articles that match."""
    own: Any = getattr(catalog, "first", None)
    return own(query, limit) if own else catalog.ids(query)[:limit]


def ranked(catalog: Catalog, query: Query) -> array[int]:
    """All that match, best first."""
    own: Any = getattr(catalog, "ranked", None)
    return own(query) if own else catalog.ids(query)


def by_initials(catalog: Catalog, query: Query) -> array[int]:
    """Those that match only if its words are pinyin initials, newest first."""
    own: Any = getattr(catalog, "by_initials", None)
    return own(query) if own else array("q")


def resolved(library: Library, catalog: Catalog, query: Query) -> Query:
    """The query with what was made of the articles in it looked up."""
    own: Any = getattr(library, "resolved", None)
    return own(catalog, query) if own else query


def ascending() -> bool:
    """Whether ids in the order of the list ascend."""
    from tui.library.catalog import Catalog

    return hasattr(Catalog, "first")
