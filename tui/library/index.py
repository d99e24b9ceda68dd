"""The full-text index: which tokens stand for an article, and which expression finds a piece of text.

SQLite's own tokenizers drop marks and split words their way, and a search here is for any substring. So the index holds
the pairs of neighbouring characters of an article, in order; a text of two or more characters is a phrase of pairs. Its
single characters follow, each once, because a search for one would otherwise have to join thousands of pairs. What is
asked of a field (a headline, a paper, a day) are tokens that begin with a sign of the field: whatever a query asks is
then one expression over one index, in which SQLite finds articles in the order of their numbers.

The tokenizer `ascii` takes every byte above 127 as part of a word and splits at spaces: all there is to do is to write
ASCII characters as others, one for one.
"""

from __future__ import annotations

import re
from itertools import pairwise
from operator import add
from typing import TYPE_CHECKING

from tui.library.records import DOUBTFUL
from tui.search.fields import page_number
from tui.search.folding import searchable
from tui.search.nodes import FieldName

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui.model import Article, Imprint

RULES = 2
"""Counts up when the tokens of an article change."""

# The end of the last private area takes the ASCII characters, and signs of our own. What stands there itself, and lone
# surrogates, which UTF-8 can't write, become two characters, the first of which is used for nothing else: no two texts
# are written alike.
_AREA = 0x10F000
_ASCII = {code: chr(_AREA + code) for code in range(0x80)}
_ESCAPE = chr(_AREA + 0x80)
_LONE = chr(_AREA + 0x81)
_ASCII_RUN = re.compile("[\0-\x7f]+")
_RARE = re.compile("[\ud800-\udfff\U0010f000-\U0010ffff]")
_SIGNS = {name: chr(_AREA + 0x100 + number) for number, name in enumerate(FieldName)}

EVERYTHING = chr(_AREA + 0x200)
"""The token that every article has."""

NOTHING = chr(_AREA + 0x201)
"""The token that no article has."""


def searched_text(article: Article, reading_text: str) -> str:
    """What a search for this article looks at: its reading text, then its title, as it is and without its spaces.

    The title is the lines of a headline joined by spaces: a word that a line end cuts is found as well.
    """
    return f"{reading_text}\n{_as_printed(article.title)}" if article.title else reading_text


def _as_printed(head: str) -> str:
    """A head whose lines are joined by spaces: as it is, and without its spaces."""
    return f"{head}\n{head.replace(' ', '')}" if " " in head else head


def tokens(text: str) -> str:
    """The pairs, in order, and the single characters of a folded text, separated by spaces.

    A line feed is a character like any other here. No query has one, so no phrase reaches across it.
    """
    units = _units(text)
    return " ".join((*map(add, units, units[1:]), *dict.fromkeys(units)))


def entry(article: Article, text: str, imprint: Imprint) -> str:
    """All tokens of an article.

    Args:
        article: The article.
        text: Its searched text, folded (`searchable`).
        imprint: Its page's.
    """
    fields = {
        FieldName.TITLE: _as_printed(article.title),
        FieldName.KICKER: _as_printed(article.kicker),
        FieldName.COLUMN: _as_printed(article.column),
        FieldName.AUTHOR: "\n".join(article.authors),
        FieldName.PAPER: imprint.paper,
    }
    parts = [EVERYTHING, tokens(text)]
    for name, value in fields.items():
        if value:
            parts += _of_field(_SIGNS[name], _units(searchable(value)))
    if imprint.number:
        parts.append(page_token(imprint.number))
    if imprint.date:
        parts += (date_token(imprint.date[:length]) for length in (4, 7, 10))
    parts += (mark_token(mark) for mark in marks(article))
    return " ".join(parts)


def marks(article: Article) -> Iterator[str]:
    """What `is:` can ask of an article itself."""
    if article.continued_from or article.continued_on:
        yield "continued"
    if article.certainty < DOUBTFUL:
        yield "doubtful"


def phrase(text: str, field: FieldName | None = None) -> str:
    """The expression that finds a piece of text in an article, or in one of its fields.

    Args:
        text: Folded (`searchable`), and not empty.
        field: None for the whole text.
    """
    units = _units(text)
    sign = _SIGNS[field] if field else ""
    found = map(add, units, units[1:]) if len(units) > 1 else units
    return f'"{" ".join(sign + one for one in found)}"'


def page_token(number: str) -> str:
    """The token of a page's number, however many zeros it begins with."""
    return _whole(FieldName.PAGE, page_number(number))


def date_token(date: str) -> str:
    """The token of a year, a month or a day as ISO has them."""
    return _whole(FieldName.DATE, date)


def mark_token(mark: str) -> str:
    """The token of a value of `is:`."""
    return _whole(FieldName.IS, mark)


def range_of(name: FieldName) -> tuple[str, str]:
    """Between which two texts the tokens of a field lie."""
    sign = _SIGNS[name]
    return sign, chr(ord(sign) + 1)


def spoken(token: str) -> str:
    """What `page_token` or `date_token` was given, as far as it was ASCII."""
    return "".join(chr(ord(sign) - _AREA) for sign in token[1:] if _AREA <= ord(sign) < _AREA + 0x80)


def _whole(name: FieldName, value: str) -> str:
    return _SIGNS[name] + "".join(_units(value))


def _of_field(sign: str, units: Sequence[str]) -> Iterable[str]:
    return (*(sign + a + b for a, b in pairwise(units)), *(sign + one for one in dict.fromkeys(units)))


def _units(text: str) -> Sequence[str]:
    """The characters of `text` as the index writes them: none of them ASCII, none the beginning of another."""
    if _RARE.search(text):
        return [_rare(character) for character in text]
    return _ASCII_RUN.sub(_foreign, text)  # twice as fast as `translate` where most is Chinese


def _foreign(run: re.Match[str]) -> str:
    return run[0].translate(_ASCII)


def _rare(character: str) -> str:
    code = ord(character)
    if code < 0x80:
        return _ASCII[code]
    if 0xD800 <= code < 0xE000:
        return _LONE + chr(code - 0xD800 + 0x100)
    return _ESCAPE + character if code >= _AREA else character
