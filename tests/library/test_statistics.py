"""The census, its periods and papers, and the samples."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.library import spread
from tui.library.catalog import Catalog
from tui.library.census import Share, census
from tui.library.spread import Grain, Part
from tui.library.statistics import count_words, evenly, others
from tui.search.matching import hits
from tui.search.query import parse


def connected(pages: list[tuple[int, int, str, str]]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE page (first INTEGER, articles INTEGER, date TEXT, paper TEXT)")
    connection.executemany("INSERT INTO page VALUES (?, ?, ?, ?)", pages)
    return connection


@given(
    st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["", "2024-01-01", "2024-02-02"]), st.sampled_from("甲乙"))),
    st.sets(st.integers(0, 60)),
)
def test_a_census_is_what_counting_one_by_one_gives(made: list[tuple[int, str, str]], ids: set[int]) -> None:
    pages, following = [], 1
    for articles, date, paper in made:
        pages.append((following, articles, date, paper))
        following += articles
    connection = connected(pages)
    of = {first + number: (date, paper) for first, articles, date, paper in pages for number in range(articles)}
    every, found = Counter(of.values()), Counter(of[number] for number in ids if number in of)
    expected = [Share(*key, found[key], every[key]) for key in sorted(every)]
    assert census(connection, sorted(ids)) == expected
    assert census(connection, array("q", ids)) == expected  # asked twice, and in any order
    assert census(connection) == [Share(*key, every[key], every[key]) for key in sorted(every)]
    connection.close()


def test_a_census_can_be_stopped() -> None:
    connection = connected([(1, 2, "2024-01-01", "甲"), (3, 2, "2024-01-02", "甲")])
    assert census(connection, [1, 2, 3], lambda: True) == []
    connection.close()


SHARES = (
    Share("", "甲报", 1, 2),
    Share("2023-12-31", "甲报", 2, 10),
    Share("2024-02-01", "甲报", 0, 10),
    Share("2024-02-29", "乙报", 3, 5),
    Share("2024-13-01", "乙报", 1, 5),
)


def test_periods_have_no_gaps() -> None:
    months = spread.over_time(SHARES, Grain.MONTH)
    assert months == [Part("2023-12", 2, 10), Part("2024-01", 0, 0), Part("2024-02", 3, 15)]
    assert [part.relative for part in months] == [200, 0, 200]
    assert spread.over_time(SHARES, Grain.YEAR) == [Part("2023", 2, 10), Part("2024", 3, 15)]
    days = spread.over_time(SHARES, Grain.DAY)
    assert (len(days), days[0].name, days[-1].name) == (61, "2023-12-31", "2024-02-29")
    assert spread.undated(SHARES) == 2
    assert spread.over_time(SHARES[:1], Grain.DAY) == []


def test_many_thousand_days_are_only_those_that_have_pages() -> None:
    far = [Share("1024-01-01", "甲报", 1, 1), Share("2024-01-01", "甲报", 1, 1)]
    assert [part.name for part in spread.over_time(far, Grain.DAY)] == ["1024-01-01", "2024-01-01"]


def test_the_usual_grain_follows_the_range() -> None:
    def grain(first: str, last: str) -> Grain:
        return spread.usual_grain([Share(first, "", 1, 1), Share(last, "", 1, 1), Share("1900-01-01", "", 0, 1)])

    assert grain("2024-01-01", "2024-03-31") is Grain.DAY
    assert grain("2020-01-01", "2024-03-31") is Grain.MONTH
    assert grain("1990-01-01", "2024-03-31") is Grain.YEAR
    assert spread.usual_grain([]) is Grain.YEAR


def test_papers_and_their_dispersion() -> None:
    papers = spread.by_paper(SHARES)
    assert papers == [Part("乙报", 4, 10), Part("甲报", 3, 22)]
    assert spread.dispersion([Part("a", 2, 10), Part("b", 1, 10), Part("c", 0, 10)]) == pytest.approx(0.5)
    assert spread.evenness(0) == "evenly spread"
    assert spread.evenness(1) == "nearly all in few of them"


@given(st.lists(st.integers(0, 500), unique=True), st.data())
def test_others_are_all_but_those_found(everything: list[int], data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.sampled_from(everything))) if everything else set()
    found = [number for number in everything if number in chosen]
    assert list(others(everything, found)) == [number for number in everything if number not in chosen]
    assert list(others(everything, [*found[:1], 1000, *found[1:]])) == [one for one in everything if one not in chosen]


@given(st.integers(0, 1000), st.integers(0, 400))
def test_a_sample_is_even_from_its_first_batch_on(count: int, size: int) -> None:
    ids = list(range(count))
    batches = list(evenly(ids, size))
    assert batches == list(evenly(ids, size))
    chosen = [number for batch in batches for number in batch]
    assert len(chosen) == len(set(chosen)) == min(size, count)
    assert all(batch == sorted(batch) for batch in batches)
    if size >= count:
        assert sorted(chosen) == ids
    if batches and size < count:
        for half in (batches[0], chosen):
            lower = sum(number < count / 2 for number in half)
            assert abs(lower - len(half) / 2) <= 1 + len(half) * 0.05


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    for day in range(1, 6):
        (tmp_path / f"2024-03-{day:02}.txt").write_text(
            f"# 渡口的灯{day}\n\n渡口的灯亮了，江面窄了。等船的学生说，过江要走八分钟，灯自己就亮。\n", "utf-8"
        )
    (tmp_path / "2024-04-01.txt").write_text("# 雨前茶\n\n茶农说，雨水多，芽头大，味道却淡，香气慢慢回来。\n", "utf-8")
    catalog = Catalog(None)
    catalog.update(tmp_path)
    return catalog


def test_words_of_a_library(catalog: Catalog) -> None:
    query = parse("渡口")
    with catalog:
        found = catalog.ids(query)
        rest = others(catalog.ids(), found)
        *_, counted = count_words(catalog, query, found, rest, size=100)
        assert counted.complete
        assert (counted.here.texts, counted.there.texts) == (5, 1)
        texts = [stored.page.text for stored in map(catalog.article, found)]
        assert counted.here.hits == sum(len(hits(query, text)) for text in texts) == 10
        (sampled,) = count_words(catalog, query, found, rest, size=2)
        assert (sampled.here.texts, sampled.there.texts, sampled.complete) == (2, 1, False)
        assert list(count_words(catalog, query, found, rest, size=2, stop=lambda: True)) == []
        shares = catalog.ask(census, found)
        assert [(share.date, share.found, share.every) for share in shares][-1] == ("2024-04-01", 0, 1)
        assert catalog.ids(query) == found  # the census leaves no trace
