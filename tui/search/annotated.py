"""Which annotations fit what is typed into the panel's filter.

Words stand apart by white space, and each must occur in the quote, the note or a tag; `"a phrase"` and `-not` are as in
the filter of the articles. `#tag` is looked for only where tags and their parts begin, so that `#政策` finds 政策/产业;
`note:` asks for a note, `note:word` for one with this word; `colour:red`, or the whole name of a colour in
either language (red, 红色), asks for that colour. In quotation marks they are all mere words.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tui.search.folding import searchable
from tui.search.matching import begins
from tui.search.nodes import And, Not, Query, Term
from tui.search.phrases import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.model import Annotation

_COLOURS = {"yellow": "黄", "green": "绿", "blue": "蓝", "red": "红", "purple": "紫", "orange": "橙"}
_NAMES = {name: colour for colour, han in _COLOURS.items() for name in (colour, han, han + "色")}
_WHOLE_NAMES = {name: colour for name, colour in _NAMES.items() if len(name) > 1}
_COLOUR = ("colour:", "color:", "颜色:")
_NOTE = ("note:", "批注:")


def narrowed(annotations: Iterable[Annotation], typed: str) -> tuple[Annotation, ...]:
    """Those of `annotations` that fit what was typed, in the same order; all of them while it says nothing yet."""
    query = plain(typed)
    return tuple(annotation for annotation in annotations if fits(query, annotation))


def fits(query: Query, annotation: Annotation) -> bool:
    """Whether one annotation fits."""
    match query:
        case Term():
            return _has(query, annotation)
        case Not(part):
            return says_nothing(part) or not fits(part, annotation)
        case And(parts):
            return all(fits(part, annotation) for part in parts)
        case _:
            raise TypeError(query)


def says_nothing(query: Query) -> bool:
    """Whether what was typed asks for nothing yet: a lone `#` or `colour:`."""
    match query:
        case Term():
            return not query.quoted and searchable(query.text) in ("#", *_COLOUR)
        case Not(part):
            return says_nothing(part)
        case And(parts):
            return all(says_nothing(part) for part in parts)
        case _:
            raise TypeError(query)


def _has(term: Term, annotation: Annotation) -> bool:
    word = searchable(term.text)
    if not term.quoted:
        if word.startswith("#"):
            return word == "#" or any(begins(searchable(tag), word[1:]) for tag in annotation.tags)
        if colour := next((word[len(head) :] for head in _COLOUR if word.startswith(head)), None):
            return any(name.startswith(colour) and _NAMES[name] == annotation.colour for name in _NAMES)
        if word in _COLOUR:
            return True
        if word in _WHOLE_NAMES:
            return annotation.colour == _WHOLE_NAMES[word]
        for head in _NOTE:
            if word.startswith(head):
                return bool(annotation.note) and word[len(head) :] in searchable(annotation.note)
    return word in _plain(annotation.exact, annotation.note, annotation.tags)


@lru_cache(maxsize=2048)
def _plain(exact: str, note: str, tags: tuple[str, ...]) -> str:
    """All that an annotation says, folded, its texts parted by what no word holds."""
    return searchable("\n".join((exact, note, *tags)))
