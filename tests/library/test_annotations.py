from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tinydb import TinyDB

from tests.library.made import any_annotation, any_record, made
from tui.errors import DamagedError, LibraryError, ReadOnlyError, UsageError
from tui.library.annotations import Annotations, Change, Key, Kind, Record, key_of
from tui.library.reading_back import journal_of
from tui.model import Annotation, Bookmark, Imprint, Mend, MendKind, NamedFilter, Reading, Role, Scope, Span, Tag

DAY = "2024-01-25T08:00:00Z"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.json"


def everything(store: Annotations) -> dict[Key, Record]:
    """All records but the tags that only stand on annotations."""
    codebook = [tag for tag in store.tags() if store._state.records.get(Key.tag(tag.name))]
    found: tuple[Record, ...] = (
        *store.all(),
        *store.readings(),
        *codebook,
        *store.mends(),
        *store.bookmarks(),
        *store.filters(),
        *store.trash(),
    )
    return {key_of(record): record for record in found}


def on_disk(path: Path) -> dict[Key, Record]:
    return everything(Annotations(path))


def test_a_new_library_is_empty_and_leaves_no_file(path: Path) -> None:
    store = Annotations(path)
    assert (store.all(), store.readings(), store.tags(), store.tag_counts()) == ((), (), (), {})
    assert not path.exists()


def test_what_was_applied_is_there_and_on_the_disk(path: Path) -> None:
    store = Annotations(path)
    mine = made(note="注 📰\n第二行\0", tags=("政策/产业",), spans=(Span(1, 2), Span(5, 9)), scope=Scope.ARTICLE)
    reading = Reading("晚报-01.txt", 40, read=True, starred=True, place=77, modified=DAY)
    tag = Tag("民生", "green", "人民的生活")
    store.apply(Change("note", put=(mine, reading, tag)))
    for view in (store, Annotations(path)):
        assert view.get("a1") == mine
        assert view.readings() == (reading,)
        assert view.readings()[0].modified == DAY
        assert view.tags() == (Tag("政策/产业"), tag)
        assert view.tag_counts() == {"政策/产业": 1, "民生": 0}


def split(name: str, created: str = DAY, page: str = "晚报-01.txt", start: int = 3) -> Mend:
    return Mend(name, page, MendKind.SPLIT, (Span(start, start + 4),), "一二三四", created=created)


def test_mends_come_in_the_order_of_making_by_page(path: Path) -> None:
    store = Annotations(path)
    later = "2024-01-26T08:00:00Z"
    wanted = [split("b", start=9), split("c", start=5), split("a", later), split("d", page="晚报-02.txt")]
    store.apply(Change("", put=tuple(reversed(wanted))))
    for view in (store, Annotations(path)):
        assert list(view.mends()) == wanted
        assert list(view.mends_on("晚报-01.txt")) == wanted[:3]
        assert view.mends_on("none.txt") == ()


def test_a_mend_and_an_annotation_may_have_one_id(path: Path) -> None:
    store = Annotations(path)
    store.apply(Change("", put=(made("a1"), split("a1"))))
    store.apply(Change("", remove=(Key.mend("a1"),)))
    assert (store.all(), store.mends()) == ((made("a1"),), ())


def test_a_plain_tinydb_finds_the_mends_in_their_table(path: Path) -> None:
    role = Mend("r", "p.txt", MendKind.ROLE, (Span(1, 2), Span(5, 6)), "甲乙", role=Role.CAPTION)
    Annotations(path).apply(Change("", put=(split("s"), role)))
    with TinyDB(path, access_mode="r", encoding="utf-8") as plain:
        assert plain.tables() == {"jianbao", "mends"}
        rows = {row["id"]: row for row in plain.table("mends")}
    assert (rows["s"]["kind"], rows["s"]["role"], rows["s"]["spans"]) == ("split", "", [[3, 7]])
    assert (rows["r"]["kind"], rows["r"]["role"], rows["r"]["spans"]) == ("role", "caption", [[1, 2], [5, 6]])


