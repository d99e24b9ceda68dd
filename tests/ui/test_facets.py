"""The facet sheet: counts under the filter, and the filter refined by a few keys."""

from __future__ import annotations

import pytest

from tests.ui.conftest import Driver, running
from tests.ui.refining import add_pages
from tui.library.library import Library
from tui.ui.screens.facets import FacetSheet
from tui.ui.widgets.pick_list import PickList


@pytest.fixture(autouse=True)
def _more_pages(library: Library) -> None:
    add_pages(library)


def rows(driver: Driver) -> dict[str, str]:
    """What the sheet shows: a value's text with its count, headings with nothing."""
    return {
        f"{row.lead}{row.text}": row.detail for row in driver.app.screen.query_one(PickList).rows if not row.heading
    }


async def choose(driver: Driver, text: str) -> None:
    """Put the cursor on a value."""
    found = driver.app.screen.query_one(PickList)
    place = next(place for place, row in enumerate(found.rows) if row.text == text)
    while found.cursor != place:
        await driver.press("down" if found.cursor < place else "up")


async def test_the_counts_are_those_of_the_filter_and_follow_it(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("f")
        assert isinstance(driver.app.screen, FacetSheet)
        assert rows(driver)["柳塘日报"] == "4"
        assert rows(driver)["石坪周报"] == "2"
        assert (rows(driver)["2024"], rows(driver)["2023"]) == ("5", "1")
        assert rows(driver)["温亦舟"] == "3"
        await choose(driver, "柳塘日报")
        await driver.press("enter")
        assert driver.screen.filter.value == "paper:柳塘日报"
        assert len(driver.screen.articles.ids) == 4
        assert rows(driver)["✓柳塘日报"] == "4"
        assert "石坪周报" not in rows(driver)
        await choose(driver, "温亦舟")
        await driver.press("enter")
        assert driver.screen.filter.value == "paper:柳塘日报 author:温亦舟"
        assert rows(driver)["✓柳塘日报"] == "2"
        await driver.press("backspace")
        assert driver.screen.filter.value == "paper:柳塘日报"
        await driver.press("backspace", "escape")
        assert driver.screen.filter.value == ""
        assert len(driver.screen.articles.ids) == 6


async def test_a_value_is_left_out_and_let_in_again(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("f")
        await choose(driver, "柳塘日报")
        await driver.press("minus")
        assert driver.screen.filter.value == "-paper:柳塘日报"
        assert rows(driver)["−柳塘日报"] == "0"
        assert rows(driver)["石坪周报"] == "2"
        await choose(driver, "柳塘日报")
        await driver.press("delete")
        assert driver.screen.filter.value == ""


async def test_a_year_opens_into_months_and_these_into_days(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("f")
        await choose(driver, "2024")
        await driver.press("right")
        assert (rows(driver)["2024-03"], rows(driver)["2024-02"]) == ("4", "1")
        await choose(driver, "2024-03")
        await driver.press("right")
        assert (rows(driver)["2024-03-10"], rows(driver)["2024-03-09"]) == ("1", "3")
        await choose(driver, "2024-03-09")
        await driver.press("left")
        assert "2024-03-09" not in rows(driver)
        await choose(driver, "2024")
        await driver.press("enter")
        assert driver.screen.filter.value == "date:2024"
        await choose(driver, "2024-03")
        await driver.press("enter")
        assert driver.screen.filter.value == "date:2024-03"
        assert rows(driver)["2024-03-10"] == "1"


async def test_typing_narrows_the_values_and_a_pick_empties_the_line(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("f")
        await driver.type("石坪")
        assert list(rows(driver)) == ["石坪周报"]
        await driver.press("enter")
        assert driver.screen.filter.value == "paper:石坪周报"
        assert "温亦舟" in rows(driver)
        await driver.type("2024-02")
        assert list(rows(driver)) == ["2024-02", "2024-02-01"]
        await driver.press("backspace")
        assert "2024-03" in rows(driver)
        assert driver.screen.filter.value == "paper:石坪周报"
        await driver.type("没有")
        assert rows(driver) == {}
        await driver.press("enter", "delete")
        assert driver.screen.filter.value == "paper:石坪周报"


async def test_what_was_typed_before_stays_and_goes_with_backspace(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("slash")
        await driver.type("渡口 温亦舟")
        await driver.press("enter", "f")
        assert rows(driver)["柳塘日报"] == "2"
        await driver.press("backspace")
        assert driver.screen.filter.value == "渡口"
        await driver.press("backspace")
        assert driver.screen.filter.value == ""
        await driver.press("backspace")
        assert rows(driver)["柳塘日报"] == "4"


async def test_tags_and_marks(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("s", "t")
        await driver.type("政策/产业")
        await driver.press("enter", "j", "r", "f")
        assert (rows(driver)["政策"], rows(driver)["政策/产业"]) == ("1", "1")
        assert (rows(driver)["starred"], rows(driver)["unread"], rows(driver)["annotated"]) == ("1", "5", "1")
        await choose(driver, "starred")
        await driver.press("enter")
        assert driver.screen.filter.value == "is:starred"
        assert rows(driver)["政策/产业"] == "1"


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (104, 30), (300, 100)])
async def test_every_size_shows_values_and_keys_and_a_click_picks(library: Library, size: tuple[int, int]) -> None:
    async with running(library, size=size) as driver:
        await driver.press("f")
        found = driver.app.screen.query_one(PickList)
        assert found.size.height >= 3
        assert any("Esc" in line for line in driver.lines())
        await driver.pilot.click(PickList, offset=(6, 1))
        await driver.settle()
        assert driver.screen.filter.value.startswith("keyword:")
        await driver.pilot.resize_terminal(60, 16)
        await driver.settle()
        await driver.press("tab", "enter", "shift+tab", "escape")
        assert not isinstance(driver.app.screen, FacetSheet)
