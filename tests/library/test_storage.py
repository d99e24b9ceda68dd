from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tinydb import TinyDB, where
from tinydb.table import Document

from tui.errors import DamagedError, LibraryError
from tui.library.journal import read_journal
from tui.library.reading_back import journal_of
from tui.library.storage import AnnotationFile
from tui.library.tables import Database

GOOD = b"""{
  "annotations": {
    "1": {
      "note": "\xe5\x89\xaa\xe6\x8a\xa5",
      "z": null
    }
  },
  "jianbao": {
    "1": {
      "format": 1
    }
  }
}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.json"


def database(path: Path) -> Database:
    return Database(storage=lambda: AnnotationFile(path))


def test_the_file_is_utf8_indented_sorted_and_private(path: Path) -> None:
    database(path).table("annotations").insert(Document({"z": None, "note": "剪报"}, 1))
    assert path.read_bytes() == GOOD
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_same_records_give_the_same_bytes_in_whatever_order_they_came(tmp_path: Path) -> None:
    rows = [Document({"b": number, "a": "甲"}, number) for number in (1, 2, 3)]
    for name, order in (("one", rows), ("two", rows[::-1])):
        database(tmp_path / name).table("t").insert_multiple(order)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_plain_tinydb_reads_it(path: Path) -> None:
    path.write_bytes(GOOD)
    with TinyDB(path, access_mode="r", encoding="utf-8") as plain:
        assert plain.table("annotations").all() == [{"note": "剪报", "z": None}]
        assert plain.table("jianbao").get(where("format") == 1) is not None


def test_what_a_plain_tinydb_wrote_is_read(path: Path) -> None:
    path.write_bytes(GOOD)
    with TinyDB(path, encoding="utf-8") as plain:
        plain.table("annotations").insert({"note": "two"})
    assert database(path).table("annotations").get(doc_id=2) == {"note": "two"}


def test_a_missing_file_is_a_new_library_and_only_a_write_makes_it(path: Path) -> None:
    assert database(path).table("annotations").all() == []
    assert not path.exists()


def test_reading_gives_copies(path: Path) -> None:
    path.write_bytes(GOOD)
    file = AnnotationFile(path)
    file.read()["annotations"]["1"]["note"] = "changed"
    file.read()["annotations"].clear()
    assert file.read()["annotations"] == {"1": {"note": "剪报", "z": None}}


def test_a_batch_writes_once(path: Path) -> None:
    path.write_bytes(GOOD)
    file = AnnotationFile(path)
    tables = Database(storage=lambda: file)
    with file.batch():
        tables.table("a").insert({"x": 1})
        tables.table("b").insert({"x": 2})
        tables.table("a").update({"y": 3})
        assert tables.table("a").all() == [{"x": 1, "y": 3}]
    lines = read_journal(journal_of(path).read_bytes(), path)
    assert list(lines.changes()) == [{"a": {"1": {"x": 1, "y": 3}}, "b": {"1": {"x": 2}}}]


def test_a_batch_that_raises_writes_nothing(path: Path) -> None:
    file = AnnotationFile(path)
    with pytest.raises(ZeroDivisionError), file.batch():
        Database(storage=lambda: file).insert({"x": 1 // 0})
    assert file.read() == {}
    assert not path.exists()


def test_a_failed_update_of_a_row_leaves_memory_as_the_disk_is(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(GOOD)
    table = database(path).table("annotations")

    def full(descriptor: int, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tui.library.atomic.write_all", full)
    with pytest.raises(LibraryError, match=r"annotations\.json\.journal: not saved: No space left"):
        table.update({"note": "changed"}, doc_ids=[1])
    assert table.get(doc_id=1) == {"note": "剪报", "z": None}
    assert path.read_bytes() == GOOD


def test_a_byte_order_mark_is_passed_over(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + GOOD)
    assert AnnotationFile(path).read()["annotations"]["1"]["note"] == "剪报"


def test_another_layout_of_the_same_content_is_read(path: Path) -> None:
    path.write_text(json.dumps(json.loads(GOOD)))
    assert AnnotationFile(path).read()["annotations"]["1"]["note"] == "剪报"


@pytest.mark.parametrize("version", [2, 99])
def test_a_later_format_is_refused_plainly(path: Path, version: int) -> None:
    path.write_bytes(GOOD.replace(b'"format": 1', b'"format": %d' % version))
    with pytest.raises(LibraryError, match=f"later version.*format {version}.*update") as raised:
        AnnotationFile(path)
    assert not isinstance(raised.value, DamagedError)


def with_row(text: str) -> bytes:
    return ('{"annotations": {"1": ' + text + '}, "jianbao": {"1": {"format": 1}}}').encode()


DAMAGED = {
    "0 bytes": (b"", "empty"),
    "zeros, as after a power cut": (bytes(4096), "empty"),
    "white space": (b" \n", "empty"),
    "null": (b"null", "no tables"),
    "a list": (b"[]", "no tables"),
    "a number": (b"1", "no tables"),
    "no format": (b"{}", "which format"),
    "format 0": (b'{"jianbao": {"1": {"format": 0}}}', "which format"),
    "format true": (b'{"jianbao": {"1": {"format": true}}}', "which format"),
    "format 1.0": (b'{"jianbao": {"1": {"format": 1.0}}}', "which format"),
    "two formats": (b'{"jianbao": {"1": {"format": 1}, "2": {"format": 1}}}', "which format"),
    "GBK": (GOOD.decode().encode("gbk"), "not UTF-8"),
    "UTF-16": (GOOD.decode().encode("utf-16"), "not UTF-8"),
    "a bit flipped in a character": (GOOD.replace(b"\xe6", b"\x66"), "not UTF-8"),
    "two files in one": (GOOD + GOOD, "line"),
    "rest of a longer file": (GOOD + b'"\n}', "line"),
    "200,000 levels": (b"[" * 200_000 + b"]" * 200_000, "line"),
    "200,000 levels, not closed": (b'{"a":' * 200_000, "line"),
    "300 levels": (with_row('{"a":' * 300 + "1" + "}" * 300), "nested too deeply"),
    "1000 levels": (with_row('{"a":' * 1_000 + "1" + "}" * 1_000), "nested too deeply"),
    "NaN": (with_row('{"a": NaN}'), "line"),
    "Infinity": (with_row('{"a": Infinity}'), "line"),
    "1e999": (with_row('{"a": 1e999}'), "infinity"),
    "2**64": (with_row('{"a": 18446744073709551616}'), "too large"),
    "300 digits": (with_row('{"a": ' + "9" * 300 + "}"), "too large"),
    "5000 digits": (with_row('{"a": ' + "9" * 5_000 + "}"), "infinity"),
    "a key twice": (with_row('{"note": "one", "note": "two"}'), "'note' stands twice"),
    "a number twice": (GOOD.replace(b'"1": {\n      "note"', b'"1": {}, "1": {\n      "note"'), "'1' stands twice"),
    "a table twice": (GOOD.replace(b'"annotations"', b'"jianbao": {}, "annotations"'), "'jianbao' stands twice"),
    "half a surrogate pair": (with_row(r'{"a": "\ud800"}'), "line"),
    "a table that is none": (b'{"annotations": [], "jianbao": {"1": {"format": 1}}}', "no table"),
    "a record that is none": (with_row("[]"), "no numbered record"),
    "a number that is none": (GOOD.replace(b'"1": {\n      "note"', b'"x": {\n      "note"'), "no numbered record"),
    "a number with a zero": (GOOD.replace(b'"1": {\n      "note"', b'"01": {\n      "note"'), "no numbered record"),
}


@pytest.mark.parametrize(("data", "cause"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_found_named_and_left_alone(path: Path, data: bytes, cause: str) -> None:
    path.write_bytes(data)
    with pytest.raises(DamagedError, match=cause) as raised:
        AnnotationFile(path)
    assert str(path) in str(raised.value)
    assert "\n" not in str(raised.value)
    assert path.read_bytes() == data


def test_a_file_cut_at_any_byte_is_found(path: Path) -> None:
    whole = len(GOOD.rstrip())
    for length in range(whole):
        path.write_bytes(GOOD[:length])
        with pytest.raises(DamagedError):
            AnnotationFile(path)


@pytest.mark.parametrize(
    "meddle",
    [
        lambda path: path.write_bytes(GOOD.replace(b"null", b"true")),
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
    ],
    ids=["written", "removed", "emptied"],
)
def test_what_another_program_did_meanwhile_is_not_written_over(path: Path, meddle: Callable[[Path], object]) -> None:
    path.write_bytes(GOOD)
    file = AnnotationFile(path)
    assert not file.kept.changed()
    meddle(path)
    before = path.read_bytes() if path.exists() else None
    assert file.kept.changed()
    with pytest.raises(LibraryError, match="changed by another program"):
        Database(storage=lambda: file).table("annotations").insert({"note": "mine"})
    assert (path.read_bytes() if path.exists() else None) == before
    assert file.read()["annotations"] == {"1": {"note": "剪报", "z": None}}


def test_a_file_that_appeared_meanwhile_is_not_written_over(path: Path) -> None:
    file = AnnotationFile(path)
    path.write_bytes(GOOD)
    with pytest.raises(LibraryError, match="changed by another program"):
        Database(storage=lambda: file).insert({})
    assert path.read_bytes() == GOOD


def test_a_file_that_was_only_touched_or_copied_back_is_written(path: Path) -> None:
    path.write_bytes(GOOD)
    table = database(path).table("annotations")
    copy = path.with_suffix(".copy")
    copy.write_bytes(GOOD)
    copy.replace(path)
    table.insert({"note": "mine"})
    assert len(database(path).table("annotations")) == 2


def test_a_reload_takes_what_another_program_wrote(path: Path) -> None:
    path.write_bytes(GOOD)
    file = AnnotationFile(path)
    path.write_bytes(GOOD.replace(b"null", b"true"))
    file.kept.reload()
    assert file.read()["annotations"]["1"]["z"] is True


def test_a_reload_of_a_damaged_file_keeps_what_was_known(path: Path) -> None:
    path.write_bytes(GOOD)
    file = AnnotationFile(path)
    path.write_bytes(b"null")
    with pytest.raises(DamagedError):
        file.kept.reload()
    assert file.read()["annotations"]["1"]["note"] == "剪报"
    with pytest.raises(LibraryError, match="changed by another program"):
        file.write({})
    assert path.read_bytes() == b"null"


def test_a_folder_in_its_place_is_an_error_that_names_it(path: Path) -> None:
    path.mkdir()
    with pytest.raises(LibraryError, match=r"annotations\.json: can't be read: Is a directory"):
        AnnotationFile(path)
