"""Pictures of every screen, wide and narrow. `pytest --snapshot-update tests/ui` accepts new ones."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from tests.ui.conftest import FERRY, FIRST_FRAME, NARROW, WIDE
from tests.ui.test_repeats import print_again
from tests.ui.test_review import change_pages
from tui.language import use
from tui.library import anchors
from tui.library.drafts import Draft, Drafts, draft_id
from tui.library.library import Library
from tui.model import Span
from tui.settings import Settings
from tui.ui.app import JianbaoApp

SnapCompare = Callable[..., bool]

HIGHLIGHT = ("enter", "right_parenthesis", "V", "H")
PANEL = (*HIGHLIGHT, "a", "*江上的灯", "escape", "t", "*交通/水运", "enter", "right_curly_bracket", "V", "H", "tab")
SCREENS: dict[str, tuple[str, ...]] = {
    "list": (),
    "reader": ("enter", "right_parenthesis", "V"),
    "highlights": (*HIGHLIGHT, "right_curly_bracket", "V", "H", "c"),
    "panel": (*HIGHLIGHT, "a", "*江上的灯", "escape", "t", "*交通/水运", "enter", "tab"),
    "panel filtered": (*PANEL, "f", "*#交通", "enter"),
    "panel finds nothing": (*PANEL, "f", "*没有这样的词"),
    "panel borders": (*PANEL, "l", "l", "L", "L"),
    "reader borders": (*HIGHLIGHT, "E", "l", "l"),
    "note": (*HIGHLIGHT, "a", "*江上的灯"),
    "tags": ("t", "*交通/水运 乡村", "enter", "j", "t"),
    "tags completed": ("t", "*政策/产业 交通/水运 水运", "enter", "C", "G", "c", "1", "q", "j", "t", "*水运, y"),
    "codebook": (
        *(
            "t",
            "*政策/产业 政策/农业 水运",
            "enter",
            "j",
            "t",
            "*政策 交通/水运",
            "enter",
            "C",
            "G",
            "c",
            "1",
            "k",
            "e",
        ),
        *("*开到哪里，惠及谁", "enter", "c", "c"),
    ),
    "tag to delete": ("t", "*政策/产业 政策/农业", "enter", "C", "d"),
    "trash": (*HIGHLIGHT, "a", "*江上的灯", "ctrl+s", "d", "right_curly_bracket", "V", "H", "d", "T"),
    "filter": ("slash", "*渡口", "enter", "enter"),
    "filter mistaken": ("slash", "*渡口", "* titel:灯"),
    "filter initials": ("slash", "*tyn"),
    "filter ranked": ("slash", "*渡口", "enter"),
    "grammar": ("slash", "f1"),
    "concordance": ("slash", "*的", "enter", "X", "l", "j", "j", "j"),
    "concordance narrowed": ("X", "*灯", "enter", "r", "f", "*太阳能"),
    "nothing found": ("slash", "*没有这样的词"),
    "statistics": ("slash", "*渡口", "enter", "percent_sign"),
    "statistics papers": ("slash", "*渡口", "enter", "percent_sign", "2"),
    "statistics collocates": ("slash", "*渡口", "enter", "percent_sign", "3"),
    "statistics keyness": ("slash", "*渡口", "enter", "percent_sign", "4"),
    "facets": ("s", "t", "*政策/产业", "enter", "f"),
    "named filters": (
        *("slash", "*渡口", "enter", "semicolon", "enter", "enter", "1", "g", "enter", "ctrl+u", "*水运", "enter"),
    ),
    "keys": ("question_mark",),
    "mend": ("enter", "M"),
    "imprint": ("I",),
    "outline": ("enter", "O"),
    "letters": ("enter", "right_curly_bracket", "m", "a", "apostrophe"),
    "find": ("enter", "ctrl+f", "*渡口"),
    "page": ("enter", "right_parenthesis", "p"),
    "overlapping": (*HIGHLIGHT, "b", "b", "v", "w", "H", "right_curly_bracket", "V", "H", "a", "*江上的灯", "ctrl+s"),
    "palette": ("enter", "V", "colon"),
    "palette narrowed": ("enter", "colon", "*note"),
}


async def drive(pilot: Pilot[None], keys: tuple[str, ...]) -> None:
    """Press the keys; one that begins with `*` is text, put into the box that has the focus."""
    await pilot.pause(2 * FIRST_FRAME)
    await _settle(pilot)
    for key in keys:
        box = pilot.app.focused
        if not key.startswith("*"):
            await pilot.press(key)
        elif isinstance(box, Input):
            box.insert_text_at_cursor(key[1:])
        elif isinstance(box, TextArea):
            box.insert(key[1:])
        await _settle(pilot)
    for area in pilot.app.screen.query(TextArea):
        area.cursor_blink = False
    for box in pilot.app.screen.query(Input):
        box.cursor_blink = False
    await _settle(pilot)


async def _settle(pilot: Pilot[None]) -> None:
    for _ in range(2):
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
    await asyncio.sleep(0.02)
    await pilot.pause()


def before(keys: tuple[str, ...]) -> Callable[[Pilot[None]], Awaitable[None]]:
    return lambda pilot: drive(pilot, keys)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(snap_compare: SnapCompare, fixed_library: Library, name: str, size: tuple[int, int]) -> None:
    with fixed_library:
        app = JianbaoApp(fixed_library, Settings(author="tester"))
        assert snap_compare(app, terminal_size=size, run_before=before(SCREENS[name]))


@pytest.mark.parametrize("name", SCREENS)
def test_screen_in_chinese(snap_compare: SnapCompare, fixed_library: Library, name: str) -> None:
    """Narrow only: there a text that has become wider shows first, and the pictures are large files."""
    use("zh")
    with fixed_library:
        app = JianbaoApp(fixed_library, Settings(author="tester"))
        assert snap_compare(app, terminal_size=NARROW, run_before=before(SCREENS[name]))


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", ["page", "overlapping", "concordance"])
def test_screen_without_colour(
    snap_compare: SnapCompare, fixed_library: Library, monkeypatch: pytest.MonkeyPatch, name: str, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    with fixed_library:
        app = JianbaoApp(fixed_library, Settings(author="tester"))
        assert snap_compare(app, terminal_size=size, run_before=before(SCREENS[name]))


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_draft(snap_compare: SnapCompare, fixed_library: Library, size: tuple[int, int]) -> None:
    with fixed_library:
        keep_draft(fixed_library, "江上的灯\n从前点灯要划船去对岸。")
        app = JianbaoApp(fixed_library, Settings(author="tester"))
        assert snap_compare(app, terminal_size=size, run_before=before(("A",)))


@pytest.mark.parametrize("size", [WIDE, NARROW, (40, 12)], ids=["wide", "narrow", "tiny"])
def test_review(snap_compare: SnapCompare, fixed_library: Library, size: tuple[int, int]) -> None:
    with fixed_library:
        change_pages(fixed_library, fixed_library.folder)
        app = JianbaoApp(fixed_library, Settings(author="tester"))
        assert snap_compare(app, terminal_size=size, run_before=before(("R",)))


@pytest.mark.parametrize("size", [WIDE, NARROW, (40, 12)], ids=["wide", "narrow", "tiny"])
@pytest.mark.parametrize("keys", [("z",), ("D",)], ids=["folded", "copies"])
def test_repeats(
    snap_compare: SnapCompare, fixed_library: Library, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    with fixed_library:
        print_again(fixed_library.folder)
        app = JianbaoApp(fixed_library, Settings(author="tester"))
        assert snap_compare(app, terminal_size=size, run_before=before(keys))


def test_review_without_colour(
    snap_compare: SnapCompare, fixed_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    with fixed_library:
        change_pages(fixed_library, fixed_library.folder)
        app = JianbaoApp(fixed_library, Settings(author="tester"))
        assert snap_compare(app, terminal_size=NARROW, run_before=before(("R", "n")))


def keep_draft(library: Library, text: str) -> None:
    """The draft of a note on the first page's second sentence, as a killed program leaves it."""
    page, start = "柳塘日报/2024-03-09/01.txt", FERRY.index("渡工老秦说")
    quote = FERRY[start : FERRY.index("。", start) + 1]
    passage = anchors.annotate(page, FERRY, [Span(start, start + len(quote))], author="tester")
    draft = Draft(draft_id(passage, known=False), passage, f"“{quote[:23]}…”", text, "2024-03-09T08:00:00Z")
    Drafts(library.home.drafts).keep(draft)


@pytest.mark.parametrize("theme", ["jianbao-light", "textual-dark"])
def test_theme(snap_compare: SnapCompare, fixed_library: Library, theme: str) -> None:
    with fixed_library:
        app = JianbaoApp(fixed_library, Settings(author="tester", theme=theme))
        assert snap_compare(app, terminal_size=WIDE, run_before=before(SCREENS["highlights"]))


def test_without_colour(snap_compare: SnapCompare, fixed_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    with fixed_library:
        app = JianbaoApp(fixed_library, Settings(author="tester"))
        assert snap_compare(app, terminal_size=WIDE, run_before=before((*SCREENS["highlights"], "w", "v", "w")))
