"""What a reader types into the filter box, as a tree.

Words stand apart by white space and must all occur; `"a phrase"` (straight, curly or corner quotes) may hold white
space; `-word` and `-"a phrase"` must not occur. Whatever is typed has a meaning, so that the list can follow every
key: an open quote runs to the end, a lone `-` or empty quotes say nothing yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

_MINUS = "-－"
_CLOSING = {'"': '"', "＂": "＂", "“": "”", "”": "”“", "「": "」", "『": "』"}


@dataclass(frozen=True, slots=True)
class Term:
    """A piece of text that must occur, as typed: not yet folded."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """What must not occur."""

    part: Query


@dataclass(frozen=True, slots=True)
class And:
    """Parts that must all hold; without any, everything matches."""

    parts: tuple[Query, ...] = ()


Query: TypeAlias = Term | Not | And


def parse(text: str) -> Query:
    """The query that `text` means; always an `And`, also of a single part or of none."""
    return And(tuple(_parts(text)))


def positive_terms(query: Query) -> Iterator[Term]:
    """The terms that a match shows: those under no `Not`, in the order they were typed."""
    match query:
        case Term():
            yield query
        case And(parts):
            for part in parts:
                yield from positive_terms(part)
        case Not():
            return


def _parts(text: str) -> Iterator[Query]:
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        excluded = text[at] in _MINUS
        at += excluded
        if at < len(text) and text[at] in _CLOSING:
            term, at = _phrase(text, at)
        else:
            term, at = _word(text, at)
        if term.text:
            yield Not(term) if excluded else term


def _phrase(text: str, at: int) -> tuple[Term, int]:
    """The phrase whose opening quote stands at `at`, and where it ends; one still being typed has no trailing space."""
    closing = _CLOSING[text[at]]
    start = at + 1
    end = next((index for index in range(start, len(text)) if text[index] in closing), None)
    if end is None:
        return Term(" ".join(text[start:].rstrip().split("\n")), quoted=True), len(text)
    return Term(" ".join(text[start:end].split("\n")), quoted=True), end + 1


def _word(text: str, at: int) -> tuple[Term, int]:
    end = next((index for index in range(at, len(text)) if text[index].isspace()), len(text))
    return Term(text[at:end]), end
