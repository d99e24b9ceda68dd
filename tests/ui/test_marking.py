"""Marking: select, highlight, note, tag, edit, delete, undo, by keyboard and mouse."""

from __future__ import annotations

import json
import os

import pytest

from tests.ui.conftest import WIDE, Driver, running
from tui.library.annotations import Annotations
from tui.library.library import Library
from tui.model import Annotation, Scope
from tui.ui.widgets.reader import Reader

SENTENCE = "昨日傍晚，柳塘渡口的十二盏灯换成了太阳能灯。"


def on_disk(library: Library) -> list[dict[str, object]]:
    """The annotations in the file and its journal, as another program reads them."""
    table = json.loads(Annotations(library.home.annotations, read_only=True).snapshot_bytes()).get("annotations", {})
    return list(table.values())


def only(library: Library) -> Annotation:
    (found,) = library.annotations.all()
    return found


def no_space(*_: object) -> None:
    raise OSError(28, "No space left on device")


async def select_second_sentence(driver: Driver) -> None:
    """The reader opens on the first paragraph; its second sentence is selected."""
    await driver.press("enter", "right_parenthesis", "V")


async def test_a_sentence_is_highlighted_and_on_the_disk_when_the_screen_says_so(library: Library) -> None:
    async with running(library) as driver:
        await select_second_sentence(driver)
        await driver.press("H")
        assert driver.message.startswith("Saved: highlight on “渡工老秦说")
        (stored,) = on_disk(library)
        made = only(library)
        assert stored["exact"] == made.exact == "渡工老秦说，从前点灯要划船去对岸，如今天一黑，灯自己就亮。"
        assert made.scope is Scope.SPAN
        assert made.author == "tester"
        page = (library.folder / made.page).read_text("utf-8")
        assert page[made.spans[0].start : made.spans[0].end] == made.exact
        assert page[: made.spans[0].start].endswith(made.prefix)
        assert page[made.spans[0].end :].startswith(made.suffix)
        assert driver.screen.reader.selection is None


