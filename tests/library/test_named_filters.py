"""Named filters: kept, found again, taken back; files of an older version open."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB

from tests.library.made import any_filter
from tui.library.annotations import Annotations, Change, Key
from tui.model import NamedFilter, Tag

FERRY = NamedFilter("渡口", 'paper:"柳塘日报" 渡口', "3", "2024-03-09T08:00:00Z")
TEA = NamedFilter("茶", "茶 -灯", "", "2024-03-09T08:00:00Z")


def test_a_filter_is_kept_changed_and_brought_back(tmp_path: Path) -> None:
    store = Annotations(tmp_path / "annotations.json")
    store.apply(Change("keep", put=(FERRY, TEA)))
    inverse = store.apply(Change("delete", remove=(Key.filter("渡口"),)))
    assert Annotations(store.path).filters() == (TEA,)
    store.apply(inverse)
    for view in (store, Annotations(store.path)):
        assert view.filters() == (FERRY, TEA)
        assert view.filter_of("3") == FERRY
        assert view.filter_of("4") is None


def test_a_plain_tinydb_finds_the_filters_in_their_table(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    Annotations(path).apply(Change("", put=(FERRY,)))
    with TinyDB(path, access_mode="r", encoding="utf-8") as plain:
        (row,) = plain.table("filters").all()
    assert row == {"name": "渡口", "query": 'paper:"柳塘日报" 渡口', "digit": "3", "modified": "2024-03-09T08:00:00Z"}


def test_a_file_without_the_table_opens_and_fields_of_a_later_version_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    Annotations(path).apply(Change("", put=(Tag("民生"),)))
    store = Annotations(path)
    assert store.filters() == ()
    store.apply(Change("", put=(FERRY,)))
    store.close()
    with TinyDB(path, encoding="utf-8") as later:
        later.table("filters").update({"sort": "oldest"})
        later.table("filters").insert({"name": "灯", "query": "灯"})
    store = Annotations(path)
    assert store.filters() == (FERRY, NamedFilter("灯", "灯"))
    store.apply(Change("", put=(NamedFilter("渡口", "渡口"),)))
    store.close()
    with TinyDB(path, access_mode="r", encoding="utf-8") as later:
        assert [row.get("sort") for row in later.table("filters")] == ["oldest", None]


@given(steps=st.lists(st.tuples(st.lists(any_filter, max_size=3), st.lists(st.sampled_from(("要闻", "茶", "没有"))))))
def test_the_store_has_what_a_dict_has(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[list[NamedFilter], list[str]]]
) -> None:
    path = tmp_path_factory.mktemp("filters") / "annotations.json"
    store = Annotations(path)
    known: dict[str, NamedFilter] = {}
    for put, gone in steps:
        new = {one.name: one for one in put}
        left = [name for name in gone if name not in new]
        before = dict(known)
        inverse = store.apply(Change("", put=tuple(new.values()), remove=tuple(map(Key.filter, left))))
        store.apply(inverse)
        assert {one.name: one for one in store.filters()} == before
        store.apply(Change("", put=tuple(new.values()), remove=tuple(map(Key.filter, left))))
        known = {name: one for name, one in {**known, **new}.items() if name not in left}
    assert {one.name: one for one in store.filters()} == known
    assert {one.name: one for one in Annotations(path).filters()} == known
