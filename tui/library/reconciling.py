"""What two programs have made of one file of annotations, put together so that nothing of either is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tui.library.entries import Key, Kind, new_id
from tui.library.shards import Shards
from tui.library.snapshot import FORMAT_TABLE, Row, Texts, row_of, text_of

_PASSAGE = ("page", "scope", "spans", "exact", "prefix", "suffix", "status")  # makes sense only together
_NAMES = {
    Kind.ANNOTATION.value: ("id",),
    Kind.BOOKMARK.value: ("letter",),
    Kind.FILTER.value: ("name",),
    Kind.MEND.value: ("id",),
    Kind.READING.value: ("page", "start"),
    Kind.TAG.value: ("name",),
    Kind.TRASH.value: ("id", "deleted"),
}
_LATER = ("modified", "created")
_EMPTY: Mapping[str, bytes] = {}


@dataclass(frozen=True, slots=True)
class Merged:
    """Two states put together.

    Attributes:
        tables: The records.
        twice: How many annotations both have changed in different ways: they stand there in both versions.
    """

    tables: dict[str, Shards[str, bytes]]
    twice: int


def merge(base: Texts, ours: Texts, theirs: Texts) -> Merged:
    """What both have made of `base`.

    A record that one of them has changed is as that one has it, and one that only one of them has removed, while the
    other has changed it, stays. Of a record that both have changed each has its fields. Where these differ, an
    annotation stands there twice, a tag's two descriptions one behind the other, and of all else ours counts.

    Args:
        base: What both began with; where that is not known an empty one, and every difference is one of both.
        ours: What the one has, tables of numbered records.
        theirs: What the other has.
    """
    tables: dict[str, Shards[str, bytes]] = {}
    twice = 0
    for name in {**theirs, **ours}:
        other = theirs.get(name, _EMPTY)
        rows = dict(other)
        if name != FORMAT_TABLE:
            numbers = _renumbered(name, ours.get(name, _EMPTY), other)
            one, before = (
                {numbers.get(number, number): text for number, text in texts.get(name, _EMPTY).items()}
                for texts in (ours, base)
            )
            twice += _merge_table(name, before, one, rows)
        tables[name] = Shards(rows)
    return Merged(tables, twice)


def _merge_table(table: str, base: Mapping[str, bytes], ours: Mapping[str, bytes], rows: dict[str, bytes]) -> int:
    """Put what has become of `base` into `rows`, which are theirs; how many annotations stand twice now."""
    twice = 0
    for number in ours.keys() | base.keys():
        mine, yours, was = ours.get(number), rows.get(number), base.get(number)
        if mine in (yours, was):
            continue
        if mine is None:
            if yours == was:
                del rows[number]
        elif yours is None or yours == was:
            rows[number] = mine
        elif _name(table, mine) != _name(table, yours):
            rows[_free(int(number), ours, rows)] = mine
        else:
            rows[number], copy = _both(table, row_of(was) if was else {}, row_of(mine), row_of(yours))
            if copy is not None:
                rows[_free(Key.annotation(copy["id"]).number, ours, rows)] = text_of(copy)
                twice += 1
    return twice


def _name(table: str, text: bytes) -> tuple[Any, ...]:
    row = row_of(text)
    return tuple(row.get(field) for field in _NAMES.get(table, ()))


def _renumbered(table: str, ours: Mapping[str, bytes], theirs: Mapping[str, bytes]) -> dict[str, str]:
    """Our numbers of the records that they have under other numbers, each with theirs."""
    if table not in _NAMES:
        return {}
    found = {_name(table, text): number for number, text in theirs.items() if ours.get(number) != text}
    named = ((number, _name(table, text)) for number, text in ours.items() if theirs.get(number) != text)
    return {number: found[name] for number, name in named if found.get(name, number) != number}


def _free(number: int, *tables: Mapping[str, bytes]) -> str:
    while any(str(number) in rows for rows in tables):
        number += 1
    return str(number)


def _both(table: str, base: Row, ours: Row, theirs: Row) -> tuple[bytes, Row | None]:
    """A record that both have changed, and ours under a name of its own where it can't be one with theirs."""
    was, mine, yours = _parts(base), _parts(ours), _parts(theirs)
    merged: dict[str, Row] = {}
    contrary = []
    for part in {**yours, **mine}:
        one, other, before = mine.get(part, {}), yours.get(part, {}), was.get(part, {})
        if one in (other, before):
            merged[part] = other
        elif other == before or (part in _LATER and str(one[part]) > str(other.get(part))):
            merged[part] = one
        elif part in _LATER:
            merged[part] = other
        elif part == "tags":
            merged[part] = {part: _tags(before.get(part, []), one[part], other.get(part, []))}
        else:
            merged[part] = one
            contrary.append(part)
    if contrary and table == Kind.ANNOTATION.value:
        return text_of(theirs), {**ours, "id": new_id()}
    if "description" in contrary:
        words = (row.get("description") for row in (theirs, ours))
        merged["description"] = {"description": " / ".join(word for word in words if word)}
    return text_of({field: value for row in merged.values() for field, value in row.items()}), None


def _parts(row: Row) -> dict[str, Row]:
    """A record's fields, those of its passage as one."""
    passage = {field: row[field] for field in _PASSAGE if field in row}
    return {field: {field: value} for field, value in row.items() if field not in _PASSAGE} | {"passage": passage}


def _tags(base: list[Any], ours: list[Any], theirs: list[Any]) -> list[Any]:
    """Theirs without what we have taken off, and with what we have put on."""
    kept = [tag for tag in theirs if tag in ours or tag not in base]
    return kept + [tag for tag in ours if tag not in base and tag not in kept]
