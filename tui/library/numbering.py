"""The numbers of articles: in ascending order of number they stand newest first, so that no search needs to sort them.

A number is a day, counted backwards from the last there can be, and a count within that day; undated articles come
behind all days. None is ever given twice. Within a day the order is paper, page number and place on the page. Pages
mostly come in that order; the few days in which they did not are marked, and put right when they are shown.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

_IN_A_DAY = 18  # bits: the fewer there are, the smaller is the index, which keeps differences of numbers
_UNDATED = date.max.toordinal() + 1
_PLACE = "paper, place, source, line, path"
"""The columns by which the pages of a day are ordered."""


def day_of(printed: str) -> int:
    """The day of an ISO date, counted backwards; one behind all days for what is no date."""
    try:
        return date.max.toordinal() - date.fromisoformat(printed).toordinal()
    except ValueError:
        return _UNDATED


def numbers_of(day: int) -> tuple[int, int]:
    """The half-open range of the numbers of a day's articles."""
    return day << _IN_A_DAY, (1 << 62 if day == _UNDATED else day + 1 << _IN_A_DAY)


def allocate(connection: sqlite3.Connection, printed: str, articles: int) -> int:
    """The first of so many numbers that follow one another, for a page of this date that is about to be put in.

    A day has 262,144 numbers, dead ones too; once they are spent its pages count as undated.
    """
    day = day_of(printed)
    used = _used(connection, day)
    if day != _UNDATED and used + articles > 1 << _IN_A_DAY:
        day, used = _UNDATED, _used(connection, _UNDATED)
    connection.execute(
        "INSERT INTO day (day, used) VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET used = excluded.used",
        (day, used + articles),
    )
    if day != day_of(printed):
        mark_disordered(connection, day << _IN_A_DAY)
    return (day << _IN_A_DAY) + used


def _used(connection: sqlite3.Connection, day: int) -> int:
    row = connection.execute("SELECT used FROM day WHERE day = ?", (day,)).fetchone()
    return row[0] if row else 0


def mark_inserted(connection: sqlite3.Connection, page: int, first: int) -> None:
    """Mark the day of a page that has just been put in, where another that has older numbers belongs behind it.

    Args:
        connection: To the catalog.
        page: The page's row.
        first: The first of its numbers.
    """
    own = connection.execute(f"SELECT date, {_PLACE} FROM page WHERE id = ?", (page,)).fetchone()  # noqa: S608
    behind = connection.execute(
        f"SELECT 1 FROM page WHERE date = ? AND ({_PLACE}) > (?, ?, ?, ?, ?) AND articles > 0 LIMIT 1",  # noqa: S608
        own,
    ).fetchone()
    if behind:
        mark_disordered(connection, first)


def mark_disordered(connection: sqlite3.Connection, number: int) -> None:
    """Mark the day of an article: its pages may not be in the order of their numbers."""
    connection.execute("UPDATE day SET disordered = 1 WHERE day = ? AND disordered = 0", (day_of_number(number),))


def day_of_number(number: int) -> int:
    """The day of the article that has this number."""
    return min(number >> _IN_A_DAY, _UNDATED)


def end_of_day(number: int) -> int:
    """The end of the range of the numbers of that article's day."""
    return numbers_of(day_of_number(number))[1]


def disordered(connection: sqlite3.Connection) -> set[int]:
    """The days whose articles are not in the order of their numbers."""
    return {day for (day,) in connection.execute("SELECT day FROM day WHERE disordered = 1")}


def in_order(connection: sqlite3.Connection, numbers: array[int], days: set[int]) -> array[int]:
    """Ascending numbers with those of disordered days in order.

    Args:
        connection: To the catalog.
        numbers: Is changed.
        days: The disordered ones.
    """
    if len(numbers) < len(days):
        days = days.intersection(map(day_of_number, numbers))
    for day in days:
        start, end = numbers_of(day)
        low = bisect_left(numbers, start)
        high = bisect_left(numbers, end, low)
        if high - low > 1:
            numbers[low:high] = _ordered_day(connection, start, end, numbers[low:high])
    return numbers


def _ordered_day(connection: sqlite3.Connection, start: int, end: int, numbers: Sequence[int]) -> array[int]:
    on_day = "SELECT first, articles FROM page WHERE first >= ? AND first < ? AND articles > 0 ORDER BY date DESC, "
    pages = connection.execute(on_day + _PLACE, (start, end))
    found = array("q")
    for first, articles in pages:
        low = bisect_left(numbers, first)
        found.extend(numbers[low : bisect_left(numbers, first + articles, low)])
    return found
