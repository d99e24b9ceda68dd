"""The command `search`: the articles that a query finds, as lines or as JSON."""

from __future__ import annotations

from pathlib import Path

from tui.display import json_text, visible_line
from tui.errors import DONE, FOUND_WANTING
from tui.headless.common import asked_for, counted, opened, say, updated
from tui.library import repeats
from tui.library.catalog import StoredArticle
from tui.reading import ReadingText, reading_text
from tui.search.matching import Range
from tui.search.shown import hits_in

_CONTEXT = 18  # characters of a snippet before its hit


def search(folder: Path, query: str, form: str, limit: int | None, *, fold: bool = False) -> int:
    """Print what a query finds, newest first; behind it what only the pinyin initials of its words find.

    Of copies of one story the newest alone, if they are to be folded.
    """
    wanted = asked_for(query)
    with opened(folder) as (library, catalog):
        updated(library, catalog)
        resolved = library.resolved(catalog, wanted)
        found = catalog.ids(resolved)
        by_initials = catalog.by_initials(resolved)
        shown = found + by_initials
        if fold:
            catalog.ask(repeats.find)
            shown = repeats.folded(shown, catalog.ask(repeats.groups))
        literal = frozenset(found)
        for article_id in shown[:limit]:
            initials = article_id not in literal
            stored = catalog.article(article_id)
            reading = reading_text(stored.article, stored.page.text)
            ranges = hits_in(wanted, reading, initials=initials)
            show = _record if form == "jsonl" else _entry
            print(show(stored, reading, ranges, initials=initials))
        if form == "table":
            also = f" + {len(by_initials)} by initials" if by_initials else ""
            stories = f" in {counted(len(shown), 'story', 'stories')}" if fold else ""
            say(f"{counted(len(found), 'article', 'articles')}{also}{stories}")
    return DONE if found or by_initials else FOUND_WANTING


def _record(stored: StoredArticle, reading: ReadingText, ranges: tuple[Range, ...], *, initials: bool) -> str:
    """An article and its hits as JSON on one line."""
    row = stored.row
    hits = [
        {"text": reading.text[start:end], "spans": [[span.start, span.end] for span in reading.to_page(start, end)]}
        for start, end in ranges
    ]
    found = {"page": row.page, "title": row.title, "paper": row.paper, "date": row.date, "hits": hits}
    return json_text(found | {"initials": True} if initials else found)


def _entry(stored: StoredArticle, reading: ReadingText, ranges: tuple[Range, ...], *, initials: bool) -> str:
    """An article as two lines: where it stands and its headline, then its first hit in context."""
    row = stored.row
    source = "  ".join(part for part in (row.date, row.paper, row.number and f"p.{row.number}") if part) or row.page
    start, end = ranges[0] if ranges else (0, 0)
    snippet = reading.text[max(start - _CONTEXT, 0) : end + 2 * _CONTEXT].replace("\n", " ")
    count = f"{'~' if initials else ''}{len(ranges)}×"
    return visible_line(f"{source}  {row.title or row.lead}") + "\n" + visible_line(f"    {count} …{snippet}…")
