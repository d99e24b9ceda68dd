"""The note editor: where it stands, what it keeps, how it is left."""

from __future__ import annotations

import asyncio
import json
import shlex
import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest
from textual import events
from textual.containers import Vertical
from textual.widgets import Static, TextArea

from tests.ui.conftest import NARROW, WIDE, Driver, running
from tui.library import drafts
from tui.library.library import Library
from tui.model import Scope
from tui.ui.app import JianbaoApp
from tui.ui.screens.note import NoteSheet, filled
from tui.ui.screens.picker import Picker

QUOTE = "渡工老秦说，从前点灯要划船去对岸，如今天一黑，灯自己就亮。"


async def open_note(driver: Driver) -> None:
    """The note of the first paragraph's second sentence."""
    await driver.press("enter", "right_parenthesis", "V", "a")


async def written(driver: Driver) -> None:
    """Wait until what was typed must be on the disk."""
    await asyncio.sleep(drafts.PAUSE + 0.1)
    await driver.settle()


def kept(library: Library) -> list[str]:
    folder = library.home.drafts
    return sorted(json.loads(path.read_text("utf-8"))["text"] for path in folder.glob("*.json"))


def text(driver: Driver) -> str:
    return driver.app.screen.query_one(TextArea).text


def hint(driver: Driver) -> str:
    return str(driver.app.screen.query_one("#hint", Static).render())


async def quit_with_draft(library: Library, typed: str) -> None:
    async with running(library) as driver:
        await open_note(driver)
        await driver.type(typed)
        await driver.press("ctrl+q")
        assert not driver.app.is_running


# Where it stands


async def test_wide_it_lies_over_the_annotations_and_the_rest_stays_in_view(library: Library) -> None:
    async with running(library, WIDE) as driver:
        await driver.press("enter", "right_parenthesis", "V")
        before = driver.lines()
        await driver.press("a")
        panel = driver.screen.panel.region
        assert driver.app.screen.query_one(Vertical).region == panel
        after = driver.lines()
        for number in range(WIDE[1] - 2):
            assert after[number][: panel.x // 2] == before[number][: panel.x // 2]
        assert any("Note on “渡工" in line for line in after)
        assert any("Ctrl+S or Esc save" in line for line in after)


@pytest.mark.parametrize("size", [(104, 30), (40, 12), (300, 100), (50, 14)])
async def test_it_is_usable_at_any_size(library: Library, size: tuple[int, int]) -> None:
    async with running(library, size) as driver:
        await open_note(driver)
        await driver.type("江上的灯\n第二行")
        shown = "\n".join(driver.lines())
        for word in ("Note on “渡工", "江上的灯", "第二行", "save", "Ctrl+E editor", "Ctrl+G discard"):
            assert word in shown
        assert driver.screen.reader.region.height > 2


async def test_it_follows_a_resize_and_keeps_what_is_typed(library: Library) -> None:
    async with running(library, WIDE) as driver:
        await open_note(driver)
        await driver.type("江上")
        await driver.pilot.resize_terminal(*NARROW)
        await driver.settle()
        box = driver.app.screen.query_one(Vertical)
        assert box.region.bottom == NARROW[1]
        assert box.region.width == NARROW[0]
        await driver.type("的灯")
        await driver.pilot.resize_terminal(120, 30)
        await driver.settle()
        await driver.settle()
        assert box.region == driver.screen.panel.region
        assert text(driver) == "江上的灯"
        await driver.press("ctrl+s")
    (made,) = library.annotations.all()
    assert (made.note, made.exact) == ("江上的灯", QUOTE)


async def test_the_wheel_beside_it_scrolls_the_article(library: Library) -> None:
    async with running(library, (120, 10)) as driver:
        await open_note(driver)
        reader, sheet = driver.screen.reader, driver.app.screen
        for kind, step in ((events.MouseScrollUp, -1), (events.MouseScrollDown, 1)):
            before, (x, y) = reader.scroll_offset.y, reader.region.center
            sheet.post_message(kind(None, x, y, 0, 1, 0, False, False, False, x, y))
            await driver.settle()
            assert (reader.scroll_offset.y - before) * step > 0
        assert text(driver) == ""


def test_keys_are_broken_between_them() -> None:
    assert filled(("甲乙", "丙", "丁"), 9) == ["甲乙 · 丙", "丁"]
    assert filled(("甲乙", "丙"), 1) == ["甲乙", "丙"]


async def test_chinese_is_edited_by_characters(library: Library) -> None:
    async with running(library, WIDE) as driver:
        await open_note(driver)
        await driver.type("灯" * 60)
        area = driver.app.screen.query_one(TextArea)
        assert area.wrapped_document.height > 2
        await driver.press("up")
        assert area.cursor_location[0] == 0
        assert area.cursor_location[1] < 60
        await driver.press("home", "left", "backspace", "end")
        assert area.text == "灯" * 59
        x, y = area.cursor_screen_offset
        assert driver.app.screen.query_one(Vertical).region.contains(x, y)


# Drafts


async def test_what_is_typed_is_on_the_disk_before_it_is_saved_and_gone_behind(library: Library) -> None:
    async with running(library) as driver:
        await open_note(driver)
        assert kept(library) == []
        await driver.type("江上的灯")
        await written(driver)
        assert kept(library) == ["江上的灯"]
        assert library.annotations.all() == ()
        await driver.press("escape")
        assert driver.message.startswith("Saved: note")
        assert kept(library) == []


async def test_a_resize_writes_at_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "PAUSE", 60)
    async with running(library) as driver:
        await open_note(driver)
        await driver.type("江上")
        assert kept(library) == []
        await driver.pilot.resize_terminal(*NARROW)
        await driver.settle()
        await asyncio.sleep(0.2)
        assert kept(library) == ["江上"]


