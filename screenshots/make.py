"""Make the pictures in this folder from the running program: `python screenshots/make.py`."""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tui.library.library import Library
from tui.search import words
from tui.settings import Settings
from tui.ui.app import JianbaoApp

HERE = Path(__file__).parent
FONT = "ui-monospace, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', 'Noto Sans CJK SC', 'PingFang SC', monospace"

# Name of the picture, theme, size in cells, keys to press.
PICTURES = (
    (
        "wide",
        "jianbao-dark",
        (132, 36),
        [*"/渡口", "enter", "enter", "V", "H", "a", *"九分钟从哪里来？对照潮汐表。", "ctrl+s", "t", *"交通/水运", "enter", "l"],
    ),
    ("light", "jianbao-light", (132, 36), ["enter", "right_curly_bracket", "V", "H", "c", "c"]),
    ("narrow", "jianbao-dark", (80, 24), ["enter", "right_curly_bracket", "v", "right_parenthesis"]),
    ("help", "jianbao-dark", (132, 36), ["question_mark"]),
)


async def shoot(name: str, theme: str, size: tuple[int, int], keys: Sequence[str], folder: Path) -> None:
    """Save one picture, of a fresh copy of the sample."""
    pages = folder / name / "剪报"
    shutil.copytree(HERE.parent / "corpus", pages)
    with Library(pages, folder / "data") as library:
        app = JianbaoApp(library, Settings(theme=theme, author="reader"))
        async with app.run_test(size=size) as pilot:
            await app.workers.wait_for_complete()
            await pilot.pause(0.3)
            for key in keys:
                await pilot.press(key)
                await pilot.pause(0.05)
            await pilot.pause(0.5)
            (HERE / f"{name}.svg").write_text(plain(app.export_screenshot(title="")), "utf-8")


def plain(svg: str) -> str:
    """The picture without fonts from elsewhere: a viewer has its own."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return re.sub(r"font-family: ?[^;]+;", f"font-family: {FONT};", svg)


def main() -> None:
    """Make them all."""
    words.load()
    with tempfile.TemporaryDirectory() as folder:
        for name, theme, size, keys in PICTURES:
            asyncio.run(shoot(name, theme, size, keys, Path(folder)))
            print(f"screenshots/{name}.svg")


if __name__ == "__main__":
    main()
