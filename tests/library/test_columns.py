"""Annotations read many at a time are those that are read one by one, and nothing slips through."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.made import any_annotation, made
from tui.errors import UsageError
from tui.library.columns import from_rows
from tui.library.entries import Kind
from tui.library.rows import from_row, to_row
from tui.model import Annotation, Span

ODD: dict[str, tuple[object, ...]] = {
    "id": ("", "../a", "a" * 65, 1, None),
    "page": ("", "/etc/passwd", "../a", "a\0", 7, []),
    "scope": ("line", 1, None, []),
    "spans": (
        *([], [[1]], [[1, 2, 3]], [[2, 2]], [[3, 2]], [[-1, 2]], [[0, 2**53 + 1]], [[4, 6], [5, 7]], [[True, 2]]),
        *([[1.0, 2]], [[1, "2"]], ["ab"], [None], {}, None, "ab"),
    ),
    "tags": (["a", "a"], [""], ["a/"], [" a"], ["a\n"], [1], [["a"]], [None], "ab", {}, None),
    "status": (1, None),
    **{field: (1, None, []) for field in ("exact", "prefix", "suffix", "note", "colour", "author", "modified")},
}


def singly(rows: list[dict[str, Any]]) -> list[Annotation] | None:
    """What they are one by one; None where one is wrong, or of another scope."""
    try:
        found = [from_row(Kind.ANNOTATION, row) for row in rows]
    except UsageError:
        return None
    known = [one for one in found if isinstance(one, Annotation)]
    return known if len(known) == len(rows) else None


@given(st.lists(any_annotation, min_size=1, max_size=6))
def test_all_at_once_they_are_the_same(annotations: list[Annotation]) -> None:
    rows = [to_row(one) for one in annotations]
    assert from_rows(rows) == annotations == singly(rows)
    assert [hash(one) for one in from_rows(rows) or ()] == [hash(one) for one in annotations]


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, values in ODD.items() for value in values])
def test_one_that_is_odd_is_left_to_a_closer_look(field: str, value: object) -> None:
    rows = [to_row(made(f"a{number}", tags=("政策",), spans=(Span(1, 2), Span(2, 3)))) for number in range(3)]
    rows[1][field] = value
    assert from_rows(rows) is None
    assert singly(rows) is None


@pytest.mark.parametrize("field", to_row(made()))
def test_one_that_lacks_a_field_is_left_to_a_closer_look(field: str) -> None:
    rows = [to_row(made(f"a{number}")) for number in range(3)]
    del rows[2][field]
    assert from_rows(rows) is None


def test_an_unknown_status_or_colour_is_as_when_read_singly() -> None:
    rows = [{**to_row(made()), "status": "later", "colour": "pink"}]
    assert from_rows(rows) == singly(rows) is not None
