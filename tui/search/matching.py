"""Whether and where a text matches a query: substrings of folded text, seen through invisible characters.

This is the definition of a search; the index of the catalog finds the same articles without reading them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.search.folding import is_invisible, searchable
from tui.search.query import And, Not, Query, Term, positive_terms

if TYPE_CHECKING:
    from collections.abc import Iterator

Range = tuple[int, int]


def matches(query: Query, text: str) -> bool:
    """Whether `text` matches. A line feed ends a paragraph: no term reaches across one."""
    return _holds(query, searchable(text))


def hits(query: Query, text: str) -> tuple[Range, ...]:
    """Where the query's positive terms stand in `text`, whether or not all of it matches.

    Half-open ranges of code points, ascending; overlapping ones are merged. A hit takes in the invisible characters
    between its first and last.
    """
    needles = {needle for term in positive_terms(query) if (needle := searchable(term.text))}
    if not needles:
        return ()
    plain = searchable(text)
    found = sorted((start, start + len(needle)) for needle in needles for start in _places(needle, plain))
    if found and len(plain) < len(text):
        shown = [index for index, character in enumerate(text) if not is_invisible(character)]
        found = [(shown[start], shown[end - 1] + 1) for start, end in found]
    return tuple(_merged(found))


def _holds(query: Query, text: str) -> bool:
    match query:
        case Term():
            return searchable(query.text) in text
        case Not(part):
            return not _holds(part, text)
        case And(parts):
            return all(_holds(part, text) for part in parts)
        case _:
            raise NotImplementedError(query)


def _places(needle: str, text: str) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)


def _merged(ranges: list[Range]) -> Iterator[Range]:
    """`ranges`, ascending, with those that share a character made one."""
    if not ranges:
        return
    start, end = ranges[0]
    for first, last in ranges[1:]:
        if first < end:
            end = max(end, last)
        else:
            yield start, end
            start, end = first, last
    yield start, end