async def test_discarding_drops_the_draft(library: Library) -> None:
    async with running(library) as driver:
        await open_note(driver)
        await driver.type("江上")
        await written(driver)
        await driver.press("ctrl+g")
        assert kept(library) == []
        assert library.annotations.all() == ()
        await driver.press("A")
        assert driver.message == "No unfinished note"


async def test_a_draft_outlives_a_quit_and_is_gone_on_with(library: Library) -> None:
    await quit_with_draft(library, "江上")
    async with running(library) as driver:
        assert "An unfinished note on “渡工" in driver.message
        assert "A goes on" in driver.message
        await driver.press("A")
        assert text(driver) == "江上"
        assert "Not saved yet" in hint(driver)
        document, chosen = driver.screen.reader.document, driver.screen.reader.selection
        assert document is not None
        assert chosen is not None
        assert document.text[slice(*chosen)] == QUOTE
        await driver.type("的灯")
        await driver.press("ctrl+s")
        assert kept(library) == []
    (made,) = library.annotations.all()
    assert (made.note, made.exact, made.scope) == ("江上的灯", QUOTE, Scope.SPAN)


async def test_the_same_passage_opens_with_its_draft(library: Library) -> None:
    await quit_with_draft(library, "江上")
    async with running(library) as driver:
        await driver.press("enter", "V", "a")  # the reader is where it was left
        assert text(driver) == "江上"
        assert "Not saved yet" in hint(driver)
        await driver.press("ctrl+g", "right_curly_bracket", "V", "a")
        assert text(driver) == ""


async def test_a_draft_of_an_article_the_list_does_not_show(library: Library) -> None:
    await quit_with_draft(library, "江上")
    async with running(library) as driver:
        await driver.press("slash")
        await driver.type("雨前茶")
        await driver.press("enter", "A")
        assert text(driver) == "江上"
        await driver.press("escape")
        assert [one.exact for one in library.annotations.all()] == [QUOTE]


