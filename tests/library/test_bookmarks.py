"""Letters for places: kept, found again, taken back; files of an older version open."""

from __future__ import annotations

from pathlib import Path

import pytest
from tinydb import TinyDB

from tests.library.test_catalog import write
from tui.cli import main
from tui.library.anchors import quote
from tui.library.annotations import Annotations, Change, Key
from tui.library.library import Library
from tui.model import Bookmark, Span, Tag

TEXT = "# 渡口的灯换成了太阳能\n\n昨日傍晚，柳塘渡口的十二盏灯换成了太阳能灯，江面上再也听不见桨声了\n"
NAME = "柳塘日报/2024-03-09/01.txt"


def bookmark(letter: str = "a", start: int = 20) -> Bookmark:
    spans = (Span(start, start + 12),)
    return Bookmark(letter, NAME, spans, *quote(TEXT, spans), "2024-03-09T08:00:00Z")


def test_a_letter_is_kept_set_anew_and_brought_back(tmp_path: Path) -> None:
    store = Annotations(tmp_path / "annotations.json")
    store.apply(Change("mark a", put=(bookmark("a"), bookmark("A", 25), bookmark("b"))))
    again = store.apply(Change("mark a", put=(bookmark("a", 30),)))
    for view in (store, Annotations(store.path)):
        assert [mark.letter for mark in view.bookmarks()] == ["a", "A", "b"]
        assert view.bookmark("a") == bookmark("a", 30)
        assert view.bookmark("z") is None
    store.apply(again)
    assert Annotations(store.path).bookmark("a") == bookmark("a")


def test_a_plain_tinydb_finds_the_bookmarks_in_their_table(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    Annotations(path).apply(Change("", put=(bookmark(),)))
    with TinyDB(path, access_mode="r", encoding="utf-8") as plain:
        (row,) = plain.table("bookmarks").all()
    assert (row["letter"], row["page"], row["spans"]) == ("a", NAME, [[20, 32]])


def test_a_file_without_the_table_opens_and_a_letter_of_a_later_version_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    Annotations(path).apply(Change("", put=(Tag("民生"),)))
    store = Annotations(path)
    assert store.bookmarks() == ()
    store.apply(Change("", put=(bookmark(),)))
    store.close()
    with TinyDB(path, encoding="utf-8") as later:
        row = later.table("bookmarks").all()[0].copy()
        later.table("bookmarks").insert({**row, "letter": "7"})
    store = Annotations(path)
    assert (store.unknown, store.bookmarks()) == (1, (bookmark(),))
    store.apply(Change("", remove=(Key.bookmark("a"),)))
    store.close()
    with TinyDB(path, access_mode="r", encoding="utf-8") as later:
        assert [row["letter"] for row in later.table("bookmarks")] == ["7"]


def test_a_changed_page_keeps_its_bookmark_or_check_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "papers"
    write(folder, NAME, TEXT)
    with Library(folder, tmp_path / "data") as library, library.catalog() as catalog:
        library.update(catalog)
        library.apply(Change("", put=(bookmark(),)))
        write(folder, NAME, TEXT.replace("昨日傍晚", "昨日傍晚七点钟"))
        library.update(catalog)
        assert library.lost_bookmarks(catalog) == ()
        write(folder, NAME, "# 雨前茶少了三成\n\n今年清明前后，石坪乡下了二十一天雨。\n")
        library.update(catalog)
        assert library.lost_bookmarks(catalog) == (bookmark(),)
    assert main(["check", str(folder)]) == 1
    assert f"{NAME}: the place of mark a is not found: “{bookmark().exact}”" in capsys.readouterr().out
