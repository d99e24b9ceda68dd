"""Charts as characters: their scales, columns and labels at every size."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.ui.charts import Scale, axis_labels, grid, row_of, scale
from tui.ui.statistics import bar

numbers = st.one_of(st.integers(0, 10**7), st.floats(0, 1000, allow_nan=False).filter(lambda one: not 0 < one < 1e-6))


@given(numbers, st.integers(1, 60), st.booleans())
def test_a_scale_reaches_the_highest_value_in_round_steps(highest: float, rows: int, whole: bool) -> None:
    found = scale(highest, rows, whole=whole)
    assert found.top >= highest * (1 - 1e-9)
    assert found.eighths(highest) <= 8 * rows
    labels = found.labels()
    assert labels
    assert all(0 <= row < rows for row in labels)
    assert len(labels) <= max(rows // 2, 1)
    if whole:
        assert found.step >= 1
        assert not any("." in label for label in labels.values())


def test_a_scale() -> None:
    assert scale(37, 12, whole=True) == Scale(40, 10, 12)
    assert scale(37, 12, whole=True).labels() == {9: "10", 6: "20", 3: "30", 0: "40"}
    assert scale(0.37, 12, whole=False).labels() == {9: "0.1", 6: "0.2", 3: "0.3", 0: "0.4"}
    assert scale(0, 3, whole=True).labels() == {0: "1"}


def test_columns_are_eighths_and_what_is_not_nothing_is_seen() -> None:
    measure = Scale(40, 20, 4)
    values = (40, 0, 0.01, 5, 25)
    assert ["".join(row_of(measure, values, row)) for row in range(4)] == ["█    ", "█   ▄", "█   █", "█ ▁▄█"]


@given(st.integers(1, 500), st.integers(1, 300), st.integers(0, 499), st.integers(0, 499))
def test_the_cursor_is_always_in_view(columns: int, room: int, cursor: int, first: int) -> None:
    cursor = min(cursor, columns - 1)
    found = grid(columns, room, cursor, first)
    assert found.first <= cursor < found.first + found.shown <= columns
    assert found.shown * found.step <= max(room, 1)
    assert 1 <= found.bar <= found.step
    assert found.at((cursor - found.first) * found.step) == cursor
    assert grid(columns, room, cursor, found.first) == found


@given(st.integers(1, 200), st.integers(1, 200), st.integers(0, 199))
def test_labels_stand_below_their_columns(columns: int, room: int, cursor: int) -> None:
    names = [f"2024-{number:03}" for number in range(columns)]
    found = grid(columns, room, min(cursor, columns - 1), 0)
    line = axis_labels(names, found, room)
    assert len(line) <= room
    for name in line.split():
        assert found.at(line.index(name)) == names.index(name)


def test_bars() -> None:
    assert (bar(0), bar(1, 4), bar(0.5, 4), bar(1 / 16, 4), bar(0.0001, 4)) == ("", "████", "██", "▎", "▏")
