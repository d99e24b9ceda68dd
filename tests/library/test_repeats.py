"""Groups of repeats in the catalog: the same in whatever order the pages come and go."""

from __future__ import annotations

import random
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.library.conftest import articles, imprint
from tui.library import repeats, schema
from tui.library.catalog import Catalog
from tui.library.scan import Found
from tui.library.storing import FileRead, insert_page, look_up, remove_page
from tui.model import Page
from tui.search import alike

WORDS = random.Random(3)
BASES = tuple("".join(WORDS.choices([chr(0x4E00 + number) for number in range(900)], k=200)) for _ in range(3))


def version(base: int, cut: int, length: int) -> str:
    """A text that is like those cut near it, and not like those cut far from it: a chain."""
    return (BASES[base] + BASES[(base + 1) % 3])[20 * cut : 20 * cut + length]


stories = st.builds(version, st.just(0), st.sampled_from((0, 2, 3, 5, 7, 40)), st.just(160))
pages = st.lists(stories | st.just("太短"), min_size=1, max_size=2).map("\n\n".join)
paths = st.builds(
    "{}/{}-{}.txt".format,
    st.sampled_from(("2024-01-01", "2024-01-02", "x", "2024-01-03")),
    st.sampled_from(("甲报", "乙报")),
    st.just("01"),
)
steps = st.lists(st.tuples(paths, pages | stories | st.none(), st.booleans()), min_size=1, max_size=14)


@st.composite
def arrivals(draw: st.DrawFn) -> list[tuple[str, str | None, bool]]:
    """One story of a chain a day, the days in any order, each looked at as it comes; then some go."""
    days = draw(st.permutations([f"2024-01-0{day}/甲报-01.txt" for day in range(1, 8)]))
    gone = draw(st.lists(st.sampled_from(days), max_size=3))
    return [(day, draw(stories), True) for day in days] + [(day, None, True) for day in gone]


@contextmanager
def catalog() -> Iterator[Catalog]:
    with Catalog(None) as opened:
        yield opened


def put(opened: Catalog, path: str, text: str | None) -> None:
    """Have a page say `text`; None takes it out."""
    connection = opened._connection
    with schema.transaction(connection):
        if before := look_up(connection, path):
            remove_page(connection, before.id)
        if text is not None:
            page = Page(path, text, "utf-8", imprint(path), tuple(articles(text)))
            insert_page(connection, FileRead(Found(path, path, 0, 0), b"", page), 1)


def printed(opened: Catalog) -> dict[tuple[str, str, int], tuple[str, str, int]]:
    """The anchor of each article that is in a group; both as they are printed."""
    anchors = opened.ask(repeats.groups)
    rows = {row.id: (row.date or "~", row.page, row.start) for row in opened.rows(list(anchors))}
    return {rows[article]: rows[anchor] for article, anchor in anchors.items()}


def by_definition(opened: Catalog) -> dict[tuple[str, str, int], tuple[str, str, int]]:
    known = []
    for stored in map(opened.article, opened.ids()):
        text = alike.story_text(stored.article, stored.page.text)
        place = (stored.row.date or "~", stored.row.page, stored.row.start)
        known += [(place, alike.story(text), alike.sketch(text))]
    anchors: list[tuple[tuple[str, str, int], alike.Story, tuple[int, ...]]] = []
    found = {}
    for one in sorted(known, key=lambda one: one[0]):
        for anchor in anchors:
            if len(set(anchor[2]) & set(one[2])) >= alike.SHARED and alike.is_same(anchor[1], one[1]):
                found[one[0]] = found[anchor[0]] = anchor[0]
                break
        else:
            anchors.append(one)
    return found


@settings(max_examples=120, deadline=None)
@given(steps | arrivals())
def test_groups_are_the_same_in_whatever_order_pages_come_and_go(many: list[tuple[str, str | None, bool]]) -> None:
    with catalog() as opened, catalog() as anew:
        for path, text, look in many:
            put(opened, path, text)
            if look:
                opened.ask(repeats.find)
        opened.ask(repeats.find)
        for path, text in {path: text for path, text, _ in many}.items():
            put(anew, path, text)
        anew.ask(repeats.find)
        assert printed(opened) == printed(anew) == by_definition(anew)
        assert not opened.ask(repeats.find)