def test_a_mend_that_only_a_later_version_knows_is_kept(path: Path) -> None:
    store = Annotations(path)
    store.apply(Change("", put=(split("s"),)))
    with TinyDB(path, encoding="utf-8") as later:
        row = later.table("mends").all()[0].copy()
        later.table("mends").insert({**row, "id": "t", "kind": "turn"})
        later.table("mends").insert({**row, "id": "u", "kind": "role", "role": "poem"})
    store = Annotations(path)
    assert store.unknown == 2
    assert store.mends() == (split("s"),)
    store.apply(Change("", remove=(Key.mend("s"),)))
    store.close()
    with TinyDB(path, access_mode="r", encoding="utf-8") as later:
        assert [row["id"] for row in later.table("mends")] == ["t", "u"]


def test_a_plain_tinydb_finds_the_records_in_their_tables(path: Path) -> None:
    Annotations(path).apply(Change("", put=(made(note="剪报"), Tag("民生"), Reading("p.txt", 3))))
    with TinyDB(path, access_mode="r", encoding="utf-8") as plain:
        assert plain.tables() == {"annotations", "jianbao", "readings", "tags"}
        assert [row["note"] for row in plain.table("annotations")] == ["剪报"]
        assert [row["spans"] for row in plain.table("annotations")] == [[[10, 20]]]
        assert [row["name"] for row in plain.table("tags")] == ["民生"]
        assert [row["start"] for row in plain.table("readings")] == [3]


def test_annotations_come_in_text_order(path: Path) -> None:
    store = Annotations(path)
    wanted = [made("z", 1, 9), made("b", 5, 6), made("a", 5, 9), made("c", 5, 9), made("d", 0, 1, page="b.txt")]
    store.apply(Change("", put=tuple(reversed(wanted))))
    assert list(store.all()) == wanted
    assert list(store.on_page(wanted[0].page)) == wanted[:4]
    assert store.on_page("none.txt") == ()
    moved = replace(wanted[0], spans=(Span(90, 91),))
    store.apply(Change("", put=(moved,)))
    assert list(store.on_page(moved.page)) == [*wanted[1:4], moved]
    to_another_page = replace(moved, page="b.txt")
    store.apply(Change("", put=(to_another_page,)))
    assert list(store.on_page("b.txt")) == [wanted[4], to_another_page]
    assert list(store.on_page(moved.page)) == wanted[1:4]


def test_readings_come_by_place(path: Path) -> None:
    store = Annotations(path)
    store.apply(Change("", put=(Reading("b", 9), Reading("b", 2), Reading("a", 5))))
    assert [(reading.page, reading.start) for reading in store.readings()] == [("a", 5), ("b", 2), ("b", 9)]
    assert [reading.start for reading in store.readings_on("b")] == [2, 9]


