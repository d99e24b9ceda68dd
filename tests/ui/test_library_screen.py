"""The main screen: what it shows, and how one walks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.conftest import NARROW, WIDE, running
from tui.library.library import Library
from tui.settings import Settings
from tui.ui.app import JianbaoApp
from tui.ui.screens.library import LibraryScreen


async def test_it_opens_on_the_list_with_the_first_article_beside_it(library: Library) -> None:
    async with running(library) as driver:
        shown = "\n".join(driver.lines())
        assert "渡口的灯换成了太阳能" in shown
        assert "雨前茶少了三成" in shown
        assert "柳塘日报  2024-03-09  p.1" in shown
        assert "2 articles" in shown
        assert "温亦舟" in shown  # the reader previews the article under the cursor
        assert driver.app.focused is driver.screen.articles


async def test_a_first_opening_reads_the_pages_and_fills_the_list(pages: Path, tmp_path: Path) -> None:
    with Library(pages, tmp_path / "data") as library:
        async with running(library) as driver:
            assert len(driver.screen.articles.ids) == 2
            assert driver.screen.reader.document is not None


async def test_what_became_of_notes_whose_page_was_renamed_is_said(library: Library, pages: Path) -> None:
    page = pages / "柳塘日报" / "2024-03-09" / "01.txt"
    async with running(library) as driver:
        await driver.press("enter", "V", "H")
    page.rename(page.with_name("03.txt"))
    async with running(library) as driver:
        assert driver.message == "1 note followed 柳塘日报/2024-03-09/01.txt to 柳塘日报/2024-03-09/03.txt"
        assert not driver.screen.status.warning
        page.with_name("04.txt").write_bytes(bytes(99))
    page.with_name("03.txt").rename(page)
    async with running(library) as driver:
        assert driver.message.startswith("1 note followed 柳塘日报/2024-03-09/03.txt")
        assert "Not read: " in driver.message
        assert driver.screen.status.warning


async def test_enter_opens_the_article_and_marks_it_read(library: Library) -> None:
    async with running(library) as driver:
        assert "• 渡口的灯" in driver.lines()[1]
        await driver.press("enter")
        assert driver.app.focused is driver.screen.reader
        assert "• 渡口的灯" not in driver.lines()[1]
    assert [reading.read for reading in library.annotations.readings()] == [True]


async def test_read_and_star_are_toggled_and_undone(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("s")
        assert "★" in driver.lines()[2]
        await driver.press("r")
        assert "•" not in driver.lines()[1]
        await driver.press("u", "u")
        assert "★" not in driver.lines()[2]
        assert "•" in driver.lines()[1]
        await driver.press("ctrl+r")
        assert "★" in driver.lines()[2]


async def test_tab_walks_the_panes_and_q_walks_back_out(library: Library) -> None:
    async with running(library) as driver:
        for key, place in (("tab", "reader"), ("tab", "panel"), ("q", "reader"), ("q", "list")):
            await driver.press(key)
            assert driver.app.focused is driver.screen.query_one(f"#{place}")
        await driver.press("q")
        assert not driver.app.is_running


@pytest.mark.parametrize("key", ["Q", "ctrl+q"])
async def test_two_keys_quit_from_anywhere(library: Library, key: str) -> None:
    async with running(library) as driver:
        await driver.press("enter", key)
        assert not driver.app.is_running


async def test_narrow_shows_one_pane_at_a_time(library: Library) -> None:
    async with running(library, NARROW) as driver:
        screen = driver.screen
        assert (screen.articles.display, screen.reader.display, screen.panel.display) == (True, False, False)
        await driver.press("enter")
        assert (screen.articles.display, screen.reader.display, screen.panel.display) == (False, True, False)
        await driver.press("tab")
        assert (screen.articles.display, screen.reader.display, screen.panel.display) == (False, False, True)
        await driver.press("q", "q")
        assert (screen.articles.display, screen.reader.display, screen.panel.display) == (True, False, False)


async def test_a_resize_keeps_the_place_and_the_selection(library: Library) -> None:
    async with running(library, WIDE) as driver:
        await driver.press("enter", "right_curly_bracket", "V")
        chosen = driver.screen.reader.selection
        await driver.pilot.resize_terminal(*NARROW)
        await driver.settle()
        assert driver.screen.reader.selection == chosen
        assert driver.screen.reader.display
        await driver.pilot.resize_terminal(*WIDE)
        await driver.settle()
        assert driver.screen.articles.display


async def test_the_footer_tells_the_keys_of_the_pane_that_has_the_focus(library: Library) -> None:
    async with running(library) as driver:
        assert "Enter Read" in driver.lines()[-1]
        await driver.press("enter")
        assert "H Highlight" in driver.lines()[-1]
        await driver.press("tab")
        assert "Enter Go to it" in driver.lines()[-1]


async def test_a_click_on_the_footer_is_as_good_as_the_key(library: Library) -> None:
    async with running(library) as driver:
        at = driver.lines()[-1].index("? Keys")
        await driver.pilot.click("KeyBar", offset=(at, 0))
        await driver.settle()
        assert any("Read the article" in line for line in driver.lines())


async def test_the_users_own_keys_take_the_place_of_the_given_ones(library: Library) -> None:
    async with running(library, settings=Settings(keys={"list.star": "x"})) as driver:
        await driver.press("s")
        assert "★" not in driver.lines()[2]
        await driver.press("x")
        assert "★" in driver.lines()[2]


async def test_a_file_that_cannot_be_read_is_named_and_the_rest_opens(pages: Path, tmp_path: Path) -> None:
    (pages / "broken.txt").write_bytes(b"\x00\x01\x02\x03" * 40)
    (pages / "empty.txt").write_bytes(b"")
    with Library(pages, tmp_path / "data") as library:
        async with running(library) as driver:
            assert "broken.txt" in driver.message
            assert "1 more" in driver.message
            assert len(driver.screen.articles.ids) == 2
            await driver.press("exclamation_mark")
            shown = "\n".join(driver.lines())
            assert "broken.txt" in shown
            assert "empty.txt" in shown


async def test_an_empty_folder_says_what_a_library_is(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with Library(tmp_path / "empty", tmp_path / "data") as library:
        async with running(library) as driver:
            assert any("No pages here" in line for line in driver.lines())
            await driver.press("enter", "j", "s", "a", "tab", "v", "H", "tab", "d")
            assert driver.app.is_running


async def test_a_second_program_reads_and_says_so(library: Library, tmp_path: Path) -> None:
    with Library(library.folder, tmp_path / "data") as second:
        assert second.annotations.read_only
        async with running(second) as driver:
            assert "Open elsewhere" in driver.message
            await driver.press("s")
            assert "Open elsewhere" in driver.message
            assert "★" not in driver.lines()[2]


async def test_any_theme_of_textual_can_be_set(library: Library) -> None:
    for theme in ("jianbao-light", "textual-dark", "ansi-dark", "nord"):
        if theme not in JianbaoApp(library, Settings()).available_themes:
            continue
        async with running(library, settings=Settings(theme=theme)) as driver:
            assert any("渡口的灯" in line for line in driver.lines())


async def test_ten_thousand_articles_draw_as_few_rows_as_ten(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for what in ("_gather_keywords", "_find_repeats"):  # they take their time, and a test waits for them
        monkeypatch.setattr(LibraryScreen, what, lambda _self: None)
    heads = "\n\n".join(
        f"# 第{number}则消息从渡口发出\n\n江上有风，第{number}班船晚开五分钟。" for number in range(500)
    )
    for number in range(20):
        (pages / f"many-{number:02}.txt").write_text(heads, "utf-8")
    with Library(pages, tmp_path / "data") as library:
        async with running(library) as driver:
            assert len(driver.screen.articles.ids) > 9_000
            await driver.press("G")
            assert driver.screen.articles.cursor == len(driver.screen.articles.ids) - 1
            assert len(driver.screen.articles._rows) < 500


async def test_the_place_in_an_article_is_kept_over_other_articles_and_over_a_restart(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter", "right_curly_bracket", "right_parenthesis")
        place = driver.screen.reader.caret.offset
        await driver.press("J", "K")
        assert driver.screen.reader.caret.offset == place
        await driver.press("q", "enter")
        assert driver.screen.reader.caret.offset == place
        await driver.press("right_curly_bracket")
        place = driver.screen.reader.caret.offset
        await driver.press("Q")
    async with running(library) as driver:
        await driver.press("enter")
        assert driver.screen.reader.caret.offset == place
