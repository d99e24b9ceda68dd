"""What lies over the text: pieces of a line and the names over each."""

from __future__ import annotations

import time
from unicodedata import east_asian_width

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.model import COLOURS
from tui.ui.layers import DEEP, MOVED_SIGN, NEXT, NOTE_SIGN, SIGNS, Layer, Sign, highlighted, layer, margin_signs, runs

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


coloured = st.lists(st.tuples(st.sampled_from(COLOURS), ranges), max_size=7)


def looks(layers: tuple[Layer, ...], place: int) -> tuple[str, ...]:
    return tuple(over.name for over in layers for start, end in over.ranges if start <= place < end)


@given(coloured)
def test_every_border_of_a_highlight_is_seen(marks: list[tuple[str, list[tuple[int, int]]]]) -> None:
    layers = highlighted(marks)
    edges = {edge for _, found in marks for start, end in found if start < end for edge in (start, end)}
    for edge in edges - {0}:
        assert looks(layers, edge - 1) != looks(layers, edge), edge


@given(coloured)
def test_a_highlight_has_the_colour_on_top_and_shows_where_more_lie_below(
    marks: list[tuple[str, list[tuple[int, int]]]],
) -> None:
    layers = highlighted(marks)
    for place in range(42):
        over = [colour for colour, found in marks for start, end in found if start <= place < end]
        shown = looks(layers, place)
        assert [name for name in shown if name not in {DEEP, NEXT}] == [f"mark-{colour}" for colour in over[-1:]]
        assert (DEEP in shown) == (len(over) > 1)
        assert not over or shown.count(DEEP) <= 1


def test_nested_and_neighbouring_highlights_of_one_colour() -> None:
    layers = highlighted([("red", [(0, 9)]), ("red", [(3, 6)]), ("red", [(9, 12)])])
    assert list(runs(0, 14, layers)) == [
        (0, 3, ("mark-red",)),
        (3, 6, ("mark-red", DEEP)),
        (6, 9, ("mark-red",)),
        (9, 12, ("mark-red", NEXT)),
        (12, 14, ()),
    ]


def test_a_thousand_highlights_cost_no_noticeable_time() -> None:
    marks = [("blue", [(place, place + 40)]) for place in range(0, 20_000, 20)]
    began = time.perf_counter()
    highlighted(marks)
    assert time.perf_counter() - began < 0.2


def test_the_margin_shows_as_many_signs_as_fit_and_keeps_the_note() -> None:
    signs = [Sign(2, "red", False), Sign(3, "blue", True), Sign(9, "green", False)]
    assert [sign for sign, _ in margin_signs(signs, 0, 8, 4)] == [SIGNS["red"], SIGNS["blue"], NOTE_SIGN]
    assert [sign for sign, _ in margin_signs(signs, 0, 8, 2)] == [SIGNS["red"], NOTE_SIGN]
    assert [sign for sign, _ in margin_signs(signs, 0, 8, 1)] == [NOTE_SIGN]
    assert [sign for sign, _ in margin_signs(signs, 8, 12, 1)] == [SIGNS["green"]]
    assert margin_signs(signs, 0, 8, 0) == []


def test_what_has_moved_has_a_sign_that_stays_where_there_is_little_room() -> None:
    signs = [Sign(4, "red", noted=True, moved=True)]
    assert [sign for sign, _ in margin_signs(signs, 0, 8, 3)] == [SIGNS["red"], NOTE_SIGN, MOVED_SIGN]
    assert [sign for sign, _ in margin_signs(signs, 0, 8, 2)] == [SIGNS["red"], MOVED_SIGN]
    assert [sign for sign, _ in margin_signs(signs, 0, 8, 1)] == [MOVED_SIGN]
    assert margin_signs(signs, 0, 8, 0) == []


def test_each_colour_has_a_sign_of_its_own_one_cell_wide_in_every_terminal() -> None:
    assert set(SIGNS) == set(COLOURS)
    assert len({*SIGNS.values(), NOTE_SIGN}) == len(COLOURS) + 1
    assert {east_asian_width(sign) for sign in (*SIGNS.values(), NOTE_SIGN)} == {"N"}
    assert {cell_len(sign) for sign in SIGNS.values()} == {1}
