"""The numbers that stand for an article's words, packed: some two bytes a word.

The unpacking functions raise `UnusableError` for what no packing function has written.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from tui.library.schema import UnusableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_COUNT_BITS = 2
_MANY = 1 << _COUNT_BITS  # a count that has a number of its own behind it


def pack_counts(counts: Mapping[int, int]) -> bytes:
    """Counts by the numbers of words, all of them 1 or more.

    In ascending order, each word is the distance of its number from the one before with its count in the last two bits;
    a count of four or more has what it is more behind it. Seven bits a byte, the lowest first, the eighth set where
    more follow.
    """
    packed = bytearray()
    before = 0
    for number in sorted(counts):
        count = counts[number]
        _append(packed, (number - before) << _COUNT_BITS | min(count, _MANY) - 1)
        if count >= _MANY:
            _append(packed, count - _MANY)
        before = number
    return bytes(packed)


def unpack_counts(packed: bytes) -> dict[int, int]:
    """What `pack_counts` was given."""
    values: list[int] = []
    value = shift = 0
    for byte in packed:
        value |= (byte & 0x7F) << shift
        if byte & 0x80:
            shift += 7
        else:
            values.append(value)
            value = shift = 0
    counts: dict[int, int] = {}
    number = 0
    following = iter(values)
    for value in following:
        number += value >> _COUNT_BITS
        count = (value & _MANY - 1) + 1
        if count == _MANY:
            more = next(following, None)
            if more is None:
                raise UnusableError("counts of words that end too early")
            count += more
        counts[number] = count
    return counts


def pack_chosen(numbers: Iterable[int]) -> bytes:
    """The numbers of words in an order, four bytes each."""
    return array("I", numbers).tobytes()


def unpack_chosen(packed: bytes) -> array[int]:
    """What `pack_chosen` was given, several times one behind the other as well."""
    numbers = array("I")
    try:
        numbers.frombytes(packed)
    except (ValueError, TypeError) as error:
        raise UnusableError(str(error)) from error
    return numbers


def _append(packed: bytearray, value: int) -> None:
    while value > 0x7F:
        packed.append(value & 0x7F | 0x80)
        value >>= 7
    packed.append(value)
