"""A query back as text, and one more condition for a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.errors import QueryError
from tui.search.folding import searchable
from tui.search.nodes import (
    LAST_PAGE,
    And,
    Dates,
    Field,
    FieldName,
    Near,
    Not,
    Or,
    Pages,
    Query,
    Regex,
    Term,
    both,
)
from tui.search.phrases import CLOSING
from tui.search.query import parse

if TYPE_CHECKING:
    from collections.abc import Callable

_SELDOM = "“"  # stands for a quotation mark in a phrase that has all kinds: folded they are one


def unparse(query: Query) -> str:
    """A text that means `query`: for all that `parse` returns, `parse(unparse(query)) == query`.

    A word that would mean something else where it stands is put into quotation marks.

    Raises:
        ValueError: It has a part that nobody can type: an `Among`, an empty `Or`.
    """
    match query:
        case And((part,)):
            return unparse(part)
        case And(parts):
            return " ".join(map(_part, parts))
        case Or(parts) if parts:
            return " OR ".join(_part(part) if isinstance(part, Or) else unparse(part) for part in parts)
        case Not(part):
            return f"-{_excluded(part)}"
        case _:
            return _leaf(query)


def refined(text: str, field: FieldName, value: str) -> str:
    """What was typed, with the condition that a field has a value; `text` itself if that is there already.

    Args:
        text: What was typed.
        field: The field.
        value: A name, a tag, a word; of `DATE`, `PAGE`, `COLOUR` and `IS` what one types there.

    Raises:
        QueryError: There is a mistake in `text`, or the field can't have this value.
    """
    return joined(text, _condition(field, value)) if searchable(value).strip() else text


def joined(text: str, condition: Query) -> str:
    """What was typed, with one more condition; `text` itself if that is there already.

    Raises:
        QueryError: There is a mistake in `text`.
    """
    query = parse(text)
    if any(_alike(part, condition) for part in query.parts):
        return text
    wanted = both((query, condition))
    longer = f"{text.rstrip()} {unparse(condition)}".lstrip()
    try:
        if both((parse(longer),)) == wanted:
            return longer
    except QueryError:
        pass
    return unparse(wanted)


def _part(query: Query) -> str:
    """A part of a sequence: what binds weaker in parentheses."""
    return f"({unparse(query)})" if isinstance(query, And | Or) else unparse(query)


def _excluded(query: Query) -> str:
    """What stands behind a minus sign."""
    match query:
        case Not():
            return f"({unparse(query)})"
        case Term():
            return _term(query, "-", lambda term: And((Not(term),)))
        case _:
            return _part(query)


def _leaf(query: Query) -> str:
    match query:
        case Term():
            return _term(query, "", lambda term: And((term,)))
        case Regex(pattern):
            return f"/{pattern}/"
        case Field(name, value):
            return f"{name}:{_value(name, value)}"
        case Near(first, second, within):
            return f"near:{within}({_near_term(first)} {_near_term(second)})"
        case Dates(first, last):
            return f"date:{_days(first, last)}"
        case Pages(first, last):
            return f"page:{_pages(first, last)}"
    raise ValueError(query)


def _value(name: FieldName, value: Term | Regex) -> str:
    return (
        unparse(value) if isinstance(value, Regex) else _term(value, f"{name}:", lambda term: And((Field(name, term),)))
    )


def _near_term(term: Term) -> str:
    return _term(term, "near:0(x ", lambda typed: And((Near(Term("x"), typed, 0),)))


def _term(term: Term, before: str, meant: Callable[[Term], Query]) -> str:
    """A term as it is typed behind `before`, where it has to mean what `meant` says of it."""
    if not term.quoted:
        try:
            if parse(f"{before}{term.text} ") == meant(term):
                return term.text
        except QueryError:
            pass
    text = " ".join(term.text.split("\n"))
    for opening, closing in CLOSING.items():
        if not any(mark in text for mark in closing):
            return f"{opening}{text}{closing[0]}"
    return f'"{text.replace(chr(34), _SELDOM)}"'


def _days(first: str, last: str) -> str:
    """The shortest of years, months and days that says it."""
    for length in (4, 7, 10):
        start, end = first[:length], last[:length]
        if (not first or _ends(start)[0] == first) and (not last or _ends(end)[1] == last):
            return start if start == end else f"{start}..{end}"
    return f"{first}..{last}"


def _pages(first: int, last: int) -> str:
    if last == LAST_PAGE:
        return f"{first}.."
    return f"{first}" if first == last else f"{first or ''}..{last}"


def _ends(typed: str) -> tuple[str, str]:
    """The first and the last day of a year, a month or a day."""
    query = parse(f"date:{typed} ").parts[0]
    return (query.first, query.last) if isinstance(query, Dates) else ("", "")


def _condition(field: FieldName, value: str) -> Query:
    chosen = field in (FieldName.DATE, FieldName.PAGE, FieldName.COLOUR, FieldName.IS)
    typed = value.strip() if chosen else _value(field, Term(value.strip()))
    return both((parse(f"{field}:{typed} "),))


def _alike(one: Query, other: Query) -> bool:
    """Whether two conditions are the same, however their values are written."""
    match one, other:
        case (Field(name, Term(text)), Field(same, Term(value))):
            return name == same and searchable(text) == searchable(value)
    return one == other
