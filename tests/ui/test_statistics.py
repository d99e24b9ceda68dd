"""The statistics screen, driven by keys and the mouse."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.widgets import Static

from tests.ui.conftest import NARROW, WIDE, Driver, running
from tui.library.library import Library
from tui.search.tally import Sampled
from tui.ui.screens.listing import Listing
from tui.ui.screens.statistics import StatisticsScreen
from tui.ui.statistics import View
from tui.ui.widgets.bars import StatusLine
from tui.ui.widgets.filter_box import FilterBox
from tui.ui.widgets.pick_list import PickList
from tui.ui.widgets.plot import Plot
from tui.ui.widgets.view_bar import ViewBar

SIZES = [WIDE, NARROW, (40, 12)]
LAMP = "# 渡口的灯\n\n渡口的灯亮了，江面窄了。渡口的灯换了，渡口的石阶铺过了。\n"
TEA = "# 雨前茶\n\n茶农说，雨水多，芽头大，味道却淡，香气慢慢回来。\n"


@pytest.fixture
def pages(pages: Path) -> Path:
    """Two papers over three years."""
    for name, text in {
        "柳塘日报/2022-05-01/01.txt": LAMP,
        "柳塘日报/2023-06-01/01.txt": TEA,
        "石坪晚报/2023-06-02/01.txt": LAMP.replace("窄", "宽"),
        "石坪晚报/2024-03-10/01.txt": TEA.replace("淡", "浓"),
    }.items():
        (pages / name).parent.mkdir(parents=True)
        (pages / name).write_text(text, "utf-8")
    return pages


async def opened(driver: Driver, text: str = "渡口") -> StatisticsScreen:
    if text:
        await driver.press("slash")
        await driver.type(text)
        await driver.press("enter")
    await driver.press("percent_sign")
    await driver.settle()
    assert isinstance(driver.app.screen, StatisticsScreen)
    return driver.app.screen


def said(driver: Driver, name: str = "said") -> str:
    return str(driver.app.screen.query_one(f"#{name}", Static).content)


def left(driver: Driver) -> str:
    return driver.app.screen.query_one(StatusLine).left


def rows(driver: Driver) -> list[str]:
    return [row.text for row in driver.app.screen.query_one(PickList).rows]


async def press(driver: Driver, *keys: str) -> None:
    """Press keys and wait for what a thread makes then, and for what it posts."""
    for key in keys:
        await driver.press(key)
        await driver.settle()


@pytest.mark.parametrize("size", SIZES)
async def test_over_time(library: Library, size: tuple[int, int]) -> None:
    async with running(library, size) as driver:
        await opened(driver)
        assert "3 articles" in driver.lines()[0]
        assert "Articles by month" in said(driver)
        assert left(driver) == "2024-03: 1 of 3 articles · 333.3 per 1,000"
        await press(driver, "minus", "h")
        assert left(driver) == "2023: 1 of 2 articles · 500.0 per 1,000"
        await press(driver, "r")
        assert "of every 1,000" in said(driver)
        assert left(driver).startswith("2023: ")
        await press(driver, "g", "plus")
        assert left(driver).startswith("2022-05: 1 of 1")
        assert any("▲" in line for line in driver.lines())
        assert any("█" in line for line in driver.lines())


async def test_enter_refines_to_the_period(library: Library) -> None:
    async with running(library) as driver:
        await opened(driver)
        await press(driver, "minus", "g", "enter")
        assert driver.app.screen is driver.screen
        assert driver.screen.query_one(FilterBox).value == "渡口 date:2022"


async def test_papers(library: Library) -> None:
    async with running(library) as driver:
        await opened(driver)
        await press(driver, "2")
        assert [row.split()[:4] for row in rows(driver)] == [
            ["柳塘日报", "2", "500.0", "4"],
            ["石坪晚报", "1", "500.0", "2"],
        ]
        assert "evenly spread (DP 0.00)" in said(driver)
        await press(driver, "j")
        assert left(driver) == "石坪晚报: 1 of 2 articles · 500.0 per 1,000"
        await press(driver, "enter")
        assert driver.screen.query_one(FilterBox).value == "渡口 paper:石坪晚报"


async def test_collocates(library: Library) -> None:
    async with running(library) as driver:
        screen = await opened(driver)
        await press(driver, "tab", "tab")
        assert said(driver).startswith("Within 5 words of ")
        assert "content words" in said(driver)
        before = rows(driver)
        await press(driver, "minus", "minus", "minus", "m", "f")
        assert said(driver).startswith("Within 2 words of ")
        assert "all words" in said(driver)
        assert "at least 1 time " in said(driver)
        assert rows(driver) != before
        await press(driver, "s")
        assert "by log-likelihood" in said(driver)
        word = screen._table.names[0]
        await press(driver, "enter")
        assert driver.screen.query_one(FilterBox).value == f"near:4(渡口 {word})"


async def test_key_words(library: Library) -> None:
    async with running(library) as driver:
        screen = await opened(driver)
        await press(driver, "4")
        assert said(driver).startswith("More frequent here")
        assert "渡口" in screen._table.names
        assert "渡口: " in left(driver)
        await press(driver, "x")
        assert said(driver).startswith("Less frequent here")
        assert "渡口" not in screen._table.names
        word = screen._table.names[0]
        await press(driver, "enter")
        assert driver.screen.query_one(FilterBox).value == f"渡口 {word}"


async def test_without_a_filter_there_are_no_words_to_compare(library: Library) -> None:
    async with running(library) as driver:
        await opened(driver, "")
        assert "all articles" in driver.lines()[0]
        assert "6 articles" in driver.lines()[0]
        for key in ("3", "4"):
            await press(driver, key)
            assert rows(driver) == ["Words are compared under a filter: there is none"]
        await press(driver, "q")
        assert driver.app.screen is driver.screen


async def test_a_sample_is_said_to_be_one(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.library.statistics.sample_size", lambda: 2)
    async with running(library) as driver:
        await opened(driver)
        await press(driver, "4")
        assert "a sample: 2 of 3 articles, beside 2 of 3 others" in said(driver)


async def test_the_mouse(library: Library) -> None:
    async with running(library) as driver:
        await opened(driver)
        await driver.pilot.click(Plot, offset=(6, 5))
        await driver.settle()
        assert left(driver).startswith("2022-05: ")
        await driver.pilot.click(ViewBar, offset=(20, 0))
        await driver.settle()
        await driver.settle()
        assert len(rows(driver)) == 2
        await driver.pilot.click(PickList, offset=(5, 1))
        await driver.settle()
        assert left(driver).startswith("石坪晚报: ")


async def test_counting_stops_when_the_screen_is_left(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped = threading.Event()

    def count(*_arguments: object, stop: Callable[[], bool], size: int) -> Iterator[Sampled]:
        while not stop():
            time.sleep(0.005)
        stopped.set()
        yield from ()

    monkeypatch.setattr("tui.library.statistics.count_words", count)
    async with running(library) as driver:
        await driver.press("slash")
        await driver.type("渡口")
        await driver.press("enter")
        await driver.pilot.press("percent_sign", "3")
        for _ in range(100):
            await driver.pilot.pause(0.02)
            if "%" in driver.app.screen.query_one(StatusLine).right:
                break
        assert rows(driver) == ["Counting…"]
        assert driver.app.screen.query_one(StatusLine).right == "counting words: 0 %"
        await driver.pilot.press("q")
        await driver.settle()
        assert stopped.is_set()
        assert driver.app.screen is driver.screen


@pytest.mark.parametrize("view", list(View))
async def test_it_stands_any_resize(library: Library, view: View) -> None:
    async with running(library) as driver:
        await opened(driver)
        await press(driver, str(view.value))
        for size in ((300, 100), (40, 12), (12, 4), (80, 24)):
            await driver.pilot.resize_terminal(*size)
            await driver.settle()
            assert len(driver.lines()) == size[1]
        assert said(driver)


async def test_the_help_lists_its_keys(library: Library) -> None:
    async with running(library) as driver:
        await opened(driver)
        await press(driver, "question_mark")
        assert isinstance(driver.app.screen, Listing)
        assert any("The next order" in line for line in driver.lines())


async def test_hostile_names_are_shown_to_the_letter(library: Library, pages: Path) -> None:
    (pages / "hostile.jsonl").write_text(
        '{"title": "渡口", "body": "渡口[/red]的灯", "paper": "[@click=app.quit]x", "date": "2024-03-10"}\n', "utf-8"
    )
    async with running(library, NARROW) as driver:
        await opened(driver)
        await press(driver, "2")
        assert any("[@click=app.quit]x" in line for line in driver.lines())
