"""The filter box: mistakes and their places, the order that Enter makes, the queries asked before, the grammar."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.ui.conftest import NARROW, WIDE, Driver, running
from tests.ui.many import many
from tui.library import asked
from tui.library.library import Library
from tui.settings import asked_path
from tui.ui.asked import Walk
from tui.ui.screens.command_sheets import GrammarSheet
from tui.ui.suggesting import Suggesting
from tui.ui.widgets.mistake_line import laid_out
from tui.ui.widgets.pick_list import PickList

TINY = (40, 12)


def marked(driver: Driver) -> tuple[int, int]:
    """The cells of the screen's second line that are marked as a mistake."""
    line = driver.lines()[1]
    mark = "~" if "~" in line else "^"
    first, last = line.index(mark), line.rindex(mark)
    return cell_len(line[:first]), cell_len(line[: last + 1])


def cells(driver: Driver, text: str) -> tuple[int, int]:
    """The cells of the screen's first line in which a text stands."""
    before, _, _after = driver.lines()[0].partition(text)
    return cell_len(before), cell_len(before + text)


@pytest.mark.parametrize("size", [WIDE, NARROW, TINY], ids=str)
async def test_a_mistake_is_said_under_its_place_and_the_list_stays(library: Library, size: tuple[int, int]) -> None:
    async with running(library, size) as driver:
        await driver.press("slash")
        await driver.type("灯")
        assert len(driver.screen.articles.ids) == 1
        before = driver.lines()[3:]
        await driver.type(" titel:渡")
        assert marked(driver) == cells(driver, "titel:")
        assert "did you mean “title”" in " ".join(line.strip() for line in driver.lines()[1:4])
        assert len(driver.screen.articles.ids) == 1
        if size != TINY:
            assert driver.lines()[3:] == before  # nothing has moved
        for _ in range(8):
            await driver.press("backspace")
        assert not driver.screen.mistake.display
        assert "~" not in driver.lines()[1]


async def test_the_mark_follows_a_long_query_that_scrolls(library: Library) -> None:
    async with running(library, NARROW) as driver:
        await driver.press("slash")
        await driver.type("渡口" * 30 + " titel:x")
        assert marked(driver) == cells(driver, "titel:")
        await driver.press("home")
        box = driver.screen.filter.content_region
        assert marked(driver) == (box.right - 1, box.right)  # it is farther right than can be seen
        await driver.press("end")
        await driver.pilot.resize_terminal(60, 20)
        await driver.settle()
        assert marked(driver) == cells(driver, "titel:")


