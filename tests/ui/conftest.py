"""A small library of pages whose articles any parser finds, and the application over it."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from tui.library.library import Library
from tui.search import words
from tui.settings import Settings
from tui.ui.app import JianbaoApp
from tui.ui.screens.library import LibraryScreen

WIDE, NARROW = (140, 40), (80, 24)
FIRST_FRAME = 0.02  # seconds

FERRY = """# 渡口的灯换成了太阳能

本报讯（记者 温亦舟）昨日傍晚，柳塘渡口的十二盏灯换成了太阳能灯。\
渡工老秦说，从前点灯要划船去对岸，如今天一黑，灯自己就亮。

“灯一亮，江面就窄了。”等船的学生阮小满说。她每周五从镇上回家，过江要走八分钟。

渡口管理所计划在明年汛期之前，把两岸的石阶重新铺过，再添一个候船的棚子。
"""
TEA = """# 雨前茶少了三成

今年清明前后，石坪乡下了二十一天雨，雨前茶的产量少了三成。茶农说，雨水多，芽头大，味道却淡。

乡里的制茶师傅把杀青的火候提高了五度，又把摊青的时间延长一个小时，香气才慢慢回来。
"""


@pytest.fixture(scope="session", autouse=True)
def _segmenter() -> None:
    """Loaded once: every screen would otherwise wait for it."""
    words.load()


@pytest.fixture(autouse=True)
def _colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of many colours, whatever the tests run in: one of few shows highlights otherwise."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(autouse=True)
def _no_first_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """What begins in the background need not leave the first frame its time: nobody waits for it here."""
    monkeypatch.setattr("tui.ui.screens.library.FIRST_FRAME_SECONDS", FIRST_FRAME)


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    """A program that ends takes what it kept from the collector with it; here the next test follows."""
    yield
    gc.unfreeze()


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder of two pages."""
    folder = tmp_path / "papers"
    (folder / "柳塘日报" / "2024-03-09").mkdir(parents=True)
    (folder / "柳塘日报" / "2024-03-09" / "01.txt").write_text(FERRY, "utf-8")
    (folder / "柳塘日报" / "2024-03-09" / "02.txt").write_text(TEA, "utf-8")
    return folder


@pytest.fixture
def library(pages: Path, tmp_path: Path) -> Iterator[Library]:
    """The folder, open for writing, its catalog up to date."""
    with Library(pages, tmp_path / "data") as opened:
        with opened.catalog() as catalog:
            catalog.update(pages)
        yield opened


@pytest.fixture
def fixed_library(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """The library under a name that is the same on every machine, and on one and the same day."""
    for module in ("tui.library.anchors", "tui.ui.marking", "tui.ui.borders"):
        monkeypatch.setattr(f"{module}.now", lambda: "2024-03-10T12:00:00Z")
    library = Library(pages, tmp_path / "data")
    with library.catalog() as catalog:
        catalog.update(pages)
    return library


class Driver:
    """What a test does with the program: press keys, type text, look."""

    def __init__(self, app: JianbaoApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> LibraryScreen:
        """The main screen, whatever lies over it."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, LibraryScreen))

    @property
    def message(self) -> str:
        """What the status line says."""
        return self.screen.status.message

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other, and wait until what they began is done."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is under way."""
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Put text into the box that has the focus, as an input method does."""
        box = self.app.focused
        assert isinstance(box, Input | TextArea)
        if isinstance(box, Input):
            box.insert_text_at_cursor(text)
        else:
            box.insert(text)
        await self.settle()

    def lines(self) -> list[str]:
        """The screen as text."""
        return screen_lines(self.app)


def screen_lines(app: JianbaoApp) -> list[str]:
    """What stands on the terminal's lines."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


@asynccontextmanager
async def running(
    library: Library, size: tuple[int, int] = WIDE, settings: Settings | None = None
) -> AsyncIterator[Driver]:
    """The program over a library, its pages read and its words loaded."""
    app = JianbaoApp(library, settings or Settings(author="tester"))
    async with app.run_test(size=size) as pilot:
        driver = Driver(app, pilot)
        await pilot.pause(2 * FIRST_FRAME)
        await driver.settle()
        await driver.settle()
        yield driver
