"""Marks with a letter: how one is set, and what a list says of those there are."""

from __future__ import annotations

from dataclasses import dataclass

from tui.language import _
from tui.library import anchors
from tui.library.annotations import Change, now
from tui.library.catalog import Catalog, StoredArticle
from tui.library.library import Library
from tui.model import Bookmark, Span
from tui.ui.jumps import Place

_POINT = 12  # code points that are kept of the text at a place


@dataclass(frozen=True, slots=True)
class Known:
    """A mark as it stands to its page's present text.

    Attributes:
        bookmark: The mark.
        place: Where it is; None where the page no longer says it.
        article: The title, or the first words, of the article there; unsafe to show.
    """

    bookmark: Bookmark
    place: Place | None
    article: str


def set_mark(letter: str, stored: StoredArticle, position: int) -> Change:
    """The change that gives a letter to a position of an article's page."""
    ends = [span.end for block in stored.article.blocks for span in block.spans if span.start <= position < span.end]
    spans = (Span(position, min([position + _POINT, *ends])),)
    bookmark = Bookmark(letter, stored.row.page, spans, *anchors.quote(stored.page.text, spans), now())
    return Change(_("mark {letter}").format(letter=letter), put=(bookmark,))


def placed(bookmark: Bookmark, catalog: Catalog) -> Place | None:
    """Where a mark is by now; None where its page is gone, or no longer says it."""
    page = catalog.page(bookmark.page)
    found = anchors.find(bookmark, page.text) if page is not None else None
    return Place(found.page, found.place) if found is not None else None


def known_marks(library: Library) -> list[Known]:
    """Every mark of a library, by letter."""
    found = []
    with library.catalog() as catalog:
        for bookmark in library.annotations.bookmarks():
            place = placed(bookmark, catalog)
            article = catalog.article_at(place.page, place.position) if place is not None else None
            rows = catalog.rows([article]) if article is not None else []
            found.append(Known(bookmark, place, (rows[0].title or rows[0].lead) if rows else bookmark.page))
    return found
