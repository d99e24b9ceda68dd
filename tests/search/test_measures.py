"""Measures against published examples, against arithmetic done another way, and what must always hold."""

from __future__ import annotations

from fractions import Fraction
from math import inf, isclose, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.search.measures import deviation, is_key, keyness, log_dice, log_likelihood, log_ratio, per

counts = st.integers(0, 10_000)
sizes = st.integers(1, 10_000_000)


@pytest.mark.parametrize(
    ("both", "first", "second", "total", "published"),
    [  # Dunning (1993), table 3: k(AB), k(A ~B), k(~A B), k(~A ~B) of bigrams, and -2 log λ
        (110, 110 + 2442, 110 + 111, 110 + 2442 + 111 + 29114, 270.72),
        (29, 29 + 13, 29 + 123, 29 + 13 + 123 + 31612, 263.90),
        (31, 31 + 23, 31 + 139, 31 + 23 + 139 + 31584, 256.84),
    ],
    ids=["the swiss", "can be", "previous year"],
)
def test_log_likelihood_of_dunnings_bigrams(both: int, first: int, second: int, total: int, published: float) -> None:
    assert round(log_likelihood(both, first, second, total), 2) == published


def test_keyness_of_the_example_at_lancaster() -> None:
    """52 times in 50,000 words against 57 in 75,000: 2.65, by their own calculator."""
    assert round(keyness(52, 50_000, 57, 75_000), 2) == 2.65
    assert is_key(52, 50_000, 57, 75_000)
    assert not is_key(57, 75_000, 52, 50_000)


def test_log_dice_as_rychly_describes_it() -> None:
    assert log_dice(50, 50, 50) == 14  # the two only occur together
    assert log_dice(1, 16_384, 16_384) == 0  # once in 16,000 of either
    assert log_dice(20, 1000, 3000) - log_dice(10, 1000, 3000) == 1  # twice as often
    assert isclose(log_dice(10, 1000, 3000), log_dice(1000, 100_000, 300_000))  # whatever the size
    assert log_dice(0, 10, 10) == -inf


def test_log_ratio_as_hardie_describes_it() -> None:
    assert log_ratio(20, 1000, 10, 1000) == 1
    assert log_ratio(10, 1000, 80, 1000) == -3
    assert log_ratio(7, 1000, 21, 3000) == 0
    assert log_ratio(8, 1000, 0, 1000) == 4  # 8 to a half
    assert log_ratio(0, 1000, 0, 1000) == log_ratio(3, 10, 3, 0) == 0


def test_deviation_of_lijffijt_and_gries() -> None:
    """Two thirds in one of three parts of the same size, a third in another: DP is a third, a half normalised."""
    assert isclose(deviation((2, 1, 0), (10, 10, 10)), 0.5)


def test_deviation_reaches_its_ends() -> None:
    assert deviation((1, 2, 3), (10, 20, 30)) == 0
    assert isclose(deviation((5, 0, 0), (1, 20, 30)), 1)
    assert deviation((), ()) == deviation((3,), (10,)) == deviation((0, 0), (1, 2)) == 0


def test_per() -> None:
    assert (per(3, 1500, 1000), per(3, 0, 1000)) == (2, 0)


@given(counts, counts, counts, counts)
def test_log_likelihood_is_the_sum_over_the_table(both: int, one: int, other: int, neither: int) -> None:
    total = both + one + other + neither
    found = log_likelihood(both, both + one, both + other, total)
    assert found >= 0
    assert isclose(found, log_likelihood(both, both + other, both + one, total), abs_tol=1e-6)
    if not total:
        return
    rows, columns = (both + one, other + neither), (both + other, one + neither)
    observed = ((both, one), (other, neither))
    reference = 2 * sum(
        cell * (log(cell) - log(Fraction(rows[y] * columns[x], total)))
        for y, line in enumerate(observed)
        for x, cell in enumerate(line)
        if cell
    )
    assert isclose(found, max(reference, 0), rel_tol=1e-6, abs_tol=1e-5)


@given(st.integers(1, 100), st.integers(1, 100), st.integers(1, 100))
def test_nothing_where_all_is_independent(factor: int, first: int, second: int) -> None:
    total = first * second * factor
    assert isclose(log_likelihood(factor, factor * first, factor * second, total), 0, abs_tol=1e-6)
    assert isclose(keyness(factor * first, total * first, factor * second, total * second), 0, abs_tol=1e-6)
    assert isclose(log_ratio(factor * first, total * first, factor * second, total * second), 0, abs_tol=1e-6)
    assert not is_key(factor * first, total * first, factor * second, total * second)


@given(counts, sizes, counts, sizes)
def test_keyness_sees_both_sides_alike(here: int, size: int, there: int, other: int) -> None:
    assert keyness(here, size, there, other) >= 0
    assert isclose(keyness(here, size, there, other), keyness(there, other, here, size), rel_tol=1e-9, abs_tol=1e-9)
    assert isclose(log_ratio(here, size, there, other), -log_ratio(there, other, here, size), abs_tol=1e-9)
    if here and there:
        assert is_key(here, size, there, other) == (log_ratio(here, size, there, other) > 1e-12)


@given(counts, sizes, counts, sizes)
def test_log_dice_is_at_most_14_where_none_occurs_oftener_with_the_other(a: int, b: int, c: int, d: int) -> None:
    together, first, second = min(a, b, d), b, d
    assert log_dice(together, first, second) <= 14 + 1e-9
    assert log_dice(together, first, second) == log_dice(together, second, first)


@given(st.lists(st.tuples(counts, counts), max_size=8))
def test_deviation_is_between_0_and_1_and_sees_no_order(parts: list[tuple[int, int]]) -> None:
    found, of = [part[0] for part in parts], [part[1] for part in parts]
    assert 0 <= deviation(found, of) <= 1
    assert isclose(deviation(found, of), deviation(found[::-1], of[::-1]), abs_tol=1e-9)
    assert isclose(deviation(of, of), 0, abs_tol=1e-9)
