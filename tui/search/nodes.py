"""A query as a tree: what can be asked of an article. `tui.search.matching` says what each node means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LAST_PAGE = 9999
"""The last page of a range that is open above."""


class FieldName(StrEnum):
    """What is known of an article beside its text. `DATE` is a field one types; in a tree it is `Dates`."""

    TITLE = "title"
    KICKER = "kicker"
    AUTHOR = "author"
    PAPER = "paper"
    DATE = "date"
    PAGE = "page"
    COLUMN = "column"
    TAG = "tag"
    NOTE = "note"
    COLOUR = "colour"
    KEYWORD = "keyword"
    IS = "is"


@dataclass(frozen=True, slots=True)
class Term:
    """A piece of text that must occur, as typed: not yet folded."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Regex:
    """A regular expression that must be found, as typed between its slashes: not yet folded."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Near:
    """Two pieces of text in any order with at most `within` characters between them."""

    first: Term
    second: Term
    within: int


@dataclass(frozen=True, slots=True)
class Field:
    """What one field must say.

    Attributes:
        value: Of `IS` a value of `tui.search.fields.MARKS`, of `COLOUR` one of `tui.model.COLOURS`; of `PAGE` a page
            number that is no mere number (A3); of the others a piece of text or a regular expression.
    """

    name: FieldName
    value: Term | Regex


@dataclass(frozen=True, slots=True)
class Dates:
    """The day of the article lies in a range.

    Attributes:
        first: The first day, `YYYY-MM-DD`, or empty: open.
        last: The last day, inclusive, or empty: open.
    """

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Pages:
    """The number of the page lies in a range; both ends belong to it."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Among:
    """The article is one of these of the catalog. Nobody types it: what notes, tags and stars say comes down to it."""

    ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    part: Query


@dataclass(frozen=True, slots=True)
class And:
    """Parts that must all hold; without any, everything matches."""

    parts: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """Parts of which one must hold; without any, nothing matches."""

    parts: tuple[Query, ...] = ()


Leaf: TypeAlias = Term | Regex | Near | Field | Dates | Pages | Among
Query: TypeAlias = Leaf | Not | And | Or

_MADE = frozenset((FieldName.TAG, FieldName.NOTE, FieldName.COLOUR, FieldName.IS))

NOTHING = And()
"""What says nothing yet."""


def both(parts: Iterable[Query]) -> Query:
    """All of `parts` as one: what stands in an `And` of theirs is taken out of it, a single one stays itself."""
    flat = tuple(one for part in parts for one in (part.parts if isinstance(part, And) else (part,)))
    return flat[0] if len(flat) == 1 else And(flat)


def either(parts: Iterable[Query]) -> Query:
    """One of `parts`, likewise; a part that says nothing yet is none."""
    said = [part for part in parts if part != NOTHING]
    flat = tuple(one for part in said for one in (part.parts if isinstance(part, Or) else (part,)))
    return NOTHING if not flat else flat[0] if len(flat) == 1 else Or(flat)


def negated(part: Query) -> Query:
    """The contrary of what says something."""
    return NOTHING if part == NOTHING else Not(part)


def leaves(query: Query) -> Iterator[Leaf]:
    """What a match shows: the leaves under no `Not`, in the order they were typed."""
    match query:
        case Not():
            return
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)
        case _:
            yield query


def asks_of_made(query: Query) -> bool:
    """Whether a query asks, anywhere in it, for what the user made of articles: tags, notes, colours, stars."""
    match query:
        case And(parts) | Or(parts):
            return any(map(asks_of_made, parts))
        case Not(part):
            return asks_of_made(part)
        case Field(name):
            return name in _MADE
    return False


def positive_terms(query: Query) -> Iterator[Term]:
    """The terms among `leaves`, also the two of a `Near`."""
    for leaf in leaves(query):
        match leaf:
            case Term():
                yield leaf
            case Near(first, second):
                yield from (first, second)
