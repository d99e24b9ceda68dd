"""From one part of a story to the other, and what the screen says of articles that are continued or doubtful."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.ui.conftest import NARROW, running
from tui.library.catalog import ArticleRow
from tui.library.library import Library
from tui.library.records import DOUBTFUL
from tui.ui.document import open_document
from tui.ui.galley import Setting, set_document

HEAD = "# 乌桕渡的最后一班船\n\n"
FIRST = (
    f"{HEAD}昨夜渡工老秦在乌桕渡撑了最后一班船，渡口停航以后，他想在北岸的石阶上开一间茶铺。\n\n（下转04版）\n\n"
    "# 石坪乡的梨园套袋九万只\n\n果农盼着霜降以前卖完，今年的梨个头小，味道却甜。\n"
)
LAST = f"{HEAD}（上接01版）\n\n茶铺的门板是拆下来的船板，老秦说，乌桕渡的石阶上总要有人坐，船没有了，茶还有。\n"
ALONE = "# 织机巷换了新水表\n\n水费多出一倍，营业所两次派人查看，没有查出缘故。\n\n（下转07版）\n"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    issue = folder / "柳塘日报" / "2024-03-09"
    issue.mkdir(parents=True)
    for name, text in (("01", FIRST), ("04", LAST), ("05", ALONE)):
        (issue / f"{name}.txt").write_text(text, "utf-8")
    return folder


async def test_f_goes_to_the_other_part_and_back(library: Library) -> None:
    async with running(library) as driver:
        reader = driver.screen.reader
        await driver.press("enter")
        assert reader.document is not None
        first = reader.document.id
        assert "· continued on page 4" in reader.document.source
        await driver.press("G", "f")
        assert reader.document.stored.row.page.endswith("04.txt")
        assert "· continued from page 1" in reader.document.source
        assert reader.scroll_offset.y == 0
        assert driver.screen.articles.article_id == reader.document.id
        assert driver.app.focused is reader
        await driver.press("f")
        assert reader.document.id == first == driver.screen.articles.article_id
    assert len([reading for reading in library.annotations.readings() if reading.read]) == 2


async def test_f_opens_a_part_that_the_filter_does_not_show(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("slash")
        await driver.type("最后一班船，")
        await driver.press("enter")
        listed = driver.screen.articles.article_id
        assert len(driver.screen.articles.ids) == 1
        await driver.press("enter", "f")
        assert driver.screen.reader.document is not None
        assert driver.screen.reader.document.stored.row.page.endswith("04.txt")
        assert driver.screen.articles.article_id == listed
        assert driver.app.focused is driver.screen.reader


async def test_f_says_what_is_not_there(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter", "J", "f")
        assert driver.message == "This article names no other page"
        await driver.press("J", "J", "f")
        assert driver.message == "The other part is not in this library"
        assert driver.screen.reader.document is not None
        assert driver.screen.reader.document.stored.row.page.endswith("05.txt")


async def test_f_works_narrow_and_in_a_library_open_elsewhere(library: Library, tmp_path: Path) -> None:
    with Library(library.folder, tmp_path / "data") as second:
        async with running(second, NARROW) as driver:
            await driver.press("enter", "f")
            assert driver.screen.reader.document is not None
            assert driver.screen.reader.document.stored.row.page.endswith("04.txt")
            assert driver.screen.reader.display


async def test_f_without_an_article_does_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with Library(tmp_path / "empty", tmp_path / "data") as library:
        async with running(library) as driver:
            await driver.press("tab", "f")
            assert driver.app.is_running
            assert driver.message == ""


def test_a_source_too_long_for_its_line_is_broken_at_a_dot(library: Library) -> None:
    with library.catalog() as catalog:
        document = open_document(catalog.article(catalog.ids()[0]))
    for width in (30, 40, 60, 120):
        lines = [line for line in set_document(document, width, Setting()).lines if line.text]
        assert " · ".join(line.text for line in lines) == document.source
        assert all(line.left + cell_len(line.text) <= width for line in lines)
    assert len(lines) == 1


async def test_a_doubtful_article_has_a_mark(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(library) as driver:
        articles = driver.screen.articles
        fetch = articles._fetch

        def doubtful(ids: list[int]) -> list[ArticleRow]:
            sure, *rest = fetch(ids)
            return [replace(sure, certainty=DOUBTFUL), *(replace(row, certainty=DOUBTFUL - 0.01) for row in rest)]

        articles._fetch = doubtful
        articles.show(articles.ids, None, fresh=True)
        await driver.settle()
        width = articles.scrollable_content_region.width
        sources = [articles.render_line(2 * index + 1).text for index in range(len(articles.ids))]
        assert [source.rstrip().endswith("?") for source in sources] == [False, True, True, True]
        assert {cell_len(source) for source in sources} == {width}
