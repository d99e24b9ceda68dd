"""Typing tags: how a line is read, and what is offered."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.made import tag_names
from tests.ui.conftest import NARROW, WIDE, Driver, running
from tui.library.annotations import Change, clean_tags
from tui.library.library import Library
from tui.model import Tag
from tui.ui.completion import Completion, odd, split_tags, with_parents
from tui.ui.screens.tags import TagSheet
from tui.ui.widgets.tag_list import TagList

KNOWN = {"政策/产业": 5, "政策/农业": 2, "水运": 9, "产业": 1}


def offers(typed: str, used: tuple[str, ...] = (), known: dict[str, int] = KNOWN) -> tuple[str, ...]:
    return Completion(known).offers(typed, used)


def test_a_line_is_split_at_commas_of_all_kinds_and_spaces() -> None:
    assert split_tags("政策/产业, 水运，#渡口；政策//产业 ") == ("政策/产业", "水运", "渡口")
    assert split_tags(" ,，#/ ") == ()


@given(st.text("ab政策/#,， \t"))
def test_what_is_split_can_be_kept_and_splits_to_itself(text: str) -> None:
    tags = split_tags(text)
    assert clean_tags(tags) == tags
    assert split_tags(", ".join(tags)) == tags


def test_a_tag_that_could_not_be_typed_stays_whole() -> None:
    assert odd(("待 查", "甲，乙", "#x", "政策/产业")) == {"待 查", "甲，乙", "#x"}
    assert split_tags("待 查, 水运, #x, 甲，乙", ("待 查", "#x", "甲，乙")) == ("待 查", "水运", "#x", "甲，乙")
    assert split_tags("待 查看", ("待 查",)) == ("待", "查看")


@given(st.lists(tag_names.filter(lambda name: name == name.strip()), max_size=4, unique=True))
def test_tags_that_are_there_survive_the_sheet(tags: list[str]) -> None:
    kept = [tag for tag in tags if not any(mark in tag for mark in ",，、;；")]
    assert split_tags("".join(f"{tag}, " for tag in kept), kept) == tuple(kept)


def test_offers_begin_so_then_hold_it_and_the_most_used_come_first() -> None:
    assert offers("") == ("水运", "政策/产业", "政策/农业", "产业")
    assert offers("产") == ("产业", "政策/产业")
    assert offers("政", ("政策/产业",)) == ("政策/农业",)
    assert offers("策/产") == ("政策/产业",)
    assert offers("產業") == ("产业", "政策/产业")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("zc", ("政策/产业", "政策/农业")),
        ("zc/cy", ("政策/产业",)),
        ("zccy", ("政策/产业",)),
        ("cy", ("产业", "政策/产业")),
        ("CY", ("产业", "政策/产业")),
        ("s", ("水运",)),
        ("y", ("水运", "政策/产业", "政策/农业", "产业")),
        ("zx", ()),
    ],
)
def test_tags_are_found_by_their_pinyin_initials(typed: str, offered: tuple[str, ...]) -> None:
    assert offers(typed) == offered


def test_what_is_typed_to_the_letter_comes_before_initials() -> None:
    assert offers("zc", known={"政策": 9, "ZC/x": 1, "a/zc": 2, "xzcx": 3}) == ("ZC/x", "a/zc", "xzcx", "政策")


def test_parents_are_offered_with_the_uses_of_all_below_them() -> None:
    assert with_parents({"a/b/c": 2, "a/d": 3, "e": 1}) == {"a/b/c": 2, "a/d": 3, "e": 1, "a": 5, "a/b": 2}
    assert with_parents({"a": 1, "a/b": 2}) == {"a": 1, "a/b": 2}


def test_a_letter_is_answered_at_once_among_five_thousand_tags() -> None:
    choose = random.Random(7)
    names = ["".join(choose.choices("政策产业重庆银行交通水运渡口能源大臣", k=3)) for _ in range(5000)]
    completion = Completion(with_parents({f"{a}/{b}": 1 for a, b in zip(names, names[::-1], strict=True)}))
    completion.prepare()
    seconds = []
    for typed in ("z", "zc", "zcy", "zcy/", "政", "政策", "x") * 3:
        begun = time.perf_counter()
        completion.offers(typed)
        seconds.append(time.perf_counter() - begun)
    assert sorted(seconds)[len(seconds) // 2] < 0.02  # 5 ms on a quiet machine


async def open_sheet(driver: Driver, *tags: Tag) -> TagSheet:
    driver.screen._library.apply(Change("", put=tags))
    await driver.press("t")
    sheet = driver.app.screen
    assert isinstance(sheet, TagSheet)
    return sheet


async def test_a_click_takes_an_offer_and_typing_goes_on(library: Library) -> None:
    async with running(library) as driver:
        sheet = await open_sheet(driver, Tag("政策/产业"), Tag("水运"))
        await driver.type("cy")
        assert [row.text for row in sheet.query_one(TagList).rows] == ["政策/产业"]
        await driver.pilot.click(TagList, offset=(8, 0))
        await driver.settle()
        await driver.type("s")
        await driver.press("tab", "enter")
        (made,) = library.annotations.all()
        assert made.tags == ("政策/产业", "水运")


async def test_a_parent_is_offered(library: Library) -> None:
    async with running(library) as driver:
        sheet = await open_sheet(driver, Tag("政策/产业"))
        await driver.type("zc")
        assert [row.text for row in sheet.query_one(TagList).rows] == ["政策", "政策/产业"]
        await driver.press("tab", "enter")
        assert library.annotations.all()[0].tags == ("政策",)


@pytest.mark.parametrize("size", [WIDE, NARROW, (40, 12)])
async def test_offers_that_do_not_fit_are_scrolled_to(library: Library, size: tuple[int, int]) -> None:
    async with running(library, size) as driver:
        sheet = await open_sheet(driver, *(Tag(f"第{number:02}号") for number in range(40)))
        offered = sheet.query_one(TagList)
        await driver.press(*["down"] * 25)
        assert offered.cursor == 25
        assert any("▸" in line and "第25号" in line for line in driver.lines())
        assert any("Enter save" in line for line in driver.lines()[-2:])
        await driver.press("up", "pagedown", "pagedown", "pagedown", *["pagedown"] * 30)
        assert offered.cursor == 39
        await driver.press("down")
        assert offered.cursor == 0
        await driver.pilot.resize_terminal(60, 16)
        await driver.settle()
        assert any("▸" in line and "第00号" in line for line in driver.lines())


async def test_set_tags_stand_in_their_colour(library: Library) -> None:
    async with running(library) as driver:
        await open_sheet(driver, Tag("水运", "red"))
        await driver.type("水运, 别的")
        strip = next(each for each in driver.app.screen._compositor.render_strips() if "水运, 别的" in each.text)
        colours = {segment.text: segment.style.color.name for segment in strip if segment.style and segment.style.color}
        assert next(name for text, name in colours.items() if "水运" in text) == "#d9694f"
        assert next(name for text, name in colours.items() if "别的" in text) != "#d9694f"
