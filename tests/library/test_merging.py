"""Merging two states: nothing doubled, nothing lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.made import any_record, made
from tui.library.entries import Key, Kind, Record, check, key_of
from tui.library.merging import Merged, Outcome, merge
from tui.model import Annotation, Bookmark, Mend, MendKind, NamedFilter, Reading, Span, Status, Tag, Trashed

EARLY, LATE = "2024-01-25T08:00:00Z", "2024-02-01T08:00:00Z"
States = dict[Key, Record]


def state(records: Iterable[Record]) -> States:
    return {key_of(record): record for record in records}


def after(ours: States, merged: Merged) -> States:
    for record in merged.change.put:
        check(record)
    assert not merged.change.remove
    return {**ours, **state(merged.change.put)}


def merged(ours: Iterable[Record], theirs: Iterable[Record]) -> tuple[States, Merged]:
    before = state(ours)
    done = merge(before, theirs, "merge")
    return after(before, done), done


times = st.sampled_from((EARLY, LATE, "", "2024-01-26T08:00:00Z"))


@st.composite
def some_state(draw: st.DrawFn) -> States:
    """Records whose times are often equal."""
    records = []
    for record in draw(st.lists(any_record, max_size=8)):
        timed: dict[str, Any] = {} if isinstance(record, Mend | Tag | Trashed) else {"modified": draw(times)}
        records.append(replace(record, **timed))
    return state(records)


@given(some_state(), some_state())
def test_merging_twice_changes_nothing(ours: States, theirs: States) -> None:
    once = after(ours, merge(ours, theirs.values(), "merge"))
    again = merge(once, theirs.values(), "merge")
    assert again.change.put == ()
    assert again.totals[Outcome.UNCHANGED] == len(theirs)


@given(some_state())
def test_with_itself_nothing_changes(ours: States) -> None:
    assert merge(ours, ours.values(), "merge").change.put == ()


@given(some_state())
def test_nothing_and_theirs_is_theirs_but_for_what_says_the_same(theirs: States) -> None:
    done = after({}, merge({}, theirs.values(), "merge"))
    assert {_said(record) for record in done.values()} == {
        _said(replace(record, digit=done[key].digit) if isinstance(record, Tag | NamedFilter) else record)  # type: ignore[union-attr]
        for key, record in theirs.items()
    }


def _said(record: Record) -> object:
    named = {"id": "", "created": "", "modified": "", "prefix": "", "suffix": "", "status": Status.ANCHORED}
    if isinstance(record, Annotation):
        return replace(record, **named)  # type: ignore[arg-type]
    if isinstance(record, Mend):
        return replace(record, id="", created="", prefix="", suffix="")
    return record


@given(some_state(), some_state())
def test_ours_stays_unless_theirs_is_newer(ours: States, theirs: States) -> None:
    done = after(ours, merge(ours, theirs.values(), "merge"))
    assert ours.keys() <= done.keys()
    for key, record in ours.items():
        if isinstance(record, Mend | Bookmark):
            assert done[key] == record
        elif isinstance(record, Annotation) and done[key] != record:
            newer = theirs[key]
            assert isinstance(newer, Annotation)
            assert newer.modified > record.modified


@given(some_state(), some_state())
def test_every_note_of_theirs_is_there_or_ours_of_it_is_newer(ours: States, theirs: States) -> None:
    done = after(ours, merge(ours, theirs.values(), "merge"))
    notes = {(one.note, one.author, one.tags) for one in done.values() if isinstance(one, Annotation)}
    for key, record in theirs.items():
        if isinstance(record, Annotation):
            mine = ours.get(key)
            newer = isinstance(mine, Annotation) and mine.modified > record.modified
            thrown = any(
                isinstance(one, Trashed) and one.annotation.id == record.id and one.deleted > record.modified
                for one in ours.values()
            )
            assert newer or thrown or (record.note, record.author, record.tags) in notes


@given(some_state(), some_state())
def test_both_sides_come_to_the_same_notes_where_nothing_was_deleted(ours: States, theirs: States) -> None:
    ours, theirs = _undeleted(ours), _undeleted(theirs)
    here = after(ours, merge(ours, theirs.values(), "merge"))
    there = after(theirs, merge(theirs, here.values(), "merge"))
    end = after(here, merge(here, there.values(), "merge"))
    assert _notes(there) == _notes(end)


def _undeleted(one: States) -> States:
    kept: States = {}
    for key, record in one.items():
        if not isinstance(record, Trashed):
            kept[key] = record
    return kept


def _notes(one: States) -> set[object]:
    return {(each.note, each.author, each.tags, each.colour) for each in one.values() if isinstance(each, Annotation)}


def test_the_newer_one_of_an_id_wins() -> None:
    mine, new = made("a1", note="mine"), made("a1", note="new", modified=LATE)
    done, told = merged([mine], [new])
    assert done == state([new])
    assert told.totals == {Outcome.UPDATED: 1}
    done, told = merged([new], [mine])
    assert done == state([new])
    assert told.totals == {Outcome.UNCHANGED: 1}


def test_at_one_time_both_are_kept() -> None:
    mine, yours = made("a1", note="mine"), made("a1", note="yours")
    done, told = merged([mine], [yours])
    assert sorted(one.note for one in done.values() if isinstance(one, Annotation)) == ["mine", "yours"]
    assert told.totals == {Outcome.BOTH: 1}
    (both,) = told.change.put
    assert isinstance(both, Annotation)
    assert both.id.startswith("a1-")
    long = replace(mine, id="a" * 64)
    merged([long], [replace(long, note="yours")])  # its other id is none too long
    edited = {**done, key_of(both): replace(both, note="yours, edited", modified=LATE)}
    assert merge(edited, [yours], "merge").change.put == ()  # nor does it come again once it was edited


def test_a_note_whose_place_alone_differs_stays_where_our_page_has_it() -> None:
    mine, yours = made("a1", 10, 20), made("a1", 13, 23, status=Status.MOVED, prefix="…")
    assert merged([mine], [yours])[0] == state([mine])
    newer = replace(yours, note="new", modified=LATE)
    done, _told = merged([mine], [newer])
    assert done == state([replace(newer, spans=mine.spans, status=mine.status, prefix=mine.prefix)])
    moved = replace(newer, exact="another passage")
    assert merged([mine], [moved])[0] == state([moved])


def test_the_same_under_another_id_is_the_same() -> None:
    done, told = merged([made("a1", note="n")], [made("b1", note="n", created=LATE, modified=LATE)])
    assert done == state([made("a1", note="n")])
    assert told.totals == {Outcome.UNCHANGED: 1}


def test_another_s_highlight_of_the_same_passage_is_another() -> None:
    done, _told = merged([made("a1", author="one")], [made("b1", author="two")])
    assert {one.author for one in done.values() if isinstance(one, Annotation)} == {"one", "two"}


def test_what_is_in_our_trash_stays_there_unless_they_have_changed_it_since() -> None:
    before, after = made("a1", modified="2024-02-01T00:00:00Z"), made("a1", modified="2024-04-01T00:00:00Z")
    trashed = Trashed(before, "2024-03-01T00:00:00Z")
    done, _told = merged([trashed], [before])
    assert done == state([trashed])
    done, _told = merged([trashed], [after])
    assert done == state([trashed, after])


def test_what_they_have_deleted_and_we_have_not_stays_with_us() -> None:
    ours = made("a1")
    done, _told = merged([ours], [Trashed(ours, "2024-03-01T00:00:00Z")])
    assert done == state([ours])


def test_what_has_gone_from_here_without_a_trace_comes_back() -> None:
    done, told = merged([], [made("a1", note="deleted here")])
    assert done == state([made("a1", note="deleted here")])
    assert told.outcomes == {(Kind.ANNOTATION, Outcome.ADDED): 1}


def test_annotations_of_pages_that_are_not_here_are_kept() -> None:
    assert merged([], [made("a1", page="elsewhere/01.txt")])[0]


def test_a_time_that_is_none_is_the_oldest() -> None:
    done, _told = merged([made("a1", note="ours")], [made("a1", note="theirs", modified="zzz")])
    assert done == state([made("a1", note="ours")])


def test_the_codebook_is_joined() -> None:
    mine = [Tag("政策", colour="red", digit="1"), Tag("民生")]
    yours = [Tag("政策", "blue", "what the state does", "2"), Tag("民生", digit="1"), Tag("新", digit="3")]
    done, _told = merged(mine, yours)
    assert set(done.values()) == {
        Tag("政策", "red", "what the state does", "1"),
        Tag("民生"),  # its digit is another's here
        Tag("新", digit="3"),
    }


@pytest.mark.parametrize(("ours", "theirs", "outcome"), [(EARLY, LATE, True), (LATE, EARLY, False)])
def test_readings_are_the_newest_ones(ours: str, theirs: str, outcome: bool) -> None:
    mine, yours = Reading("a.txt", 3, place=7, modified=ours), Reading("a.txt", 3, read=True, modified=theirs)
    done, _told = merged([mine], [yours])
    assert done[key_of(mine)] == (yours if outcome else mine)


def test_readings_of_one_time_are_both() -> None:
    mine, yours = (
        Reading("a.txt", 3, starred=True, modified=EARLY),
        Reading("a.txt", 3, read=True, place=9, modified=EARLY),
    )
    done, _told = merged([mine], [yours])
    assert done[key_of(mine)] == Reading("a.txt", 3, read=True, starred=True, place=9, modified=EARLY)


def test_of_mends_and_marks_ours_win() -> None:
    spans = (Span(1, 9),)
    mine: list[Record] = [Mend("m1", "a.txt", MendKind.SPLIT, spans, "x"), Bookmark("a", "a.txt", spans, "x")]
    yours: list[Record] = [
        Mend("m1", "a.txt", MendKind.JOIN, spans, "x"),
        Mend("m2", "a.txt", MendKind.SPLIT, spans, "x"),  # the same as ours
        Mend("m3", "a.txt", MendKind.BREAK, spans, "x"),
        Bookmark("a", "b.txt", spans, "x", modified=LATE),
        Bookmark("b", "b.txt", spans, "x"),
    ]
    done, _told = merged(mine, yours)
    assert done == state([*mine, yours[2], yours[4]])


def test_of_two_filters_of_one_name_both_stay() -> None:
    mine = [NamedFilter("要闻", "渡口", "1"), NamedFilter("茶", "茶")]
    yours = [NamedFilter("要闻", "page:1", "1"), NamedFilter("茶", "茶", "2"), NamedFilter("灯", "灯", "1")]
    done, told = merged(mine, yours)
    assert done == state(
        [mine[0], NamedFilter("要闻 2", "page:1"), NamedFilter("茶", "茶", "2"), NamedFilter("灯", "灯")]
    )
    assert told.outcomes[Kind.FILTER, Outcome.BOTH] == 1
    assert merge(done, yours, "merge").change.put == ()
