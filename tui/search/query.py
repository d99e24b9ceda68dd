r"""What a reader types into the filter box, as a tree.

Just words is what most people type, and nothing that looks like a word is anything else:

    query        = alternatives ;
    alternatives = sequence , { or , sequence } ;                 one of them holds
    sequence     = { item } ;                                     all of them hold
    item         = [ "-" ] , unit ;                               with a "-" it must not hold
    unit         = group | near | field | value ;
    group        = "(" , alternatives , ")" ;
    near         = "near" , ":" , number , "(" , term , term , ")" ;
    field        = name , ":" , ( group | value ) ;               in a group each value is the field's
    value        = phrase | regex | word ;
    term         = phrase | word ;
    phrase       = '"' , text , '"' ;                             any quotation marks: “…” 「…」 『…』
    regex        = "/" , pattern , "/" ;                          in which "\/" is a slash
    word         = text without white space ;
    or           = "OR" | "|" ;                                   with white space or a parenthesis on either side
    name         = a name of tui.search.fields.NAMES ;

Parentheses, colons, bars and minus signs may be of full width. A parenthesis within a word belongs to it if its other
half does: 国务院（2024） is a word. What stands before a colon and is no field's name is part of a word: 12:30.

The list follows every key, so what is only unfinished is no mistake: a quote, slash or parenthesis still open runs to
the end; a lone `-`, an `OR` without its other side, a field without a value, empty quotes say nothing yet.
"""

from __future__ import annotations

import re

from tui.errors import QueryError
from tui.language import _
from tui.search import fields, patterns
from tui.search.folding import searchable
from tui.search.nodes import (
    LAST_PAGE,
    NOTHING,
    Among,
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
    asks_of_made,
    both,
    either,
    leaves,
    negated,
    positive_terms,
)
from tui.search.phrases import CLOSING, MINUS, phrase

__all__ = [
    "LAST_PAGE",
    "Among",
    "And",
    "Dates",
    "Field",
    "FieldName",
    "Near",
    "Not",
    "Or",
    "Pages",
    "Query",
    "QueryError",
    "Regex",
    "Term",
    "asks_of_made",
    "leaves",
    "parse",
    "positive_terms",
]

DEEPEST = 50
"""Groups within groups."""

_OPEN, _CLOSE = "(（", ")）"
_OR = re.compile(r"(?:OR|[|｜])(?=[\s()（）]|\Z)")
_NAME = re.compile(r"([^\W\d_]{1,12})[:：]")
_PATTERN = re.compile(r"/((?:[^\\/]|\\.)*+)(/?)", re.DOTALL)
_NUMBER = re.compile(r"[0-9０-９]{1,4}")


def parse(text: str) -> And:
    """The query that `text` means; always an `And`, also of a single part or of none.

    Raises:
        QueryError: There is a mistake in it.
    """
    parser = _Parser(text)
    found = parser.alternatives(None, 0)
    if parser.at < len(text):
        raise QueryError(_("This parenthesis closes nothing"), parser.at, parser.at + 1)
    return found if isinstance(found, And) else And((found,))


