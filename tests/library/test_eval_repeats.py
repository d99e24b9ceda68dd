"""A small part of `python -m tests.library.eval_repeats`."""

from __future__ import annotations

from tests.library.eval_repeats import evaluate, ours, pairs, simhash


def test_copies_are_told_from_other_stories() -> None:
    tally, shares = evaluate(list(pairs(24)), ours)
    assert tally.precision >= 0.99, shares
    assert tally.recall >= 0.94, shares


def test_it_would_see_a_way_that_tells_less() -> None:
    """The control: the same pairs, told by SimHash."""
    tally, _ = evaluate(list(pairs(4)), simhash)
    assert tally.recall < 0.8
