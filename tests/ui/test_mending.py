"""Mending, by keyboard, what the parser got wrong."""

from __future__ import annotations

from tests.ui.conftest import NARROW, running
from tui.library.library import Library
from tui.model import MendKind


async def test_an_article_is_split_at_the_cursor_and_undone(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter", "right_curly_bracket", "M")
        assert "a new article begins here" in "\n".join(driver.lines()).replace("\u00a0", " ")
        await driver.press("s")
        assert driver.message == "Saved: article split at “灯一亮，江面就窄了。”"
        assert len(driver.screen.articles.ids) == 3
        document = driver.screen.reader.document
        assert document is not None
        assert document.text.startswith("“灯一亮")
        assert [mend.kind for mend in library.annotations.mends()] == [MendKind.SPLIT]
        await driver.press("u")
        assert len(driver.screen.articles.ids) == 2
        document = driver.screen.reader.document
        assert document is not None
        assert document.title == "渡口的灯换成了太阳能"
        assert library.annotations.mends() == ()


async def test_a_paragraph_is_made_a_subhead_and_keeps_it_over_a_restart(library: Library) -> None:
    async with running(library, NARROW) as driver:
        await driver.press("enter", "right_curly_bracket", "M", "6")
        document = driver.screen.reader.document
        assert document is not None
        assert [paragraph.role for paragraph in document.reading.paragraphs][2] == "subhead"
        await driver.press("Q")
    async with running(library) as driver:
        document = driver.screen.reader.document
        assert document is not None
        assert [paragraph.role for paragraph in document.reading.paragraphs][2] == "subhead"


async def test_what_makes_no_sense_is_said_and_changes_nothing(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter", "M", "j")
        assert "first article of its page" in driver.message
        await driver.press("M", "escape")
        assert library.annotations.mends() == ()


async def test_highlights_stay_on_their_words_through_a_mend(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter", "right_curly_bracket", "V", "H", "M", "s")
        reader = driver.screen.reader
        assert reader.annotation == library.annotations.all()[0]
        assert "✎1" in "\n".join(driver.lines())


async def test_the_readers_own_imprint_wins(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("I")
        await driver.type("柳塘晚报")
        await driver.press("tab")
        await driver.type("2024-03-1")
        await driver.press("enter")
        assert "no date" in driver.message
        await driver.press("tab")
        await driver.type("0")
        await driver.press("enter")
        assert driver.message == "Saved: imprint set for 柳塘日报/2024-03-09/01.txt"
        assert "柳塘晚报  2024-03-10  p.1" in "\n".join(driver.lines())
        await driver.press("u")
        assert "柳塘晚报" not in "\n".join(driver.lines())
