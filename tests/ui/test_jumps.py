"""The places one comes back to."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tui.ui.jumps import Jumps, Place

A, B, C, D = (Place("01.txt", position) for position in (1, 2, 3, 4))
places = st.builds(Place, st.sampled_from(("01.txt", "02.txt")), st.integers(0, 3))


def test_back_and_forth_lead_over_the_same_places() -> None:
    jumps = Jumps().leave(A).leave(B)
    jumps, place = jumps.back(C)
    assert place == B
    jumps, place = jumps.back(B)
    assert place == A
    assert jumps.back(A) == (jumps, None)
    jumps, place = jumps.forth(A)
    assert place == B
    jumps, place = jumps.forth(B)
    assert place == C
    assert jumps.forth(C)[1] is None


def test_a_new_jump_forgets_what_was_ahead() -> None:
    jumps, _place = Jumps().leave(A).leave(B).back(C)
    assert jumps.leave(D).forth(A)[1] is None
    assert jumps.leave(D).behind == (A, D)


def test_the_place_before_the_last_jump_is_never_the_present_one() -> None:
    assert Jumps().last(A) is None
    assert Jumps().leave(A).last(A) is None
    assert Jumps().leave(A).leave(B).last(C) == B
    assert Jumps().leave(A).leave(B).last(B) == A


moves = st.lists(st.tuples(st.sampled_from(("leave", "back", "forth")), places), max_size=300)


@given(moves)
def test_there_are_at_most_a_hundred_and_no_doubles_in_a_row(moves: list[tuple[str, Place]]) -> None:
    jumps = Jumps()
    for move, here in moves:
        jumps = jumps.leave(here) if move == "leave" else getattr(jumps, move)(here)[0]
        assert len(jumps.behind) + len(jumps.ahead) <= 100
        for row in (jumps.behind, jumps.ahead):
            assert all(one != other for one, other in pairwise(row))


def test_the_oldest_of_too_many_is_forgotten() -> None:
    jumps = Jumps()
    for position in range(150):
        jumps = jumps.leave(Place("01.txt", position))
    assert (len(jumps.behind), jumps.behind[0].position) == (100, 50)
    jumps, place = jumps.back(Place("01.txt", 150))
    assert place == Place("01.txt", 149)
    assert len(jumps.behind) + len(jumps.ahead) == 100


@given(st.lists(places, min_size=1), places)
def test_back_then_forth_comes_back(left: list[Place], here: Place) -> None:
    jumps = Jumps()
    for place in left:
        jumps = jumps.leave(place)
    after, there = jumps.back(here)
    if there is not None:
        assert after.forth(there)[1] == here
