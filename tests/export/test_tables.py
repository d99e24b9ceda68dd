"""Tables aligned by cells, whatever stands in them."""

from __future__ import annotations

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from tui.cells import width
from tui.export.tables import Column, aligned, comma_separated, json_lines

COLUMNS = (Column("词", left=True, widest=8), Column("count"), Column("rate", rank=1), Column("of all", rank=2))
rows = st.lists(st.tuples(*[st.text(max_size=12)] * 4), max_size=6)


@given(rows, st.integers(0, 60))
def test_columns_end_at_the_same_cell(made: list[tuple[str, ...]], room: int) -> None:
    lines = aligned(COLUMNS, made, room)
    assert len(lines) == len(made) + 1
    assert not any("\n" in line or "\x1b" in line for line in lines)
    if all(width(cell.strip()) == width(cell) > 0 for row in made for cell in row):
        assert max(map(width, lines)) >= 4


def test_a_table() -> None:
    made = [("渡口", "12", "1.5", "100"), ("一个很长很长的词", "3", "0.25", "7")]
    assert aligned(COLUMNS, made) == [
        "词        count  rate  of all",
        "渡口         12   1.5     100",
        "一个很…       3  0.25       7",
    ]
    assert aligned(COLUMNS, made, 22)[1] == "渡口         12   1.5"
    assert aligned(COLUMNS, made, 5)[1] == "渡口         12"


@given(st.lists(st.tuples(st.text(max_size=9), st.integers(0, 99)), max_size=4))
def test_rows_read_back(values: list[tuple[str, int]]) -> None:
    made = [{"word": word, "count": count} for word, count in values]
    assert [json.loads(line) for line in json_lines(made)] == made
    read = list(csv.DictReader(io.StringIO(comma_separated(made))))
    assert [int(row["count"]) for row in read] == [row["count"] for row in made]


def test_formulas_are_guarded() -> None:
    assert comma_separated([{"word": "=1+1", "count": -3}]) == "word,count\n'=1+1,-3\n"
    assert comma_separated([]) == ""
