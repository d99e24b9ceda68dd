"""The lines of the facet sheet: which values it shows, in which groups, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from tui.language import N_, _
from tui.library.facets import Counted, Facets, Group, periods
from tui.search.folding import fold
from tui.search.pinyin import coded, pattern
from tui.search.query import Field, FieldName, Not, Query, Term
from tui.search.refining import asked

FIRST = 10  # values of a group that stand there before more are asked for
_MOST = 500  # and those that stand there then
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


def lines_of(facets: Facets, chosen: Collection[Query], opened: Collection[str], typed: str = "") -> tuple[Line, ...]:
    """The lines that stand in the sheet.

    Args:
        facets: What there is.
        chosen: The conditions of the filter.
        opened: What has been opened: years, months, names of groups.
        typed: What the values are to have in them, or their pinyin initials; nothing keeps all.
    """
    fits = _fitting(typed)
    lines: list[Line] = []
    for group in Group:
        found = list(_lines(group, facets.groups.get(group, ()), chosen, opened, fits))
        if found:
            lines += [Line(group, "", _(HEADINGS[group])), *found]
    return tuple(lines)


def _lines(
    group: Group,
    counted: Counted,
    chosen: Collection[Query],
    opened: Collection[str],
    fits: Callable[[str], bool] | None,
) -> Iterator[Line]:
    gone = [value for value in chosen_values(group, chosen) if value not in dict(counted)]
    known = (*counted, *((value, 0) for value in gone))
    if group is Group.DATE:
        lines = list(_days(counted, chosen, opened, fits))
    else:
        lines = [
            Line(group, value, text, count, sign_of(group, value, chosen))
            for value, count in known
            if (text := _(_MARKS[value]) if group is Group.MARK and value in _MARKS else value)
            and (fits is None or fits(text))
        ]
    most = _MOST if group.value in opened else FIRST
    first = [line for place, line in enumerate(lines) if place < most or line.sign or line.depth]
    yield from first
    rest = len(lines) - len(first)
    if rest and group.value not in opened:
        yield Line(group, "", _("… {count} more").format(count=rest), opens=group.value)


def _days(
    days: Counted, chosen: Collection[Query], opened: Collection[str], fits: Callable[[str], bool] | None
) -> Iterator[Line]:
    """Years; the months of those that are open, and their days. Where there is but one year or month, it is open."""
    if fits is not None:
        for length in (_YEAR, _MONTH, _DAY):
            yield from (_day(day, count, chosen) for day, count in periods(days, length) if fits(day))
        return
    years = periods(days, _YEAR)
    for year, count in years:
        yield _day(year, count, chosen, opens=True)
        months = periods([one for one in days if one[0].startswith(year)], _MONTH)
        if len(years) > 1 and year not in opened:
            continue
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


def _fitting(typed: str) -> Callable[[str], bool] | None:
    """Whether a text has every word typed in it; None where nothing was typed."""
    words = [(fold(word), pattern(fold(word))) for word in typed.split()]
    if not words:
        return None

    def fits(text: str) -> bool:
        folded, letters = fold(text), coded(text)
        return all(word in folded or (initials is not None and initials.search(letters)) for word, initials in words)

    return fits