def test_one_change_is_one_write(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    store = Annotations(path)
    inverse = store.apply(Change("", put=(made("a"), made("b"), Tag("t"), Reading("p", 1))))
    inverse = store.apply(inverse)  # which begins the journal: the file's fsync and the folder's, as for a new file
    assert len(synced) == 4
    store.apply(inverse)
    assert len(synced) == 5
    assert store.apply(Change("", remove=(Key.annotation("c"),))) == Change("")
    assert len(synced) == 5


def test_the_inverse_brings_back_the_very_bytes(path: Path) -> None:
    store = Annotations(path)
    store.apply(Change("", put=(made("a", created=DAY, modified=DAY), made("b"), Tag("t", "red"))))
    before, state = store.snapshot_bytes(), everything(store)
    inverse = store.apply(
        Change(
            "edit",
            put=(made("a", note="new", modified="2025-01-01T00:00:00Z"), made("c"), Reading("p", 1)),
            remove=(Key.annotation("b"), Key.tag("t")),
        )
    )
    assert inverse.label == "edit"
    after = store.snapshot_bytes()
    again = store.apply(inverse)
    # An emptied table stays as an empty one.
    assert store.snapshot_bytes().replace(b'  "readings": {},\n', b"") == before
    assert everything(store) == state
    store.apply(again)
    assert store.snapshot_bytes() == after
    store.close()
    assert path.read_bytes() == after


def test_a_reading_whose_time_alone_differs_is_no_change(path: Path) -> None:
    store = Annotations(path)
    store.apply(Change("", put=(Reading("p", 1, read=True, modified=DAY),)))
    before = store.snapshot_bytes()
    assert store.apply(Change("", put=(Reading("p", 1, read=True, modified="later"),))) == Change("")
    assert store.snapshot_bytes() == before
    assert not journal_of(path).exists()


def test_what_a_later_version_adds_is_kept(path: Path) -> None:
    store = Annotations(path)
    store.apply(Change("", put=(made("a", note="old"), made("b"))))
    with TinyDB(path, encoding="utf-8") as later:
        later.table("annotations").update({"mood": {"deep": [1, None]}})
        later.table("annotations").insert({"id": "x", "scope": "picture", "frame": [1, 2, 3, 4]})
        later.table("pictures").insert({"file": "a.png"})
    store = Annotations(path)
    assert store.unknown == 1
    assert [annotation.id for annotation in store.all()] == ["a", "b"]
    gone = store.apply(Change("", put=(made("a", note="new"),), remove=(Key.annotation("b"),)))
    store.apply(gone)
    store.close()
    with TinyDB(path, access_mode="r", encoding="utf-8") as later:
        rows = {row["id"]: row for row in later.table("annotations")}
        assert rows["a"]["mood"] == rows["b"]["mood"] == {"deep": [1, None]}
        assert rows["a"]["note"] == "old"
        assert rows["x"] == {"id": "x", "scope": "picture", "frame": [1, 2, 3, 4]}
        assert later.table("pictures").all() == [{"file": "a.png"}]


def test_a_number_that_is_taken_is_not_given_again(path: Path) -> None:
    Annotations(path).apply(Change("", put=(made("other"),)))
    number = Key.annotation("mine").number
    text = path.read_text().replace(str(Key.annotation("other").number), str(number))
    path.write_text(text)
    store = Annotations(path)
    store.apply(Change("", put=(made("mine"),)))
    assert {annotation.id for annotation in Annotations(path).all()} == {"mine", "other"}


def test_read_only_reads_and_refuses(path: Path) -> None:
    Annotations(path).apply(Change("", put=(made(),)))
    before = path.read_bytes()
    store = Annotations(path, read_only=True)
    assert store.read_only
    assert store.all() == (made(),)
    with pytest.raises(ReadOnlyError):
        store.apply(Change("", remove=(Key.annotation("a1"),)))
    assert path.read_bytes() == before


REFUSED: dict[str, Record] = {
    "no spans": made(spans=()),
    "empty span": made(spans=(Span(3, 3),)),
    "backwards": made(spans=(Span(4, 3),)),
    "negative": made(spans=(Span(-1, 3),)),
    "out of order": made(spans=(Span(5, 9), Span(1, 2))),
    "overlapping": made(spans=(Span(1, 5), Span(4, 9))),
    "beyond any page": made(spans=(Span(1, 2**64),)),
    "half a surrogate pair in a note": made(note="a\ud800"),
    "half a surrogate pair in a quote": made(exact="\udfff"),
    "half a surrogate pair in a page": made(page="\udcff.txt"),
    "half a surrogate pair in a tag": made(tags=("\ud800",)),
    "half a surrogate pair in a description": Tag("t", "", "\ud800"),
    "a line break in a tag": made(tags=("a\nb",)),
    "a control character in a tag": Tag("a\x1b[2Jb"),
    "an empty tag": made(tags=("",)),
    "an empty part": made(tags=("政策//产业",)),
    "a part of white space": Tag("政策/　/产业"),
    "white space around a tag": made(tags=(" 政策",)),
    "a tag twice": made(tags=("政策", "政策")),
    "an absolute page": made(page="/etc/passwd"),
    "a page outside": made(page="../x.txt"),
    "no page": Reading("", 1),
    "an id for a path": made(id="../a"),
    "no id": made(id=""),
    "a mend to no role": Mend("a", "p", MendKind.ROLE, (Span(1, 2),), "x"),
    "a split to a role": Mend("a", "p", MendKind.SPLIT, (Span(1, 2),), "x", role=Role.BODY),
    "a split with an imprint": Mend("a", "p", MendKind.SPLIT, (Span(1, 2),), "x", imprint=Imprint("晚报")),
    "an imprint of nothing": Mend("a", "p", MendKind.IMPRINT, (Span(1, 2),), "x"),
    "an imprint of no date": Mend("a", "p", MendKind.IMPRINT, (Span(1, 2),), "x", imprint=Imprint(date="2024-13-01")),
    "an imprint of two lines": Mend("a", "p", MendKind.IMPRINT, (Span(1, 2),), "x", imprint=Imprint("晚\n报")),
    "a bookmark of no letter": Bookmark("1", "p", (Span(1, 2),), "x"),
    "a bookmark of two letters": Bookmark("ab", "p", (Span(1, 2),), "x"),
    "a bookmark of nothing": Bookmark("a", "p", (), ""),
    "a filter of no name": NamedFilter("", "渡口"),
    "white space around a filter's name": NamedFilter(" 渡口", "渡口"),
    "a filter's name of two lines": NamedFilter("渡\n口", "渡口"),
    "a filter of two lines": NamedFilter("渡口", "渡\x1b[2J口"),
    "a filter of no digit": NamedFilter("渡口", "渡口", "x"),
    "half a surrogate pair in a filter": NamedFilter("渡口", "\ud800"),
    "a mend of nothing": Mend("a", "p", MendKind.SPLIT, (), ""),
    "a mend of an id for a path": Mend("../a", "p", MendKind.SPLIT, (Span(1, 2),), "x"),
    "half a surrogate pair in a mend": Mend("a", "p", MendKind.SPLIT, (Span(1, 2),), "\ud800"),
    "a place before the page": Reading("p", 1, place=-1),
    "a start before the page": Reading("p", -1),
}


@pytest.mark.parametrize("record", REFUSED.values(), ids=REFUSED)
def test_what_may_not_be_kept_is_refused_in_one_clear_line(path: Path, record: Record) -> None:
    store = Annotations(path)
    with pytest.raises(UsageError) as raised:
        store.apply(Change("", put=(made("good"), record)))
    line = str(raised.value)
    assert line.encode()
    assert line.isprintable()
    assert store.all() == ()
    assert not path.exists()


def test_a_record_named_twice_is_refused(path: Path) -> None:
    store = Annotations(path)
    for change in (Change("", put=(made(), made(note="x"))), Change("", put=(made(),), remove=(Key.annotation("a1"),))):
        with pytest.raises(UsageError, match="named twice"):
            store.apply(change)


ROW: dict[str, Any] = {"id": "a", "page": "p", "scope": "span", "spans": [[1, 2]], "exact": "x"}


@pytest.mark.parametrize(
    ("table", "row", "cause"),
    [
        ("annotations", {}, "scope: missing"),
        ("annotations", ROW | {"id": 3}, "id: not a value of its kind"),
        ("annotations", ROW | {"note": None}, "note: not a value of its kind"),
        ("annotations", ROW | {"tags": "政策"}, "tags: not a value of its kind"),
        ("annotations", ROW | {"tags": [1]}, "tags: not a value of its kind"),
        ("annotations", ROW | {"spans": {}}, "spans: not a value of its kind"),
        ("annotations", ROW | {"spans": [[1]]}, "spans: not a list of"),
        ("annotations", ROW | {"spans": [[1, True]]}, "spans: not a list of"),
        ("annotations", ROW | {"spans": [[1, 2.5]]}, "spans: not a list of"),
        ("annotations", ROW | {"spans": [[2, 1]]}, "2-1 is empty"),
        ("annotations", ROW | {"spans": []}, "marks nothing"),
        ("annotations", {key: value for key, value in ROW.items() if key != "exact"}, "exact: missing"),
        ("mends", {}, "kind: missing"),
        ("mends", {"id": "a", "page": "p", "kind": "split", "exact": "x"}, "spans: not a value|spans: missing"),
        ("mends", {"id": "a", "page": "p", "kind": "role", "spans": [[1, 2]], "exact": "x"}, "a role is what"),
        ("mends", {"id": "a", "page": "p", "kind": "split", "spans": [[1, 2]]}, "exact: missing"),
        ("readings", {"page": "p", "start": "1"}, "start: not a value of its kind"),
        ("readings", {"page": "p", "start": 1, "read": 1}, "read: not a value of its kind"),
        ("tags", {"name": "a\nb"}, "line break"),
        ("tags", {"colour": "red"}, "name: missing"),
    ],
)
def test_a_record_that_makes_no_sense_is_damage(path: Path, table: str, row: dict[str, Any], cause: str) -> None:
    Annotations(path).apply(Change("", put=(made("z"),)))
    with TinyDB(path, encoding="utf-8") as plain:
        plain.table(table).insert(row)
    before = path.read_bytes()
    with pytest.raises(DamagedError, match=cause) as raised:
        Annotations(path)
    assert f"of {table}" in str(raised.value)
    assert path.read_bytes() == before


def test_the_least_that_an_annotation_needs_is_enough(path: Path) -> None:
    Annotations(path).apply(Change("", put=(made("z"),)))
    with TinyDB(path, encoding="utf-8") as plain:
        plain.table("annotations").insert(ROW)
    found = Annotations(path).get("a")
    assert found is not None
    assert (found.note, found.tags, found.colour) == ("", (), "yellow")


def test_two_records_of_one_key_are_damage(path: Path) -> None:
    Annotations(path).apply(Change("", put=(made(),)))
    with TinyDB(path, encoding="utf-8") as plain:
        plain.table("annotations").insert(plain.table("annotations").all()[0].copy())
    with pytest.raises(DamagedError, match="'a1' stands twice"):
        Annotations(path)


def test_what_another_program_wrote_is_refused_until_it_is_reloaded(path: Path) -> None:
    first, second = Annotations(path), Annotations(path)
    first.apply(Change("", put=(made("a"),)))
    assert second.changed()
    with pytest.raises(LibraryError, match="changed by another program"):
        second.apply(Change("", put=(made("b"),)))
    assert second.all() == ()
    second.reload()
    second.apply(Change("", put=(made("b"),)))
    assert set(on_disk(path)) == {Key.annotation("a"), Key.annotation("b")}


def test_a_reload_of_a_damaged_file_changes_nothing_here_or_there(path: Path) -> None:
    store = Annotations(path)
    store.apply(Change("", put=(made(),)))
    broken = path.read_bytes().replace(b'"spans"', b'"spams"')
    path.write_bytes(broken)
    with pytest.raises(DamagedError):
        store.reload()
    assert store.all() == (made(),)
    with pytest.raises(LibraryError, match="changed by another program"):
        store.apply(Change("", remove=(Key.annotation("a1"),)))
    assert path.read_bytes() == broken


def test_readers_see_the_state_before_or_after_never_between(path: Path) -> None:
    store = Annotations(path)
    pair = (made("a", note="0"), made("b", note="0"))
    store.apply(Change("", put=pair))
    seen: set[tuple[str, ...]] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.add(tuple(annotation.note for annotation in store.on_page(pair[0].page)))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(60):
        store.apply(Change("", put=tuple(replace(each, note=str(number)) for each in pair)))
    done.set()
    reader.join()
    assert all(one == two for one, two in seen)


def test_the_file_stays_private(path: Path) -> None:
    store = Annotations(path)
    store.apply(Change("", put=(made(),)))
    path.chmod(0o644)
    store.apply(Change("", put=(made("b"),)))
    assert stat.S_IMODE(journal_of(path).stat().st_mode) == 0o600
    store.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@given(any_annotation)
@settings(max_examples=40)
def test_any_annotation_comes_back_the_same(tmp_path_factory: pytest.TempPathFactory, annotation: Annotation) -> None:
    path = tmp_path_factory.mktemp("any") / "annotations.json"
    Annotations(path).apply(Change("", put=(annotation,)))
    assert Annotations(path).all() == (annotation,)


FAULTS = ("open", "write", "fsync", "fchmod", "ftruncate", "replace")


class Store(RuleBasedStateMachine):
    """The store against a plain dict: changes, their inverses in any order, and reopening."""

    inverses: Bundle[Change] = Bundle("inverses")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="jianbao-test-"))
        self.path = self.folder / "annotations.json"
        self.store = Annotations(self.path)
        self.plain: dict[Key, Record] = {}
        self.reader = Annotations(self.path, read_only=True)

    @rule(target=inverses, put=st.lists(any_record, max_size=4, unique_by=key_of), data=st.data())
    def change(self, put: list[Record], data: st.DataObject) -> Change:
        keys = sorted(self.plain.keys() - {key_of(record) for record in put}, key=lambda key: (key.kind, key.name))
        removed = data.draw(st.lists(st.sampled_from(keys), max_size=3, unique=True)) if keys else []
        return self.made(Change("change", tuple(put), tuple(removed)))

    @rule(target=inverses, inverse=inverses)
    def take_back(self, inverse: Change) -> Change:
        return self.made(inverse)

    @rule()
    def reopen(self) -> None:
        self.store = Annotations(self.path)

    @rule()
    def close(self) -> None:
        self.store.close()
        assert not journal_of(self.path).exists()
        if self.path.exists():
            assert self.path.read_bytes() == self.store.snapshot_bytes()

    @rule()
    def follow(self) -> None:
        self.reader.reload()
        assert everything(self.reader) == self.plain
        assert not self.reader.changed()

    @rule(error=st.sampled_from((errno.ENOSPC, errno.EIO, errno.EROFS)), call=st.sampled_from(FAULTS), after=st.data())
    def fault(self, error: int, call: str, after: st.DataObject) -> None:
        """A commit or a compaction meets a failing disk at one of its first calls."""
        before = everything(self.store)
        real, left = getattr(os, call), after.draw(st.integers(0, 2))

        def failing(*arguments: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                raise OSError(error, os.strerror(error))
            return real(*arguments, **named)

        raised = None
        with mock.patch.object(os, call, failing):
            try:
                self.store.apply(Change("", put=(made("a0", note=f"{len(before)}"),)))
                self.store.close()
            except LibraryError as error_raised:
                raised = str(error_raised)
        assert raised is None or (os.strerror(error) in raised and str(self.path) in raised)
        now = everything(self.store)
        if now != before:
            assert now == before | {Key.annotation("a0"): made("a0", note=f"{len(before)}")}
        self.plain = now

    def made(self, change: Change) -> Change:
        before = everything(self.store)
        inverse = self.store.apply(change)
        for key in change.remove:
            self.plain.pop(key, None)
        self.plain.update({key_of(record): record for record in change.put})
        after = everything(self.store)
        assert self.store.apply(self.store.apply(inverse)).label == change.label
        assert everything(self.store) == after
        self.store.apply(inverse)
        assert everything(self.store) == before
        self.store.apply(change)
        return inverse

    @invariant()
    def agrees(self) -> None:
        assert everything(self.store) == self.plain
        assert orjson.loads(self.store.snapshot_bytes()).keys() >= {"jianbao"}
        assert everything(Annotations(self.path)) == self.plain
        uses = [tag for annotation in self.store.all() for tag in annotation.tags]
        assert {name: count for name, count in self.store.tag_counts().items() if count} == {
            name: uses.count(name) for name in uses
        }
        assert {annotation.id for annotation in self.store.all()} == {
            key.name for key in self.plain if key.kind is Kind.ANNOTATION
        }

    def teardown(self) -> None:
        shutil.rmtree(self.folder)


Store.TestCase.settings = settings(max_examples=20, stateful_step_count=12, deadline=None)
TestStore = Store.TestCase


if __name__ == "__main__":  # the same, longer: python -m tests.library.test_annotations [EXAMPLES]
    examples = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    run_state_machine_as_test(
        Store, settings=settings(max_examples=examples, stateful_step_count=12, deadline=None, database=None)
    )
    print(f"{examples} examples: the store was the plain dict's equal in all of them")
