"""Undo and redo as values: what a step takes back, and what it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.made import made
from tui.library.annotations import Annotations, Change
from tui.model import Reading
from tui.ui.history import History, Step, taken_back

BLANK = Reading("晚报-01.txt", 7)


class Store:
    """A store and what was done in it."""

    def __init__(self, path: Path) -> None:
        self.kept = Annotations(path)

    @property
    def reading(self) -> Reading | None:
        return next(iter(self.kept.readings()), None)

    def make(self, **fields: object) -> Step:
        change = Change("change", put=(replace(self.reading or BLANK, modified="t", **fields),))  # type: ignore[arg-type]
        return Step(change, self.kept.apply(change))

    def take_back(self, step: Step) -> Step:
        change = taken_back(step, lambda _known: self.reading)
        return Step(change, self.kept.apply(change))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    return Store(tmp_path / "annotations.json")  # type: ignore[return-value]


def test_a_star_taken_back_leaves_the_place_read_since(store: Store) -> None:
    store.make(place=10)
    star = store.make(starred=True)
    store.make(place=99, read=True)
    undone = store.take_back(star)
    assert store.reading == Reading("晚报-01.txt", 7, read=True, starred=False, place=99)
    store.make(place=120)
    store.take_back(undone)
    assert store.reading == Reading("晚报-01.txt", 7, read=True, starred=True, place=120)


def test_the_first_star_taken_back_leaves_a_place_kept_since(store: Store) -> None:
    star = store.make(starred=True)
    store.make(place=99)
    undone = store.take_back(star)
    assert store.reading == replace(BLANK, place=99)
    store.take_back(undone)
    assert store.reading == replace(BLANK, place=99, starred=True)


def test_where_nothing_else_was_done_all_is_as_it_was(store: Store) -> None:
    star = store.make(starred=True)
    undone = store.take_back(star)
    assert store.reading is None
    store.make(place=5)
    store.take_back(undone)
    assert store.reading == replace(BLANK, place=5, starred=True)


@given(st.lists(st.fixed_dictionaries({"starred": st.booleans()}) | st.fixed_dictionaries({"read": st.booleans()})))
def test_all_steps_back_and_forth(steps: list[dict[str, bool]]) -> None:
    present: list[Reading | None] = [None]

    def apply(change: Change) -> Change:
        (before,) = present
        present[0] = next((record for record in change.put if isinstance(record, Reading)), None)
        from tui.library.annotations import key_of

        removed = () if before else (key_of(present[0] or BLANK),)
        return Change(change.label, put=(before,) if before else (), remove=removed)

    history, states = History(), []
    for number, fields in enumerate(steps):
        states.append(present[0])
        change = Change("c", put=(replace(present[0] or BLANK, **fields),))  # type: ignore[arg-type]
        history.made(Step(change, apply(change)))
        present[0] = replace(present[0], place=number)  # type: ignore[type-var]
    end = present[0]
    while (step := history.last) is not None:
        change = taken_back(step, lambda _known: present[0])
        history.undone(Step(change, apply(change)))
        wanted = states.pop() or BLANK
        now = present[0] or BLANK
        assert (now.read, now.starred, now.place) == (wanted.read, wanted.starred, len(steps) - 1)
    while (step := history.next) is not None:
        change = taken_back(step, lambda _known: present[0])
        history.redone(Step(change, apply(change)))
    assert present[0] == end


def test_the_steps_of_a_run_are_one_and_what_stands_between_parts_them() -> None:
    history = History()
    states = [made("a1", note=str(number)) for number in range(5)]

    def step(number: int, run: str) -> Step:
        return Step(Change("to", put=(states[number],)), Change("from", put=(states[number - 1],)), run)

    history.made(step(1, "borders"))
    history.made(step(2, "borders"))
    assert len(history.back) == 1
    assert history.last is not None
    assert history.last.inverse.put == (states[0],)
    assert history.last.made.put == (states[2],)
    history.made(step(3, ""))
    history.made(step(4, "borders"))
    assert len(history.back) == 3
