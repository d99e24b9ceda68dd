"""A key to its painted frame, in the app's own loop, beside the same in a bare Textual app.

    python -m tests.benchmarks.bench_keys [KEYS]

The reader shows an article of 20,000 characters with 500 highlights, the list 100,000 articles; the bare app scrolls a
Static of the same text and walks an OptionList of as many rows. A key's time runs from its arrival at the app until the
escape sequences of the frame that shows what it did have been written. A key is sent every 33 ms, as a keyboard repeats
one that is held, or every 150 ms, as one presses it. Percentiles over 300 keys held and 100 pressed by default.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from typing import ClassVar
from unittest import mock

from textual import events
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.drivers.headless_driver import HeadlessDriver
from textual.widgets import OptionList, Static

from tests.benchmarks.libraries import made_up
from tui.library import anchors
from tui.library.annotations import Change
from tui.library.library import Library
from tui.model import COLOURS, Article, Block, Imprint, Page, Role, Span
from tui.search import words
from tui.settings import Settings
from tui.ui.app import JianbaoApp

SIZE = (140, 40)
LENGTH, HIGHLIGHTS, ARTICLES = 20_000, 500, 100_000
LONG = "甲日报/2024-02-01/01.txt"
_PATIENCE = 60  # seconds; an OptionList measures all its rows before it shows one
HELD, PRESSED = 1 / 30, 0.15  # seconds between two keys


class Frames:
    """When frames were written since the last key."""

    written: ClassVar[list[float]] = []


class SinkDriver(HeadlessDriver):
    """Takes everything a terminal would get, and keeps none of it."""

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        if len(data) > 20:  # more than the marks around a frame
            Frames.written.append(time.perf_counter())


class Bare(App[None]):
    """A Static that scrolls, and an OptionList."""

    def __init__(self, text: str, rows: int) -> None:
        super().__init__()
        self._text, self._rows = text, rows

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="text"):
            yield Static(self._text, markup=False)
        yield OptionList(*[f"第{number}篇" for number in range(self._rows)], id="rows")


async def frame_times(app: App[None], keys: Sequence[str], period: float) -> list[tuple[float, float]]:
    """For each key, sent every so many seconds, the milliseconds until its first frame, and until its last."""
    taken = []
    for key in keys:
        Frames.written.clear()
        began = time.perf_counter()
        app.post_message(events.Key(key, key if len(key) == 1 else None))
        while not Frames.written:
            await asyncio.sleep(0)
            if time.perf_counter() - began > _PATIENCE:
                raise TimeoutError(f"{key}: no frame")
        await asyncio.sleep(max(began + period - time.perf_counter(), 0.001))
        taken.append(((Frames.written[0] - began) * 1000, (Frames.written[-1] - began) * 1000))
    return taken


def show(name: str, taken: Sequence[tuple[float, float]]) -> None:
    """A row of figures."""
    columns = []
    for column in zip(*taken, strict=True):
        ordered = sorted(column)
        columns.append(f"{statistics.median(ordered):6.1f} {ordered[int(len(ordered) * 0.95)]:6.1f} {ordered[-1]:6.1f}")
    print(f"  {name:48} {'   '.join(columns)}", flush=True, file=sys.__stdout__)


Step = tuple[str, tuple[str, ...], tuple[str, ...]]


async def run(app: App[None], steps: Sequence[Step], times: int) -> None:
    """Run an app with the sink for a terminal, and time steps: a name, keys to begin with, keys pressed in turn."""
    app.driver_class = SinkDriver
    Frames.written.clear()
    running = asyncio.create_task(app.run_async(size=SIZE))
    while not Frames.written:  # noqa: ASYNC110 - the driver has no event to wait for
        await asyncio.sleep(0.1)
    await asyncio.sleep(2.0)
    for name, first, keys in steps:
        for one in first:
            app.post_message(events.Key(one, one if len(one) == 1 else None))
            await asyncio.sleep(0.4)
        await frame_times(app, keys[:1] * 6, PRESSED)
        show(f"{name}, held", await frame_times(app, list(islice(cycle(keys), times)), HELD))
        show(f"{name}, pressed", await frame_times(app, list(islice(cycle(keys), times // 3)), PRESSED))
    app.exit()
    await running


def article_text() -> str:
    """20,000 characters in paragraphs, without highlights yet."""
    chance = random.Random(2)
    text = "。".join("".join(made_up(LENGTH // 600)).replace("\n", "，").split("。"))[:LENGTH]
    cuts = sorted(chance.sample(range(200, LENGTH - 200), LENGTH // 250))
    return "\n".join(text[first:last] for first, last in zip([0, *cuts], [*cuts, LENGTH], strict=True))


def as_page(path: str, text: str) -> Page:
    """A page of one article, a paragraph a line."""
    blocks, at = [], 0
    for line in text.split("\n"):
        blocks.append(Block(Role.BODY, (Span(at, at + len(line)),)))
        at += len(line) + 1
    return Page(path, text, "utf-8", Imprint("甲日报", "2024-02-01", "1"), (Article(tuple(blocks), title=text[:12]),))


def read_page(path: str, data: bytes) -> Page:
    """The long article, or a page of ten short ones."""
    text = data.decode()
    if path == LONG:
        return as_page(path, text)
    articles, at = [], 0
    for part in text.split("\n\n"):
        articles.append(Article((Block(Role.BODY, (Span(at, at + len(part)),)),), title=part[:14]))
        at += len(part) + 2
    return Page(path, text, "utf-8", Imprint("甲日报", path[4:14], path[15:17]), tuple(articles))


def highlights(text: str) -> Change:
    """500 highlights of 2 to 60 characters, nested and crossing ones among them."""
    chance = random.Random(3)
    made = []
    for number in range(HIGHLIGHTS):
        start = chance.randrange(LENGTH - 80)
        spans = (Span(start, start + chance.randint(2, 60)),)
        one = anchors.annotate(LONG, text, spans, note="批" * (number % 3), tags=("甲/乙",) * (number % 2))
        made.append(replace(one, colour=COLOURS[number % len(COLOURS)]))
    return Change("made", put=tuple(made))


def make_library(folder: Path, articles: int) -> str:
    """A folder with the long article and so many short ones; the long one's text."""
    text = article_text()
    (folder / LONG).parent.mkdir(parents=True)
    (folder / LONG).write_text(text, "utf-8")
    parts = [part.replace("\n", "，")[:60] for part in made_up(articles // 10)]
    for number in range(articles // 10):
        path = folder / f"甲日报/{2000 + number // 3600}-{number // 300 % 12 + 1:02}-{number // 12 % 25 + 1:02}"
        path.mkdir(exist_ok=True)
        page = "\n\n".join(parts[(number * 7 + at * 13) % len(parts)] for at in range(10))
        (path / f"{number % 12 + 1:02}.txt").write_text(page, "utf-8")
    return text


def main() -> None:
    """Print the figures."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    articles = int(sys.argv[2]) if len(sys.argv) > 2 else ARTICLES
    words.load()
    print(f"milliseconds from key to frame: the first frame (p50, p95, longest), and the last; {times} keys each")
    with tempfile.TemporaryDirectory() as name, mock.patch("tui.pages.page.read_page", read_page):
        folder = Path(name) / "papers"
        folder.mkdir()
        text = make_library(folder, articles)
        with Library(folder, Path(name) / "data") as library:
            with library.catalog() as catalog:
                library.update(catalog)
                total = len(catalog.ids())
            library.apply(highlights(text))
            steps: list[Step] = [
                (f"list of {total:,}: down", (), ("j",)),
                (f"list of {total:,}: a screen down", ("g",), ("space",)),
                ("reader: word", ("g", "enter", "g"), ("w",)),
                ("reader: line", ("g",), ("j",)),
                ("reader: a screen down and up", ("g",), (*["space"] * 8, *["pageup"] * 8)),
                ("reader: selecting by words", ("g", "v"), ("w",)),
                ("reader: next annotation", ("escape", "g"), ("right_square_bracket",)),
                ("panel of 500: down", ("tab", "g"), ("j",)),
            ]
            asyncio.run(run(JianbaoApp(library, Settings(author="reader")), steps, times))
        bare: list[Step] = [
            ("bare Static: line", (), (*["down"] * 100, *["up"] * 100)),
            ("bare Static: a screen down and up", (), (*["pagedown"] * 5, *["pageup"] * 5)),
            (f"bare OptionList of {total:,}: down", ("tab",), ("down",)),
        ]
        asyncio.run(run(Bare(text, total), bare, times))


if __name__ == "__main__":
    main()
