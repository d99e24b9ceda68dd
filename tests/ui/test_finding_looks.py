"""What finding looks like: hits in heads, a list that follows stars, hints that fit, keys that do something."""

from __future__ import annotations

import pytest

from tests.ui.conftest import NARROW, TEA, Driver, running
from tui.library.library import Library
from tui.ui.found import found_line
from tui.ui.searching import Answer


def title(driver: Driver) -> str:
    document = driver.screen.reader.document
    return document.title if document else ""


async def test_what_is_asked_of_the_headline_is_marked_and_counted(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("slash")
        await driver.type("title:渡口")
        assert "1 article · 1 hit" in driver.lines()[0]
        await driver.press("enter", "enter")
        assert driver.screen.reader.hit_number == (1, 1)


async def test_only_words_have_a_best_article(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("slash")
        await driver.type("is:unread")
        await driver.press("enter")
        assert "best first" not in driver.lines()[0]
        await driver.press("slash")
        await driver.type(" 灯")
        await driver.press("enter")
        assert "best first" in driver.lines()[0]


async def test_the_list_follows_a_star_and_its_undoing(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("slash")
        await driver.type("-is:starred")
        await driver.press("enter")
        assert len(driver.screen.articles.ids) == 2
        first = driver.screen.articles.article_id
        await driver.press("s")
        assert "1 article" in driver.lines()[0]
        assert driver.screen.articles.article_id != first
        await driver.press("u")
        assert driver.screen.articles.ids[0] == first


async def test_the_cursor_goes_to_what_comes_into_the_place_of_a_row_that_went(library: Library) -> None:
    folder = library.folder / "柳塘日报" / "2024-03-09"
    (folder / "03.txt").write_text(TEA.replace("茶", "姜"), "utf-8")
    async with running(library) as driver:
        await driver.press("slash")
        await driver.type("-is:starred")
        await driver.press("enter", "j")
        last = driver.screen.articles.ids[2]
        await driver.press("s")
        assert driver.screen.articles.article_id == last


async def test_what_is_read_keeps_its_row_until_one_is_back_in_the_list(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("slash")
        await driver.type("-is:starred")
        await driver.press("enter", "enter")
        read = title(driver)
        await driver.press("s")
        assert title(driver) == read
        assert len(driver.screen.articles.ids) == 2
        await driver.press("q")
        assert len(driver.screen.articles.ids) == 1


@pytest.mark.parametrize(
    ("size", "hint"),
    [((140, 40), "title:word · F1 more"), ((60, 20), "/ filter: words, -not · F1"), ((48, 12), "/ filter · F1 more")],
)
async def test_the_hint_in_the_box_is_as_long_as_there_is_room(
    library: Library, size: tuple[int, int], hint: str
) -> None:
    async with running(library, size) as driver:
        assert hint in driver.lines()[0]


async def test_hits_before_the_cursor_are_counted_only_where_there_are_some(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("slash")
        await driver.type("石阶")
        assert "1 hit  " in driver.lines()[-2]
        await driver.press("enter", "enter")
        assert "hit 1/1" in driver.lines()[-2]


async def test_without_an_article_the_panel_says_nothing_of_annotating_it(library: Library) -> None:
    async with running(library) as driver:
        assert "No annotations yet" in "\n".join(driver.lines())
        await driver.press("slash")
        await driver.type("没有的词")
        assert "Nothing found" in "\n".join(driver.lines())
        assert "No annotations yet" not in "\n".join(driver.lines())


async def test_the_concordance_shows_the_keys_of_where_one_is(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("slash")
        await driver.type("渡口")
        await driver.press("enter", "X")
        assert "By left" in driver.lines()[-1]
        assert "Other sample" not in driver.lines()[-1]  # these are all the hits
        await driver.press("f")
        assert driver.lines()[-1].split() == ["Enter", "To", "the", "lines", "Esc", "Show", "all"]
        await driver.press("escape", "slash")
        assert driver.lines()[-1].split() == ["Enter", "Find", "Esc", "Back"]
        await driver.press("escape")
        assert "By left" in driver.lines()[-1]


async def test_the_way_back_stands_in_the_statistics_footer_where_that_is_narrow(library: Library) -> None:
    async with running(library, NARROW) as driver:
        await driver.press("percent_sign")
        assert "q Back" in driver.lines()[-1]


def test_thousands_are_parted_in_every_count() -> None:
    answer = Answer(None, [0] * 3000, 1500, 1500, hits=12345)  # type: ignore[arg-type]
    assert found_line(answer, 80) == "1,500 articles + 1,500 by initials · 12,345 hits"