@settings(max_examples=40, deadline=None)
@given(steps, st.integers(1, 5))
def test_a_pass_that_is_stopped_goes_on_where_it_was(many: list[tuple[str, str | None, bool]], every: int) -> None:
    with pytest.MonkeyPatch.context() as patch, catalog() as opened:
        patch.setattr(repeats, "BATCH", 0.0)
        patch.setattr(repeats, "_REST", 0.0)
        for path, text, _ in many:
            put(opened, path, text)
            opened.ask(repeats.find, asked_often(every))
        patch.setattr(repeats, "BATCH", 1.0)
        opened.ask(repeats.find)
        assert printed(opened) == by_definition(opened)


def asked_often(times: int) -> Callable[[], bool]:
    left = iter(range(times))
    return lambda: next(left, None) is None


def test_a_chain_of_neighbours_does_not_join_two_stories() -> None:
    with catalog() as opened:
        for number in range(8):
            put(opened, f"2024-01-0{number + 1}/甲报-01.txt", version(0, number, 160))
        opened.ask(repeats.find)
        texts = [alike.story(version(0, number, 160)) for number in range(8)]
        assert alike.is_same(texts[0], texts[1])
        assert not alike.is_same(texts[0], texts[7])
        assert len(set(printed(opened).values())) > 1
        assert opened.ask(repeats.count) == len(set(printed(opened).values()))


def test_an_anchor_that_becomes_a_member_lets_its_members_go() -> None:
    early, middle, late = (version(0, cut, 160) for cut in (0, 2, 5))
    with catalog() as opened:
        put(opened, "2024-01-02/甲报-01.txt", middle)
        put(opened, "2024-01-03/甲报-01.txt", late)
        opened.ask(repeats.find)
        assert set(printed(opened).values()) == {("2024-01-02", "2024-01-02/甲报-01.txt", 0)}
        put(opened, "2024-01-01/甲报-01.txt", early)
        opened.ask(repeats.find)
        assert {date for date, _, _ in printed(opened)} == {"2024-01-01", "2024-01-02"}
        put(opened, "2024-01-01/甲报-01.txt", None)
        assert opened.ask(repeats.groups) == {}
        opened.ask(repeats.find)
        assert {date for date, _, _ in printed(opened)} == {"2024-01-02", "2024-01-03"}


def test_copies_are_named_most_alike_first() -> None:
    text = version(0, 0, 160)
    with catalog() as opened:
        put(opened, "2024-01-01/甲报-01.txt", text)
        put(opened, "2024-01-02/甲报-01.txt", text[:110] + "。" + text[112:])
        put(opened, "2024-01-03/甲报-01.txt", text)
        put(opened, "2024-01-04/甲报-01.txt", version(2, 0, 160))
        opened.ask(repeats.find)
        by_date = {row.date[-1]: row.id for row in opened.rows(list(opened.ids()))}
        found = opened.ask(repeats.copies, by_date["1"])
        assert [article for article, _ in found] == [by_date["3"], by_date["2"]]
        assert found[0][1] == 1.0 > found[1][1] > 0.8
        assert opened.ask(repeats.copies, by_date["4"]) == []
        assert opened.ask(repeats.copies, 10**6) == []
        assert opened.ask(repeats.others, list(opened.ids())) == {by_date[day]: 2 for day in "123"}


def test_of_a_group_the_first_in_the_list_is_kept() -> None:
    anchors = {3: 3, 5: 3, 9: 3, 4: 8, 8: 8}
    assert repeats.folded(array("q", [9, 7, 8, 5, 4, 3, 1]), anchors) == array("q", [9, 7, 8, 1])
    assert repeats.folded([], anchors) == array("q")


def test_other_rules_find_everything_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    with catalog() as opened:
        put(opened, "2024-01-01/甲报-01.txt", version(0, 0, 160))
        put(opened, "2024-01-02/甲报-01.txt", version(0, 0, 160))
        assert opened.ask(repeats.find)
        before = opened.ask(repeats.groups)
        assert len(before) == 2
        assert not opened.ask(repeats.find)
        monkeypatch.setattr(alike, "RULES", alike.RULES + 1)
        assert opened.ask(repeats.find)
        assert opened.ask(repeats.groups) == before
