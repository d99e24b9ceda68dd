"""Where an article shows what was asked for: in its text, and in its heads what was asked of those alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from tui.model import Role
from tui.reading import ReadingText
from tui.search.matching import Range, hits, merged
from tui.search.query import And, Field, FieldName, Query, leaves

_HEADS = {
    Role.HEADLINE: FieldName.TITLE,
    Role.KICKER: FieldName.KICKER,
    Role.COLUMN: FieldName.COLUMN,
    Role.BYLINE: FieldName.AUTHOR,
}
"""The field whose value stands in paragraphs of a role."""


def hits_in(query: Query, reading: ReadingText, *, initials: bool = False) -> tuple[Range, ...]:
    """Where the query's positive leaves stand in an article; those of a field only where the article shows it.

    Half-open ranges of the reading text, ascending; overlapping ones are merged.

    Args:
        query: What to look for.
        reading: The article's text.
        initials: Whether a word of letters that does not stand in the text is shown where it is pinyin initials.
    """
    found = hits(query, reading.text, initials=initials)
    asked = {leaf.name for leaf in leaves(query) if isinstance(leaf, Field)} & {*_HEADS.values()}
    return tuple(merged(sorted({*found, *_in_heads(query, reading)}))) if asked else found


def _in_heads(query: Query, reading: ReadingText) -> Iterator[Range]:
    for role, run in groupby(reading.paragraphs, key=lambda paragraph: paragraph.role):
        name = _HEADS.get(role)
        if name is not None:
            lines = tuple(run)
            start, end = lines[0].start, lines[-1].end
            own = And(tuple(leaf for leaf in leaves(query) if isinstance(leaf, Field) and leaf.name is name))
            head = reading.text[start:end].replace("\n", " ")  # as a headline of several lines is searched
            for first, last in hits(own, head, fields=(name,)):
                yield start + first, start + last
