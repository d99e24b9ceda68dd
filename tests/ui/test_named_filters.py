"""Named filters: kept, applied, renamed, given digits, deleted, and all that taken back."""

from __future__ import annotations

import pytest
from textual.widgets import Static

from tests.ui.conftest import Driver, running
from tests.ui.refining import add_pages
from tui.library.annotations import Change
from tui.library.library import Library
from tui.model import NamedFilter
from tui.ui.screens.filters import FilterSheet
from tui.ui.widgets.pick_list import PickList


@pytest.fixture(autouse=True)
def _more_pages(library: Library) -> None:
    add_pages(library)


def rows(driver: Driver) -> list[tuple[str, str, str]]:
    return [(row.lead, row.text, row.detail) for row in driver.app.screen.query_one(PickList).rows]


def name(driver: Driver) -> str:
    """The name beside the filter."""
    return str(driver.screen.query_one("#named", Static).content)


async def test_a_filter_is_kept_applied_by_its_digit_and_named_in_the_filter_line(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("slash")
        await driver.type("渡口")
        await driver.press("enter", "semicolon", "enter")
        await driver.press("ctrl+u")
        await driver.type("江上")
        await driver.press("enter", "3", "escape")
        (kept,) = library.annotations.filters()
        assert (kept.name, kept.query, kept.digit) == ("江上", "渡口", "3")
        assert kept.modified
        assert name(driver) == "江上"
        await driver.press("escape")
        assert driver.screen.filter.value == ""
        assert name(driver) == ""
        await driver.press("3")
        assert driver.screen.filter.value == "渡口"
        assert name(driver) == "江上"
        await driver.press("4")
        assert driver.message.startswith("No filter has the digit 4")


async def test_the_query_itself_is_a_name(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("slash")
        await driver.type("渡口")
        await driver.press("enter", "semicolon", "enter", "enter")
        assert [(one.name, one.query) for one in library.annotations.filters()] == [("渡口", "渡口")]


async def test_keys_rename_delete_and_bring_back(library: Library) -> None:
    library.apply(Change("", put=(NamedFilter("茶", "茶", "1"), NamedFilter("渡口", "渡口 paper:柳塘日报"))))
    async with running(library) as driver:
        await driver.press("semicolon")
        assert [row[:2] for row in rows(driver)] == [("1", "茶"), ("", "渡口")]
        assert rows(driver)[1][2].endswith("2 unread")
        await driver.press("j", "1")
        assert [row[:2] for row in rows(driver)] == [("1", "渡口"), ("", "茶")]
        await driver.press("u")
        assert [row[:2] for row in rows(driver)] == [("1", "茶"), ("", "渡口")]
        await driver.press("g", "r", "end")
        await driver.type("叶")
        await driver.press("enter")
        assert [row[1] for row in rows(driver)] == ["茶叶", "渡口"]
        await driver.press("r", "ctrl+u")
        await driver.type("渡口")
        await driver.press("enter")
        assert any("There is a filter '渡口' already" in line or "already" in line for line in driver.lines())
        await driver.press("escape", "d")
        assert [row[1] for row in rows(driver)] == ["渡口"]
        await driver.press("u", "u")
        assert [row[1] for row in rows(driver)] == ["茶", "渡口"]
        await driver.press("enter")
        assert not isinstance(driver.app.screen, FilterSheet)
        assert driver.screen.filter.value in {"茶", "渡口 paper:柳塘日报"}


async def test_hostile_names_are_shown_as_text(library: Library) -> None:
    library.apply(Change("", put=(NamedFilter("[@click=app.quit]\u202e", "[/b] 渡口", "1"),)))
    async with running(library) as driver:
        await driver.press("semicolon")
        assert any("[@click=app.quit]\ufffd" in line for line in driver.lines())
        await driver.press("enter")
        assert "[@click=app.quit]\ufffd" in name(driver)


async def test_where_nothing_can_be_changed_filters_can_be_applied(library: Library) -> None:
    library.apply(Change("", put=(NamedFilter("茶", "茶", "1"),)))
    with Library(library.folder, library.home.folder / "data") as second:
        async with running(second) as driver:
            await driver.press("semicolon", "d")
            assert len(rows(driver)) == 1
            await driver.press("enter")
            assert driver.screen.filter.value == "茶"


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (300, 100)])
async def test_nothing_kept_yet(library: Library, size: tuple[int, int]) -> None:
    async with running(library, size=size) as driver:
        await driver.press("semicolon")
        assert any("None yet" in line for line in driver.lines())
        await driver.press("enter", "r", "d", "1", "escape")
        assert library.annotations.filters() == ()
