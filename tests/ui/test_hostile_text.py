"""Markup and control characters in every place of the screen that shows text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile import MARKUP, PAYLOAD
from tests.ui.conftest import NARROW, WIDE, Driver, running
from tui.display import visible_line
from tui.library.library import Library

SIZES = (WIDE, NARROW)


async def everywhere(driver: Driver) -> str:
    """Walk every pane and sheet; all that was on the screen meanwhile."""
    seen = []
    for keys in (
        ("g",),
        ("enter",),
        ("right_curly_bracket", "V", "H"),
        ("tab",),
        ("t",),
        ("escape",),
        ("a",),
        ("escape",),
        ("exclamation_mark",),
        ("q",),
        ("q", "q"),
    ):
        await driver.press(*keys)
        seen += driver.lines()
    assert driver.app.is_running
    return "\n".join(seen)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("markup", MARKUP)
async def test_markup_is_shown_to_the_letter(tmp_path: Path, markup: str, size: tuple[int, int]) -> None:
    folder = tmp_path / "[b]papers"
    folder.mkdir()
    name = markup.replace("/", "／").replace("\\", "＼")
    text = f"# {markup}渡口\n\n江上{markup}有风，第一班船晚开了五分钟，等船的人都站到棚子底下去了。\n"
    (folder / f"{name}.txt").write_text(text, "utf-8")
    (folder / f"{name} bad.txt").write_bytes(b"\x00\xff\x00\x01")
    with Library(folder, tmp_path / "data") as library:
        async with running(library, size) as driver:
            for key, said in (("a", f"note {markup}"), ("t", f"tag{markup}")):
                await driver.press(key)
                await driver.type(said)
                await driver.press("ctrl+s")
            shown = await everywhere(driver)
    assert f"{markup}渡口" in shown
    assert f"江上{markup}有风" in shown.replace("\n", "")
    assert f"note {markup}" in shown
    assert f"{name} bad.txt" in shown
    assert "[b]papers" in shown
    (made,) = (one for one in library.annotations.all() if one.note)
    assert made.note == f"note {markup}"


@pytest.mark.parametrize("size", SIZES)
async def test_controls_are_marks_one_for_one(tmp_path: Path, size: tuple[int, int]) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    payload = PAYLOAD.replace("\x00", "").replace("\u2028", "")
    text = f"# {payload}渡口\n\n江上{payload}有风，第一班船晚开了五分钟，等船的人都站到棚子底下去了。\n"
    (folder / "a.txt").write_text(text, "utf-8", newline="")
    with Library(folder, tmp_path / "data") as library:
        async with running(library, size) as driver:
            await driver.press("a")
            await driver.type(f"note {payload}")
            await driver.press("ctrl+s")
            shown = await everywhere(driver)
    assert visible_line(payload)[:12] in shown
    assert set(PAYLOAD) & set(shown) <= {"\n", *map(chr, range(0x20, 0x7F))}
    stored = [one.exact for one in library.annotations.all()]
    assert any(payload in exact for exact in stored)
