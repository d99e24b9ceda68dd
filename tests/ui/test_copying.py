"""Copying passages and citations, and what is said of where they went."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile import PAYLOAD
from tests.ui.conftest import Driver, running
from tui.library.library import Library

QUOTE = "渡工老秦说，从前点灯要划船去对岸，如今天一黑，灯自己就亮。"
FIRST = "本报讯（记者 温亦舟）昨日傍晚，柳塘渡口的十二盏灯换成了太阳能灯。"
CITATION = "温亦舟. 渡口的灯换成了太阳能[N]. 柳塘日报, 2024-03-09(1)."
REACHES = ("DISPLAY", "WAYLAND_DISPLAY", "TMUX", "SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY", "WSL_DISTRO_NAME")


@pytest.fixture(autouse=True)
def _nobodys_clipboard(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches the clipboard of whoever runs it."""
    for name in (*REACHES, "WSL_INTEROP", "TERMUX_VERSION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("tui.clipboard.choose.__defaults__", ("linux",))


@pytest.fixture
def wl_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Wayland session whose clipboard is a file; its script may be written anew."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "wl-copy"
    script.write_text(f"#!/bin/sh\ncat > '{tmp_path}/clipboard'\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    return script


def rewrite(script: Path, body: str) -> None:
    script.write_text(f"#!/bin/sh\n{body}\n")


def copied_to(script: Path) -> str:
    return (script.parent.parent / "clipboard").read_text("utf-8")


async def select_second_sentence(driver: Driver) -> None:
    await driver.press("enter", "right_parenthesis", "V")


async def test_the_selection_goes_to_the_terminal_where_no_program_reaches_the_clipboard(library: Library) -> None:
    async with running(library) as driver:
        await select_second_sentence(driver)
        await driver.press("y")
        assert driver.app.clipboard == QUOTE
        assert driver.message == (
            f"Sent {len(QUOTE)} characters to the terminal (OSC 52); it doesn't say whether it took them"
        )
        assert driver.screen.reader.selection is None


async def test_a_program_is_given_the_selection_where_it_reaches_the_clipboard(library: Library, wl_copy: Path) -> None:
    async with running(library) as driver:
        await select_second_sentence(driver)
        await driver.press("y")
        assert driver.message == f"Copied {len(QUOTE)} characters with wl-copy"
    assert copied_to(wl_copy) == QUOTE


async def test_a_program_that_fails_is_named_and_the_terminal_asked(library: Library, wl_copy: Path) -> None:
    rewrite(wl_copy, "echo 'no compositor' >&2\nexit 1")
    async with running(library) as driver:
        await select_second_sentence(driver)
        await driver.press("y")
        assert driver.message == "wl-copy failed: no compositor; sent to the terminal instead (OSC 52)"
        assert driver.app.clipboard == QUOTE


async def test_without_a_selection_it_is_the_sentence_and_said_so(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter", "y")
        assert driver.app.clipboard == FIRST
        assert driver.message.startswith("The sentence. Sent")


async def test_the_highlight_under_the_cursor_comes_before_the_sentence(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter", "right_parenthesis", "v", "l", "l", "l", "H", "y")
        assert driver.app.clipboard == QUOTE[:4]


async def test_a_highlight_over_paragraphs_keeps_them_apart(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter", "V", "V", "right_parenthesis", "H", "g", "right_square_bracket", "y")
        lines = driver.app.clipboard.split("\n")
        assert lines[0] == FIRST + QUOTE
        assert lines[1].startswith("“灯一亮")
        await driver.press("tab", "y")
        assert driver.app.clipboard.split("\n") == lines


async def test_a_quotation_comes_with_its_citation(library: Library) -> None:
    async with running(library) as driver:
        await select_second_sentence(driver)
        await driver.press("Y")
        assert driver.app.clipboard == f"“{QUOTE}”\n{CITATION}"


async def test_the_list_copies_the_articles_citation(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("Y")
        assert driver.app.clipboard == CITATION


async def test_the_panel_copies_its_passage_and_says_where_there_is_none(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("enter", "tab", "y")
        assert driver.message == "No annotation here"
        await driver.press("q", "g", "a")
        await driver.type("江上")
        await driver.press("escape", "tab", "y")
        assert driver.app.clipboard == "渡口的灯换成了太阳能"
        assert driver.message.startswith("The headline. Sent")
        await driver.press("Y")
        assert driver.app.clipboard.endswith(CITATION)


async def test_a_page_puts_no_escape_sequence_into_a_shell(pages: Path, tmp_path: Path) -> None:
    text = f"# 江上的灯{PAYLOAD}\n\n昨日傍晚{PAYLOAD}，渡口的灯亮了，天一黑，灯自己就亮。\n"
    (pages / "柳塘日报" / "2024-03-09" / "01.txt").write_text(text.replace("\x00", ""), "utf-8", newline="")
    with Library(pages, tmp_path / "data") as library:
        async with running(library) as driver:
            for keys, held in (("Y", "柳塘日报"), ("enter G V V V y", "␛[31m"), ("V V V Y", "␛[31m")):
                await driver.press(*keys.split())
                copied = driver.app.clipboard
                assert held in copied
                assert not [one for one in copied if (ord(one) < 32 and one not in "\n\t") or 127 <= ord(one) < 160]


async def test_more_than_terminals_take_is_said(pages: Path, tmp_path: Path) -> None:
    body = "\n\n".join(f"第{number}班船从渡口开出，江上有风，晚了五分钟才靠岸。" for number in range(2500))
    (pages / "柳塘日报" / "2024-03-09" / "01.txt").write_text(f"# 渡口一年的班次\n\n{body}\n", "utf-8")
    with Library(pages, tmp_path / "data") as library:
        async with running(library) as driver:
            await driver.press("enter", "V", "V", "V", "y")
            assert driver.message.endswith("It is more than many terminals take")


async def test_a_program_that_only_reads_copies(library: Library, tmp_path: Path) -> None:
    with Library(library.folder, tmp_path / "data") as second:
        async with running(second) as driver:
            await select_second_sentence(driver)
            await driver.press("y")
            assert driver.app.clipboard == QUOTE


async def test_nothing_is_copied_where_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with Library(tmp_path / "empty", tmp_path / "data") as library:
        async with running(library) as driver:
            await driver.press("Y", "tab", "y", "Y", "tab", "y", "A")
            assert driver.app.is_running
            assert driver.app.clipboard == ""
