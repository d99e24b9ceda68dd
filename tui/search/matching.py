"""Whether and where an article matches a query: what each node means, on folded text without its invisible characters.

This is the definition of a search; the catalog finds the same articles without reading them. Of each text, query and
article alike, `searchable` is looked at: traditional and simplified, full and half width, capitals and small letters
are one. No term, expression or `Near` reaches across a line feed.

- A `Term` stands in the article's text, anywhere, also within a word. What folds to nothing stands everywhere.
- A `Regex` is found in a line of the text (`tui.search.patterns`).
- `Near`: two different places in one line of the text, one of each term, in any order, with at most `within` code
  points between them; between overlapping places there are none. What folds to nothing has no place.
- A `Field`: its term stands in the folded value, its expression is found there; of authors, keywords, notes in one of
  them. A title, kicker or column is looked at as it is and without its spaces, which its lines are joined by.
  A term of `TAG` is a tag or its beginning, or that of one of its nested parts: 政策 and 产 both find 政策/产业.
  `PAGE` is the whole number of the page without leading zeros; `COLOUR` and `IS` are one of the colours and marks.
- `Dates`: the article has a date, and its ISO day lies in the range.
- `Pages`: the number of its page is a number, and lies in the range.
- `Among`: its id is one of them.

With `initials` an unquoted `Term` of three or more Latin letters may also stand for the pinyin initials of characters
that follow each other in the text (`tui.search.pinyin`), but not beneath a `Not`: so there are never fewer matches.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import contains, eq
from typing import TYPE_CHECKING

from tui.errors import QueryError
from tui.search import patterns
from tui.search.fields import page_number
from tui.search.folding import is_invisible, searchable
from tui.search.nodes import Among, And, Dates, Field, FieldName, Near, Not, Or, Pages, Query, Regex, Term, leaves

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

Range = tuple[int, int]

_FEWEST_INITIALS = 3
_WHILE_SHOWN = 0.02  # seconds for an expression whose places are to be drawn
_slow: set[str] = set()  # expressions that took longer, and are not asked for again at each drawn line


@dataclass(frozen=True, slots=True)
class Searched:
    """All that can be asked of an article.

    Attributes:
        text: Its reading text and, each on a line of its own, its title as it is and, if it has spaces, without them.
        date: ISO 8601, or empty.
        number: The page's number, as printed.
        marks: The values of `tui.search.fields.MARKS` that hold for it.
        id: Its number in the catalog.
    """

    text: str = ""
    title: str = ""
    kicker: str = ""
    column: str = ""
    authors: tuple[str, ...] = ()
    paper: str = ""
    date: str = ""
    number: str = ""
    keywords: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    colours: Collection[str] = ()
    marks: Collection[str] = ()
    id: int | None = None


def matches(query: Query, article: Searched | str, *, initials: bool = False) -> bool:
    """Whether an article matches, or one of which only the text is known.

    Raises:
        QueryError: A regular expression takes too long.
    """
    searched = Searched(article) if isinstance(article, str) else article
    return _holds(query, searched, searchable(searched.text), initials=initials)


def hits(query: Query, text: str, *, initials: bool = False, fields: Collection[FieldName] = ()) -> tuple[Range, ...]:
    """Where the query's positive leaves stand in `text`, whether or not all of it matches.

    Half-open ranges of code points, ascending; overlapping ones are merged. A hit takes in the invisible characters
    between its first and last. Of a `Near` both places are shown, wherever it holds; an expression that takes long is
    shown nowhere.

    Args:
        query: What to look for.
        text: The text of an article, or another that shows it.
        initials: Whether a word of letters that does not stand in the text is shown where it is pinyin initials.
        fields: Those whose value `text` is: what is asked of them is shown as well.
    """
    plain = searchable(text)
    found = sorted(set(chain.from_iterable(_places(leaf, plain, fields, initials=initials) for leaf in leaves(query))))
    if found and len(plain) < len(text):
        shown = [index for index, character in enumerate(text) if not is_invisible(character)]
        found = [(shown[start], shown[end - 1] + 1) for start, end in found]
    return tuple(merged(found))


def may_be_initials(term: Term) -> bool:
    """Whether a word may stand for pinyin initials: three Latin letters or more, without quotation marks."""
    typed = _needle(term.text)
    return not term.quoted and len(typed) >= _FEWEST_INITIALS and typed.isascii() and typed.isalpha()


def begins(tag: str, wanted: str) -> bool:
    """Whether a folded tag, or the rest of it from one of its parts on, begins with `wanted`."""
    return tag.startswith(wanted) or f"/{wanted}" in tag


def _as_printed(head: str) -> tuple[str, ...]:
    return (head, head.replace(" ", "")) if " " in head else (head,)


_VALUES: Mapping[FieldName, Callable[[Searched], Iterable[str]]] = {
    FieldName.TITLE: lambda article: _as_printed(article.title),
    FieldName.KICKER: lambda article: _as_printed(article.kicker),
    FieldName.AUTHOR: lambda article: article.authors,
    FieldName.PAPER: lambda article: (article.paper,),
    FieldName.DATE: lambda article: (article.date,),
    FieldName.PAGE: lambda article: (page_number(article.number),),
    FieldName.COLUMN: lambda article: _as_printed(article.column),
    FieldName.TAG: lambda article: article.tags,
    FieldName.NOTE: lambda article: article.notes,
    FieldName.COLOUR: lambda article: article.colours,
    FieldName.KEYWORD: lambda article: article.keywords,
    FieldName.IS: lambda article: article.marks,
}
_FITS: Mapping[FieldName, Callable[[str, str], bool]] = {
    FieldName.PAGE: lambda said, wanted: said == page_number(wanted),
    FieldName.TAG: begins,
    FieldName.COLOUR: eq,
    FieldName.KEYWORD: eq,
    FieldName.IS: eq,
}


def _holds(query: Query, article: Searched, plain: str, *, initials: bool) -> bool:
    match query:
        case And(parts):
            return all(_holds(part, article, plain, initials=initials) for part in parts)
        case Or(parts):
            return any(_holds(part, article, plain, initials=initials) for part in parts)
        case Not(part):
            return not _holds(part, article, plain, initials=False)
        case Term() | Regex() | Near():
            return _stands(query, plain, initials=initials)
        case _:
            return _is_known(query, article)


def _stands(leaf: Term | Regex | Near, plain: str, *, initials: bool) -> bool:
    match leaf:
        case Term(text):
            return _needle(text) in plain or (initials and any(_initials(leaf, plain)))
        case Regex(pattern):
            return patterns.found(pattern, plain)
        case Near():
            return any(_near(leaf, plain))


def _is_known(leaf: Field | Dates | Pages | Among, article: Searched) -> bool:
    match leaf:
        case Field(name, value):
            return _says(name, value, article)
        case Dates(first, last):
            return bool(article.date) and (first or article.date) <= article.date <= (last or article.date)
        case Pages(first, last):
            number = page_number(article.number)
            return number.isascii() and number.isdecimal() and first <= int(number) <= last
        case Among(ids):
            return article.id in ids


def _says(name: FieldName, value: Term | Regex, article: Searched) -> bool:
    values = map(searchable, _VALUES[name](article))
    if isinstance(value, Regex):
        return any(patterns.found(value.pattern, said) for said in values)
    wanted = _needle(value.text)
    fits = _FITS.get(name, contains)
    return not wanted or any(fits(said, wanted) for said in values)


def _places(leaf: Query, plain: str, fields: Collection[FieldName], *, initials: bool) -> Iterable[Range]:
    match leaf:
        case Term():
            literal = tuple(_standing(_needle(leaf.text), plain))
            return _initials(leaf, plain) if initials and not literal else literal
        case Regex(pattern):
            return _expression(pattern, plain)
        case Near():
            return _near(leaf, plain)
        case Field(name, value) if name in fields:
            return _places(value, plain, (), initials=False)
    return ()


def _standing(needle: str, plain: str) -> Iterator[Range]:
    if needle:
        at = plain.find(needle)
        while at >= 0:
            yield at, at + len(needle)
            at = plain.find(needle, at + 1)


def _expression(pattern: str, plain: str) -> Iterable[Range]:
    if pattern in _slow:
        return ()
    try:
        return patterns.places(pattern, plain, _WHILE_SHOWN)
    except QueryError:
        _slow.add(pattern)
        return ()


def _initials(term: Term, plain: str) -> Iterator[Range]:
    """Where the letters of a term are initials; again and again from each place on, as terms overlap as well."""
    letters = _letters(term)
    if letters is not None:
        from tui.search.pinyin import coded

        signs = coded(plain)
        found = letters.search(signs)
        while found:
            yield found.span()
            found = letters.search(signs, found.start() + 1)


def _letters(term: Term) -> re.Pattern[str] | None:
    if not may_be_initials(term):
        return None
    from tui.search.pinyin import pattern

    return pattern(_needle(term.text))


def _near(near: Near, plain: str) -> Iterator[Range]:
    """The places of both terms that have one of the other's near enough."""
    one, other = _needle(near.first.text), _needle(near.second.text)
    start = 0
    for line in plain.split("\n"):
        first = [at for at, _ in _standing(one, line)]
        second = first if one == other else [at for at, _ in _standing(other, line)]
        if first and second:
            for places, length, others, other_length in (
                (first, len(one), second, len(other)),
                (second, len(other), first, len(one)),
            ):
                for at in places:
                    low = bisect_left(others, at - near.within - other_length)
                    high = bisect_right(others, at + length + near.within)
                    if high - low > (one == other):  # a word is not beside itself
                        yield start + at, start + at + length
        start += len(line) + 1


@lru_cache(maxsize=256)
def _needle(text: str) -> str:
    return searchable(text)


def merged(ranges: list[Range]) -> Iterator[Range]:
    """Ascending ranges, those that share a character made one."""
    if not ranges:
        return
    start, end = ranges[0]
    for first, last in ranges[1:]:
        if first < end:
            end = max(end, last)
        else:
            yield start, end
            start, end = first, last
    yield start, end
