"""The lines of the facet sheet: which values it shows, in which groups, and what is said of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tui.language import N_, _
from tui.library.facets import Counted, Facets, Group, periods
from tui.search.folding import fold
from tui.search.pinyin import coded, pattern
from tui.search.query import Field, FieldName, Not, Query, Term
from tui.search.refining import asked

FIRST = 10  # values of a group that stand there before more are asked for
_MOST = 200  # and those that stand there then
HEADINGS = {
    Group.KEYWORD: N_("Keywords"),
    Group.PAPER: N_("Papers"),
    Group.DATE: N_("Dates"),
    Group.AUTHOR: N_("Authors"),
    Group.COLUMN: N_("Columns"),
    Group.TAG: N_("Tags"),
    Group.MARK: N_("Marks"),
}
_MARKS = {
    "starred": N_("starred"),
    "unread": N_("unread"),
    "annotated": N_("annotated"),
    "continued": N_("continued on another page"),
    "doubtful": N_("with borders in doubt"),
}
_YEAR, _MONTH, _DAY = 4, 7, 10  # characters of a date


class Sign(StrEnum):
    """What stands before a value."""

    NONE = ""
    CHOSEN = "✓"
    EXCLUDED = "−"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sheet; its texts may be unsafe to show.

    Attributes:
        group: What it is of.
        value: The value; empty for a heading and for what opens more.
        text: What it says.
        count: How many articles have it; None where nothing is counted.
        sign: Whether the filter asks for it, or against it.
        depth: How deep it is nested.
        opens: What is opened by it: a year, a month, or a group's rest; empty where nothing is.
    """

    group: Group
    value: str
    text: str
    count: int | None = None
    sign: Sign = Sign.NONE
    depth: int = 0
    opens: str = ""

    @property
    def heading(self) -> bool:
        """Whether it is a heading."""
        return not self.value and not self.opens


class Board:
    """The values that there are, made ready to be narrowed: of 20,000 authors every key asks anew.

    Args:
        facets: What there is.
    """

    def __init__(self, facets: Facets) -> None:
        self.facets = facets
        self._shown = {
            group: [text_of(group, value) for value, _count in counted] for group, counted in facets.groups.items()
        }
        self._counts = {group: dict(counted) for group, counted in facets.groups.items()}
        # Both keep every character's place, so that many values are looked up at once
        joined = {group: "\n".join(text.replace("\n", " ") for text in texts) for group, texts in self._shown.items()}
        self._folded = {group: fold(text).split("\n") for group, text in joined.items()}
        self._letters = {group: coded(text).split("\n") for group, text in joined.items()}

    def count(self, group: Group, value: str) -> int:
        """How many articles have a value."""
        return self._counts.get(group, {}).get(value, 0)

    def fitting(self, group: Group, typed: str) -> Sequence[int]:
        """The places of the values of a group that have every word typed in them, or its pinyin initials."""
        places: Sequence[int] = range(len(self._shown.get(group, ())))
        for word in map(fold, typed.split()):
            folded, letters, initials = self._folded.get(group, []), self._letters.get(group, []), pattern(word)
            places = [
                place
                for place in places
                if word in folded[place] or (initials is not None and initials.search(letters[place]))
            ]
        return places


def text_of(group: Group, value: str) -> str:
    """What is shown of a value."""
    return _(_MARKS[value]) if group is Group.MARK and value in _MARKS else value


def lines_of(board: Board, chosen: Collection[Query], opened: Collection[str], typed: str = "") -> tuple[Line, ...]:
    """The lines that stand in the sheet.

    Args:
        board: What there is.
        chosen: The conditions of the filter.
        opened: What has been opened: years, months, names of groups.
        typed: What the values are to have in them, or their pinyin initials; nothing keeps all.
    """
    lines: list[Line] = []
    for group in Group:
        if group is Group.DATE:
            found = _dates(board.facets.groups.get(group, ()), chosen, opened, typed)
        else:
            found = _values(board, group, chosen, opened, typed)
        if found:
            lines += [Line(group, "", _(HEADINGS[group])), *found]
    return tuple(lines)


def _values(board: Board, group: Group, chosen: Collection[Query], opened: Collection[str], typed: str) -> list[Line]:
    """The first values, and of the others those that the filter asks for or against."""
    counted = board.facets.groups.get(group, ())
    places = board.fitting(group, typed)
    most = _MOST if group.value in opened else FIRST
    first = [counted[place][0] for place in places[:most]]
    asked_for = [] if typed else [value for value in chosen_values(group, chosen) if value not in first]
    lines = [
        Line(group, value, text_of(group, value), board.count(group, value), sign_of(group, value, chosen))
        for value in (*first, *asked_for)
    ]
    return lines + _more(group, len(places) - len(first), opened)


def _more(group: Group, rest: int, opened: Collection[str]) -> list[Line]:
    """The line that opens the rest of a group, where there is one."""
    if rest <= 0 or group.value in opened:
        return []
    return [Line(group, "", _("… {count} more").format(count=rest), opens=group.value)]


def _dates(days: Counted, chosen: Collection[Query], opened: Collection[str], typed: str) -> list[Line]:
    if not typed.split():
        return list(_days(days, chosen, opened))
    words = fold(typed).split()
    fitting = [
        _day(day, count, chosen)
        for length in (_YEAR, _MONTH, _DAY)
        for day, count in periods(days, length)
        if all(word in day for word in words)
    ]
    most = _MOST if Group.DATE.value in opened else FIRST
    return fitting[:most] + _more(Group.DATE, len(fitting) - most, opened)


def _days(days: Counted, chosen: Collection[Query], opened: Collection[str]) -> Iterator[Line]:
    """Years; the months of those that are open, and their days. Where there is but one year or month, it is open."""
    years = periods(days, _YEAR)
    for year, count in years:
        yield _day(year, count, chosen, opens=True)
        if len(years) > 1 and year not in opened:
            continue
        months = periods([one for one in days if one[0].startswith(year)], _MONTH)
        for month, in_month in months:
            yield _day(month, in_month, chosen, depth=1, opens=True)
            if (len(months) == 1 and len(years) == 1) or month in opened:
                yield from (_day(day, one, chosen, depth=2) for day, one in days if day.startswith(month))


def _day(day: str, count: int, chosen: Collection[Query], *, depth: int = 0, opens: bool = False) -> Line:
    return Line(Group.DATE, day, day, count, sign_of(Group.DATE, day, chosen), depth, day if opens else "")


def sign_of(group: Group, value: str, chosen: Collection[Query]) -> Sign:
    """Whether a filter asks for a value, or against it."""
    if not chosen:
        return Sign.NONE
    part = asked(FieldName(group.value), value)
    if part is None:
        return Sign.NONE
    return Sign.CHOSEN if part in chosen else Sign.EXCLUDED if Not(part) in chosen else Sign.NONE


def chosen_values(group: Group, chosen: Collection[Query]) -> list[str]:
    """The values of a group that a filter asks for or against."""
    found = []
    for part in chosen:
        inner = part.part if isinstance(part, Not) else part
        if isinstance(inner, Field) and inner.name == group.value and isinstance(inner.value, Term):
            found.append(inner.value.text)
    return list(dict.fromkeys(found))


def can_be_asked(line: Line) -> bool:
    """Whether a filter can have the value of a line as a condition."""
    return asked(FieldName(line.group.value), line.value) is not None
