"""The codebook by keyboard and mouse, and the digits that put favourite tags on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.widgets import Input

from tests.ui.conftest import NARROW, WIDE, Driver, running
from tui.library.annotations import Change
from tui.library.library import Library
from tui.model import Annotation, Scope, Tag
from tui.ui.screens.asking import LineSheet, Question
from tui.ui.screens.codebook import CodebookScreen
from tui.ui.screens.picker import Picker
from tui.ui.widgets.bars import KeyBar, StatusLine
from tui.ui.widgets.tag_list import TagList

SIZES = [WIDE, NARROW, (40, 12)]
CODEBOOK = (Tag("政策", "red", "政府的主张"), Tag("政策/产业"), Tag("民生/米价"), Tag("水运", "blue", digit="1"))


def tagged(library: Library) -> dict[str, tuple[str, ...]]:
    return {one.exact: one.tags for one in library.annotations.all()}


def only(library: Library) -> Annotation:
    (found,) = library.annotations.all()
    return found


async def two_tagged(driver: Driver) -> None:
    """Both articles have tags, and the codebook is open, its cursor on the first line."""
    driver.screen._library.apply(Change("", put=CODEBOOK))
    await driver.press("t")
    await driver.type("水运 政策/产业")
    await driver.press("enter", "j", "t")
    await driver.type("民生/米价 政策")
    await driver.press("enter", "C")


def shown(driver: Driver) -> list[str]:
    return [row.text for row in driver.app.screen.query_one(TagList).rows]


def message(driver: Driver) -> str:
    return driver.app.screen.query_one(StatusLine).message


async def go_to(driver: Driver, name: str) -> None:
    screen = driver.app.screen
    assert isinstance(screen, CodebookScreen)
    await driver.press("g")
    while screen._chosen is not None and screen._chosen.tag.name != name:
        await driver.press("j")


async def test_it_shows_every_tag_as_a_tree(library: Library) -> None:
    async with running(library) as driver:
        await two_tagged(driver)
        assert shown(driver) == ["政策", "产业", "民生", "米价", "水运"]
        lines = driver.lines()
        assert "Codebook: 4 tags" in lines[0]
        assert "政策" in lines[1]
        assert "政府的主张" in lines[1]
        assert "1 (2)" in lines[1]
        assert any(line.split()[:2] == ["1", "▌"] and "水运" in line for line in lines)
        await driver.press("q")
        assert driver.app.screen is driver.screen


async def test_a_tag_is_described_coloured_and_given_a_digit(library: Library) -> None:
    async with running(library) as driver:
        await two_tagged(driver)
        await go_to(driver, "民生/米价")
        await driver.press("enter")
        await driver.type("集市上的价")
        await driver.press("enter", "c", "1")
        tags = {tag.name: tag for tag in library.annotations.codebook()}
        assert tags["民生/米价"] == Tag("民生/米价", "yellow", "集市上的价", "1")
        assert tags["水运"].digit == ""
        assert message(driver).startswith("Saved")
        await driver.press("1")
        assert library.annotations.favourite("1") is None


async def test_renaming_takes_the_children_along_and_is_undone_on_the_main_screen(library: Library) -> None:
    async with running(library) as driver:
        await two_tagged(driver)
        before = tagged(library)
        await driver.press("r")
        box = driver.app.screen.query_one(Input)
        box.value = ""
        await driver.type("方针")
        await driver.press("enter")
        assert tagged(library) == {
            "渡口的灯换成了太阳能": ("水运", "方针/产业"),
            "雨前茶少了三成": ("民生/米价", "方针"),
        }
        screen = driver.app.screen
        assert isinstance(screen, CodebookScreen)
        assert screen._chosen is not None
        assert screen._chosen.tag == Tag("方针", "red", "政府的主张")
        await driver.press("q", "u")
        assert tagged(library) == before
        assert library.annotations.codebook() == tuple(sorted(CODEBOOK, key=lambda tag: tag.name))
        await driver.press("C", "ctrl+r")
        assert "方针" in shown(driver)
        await driver.press("u")
        assert tagged(library) == before


async def test_renaming_onto_a_tag_asks_first(library: Library) -> None:
    async with running(library) as driver:
        await two_tagged(driver)
        before = tagged(library)
        await go_to(driver, "民生/米价")
        for answer, tags in (("n", before["雨前茶少了三成"]), ("y", ("政策",))):
            await driver.press("r")
            driver.app.screen.query_one(Input).value = " 政策 "
            await driver.press("enter")
            assert isinstance(driver.app.screen, Question)
            assert any("Merge 民生/米价 into 政策?" in line for line in driver.lines())
            await driver.press(answer)
            assert tagged(library)["雨前茶少了三成"] == tags


async def test_a_name_that_can_not_be_kept_stays_in_the_line(library: Library) -> None:
    async with running(library) as driver:
        await two_tagged(driver)
        await driver.press("n")
        await driver.type("政策//产业")
        await driver.press("enter")
        assert isinstance(driver.app.screen, LineSheet)
        assert any("a part of it is empty" in line for line in driver.lines())
        driver.app.screen.query_one(Input).value = "水运"
        await driver.press("enter")
        assert any("There is a tag 水运 already" in line for line in driver.lines())
        driver.app.screen.query_one(Input).value = "水运/渡口"
        await driver.press("enter")
        assert Tag("水运/渡口") in library.annotations.codebook()
        screen = driver.app.screen
        assert isinstance(screen, CodebookScreen)
        assert screen._chosen is not None
        assert screen._chosen.tag.name == "水运/渡口"


async def test_a_tag_is_merged_into_one_that_is_picked(library: Library) -> None:
    async with running(library) as driver:
        await two_tagged(driver)
        await go_to(driver, "水运")
        await driver.press("m")
        assert isinstance(driver.app.screen, Picker)
        await driver.type("产业")
        await driver.press("enter")
        assert tagged(library)["渡口的灯换成了太阳能"] == ("政策/产业",)
        assert Tag("政策/产业", "blue", digit="1") in library.annotations.codebook()


async def test_a_tag_is_deleted_once_it_is_known_what_uses_it(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter", "right_parenthesis", "V", "t")
        await driver.type("政策/产业")
        await driver.press("enter", "q")
        await two_tagged(driver)
        await driver.press("d")
        sheet = "\n".join(driver.lines())
        assert "Delete 政策?" in sheet
        assert "3 annotations have it" in sheet
        assert "With it go the tags below it: 政策/产业" in sheet
        assert "“渡工老秦说" in sheet
        assert "渡口的灯换成了太阳能" in sheet
        await driver.press("n")
        assert len(library.annotations.codebook()) == 4
        await driver.press("d", "y")
        assert {tag for one in library.annotations.all() for tag in one.tags} == {"水运", "民生/米价"}
        await driver.press("u")
        assert [len(tags) for tags in tagged(library).values()] == [2, 1, 2]


async def test_typing_narrows_by_name_description_and_pinyin(library: Library) -> None:
    async with running(library) as driver:
        await two_tagged(driver)
        for typed, expected in (
            ("产", ["政策", "产业"]),
            ("zccy", ["政策", "产业"]),
            ("政府", ["政策"]),
            ("mj", ["民生", "米价"]),
            ("没有", []),
        ):
            await driver.press("slash")
            driver.app.screen.query_one(Input).value = ""
            await driver.type(typed)
            await driver.press("enter")
            assert shown(driver) == expected
        await driver.press("c", "d", "r", "m", "enter", "1")
        assert library.annotations.codebook() == tuple(sorted(CODEBOOK, key=lambda tag: tag.name))
        await driver.press("escape")
        assert len(shown(driver)) == 5
        await driver.press("escape")
        assert driver.app.screen is driver.screen


async def test_a_library_without_tags_says_how_to_begin(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("C")
        assert "n makes one" in driver.lines()[-2]
        await driver.press("c", "d", "m", "r", "e", "1", "j", "pagedown", "G")
        assert shown(driver) == []
        await driver.press("n", "enter")
        assert library.annotations.codebook() == ()


@pytest.mark.parametrize("size", SIZES)
async def test_it_is_used_at_every_size_and_by_the_mouse(library: Library, size: tuple[int, int]) -> None:
    async with running(library, size) as driver:
        library.apply(Change("", put=tuple(Tag(f"第{number:02}号") for number in range(60))))
        await driver.press("C")
        await driver.pilot.click(TagList, offset=(8, 3))
        await driver.settle()
        await driver.press("c")
        assert [tag.name for tag in library.annotations.codebook() if tag.colour] == ["第03号"]
        await driver.press("G")
        assert any("▸" in line and "第59号" in line for line in driver.lines())
        await driver.pilot.resize_terminal(90, 14)
        await driver.settle()
        assert any("▸" in line and "第59号" in line for line in driver.lines())
        await driver.press("d")
        await driver.pilot.click("Question KeyBar", offset=(2, 0))
        await driver.settle()
        assert len(library.annotations.codebook()) == 59
        await driver.press("question_mark")
        assert any("Merge" in line for line in driver.lines())
        await driver.press("q", "d")
        await driver.pilot.resize_terminal(40, 12)
        await driver.settle()
        assert any("Yes" in line for line in driver.lines())
        await driver.pilot.click(KeyBar, offset=(9, 0))
        await driver.settle()
        assert isinstance(driver.app.screen, CodebookScreen)


async def test_hostile_names_are_shown_as_marks(library: Library) -> None:
    async with running(library) as driver:
        library.apply(Change("", put=(Tag("\u202e[bold]x\u200b", "x\x1b[2J", "a\n\x1b]52;c;eA==\x07[/]"),)))
        await driver.press("C")
        for keys in (("d", "n"), ("r", "escape"), ("e", "enter"), ("m", "escape"), ("c",), ("q",)):
            await driver.press(keys[0])
            text = "".join(driver.lines())
            assert not set(text) & {"\x1b", "\u202e", "\u200b", "\x07"}
            await driver.press(*keys[1:])
        (tag,) = library.annotations.codebook()
        assert tag == Tag("\u202e[bold]x\u200b", "yellow", "a\n\x1b]52;c;eA==\x07[/]")


async def test_a_library_that_is_only_read_is_not_changed(library: Library) -> None:
    library.apply(Change("", put=CODEBOOK))
    with Library(library.folder, library.home.state.parent / "data") as reader:
        async with running(reader) as driver:
            await driver.press("C")
            for key in "rmdcen1":
                await driver.press(key)
                assert isinstance(driver.app.screen, CodebookScreen)
                assert "this one only reads" in message(driver)
            await driver.press("q", "enter", "V", "1")
            assert "this one only reads" in driver.message


# The digits


async def test_a_digit_tags_the_selection_in_the_tags_colour_and_takes_the_tag_off_again(library: Library) -> None:
    library.apply(Change("", put=CODEBOOK))
    async with running(library) as driver:
        await driver.press("enter", "right_parenthesis", "V", "1")
        assert driver.message == "Tagged 水运"
        made = only(library)
        assert (made.tags, made.colour, made.scope, made.author) == (("水运",), "blue", Scope.SPAN, "tester")
        assert driver.screen.reader.selection is None
        await driver.press("1")
        assert driver.message == "Tag 水运 taken away"
        assert only(library).tags == ()
        await driver.press("1", "u", "u", "u")
        assert library.annotations.all() == ()
        await driver.press("ctrl+r")
        assert only(library) == made


async def test_a_digit_in_the_panel_tags_the_annotation_there(library: Library) -> None:
    library.apply(Change("", put=CODEBOOK))
    async with running(library) as driver:
        await driver.press("a")
        await driver.type("整篇")
        await driver.press("escape", "tab", "tab", "1")
        assert only(library).tags == ("水运",)
        assert only(library).scope is Scope.ARTICLE
        await driver.press("1")
        assert only(library).tags == ()


async def test_a_digit_says_what_it_lacks(library: Library) -> None:
    library.apply(Change("", put=CODEBOOK))
    async with running(library) as driver:
        await driver.press("enter", "V", "2")
        assert driver.message.startswith("No tag has the digit 2: C")
        await driver.press("escape", "1")
        assert driver.message.startswith("Select something first")
        await driver.press("tab", "1")
        assert driver.message.startswith("Select something first")
        assert library.annotations.all() == ()


@pytest.mark.parametrize("begin", [lambda: ("enter", "0"), lambda: ("tab", "tab", "0")])
async def test_zero_is_a_digit_too(library: Library, begin: Callable[[], tuple[str, ...]]) -> None:
    async with running(library) as driver:
        await driver.press(*begin())
        assert driver.message.startswith("No tag has the digit 0")
