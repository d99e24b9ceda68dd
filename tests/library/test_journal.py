"""The journal beside the file: damage found, others' writes found, followed by readers, compacted under way."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.library.made import made
from tui.errors import DamagedError, LibraryError
from tui.library import kept
from tui.library.annotations import Annotations, Change, Key
from tui.library.journal import read_lines
from tui.library.library import Library
from tui.library.reading_back import journal_of
from tui.library.rescue import rescue
from tui.library.snapshot import chunks, text_of
from tui.library.storage import AnnotationFile

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.json"


def notes(store: Annotations) -> dict[str, str]:
    return {annotation.id: annotation.note for annotation in store.all()}


def put(*names: str, note: str = "") -> Change:
    return Change("", tuple(made(name, note=note) for name in names))


def three(path: Path) -> list[dict[str, str]]:
    """A file and a journal of three changes; the states they have gone through."""
    store = Annotations(path)
    store.apply(put("a", "b", note="1"))
    seen = [notes(store)]
    for change in (put("a", note="二"), Change("", (made("c"),), (Key.annotation("b"),)), put("d", note="4")):
        store.apply(change)
        seen.append(notes(store))
    return seen


def test_at_rest_there_is_one_file(path: Path) -> None:
    three(path)
    assert journal_of(path).exists()
    store = Annotations(path)
    expected = store.snapshot_bytes()
    store.close()
    assert path.read_bytes() == expected
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_the_same_records_give_the_same_bytes_whatever_way_they_came(path: Path) -> None:
    three(path)
    one = Annotations(path)
    one.close()
    other = Annotations(path.with_name("other.json"))
    other.apply(Change("", one.all()))
    assert other.snapshot_bytes() == path.read_bytes()


def test_a_journal_cut_at_any_byte_gives_a_state_that_was_or_is_found(path: Path) -> None:
    seen = three(path)
    file, whole = journal_of(path), journal_of(path).read_bytes()
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        try:
            found = notes(Annotations(path))
        except DamagedError as error:
            assert str(file) in str(error)  # noqa: PT017
            assert length < whole.index(b"\n")
        else:
            assert found in seen
            assert found == seen[read_lines(whole[:length]).last]


@pytest.mark.parametrize("mask", [0x01, 0x20, 0x80, 0xFF])
def test_a_journal_with_any_byte_flipped_loses_nothing_in_silence(path: Path, mask: int) -> None:
    seen = three(path)
    file, whole = journal_of(path), journal_of(path).read_bytes()
    found_out = 0
    for at in range(len(whole)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ mask]) + whole[at + 1 :])
        try:
            assert notes(Annotations(path)) == seen[-1]
        except DamagedError as error:
            found_out += 1
            assert str(file) in str(error)  # noqa: PT017
    assert found_out >= len(whole) - 1  # all but the last line break
    assert path.exists()


@pytest.mark.parametrize("mask", [0x01, 0x20, 0x80])
def test_a_file_with_any_byte_flipped_is_found_while_there_is_a_journal(path: Path, mask: int) -> None:
    three(path)
    whole = path.read_bytes()
    for at in range(0, len(whole), 3):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ mask]) + whole[at + 1 :])
        with pytest.raises(LibraryError):
            Annotations(path)


def test_a_flip_in_a_file_at_rest_is_found_or_is_one_that_a_hand_could_have_made(path: Path) -> None:
    three(path)
    store = Annotations(path)
    store.close()
    whole = path.read_bytes()
    before = set(store.all())
    named = whole.index(b'"annotations"')
    for at in range(len(whole)):
        if named < at < named + 12:
            continue  # a table of another name is kept, as a later version's
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        try:
            now = set(Annotations(path).all())
        except LibraryError:
            continue
        assert len(now) >= len(before) - 1
        assert len(before - now) <= 1, at


def test_damage_is_named_and_both_files_stay(path: Path) -> None:
    three(path)
    file = journal_of(path)
    lines = file.read_bytes().split(b"\n")
    file.write_bytes(b"\n".join([*lines[:2], lines[2].replace(b"note", b"nose"), *lines[3:]]))
    before = (path.read_bytes(), file.read_bytes())
    with pytest.raises(DamagedError, match=r"annotations\.json\.journal: damaged: line 3 can't be read; 2 changes"):
        Annotations(path)
    assert (path.read_bytes(), file.read_bytes()) == before


def test_what_can_be_read_of_damaged_files_is_offered(path: Path) -> None:
    seen = three(path)
    file, other = journal_of(path), path.with_name("rescued.json")

    def offered() -> dict[str, str]:
        other.write_bytes(rescue(path).data)
        return notes(Annotations(other))

    whole = rescue(path)
    assert (offered(), whole.causes, whole.records) == (seen[-1], (), 3)
    lines, old = file.read_bytes().split(b"\n"), path.read_bytes()
    file.write_bytes(b"\n".join([*lines[:2], lines[2][:-9], *lines[3:]]))
    assert offered() == {"a": "二", "b": "1", "d": "4"}  # all but the damaged line's: c put in, b taken out
    assert rescue(path).causes[0] == "line 3 can't be read"
    path.write_bytes(old[: old.index(b'"tags"', old.index(b'"id": "b"'))])
    assert offered() == {"a": "二", "d": "4"}
    assert "damaged" in rescue(path).causes[0]
    path.unlink()
    assert offered() == {"a": "二", "d": "4"}


def test_of_a_file_cut_at_any_byte_every_whole_record_is_offered(path: Path) -> None:
    store = Annotations(path)
    store.apply(put("a", "b", "c"))
    whole = path.read_bytes()
    for length in range(1, len(whole), 5):
        path.write_bytes(whole[:length])
        assert rescue(path).records == min(3, whole[:length].count(b"\n    }"))  # the fourth tells the format


@pytest.mark.parametrize("gone", [1, 2])
def test_a_line_that_is_missing_is_damage(path: Path, gone: int) -> None:
    three(path)
    lines = journal_of(path).read_bytes().split(b"\n")
    del lines[gone]
    journal_of(path).write_bytes(b"\n".join(lines))
    with pytest.raises(DamagedError, match="missing"):
        Annotations(path)


def test_a_journal_that_belongs_to_another_file_is_never_dropped(path: Path) -> None:
    three(path)
    journal, old = journal_of(path).read_bytes(), path.read_bytes()
    path.write_bytes(old.replace(b'"note": "1"', b'"note": "7"'))
    with pytest.raises(DamagedError, match=r"while \d changes to the one before"):
        Annotations(path)
    path.unlink()
    with pytest.raises(DamagedError, match="it is missing"):
        Annotations(path)
    assert journal_of(path).read_bytes() == journal
    path.write_bytes(old)
    assert len(Annotations(path).all()) == 3


def test_a_journal_whose_changes_are_all_in_the_file_goes_at_the_next_change(path: Path) -> None:
    three(path)
    store = Annotations(path)
    path.write_bytes(store.snapshot_bytes().replace(b'"prefix": ""', b'"prefix":  ""'))  # as if saved by hand
    store = Annotations(path)
    assert len(store.all()) == 3
    store.apply(put("e"))
    assert len(list(read_lines(journal_of(path).read_bytes()).changes())) == 1
    assert len(Annotations(path).all()) == 4


def test_a_later_version_s_journal_is_refused(path: Path) -> None:
    from tui.library.journal import encode

    three(path)
    journal_of(path).write_bytes(encode(0, {"journal": 2, "of": "x"}) + b"\n")
    with pytest.raises(LibraryError, match="later version") as raised:
        Annotations(path)
    assert not isinstance(raised.value, DamagedError)


@pytest.mark.parametrize("meddle", ["file", "journal", "both gone", "journal gone"])
def test_what_another_program_did_between_two_commits_is_not_written_over(path: Path, meddle: str) -> None:
    three(path)
    store = Annotations(path)
    store.apply(put("mine"))
    if meddle == "file":
        path.write_bytes(path.read_bytes().replace(b"yellow", b"greeny"))
    elif meddle == "journal":
        with journal_of(path).open("ab") as file:
            file.write(b"x")
    else:
        journal_of(path).unlink()
        if meddle == "both gone":
            path.unlink()
    there = {entry.name: entry.read_bytes() for entry in path.parent.iterdir()}
    assert store.changed()
    with pytest.raises(LibraryError, match="changed by another program"):
        store.apply(put("more"))
    store.close()
    assert {entry.name: entry.read_bytes() for entry in path.parent.iterdir()} == there
    assert "mine" in notes(store)


def test_a_reader_follows_a_writer(path: Path) -> None:
    writer = Annotations(path)
    writer.apply(put("a"))
    reader = Annotations(path, read_only=True)
    for number in range(4):
        assert not reader.changed()
        writer.apply(put("a", f"b{number}", note=str(number)))
        assert reader.changed()
        reader.reload()
        assert notes(reader) == notes(writer)
        writer.apply(Change("", remove=(Key.annotation(f"b{number - 1}"),)))
        if number == 2:
            writer.close()
        reader.reload()
        assert notes(reader) == notes(writer)
        assert reader.tag_counts() == writer.tag_counts()


def test_a_reader_reads_only_what_is_new(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = Annotations(path)
    writer.apply(put("a"))
    reader = Annotations(path, read_only=True)
    monkeypatch.setattr("tui.library.kept.read_both", None)
    writer.apply(put("b"))
    reader.reload()
    writer.apply(put("c"))
    reader.reload()
    assert set(notes(reader)) == {"a", "b", "c"}


def test_a_reader_opens_and_follows_in_the_middle_of_compactions(path: Path) -> None:
    writer = Annotations(path)
    writer.apply(put("a", note="0"))
    done = threading.Event()
    wrong: list[object] = []

    def read() -> None:
        reader, last = Annotations(path, read_only=True), 0
        while not done.is_set():
            try:
                reader.reload()
                now = int(notes(Annotations(path, read_only=True))["a"])
                at = int(notes(reader)["a"])
            except LibraryError as error:
                wrong.append(error)
                return
            if at < last or now < at:
                wrong.append((last, at, now))
            last = now

    thread = threading.Thread(target=read)
    thread.start()
    for number in range(150):
        writer.apply(put("a", note=str(number)))
        if number % 3 == 0:
            writer.close()
    done.set()
    thread.join()
    assert wrong == []


def test_commits_during_a_compaction_are_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "LONG", 2_000)
    store = Annotations(path)
    expected = {}
    for number in range(200):
        store.apply(put(f"a{number % 30}", note=str(number)))
        expected[f"a{number % 30}"] = str(number)
    assert notes(Annotations(path)) == expected
    store.close()
    assert not journal_of(path).exists()
    assert notes(Annotations(path)) == expected


def test_a_compaction_that_fails_loses_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = three(path)
    store = Annotations(path)
    with monkeypatch.context() as patch:
        patch.setattr("tui.library.atomic._check", _full)
        with pytest.raises(LibraryError, match="not compacted: No space"):
            store.compact()
        store.close()
    assert notes(store) == notes(Annotations(path)) == seen[-1]
    store.apply(put("e"))
    store.close()
    assert not journal_of(path).exists()


def _full(_: Path) -> None:
    raise OSError(28, "No space left on device")


def test_a_library_leaves_one_file_and_mends_what_a_killed_program_left(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    seen = three(path)
    with Library(tmp_path, tmp_path / "data") as library:
        assert notes(library.annotations) == seen[-1]
    assert not journal_of(path).exists()
    assert notes(Annotations(path)) == seen[-1]


def test_two_writers_with_a_lock_lose_nothing(tmp_path: Path) -> None:
    """`python -m tests.library.test_journal FOLDER NAME COUNT` is one of them; they take turns."""
    count = 25
    commands = [[sys.executable, "-m", __name__, str(tmp_path), name, str(count)] for name in ("one", "two")]
    writers = [subprocess.Popen(command, cwd=ROOT) for command in commands]
    assert [writer.wait() for writer in writers] == [0, 0]
    assert set(notes(Annotations(tmp_path / "annotations.json"))) == {
        f"{name}-{number}" for name in ("one", "two") for number in range(count)
    }


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('abc\n"{}', max_size=3), inner, max_size=3),
    max_leaves=8,
)
numbers = st.integers(0, 10**18).map(str)
tables = st.dictionaries(
    st.text('ab"\n 剪', max_size=3),
    st.dictionaries(
        numbers,
        st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=4), values, max_size=4),
        max_size=5,
    ),
    max_size=3,
)


@given(tables)
@settings(max_examples=150)
def test_any_tables_are_written_as_orjson_would_and_read_back(
    tmp_path_factory: pytest.TempPathFactory, content: dict[str, Any]
) -> None:
    texts = {name: {number: text_of(row) for number, row in rows.items()} for name, rows in content.items()}
    whole = b"".join(chunks(texts))
    expected = {"jianbao": {"1": {"format": 1}}, **content}
    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
    assert whole == orjson.dumps(expected, option=options)
    path = tmp_path_factory.getbasetemp() / "tables.json"
    path.write_bytes(whole)
    file = AnnotationFile(path)
    assert file.read() == expected
    assert b"".join(chunks(file.kept.tables)) == whole


def take_turns(folder: Path, name: str, count: int) -> None:
    import time

    for number in range(count):
        while True:
            with Library(folder, folder / "data") as library:
                if not library.annotations.read_only:
                    library.apply(put(f"{name}-{number}"))
                    break
            time.sleep(0.001)
        time.sleep(0.002)


if __name__ == "__main__":
    take_turns(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
