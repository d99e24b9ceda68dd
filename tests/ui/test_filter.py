"""The filter box: finds as one types, over the whole text."""

from __future__ import annotations

from tests.ui.conftest import NARROW, running
from tui.library.library import Library


async def test_it_finds_in_the_text_and_counts_articles_and_hits(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("slash")
        await driver.type("渡口")
        assert "1 article · 3 hits" in driver.lines()[0]
        assert "雨前茶少了三成" not in "\n".join(driver.lines())


async def test_traditional_characters_find_simplified_ones(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("slash")
        await driver.type("產量")
        assert [driver.screen._catalog.rows([one])[0].title for one in driver.screen.articles.ids] == ["雨前茶少了三成"]


async def test_every_letter_narrows_and_escape_brings_all_back(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("slash")
        await driver.type("茶")
        assert len(driver.screen.articles.ids) == 1
        await driver.type("船")
        assert len(driver.screen.articles.ids) == 0
        assert any("Nothing found" in line for line in driver.lines())
        await driver.press("escape")
        assert len(driver.screen.articles.ids) == 2
        assert driver.app.focused is driver.screen.articles


async def test_opening_a_hit_puts_the_cursor_on_it_and_n_goes_round(library: Library) -> None:
    async with running(library, NARROW) as driver:
        await driver.press("slash")
        await driver.type("渡口")
        await driver.press("enter", "enter")
        reader = driver.screen.reader
        places = []
        for _ in range(4):
            assert reader.document is not None
            assert reader.document.text.startswith("渡口", reader.caret.offset)
            places.append(reader.caret.offset)
            await driver.press("n")
        assert len(set(places)) == 3
        assert places[3] == places[0]
        await driver.press("N", "N")
        assert reader.caret.offset == places[-1] or reader.caret.offset in places
        assert "hit" in driver.lines()[-2]


async def test_half_typed_queries_never_fail(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("slash")
        for piece in ('"', "渡", "-", " -", '"""', "“", "(", "[/", "\\", "*", "：", "　"):
            await driver.type(piece)
        assert driver.app.is_running
