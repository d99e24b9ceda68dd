"""From a query to what SQLite can look up: one expression over the index as far as it can, and conditions.

Sets of articles (what notes and stars say, what initials find) are joined to the expression as conditions. A regular
expression or a nearness can't be told by the index, which then finds too much.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.library import index
from tui.library.index import EVERYTHING, NOTHING
from tui.library.keywords import keyword_token
from tui.search.folding import searchable
from tui.search.matching import may_be_initials
from tui.search.nodes import Among, And, Dates, Field, FieldName, Near, Not, Or, Pages, Query, Regex, Term, leaves
from tui.search.pinyin import SPELT

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

_CHOICE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_OPTIONAL = re.compile(r"\{[^}]*\}")
_RUN = re.compile(r"[^\\\[\]{}?*+.^$]+(?![?*])")  # without a last character that need not be there
_ALL = f'"{EVERYTHING}"'
_NONE = f'"{NOTHING}"'


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a query, ready for SQLite: all its conditions hold.

    Attributes:
        expression: Over the index; empty where it asks nothing of it.
        conditions: SQL about `grams.rowid`, for all of which its parameters stand in `values`.
    """

    expression: str = ""
    conditions: tuple[str, ...] = ()
    values: tuple[object, ...] = ()

    def select(self, what: str) -> tuple[str, tuple[object, ...]]:
        """A statement that selects `what` of the articles for which the part holds, and its values."""
        conditions = "".join(f" AND {condition}" for condition in self.conditions)
        expression = self.expression or _ALL
        return f"SELECT {what} FROM grams WHERE grams MATCH ?{conditions}", (expression, *self.values)  # noqa: S608