async def test_the_draft_of_a_note_that_is_there_keeps_its_tags(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("t")
        await driver.type("水运")
        await driver.press("enter", "a")
        await driver.type("江上")
        await driver.press("ctrl+q")
    async with running(library) as driver:
        await driver.press("A", "ctrl+s")
    (made,) = library.annotations.all()
    assert (made.note, made.tags, made.scope) == ("江上", ("水运",), Scope.ARTICLE)


async def test_of_two_drafts_one_is_picked(library: Library) -> None:
    await quit_with_draft(library, "江上")
    async with running(library) as driver:
        await driver.press("j", "a")
        await driver.type("茶事")
        await driver.press("ctrl+q")
    assert kept(library) == ["江上", "茶事"]
    async with running(library) as driver:
        assert "2 unfinished notes" in driver.message
        await driver.press("A")
        assert isinstance(driver.app.screen, Picker)
        await driver.type("江上")
        await driver.press("enter")
        assert text(driver) == "江上"
        await driver.press("ctrl+s")
        assert kept(library) == ["茶事"]


async def test_a_draft_whose_page_is_gone_is_offered_and_can_be_saved(library: Library) -> None:
    await quit_with_draft(library, "江上")
    page = library.folder / "柳塘日报" / "2024-03-09" / "01.txt"
    content = page.read_bytes()
    page.unlink()
    async with running(library) as driver:
        await driver.press("A")
        assert text(driver) == "江上"
        assert "not found now" in hint(driver)
        await driver.press("ctrl+s")
        assert "not found now" in driver.message
        assert kept(library) == []
    assert [one.note for one in library.annotations.all()] == ["江上"]
    page.write_bytes(content)
    with library.catalog() as catalog:
        library.update(catalog)
        assert library.unsettled(catalog) == ()  # with the page comes the passage


async def test_a_damaged_draft_is_named_and_stays(library: Library) -> None:
    library.home.drafts.mkdir()
    bad = library.home.drafts / "bad\x1b.json"
    bad.write_bytes(b"{")
    async with running(library) as driver:
        assert "A draft that can't be read is left as it is" in driver.message
        assert "bad␛.json" in driver.message
        await driver.press("A")
        assert "can't be read" in driver.message
    assert bad.read_bytes() == b"{"


async def test_a_note_saved_a_moment_before_a_kill_is_not_offered(library: Library) -> None:
    await quit_with_draft(library, "江上")
    stale = library.home.drafts.with_name("stale")
    shutil.copytree(library.home.drafts, stale)
    async with running(library) as driver:
        await driver.press("A", "ctrl+s")
    shutil.copytree(stale, library.home.drafts, dirs_exist_ok=True)
    async with running(library) as driver:
        assert "unfinished" not in driver.message
        await driver.press("A")
        assert driver.message == "No unfinished note"


async def test_a_program_that_only_reads_begins_and_offers_none(library: Library, tmp_path: Path) -> None:
    await quit_with_draft(library, "江上")
    with Library(library.folder, tmp_path / "data") as second:
        async with running(second) as driver:
            await driver.press("A")
            assert "Open elsewhere" in driver.message
            await open_note(driver)
            assert not isinstance(driver.app.screen, NoteSheet)


async def test_a_full_disk_is_said_once_and_typing_goes_on(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    async with running(library) as driver:
        await open_note(driver)
        with monkeypatch.context() as patch:
            patch.setattr(drafts, "write_atomically", no_space)
            await driver.type("江上")
            await written(driver)
            assert "The draft can't be kept" in hint(driver)
            assert "No space left" in hint(driver)
            await driver.type("的灯")
            assert text(driver) == "江上的灯"
        await driver.press("ctrl+s")
    assert [one.note for one in library.annotations.all()] == ["江上的灯"]


async def test_quitting_waits_for_room_on_a_full_disk(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    async with running(library) as driver:
        await open_note(driver)
        with monkeypatch.context() as patch:
            patch.setattr(drafts, "write_atomically", no_space)
            await driver.type("江上")
            await driver.press("ctrl+q")
            assert driver.app.is_running
            assert text(driver) == "江上"
            assert "can't be kept" in hint(driver)
        await driver.press("ctrl+q")
        assert not driver.app.is_running
    assert kept(library) == ["江上"]


async def test_a_draft_line_comes_again_when_another_warning_has_come_over_it(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    await quit_with_draft(library, "江上")
    monkeypatch.setattr("tui.ui.screens.noting._UNTIL_TOLD", 0.05)
    (library.folder / "broken.txt").write_bytes(b"\x00\x01\x02\x03" * 40)
    async with running(library) as driver:
        await asyncio.sleep(0.1)
        assert "broken.txt" in driver.message
        await driver.press("j")
        await asyncio.sleep(0.2)
        assert "An unfinished note" in driver.message
        await driver.press("k")
        await asyncio.sleep(0.2)
        assert driver.message == ""


# The user's own editor


@pytest.fixture
def lent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that can be lent to an editor."""
    monkeypatch.setattr(JianbaoApp, "suspend", lambda _app: nullcontext())


@pytest.mark.usefixtures("lent")
async def test_the_text_comes_back_from_the_users_editor(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "my editor"
    script.write_text("#!/bin/sh\nprintf '添一行\\n' >> \"$1\"\n", "utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", shlex.quote(str(script)))
    async with running(library) as driver:
        await open_note(driver)
        await driver.type("江上")
        await driver.press("ctrl+e")
        assert text(driver) == "江上\n添一行"
        await written(driver)
        assert kept(library) == ["江上\n添一行"]
        await driver.press("ctrl+z")
        assert text(driver) == "江上"
        await driver.press("ctrl+s")
    assert list(library.home.drafts.iterdir()) == []


@pytest.mark.usefixtures("lent")
@pytest.mark.parametrize(("editor", "said"), [("false", "ended with 1"), ("/no/such", "No such file"), ("'", "VISUAL")])
async def test_an_editor_that_fails_leaves_the_text(
    library: Library, monkeypatch: pytest.MonkeyPatch, editor: str, said: str
) -> None:
    monkeypatch.setenv("VISUAL", editor)
    async with running(library) as driver:
        await open_note(driver)
        await driver.type("江上")
        await driver.press("ctrl+e")
        assert said in hint(driver)
        assert text(driver) == "江上"


async def test_a_terminal_that_cannot_be_lent_is_said(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "true")
    async with running(library) as driver:
        await open_note(driver)
        await driver.press("ctrl+e")
        assert "can't be lent" in hint(driver)
