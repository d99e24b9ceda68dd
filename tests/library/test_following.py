"""Notes follow pages that are renamed, moved or edited: with a folder, a catalog and the store."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.library.conftest import PlainPages
from tests.library.test_moving import noisy, text
from tui.errors import LibraryError
from tui.library import gone
from tui.library.anchors import annotate, quote, settle
from tui.library.annotations import Change
from tui.library.catalog import Update
from tui.library.library import Library
from tui.model import Annotation, Bookmark, Mend, MendKind, Reading, Span, Status

PAGE = "#" + text(1)


@pytest.fixture
def folder(tmp_path: Path, plain_pages: PlainPages) -> Path:
    made = tmp_path / "papers"
    made.mkdir()
    (made / "a.txt").write_text(PAGE, "utf-8")
    (made / "other.txt").write_text("#" + text(2), "utf-8")
    return made


def opened(folder: Path, *, writer: bool = True) -> Library:
    return Library(folder, folder.parent / "data", writer=writer)


def updated(folder: Path, *, writer: bool = True) -> Update:
    with opened(folder, writer=writer) as library, library.catalog() as catalog:
        return library.update(catalog)


def noted(folder: Path, page: str = "a.txt") -> Annotation:
    with opened(folder) as library, library.catalog() as catalog:
        library.update(catalog)
        stored = catalog.page(page)
        assert stored is not None
        made = annotate(page, stored.text, [Span(100, 130)], note="批", tags=["甲"])
        mend = Mend("m1", page, MendKind.BREAK, (Span(40, 48),), stored.text[40:48], created=made.created)
        library.apply(Change("all", put=(made, mend, Reading(page, 0, starred=True, place=50))))
    return made


def kept(folder: Path) -> Library:
    with opened(folder, writer=False) as library:
        return library


def pages_of(library: Library) -> set[str]:
    store = library.annotations
    return {*map(_page, store.all()), *map(_page, store.mends()), *map(_page, store.readings())}


def _page(record: Annotation | Mend | Reading) -> str:
    return record.page


def test_notes_follow_a_renamed_page(folder: Path) -> None:
    made = noted(folder)
    (folder / "2024").mkdir()
    (folder / "a.txt").rename(folder / "2024" / "b.txt")
    update = updated(folder)
    assert update.notices == ("1 note followed a.txt to 2024/b.txt",)
    library = kept(folder)
    assert pages_of(library) == {"2024/b.txt"}
    assert library.annotations.get(made.id) == replace(made, page="2024/b.txt")
    with library.catalog() as catalog:
        (stored,) = catalog.articles_on("2024/b.txt")
        assert library.annotations_on(stored)
        assert any(span.start == 40 for block in stored.article.blocks for span in block.spans)  # it has its mend
        assert catalog.ask(gone.pages) == []
    assert updated(folder).notices == ()


def test_they_follow_though_a_reader_saw_the_new_name_first(folder: Path) -> None:
    noted(folder)
    (folder / "a.txt").rename(folder / "b.txt")
    assert updated(folder, writer=False).notices == ()
    assert pages_of(kept(folder)) == {"a.txt"}
    assert updated(folder).notices
    assert pages_of(kept(folder)) == {"b.txt"}


def test_the_new_name_may_come_later_than_the_old_one_went(folder: Path) -> None:
    noted(folder)
    (folder / "a.txt").rename(folder / "a.txt.aside")
    assert updated(folder).notices == ()
    (folder / "a.txt.aside").rename(folder / "b.txt")
    assert updated(folder).notices
    assert pages_of(kept(folder)) == {"b.txt"}


def test_a_copy_takes_nothing_with_it(folder: Path) -> None:
    noted(folder)
    (folder / "b.txt").write_text(PAGE, "utf-8")
    assert updated(folder).notices == ()
    assert pages_of(kept(folder)) == {"a.txt"}
    (folder / "a.txt").unlink()  # now the copy is what there is
    assert updated(folder).notices
    assert pages_of(kept(folder)) == {"b.txt"}


def test_a_page_that_comes_back_has_its_notes(folder: Path) -> None:
    noted(folder)
    (folder / "a.txt").unlink()
    updated(folder)
    (folder / "a.txt").write_text(PAGE, "utf-8")
    (folder / "b.txt").write_text(PAGE, "utf-8")
    assert updated(folder).notices == ()
    assert pages_of(kept(folder)) == {"a.txt"}


def test_of_two_new_pages_none_is_chosen_and_both_are_offered(folder: Path) -> None:
    made = noted(folder)
    (folder / "a.txt").rename(folder / "b.txt")
    (folder / "c.txt").write_text(PAGE, "utf-8")
    assert updated(folder).notices == ()
    library = kept(folder)
    assert pages_of(library) == {"a.txt"}
    with library.catalog() as catalog:
        ((annotation, placed),) = library.unsettled(catalog)
        assert (annotation, placed.status) == (made, Status.REVIEW)
        assert [candidate.page for candidate in placed.candidates] == ["b.txt", "c.txt"]
        chosen = placed.candidates[1]
        stored = catalog.page(chosen.page)
    assert stored is not None
    settled = settle(annotation, chosen.spans, stored.text, page=chosen.page)
    assert (settled.page, settled.spans, settled.status) == ("c.txt", made.spans, Status.ANCHORED)


def test_a_page_that_is_renamed_and_edited_is_followed(folder: Path) -> None:
    made = noted(folder)
    (folder / "a.txt").unlink()
    (folder / "b.txt").write_text("#加急\n\n" + noisy(PAGE[1:], 0.02), "utf-8")
    assert updated(folder).notices[0] == "1 note followed a.txt to b.txt"
    found = kept(folder).annotations.get(made.id)
    assert found is not None
    assert (found.page, found.status) == ("b.txt", Status.MOVED)
    assert found.spans[0].start == 104


def test_an_edited_page_gives_its_notes_the_new_text(folder: Path) -> None:
    made = noted(folder)
    (folder / "a.txt").write_text("#快讯\n\n" + PAGE[1:], "utf-8")
    assert updated(folder, writer=False).notices == ()
    update = updated(folder)
    assert update.notices == ("1 note moved with its text and is marked",)
    found = kept(folder).annotations.get(made.id)
    assert found == replace(made, spans=(Span(104, 134),), status=Status.MOVED, prefix=made.prefix, suffix=made.suffix)
    assert updated(folder).notices == ()
    library = kept(folder)
    with library.catalog() as catalog:
        assert [placed.status for _, placed in library.unsettled(catalog)] == [Status.MOVED]


def test_what_is_gone_stays_and_is_told(folder: Path) -> None:
    made = noted(folder)
    (folder / "a.txt").unlink()
    assert updated(folder).notices == ()
    library = kept(folder)
    with library.catalog() as catalog:
        assert [(one.id, placed.status) for one, placed in library.unsettled(catalog)] == [(made.id, Status.ORPHAN)]


def test_lines_of_records_go_with_their_file(folder: Path) -> None:
    records = [{"id": f"k{number}", "title": f"标题{number}", "body": text(number + 5, 200)} for number in range(3)]
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    (folder / "2024.jsonl").write_text(lines + "\n", "utf-8")
    with opened(folder) as library, library.catalog() as catalog:
        library.update(catalog)
        keys = [page for page in catalog.pages() if ".jsonl#" in page]
        for page in keys:
            stored = catalog.page(page)
            assert stored is not None
            library.apply(Change("note", put=(annotate(page, stored.text, [Span(20, 40)]),)))
    (folder / "2024.jsonl").rename(folder / "旧报.jsonl")
    assert updated(folder).notices == ("3 notes followed 3 pages to new places",)
    assert pages_of(kept(folder)) == {page.replace("2024", "旧报") for page in keys}


def test_a_note_that_is_changed_meanwhile_is_not_overwritten(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = noted(folder)
    (folder / "a.txt").rename(folder / "b.txt")
    with opened(folder) as library, library.catalog() as catalog:
        exchange = library.annotations.exchange

        def late(label: str, pairs: object) -> Change:
            library.annotations.apply(Change("note", put=(replace(made, note="新批"),)))
            return exchange(label, pairs)  # type: ignore[arg-type]

        with monkeypatch.context() as patch:
            patch.setattr(library.annotations, "exchange", late)
            library.update(catalog)
        found = library.annotations.get(made.id)
        assert found is not None
        assert (found.note, found.page) == ("新批", "a.txt")
        library.update(catalog)
        found = library.annotations.get(made.id)
        assert found is not None
        assert (found.note, found.page) == ("新批", "b.txt")


def test_a_failed_write_does_not_stop_the_library(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted(folder)
    (folder / "a.txt").rename(folder / "b.txt")
    with opened(folder) as library, library.catalog() as catalog:

        def full(*_: object) -> Change:
            raise LibraryError("no space")

        with monkeypatch.context() as patch:
            patch.setattr(library.annotations, "exchange", full)
            assert library.update(catalog).notices == ()
        assert library.update(catalog).notices  # it is still known what the old page said


def _bookmarked(folder: Path) -> Bookmark:
    with opened(folder) as library, library.catalog() as catalog:
        library.update(catalog)
        made = Bookmark("a", "a.txt", (Span(100, 112),), *quote(PAGE, (Span(100, 112),)))
        library.apply(Change("mark a", put=(made,)))
    return made


def test_a_letter_follows_its_renamed_page_though_nothing_else_is_noted_there(folder: Path) -> None:
    made = _bookmarked(folder)
    (folder / "a.txt").rename(folder / "b.txt")
    updated(folder)
    assert kept(folder).annotations.bookmarks() == (replace(made, page="b.txt"),)
    updated(folder)
    assert kept(folder).annotations.bookmarks() == (replace(made, page="b.txt"),)


def test_a_letter_on_a_page_renamed_and_edited_goes_to_its_new_place(folder: Path) -> None:
    made = _bookmarked(folder)
    (folder / "a.txt").unlink()
    (folder / "b.txt").write_text("#" + "新" * 9 + PAGE[1:], "utf-8")
    updated(folder)
    (moved,) = kept(folder).annotations.bookmarks()
    assert (moved.page, moved.place, moved.exact) == ("b.txt", made.place + 9, made.exact)
