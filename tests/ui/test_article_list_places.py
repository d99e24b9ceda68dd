"""Where an article stands in the list, whatever its order."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from tui.ui.widgets.article_list import _index

IDS = st.integers(0, 2**62 - 1) | st.integers(0, 70_000).map(lambda number: number * 0x0101_0101)


@given(st.lists(IDS, unique=True), IDS)
def test_an_id_is_found_where_it_stands(ids: list[int], other: int) -> None:
    data = array("q", ids).tobytes()
    for place, number in enumerate(ids):
        assert _index(data, number) == place
    assert other in ids or _index(data, other) is None
