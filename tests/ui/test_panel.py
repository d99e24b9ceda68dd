"""The annotation panel: its filter, its cards, and the borders of passages."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import Any

import pytest
from textual.events import MouseScrollDown

from tests.ui.conftest import NARROW, WIDE, Driver, running
from tui.library import anchors
from tui.library.annotations import Annotations, Change
from tui.library.catalog import StoredArticle
from tui.library.library import Library
from tui.model import Annotation, Scope
from tui.settings import Settings
from tui.ui.document import open_document
from tui.ui.widgets.annotation_panel import AnnotationPanel
from tui.ui.widgets.panel_pane import PanelPane


def opened(library: Library, index: int = 0) -> StoredArticle:
    with library.catalog() as catalog:
        return catalog.article(catalog.ids()[index])


def mark(library: Library, quote: str, index: int = 0, **fields: Any) -> Annotation:
    """Annotate a quote of an article, as if in an earlier session."""
    document = open_document(opened(library, index))
    start = document.text.index(quote)
    page = document.stored.page
    made = anchors.annotate(page.path, page.text, document.to_page(start, start + len(quote)), author="tester")
    made = replace(made, **fields)
    library.annotations.apply(Change("mark", put=(made,)))
    return made


@pytest.fixture
def marked(library: Library) -> Library:
    """Three annotations on the first article, one on the second."""
    mark(library, "渡工老秦说", note="江上的灯", tags=("交通/水运",))
    mark(library, "灯一亮", colour="green")
    mark(library, "两岸的石阶", tags=("工程",), colour="red")
    mark(library, "雨前茶的产量少了三成", index=1, tags=("农业",))
    return library


def shown(driver: Driver) -> list[str]:
    return [annotation.exact for annotation in driver.screen.panel.shown]


def screen(driver: Driver) -> str:
    return "\n".join(driver.lines()).replace("\u00a0", " ")


async def to_panel(driver: Driver) -> None:
    await driver.press("enter", "tab")
    assert isinstance(driver.app.focused, AnnotationPanel)


def kept(library: Library, made: Annotation) -> Annotation:
    """An annotation as the file has it."""
    found = Annotations(library.home.annotations, read_only=True).get(made.id)
    assert found is not None
    return found


# The filter


@pytest.mark.parametrize("size", [WIDE, NARROW, (40, 12)])
async def test_the_filter_narrows_while_typing_and_escape_empties_it(marked: Library, size: tuple[int, int]) -> None:
    async with running(marked, size) as driver:
        await to_panel(driver)
        assert shown(driver) == ["渡工老秦说", "灯一亮", "两岸的石阶"]
        await driver.press("f")
        await driver.type("#")
        assert len(shown(driver)) == 3
        await driver.type("交通")
        assert shown(driver) == ["渡工老秦说"]
        assert "1 of 3" in screen(driver)
        assert "灯一亮" not in screen(driver).split("1 of 3")[1].replace("“灯一亮", "")
        await driver.press("escape")
        assert len(shown(driver)) == 3
        assert isinstance(driver.app.focused, AnnotationPanel)
        assert "of 3" not in screen(driver)


async def test_the_filter_stays_for_the_articles_to_come_and_says_so(marked: Library) -> None:
    async with running(marked) as driver:
        await to_panel(driver)
        await driver.press("f")
        await driver.type("red")
        await driver.press("enter")
        assert isinstance(driver.app.focused, AnnotationPanel)
        assert shown(driver) == ["两岸的石阶"]
        assert "1 of 3 · stays until f Esc" in screen(driver)
        await driver.press("q", "J")
        assert shown(driver) == []
        assert "0 of 1" in screen(driver)
        assert "No annotation here fits “red”" in screen(driver)
        await driver.press("tab", "f", "escape")
        assert shown(driver) == ["雨前茶的产量少了三成"]
        await driver.press("tab", "tab")
        assert driver.screen.focused is driver.screen.reader


async def test_what_is_done_with_a_filter_on_falls_on_the_card_that_is_seen(marked: Library) -> None:
    async with running(marked) as driver:
        await to_panel(driver)
        await driver.press("f")
        await driver.type("石阶")
        await driver.press("down", "c")
        assert {one.exact: one.colour for one in marked.annotations.all()}["两岸的石阶"] == "purple"
        await driver.press("d")
        assert driver.message.startswith("Deleted the highlight on “两岸的石阶”: u brings it back")
        assert driver.screen.panel.annotation is None
        await driver.press("h", "c", "u")
        assert shown(driver) == ["两岸的石阶"]


async def test_a_card_that_no_longer_fits_stays_under_the_cursor(marked: Library) -> None:
    async with running(marked) as driver:
        await to_panel(driver)
        await driver.press("f")
        await driver.type("石阶")
        await driver.press("enter", "h", "h", "h")
        assert shown(driver) == ["两岸"]
        assert {one.exact for one in marked.annotations.all()} > {"两岸", "灯一亮", "渡工老秦说"}
        await driver.press("f", "backspace", "x")
        assert shown(driver) == []
        await driver.press("escape")
        assert driver.screen.panel.annotation is not None
        assert driver.screen.panel.annotation.exact == "两岸"


# The cards


async def test_the_articles_own_card_comes_first_and_only_the_cursors_says_who_and_when(marked: Library) -> None:
    mark(marked, "渡口的灯", scope=Scope.ARTICLE, note="整篇", author="别人", modified="2024-03-09T12:00:00Z")
    long = mark(marked, "从前点灯要划船去对岸，如今天一黑，灯自己就亮", modified="2020-05-05T12:00:00Z")
    async with running(marked) as driver:
        await to_panel(driver)
        assert [one.scope for one in driver.screen.panel.shown][:2] == [Scope.ARTICLE, Scope.SPAN]
        assert "别人 · 2024-03-09" in screen(driver)
        driver.screen.panel.select(long.id)
        await driver.settle()
        assert "别人" not in screen(driver)
        assert "2020-05-05" in screen(driver)
        assert "tester ·" not in screen(driver)


async def test_a_long_quote_is_whole_only_under_the_cursor(library: Library) -> None:
    first = mark(
        library,
        "昨日傍晚，柳塘渡口的十二盏灯换成了太阳能灯。渡工老秦说，从前点灯要划船去对岸，如今天一黑，灯自己就亮。",
    )
    mark(library, "灯一亮")
    async with running(library, (104, 40)) as driver:
        await to_panel(driver)
        panel = driver.screen.panel

        def quote() -> int:
            return panel._deck.quote_end(0)

        assert panel.annotation == first
        assert quote() > 3
        await driver.press("j")
        assert quote() == 3
        assert "…" in screen(driver)


async def test_the_cursor_is_seen_without_focus_and_without_colour(
    marked: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(marked) as driver:
        await to_panel(driver)
        assert screen(driver).count("▸✦") == 1
        await driver.press("q")
        assert screen(driver).count("▹✦") == 1


async def test_a_click_selects_a_double_click_goes_and_the_wheel_scrolls(marked: Library) -> None:
    async with running(marked, (140, 12)) as driver:
        await to_panel(driver)
        panel = driver.screen.panel
        top = panel._deck.extent(1)[0]
        await driver.pilot.click(AnnotationPanel, offset=(5, top))
        assert panel.cursor == 1
        top = panel._deck.extent(1)[0] - panel.scroll_offset.y
        await driver.pilot.click(AnnotationPanel, offset=(5, top), times=2)
        await driver.settle()
        assert driver.app.focused is driver.screen.reader
        assert driver.screen.reader.annotation == panel.shown[1]
        await driver.pilot._post_mouse_events([MouseScrollDown], AnnotationPanel, (5, 2))
        await driver.settle()
        assert panel.scroll_offset.y > 0


async def test_an_empty_panel_names_the_users_own_keys(library: Library) -> None:
    keys = {"reader.select-sentence": "ctrl+t", "reader.highlight": "W", "library.undo": "Z"}
    async with running(library, settings=Settings(author="tester", keys=keys)) as driver:
        text = " ".join(line[-36:].strip() for line in driver.lines())
        assert "No annotations yet: Ctrl+t selects a sentence, W highlights it" in text
        await driver.press("enter", "ctrl+t", "W", "d")
        assert driver.message.endswith(": Z brings it back")


async def test_five_hundred_annotations_cost_milliseconds(library: Library) -> None:
    document = open_document(opened(library))
    page, size = document.stored.page, len(document.text) - 30
    made = tuple(
        anchors.annotate(page.path, page.text, document.to_page(at % size, at % size + 9), note=f"批注 {at}")
        for at in range(500)
    )
    library.annotations.apply(Change("mark", put=made))
    async with running(library) as driver:
        await to_panel(driver)
        panel = driver.screen.panel
        begin = time.perf_counter()
        for number in range(20):
            changed = replace(panel.annotations[number], note="另一条")
            panel.show(tuple(changed if one.id == changed.id else one for one in panel.annotations))
        assert (time.perf_counter() - begin) / 20 < 0.02  # four times what is wanted: the machine may be busy
        begin = time.perf_counter()
        for _ in range(20):
            panel.action_down()
        assert (time.perf_counter() - begin) / 20 < 0.008


# Borders, by keys in the panel


async def test_keys_move_the_borders_and_one_undo_takes_them_back(marked: Library) -> None:
    async with running(marked) as driver:
        await to_panel(driver)
        (made,) = (one for one in marked.annotations.all() if one.exact == "渡工老秦说")
        await driver.press("l", "l", "H")
        assert shown(driver)[0] == "。渡工老秦说，从"
        now = kept(marked, made)
        assert now.exact == "。渡工老秦说，从"
        assert (now.id, now.created, now.note, now.tags, now.colour) == (
            made.id,
            made.created,
            made.note,
            made.tags,
            made.colour,
        )
        page = (marked.folder / now.page).read_text("utf-8")
        assert page[now.spans[0].start : now.spans[-1].end] == now.exact
        assert page[: now.spans[0].start].endswith(now.prefix)
        assert page[now.spans[-1].end :].startswith(now.suffix)
        assert driver.message == "Saved: borders of “。渡工老秦说，从”"
        await driver.press("L", "w")
        assert shown(driver)[0].startswith("渡工老秦说，从前")
        await driver.press("B", "W", "b", "u")
        assert driver.message == "Undone: borders of “渡工老秦说，”"
        assert kept(marked, made) == made
        assert shown(driver)[0] == "渡工老秦说"
        await driver.press("ctrl+r")
        assert kept(marked, made).exact == "渡工老秦说，"
        await driver.press("u", "u")
        assert driver.message == "Nothing to undo"


async def test_a_held_key_does_not_queue_up_and_the_last_state_is_on_the_disk(
    marked: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    applied: list[str] = []
    apply = Annotations.apply

    def slowly(self: Annotations, change: Change) -> Change:
        applied.append(change.label)
        time.sleep(0.05)
        return apply(self, change)

    async with running(marked) as driver:
        await to_panel(driver)
        monkeypatch.setattr(Annotations, "apply", slowly)
        (made,) = (one for one in marked.annotations.all() if one.exact == "渡工老秦说")
        for _ in range(30):
            driver.screen.panel.action_end_right()
        await driver.pilot.pause()
        assert len(shown(driver)[0]) == len(made.exact) + 30  # the screen is there already
        await driver.pilot.press("t")  # waits for the disk, then tags what is there
        await driver.settle()
        await driver.type("沿岸")
        await driver.press("enter")
        assert len(applied) < 10
        now = kept(marked, made)
        assert len(now.exact) == len(made.exact) + 30
        assert now.tags == ("交通/水运", "沿岸")
        await driver.press("u", "u")
        assert kept(marked, made) == made


async def test_a_border_that_cannot_be_saved_goes_back(marked: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    async with running(marked) as driver:
        await to_panel(driver)
        monkeypatch.setattr("os.fsync", no_space)
        await driver.press("l")
        assert "No space left on device" in driver.message
        assert shown(driver)[0] == "渡工老秦说"
        monkeypatch.undo()
        await driver.press("l")
        assert shown(driver)[0] == "渡工老秦说，"


async def test_the_reader_follows_the_border(library: Library) -> None:
    mark(library, "昨日傍晚")
    async with running(library, (110, 9)) as driver:
        await to_panel(driver)
        for _ in range(90):
            driver.screen.panel.action_end_right()
        await driver.settle()
        reader = driver.screen.reader
        assert reader._galley is not None
        line = reader._galley.line_of(reader.caret.offset)
        assert reader.scroll_offset.y <= line < reader.scroll_offset.y + reader.scrollable_content_region.height
        assert reader.annotation == driver.screen.panel.annotation
        assert reader.document is not None
        assert shown(driver)[0].endswith(reader.document.text[reader.caret.offset])


async def test_borders_end_where_the_article_does_and_articles_have_none(library: Library) -> None:
    mark(library, "候船的棚子。")
    mark(library, "渡口的灯", scope=Scope.ARTICLE, note="整篇")
    async with running(library) as driver:
        await to_panel(driver)
        await driver.press("l")
        assert "has no borders" in driver.message
        await driver.press("j", "l")
        assert driver.message == "No further"
        await driver.press("h", "h", "h", "h", "h", "h", "h")
        assert driver.message == "No further"
        assert shown(driver)[1] == "候"


# Borders, by selecting in the reader


@pytest.mark.parametrize("key", ["H", "enter"])
async def test_the_readers_motions_give_the_highlight_here_other_borders(marked: Library, key: str) -> None:
    async with running(marked) as driver:
        await driver.press("enter", "right_square_bracket", "E")
        reader = driver.screen.reader
        assert "Borders of “渡工老秦说”: Enter saves, Esc leaves" in screen(driver)
        await driver.press("l", "l", "l")
        before = marked.annotations.all()
        await driver.press(key)
        (now,) = (one for one in marked.annotations.all() if one not in before)
        assert now.exact == "渡工老秦说，从前"
        assert (now.note, now.tags) == ("江上的灯", ("交通/水运",))
        assert len(marked.annotations.all()) == 4
        assert reader.selection is None
        assert "Enter saves" not in screen(driver)
        await driver.press("u")
        assert set(marked.annotations.all()) == set(before)


@pytest.mark.parametrize("size", [NARROW, (60, 20), (40, 12)])
async def test_what_saves_and_leaves_is_said_however_narrow(marked: Library, size: tuple[int, int]) -> None:
    async with running(marked, size) as driver:
        await driver.press("enter", "right_square_bracket", "E", "l")
        assert "Enter saves, Esc leaves" in screen(driver)


async def test_escape_leaves_the_borders_as_they_were(marked: Library) -> None:
    async with running(marked) as driver:
        before = marked.annotations.all()
        await driver.press("enter", "right_square_bracket", "E", "l", "escape", "enter", "H")
        assert marked.annotations.all() == before
        assert "Enter saves" not in screen(driver)
        assert driver.message.startswith("Select something first")
        await driver.press("g", "E")
        assert driver.message == "No highlight here"


# Undo in words


async def test_every_change_is_undone_in_words(library: Library) -> None:
    async with running(library) as driver:
        said = []
        for keys in (("s",), ("r",), ("a", "*整篇", "escape"), ("t", "*水运 政策/产业", "enter"), ("enter", "s")):
            for key in keys:
                await (driver.type(key[1:]) if key.startswith("*") else driver.press(key))
            said.append(driver.message)
        await driver.press("right_parenthesis", "V", "H", "c", "d")
        article = "the article 渡口的灯换成了太阳能"
        assert said == [
            f"Saved: star on {article}",
            f"Saved: read, {article}",
            f"Saved: note on {article}",
            f"Saved: tags 水运, 政策/产业 on {article}",
            f"Saved: no star on {article}",
        ]
        undone = []
        for _ in range(9):
            await driver.press("u")
            undone.append(driver.message)
        passage = "“渡工老秦说，从前点灯要划船去对岸，如今天一黑，…”"
        assert undone == [
            f"Undone: deletion of the highlight on {passage}",
            f"Undone: colour green of {passage}",
            f"Undone: highlight on {passage}",
            *(message.replace("Saved", "Undone") for message in reversed(said)),
            "Nothing to undo",
        ]
        assert library.annotations.all() == ()
        assert [one for one in library.annotations.readings() if one.starred] == []
        for _ in range(8):
            await driver.press("ctrl+r")
        assert driver.message == f"Done again: deletion of the highlight on {passage}"
        assert [one.note for one in library.annotations.all()] == ["整篇"]


async def test_undoing_a_star_keeps_the_place_read_since(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("s", "enter", "G", "J", "K")
        (reading,) = (one for one in library.annotations.readings() if one.starred)
        assert reading.place
        await driver.press("u")
        assert driver.message.startswith("Undone: star on")
        (now,) = (
            one for one in library.annotations.readings() if one.start == reading.start and one.page == reading.page
        )
        assert (now.starred, now.read, now.place) == (False, True, reading.place)


async def test_after_an_undo_the_reader_is_there_or_the_article_is_named(marked: Library) -> None:
    async with running(marked) as driver:
        await driver.press("enter", "right_square_bracket", "c", "G", "u")
        reader = driver.screen.reader
        assert reader.annotation is not None
        assert reader.annotation.exact == "渡工老秦说"
        await driver.press("ctrl+r", "J", "u")
        assert driver.message == "Undone: colour green of “渡工老秦说” in “渡口的灯换成了太阳能”"


async def test_the_file_says_what_the_screen_says(marked: Library) -> None:
    async with running(marked) as driver:
        await to_panel(driver)
        await driver.press("l")
        table = json.loads(Annotations(marked.home.annotations, read_only=True).snapshot_bytes())["annotations"]
        assert "渡工老秦说，" in {row["exact"] for row in table.values()}
        assert driver.screen.query_one(PanelPane).panel is driver.screen.panel


async def test_what_others_wrote_is_shown_and_obeyed_by_nobody(library: Library) -> None:
    hostile = "\x1b]52;c;eA==\x07[@click=app.quit]x[/]\u202e"
    mark(library, "渡工老秦说", author=hostile, modified=hostile, colour="red")
    async with running(library) as driver:
        await to_panel(driver)
        assert "[@click=app" in screen(driver)
        assert not {"\x1b", "\x07", "\u202e"} & set(screen(driver))
        await driver.press("f")
        await driver.type("[/red] \u202e[@click=app.quit]")
        assert "No annotation here fits" in screen(driver)
        assert "\u202e" not in screen(driver).split("fits")[1]
        await driver.press("escape", "d", "u")
        assert len(library.annotations.all()) == 1
