"""The fields of the query language: their names in both languages, and what their values may be."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from tui.errors import QueryError
from tui.language import N_, _
from tui.model import COLOURS
from tui.search.folding import searchable
from tui.search.nodes import LAST_PAGE, NOTHING, Dates, Field, FieldName, Pages, Query, Regex, Term

if TYPE_CHECKING:
    from collections.abc import Mapping

NEAR = "near"
NAMES: Mapping[str, FieldName | str] = {
    **{name.value: name for name in FieldName},
    "color": FieldName.COLOUR,
    NEAR: NEAR,
    "标题": FieldName.TITLE,
    "引题": FieldName.KICKER,
    "作者": FieldName.AUTHOR,
    "报纸": FieldName.PAPER,
    "日期": FieldName.DATE,
    "版": FieldName.PAGE,
    "栏目": FieldName.COLUMN,
    "标签": FieldName.TAG,
    "批注": FieldName.NOTE,
    "颜色": FieldName.COLOUR,
    "关键词": FieldName.KEYWORD,
    "是": FieldName.IS,
    "相距": NEAR,
}
"""What may stand before a colon, folded."""

MARKS: Mapping[str, str] = {
    "starred": "星标",
    "unread": "未读",
    "annotated": "有批注",
    "continued": "转版",
    "doubtful": "存疑",
}
"""The values of `is:`, and their Chinese names."""

_COLOUR_NAMES: Mapping[str, str] = dict(zip(COLOURS, "黄绿蓝红紫橙", strict=True))
_MARK_OF = {name: mark for mark, han in MARKS.items() for name in (mark, han)}
_COLOUR_OF = {name: colour for colour, han in _COLOUR_NAMES.items() for name in (colour, han, han + "色")}
_CHOICES = {
    FieldName.IS: (_MARK_OF, N_("is: takes starred, unread, annotated, continued or doubtful")),
    FieldName.COLOUR: (_COLOUR_OF, N_("colour: takes yellow, green, blue, red, purple or orange")),
}

_SEPARATORS = str.maketrans({"年": "-", "月": "-", "日": None, "/": "-"})
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?")
_PAGES = re.compile(r"([0-9]{0,4})(\.\.)?([0-9]{0,4})")
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
_SHORTEST, _LONG = 4, 7  # letters of a word that may be a field's name with one letter wrong, or with two


def nearest(word: str) -> str:
    """The field's name that a Latin word must have been meant to be; empty if it may well be a word of its own."""
    from rapidfuzz.distance import OSA

    word = searchable(word)
    if len(word) < _SHORTEST or not (word.isascii() and word.isalpha()):
        return ""
    distance, name = min((OSA.distance(word, name), name) for name in NAMES if name.isascii())
    return name if distance <= (1 if len(word) < _LONG else 2) else ""


def page_number(text: str) -> str:
    """A page's number as it is compared: folded, without leading zeros (`03` is 3, `Ａ05` a5)."""
    return _ZEROS.sub("", searchable(text)).strip()


def condition(name: FieldName, value: Term | Regex, place: tuple[int, int], *, unfinished: bool) -> Query:
    """What a field with a value asks for.

    Args:
        name: The field.
        value: As typed.
        place: Where it stands in what was typed.
        unfinished: Whether it may be the beginning of a longer one that is being typed.

    Raises:
        QueryError: The field can't have such a value.
    """
    if name in (FieldName.DATE, FieldName.PAGE, FieldName.IS, FieldName.COLOUR):
        if isinstance(value, Regex):
            raise QueryError(_("{name}: takes no regular expression").format(name=name), *place)
        typed = searchable(value.text).strip()
        try:
            if name is FieldName.DATE:
                return _dates(typed, unfinished=unfinished)
            if name is FieldName.PAGE:
                return _pages(typed, unfinished=unfinished)
            return _choice(name, typed, unfinished=unfinished)
        except ValueError as error:
            raise QueryError(str(error), *place) from None
    return Field(name, value)


def _choice(name: FieldName, typed: str, *, unfinished: bool) -> Query:
    values, mistake = _CHOICES[name]
    if typed in values:
        return Field(name, Term(values[typed]))
    if unfinished and any(value.startswith(typed) for value in values):
        return NOTHING
    raise ValueError(_(mistake))


def _dates(typed: str, *, unfinished: bool) -> Query:
    """`A`, `A..B`, `A..` or `..B`; A and B are years, months or days."""
    first, dots, last = typed.translate(_SEPARATORS).partition("..")
    if unfinished and not dots:
        first = first.removesuffix(".")
    start = _days(first, unfinished=unfinished and not dots)
    if not dots:
        return Dates(*start) if start else NOTHING
    end = _days(last, unfinished=unfinished)
    if start and end and start[0] > end[1] and unfinished and re.search("-[0-9]$", last):
        end = _days(last[:-1], unfinished=True)  # on its way from a 1 to a 12
    if start and end and start[0] > end[1]:
        raise ValueError(_("The range of days ends before it begins"))
    if not start and not end:
        if unfinished:
            return NOTHING
        raise ValueError(_("A range of days needs a first or a last one"))
    return Dates(start[0] if start else "", end[1] if end else "")


def _days(typed: str, *, unfinished: bool) -> tuple[str, str] | None:
    """The first and the last day of a year, a month or a day; None where there is nothing yet."""
    typed = typed.strip().removesuffix("-")
    if unfinished:
        typed = re.sub("-0$", "", typed)
        if re.fullmatch("[0-9]{0,3}", typed):
            return None
    if not typed:
        return None
    found = _DAY.fullmatch(typed)
    if found is None:
        raise ValueError(_("Not a date: write 2024, 2024-03 or 2024-03-09"))
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise ValueError(_("There is no such date")) from None
    months = 12 if month is None else month
    from calendar import monthrange  # a millisecond that no start needs

    days = monthrange(first.year, months)[1] if day is None else day
    return first.isoformat(), first.replace(month=months, day=days).isoformat()


def _pages(typed: str, *, unfinished: bool) -> Query:
    """`3`, `1..4`, `3..` or `..3`, or else a number that is no mere number."""
    if unfinished and typed.count(".") == 1:
        typed = typed.removesuffix(".")
    found = _PAGES.fullmatch(typed)
    if found is None or not typed:
        return Field(FieldName.PAGE, Term(page_number(typed))) if typed else NOTHING
    first, dots, last = found.groups()
    if not dots:
        return Pages(int(first), int(first)) if not last else _number(first + last)
    if not first and not last:
        if unfinished:
            return NOTHING
        raise ValueError(_("A range of pages needs a first or a last one"))
    start, end = int(first or 0), int(last or LAST_PAGE)
    if start > end and unfinished and len(last) < len(first):
        end = LAST_PAGE  # on its way from a 1 to a 12
    if start > end:
        raise ValueError(_("The range of pages ends before it begins"))
    return Pages(start, end)


def _number(digits: str) -> Query:
    return Field(FieldName.PAGE, Term(page_number(digits)))
