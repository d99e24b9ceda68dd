"""Deleted annotations: kept in a table of their own, which nothing else sees and an older program leaves alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB

from tests.library.conftest import PlainPages
from tests.library.made import any_annotation, made
from tests.library.test_moving import text
from tui.errors import DamagedError, UsageError
from tui.library.anchors import annotate
from tui.library.annotations import Annotations, Change, key_of
from tui.library.codebook import Codebook
from tui.library.library import Library
from tui.model import Annotation, Span, Tag, Trashed
from tui.ui import marking, trash

DAY = "2024-01-26T08:00:00Z"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.json"


def table(path: Path, name: str) -> list[dict[str, object]]:
    with TinyDB(path, access_mode="r", encoding="utf-8") as plain:
        return [dict(row) for row in plain.table(name).all()]


def test_nothing_else_sees_what_is_in_the_trash(path: Path) -> None:
    store = Annotations(path)
    mine = made(tags=("水运", "民生"), note="注")
    store.apply(Change("", put=(mine, Tag("民生", "red"))))
    inverse = store.apply(marking.remove(mine))
    for view in (store, Annotations(path, read_only=True)):
        assert (view.all(), view.get("a1"), view.on_page(mine.page)) == ((), None, ())
        assert view.tag_counts() == {"民生": 0}
        assert [one.annotation for one in view.trash()] == [mine]
        assert view.trash_on(mine.page) == view.trash()
    store.apply(Codebook.of(store).delete("民生"))
    assert store.trash()[0].annotation.tags == ("水运", "民生")
    store.apply(inverse)
    assert (store.all(), store.trash()) == ((mine,), ())


@settings(max_examples=30)
@given(st.lists(any_annotation, max_size=4, unique_by=lambda one: one.id))
def test_deleting_and_restoring_are_taken_back_exactly(annotations: list[Annotation]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        store = Annotations(Path(folder) / "annotations.json")
        store.apply(Change("", put=tuple(annotations)))
        for annotation in annotations:
            before, thrown = store.all(), store.trash()
            store.apply(marking.remove(annotation))
            (back,) = (one for one in store.trash() if one.annotation == annotation)
            store.apply(trash.restored(back, store))
            assert (store.all(), store.trash()) == (before, thrown)
            deleted = marking.remove(annotation)
            inverse = store.apply(deleted)
            again = store.apply(inverse)
            assert store.all() == before
            store.apply(again)
            assert annotation not in store.all()
        assert {one.annotation.id for one in store.trash()} == {one.id for one in annotations}
        emptied = store.apply(trash.emptied(store.trash()))
        assert store.trash() == ()
        store.apply(emptied)
        assert len(Annotations(store.path).trash()) == len(annotations)


def test_one_whose_id_is_used_again_comes_back_under_another(path: Path) -> None:
    store = Annotations(path)
    mine = made()
    store.apply(Change("", put=(Trashed(mine, DAY), replace(mine, note="imported"))))
    store.apply(trash.restored(store.trash()[0], store))
    assert {one.note for one in store.all()} == {"", "imported"}
    assert len({one.id for one in store.all()}) == 2


def test_one_id_may_be_in_the_trash_twice_and_the_last_deleted_stands_first(path: Path) -> None:
    store = Annotations(path)
    store.apply(Change("", put=(Trashed(made(), DAY), Trashed(made(note="later"), "2024-01-27T08:00:00Z"))))
    assert [one.annotation.note for one in Annotations(path).trash()] == ["later", ""]


def test_fields_of_a_later_version_go_into_the_trash_and_come_out_again(path: Path) -> None:
    store = Annotations(path)
    store.apply(Change("", put=(made(),)))
    store.close()
    with TinyDB(path, encoding="utf-8") as later:
        later.table("annotations").update({"weather": "雨"})
    store = Annotations(path)
    store.apply(marking.remove(store.all()[0]))
    store.close()
    assert [row["weather"] for row in table(path, "trash")] == ["雨"]
    store = Annotations(path)
    store.apply(trash.restored(store.trash()[0], store))
    store.close()
    (row,) = table(path, "annotations")
    assert row["weather"] == "雨"
    assert "deleted" not in row
    assert table(path, "trash") == []


def test_what_may_not_be_an_annotation_may_not_be_in_the_trash_either(path: Path) -> None:
    store = Annotations(path)
    for wrong in (made(spans=()), made("a b")):
        with pytest.raises(UsageError):
            store.apply(Change("", put=(Trashed(wrong, DAY),)))
    with pytest.raises(UsageError):
        store.apply(Change("", put=(Trashed(made(), "\ud800"),)))
    store.apply(Change("", put=(Trashed(made(), DAY),)))
    store.close()
    with TinyDB(path, encoding="utf-8") as plain:
        plain.table("trash").update({"deleted": 7})
    with pytest.raises(DamagedError):
        Annotations(path)


def test_what_is_in_the_trash_follows_a_renamed_page(tmp_path: Path, plain_pages: PlainPages) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    page = "#" + text(1)
    (folder / "a.txt").write_text(page, "utf-8")
    with Library(folder, tmp_path / "data") as library, library.catalog() as catalog:
        library.update(catalog)
        mine = annotate("a.txt", page, [Span(100, 130)])
        library.apply(Change("", put=(Trashed(mine, DAY),)))
        (folder / "a.txt").rename(folder / "b.txt")
        assert library.update(catalog).notices == ()
        (one,) = library.annotations.trash()
        assert one.annotation == replace(mine, page="b.txt")
        assert library.unsettled(catalog) == ()
        assert key_of(one).name == f"{mine.id}#{DAY}"
