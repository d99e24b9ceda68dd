"""Conditions put to a filter's text, and taken back: what one does to it without typing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.errors import QueryError
from tui.search import writing
from tui.search.folding import searchable
from tui.search.nodes import And, Dates, Field, FieldName, Near, Not, Query, Term, both
from tui.search.query import parse

if TYPE_CHECKING:
    from collections.abc import Iterable

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")  # no line that is typed has them


def asked(field: FieldName, value: str) -> Query | None:
    """The condition of a value, as `conditions` has it; None where there is nothing in it to ask for.

    Of a value that no line can have its longest part is asked for that one can.
    """
    text = _typeable(value)
    if not searchable(text).strip():
        return None
    if field in (FieldName.DATE, FieldName.IS):
        return next(iter(conditions(f"{field}:{text} ")), None)
    return Field(field, Term(searchable(text)))


def conditions(text: str) -> tuple[Query, ...]:
    """The parts of a filter that must all hold, values folded; none where there is a mistake in it."""
    return tuple(map(_plain, _parts(text)))


def refined(text: str, field: FieldName, value: str, *, without: bool = False) -> str:
    """A filter's text with one condition more; without it, where it was there already.

    Args:
        text: The filter's.
        field: What the value is of.
        value: The value; of `DATE` a year, a month or a day.
        without: Whether the value must not be there.

    Raises:
        QueryError: There is a mistake in the text.
    """
    part = asked(field, value)
    if part is None:
        return text
    wanted, contrary = (Not(part), part) if without else (part, Not(part))
    parts = parse(text).parts
    if any(_plain(one) == wanted for one in parts):
        return _written(one for one in parts if _plain(one) != wanted)
    kept = [one for one in parts if _plain(one) != contrary and (without or not _holds(one, part))]
    if len(kept) < len(parts):
        text = _written(kept)
    if without:
        more = parse(writing.refined("", field, _typeable(value))).parts
        return _written((*kept, Not(both(more))))
    return with_value(text, field, value)


def with_value(text: str, field: FieldName, value: str) -> str:
    """A filter's text that asks for a value, too; it stays as it is where it does so already.

    Raises:
        QueryError: There is a mistake in the text.
    """
    return writing.refined(text, field, _typeable(value))


def with_period(text: str, period: str) -> str:
    """A filter's text that asks for a period in the stead of those it had.

    Raises:
        QueryError: As `with_value`.
    """
    parts = parse(text).parts
    kept = [part for part in parts if not isinstance(part, Dates)]
    return writing.refined(text if len(kept) == len(parts) else _written(kept), FieldName.DATE, period)


def with_word(text: str, word: str) -> str:
    """A filter's text that asks for a word, too.

    Raises:
        QueryError: As `with_value`.
    """
    return writing.joined(text, both((Term(_typeable(word)),)))


def near(text: str, word: str, within: int) -> str:
    """A filter's text that asks for a word near its own, where that is a single one; else for both anywhere.

    Raises:
        QueryError: As `with_value`.
    """
    match parse(text):
        case And((Term() as own,)):
            return writing.unparse(Near(own, Term(_typeable(word)), within))
        case _:
            return with_word(text, word)


def shortened(text: str) -> str:
    """The text without its last condition, or its last word where there is a mistake in it."""
    parts = _parts(text)
    return _written(parts[:-1]) if parts else text.rpartition(" ")[0].rstrip()


def _written(parts: Iterable[Query]) -> str:
    kept = tuple(parts)
    return writing.unparse(And(kept)) if kept else ""


def _typeable(value: str) -> str:
    return max(_CONTROL.split(value), key=len).strip()


def _parts(text: str) -> tuple[Query, ...]:
    try:
        return parse(text).parts
    except QueryError:
        return ()


def _holds(known: Query, part: Query) -> bool:
    """Whether a condition is a range of days in which another lies, which then says all."""
    if not isinstance(known, Dates) or not isinstance(part, Dates):
        return False
    return known.first <= part.first and (not known.last or part.last <= known.last)


def _plain(part: Query) -> Query:
    """A condition, however its value is written."""
    match part:
        case Not(inner):
            return Not(_plain(inner))
        case Field(name, Term(text)) if name is not FieldName.IS:
            return Field(name, Term(searchable(text)))
    return part
