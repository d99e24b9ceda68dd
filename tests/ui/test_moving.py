"""Long ways through the reader: outline, back and forth, marks with a letter, find, annotations over each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.ui.conftest import NARROW, WIDE, Driver, running
from tui.library import anchors
from tui.library.annotations import Change
from tui.library.library import Library
from tui.model import Bookmark, Role, Span
from tui.search.query import And, Term, parse
from tui.settings import Settings
from tui.ui.app import JianbaoApp
from tui.ui.screens.moving import phrase

PARTS = """# 三座桥的一年

本报讯（记者 温亦舟）柳塘镇一年修了三座桥，第一座在渡口，第二座在茶山脚下，第三座在老街东头。

## 渡口的桥

渡口的桥最长，有一百二十米，桥上的灯是太阳能的，天一黑自己就亮，江面一下子窄了许多。

## 茶山的桥

茶山的桥最窄，只走人和牛，修桥的石头是从山上抬下来的，抬了整整一个春天才抬完。

## 老街的桥

老街的桥最老，原来是木头的，今年换成了石头，桥头的茶馆又开了门，老人们坐在门口下棋。
"""


@pytest.fixture
def library(pages: Path, tmp_path: Path) -> Iterator[Library]:
    (pages / "柳塘日报" / "2024-03-09" / "03.txt").write_text(PARTS, "utf-8")
    with Library(pages, tmp_path / "data") as opened:
        with opened.catalog() as catalog:
            catalog.update(pages)
        yield opened


async def open_parts(driver: Driver) -> None:
    await driver.press("G", "enter")
    assert driver.screen.reader.document is not None
    assert "三座桥" in driver.screen.reader.document.title


def here(driver: Driver, length: int = 4) -> str:
    reader = driver.screen.reader
    assert reader.document is not None
    return reader.document.text[reader.caret.offset : reader.caret.offset + length]


async def test_subheads_are_walked_and_selected_to(library: Library) -> None:
    async with running(library) as driver:
        await open_parts(driver)
        document = driver.screen.reader.document
        assert document is not None
        roles = [part.role for part in document.reading.paragraphs]
        assert roles.count(Role.SUBHEAD) == 3
        await driver.press("greater_than_sign")
        assert here(driver) == "渡口的桥"
        await driver.press("greater_than_sign", "l", "less_than_sign")
        assert here(driver) == "茶山的桥"
        await driver.press("less_than_sign", "v", "greater_than_sign")
        chosen = driver.screen.reader.selection
        assert chosen is not None
        assert document.text[slice(*chosen)].endswith("窄了许多。")


@pytest.mark.parametrize("size", [WIDE, NARROW, (40, 12)])
async def test_the_outline_leads_to_a_head(library: Library, size: tuple[int, int]) -> None:
    async with running(library, size) as driver:
        await open_parts(driver)
        await driver.press("greater_than_sign", "j", "O")
        shown = "\n".join(driver.lines())
        assert "▸     渡口的桥" in shown
        assert " %" in shown
        await driver.press("down", "enter")
        assert here(driver) == "茶山的桥"
        await driver.press("ctrl+o")
        assert here(driver) != "茶山的桥"


async def test_back_and_forth_lead_over_articles_to_the_very_place(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter", "right_curly_bracket")
        first, words = driver.screen.articles.article_id, here(driver)
        await driver.press("J", "w", "w")
        second = here(driver)
        await driver.press("ctrl+o")
        assert driver.screen.articles.article_id == first
        assert here(driver) == words
        await driver.press("alt+right")
        assert here(driver) == second
        await driver.press("G", "alt+left")
        assert here(driver) == second
        await driver.press("ctrl+o", "ctrl+o")
        assert "No jump to go back from" in driver.message
        await driver.press("ctrl+n", "ctrl+n", "ctrl+n")
        assert "No jump to go forth to" in driver.message


async def test_back_opens_an_article_that_the_list_does_not_show(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter", "right_curly_bracket")
        words = here(driver)
        await driver.press("slash")
        await driver.type("雨前茶")
        await driver.press("enter", "enter")
        assert len(driver.screen.articles.ids) == 1
        await driver.press("ctrl+o")
        assert here(driver) == words
        assert len(driver.screen.articles.ids) == 1


async def test_back_finds_an_article_whose_page_was_made_anew(library: Library) -> None:
    async with running(library) as driver:
        await open_parts(driver)
        await driver.press("greater_than_sign")
        old = driver.screen.reader.document
        await driver.press("G", *"hhhhhh", "M", "b")
        new = driver.screen.reader.document
        assert old is not None
        assert new is not None
        assert new.id != old.id
        await driver.press("ctrl+o")
        assert here(driver) == "渡口的桥"
        await driver.press("K", "ctrl+o")
        assert here(driver) == "渡口的桥"


async def test_a_letter_leads_back_from_another_article_and_is_undone(library: Library) -> None:
    async with running(library) as driver:
        await open_parts(driver)
        await driver.press("greater_than_sign", "m")
        assert any("No marks yet" in line for line in driver.lines())
        await driver.press("a")
        assert "mark a" in driver.message
        await driver.press("q", "g", "enter", "m", "B", "apostrophe")
        shown = "\n".join(driver.lines())
        assert "渡口的桥" in shown
        assert "三座桥的一年" in shown
        await driver.press("a")
        assert here(driver) == "渡口的桥"
        await driver.press("apostrophe", "apostrophe")
        assert here(driver) != "渡口的桥"
        await driver.press("grave_accent", "enter")  # the first row
        assert here(driver) == "渡口的桥"
        await driver.press("apostrophe", "z")
        assert "There is no mark z" in driver.message
        await driver.press("u")
        assert [mark.letter for mark in library.annotations.bookmarks()] == ["a"]
        await driver.press("apostrophe", "escape")
    assert library.annotations.bookmark("a") is not None


async def test_a_lost_mark_says_so(library: Library) -> None:
    library.apply(Change("", put=(Bookmark("x", "none.txt", (Span(3, 6),), "没有了"),)))
    async with running(library) as driver:
        await driver.press("enter", "apostrophe")
        assert any("no longer found" in line for line in driver.lines())
        await driver.press("x")
        assert "mark x is no longer found" in driver.message


async def test_a_click_on_a_mark_goes_to_it(library: Library) -> None:
    async with running(library) as driver:
        await open_parts(driver)
        await driver.press("greater_than_sign", "m", "a", "G", "apostrophe")
        row = next(index for index, line in enumerate(driver.lines()) if "▸ a" in line)
        await driver.pilot.click(offset=(40, row))
        await driver.settle()
        assert here(driver) == "渡口的桥"


async def test_find_marks_while_typing_and_n_walks_the_hits(library: Library) -> None:
    async with running(library) as driver:
        await open_parts(driver)
        await driver.press("ctrl+f")
        await driver.type("的橋")  # in traditional characters
        total = driver.screen.reader.find_number[1]
        assert total > 3
        assert here(driver, 2) == "的桥"
        assert any(f"/{total}" in line for line in driver.lines()[-3:])
        await driver.press("enter")
        assert driver.app.focused is driver.screen.reader
        first = driver.screen.reader.caret.offset
        assert f"find 1/{total}" in driver.lines()[-2]
        await driver.press("n")
        assert driver.screen.reader.caret.offset > first
        assert f"find 2/{total}" in driver.lines()[-2]
        await driver.press("N", "N")
        assert driver.screen.reader.find_number == (total, total)
        await driver.press("q")
        assert driver.screen.reader.find_number == (0, 0)
        assert driver.app.focused is driver.screen.reader
        await driver.press("g", "F", "enter")  # the last one again
        assert driver.screen.reader.find_number[1] == total
        await driver.press("ctrl+o")
        assert driver.screen.reader.caret.offset == 0
        await driver.press("escape", "escape")
        assert driver.app.focused is driver.screen.query_one("#list")


async def test_escape_leaves_the_find_where_one_was(library: Library) -> None:
    async with running(library, (40, 12)) as driver:
        await open_parts(driver)
        reader = driver.screen.reader
        before = reader.caret, reader.scroll_offset.y
        await driver.press("F")
        await driver.type("下棋")
        assert reader.caret != before[0]
        await driver.pilot.resize_terminal(80, 24)
        await driver.pilot.resize_terminal(40, 12)
        await driver.press("escape")
        assert (reader.caret, reader.scroll_offset.y) == before
        assert not driver.screen.query("FindBox")
        await driver.press("F")
        await driver.type("没有这个词")
        assert any("not found" in line for line in driver.lines())
        await driver.press("enter")
        assert reader.caret == before[0]
        assert "Not found in this article" in driver.message


async def test_a_click_elsewhere_closes_the_box_and_keeps_what_was_found(library: Library) -> None:
    async with running(library) as driver:
        await open_parts(driver)
        await driver.press("F")
        await driver.type("的桥")
        await driver.pilot.click("#list", offset=(5, 1))
        await driver.settle()
        assert not driver.screen.query("FindBox")


async def test_the_word_here_is_sought_in_the_whole_library_and_back_leads_back(library: Library) -> None:
    async with running(library) as driver:
        await open_parts(driver)
        await driver.press("greater_than_sign", "asterisk")
        assert driver.screen.filter.value == '"渡口"'
        assert driver.app.focused is driver.screen.articles
        assert len(driver.screen.articles.ids) == 2
        await driver.press("g", "enter", "n")
        assert here(driver, 2) == "渡口"
        await driver.press("ctrl+o", "ctrl+o")
        assert here(driver) == "渡口的桥"
        await driver.press("v", "l", "l", "asterisk")
        assert driver.screen.query_one("#filter", Input).value == '"渡口的"'


def test_a_phrase_reads_back() -> None:
    for text in ("渡口", "他说“好”", 'a "b" c', '“a” "b"', "一" * 60, " 上\n下"):
        (term,) = parse(phrase(text)).parts
        assert term == Term(text.strip().splitlines()[0][:40], quoted=True)
        assert parse(phrase(text)) == And((term,))
    assert phrase(" \n") == ""
    assert phrase("渡\x1b\u200b口") == '"渡口"'


async def test_the_selection_grows_shrinks_and_is_moved_at_either_end(library: Library) -> None:
    async with running(library) as driver:
        await open_parts(driver)
        reader = driver.screen.reader
        assert reader.document is not None
        start, seen = reader.caret, []
        for key in ("plus", "plus", "plus", "equals_sign"):
            await driver.press(key)
            seen.append(reader.selection)
        lengths = [end - start for chosen in seen if chosen for start, end in [chosen]]
        assert lengths == sorted(lengths)
        assert seen[-1] == (0, len(reader.document.text))
        while reader.selection != seen[0]:
            await driver.press("minus")
            assert reader.selection is not None
        await driver.press("minus")
        assert reader.caret == start
        await driver.press("v", "right_parenthesis", "o", "w")
        chosen = reader.selection
        assert chosen is not None
        assert chosen[0] > start.offset
        await driver.press("o", "left_parenthesis")
        assert reader.selection is not None


async def test_each_of_several_annotations_over_each_other_is_reached(library: Library) -> None:
    async with running(library) as driver:
        await open_parts(driver)
        document = driver.screen.reader.document
        assert document is not None
        at = document.text.index("渡口的桥最长")
        ranges = {"outer": (0, 12), "inner": (0, 4), "same": (0, 4), "crossing": (2, 14), "deep": (5, 7)}
        made = []
        for name, (start, end) in ranges.items():
            spans = document.to_page(at + start, at + end)
            one = anchors.annotate(document.stored.row.page, document.stored.page.text, spans, note=name)
            made.append(replace(one, id=name))
        library.apply(Change("", put=tuple(made)))
        await driver.press("K", "J", "g")
        reader, seen = driver.screen.reader, []
        for _ in range(6):
            await driver.press("right_square_bracket")
            assert reader.annotation is not None
            assert driver.screen.panel.annotation == reader.annotation
            seen.append(reader.annotation.id)
        assert seen == ["outer", "inner", "same", "crossing", "deep", "outer"]
        await driver.press("left_square_bracket", "left_square_bracket")
        assert reader.annotation is not None
        assert reader.annotation.id == "crossing"
        await driver.press("h", "l")
        assert reader.annotation.id in {"inner", "same"}
        await driver.press("g", "right_square_bracket", "c")
        outer = library.annotations.get("outer")
        assert outer is not None
        assert outer.colour == "green"
        assert reader.annotation.id == "outer"
        await driver.press("d")
        assert library.annotations.get("outer") is None
        assert reader.annotation.id in {"inner", "same"}


async def test_the_mouse_selects_extends_and_scrolls(library: Library) -> None:
    async with running(library, (60, 12)) as driver:
        await open_parts(driver)
        reader = driver.screen.reader
        await driver.pilot.click(reader, offset=(20, 6), times=2)
        await driver.settle()
        word = reader.selection
        assert word is not None
        await driver.pilot.click(reader, offset=(20, 6), times=3)
        await driver.settle()
        assert reader.selection is not None
        assert reader.selection[1] - reader.selection[0] > word[1] - word[0]
        await driver.pilot.click(reader, offset=(20, 3))
        await driver.pilot.click(reader, offset=(30, 6), shift=True)
        assert reader.selection is not None
        first, top = reader.selection[0], reader.scroll_offset.y
        await driver.pilot.mouse_down(reader, offset=(20, 3))
        await driver.pilot.hover(reader, offset=(20, 5))
        await driver.pilot.hover(reader, offset=(20, 8))
        await driver.pilot.hover(reader, offset=(21, 9))
        await driver.pilot.pause(0.4)
        await driver.pilot.mouse_up(reader, offset=(20, 9))
        assert reader.scroll_offset.y > top
        assert reader.selection is not None
        assert reader.selection[0] >= first - 40
        assert reader._dragging is None


async def test_the_place_is_kept_while_reading_and_after_a_look_at_other_articles(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.ui.screens.keeping._KEPT_EVERY", 0.2)
    async with running(library) as driver:
        await driver.press("enter", "right_curly_bracket", "right_parenthesis")
        place = driver.screen.reader.place
        assert place is not None
        await driver.pilot.pause(0.4)
        await driver.settle()
        assert [reading.place for reading in library.annotations.readings()] == [place.position]
        await driver.press("w", "w")
        offset = driver.screen.reader.caret.offset
        await driver.press("q", "j", "k", "j", "k", "enter")
        assert driver.screen.reader.caret.offset == offset
        await driver.press("J", "K")
        assert driver.screen.reader.caret.offset == offset


async def test_a_star_and_the_place_do_not_undo_each_other(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter")
        for _ in range(5):
            await driver.pilot.press("w")
            driver.screen.keep_now()
            await driver.pilot.press("s")
        await driver.settle()
        (reading,) = library.annotations.readings()
        assert reading.read
        assert reading.starred
        await driver.press("Q")
    (reading,) = library.annotations.readings()
    assert reading.place is not None


async def test_the_way_back_leads_from_the_list_too(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter", "right_curly_bracket")
        before = driver.screen.reader.caret.offset
        await driver.press("asterisk")
        assert driver.screen.articles.has_focus
        await driver.press("ctrl+o")
        assert driver.screen.reader.has_focus
        assert driver.screen.reader.caret.offset == before


async def test_a_jump_before_there_is_a_reader_goes_nowhere(library: Library) -> None:
    app = JianbaoApp(library, Settings(author="tester"))
    async with app.run_test() as pilot:
        await pilot.press("ctrl+o", "apostrophe", "escape")
        await pilot.pause()
        assert app.failure is None