class Compiler:
    """Makes parts of a query, and remembers whether they find too much.

    `upper` says which way a part that the index can't tell must err: it finds too much, or, under a `Not`, too little.

    Attributes:
        inexact: Whether what was compiled finds too much.
        words: Whether it has words to rank by.
    """

    def __init__(self, connection: sqlite3.Connection, *, initials: bool = False, headlines: bool = False) -> None:
        """Compile for a catalog; `initials` where words may be pinyin initials, `headlines` where those count more."""
        self._connection = connection
        self._initials = initials
        self._headlines = headlines
        self.inexact = False
        self.words = False

    def part(self, query: Query, *, upper: bool = True) -> Part:
        """What SQLite is to look up for a query."""
        match query:
            case And(parts):
                return self._and(parts, upper=upper)
            case Or(parts):
                return self._or([self.part(one, upper=upper) for one in parts])
            case Not(inner):
                return self._not(self.part(inner, upper=not upper))
            case Among() | Field(FieldName.KEYWORD, Term()):
                return self._chosen(query)
            case Term():
                return self._term(query, upper=upper)
            case _:
                return Part(self._expression(query, upper=upper))

    def _and(self, parts: tuple[Query, ...], *, upper: bool) -> Part:
        """All of them: what is excluded by the index alone is taken from what is asked of it."""
        wanted: list[str] = []
        excluded: list[str] = []
        conditions: list[str] = []
        values: list[object] = []
        for one in parts:
            negative = isinstance(one, Not)
            made = self.part(one.part if isinstance(one, Not) else one, upper=upper is not negative)
            if negative and made.conditions:
                made, negative = self._not(made), False
            if negative:
                excluded.append(made.expression or _ALL)
            elif made.expression:
                wanted.append(made.expression)
            conditions += made.conditions
            values += made.values
        expression = " AND ".join(f"({one})" for one in dict.fromkeys(wanted))
        if excluded:
            expression = " NOT ".join([f"({expression or _ALL})", *(f"({one})" for one in dict.fromkeys(excluded))])
        return Part(expression, tuple(conditions), tuple(values))

    def _or(self, parts: list[Part]) -> Part:
        plain = [one.expression or _ALL for one in parts if not one.conditions]
        expression = " OR ".join(f"({one})" for one in dict.fromkeys(plain))
        mixed = [one for one in parts if one.conditions]
        if not mixed:
            return Part(expression or _NONE)
        made = [_within(one) for one in ([Part(expression)] if expression else []) + mixed]
        condition = " OR ".join(condition for condition, _values in made)
        return Part(conditions=(f"({condition})",), values=tuple(value for _, values in made for value in values))

    def _not(self, part: Part) -> Part:
        if not part.conditions:
            return Part(f"{_ALL} NOT ({part.expression or _ALL})")
        condition, values = _within(part)
        return Part(conditions=(f"NOT {condition}",), values=values)

    def _chosen(self, leaf: Among | Field) -> Part:
        """Articles that are known one by one."""
        match leaf:
            case Field(_name, Term(text)):
                if not searchable(text):
                    return Part()
                found = "+rowid IN (SELECT rowid FROM keyworded WHERE keyworded MATCH ?)"
                return Part(conditions=(found,), values=(keyword_token(self._connection, text),))
            case Among(ids):
                found = "+rowid IN (SELECT value FROM json_each(?))"
                return Part(conditions=(found,), values=(json.dumps([*ids]),))
        raise TypeError(leaf)

    def _term(self, term: Term, *, upper: bool) -> Part:
        text = searchable(term.text)
        if not text:
            return Part()
        self.words = True
        literal = index.phrase(text)
        if self._headlines:
            literal += f" OR {index.phrase(text, FieldName.TITLE)}"
        if not (self._initials and upper and may_be_initials(term)):
            return Part(literal)
        self.inexact = self.inexact or len(text) > SPELT
        spelt = Part(
            conditions=("+rowid IN (SELECT id FROM initials WHERE instr(spelt, ?))",), values=(text[:SPELT].encode(),)
        )
        return self._or([Part(literal), spelt])

    def _expression(self, leaf: Query, *, upper: bool) -> str:
        match leaf:
            case Field(name, value):
                return self._field(name, value, upper=upper)
            case Dates(first, last):
                return _any(map(index.date_token, self._days(first, last)))
            case Pages(first, last):
                pages = (page for page in self._tokens(FieldName.PAGE) if page.isdecimal())
                return _any(index.page_token(page) for page in pages if first <= int(page) <= last)
            case Regex(pattern):
                self.inexact = True
                return literals(pattern) if upper else _NONE
            case Near(first, last):
                self.inexact = True
                words = [index.phrase(text) for word in (first, last) if (text := searchable(word.text))]
                return " AND ".join(words) or _ALL if upper else _NONE
            case _:
                raise TypeError(leaf)

    def _field(self, name: FieldName, value: Term | Regex, *, upper: bool) -> str:
        if isinstance(value, Regex):
            self.inexact = True
            return _ALL if upper else _NONE
        text = searchable(value.text)
        if not text:
            return _ALL
        match name:
            case FieldName.PAGE:
                return f'"{index.page_token(text)}"'
            case FieldName.IS:
                return f'"{index.mark_token(text)}"'
            case FieldName.TITLE | FieldName.KICKER | FieldName.AUTHOR | FieldName.PAPER | FieldName.COLUMN:
                return index.phrase(text, name)
            case _:
                raise ValueError(f"{name}: is not known to the catalog")

    def _days(self, first: str, last: str) -> Iterator[str]:
        """The years, months and days of the catalog that make up a range, as few as can be."""
        dates = sorted(self._tokens(FieldName.DATE))
        first, last = first or "0", last or "9999-99-99"
        taken = "-"
        for date in dates:
            # A year's or a month's last day sorts before any of its days with -99.
            whole = f"{date}-01-01"[:10], f"{date}-12-31"[:10] if len(date) == 4 else f"{date}-31"[:10]
            if not date.startswith(taken) and first <= whole[0] and whole[1] <= last:
                taken = date
                yield date

    def _tokens(self, name: FieldName) -> list[str]:
        """What the tokens of a field stand for."""
        self._connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, grams, row)")
        found = self._connection.execute(
            "SELECT term FROM temp.vocabulary WHERE term >= ? AND term < ?", index.range_of(name)
        )
        return [index.spoken(term) for (term,) in found]


def has_initials(query: Query) -> bool:
    """Whether a query has such a word."""
    return any(isinstance(leaf, Term) and may_be_initials(leaf) for leaf in leaves(query))


def literals(pattern: str) -> str:
    """The expression for the characters that each match of a regular expression holds, as far as is plain to see."""
    if "|" in pattern or "(" in pattern:
        return _ALL
    plain = _OPTIONAL.sub("*", _CHOICE.sub(".", pattern))
    kept = [text for run in _RUN.findall(plain) if (text := searchable(run)) and "\n" not in text]
    return " AND ".join(map(index.phrase, kept)) or _ALL


def _any(tokens: Iterator[str]) -> str:
    return " OR ".join(f'"{token}"' for token in tokens) or _NONE


def _within(part: Part) -> tuple[str, tuple[object, ...]]:
    """A part as one condition."""
    conditions = list(part.conditions)
    if part.expression:
        conditions.insert(0, "+rowid IN (SELECT rowid FROM grams WHERE grams MATCH ?)")
    values = (part.expression, *part.values) if part.expression else part.values
    return f"({' AND '.join(conditions) or '1'})", values
