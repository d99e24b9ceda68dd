"""Files as a killed program leaves them, cut and flipped at every byte; and the same done to the default storage."""

from __future__ import annotations

from pathlib import Path

import pytest
from tinydb import TinyDB, where

from tests.library.damage import Notes, cuts, default, flips, ours, outcomes
from tests.library.made import made
from tui.library.annotations import Annotations, Change, Key
from tui.library.reading_back import journal_of
from tui.library.rows import to_row

CHANGES = (
    Change("", (made("a", note="1"), made("b", note="1"))),
    Change("", (made("a", note="二"),)),
    Change("", (made("c"),), (Key.annotation("b"),)),
)
STATES: tuple[Notes, ...] = ({"a": "1", "b": "1"}, {"a": "二", "b": "1"}, {"a": "二", "c": ""})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "annotations.json"
    store = Annotations(path)
    for change in CHANGES:
        store.apply(change)
    return path


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    path = tmp_path / "default.json"
    with TinyDB(path, encoding="utf-8", ensure_ascii=False) as database:
        table = database.table("annotations")
        for change in CHANGES:
            for record in change.put:
                row = to_row(record)
                table.upsert(row, where("id") == row["id"])
            for key in change.remove:
                table.remove(where("id") == key.name)
    return path


def test_cut_at_any_byte_it_is_refused_or_a_state_that_was(path: Path) -> None:
    assert outcomes(ours, path, path, cuts(path.read_bytes()), STATES)["wrong"] == 0
    journal = journal_of(path)
    found = outcomes(ours, path, journal, cuts(journal.read_bytes()), STATES)
    assert (found["wrong"], found["right"] > found["refused"]) == (0, True)
    assert ours(path) == STATES[-1]
    Annotations(path).close()
    assert outcomes(ours, path, path, cuts(path.read_bytes()), STATES[-1:])["wrong"] == 0


@pytest.mark.parametrize("mask", [0x01, 0x20, 0x80])
def test_with_any_byte_flipped_nothing_is_lost_in_silence(path: Path, mask: int) -> None:
    for file in (path, journal_of(path)):
        assert outcomes(ours, path, file, flips(file.read_bytes(), mask), STATES[-1:])["wrong"] == 0


def test_the_default_storage_takes_a_cut_file_for_an_empty_library_and_keeps_no_state(plain: Path) -> None:
    found = outcomes(default, plain, plain, cuts(plain.read_bytes()), STATES)
    assert found["wrong"] == 1  # of no bytes: an empty library, over which the next change writes
    assert found["right"] == 0  # no change that was acknowledged can be read of any other


@pytest.mark.parametrize("mask", [0x01, 0x20])
def test_the_default_storage_does_not_see_flipped_bytes(plain: Path, mask: int) -> None:
    found = outcomes(default, plain, plain, flips(plain.read_bytes(), mask), STATES[-1:])
    assert found["wrong"] > 10
