"""The filter in steps: what is asked of the catalog, in which order, and what the list does meanwhile."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from tests.ui.conftest import running
from tests.ui.many import many
from tui.library.library import Library
from tui.search.query import parse
from tui.ui.searching import SCREENFUL, Searcher

MILLION = 1_000_000


async def test_a_million_articles_are_listed_and_only_rows_in_view_are_fetched(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = range(7, MILLION, 3)
    catalog = many(library, MILLION, monkeypatch, found={"渡口": found}, best={"渡口": [70, 7, *found[20:]]})
    async with running(library) as driver:
        screen = driver.screen
        assert len(screen.articles.ids) == MILLION
        assert "1,000,000 articles" in driver.lines()[0]
        await driver.press("G", "g", "j")
        assert screen.articles.article_id == 1
        await driver.press("slash")
        await driver.type("渡口")
        assert len(screen.articles.ids) == len(found)
        assert screen.articles.article_id == 7
        await driver.press("down", "j", "slash")
        await driver.type(" ")
        await driver.press("enter")
        assert list(screen.articles.ids[:2]) == [70, 7]
        assert "best first" in driver.lines()[0]
        await driver.press("escape")
        assert len(screen.articles.ids) == MILLION
        assert catalog.asked["rows"] < 1_500
        assert catalog.asked["article"] < 12


async def test_the_first_frame_asks_for_one_screen_and_a_count(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    go_on = threading.Event()

    def before(step: str, _words: str) -> None:
        steps.append(step)
        go_on.wait(5)

    catalog = many(library, MILLION, monkeypatch, before=staticmethod(before))
    app_task = running(library)
    threading.Timer(0.5, go_on.set).start()
    async with app_task as driver:
        assert steps[0] == "first"
        assert catalog.asked["ids"] >= 1
        assert len(driver.screen.articles.ids) == MILLION


async def test_the_second_step_moves_neither_the_cursor_nor_what_is_in_view(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def before(step: str, words: str) -> None:
        if step == "ids" and words:
            go_on.wait(5)

    many(library, MILLION, monkeypatch, found={"渡口": range(0, MILLION, 2)}, before=staticmethod(before))
    async with running(library) as driver:
        articles = driver.screen.articles
        await driver.press(*["j"] * 24)
        place = articles.scroll_offset.y
        assert articles.article_id == 24
        await driver.press("slash")
        box = driver.screen.filter
        box.insert_text_at_cursor("渡口")
        for _ in range(200):
            await driver.pilot.pause(0.01)
            if len(articles.ids) == SCREENFUL:
                break
        assert len(articles.ids) == SCREENFUL
        assert articles.article_id == 24
        assert "more than 199 articles" in driver.lines()[0]
        seen = articles.scroll_offset.y
        assert seen == max(place - 24, 0)  # the article stays on its line
        shown = driver.screen.reader.document
        go_on.set()
        await driver.settle()
        assert len(articles.ids) == MILLION // 2
        assert (articles.article_id, articles.scroll_offset.y) == (24, seen)
        assert driver.screen.reader.document is shown


async def test_an_article_deep_in_the_list_stays_under_the_cursor(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(library, MILLION, monkeypatch, found={"渡口": range(0, MILLION, 2)})
    async with running(library) as driver:
        articles = driver.screen.articles
        articles.cursor = 700_000
        await driver.settle()
        await driver.press("slash")
        await driver.type("渡口")
        assert (articles.article_id, articles.cursor) == (700_000, 350_000)
        await driver.press("escape")
        assert articles.cursor == 700_000


async def test_an_outdated_question_is_left_between_its_steps_and_one_that_waits_is_never_begun(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[tuple[str, str]] = []
    begun, go_on = threading.Event(), threading.Event()

    def before(step: str, words: str) -> None:
        steps.append((step, words))
        if words == "一":
            begun.set()
            go_on.wait(5)

    found = {word: range(1_000) for word in ("一", "一二", "一二三")}
    many(library, MILLION, monkeypatch, found=found, before=staticmethod(before))
    searcher = Searcher(library)
    told: dict[str, int] = {}

    async def ask(words: str) -> None:
        async for _answer in searcher.answers(parse(words)):
            told[words] = told.get(words, 0) + 1

    first = asyncio.create_task(ask("一"))
    await asyncio.to_thread(begun.wait, 5)
    rest = [asyncio.create_task(ask(words)) for words in ("一二", "一二三")]
    await asyncio.sleep(0.05)
    go_on.set()
    await asyncio.gather(first, *rest)
    searcher.close()
    assert [step for step, words in steps if words == "一"] == ["first"]
    assert not [step for step, words in steps if words == "一二"]
    assert [step for step, words in steps if words == "一二三"] == ["first", "ids", "by_initials"]
    assert list(told) == ["一二三"]


async def test_a_slow_first_answer_never_overtakes_a_newer_one(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def before(_step: str, words: str) -> None:
        if words == "茶":
            go_on.wait(5)

    many(library, 1_000, monkeypatch, found={"茶": [1, 2], "茶船": [3]}, before=staticmethod(before))
    async with running(library) as driver:
        await driver.press("slash")
        for letter in "茶船":
            driver.screen.filter.insert_text_at_cursor(letter)
            await driver.pilot.pause(0.05)
        go_on.set()
        await driver.settle()
        assert list(driver.screen.articles.ids) == [3]
        assert "1 article" in driver.lines()[0]


async def test_the_thread_and_its_connection_end_with_the_screen(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("slash")
        await driver.type("茶")
        thread = driver.screen._searcher._thread
        assert thread is not None
        assert thread.is_alive()
        kept = driver.screen._searcher._catalog
        await driver.type("叶")
        assert driver.screen._searcher._catalog is kept
    assert not thread.is_alive()


async def test_a_damaged_catalog_is_said_and_made_anew(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("slash")
        await driver.type("茶")
        ruin(library.home.catalog)
        await driver.type("农")
        await driver.settle()
        await driver.settle()
        assert driver.app.is_running
        await driver.press("escape", "slash")
        await driver.type("渡口")
        assert len(driver.screen.articles.ids) == 1


def ruin(catalog: Path) -> None:
    for path in catalog.parent.glob(catalog.name + "*"):
        path.write_bytes(b"nothing of the kind" * 1_000)


async def test_initials_stand_behind_what_was_typed_and_are_marked(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = many(library, 1_000, monkeypatch, found={"dkd": [5, 7]}, initials={"dkd": [2, 9, 11], "tkd": [4]})
    async with running(library) as driver:
        await driver.press("slash")
        await driver.type("dkd")
        screen = driver.screen
        assert list(screen.articles.ids) == [5, 7, 2, 9, 11]
        assert "2 articles + 3 by initials" in driver.lines()[0]
        sources = [line for line in driver.lines() if "p." in line][:5]
        assert ["~" in line.partition("│")[0][:52] for line in sources] == [False, False, True, True, True]
        await driver.press("down", "j", "j", "slash")
        assert screen.articles.article_id == 2
        catalog.initials["dkdd"] = [2]
        await driver.type("d")
        assert (list(screen.articles.ids), screen.articles.article_id) == ([2], 2)
        assert "0 articles + 1 by initials" in driver.lines()[0]


async def test_pinyin_initials_find_and_are_marked_in_the_list_and_the_reader(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("slash")
        await driver.type("tyn")  # 太阳能
        assert "0 articles + 1 by initials" in driver.lines()[0]
        await driver.press("enter", "enter")
        reader = driver.screen.reader
        assert reader.document is not None
        start, end = reader._hits.ranges[0]
        assert reader.document.text[start:end] == "太阳能"
        assert reader.caret.offset == start
        await driver.press("n")
        assert reader.hit_number[1] == 2
