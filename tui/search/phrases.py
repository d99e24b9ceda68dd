"""Phrases and words, the least pieces of what is typed: the filter box and the panel's filter read them alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.search.nodes import And, Not, Query, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

MINUS = "-－"
CLOSING = {'"': '"', "“": "”", "「": "」", "『": "』", "＂": "＂", "”": "”“"}
"""For each quotation mark that may open a phrase those that close it."""


def plain(text: str) -> And:
    """The query of a text of mere words, phrases and `-`, in which nothing is a mistake.

    Words stand apart by white space and must all occur; `"a phrase"` (straight, curly or corner quotes) may hold white
    space; `-word` and `-"a phrase"` must not occur. An open quote runs to the end, a lone `-` or empty quotes say
    nothing yet.
    """
    return And(tuple(_parts(text)))


def phrase(text: str, at: int) -> tuple[Term, int]:
    """The phrase whose opening quote stands at `at`, and where it ends; one still being typed has no trailing space."""
    closing = CLOSING[text[at]]
    start = at + 1
    end = next((index for index in range(start, len(text)) if text[index] in closing), None)
    if end is None:
        return Term(" ".join(text[start:].rstrip().split("\n")), quoted=True), len(text)
    return Term(" ".join(text[start:end].split("\n")), quoted=True), end + 1


def _parts(text: str) -> Iterator[Query]:
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        excluded = text[at] in MINUS
        at += excluded
        term, at = phrase(text, at) if text[at : at + 1] in CLOSING else _word(text, at)
        if term.text:
            yield Not(term) if excluded else term


def _word(text: str, at: int) -> tuple[Term, int]:
    end = next((index for index in range(at, len(text)) if text[index].isspace()), len(text))
    return Term(text[at:end]), end
