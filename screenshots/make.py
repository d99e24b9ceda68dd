"""Make the pictures in this folder from the running program: `python screenshots/make.py`."""

from __future__ import annotations

import asyncio
import html
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.cells import cell_len
from textual.widgets import Input, TextArea

from tui import language
from tui.library.library import Library
from tui.search import words
from tui.settings import Settings
from tui.ui.app import JianbaoApp

HERE = Path(__file__).parent
CELL = 12.2  # the width of a cell in the exporter's units
FONT = "ui-monospace, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', 'Noto Sans CJK SC', 'PingFang SC', monospace"

# Name of the picture, language, theme, size in cells, keys to press; what begins with * is typed into the box that has
# the focus.
MARKED = [
    *("slash", "*渡口", "down", "enter", "right_curly_bracket", "right_curly_bracket", "V", "H"),
    *("a", "*九分钟从哪里来？对照当天的水位。", "escape", "t", "*交通/水运, 口述", "enter"),
    *("right_curly_bracket", "right_parenthesis", "V", "H", "c", "c", "right_parenthesis", "v", "w", "w"),
]
PICTURES = (
    ("wide", "en", "jianbao-dark", (132, 36), MARKED),
    ("light", "en", "jianbao-light", (132, 36), ["j", "enter", "right_curly_bracket", "V", "H", "c", "c"]),
    ("narrow", "en", "jianbao-dark", (80, 24), ["enter", "right_curly_bracket", "v", "right_parenthesis"]),
    ("page", "en", "jianbao-dark", (132, 36), ["enter", "right_curly_bracket", "p"]),
    ("chinese", "zh", "jianbao-light", (132, 36), [*MARKED, "colon"]),
    ("help", "en", "jianbao-dark", (132, 36), ["question_mark"]),
    ("concordance", "en", "jianbao-dark", (132, 36), ["slash", "*渡口", "enter", "X", "r", "j", "j", "j"]),
    ("statistics", "en", "jianbao-light", (132, 36), ["slash", "*渡", "enter", "percent_sign", "3", "j"]),
)


async def shoot(name: str, theme: str, size: tuple[int, int], keys: Sequence[str], folder: Path) -> None:
    """Save one picture, of a fresh copy of the sample."""
    pages = folder / name / "sample"
    shutil.copytree(HERE.parent / "corpus", pages)
    with Library(pages, folder / "data") as library:
        app = JianbaoApp(library, Settings(theme=theme, author="reader"))
        async with app.run_test(size=size) as pilot:
            await app.workers.wait_for_complete()
            await pilot.pause(0.5)
            for key in keys:
                box = app.focused
                if not key.startswith("*"):
                    await pilot.press(key)
                elif isinstance(box, Input):
                    box.insert_text_at_cursor(key[1:])
                elif isinstance(box, TextArea):
                    box.insert(key[1:])
                await pilot.pause(0.1)
            await pilot.pause(0.5)
            (HERE / f"{name}.svg").write_text(plain(app.export_screenshot(title="")), "utf-8")


def plain(svg: str) -> str:
    """The picture with fonts that a viewer has, each run as wide as its cells (the exporter counts characters)."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: ?[^;]+;", f"font-family: {FONT};", svg)
    return re.sub(r'textLength="[\d.]+"([^>]*)>([^<]*)<', _as_wide_as_its_cells, svg)


def _as_wide_as_its_cells(match: re.Match[str]) -> str:
    cells = cell_len(html.unescape(match[2]))
    return f'textLength="{cells * CELL:g}" lengthAdjust="spacingAndGlyphs"{match[1]}>{match[2]}<'


def main() -> None:
    """Make them all."""
    words.load()
    with tempfile.TemporaryDirectory() as folder:
        for name, spoken, theme, size, keys in PICTURES:
            language.use(spoken)
            asyncio.run(shoot(name, theme, size, keys, Path(folder)))
            print(f"screenshots/{name}.svg")


if __name__ == "__main__":
    main()
