"""The concordance by keyboard and mouse: what it shows, in which order, and where it leads."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Input

from tests.ui.conftest import FERRY, NARROW, WIDE, Driver, running
from tui.cells import width
from tui.library.concordances import Draw, Tally
from tui.library.library import Library
from tui.search.concordance import By, Line, Source
from tui.ui.concordance import Order, arranged, heading, place_of
from tui.ui.screens.concordance import ConcordanceScreen
from tui.ui.widgets.bars import StatusLine
from tui.ui.widgets.kwic_view import KwicView

SIZES = [WIDE, NARROW, (40, 12)]


def screen(driver: Driver) -> ConcordanceScreen:
    assert isinstance(driver.app.screen, ConcordanceScreen)
    return driver.app.screen


def view(driver: Driver) -> KwicView:
    return screen(driver).query_one(KwicView)


def hits(driver: Driver) -> list[str]:
    return [line.hit for line in view(driver).lines]


def message(driver: Driver) -> str:
    return driver.app.screen.query_one(StatusLine).message


async def filtered(driver: Driver, text: str) -> None:
    await driver.press("slash")
    await driver.type(text)
    await driver.press("enter")


async def test_the_filters_words_stand_in_their_lines_in_one_column(library: Library) -> None:
    async with running(library) as driver:
        await filtered(driver, "渡口")
        await driver.press("X")
        assert hits(driver) == ["渡口"] * 3
        assert "3 hits in 1 article · newest first · within the filter" in driver.lines()[1]
        shown = driver.lines()[2:5]
        assert len({width(line[: line.index(" 渡口 ")]) for line in shown}) == 1
        assert all("2024-03-09 柳塘日报 p.1" in line for line in shown)


async def test_line_breaks_of_the_page_are_gone_and_paragraphs_have_a_mark(library: Library) -> None:
    async with running(library) as driver:
        await filtered(driver, "窄了")
        await driver.press("X")
        assert "灯自己就亮。¶“灯一亮，江面就 窄了 。”等船的学生" in "".join(driver.lines())


async def test_the_word_under_the_readers_cursor_is_looked_for_everywhere(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("j", "enter", "right_curly_bracket")
        word = driver.screen.reader.words_here
        await driver.press("X")
        assert set(hits(driver)) == {word}
        assert "within the filter" not in driver.lines()[1]


async def test_the_selection_is_looked_for_within_the_filter(library: Library) -> None:
    async with running(library) as driver:
        await filtered(driver, "渡口")
        await driver.press("enter", "v", "l", "X")
        assert hits(driver) == ["渡口"] * 3
        assert screen(driver).query_one("#word", Input).value == '"渡口"'


async def test_without_a_word_it_asks_for_one(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("X")
        assert isinstance(driver.app.focused, Input)
        await driver.type("灯 -没有")
        await driver.press("enter")
        assert set(hits(driver)) == {"灯"}
        await driver.press("slash")
        screen(driver).query_one("#word", Input).value = "雨前"
        await driver.press("enter")
        assert set(hits(driver)) == {"雨前"}
        await driver.press("escape")
        assert driver.app.screen is driver.screen


async def test_escape_leaves_the_box_that_asks(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("X", "escape")
        assert driver.app.screen is driver.screen


@pytest.mark.parametrize(("typed", "said"), [("near:x", "near:"), ("date:2024", "Only words"), ("(灯 )) ", "closes")])
async def test_a_mistake_is_said_and_can_be_mended(library: Library, typed: str, said: str) -> None:
    async with running(library) as driver:
        await driver.press("X")
        await driver.type(typed)
        await driver.press("enter")
        assert said in message(driver)
        assert isinstance(driver.app.focused, Input)
        assert driver.app.focused.value == typed


async def test_nothing_found_is_said(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("X")
        await driver.type("没有这样的词")
        await driver.press("enter")
        assert "0 hits in 0 articles" in driver.lines()[1]
        assert any("Nothing found" in line for line in driver.lines())
        await driver.press("j", "G", "enter", "l", "y", "s")
        assert view(driver).chosen is None


async def test_lines_are_sorted_by_keys_and_again_reversed(library: Library) -> None:
    async with running(library) as driver:
        await filtered(driver, "的")
        await driver.press("X")
        before = list(view(driver).lines)
        for key, by in (("l", By.LEFT), ("r", By.RIGHT), ("d", By.DATE)):
            await driver.press(key)
            assert list(view(driver).lines) == list(arranged(before, Order(by), ""))
            assert Order(by).name in driver.lines()[1]
            await driver.press(key)
            assert list(view(driver).lines) == list(arranged(before, Order(by, reverse=True), ""))
            assert Order(by, reverse=True).name in driver.lines()[1]


async def test_the_cursor_stays_on_its_line_when_the_order_changes(library: Library) -> None:
    async with running(library) as driver:
        await filtered(driver, "的")
        await driver.press("X", "j", "j", "j")
        line = view(driver).chosen
        await driver.press("r")
        assert view(driver).chosen == line
        await driver.press("f")
        await driver.type("的")
        assert view(driver).chosen == line


@pytest.mark.parametrize("size", SIZES)
async def test_keys_and_wheel_move(library: Library, size: tuple[int, int]) -> None:
    async with running(library, size) as driver:
        await filtered(driver, "的")
        await driver.press("X")
        last = len(view(driver).lines) - 1
        for key, place in (("G", last), ("k", last - 1), ("g", 0), ("j", 1), ("up", 0), ("end", last), ("home", 0)):
            await driver.press(key)
            assert view(driver).cursor == place
        await driver.press("space", "pageup", "ctrl+d", "ctrl+u", "pagedown")
        assert 0 <= view(driver).cursor <= last


async def test_lines_are_narrowed_as_one_types_and_escape_brings_them_back(library: Library) -> None:
    async with running(library) as driver:
        await filtered(driver, "的")
        await driver.press("X")
        all_of_them = list(view(driver).lines)
        await driver.press("f")
        await driver.type("茶农説")
        assert [line.source.title for line in view(driver).lines] == ["雨前茶少了三成"] * len(view(driver).lines)
        assert f"{len(view(driver).lines)} shown" in driver.lines()[1]
        await driver.press("enter", "j", "escape")
        assert list(view(driver).lines) == all_of_them
        assert driver.app.screen is not driver.screen


async def test_enter_reads_the_article_at_the_hit_and_x_comes_back(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter", "right_curly_bracket")
        left = driver.screen.reader.place
        await driver.press("X")
        screen(driver).query_one("#word", Input).value = "茶"
        await driver.press("slash", "enter", "r", "j", "j", "enter")
        reader = driver.screen.reader
        assert driver.app.screen is driver.screen
        assert reader.document is not None
        assert reader.document.text.startswith("茶", reader.caret.offset)
        assert driver.screen.articles.article_id == reader.document.id
        await driver.press("w", "w", "X")
        assert (view(driver).cursor, view(driver).by, set(hits(driver))) == (2, By.RIGHT, {"茶"})
        await driver.press("q", "ctrl+o")
        assert reader.place == left


async def test_what_narrowed_the_lines_is_there_again(library: Library) -> None:
    async with running(library) as driver:
        await filtered(driver, "的")
        await driver.press("X", "f")
        await driver.type("灯")
        await driver.press("enter", "j")
        before = view(driver).lines, view(driver).cursor
        assert len(before[0]) > 1
        await driver.press("enter", "X")
        assert (view(driver).lines, view(driver).cursor) == before
        assert screen(driver).query_one("#narrow", Input).value == "灯"


async def test_a_selection_in_that_article_asks_anew(library: Library) -> None:
    async with running(library) as driver:
        await filtered(driver, "渡口")
        await driver.press("X", "enter", "v", "l", "X")
        assert set(hits(driver)) == {"渡口"}
        await driver.press("q", "v", "h", "h", "v", "X")
        assert len(set(hits(driver))) == 1
        assert set(hits(driver)) != {"渡口"}


async def test_another_filter_asks_anew(library: Library) -> None:
    async with running(library) as driver:
        await filtered(driver, "渡口")
        await driver.press("X", "q")
        await driver.press("slash")
        await driver.type(" 灯")
        await driver.press("enter", "X")
        assert set(hits(driver)) == {"渡口", "灯"}


@pytest.mark.parametrize("size", SIZES)
async def test_a_click_picks_and_a_second_one_opens(library: Library, size: tuple[int, int]) -> None:
    async with running(library, size) as driver:
        await filtered(driver, "的")
        await driver.press("X")
        await driver.pilot.click(KwicView, offset=(5, 2))
        await driver.settle()
        assert view(driver).cursor == 2
        assert "3/" in driver.lines()[-2]
        await driver.pilot.click(KwicView, offset=(5, 1), times=2)
        await driver.settle()
        assert driver.app.screen is driver.screen
        assert driver.screen.reader.has_focus


async def test_a_line_is_copied_with_its_citation(library: Library) -> None:
    async with running(library) as driver:
        await filtered(driver, "窄了")
        await driver.press("X", "y")
        assert "\n‘灯一亮，江面就窄了。’等船的学生" in driver.app.clipboard
        assert "柳塘日报, 2024-03-09(1)." in driver.app.clipboard
        assert "character" in message(driver)


async def test_a_sample_is_said_to_be_one_and_can_be_drawn_anew(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.ui.screens.concordance.Draw", lambda: Draw(articles=1, lines=4))
    async with running(library) as driver:
        await driver.press("X")
        await driver.type("的")
        await driver.press("enter")
        assert len(hits(driver)) <= 4
        assert "a sample: 1 of 2 articles read" in driver.lines()[1]
        seen = {line.source.article for line in view(driver).lines}
        for _ in range(8):
            await driver.press("s")
            seen |= {line.source.article for line in view(driver).lines}
        assert len(seen) == 2
        await driver.press("m", "m", "m", "m")
        assert "hits in 2 articles" in driver.lines()[1]
        await driver.press("m")
        assert message(driver) == "These are all the hits"


async def test_a_resize_and_every_size_keep_the_hit_in_view(library: Library) -> None:
    async with running(library, WIDE) as driver:
        await filtered(driver, "渡口")
        await driver.press("X")
        for size in ((80, 24), (40, 12), (20, 6), (6, 4), (300, 100), (61, 20)):
            await driver.pilot.resize_terminal(*size)
            await driver.settle()
            if size[0] >= 20:
                assert " 渡口" in driver.lines()[2]


async def test_help_lists_its_keys(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("X", "escape", "slash")
        await driver.type("灯")
        await driver.press("enter", "X", "question_mark")
        assert any("Sort by what stands before the hit" in line for line in driver.lines())


async def test_hostile_text_is_shown_and_not_obeyed(pages: Path, tmp_path: Path) -> None:
    text = FERRY.replace("渡口的十二盏灯", "[@click=app.quit]渡\x1b]52;c;x\x07口[/]渡口\u202e的十二盏灯")
    (pages / "柳塘日报" / "2024-03-09" / "01.txt").write_text(text, "utf-8")
    with Library(pages, tmp_path / "data") as library:
        with library.catalog() as catalog:
            catalog.update(pages)
        async with running(library) as driver:
            await filtered(driver, "渡口")
            await driver.press("X")
            shown = "".join(driver.lines())
            assert "[@click=app.quit]渡␛]52;c;x␇口[/] 渡口 \ufffd的十二盏灯" in shown
            assert "\x1b" not in shown


async def test_leaving_stops_the_reading(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(library) as driver:
        await filtered(driver, "的")
        await driver.pilot.press("X")
        await driver.pilot.press("q")
        await driver.settle()
        assert driver.app.screen is driver.screen
        await driver.press("X")
        assert len(hits(driver)) > 5


async def test_very_many_lines_cost_no_more_than_those_in_view(library: Library) -> None:
    async with running(library) as driver:
        await filtered(driver, "渡口")
        await driver.press("X")
        many = [replace(view(driver).lines[0], start=at) for at in range(100_000)]
        view(driver).show(many, By.LEFT)
        await driver.press("G")
        assert view(driver).cursor == 99_999
        assert len(view(driver)._drawn) <= 512
        assert "100,000/100,000" in driver.lines()[-2]


# The values


def line(rank: int, start: int, left: str = "", right: str = "") -> Line:
    return Line(Source(rank + 10, rank, "甲/01.txt"), start, start + 1, start, left, "灯", right)


def test_a_key_pressed_again_turns_the_order_round() -> None:
    order = Order()
    assert order.pressed(By.LEFT) == Order(By.LEFT)
    assert order.pressed(By.DATE) == Order(By.DATE, reverse=True)
    assert order.pressed(By.DATE).pressed(By.DATE) == order


def test_what_the_heading_says() -> None:
    assert heading(Tally(3, 3, 3, 12, 12), None) == "12 hits in 3 articles"
    assert heading(Tally(3, 3, 3, 12, 12), 1) == "12 hits in 3 articles · 1 shown"
    sampled = Tally(33_284, 2_000, 2_000, 5_000, 5_000)
    assert heading(sampled, None) == "5,000 of about 83,210 hits, a sample: 2,000 of 33,284 articles read"


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9), st.text("甲乙，", max_size=3)), unique=True))
def test_the_order_of_lines_does_not_depend_on_how_they_came(made: list[tuple[int, int, str]]) -> None:
    unique = {(rank, start): line(rank, start, left) for rank, start, left in made}
    lines = list(unique.values())
    assert arranged(lines, Order(By.LEFT), "") == arranged(lines[::-1], Order(By.LEFT), "")
    assert all(arranged(lines, Order(), "")[place_of(one, arranged(lines, Order(), ""))] == one for one in lines)
