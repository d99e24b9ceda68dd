"""A small part of `python -m tests.library.eval_anchors`."""

from __future__ import annotations

from collections import Counter

from tests.library.edits import KINDS
from tests.library.eval_anchors import REPORTED, cases, evaluate, sources


def test_no_passage_is_silently_at_a_wrong_place() -> None:
    many = list(cases(24 * len(KINDS), REPORTED, sources()))
    rows, _, bad = evaluate(many, compare=False)
    total: Counter[str] = sum((row.ours for row in rows), Counter())
    assert total["SILENT"] == 0, [(case.kind, case.mine.spans) for case, _ in bad]
    assert total["wrong"] <= 0.01 * len(many)
    assert total["right"] + total["moved"] > 0.7 * len(many)


def test_it_would_see_a_wrong_place() -> None:
    """The control: what takes the best place, however little it fits, is seen to be wrong."""
    many = list(cases(3 * len(KINDS), REPORTED, sources(real=False)))
    rows, _, _ = evaluate(many)
    assert sum(row.theirs["SILENT"] for row in rows) > 0
