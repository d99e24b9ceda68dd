"""Conditions put to a filter's text, and taken back: what one does to it without typing."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

from tui.search.query import And, Dates, Field, FieldName, Not, Query, QueryError, Term, parse

_QUOTES = ('""', "“”", "「」", "『』")
_CLOSERS = ('"', "”", "」", "』", "/", ")", "）")
_UNASKABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_MOST_PLACES = 30  # where a text with many words may be cut; beyond that nothing is sought in it


def condition(field: FieldName, value: str) -> str:
    """The text that asks for a value: `paper:柳塘日报`.

    Of a value that no text can ask for it is the longest part that one can; empty where that is none.
    """
    value = max(_UNASKABLE.split(value), key=len).strip()
    for text in (f"{field}:{value}", *(f"{field}:{pair[0]}{value}{pair[1]}" for pair in _QUOTES)):
        if _parts(text) == (asked(field, value),):
            return text
    pieces = re.split('["“”＂「」『』]', value)
    longest = max(pieces, key=len)
    return condition(field, longest) if longest != value else ""


def asked(field: FieldName, value: str) -> Query:
    """What the condition of a value is as a part of a query."""
    if field is FieldName.DATE:
        return parse(f"date:{value}").parts[0]
    return Field(field, Term(max(_UNASKABLE.split(value), key=len).strip()))


def conditions(text: str) -> tuple[Query, ...]:
    """The parts of a filter that must all hold, as `asked` has them; none where there is a mistake in it."""
    return _parts(text) or ()


def refined(text: str, field: FieldName, value: str, *, without: bool = False) -> str:
    """A filter's text with one condition more; without it, where it was there already.

    Args:
        text: The filter's, without a mistake.
        field: What the value is of.
        value: The value; of `DATE` a year, a month or a day.
        without: Whether the value must not be there.
    """
    part = asked(field, value)
    wanted, contrary = (Not(part), part) if without else (part, Not(part))
    if wanted in conditions(text):
        return without_part(text, wanted)
    for known in conditions(text):
        if known == contrary or (not without and _holds(known, part)):
            text = without_part(text, known)
    added = ("-" if without else "") + condition(field, value)
    if not text.strip():
        return added
    for begun in (text.rstrip(), f"({text.strip()})", *(text.rstrip() + closer for closer in _CLOSERS)):
        if _parts(f"{begun} {added}") == (*conditions(text), *conditions(added)):
            return f"{begun} {added}"
    return f"{text.rstrip()} {added}"


def without_part(text: str, part: Query) -> str:
    """The text without one of its conditions."""
    parts = list(conditions(text))
    if part not in parts:
        return text
    parts.remove(part)
    if not parts:
        return ""
    cuts = combinations(_places(text), 2)
    left = (f"{text[:start].rstrip()} {text[end:].lstrip()}".strip() for start, end in cuts)
    return min((one for one in left if _parts(one) == tuple(parts)), key=len, default=text)


def shortened(text: str) -> str:
    """The text without its last condition."""
    parts = conditions(text)
    for place in reversed(_places(text)[:-1]):
        left = text[:place].rstrip()
        if not parts or _parts(left) == parts[:-1]:
            return left
    return ""


def _places(text: str) -> list[int]:
    """Where a text may be cut: at its beginning, at the ends of its words."""
    return [0, *(found.start() for found in re.finditer(r"\s+|\Z", text.rstrip()))][:_MOST_PLACES]


def _holds(known: Query, part: Query) -> bool:
    """Whether a condition is a range of days in which another lies, which then says all."""
    if not isinstance(known, Dates) or not isinstance(part, Dates):
        return False
    return known.first <= part.first and (not known.last or part.last <= known.last)


def _parts(text: str) -> tuple[Query, ...] | None:
    try:
        return tuple(map(_plain, parse(text).parts))
    except QueryError:
        return None


def _plain(part: Query) -> Query:
    """A condition, whether its value was quoted or not."""
    match part:
        case Not(inner):
            return Not(_plain(inner))
        case Field(_name, Term() as term):
            return replace(part, value=Term(term.text))
        case And():
            return And(tuple(map(_plain, part.parts)))
    return part
