"""How articles spread over periods and papers: a census put together by year, month or day, or by paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from tui.language import N_
from tui.library.census import Share
from tui.search.measures import deviation, per

UNIT = 1000
"""Relative frequencies are in so many articles of the library."""
_MOST_PERIODS = 40_000  # a century of days; beyond that periods without pages are left out
_MANY = 120  # periods; a finer grain is not chosen unasked
_EVENNESS = (
    (0.7, N_("nearly all in few of them")),
    (0.45, N_("unevenly spread")),
    (0.2, N_("somewhat unevenly spread")),
    (0.0, N_("evenly spread")),
)


class Grain(Enum):
    """The length of a period, as the number of characters that an ISO day has of it."""

    YEAR = 4
    MONTH = 7
    DAY = 10


GRAINS = tuple(Grain)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the library: a period or a paper.

    Attributes:
        name: The period as an ISO date of its grain, or the paper; empty where that is not known.
        found: How many of its articles the filter has.
        every: How many it has.
    """

    name: str
    found: int
    every: int

    @property
    def relative(self) -> float:
        """How many of a thousand of its articles the filter has."""
        return per(self.found, self.every, UNIT)


def over_time(shares: Iterable[Share], grain: Grain) -> list[Part]:
    """The periods from the first to the last in which something was found, without a gap; none where no date is known.

    Args:
        shares: A census.
        grain: The length of a period.
    """
    parts = _put_together((day[: grain.value], share) for share in shares if (day := iso_day(share.date)))
    names = sorted(part.name for part in parts.values() if part.found)
    if not names:
        return []
    between = [name for name in parts if names[0] <= name <= names[-1]]
    if _periods(names[0], names[-1], grain) <= _MOST_PERIODS:
        between = list(_calendar(names[0], names[-1], grain))
    return [parts.get(name, Part(name, 0, 0)) for name in sorted(between)]


def undated(shares: Iterable[Share]) -> int:
    """How many of the articles found stand in no period."""
    return sum(share.found for share in shares if not iso_day(share.date))


def by_paper(shares: Iterable[Share]) -> list[Part]:
    """The papers, those with most found first."""
    parts = _put_together((share.paper, share) for share in shares).values()
    return sorted(parts, key=lambda part: (-part.found, part.name))


def usual_grain(shares: Iterable[Share]) -> Grain:
    """The finest grain that makes no more periods than can be taken in at a glance."""
    days = sorted(day for share in shares if share.found and (day := iso_day(share.date)))
    for grain in reversed(GRAINS):
        if days and _periods(days[0][: grain.value], days[-1][: grain.value], grain) <= _MANY:
            return grain
    return Grain.YEAR


def dispersion(parts: Sequence[Part]) -> float:
    """Gries's DP of what was found, over the parts: 0 in proportion to their sizes, 1 all in the smallest."""
    return deviation([part.found for part in parts], [part.every for part in parts])


def evenness(found: float) -> str:
    """A dispersion in words; to be translated."""
    return next(words for least, words in _EVENNESS if found >= least)


def iso_day(text: str) -> str:
    """A date of an imprint, if it is a day of the calendar; else nothing."""
    try:
        return text if len(text) == Grain.DAY.value and date.fromisoformat(text) else ""
    except ValueError:
        return ""


def _put_together(shares: Iterable[tuple[str, Share]]) -> dict[str, Part]:
    sums: dict[str, tuple[int, int]] = {}
    for name, share in shares:
        found, every = sums.get(name, (0, 0))
        sums[name] = found + share.found, every + share.every
    return {name: Part(name, found, every) for name, (found, every) in sums.items()}


def _periods(first: str, last: str, grain: Grain) -> int:
    """How many periods there are from one to another."""
    start, end = _day_of(first), _day_of(last)
    if grain is Grain.DAY:
        return (end - start).days + 1
    years = end.year - start.year
    return years + 1 if grain is Grain.YEAR else years * 12 + end.month - start.month + 1


def _calendar(first: str, last: str, grain: Grain) -> Iterator[str]:
    start = _day_of(first)
    for number in range(_periods(first, last, grain)):
        if grain is Grain.DAY:
            yield (start + timedelta(days=number)).isoformat()
        elif grain is Grain.YEAR:
            yield f"{start.year + number:04}"
        else:
            years, month = divmod(start.month - 1 + number, 12)
            yield f"{start.year + years:04}-{month + 1:02}"


def _day_of(period: str) -> date:
    """The first day of a period."""
    return date.fromisoformat(period + "-01-01"[len(period) - 4 :])
