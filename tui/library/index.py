"""The full-text index: which tokens stand for a text, and which expression finds a query.

SQLite's own tokenizers drop marks and split words their way, and a search here is for any substring. So the index
holds the pairs of neighbouring characters of an article, in order; a text of two or more characters is a phrase of
pairs. Its single characters are in a second, much smaller table, because a search for one would otherwise have to join
thousands of pairs. The tokenizer `ascii` takes every byte above 127 as part of a word and splits at spaces: all there
is to do is to write ASCII characters as others, one for one.
"""

from __future__ import annotations

import re
from operator import add
from typing import TYPE_CHECKING

from tui.reading import reading_text
from tui.search.folding import searchable
from tui.search.query import And, Not, Query, Term

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from tui.model import Article

RULES = 1
"""Counts up when the tokens of a text change."""

# The end of the last private area takes the ASCII characters. What stands there itself, and lone surrogates, which
# UTF-8 can't write, become two characters, the first of which is used for nothing else: no two texts are written alike.
_AREA = 0x10F000
_ASCII = {code: chr(_AREA + code) for code in range(0x80)}
_ESCAPE = chr(_AREA + 0x80)
_LONE = chr(_AREA + 0x81)
_RARE = re.compile("[\ud800-\udfff\U0010f000-\U0010ffff]")


def searched_text(article: Article, page_text: str) -> str:
    """What a search for this article looks at: its reading text, then its title, as it is and without its spaces.

    The title is the lines of a headline joined by spaces: a word that a line end cuts is found as well.
    """
    parts = [reading_text(article, page_text).text]
    if article.title:
        parts.append(article.title)
    if " " in article.title:
        parts.append(article.title.replace(" ", ""))
    return "\n".join(parts)


def tokens(text: str) -> tuple[str, str]:
    """The pairs and the single characters of `text`, separated by spaces, for the two tables.

    A line feed is a character like any other here. No query has one, so no phrase reaches across it.
    """
    units = _units(searchable(text))
    return " ".join(map(add, units, units[1:])), " ".join(set(units))


def add_article(connection: sqlite3.Connection, number: int, text: str) -> None:
    """Enter the article `number`, whose searched text is `text`."""
    pairs, singles = tokens(text)
    connection.execute("INSERT INTO pairs (rowid, text) VALUES (?, ?)", (number, pairs))
    connection.execute("INSERT INTO singles (rowid, text) VALUES (?, ?)", (number, singles))


def remove_article(connection: sqlite3.Connection, number: int, text: str) -> None:
    """Take out the article `number`; `text` must be what was entered, since the index does not keep it."""
    pairs, singles = tokens(text)
    connection.execute("INSERT INTO pairs (pairs, rowid, text) VALUES ('delete', ?, ?)", (number, pairs))
    connection.execute("INSERT INTO singles (singles, rowid, text) VALUES ('delete', ?, ?)", (number, singles))


def find(connection: sqlite3.Connection, query: Query, everything: Iterable[int]) -> set[int]:
    """The numbers of the articles that match.

    Args:
        connection: To the catalog.
        query: What to look for.
        everything: The numbers of all articles, for queries that only exclude.
    """
    match query:
        case Term(text):
            return _find_all(connection, [searchable(text)]) if searchable(text) else set(everything)
        case Not(part):
            return set(everything) - find(connection, part, everything)
        case And(parts):
            return _find_and(connection, parts, everything)
        case _:
            raise NotImplementedError(query)


def _find_and(connection: sqlite3.Connection, parts: Sequence[Query], everything: Iterable[int]) -> set[int]:
    needles = [needle for part in parts if isinstance(part, Term) and (needle := searchable(part.text))]
    found = _find_all(connection, needles) if needles else None
    for part in parts:
        if found is not None and not found:
            break
        if isinstance(part, Not):
            found = (set(everything) if found is None else found) - find(connection, part.part, everything)
        elif not isinstance(part, Term):
            more = find(connection, part, everything)
            found = more if found is None else found & more
    return set(everything) if found is None else found


def _find_all(connection: sqlite3.Connection, needles: Iterable[str]) -> set[int]:
    """The articles in which all of the needles, folded and not empty, occur."""
    pairs, singles = [], []
    for needle in dict.fromkeys(needles):
        units = _units(needle)
        if len(units) == 1:
            singles.append(f'"{units[0]}"')
        else:
            pairs.append(f'"{" ".join(map(add, units, units[1:]))}"')
    found = []
    if pairs:
        found.append(connection.execute("SELECT rowid FROM pairs WHERE pairs MATCH ?", (" AND ".join(pairs),)))
    if singles:
        found.append(connection.execute("SELECT rowid FROM singles WHERE singles MATCH ?", (" AND ".join(singles),)))
    return set.intersection(*({number for (number,) in rows} for rows in found))


def _units(text: str) -> Sequence[str]:
    """The characters of `text` as the index writes them: none of them ASCII, none the beginning of another."""
    if _RARE.search(text):
        return [_rare(character) for character in text]
    return text.translate(_ASCII)


def _rare(character: str) -> str:
    code = ord(character)
    if code < 0x80:
        return _ASCII[code]
    if 0xD800 <= code < 0xE000:
        return _LONE + chr(code - 0xD800 + 0x100)
    return _ESCAPE + character if code >= _AREA else character
