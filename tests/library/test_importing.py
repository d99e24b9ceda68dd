"""What comes from elsewhere: read, or refused in one line."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.library.made import made
from tui.errors import DamagedError, LibraryError
from tui.export.jsonfile import write
from tui.export.values import Export, ExportedAnnotation
from tui.library import importing
from tui.library.annotations import Annotations, Change
from tui.library.entries import Record
from tui.library.importing import conflicts, read_foreign
from tui.library.reading_back import journal_of
from tui.model import Reading, Tag

RECORDS: tuple[Record, ...] = (
    made("a1", note="\x1b]52;c;aGk=\x07 \u202e"),
    made("a2", 30, 40, tags=("政策",)),
    Tag("政策", "red"),
    Reading("a.txt", 3, read=True),
)


def kept(path: Path, *, at_rest: bool = True) -> Path:
    store = Annotations(path)
    store.apply(Change("first", put=RECORDS[:1]))
    store.apply(Change("rest", put=RECORDS[1:]))
    if at_rest:
        store.close()
    return path


def test_a_file_of_annotations(tmp_path: Path) -> None:
    assert set(read_foreign(kept(tmp_path / "theirs.json")).records) == set(RECORDS)


def test_a_file_and_its_journal(tmp_path: Path) -> None:
    path = kept(tmp_path / "theirs.json", at_rest=False)
    assert journal_of(path).exists()
    assert set(read_foreign(path).records) == set(RECORDS)


def test_an_export(tmp_path: Path) -> None:
    annotations = tuple(ExportedAnnotation.of(one, None) for one in RECORDS[:2])  # type: ignore[arg-type]
    path = tmp_path / "export.json"
    path.write_bytes(write(Export(annotations, (Tag("政策", "red"),), "papers", datetime.now(UTC))))
    assert set(read_foreign(path).records) == set(RECORDS[:3])


HEAD = '{"format": "jianbao-annotations", "version": 1, '
HOSTILE = {
    "empty": b"",
    "null": b"null",
    "list": b"[]",
    "binary": b"\xff\xfe\x00" * 50,
    "deep": b'{"a":' * 100_000,
    "deep export": b'{"format": "jianbao-annotations", "version": 1, "annotations": ' + b"[" * 100_000,
    "no records": (HEAD + '"annotations": [1]}').encode(),
    "no list": (HEAD + '"annotations": {}}').encode(),
    "no version": b'{"format": "jianbao-annotations", "annotations": []}',
    "twice": (HEAD + f'"tags": [{json.dumps({"name": "a"})}, {json.dumps({"name": "a"})}]}}').encode(),
    "a tag's escape": (HEAD + '"tags": [{"name": "a\\u001b[31m"}]}').encode(),
    "a path": b'{"jianbao": {"1": {"format": 1}}, "annotations": {"1": {"id": "a", "page": "../x", "scope": "span",'
    b' "spans": [[0, 1]], "exact": "x"}}}',
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_what_cannot_be_understood_is_one_line(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "theirs.json"
    path.write_bytes(data)
    with pytest.raises(DamagedError) as raised:
        read_foreign(path)
    assert "\n" not in str(raised.value)
    assert str(path) in str(raised.value)


def test_a_later_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "theirs.json"
    for data in (b'{"format": "jianbao-annotations", "version": 2}', b'{"jianbao": {"1": {"format": 99}}}'):
        path.write_bytes(data)
        with pytest.raises(LibraryError, match="later version"):
            read_foreign(path)


def test_too_large_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "theirs.json"
    with path.open("wb") as file:
        file.truncate(importing.MOST + 1)
    with pytest.raises(LibraryError, match="larger than 64 MiB"):
        read_foreign(path)
    path.unlink()
    kept(path, at_rest=False)
    monkeypatch.setattr(importing, "MOST", path.stat().st_size)
    with journal_of(path).open("ab") as file:
        file.truncate(importing.MOST + 1)
    with pytest.raises(LibraryError, match="journal: larger than"):
        read_foreign(path)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    for name, cause in (("pipe.json", "is no file"), (".", "is no file"), ("none.json", "No such file")):
        with pytest.raises(LibraryError, match=cause):
            read_foreign(tmp_path / name)


SURE = (
    "annotations.sync-conflict-20260101-120000-ABCDEFG.json",
    "annotations (Someone's conflicted copy 2026-01-01).json",
    "annotations (某人的冲突副本 2026-01-01).json",
    "annotations (conflicted copy 2026-01-01 120000).json",
)
LIKELY = ("annotations 2.json", "annotations (1).json")


def test_conflict_copies_are_known_by_their_names(tmp_path: Path) -> None:
    for name in (*SURE, *LIKELY):
        kept(tmp_path / name)
    for name in ("annotations.json", "annotations.json.journal", "annotations-old.json", "my annotations 2.json"):
        (tmp_path / name).write_bytes(b"{}")
    assert {path.name for path in conflicts(tmp_path / "annotations.json")} == {*SURE, *LIKELY}


def test_a_number_is_a_conflict_copy_only_if_it_parses(tmp_path: Path) -> None:
    for name in (*SURE, *LIKELY):
        (tmp_path / name).write_bytes(b'{"something": "else"}')
    assert {path.name for path in conflicts(tmp_path / "annotations.json")} == set(SURE)