class _Parser:
    """A place in the text that moves on; each method reads what the grammar calls by its name.

    `field` is the one whose values are being read, `depth` the number of groups around the place.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self._within = _pairs(text)

    def alternatives(self, field: FieldName | None, depth: int) -> Query:
        found = [self.sequence(field, depth)]
        while bar := _OR.match(self.text, self.at):
            self.at = bar.end()
            found.append(self.sequence(field, depth))
        return either(found)

    def sequence(self, field: FieldName | None, depth: int) -> Query:
        found = []
        while self._goes_on() and not _OR.match(self.text, self.at):
            found.append(self.item(field, depth))
        return both(found)

    def item(self, field: FieldName | None, depth: int) -> Query:
        if self._next() not in MINUS:
            return self.unit(field, depth)
        self.at += 1
        return negated(self.unit(field, depth))

    def unit(self, field: FieldName | None, depth: int) -> Query:
        if self._stands_at(_OPEN):
            return self.group(field, depth)
        start = self.at
        name = self.name(field)
        if name is None:
            return self.value(field)
        return self.field(name, depth) if isinstance(name, FieldName) else self.near(start)

    def name(self, within: FieldName | None) -> FieldName | str | None:
        """A name and its colon, if they stand here."""
        found = _NAME.match(self.text, self.at)
        if found is None:
            return None
        name = fields.NAMES.get(searchable(found[1]))
        if name is None and (meant := fields.nearest(found[1])):
            message = _("There is no field “{typed}”: did you mean “{name}”?").format(typed=found[1], name=meant)
            raise QueryError(message, self.at, found.end())
        if name is not None and within is not None:
            raise QueryError(_("A field can't stand within a field"), self.at, found.end())
        if name is not None:
            self.at = found.end()
        return name

    def group(self, field: FieldName | None, depth: int) -> Query:
        if depth == DEEPEST:
            raise QueryError(_("Too many parentheses within each other"), self.at, self.at + 1)
        self.at += 1
        found = self.alternatives(field, depth + 1)
        self.at = min(self.at + 1, len(self.text))
        return found

    def field(self, name: FieldName, depth: int) -> Query:
        return self.group(name, depth) if self._stands_at(_OPEN) else self.value(name)

    def near(self, start: int) -> Query:
        digits = _NUMBER.match(self.text, self.at)
        self.at = digits.end() if digits else self.at
        if not self._goes_on() and not self._next():
            return NOTHING
        opened = digits is not None and self._stands_at(_OPEN)
        self.at += opened
        terms: list[Term] = []
        while opened and self._goes_on() and not self._stands_at(MINUS + _OPEN):
            terms.append(self.term())
        terms = [term for term in terms if term.text]
        closed = self._stands_at(_CLOSE)
        self.at += closed
        if digits and len(terms) == 2 and (closed or not self._next()):
            return Near(terms[0], terms[1], int(digits[0]))
        if opened and len(terms) < 2 and not self._next() and not closed:
            return both(Term(term.text, quoted=True) for term in terms)  # what is there of it so far
        raise QueryError(_("near: takes a number and two words: near:10(甲 乙)"), start, self.at)

    def value(self, field: FieldName | None) -> Query:
        start = self.at
        found = self.regex() if self._stands_at("/") else self.term()
        if found is None or (isinstance(found, Term) and not found.text):
            return NOTHING
        if field is None:
            return found
        return fields.condition(field, found, (start, self.at), unfinished=self.at == len(self.text))

    def regex(self) -> Regex | None:
        start = self.at
        found = _PATTERN.match(self.text, start)
        pattern, closed = found.groups() if found else ("", "")
        self.at = found.end() if found and closed else len(self.text)
        try:
            patterns.compiled(pattern)
        except QueryError as error:
            if closed or len(pattern) > patterns.LONGEST:
                raise QueryError(str(error), start, self.at) from None
            return None
        return Regex(pattern) if pattern else None

    def term(self) -> Term:
        if self._stands_at("".join(CLOSING)):
            found, self.at = phrase(self.text, self.at)
            return found
        start = self.at
        while (here := self._next()) and not here.isspace() and here not in _CLOSE:
            if here in _OPEN and self.at not in self._within:
                break
            self.at = self._within.get(self.at, self.at) + 1
        return Term(self.text[start : self.at])

    def _goes_on(self) -> bool:
        """Whether there is more before the end or a closing parenthesis; moves on to it."""
        while self._next().isspace():
            self.at += 1
        return self.at < len(self.text) and not self._stands_at(_CLOSE)

    def _next(self) -> str:
        return self.text[self.at : self.at + 1]

    def _stands_at(self, characters: str) -> bool:
        return self.at < len(self.text) and self.text[self.at] in characters


def _pairs(text: str) -> dict[int, int]:
    """For each parenthesis that opens and closes between white space, where it closes."""
    open_ones: list[int] = []
    closed = {}
    for at, character in enumerate(text):
        if character.isspace():
            open_ones.clear()
        elif character in _OPEN:
            open_ones.append(at)
        elif character in _CLOSE and open_ones:
            closed[open_ones.pop()] = at
    return closed
