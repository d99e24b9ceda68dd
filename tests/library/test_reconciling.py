"""What two programs have made of one file, put together."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.made import any_record, made
from tests.library.writer import die_at
from tui.errors import ChangedError, DamagedError
from tui.library.annotations import Annotations, Change, Key
from tui.library.contents import contents_of
from tui.library.entries import Record, key_of
from tui.library.reading_back import journal_of
from tui.library.reconciling import merge
from tui.library.rows import to_row
from tui.library.snapshot import row_of, text_of
from tui.model import Annotation, Reading, Tag

Records = dict[Key, Record]
records = st.lists(any_record, max_size=6).map(lambda found: {key_of(record): record for record in found})


def keyed(*found: Record) -> Records:
    return {key_of(record): record for record in found}


def tables(found: Records) -> dict[str, dict[str, bytes]]:
    made: dict[str, dict[str, bytes]] = {}
    for key, record in found.items():
        made.setdefault(key.kind.value, {})[str(key.number)] = text_of(to_row(record))
    return made


def together(base: Records, ours: Records, theirs: Records) -> tuple[Records, int]:
    merged = merge(tables(base), tables(ours), tables(theirs))
    rows = {name: {number: row_of(text) for number, text in table.items()} for name, table in merged.tables.items()}
    return contents_of(rows, Path("annotations.json")).records, merged.twice


@given(records, records, records)
def test_every_change_of_either_is_there_afterwards(base: Records, ours: Records, theirs: Records) -> None:
    merged, twice = together(base, ours, theirs)
    texts = [record.note for record in merged.values() if isinstance(record, Annotation)]
    for mine, other in ((ours, theirs), (theirs, ours)):
        for key, record in mine.items():
            if base.get(key) != record and other.get(key) in (record, base.get(key), None):
                assert merged[key] == record
            if isinstance(record, Annotation) and base.get(key) != record:
                was = base.get(key)
                assert record.note in texts or (isinstance(was, Annotation) and was.note == record.note)
    assert len(merged.keys() - base.keys() - ours.keys() - theirs.keys()) == twice
    for key in base:
        if key not in ours and key not in theirs:
            assert key not in merged


@given(records, records)
def test_what_only_one_has_changed_is_as_that_one_has_it(base: Records, changed: Records) -> None:
    assert together(base, changed, base) == (changed, 0)
    assert together(base, base, changed) == (changed, 0)
    assert together(base, changed, changed) == (changed, 0)


def test_each_has_its_fields() -> None:
    base = made(note="灯", tags=("政策", "民生"))
    ours = replace(base, note="江灯", tags=("政策", "渡口"), modified="2024-02-01T00:00:00Z")
    theirs = replace(base, colour="red", tags=("民生", "政策", "茶"), modified="2024-03-01T00:00:00Z")
    merged, twice = together(keyed(base), keyed(ours), keyed(theirs))
    assert twice == 0
    assert list(merged.values()) == [
        replace(base, note="江灯", colour="red", tags=("政策", "茶", "渡口"), modified="2024-03-01T00:00:00Z")
    ]


def test_a_note_that_both_have_written_stands_there_twice() -> None:
    base = made(note="灯")
    ours, theirs = replace(base, note="江灯"), replace(base, note="渡口的灯")
    merged, twice = together(keyed(base), keyed(ours), keyed(theirs))
    assert twice == 1
    assert merged[key_of(base)] == theirs
    assert sorted(one.note for one in merged.values() if isinstance(one, Annotation)) == ["江灯", "渡口的灯"]


def test_two_descriptions_of_a_tag_become_one_and_a_star_stays() -> None:
    tags = [Tag("政策", "red", words) for words in ("", "国务院的", "地方的")]
    reads = [Reading("a.txt", 0, read, star) for read, star in ((False, False), (False, True), (True, False))]
    merged, _twice = together(*(keyed(*both) for both in zip(tags, reads, strict=True)))
    assert set(merged.values()) == {Tag("政策", "red", "地方的 / 国务院的"), Reading("a.txt", 0, True, True)}


# In a store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.json"


def notes(store: Annotations) -> dict[str, str]:
    return {one.id: one.note for one in store.all()}


def by_hand(path: Path, edit: Callable[[str], str]) -> None:
    """What an editor or a program that synchronises does: another file in the place of this one."""
    other = path.with_name("other")
    other.write_text(edit(path.read_text("utf-8")), "utf-8")
    other.replace(path)


@pytest.mark.parametrize("journalled", [False, True])
def test_a_writer_takes_in_what_was_changed_by_hand(path: Path, journalled: bool) -> None:
    store = Annotations(path)
    store.apply(Change("", (made("a", note="灯"), made("b", note="茶"))))
    store.close()
    if journalled:
        store.apply(Change("", (made("b", note="雨前茶"), made("c", note="石阶"))))
    by_hand(path, lambda text: text.replace('"灯"', '"渡口的灯"'))
    with pytest.raises(ChangedError):
        store.apply(Change("", (made("d"),)))
    reloaded = store.reload()
    ours = {"b": "雨前茶", "c": "石阶"} if journalled else {"b": "茶"}
    assert [key.name for key in reloaded.keys] == ["a"]
    assert notes(store) == {"a": "渡口的灯", **ours}
    assert not journal_of(path).exists()
    store.apply(Change("", (made("d", note="新"),)))
    assert notes(Annotations(path, read_only=True)) == {"a": "渡口的灯", **ours, "d": "新"}


def test_a_note_changed_on_both_sides_is_kept_twice_in_the_file(path: Path) -> None:
    store = Annotations(path)
    store.apply(Change("", (made("a", note="灯"),)))
    store.close()
    store.apply(Change("", (made("a", note="江灯"),)))
    by_hand(path, lambda text: text.replace('"灯"', '"渡口的灯"'))
    assert store.reload().twice == 1
    assert sorted(notes(Annotations(path)).values()) == ["江灯", "渡口的灯"]


def test_after_a_compaction_it_is_that_file_that_both_began_with(path: Path) -> None:
    store = Annotations(path)
    store.apply(Change("", (made("a", note="灯"),)))
    store.close()
    store.apply(Change("", (made("a", note="江灯"),)))
    store.compact()
    store.apply(Change("", (made("b"),)))
    by_hand(path, lambda text: text.replace('"江灯"', '"渡口的灯"'))
    assert store.reload().twice == 0
    assert notes(store) == {"a": "渡口的灯", "b": ""}


@pytest.mark.parametrize("damage", [b"", b"null", b"{"])
def test_what_can_not_be_understood_is_left_and_nothing_of_ours_goes(path: Path, damage: bytes) -> None:
    store = Annotations(path)
    store.apply(Change("", (made("a", note="灯"),)))
    store.close()
    store.apply(Change("", (made("b", note="茶"),)))
    whole = path.read_bytes()
    path.write_bytes(damage)
    with pytest.raises(DamagedError):
        store.reload()
    assert path.read_bytes() == damage
    with pytest.raises(ChangedError):
        store.apply(Change("", (made("c"),)))
    assert notes(store) == {"a": "灯", "b": "茶"}
    path.write_bytes(whole)
    store.reload()
    assert notes(store) == notes(Annotations(path, read_only=True)) == {"a": "灯", "b": "茶"}


def test_a_file_that_someone_removed_is_made_anew(path: Path) -> None:
    store = Annotations(path)
    store.apply(Change("", (made("a", note="灯"),)))
    store.close()
    store.apply(Change("", (made("b", note="茶"),)))
    path.unlink()
    store.reload()
    assert notes(store) == notes(Annotations(path)) == {"a": "灯", "b": "茶"}


def test_records_under_other_numbers_are_the_same_records(path: Path) -> None:
    store = Annotations(path)
    store.apply(Change("", (made("a", note="灯"),)))
    store.close()
    store.apply(Change("", (made("a", note="灯", tags=("政策",)),)))
    number = str(Key.annotation("a").number)
    by_hand(path, lambda text: text.replace(f'"{number}"', '"1"').replace('"yellow"', '"red"'))
    store.reload()
    assert [(one.id, one.tags, one.colour) for one in store.all()] == [("a", ("政策",), "red")]
    assert notes(Annotations(path)) == {"a": "灯"}


@pytest.mark.parametrize("call", ["write", "fsync", "replace", "unlink"])
def test_killed_at_any_step_it_has_lost_neither(tmp_path: Path, call: str) -> None:
    survived, number = False, 0
    while not survived:
        number += 1
        path = tmp_path / str(number) / "annotations.json"
        path.parent.mkdir()
        store = Annotations(path)
        store.apply(Change("", (made("a", note="灯"), made("b", note="茶"))))
        store.close()
        store.apply(Change("", (made("b", note="雨前茶"), made("c", note="石阶"))))
        by_hand(path, lambda text: text.replace('"灯"', '"渡口的灯"'))
        theirs, ours = path.read_bytes(), journal_of(path).read_bytes()
        child = os.fork()
        if child == 0:
            die_at(call, number)
            store.reload()
            os._exit(0)
        survived = os.waitpid(child, 0)[1] == 0
        if path.read_bytes() == theirs:
            assert not survived
            assert journal_of(path).read_bytes().startswith(ours)
        else:
            assert notes(Annotations(path)) == {"a": "渡口的灯", "b": "雨前茶", "c": "石阶"}
        with contextlib.suppress(DamagedError):  # of a journal that belongs to another file; opening harms neither
            Annotations(path)
    assert number > 1
