"""What a choice of articles consists of, against a count that looks at every one."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.test_catalog import write
from tui.library import facets, schema, storing
from tui.library.anchors import annotate
from tui.library.annotations import Change
from tui.library.catalog import Catalog
from tui.library.facets import Facets, Group, Mark, StoppedError
from tui.library.gathering import Pass, gather
from tui.library.library import Library
from tui.library.noted import Noted
from tui.library.records import DOUBTFUL
from tui.library.scan import Found
from tui.library.storing import FileRead
from tui.model import Article, Block, Imprint, Page, Reading, Role, Scope, Span
from tui.search.query import parse

TEXT = "柳塘渡口换灯，茶农说雨水多。"


@st.composite
def articles(draw: st.DrawFn) -> Article:
    start = draw(st.integers(0, 8))
    return Article(
        (Block(Role.BODY, (Span(start, start + 4),)),),
        column=draw(st.sampled_from(("", "", "要闻", "副刊\x1b[2J", "\ud800"))),
        authors=tuple(draw(st.lists(st.sampled_from(("温亦舟", "阮小满", "秦")), max_size=2))),
        continued_on=draw(st.sampled_from((None, "4"))),
        certainty=draw(st.sampled_from((1.0, 0.3))),
    )


pages = st.builds(
    Page,
    path=st.just(""),
    text=st.just(TEXT),
    encoding=st.just("utf-8"),
    imprint=st.builds(
        Imprint,
        paper=st.sampled_from(("", "柳塘日报", "石坪周报")),
        date=st.sampled_from(("", "2023-12-31", "2024-03-09", "2024-03-10")),
    ),
    articles=st.lists(articles(), max_size=3).map(tuple),
)


@dataclass(frozen=True, slots=True)
class Known:
    number: int
    page: Page
    article: Article


@contextmanager
def catalog_of(some: list[Page], removed: set[int]) -> Iterator[tuple[sqlite3.Connection, list[Known]]]:
    connection = schema.connect(None)
    try:
        for place, page in enumerate(some):
            storing.insert_page(connection, _reading(place, page), 1)
        for place in removed & set(range(len(some))):
            known = storing.look_up(connection, f"{place}.txt")
            assert known
            storing.remove_page(connection, known.id)
        there = []
        for path, first, number in connection.execute("SELECT path, first, articles FROM page ORDER BY first"):
            page = some[int(path.removesuffix(".txt"))]
            in_order = sorted(page.articles, key=lambda article: article.start)
            there += [Known(first + at, page, in_order[at]) for at in range(number)]
        yield connection, there
    finally:
        connection.close()


def _reading(place: int, page: Page) -> FileRead:
    path = f"{place}.txt"
    return FileRead(Found(path, path, 0, 0), b"", page)


def naive(chosen: list[Known], noted: Noted) -> Facets:
    found: dict[Group, Counter[str]] = {group: Counter() for group in Group}
    for one in chosen:
        found[Group.PAPER][one.page.imprint.paper] += 1
        found[Group.DATE][one.page.imprint.date] += 1
        found[Group.AUTHOR].update(set(one.article.authors))
        found[Group.COLUMN][one.article.column.encode("utf-8", "replace").decode()] += 1
        for tag, numbers in noted.tags.items():
            found[Group.TAG][tag] += one.number in numbers
        marks = found[Group.MARK]
        marks[Mark.STARRED] += one.number in noted.starred
        marks[Mark.UNREAD] += one.number not in noted.read
        marks[Mark.ANNOTATED] += one.number in noted.annotated
        marks[Mark.CONTINUED] += bool(one.article.continued_on)
        marks[Mark.DOUBTFUL] += one.article.certainty < DOUBTFUL
    groups = {group: facets.ordered(group, found[group]) for group in Group}
    return Facets(len(chosen), {group: counted for group, counted in groups.items() if counted})


@given(st.lists(pages, max_size=6), st.sets(st.integers(0, 5), max_size=2), st.data())
def test_counts_are_those_of_looking_at_every_article(some: list[Page], removed: set[int], data: st.DataObject) -> None:
    with catalog_of(some, removed) as (connection, there):
        numbers = [one.number for one in there]
        sets = st.frozensets(st.sampled_from(numbers)) if numbers else st.just(frozenset())
        starred, read, annotated = (data.draw(sets) for _ in range(3))
        noted = Noted({"政策": annotated}, starred, read, annotated)
        chosen = data.draw(sets)
        counted = facets.count(connection, array("q", sorted(chosen)), noted)
        assert counted == naive([one for one in there if one.number in chosen], noted)
        assert facets.count(connection, None, noted) == naive(there, noted)


def test_nobody_waits_any_more() -> None:
    with catalog_of([], set()) as (connection, _there):
        storing.insert_page(connection, _reading(0, Page("", TEXT, "utf-8", Imprint("晚报"), (_article(),))), 1)
        with pytest.raises(StoppedError):
            facets.count(connection, array("q", [1]), Noted(), stop=lambda: True)


def _article() -> Article:
    return Article((Block(Role.BODY, (Span(0, 4),)),))


def test_keywords_are_counted_and_each_finds_what_was_counted(tmp_path: Path) -> None:
    for number, text in enumerate((FERRY, FERRY, TEA)):
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    with Catalog(None) as catalog:
        catalog.update(tmp_path)
        assert Group.KEYWORD not in catalog.ask(facets.count, None, Noted()).groups
        catalog.ask(gather, Pass())
        for ids in (None, catalog.ids(parse("渡口"))):
            counted = catalog.ask(facets.count, ids, Noted()).groups[Group.KEYWORD]
            assert counted
            for word, number in counted:
                found = set(catalog.ids(parse(f'keyword:"{word}"')))
                assert len(found if ids is None else found.intersection(ids)) == number
        assert dict(counted)["渡口"] == 2


def test_days_add_up_to_months_and_years() -> None:
    days = (("2024-03-10", 2), ("2024-03-09", 3), ("2024-01-01", 1), ("2023-12-31", 4))
    assert facets.periods(days, 7) == (("2024-03", 5), ("2024-01", 1), ("2023-12", 4))
    assert facets.periods(days, 4) == (("2024", 6), ("2023", 4))


FERRY = "# 渡口的灯换成了太阳能\n\n昨日傍晚，柳塘渡口的十二盏灯换成了太阳能灯。\n"
TEA = "# 雨前茶少了三成\n\n今年清明前后，石坪乡下了二十一天雨。\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    folder = tmp_path / "papers"
    write(folder, "柳塘日报/2024-03-09/01.txt", FERRY)
    write(folder, "柳塘日报/2024-03-10/01.txt", TEA)
    with Library(folder, tmp_path / "data") as opened:
        with opened.catalog() as catalog:
            opened.update(catalog)
        yield opened


def test_what_was_made_of_articles_follows_every_change(library: Library) -> None:
    ferry, tea = "柳塘日报/2024-03-09/01.txt", "柳塘日报/2024-03-10/01.txt"
    with library.catalog() as catalog:
        assert library.noted.now(catalog) == Noted()
        on_ferry, on_tea = (catalog.article_at(page, 3) for page in (ferry, tea))
        assert on_ferry is not None
        assert on_tea is not None
        tagged = annotate(ferry, FERRY, [Span(2, 6)], tags=("政策/产业",))
        library.apply(Change("", put=(tagged, Reading(tea, 2, read=True, starred=True))))
        now = library.noted.now(catalog)
        assert now.tags == {"政策": {on_ferry}, "政策/产业": {on_ferry}}
        assert [set(found) for found in (now.starred, now.read, now.annotated)] == [{on_tea}, {on_tea}, {on_ferry}]
        state = catalog.state()
        write(library.folder, ferry, FERRY + "\n渡工老秦说，灯自己就亮。\n")
        with library.catalog() as other:
            library.update(other)
        assert catalog.state() != state
        assert library.noted.now(catalog).annotated == {catalog.article_at(ferry, 3)} != {on_ferry}
        inverse = library.apply(Change("", put=(Reading(tea, 2, read=True),)))
        assert library.noted.now(catalog).starred == set()
        library.apply(inverse)
        assert library.noted.now(catalog).starred == {on_tea}
        assert tagged.scope is Scope.SPAN


def test_a_page_that_goes_takes_its_counts_along(library: Library) -> None:
    with library.catalog() as catalog:
        assert catalog.ask(facets.count, None, Noted()).articles == 2
        (library.folder / "柳塘日报/2024-03-10/01.txt").unlink()
        library.update(catalog)
        counted = catalog.ask(facets.count, catalog.ids(), Noted())
        assert counted.groups[Group.PAPER] == (("柳塘日报", 1),)
        assert counted.groups[Group.DATE] == (("2024-03-09", 1),)
