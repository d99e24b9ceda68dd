"""Drafts: kept as they are typed, read back whole, never lost to a damaged file or a full disk."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import LibraryError, UsageError
from tui.library import drafts
from tui.library.atomic import write_atomically
from tui.library.drafts import Draft, Drafts, Keeper, draft_id, from_bytes, is_saved, to_bytes
from tui.model import Annotation, Scope, Span

PASSAGE = Annotation("a1", "柳塘日报/01.txt", Scope.SPAN, (Span(3, 7), Span(9, 11)), "渡口的灯亮了", tags=("水运",))
DRAFT = Draft("0123456789abcdef", PASSAGE, "渡口的灯", "", "2024-03-09T08:00:00Z")


@pytest.fixture
def kept(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "drafts")


@given(st.text(st.characters(), max_size=40), st.text(st.characters(), max_size=9))
def test_any_text_comes_back_as_it_was(text: str, subject: str) -> None:
    draft = replace(DRAFT, text=text, subject=subject)
    assert from_bytes(draft.id, to_bytes(draft)) == draft


@given(st.integers(0, 400))
def test_a_file_cut_anywhere_is_refused_and_not_misread(length: int) -> None:
    data = to_bytes(replace(DRAFT, text="江上的灯"))
    if length < len(data) - 1:
        with pytest.raises(UsageError):
            from_bytes("x", data[:length])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"\xff\xfe",
        b"[" * 200_000,
        b'{"format": "jianbao-draft", "version": 2}',
        b'{"format": "jianbao-draft", "version": 1, "text": 1, "subject": "", "modified": ""}',
        b'{"format": "jianbao-draft", "version": 1, "text": "", "subject": "", "modified": "", "annotation": {}}',
        b'{"format": "jianbao-draft", "version": 1, "text": "", "subject": "", "modified": "", "annotation": 7}',
        to_bytes(DRAFT).replace(b'"span"', b'"unheard of"'),
        to_bytes(DRAFT).replace("柳塘日报/01.txt".encode(), b"../../x"),
    ],
)
def test_a_damaged_file_is_named_and_stays(kept: Drafts, data: bytes) -> None:
    kept.folder.mkdir()
    (kept.folder / "bad.json").write_bytes(data)
    kept.keep(replace(DRAFT, text="江上"))
    found = kept.all()
    assert [draft.text for draft in found.drafts] == ["江上"]
    (problem,) = found.problems
    assert "bad.json: " in problem
    assert "\n" not in problem
    assert (kept.folder / "bad.json").read_bytes() == data


def test_a_damaged_file_in_the_place_of_a_draft_is_set_aside(kept: Drafts) -> None:
    kept.folder.mkdir()
    (kept.folder / f"{DRAFT.id}.json").write_bytes(b"x")
    kept.keep(DRAFT)
    found = kept.all()
    assert found.drafts == (DRAFT,)
    assert len(found.problems) == 1


def test_no_folder_is_no_drafts(kept: Drafts) -> None:
    assert kept.all() == drafts.Kept()
    assert kept.get("x") is None
    kept.drop("x")


def test_the_newest_comes_first_and_what_an_editor_left_is_named(kept: Drafts) -> None:
    older, newer = DRAFT, replace(DRAFT, id="f", modified="2024-03-10T08:00:00Z")
    kept.keep(older)
    kept.keep(newer)
    (kept.folder / "note-x.md").write_text("灯")
    found = kept.all()
    assert found.drafts == (newer, older)
    assert "note-x.md" in found.problems[0]
    assert (kept.folder / f"{older.id}.json").stat().st_mode & 0o777 == 0o600


def test_a_passage_has_one_draft_and_an_annotation_its_own() -> None:
    again = replace(PASSAGE, id="another")
    assert draft_id(PASSAGE, known=False) == draft_id(again, known=False)
    assert draft_id(PASSAGE, known=True) != draft_id(again, known=True)
    assert draft_id(PASSAGE, known=False) != draft_id(replace(PASSAGE, scope=Scope.ARTICLE), known=False)


def test_a_note_that_was_saved_is_no_draft_any_more() -> None:
    draft = replace(DRAFT, text="江上")
    assert is_saved(draft, [replace(PASSAGE, note="江上", spans=(Span(0, 1),))])
    assert is_saved(draft, [replace(PASSAGE, note="江上", id="another")])
    assert not is_saved(draft, [PASSAGE, replace(PASSAGE, note="江上", id="b", spans=(Span(0, 1),))])


def test_what_is_typed_is_soon_on_the_disk_and_keeps_coming(kept: Drafts) -> None:
    keeper = Keeper(kept, DRAFT, _refuse)
    seen = set()
    for number in range(40):  # without a pause for breath
        keeper.type("灯" * (number + 1))
        time.sleep(0.02)
        found = kept.get(DRAFT.id)
        seen.add(len(found.text) if found else 0)
    assert len(seen) >= 3
    time.sleep(drafts.PAUSE + 0.15)
    assert _text(kept) == "灯" * 40
    keeper.close()


def test_hurry_does_not_wait_for_the_pause(kept: Drafts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "PAUSE", 60)
    keeper = Keeper(kept, DRAFT, _refuse)
    keeper.type("江")
    keeper.hurry()
    until = time.monotonic() + 5
    while _text(kept) != "江" and time.monotonic() < until:
        time.sleep(0.01)
    assert _text(kept) == "江"
    keeper.type("江上")
    keeper.close()
    assert _text(kept) == "江上"
    keeper.close()


def test_a_dropped_draft_does_not_come_back(kept: Drafts) -> None:
    for number in range(20):
        keeper = Keeper(kept, DRAFT, _refuse)
        keeper.type("江")
        if number % 2:
            keeper.hurry()
        keeper.drop()
        keeper.type("江上")
        assert kept.all().drafts == ()


def test_what_was_not_touched_leaves_no_file(kept: Drafts) -> None:
    keeper = Keeper(kept, DRAFT, _refuse)
    keeper.type(DRAFT.text)
    keeper.close()
    assert not kept.folder.exists()


def test_a_full_disk_is_told_once_and_the_rest_is_written_when_there_is_room(
    kept: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[LibraryError] = []
    full = threading.Event()
    full.set()

    def writer(path: Path, data: bytes) -> None:
        if full.is_set():
            raise OSError(28, "No space left on device")
        write_atomically(path, data)

    monkeypatch.setattr(drafts, "PAUSE", 0.01)
    monkeypatch.setattr(drafts, "write_atomically", writer)
    keeper = Keeper(kept, DRAFT, told.append)
    for number in range(5):
        keeper.type("江" * (number + 1))
        time.sleep(0.05)
    assert len(told) == 1
    assert "No space left" in str(told[0])
    full.clear()
    keeper.type("江上的灯")
    keeper.close()
    assert _text(kept) == "江上的灯"


def _text(kept: Drafts) -> str | None:
    found = kept.get(DRAFT.id)
    return found.text if found else None


def _refuse(error: LibraryError) -> None:
    raise AssertionError(error)
