"""What lies over the text: pieces of a line and the names over each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.ui.layers import layer, runs

ranges = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: (min(pair), max(pair))), max_size=6
)


def test_a_line_is_cut_where_a_layer_begins_or_ends() -> None:
    over = [layer("mark", [(2, 6)]), layer("hit", [(4, 8)])]
    assert list(runs(0, 10, over)) == [
        (0, 2, ()),
        (2, 4, ("mark",)),
        (4, 6, ("mark", "hit")),
        (6, 8, ("hit",)),
        (8, 10, ()),
    ]


@given(st.lists(ranges, max_size=3), st.integers(0, 40), st.integers(0, 40))
def test_pieces_cover_the_line_and_name_just_the_layers_over_them(
    sets: list[list[tuple[int, int]]], start: int, end: int
) -> None:
    start, end = min(start, end), max(start, end)
    layers = [layer(str(number), found) for number, found in enumerate(sets)]
    pieces = list(runs(start, end, layers))
    assert [place for first, last, _ in pieces for place in range(first, last)] == list(range(start, end))
    for first, last, names in pieces:
        for place in range(first, last):
            over = {str(number) for number, found in enumerate(sets) if any(a <= place < b for a, b in found)}
            assert set(names) == over