async def test_enter_waits_for_a_mistake_to_be_mended_and_down_goes_to_the_list_as_it_was(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("slash")
        await driver.type("灯 titel:x")
        await driver.press("enter")
        assert driver.screen.filter.has_focus
        await driver.press("down")
        assert driver.screen.articles.has_focus
        assert not driver.screen.mistake.display  # it lies over no row that one looks at
        await driver.press("slash")
        assert driver.screen.mistake.display
        await driver.press("escape")
        assert not driver.screen.mistake.display
        assert len(driver.screen.articles.ids) == 2


@given(
    st.text(max_size=60).filter(lambda text: text.isprintable()),
    st.integers(0, 299),
    st.integers(1, 60),
    st.integers(20, 300),
)
def test_a_mistake_keeps_its_mark_in_its_cells(message: str, first: int, length: int, width: int) -> None:
    first = min(first, width - 1)
    end = min(first + length, width)
    line = laid_out(message, first, end, width).split("\n")[0]
    assert cell_len(line) <= width
    mark = ("~" if end - first > 1 else "^") * (end - first)
    assert any(
        cell_len(line[:at]) == first and line.startswith(mark, at) for at in range(len(line)) if line[at] == mark[0]
    )


async def test_enter_puts_the_best_first_and_typing_the_newest_again(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {"灯": range(10), "灯塔": [3, 4]}
    catalog = many(library, 1_000, monkeypatch, found=found, best={"灯": [7, *range(7), 8, 9]})
    async with running(library) as driver:
        screen = driver.screen
        await driver.press("slash")
        await driver.type("灯")
        await driver.press("enter")
        assert driver.app.focused is screen.articles
        assert screen.articles.article_id == 7
        assert "10 articles" in driver.lines()[0]
        assert driver.lines()[0].rstrip().endswith("best first")
        await driver.press("j", "slash", "enter")  # nothing is ranked twice, and the cursor stays
        assert screen.articles.article_id == 0
        assert catalog.asked["ranked"] == 1
        await driver.press("slash")
        await driver.type("塔")
        assert list(screen.articles.ids) == [3, 4]
        assert "best first" not in driver.lines()[0]
        await driver.press("down")
        assert driver.app.focused is screen.articles
        assert list(screen.articles.ids) == [3, 4]


async def test_up_brings_back_what_was_asked_also_after_a_restart(library: Library) -> None:
    async with running(library) as driver:
        for words in ("渡口", "茶农"):
            await driver.press("slash")
            driver.screen.filter.value = ""
            await driver.type(words)
            await driver.press("enter")
    assert asked.read(asked_path()) == ("茶农", "渡口")
    async with running(library) as driver:
        box = driver.screen.filter
        await driver.press("slash")
        await driver.type("灯")
        shown = []
        for key in ("up", "up", "up", "down", "down"):
            await driver.press(key)
            shown.append(box.value)
        assert shown == ["茶农", "渡口", "渡口", "茶农", "灯"]
        assert box.has_focus
        await driver.press("up", "up")
        assert len(driver.screen.articles.ids) == 1
        await driver.type("x")
        await driver.press("down")  # no longer among them
        assert driver.app.focused is driver.screen.articles


def test_the_file_of_queries_is_whole_or_ignored(tmp_path: Path) -> None:
    path = tmp_path / "state" / "queries.json"
    assert asked.read(path) == ()
    for number in range(150):
        asked.remember(path, f"第{number}问")
    asked.remember(path, "第140问")
    kept = asked.read(path)
    assert kept[:2] == ("第140问", "第149问")
    assert len(kept) == len(set(kept)) == asked.MOST
    for damage in (b"", b"null", b'{"a": 1}', b"[1, null]", "渡口".encode("gbk"), b"[" * 100_000, bytes(10**6)):
        path.write_bytes(damage)
        assert asked.read(path) == ()
    path.write_text('["a\\nb", "", "  ", "' + "x" * 5_000 + '", "\\u001b]0;x\\u0007", 3]', "utf-8")
    assert asked.read(path) == ("\x1b]0;x\x07",)
    assert asked.remember(path, "\ud800")[0] == "\ud800"
    assert asked.read(path)[0] == "\ud800"


@given(st.lists(st.text("甲乙丙", min_size=1, max_size=2), unique=True), st.text("甲乙丙", max_size=2))
def test_a_walk_goes_back_to_where_it_began(queries: list[str], typed: str) -> None:
    walk = Walk.begin(tuple(queries), typed)
    seen = []
    for _ in queries:
        walk = walk.earlier()
        seen.append(walk.text)
    assert list(dict.fromkeys(seen)) == ([query for query in queries if query != typed] or [typed] * bool(queries))
    for _ in queries:
        walk = walk.later()
    assert walk.text == typed


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("ti", "title:"),
        ("渡口 -dat", "渡口 -date:"),
        ("is:un", "is:unread"),
        ("(colour:r", "(colour:red"),
        ("t", None),
        ("茶ti", None),
        ("title:ti", None),
        ("is:unread", None),
        ("", None),
    ],
)
async def test_fields_and_what_they_take_are_completed(typed: str, whole: str | None) -> None:
    assert await Suggesting(dict).get_suggestion(typed) == whole


async def test_the_tag_used_most_is_offered() -> None:
    tags = {"政策/农业": 1, "政策/产业": 3, "政策 旧": 9}
    assert await Suggesting(lambda: tags).get_suggestion("渡口 tag:政") == "渡口 tag:政策/产业"


async def test_the_arrow_to_the_right_takes_what_is_offered(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("slash", "d", "a")
        await driver.press("right")
        assert driver.screen.filter.value == "date:"


async def test_the_grammar_opens_over_the_box_and_from_the_help(library: Library) -> None:
    async with running(library, NARROW) as driver:
        await driver.press("slash")
        await driver.type("渡")
        await driver.press("f1")
        assert isinstance(driver.app.screen, GrammarSheet)
        assert any(row.lead == "title:春茶" for row in driver.app.screen.query_one(PickList).rows)
        await driver.press("escape")
        assert driver.app.focused is driver.screen.filter
        await driver.press("f1")
        await driver.type("without the second")
        await driver.press("enter")
        assert driver.screen.filter.value == "渡 春茶 -广告"
        await driver.press("down", "question_mark")
        await driver.type("library.grammar")
        await driver.press("enter")
        assert isinstance(driver.app.screen, GrammarSheet)
