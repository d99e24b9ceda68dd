"""Every state that a power cut may leave in the middle of commits and compactions: the old state or the new, always."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any, cast

from tinydb import TinyDB, where
from tinydb.storages import JSONStorage

from tests.library.disk import RecordedFile, Recorder, states
from tests.library.made import made
from tests.library.writer import after, operations
from tui.errors import LibraryError
from tui.library.annotations import Annotations, Change
from tui.library.rows import to_row
from tui.model import Annotation

COUNT = 9


def found_in(folder: Path, files: dict[str, bytes]) -> dict[str, Annotation] | None:
    """What a library in that state opens with; None where it does not open."""
    for old in folder.iterdir():
        old.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    try:
        return {annotation.id: annotation for annotation in Annotations(folder / "annotations.json").all()}
    except LibraryError:
        return None


def test_no_state_after_a_power_cut_loses_anything_or_fails_to_open(tmp_path: Path) -> None:
    folder, again = tmp_path / "one", tmp_path / "two"
    folder.mkdir()
    again.mkdir()
    recorder = Recorder(folder)
    changes = islice(operations(), COUNT)
    with recorder.recording():
        store = Annotations(folder / "annotations.json")

        def commit() -> None:
            store.apply(next(changes))
            recorder.acknowledge()

        for _ in range(4):
            commit()
        pending = 2

        def meanwhile() -> bool:
            nonlocal pending
            if pending:
                pending -= 1
                commit()
            return False

        store._kept.compact(meanwhile)
        commit()
        store.close()
        commit()
        commit()
        store.close()
    count = 0
    for done, files in states(recorder.calls):
        count += 1
        found = found_in(again, files)
        assert found in (after(done), after(done + 1)), (done, files)
    assert count > 500


def test_the_default_storage_fails_in_the_same_harness(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    path.write_bytes(b"")
    recorder = Recorder(tmp_path)
    with recorder.recording():
        storage = JSONStorage(str(path))
        storage._handle.close()
        storage._handle = cast("Any", RecordedFile(recorder, path))
        table = TinyDB(storage=lambda: storage).table("annotations")
        for change in islice(operations(), COUNT):
            for record in change.put:
                row = to_row(record)
                table.upsert(row, where("id") == row["id"])
            for key in change.remove:
                table.remove(where("id") == key.name)
            recorder.acknowledge()
        storage.close()
    bad = count = 0
    for done, files in states(recorder.calls):
        count += 1
        try:
            rows = json.loads(files[path.name])["annotations"].values()
            bad += {row["id"]: row["note"] for row in rows} not in [
                {name: annotation.note for name, annotation in after(number).items()} for number in (done, done + 1)
            ]
        except (ValueError, KeyError):
            bad += 1
    assert bad > count // 2


def test_a_state_after_a_power_cut_can_be_gone_on_with(tmp_path: Path) -> None:
    """Also the last that a journal's unfinished line leaves: it is cut off, and what follows is kept."""
    path = tmp_path / "annotations.json"
    store = Annotations(path)
    for change in islice(operations(), 3):
        store.apply(change)
    journal = path.with_name(path.name + ".journal")
    with journal.open("ab") as file:
        file.write(b"3 100 0123456789abcdef {")
    store = Annotations(path)
    assert len(store.all()) == len(after(3))
    store.apply(Change("", put=(made("next"),)))
    assert Annotations(path).get("next") is not None
    assert b"3 100 0" not in journal.read_bytes()
