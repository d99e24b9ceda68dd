"""Stories that were printed more than once: folded into one row, and reached from one another."""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest

from tests.ui.conftest import FERRY, NARROW, TEA, running
from tui.language import use
from tui.library import repeats
from tui.library.library import Library
from tui.ui.found import found_line
from tui.ui.screens.picker import Picker
from tui.ui.searching import Answer
from tui.ui.widgets.pick_list import PickList

AGAIN = FERRY.replace("# 渡口的灯换成了太阳能", "# 柳塘渡口换灯").replace("本报讯（记者 温亦舟）", "")
OCR = FERRY.replace("划船", "戈船").replace("太阳能灯。", "大阳能灯。").replace("棚子", "栩子")


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Three copies of one story in two papers, and a story by itself."""
    folder = tmp_path / "papers"
    write(folder, {"柳塘日报/2024-03-09/01.txt": FERRY, "柳塘日报/2024-03-09/02.txt": TEA})
    print_again(folder)
    return folder


def print_again(folder: Path) -> None:
    """Two more copies of the first story, one in another paper, one as OCR reads it."""
    write(folder, {"荻江晚报/2024-03-10/03.txt": AGAIN, "柳塘日报/2024-04-02/01.txt": OCR})


def write(folder: Path, pages: dict[str, str]) -> None:
    for path, text in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")


async def test_z_folds_copies_into_the_newest_and_back(library: Library) -> None:
    async with running(library) as driver:
        articles = driver.screen.articles
        everything = list(articles.ids)
        assert len(everything) == 4
        assert sum("⧉2" in line for line in driver.lines()) == 3
        await driver.press("z")
        assert len(articles.ids) == 2
        assert articles.ids[0] == everything[0]
        assert "4 articles in 2 stories" in driver.lines()[0]
        assert sum("⧉2" in line for line in driver.lines()) == 1
        await driver.press("z")
        assert list(articles.ids) == everything
        assert "4 articles" in driver.lines()[0]
        assert "stories" not in driver.lines()[0]


async def test_the_cursor_goes_to_the_row_that_stands_for_its_article(library: Library) -> None:
    async with running(library) as driver:
        articles = driver.screen.articles
        await driver.press("G")
        tea = next(row.id for row in driver.screen._catalog.rows(list(articles.ids)) if "雨前" in row.title)
        copy = next(one for one in reversed(articles.ids) if one != tea)
        articles.select(copy)
        await driver.press("z")
        assert articles.article_id == articles.ids[0]
        articles.select(tea)
        await driver.press("z")
        assert articles.article_id == tea


async def test_of_those_that_the_filter_leaves_the_newest_is_shown(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("z", "slash")
        await driver.type("太阳能灯 划船")  # which OCR has misread in the newest
        await driver.press("enter")
        assert "2 articles in 1 story" in driver.lines()[0]
        (shown,) = driver.screen._catalog.rows(list(driver.screen.articles.ids))
        assert shown.date == "2024-03-10"
        await driver.press("escape")
        assert "4 articles in 2 stories" in driver.lines()[0]


@pytest.mark.parametrize("keys", [(), ("enter",)], ids=["list", "reader"])
async def test_the_other_copies_are_a_key_away(library: Library, keys: tuple[str, ...]) -> None:
    async with running(library) as driver:
        await driver.press(*keys, "D")
        sheet = driver.app.screen
        assert isinstance(sheet, Picker)
        rows = sheet.query_one(PickList).rows
        assert {row.lead for row in rows} == {"2024-03-09", "2024-03-10"}
        assert [row.detail for row in rows] == sorted((row.detail for row in rows), reverse=True)
        await driver.press("down", "enter")
        document = driver.screen.reader.document
        assert document is not None
        assert document.stored.row.date == rows[1].lead
        assert driver.app.focused is driver.screen.reader
        assert driver.screen.articles.article_id == document.id


async def test_a_copy_that_is_folded_away_opens_all_the_same(library: Library) -> None:
    async with running(library, NARROW) as driver:
        await driver.press("z", "D", "enter")
        document = driver.screen.reader.document
        assert document is not None
        assert document.stored.row.date.startswith("2024-03")
        assert driver.screen.articles.article_id != document.id


async def test_a_story_by_itself_says_so(library: Library) -> None:
    async with running(library) as driver:
        tea = next(
            row.id for row in driver.screen._catalog.rows(list(driver.screen.articles.ids)) if "雨前" in row.title
        )
        driver.screen.articles.select(tea)
        await driver.press("D")
        assert driver.message == "No other copy of this story is known"
        await driver.press("escape", "D")


async def test_a_click_picks_a_copy(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("D")
        await driver.pilot.click(PickList, offset=(6, 0))
        await driver.settle()
        assert driver.screen.reader.document is not None
        assert driver.screen.reader.document.id != driver.screen.articles.ids[0]


async def test_a_page_that_goes_and_one_that_comes_are_seen(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("z")
        (library.folder / "柳塘日报/2024-03-09/01.txt").unlink()
        await driver.press("f5")
        await driver.settle()
        assert "3 articles in 2 stories" in driver.lines()[0]
        assert sum("⧉1" in line for line in driver.lines()) == 1
        (library.folder / "柳塘日报/2024-04-02/02.txt").write_text(TEA, "utf-8")
        await driver.press("f5")
        await driver.settle()
        await driver.settle()
        assert "4 articles in 2 stories" in driver.lines()[0]


async def test_an_empty_library_has_nothing_to_fold(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with Library(tmp_path / "empty", tmp_path / "data") as library:
        async with running(library) as driver:
            await driver.press("z", "D")
            assert driver.app.is_running
            assert "0 articles in 0 stories" in driver.lines()[0]


async def test_hostile_heads_of_copies_are_shown_to_the_letter(library: Library, pages: Path) -> None:
    hostile = FERRY.replace("渡口的灯换成了太阳能", "[/b]渡口\x1b]52;c;eA==\x07的灯")
    (pages / "柳塘日报/2024-03-09/03.txt").write_text(hostile, "utf-8")
    async with running(library) as driver:
        await driver.press("D")
        text = "\n".join(driver.lines())
        assert "[/b]渡口␛]52" in text
        assert "\x1b" not in text


def test_the_count_is_said_in_fewer_words_where_there_is_little_room() -> None:
    use("en")
    many = Answer(None, array("q", range(96)), 96, 120, folded=True)
    assert found_line(many, 40) == "120 articles in 96 stories"
    assert found_line(many, 20) == "96 stories"
    assert found_line(Answer(None, array("q", [1]), 1, 1), 20) == "1 article"


async def test_the_count_follows_the_width(library: Library) -> None:
    async with running(library, NARROW) as driver:
        await driver.press("z")
        assert "4 articles in 2 stories" in driver.lines()[0]
        await driver.pilot.resize_terminal(40, 12)
        await driver.settle()
        await driver.settle()
        assert driver.lines()[0].rstrip().endswith("2 stories")
        assert "articles" not in driver.lines()[0]


def test_what_was_found_is_kept(library: Library) -> None:
    with library.catalog() as catalog:
        assert catalog.ask(repeats.find)
        assert catalog.ask(repeats.count) == 1
    with library.catalog() as catalog:
        assert not catalog.ask(repeats.find)
        assert catalog.ask(repeats.count) == 1
