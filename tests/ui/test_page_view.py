"""The page itself in the reader's place."""

from __future__ import annotations

import pytest
from textual import events

from tests.ui.conftest import NARROW, WIDE, Driver, running
from tui.library.library import Library
from tui.ui.widgets.page_view import PageView


def page_of(driver: Driver) -> PageView:
    page = driver.screen.page
    assert page is not None
    return page


@pytest.mark.parametrize("size", [WIDE, NARROW, (40, 12)], ids=str)
async def test_p_shows_the_page_at_the_cursors_place_and_p_q_and_escape_lead_back(
    library: Library, size: tuple[int, int]
) -> None:
    async with running(library, size) as driver:
        await driver.press("enter", "right_parenthesis", "l", "l")
        reader = driver.screen.reader
        caret = reader.caret
        assert reader.document is not None
        for back in ("p", "q", "escape"):
            await driver.press("p")
            page = page_of(driver)
            assert page.has_focus
            assert page.display
            assert not reader.display
            assert page.cursor == reader.document.to_page(caret.offset, caret.offset + 1)[0].start
            assert any("▍" in line for line in driver.lines())
            await driver.press(back)
            assert reader.has_focus
            assert reader.display
            assert not page.display
            assert reader.caret == caret


async def test_the_page_says_what_it_is_line_for_line(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter", "p")
        shown = "\n".join(driver.lines())
        assert "1 Headline  ▍ # 渡口的灯换成了太阳能" in shown
        assert "3 Text      ▍ 本报讯（记者 温亦舟）" in shown
        assert "柳塘日报/2024-03-09/01.txt" in shown
        assert "Highlight" not in driver.lines()[-1]


async def test_keys_and_the_wheel_scroll_and_the_cursor_stays(library: Library) -> None:
    async with running(library, (40, 12)) as driver:
        await driver.press("enter", "p", "g")
        page = page_of(driver)
        cursor = page.cursor
        assert page.scroll_offset.y == 0
        await driver.press("j")
        assert page.scroll_offset.y == 1
        page.post_message(events.MouseScrollDown(page, 5, 5, 0, 1, 0, False, False, False, 5, 5))
        await driver.settle()
        await driver.pilot.pause(0.4)
        assert page.scroll_offset.y > 1
        await driver.press("space")
        assert page.scroll_offset.y > 1
        await driver.press("G")
        bottom = page.scroll_offset.y
        assert bottom == page.max_scroll_y
        await driver.press("k", "ctrl+u", "pageup")
        assert page.scroll_offset.y < bottom
        assert page.cursor == cursor


async def test_a_click_and_enter_lead_to_the_place_in_the_reader(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter", "p", "g")
        page, reader = page_of(driver), driver.screen.reader
        assert page._layout is not None
        await driver.pilot.click(page, offset=(page._layout.left + 4, 2))
        await driver.settle()
        await driver.press("enter")
        assert driver.app.focused is reader
        assert reader.document is not None
        assert reader.document.text[reader.caret.offset :].startswith("讯（记者")


async def test_a_double_click_does_so_too_and_a_place_outside_the_article_is_refused(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter", "p", "g")
        page, reader = page_of(driver), driver.screen.reader
        assert page._layout is not None
        await driver.pilot.click(page, offset=(page._layout.left + 1, 1))
        await driver.press("enter")
        assert driver.message == "This place is not in the article"
        assert page.display
        await driver.pilot.click(page, offset=(page._layout.left + 2, 2), times=2)
        await driver.settle()
        assert driver.app.focused is reader
        assert reader.document is not None
        assert reader.document.text[reader.caret.offset :].startswith("报讯（记者")


async def test_the_page_follows_the_list_and_gives_way_to_a_jump_from_the_panel(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter", "right_parenthesis", "V", "H", "p", "tab", "enter")
        assert driver.app.focused is driver.screen.reader
        assert not driver.screen.paged
        await driver.press("p", "shift+tab", "j")
        assert driver.screen.paged
        assert any("雨前茶少了三成" in line and "Headline" in line for line in driver.lines())
        await driver.press("tab")
        assert driver.app.focused is page_of(driver)


async def test_a_resize_keeps_the_line_on_top(library: Library) -> None:
    async with running(library, (60, 10)) as driver:
        await driver.press("enter", "p", "g", "j", "j")
        page = page_of(driver)
        assert page._layout is not None
        top = page._layout.lines[page.scroll_offset.y].start
        for size in ((44, 9), (130, 12), (40, 9)):
            await driver.pilot.resize_terminal(*size)
            await driver.settle()
            line = page._layout.lines[page.scroll_offset.y]
            assert line.start <= top <= line.end or page.scroll_offset.y == page.max_scroll_y
