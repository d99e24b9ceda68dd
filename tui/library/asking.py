"""What a query asks of a library beside its catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui.library.catalog import Catalog
    from tui.library.library import Library
    from tui.search.query import Query


def resolved(library: Library, catalog: Catalog, query: Query) -> Query:
    """The query with what only notes can tell looked up, where the library can."""
    own: Any = getattr(library, "resolved", None)
    return own(catalog, query) if own else query