async def test_motions_extend_a_selection_by_whole_units(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter")
        reader = driver.screen.reader

        def chosen() -> str:
            assert reader.document is not None
            assert reader.selection is not None
            return reader.document.text[slice(*reader.selection)]

        await driver.press("v", "w")
        assert chosen() in {"本报讯", "本报"}
        await driver.press("right_parenthesis")
        assert chosen().endswith("太阳能灯。")
        await driver.press("right_curly_bracket")
        assert chosen().endswith("灯自己就亮。")
        await driver.press("right_curly_bracket")
        assert chosen().endswith("过江要走八分钟。")
        await driver.press("escape")
        assert reader.selection is None
        await driver.press("V")
        assert chosen().endswith("八分钟。")
        await driver.press("V")
        assert chosen().startswith("“灯一亮")


async def test_a_note_on_a_selection_highlights_it_too(library: Library) -> None:
    async with running(library) as driver:
        await select_second_sentence(driver)
        await driver.press("a")
        await driver.type("灯自己亮\n第二行")
        await driver.press("escape")
        assert only(library).note == "灯自己亮\n第二行"
        assert only(library).scope is Scope.SPAN
        shown = "\n".join(driver.lines())
        assert "灯自己亮" in shown
        assert "第二行" in shown
        assert "✎" in shown


async def test_discarding_a_note_makes_nothing(library: Library) -> None:
    async with running(library) as driver:
        await select_second_sentence(driver)
        await driver.press("a")
        await driver.type("算了")
        await driver.press("ctrl+g")
        assert library.annotations.all() == ()
        assert driver.screen.reader.selection is not None


async def test_highlight_then_note_then_tags_fall_on_the_same_passage(library: Library) -> None:
    async with running(library) as driver:
        await select_second_sentence(driver)
        await driver.pilot.press("H", "a")
        await driver.settle()
        await driver.type("接着写")
        await driver.press("ctrl+s", "t")
        await driver.type("政策/产业，水运")
        await driver.press("enter")
        made = only(library)
        assert (made.note, made.tags) == ("接着写", ("政策/产业", "水运"))
        assert "#政策/产业 #水运" in "\n".join(driver.lines())


async def test_tags_are_completed_from_those_in_use(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("t")
        await driver.type("政策/产业 水运")
        await driver.press("enter")
        await driver.press("j", "t")
        await driver.type("产")
        assert any("▸" in line and "政策/产业" in line for line in driver.lines())
        await driver.press("tab", "enter")
        assert {one.tags for one in library.annotations.all()} == {("政策/产业", "水运"), ("政策/产业",)}


async def test_without_a_selection_the_article_is_annotated(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter", "a")
        await driver.type("整篇")
        await driver.press("escape")
        made = only(library)
        assert made.scope is Scope.ARTICLE
        assert made.exact == "渡口的灯换成了太阳能"
        await driver.press("q", "t")
        await driver.type("水运")
        await driver.press("enter")
        assert only(library).tags == ("水运",)
        assert "✎1" in driver.lines()[2]


async def test_an_article_annotation_that_says_nothing_any_more_goes(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("a")
        await driver.type("整篇")
        await driver.press("escape", "a", "backspace", "backspace", "escape")
        assert library.annotations.all() == ()


async def test_the_panel_edits_recolours_jumps_and_deletes(library: Library) -> None:
    async with running(library) as driver:
        await select_second_sentence(driver)
        await driver.press("H", "g", "tab", "c")
        assert only(library).colour == "green"
        await driver.press("e")
        await driver.type("从这里")
        await driver.press("escape")
        assert only(library).note == "从这里"
        await driver.press("enter")
        reader = driver.screen.reader
        assert driver.app.focused is reader
        assert reader.annotation == only(library)
        await driver.press("tab", "d")
        assert library.annotations.all() == ()
        assert on_disk(library) == []


async def test_undo_and_redo_walk_through_every_change_and_say_so(library: Library) -> None:
    async with running(library) as driver:
        await select_second_sentence(driver)
        await driver.press("H", "c", "d")
        assert library.annotations.all() == ()
        await driver.press("u")
        assert driver.message.startswith("Undone: deletion of the highlight on “渡工老秦说")
        assert only(library).colour == "green"
        await driver.press("u")
        assert only(library).colour == "yellow"
        await driver.press("u", "u")
        assert driver.message == "Nothing to undo"
        assert library.annotations.all() == ()
        await driver.press("ctrl+r", "ctrl+r")
        assert only(library).colour == "green"


async def test_deleting_where_nothing_is_says_so(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter", "d")
        assert driver.message == "No annotation here"
        await driver.press("H")
        assert driver.message.startswith("Select something first")


async def test_brackets_walk_through_the_annotations(library: Library) -> None:
    async with running(library) as driver:
        await select_second_sentence(driver)
        await driver.press("H", "right_curly_bracket", "V", "H", "g", "right_square_bracket")
        reader = driver.screen.reader
        first = reader.caret.offset
        assert reader.annotation == library.annotations.all()[0]
        await driver.press("right_square_bracket")
        assert reader.annotation == library.annotations.all()[1]
        await driver.press("left_square_bracket")
        assert reader.caret.offset == first


async def test_nested_highlights_are_reached_the_shorter_first(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter", "V", "V", "H", "w", "v", "e", "H")
        reader = driver.screen.reader
        assert reader.annotation is not None
        lengths = sorted(len(one.exact) for one in library.annotations.all())
        assert len(reader.annotation.exact) == lengths[0] < lengths[1]


async def test_the_mouse_selects_too(library: Library) -> None:
    async with running(library, WIDE) as driver:
        reader = driver.screen.reader
        galley = reader._galley
        assert galley is not None
        assert reader.document is not None
        row = next(index for index, line in enumerate(galley.lines) if line.role == "body")
        line = galley.lines[row]
        await driver.pilot.mouse_down(Reader, offset=(line.left, row))
        await driver.pilot.hover(Reader, offset=(line.left + 5, row))
        await driver.pilot.mouse_up(Reader, offset=(line.left + 5, row))
        await driver.settle()
        assert reader.selection == (line.start, line.start + 3)


async def test_annotations_are_there_again_on_the_next_start(library: Library, tmp_path: object) -> None:
    async with running(library) as driver:
        await select_second_sentence(driver)
        await driver.press("H")
    async with running(library) as driver:
        await driver.press("enter", "right_square_bracket")
        assert driver.screen.reader.annotation == only(library)


async def test_a_failed_write_is_said_and_nothing_is_shown_as_saved(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(library) as driver:
        await select_second_sentence(driver)
        monkeypatch.setattr(os, "fsync", no_space)
        await driver.press("H")
        assert "No space left on device" in driver.message
        assert driver.screen.panel.annotations == ()
        monkeypatch.undo()
        await driver.press("H")
        assert driver.message.startswith("Saved: highlight on “渡工老秦说")


async def test_a_note_that_cannot_be_saved_comes_back_into_the_editor(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(library) as driver:
        await driver.press("a")
        await driver.type("写了很久")
        monkeypatch.setattr(os, "fsync", no_space)
        await driver.press("escape")
        assert "No space left on device" in driver.message
        monkeypatch.undo()
        assert "写了很久" in "\n".join(driver.lines())
        await driver.press("escape")
        assert only(library).note == "写了很久"


@pytest.mark.parametrize("size", [(40, 12), (300, 100), (20, 5)])
async def test_it_works_in_terminals_of_any_size(library: Library, size: tuple[int, int]) -> None:
    async with running(library, size) as driver:
        await driver.press("enter", "j", "V", "H", "a")
        await driver.press("escape", "tab", "question_mark", "q", "q", "q")
        assert len(library.annotations.all()) == 1
