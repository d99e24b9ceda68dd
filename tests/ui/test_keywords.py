"""An article's keywords stand in its head, gathered or worked out at once; the user's words are cut whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.ui.conftest import NARROW, Driver, running
from tui.language import use
from tui.library import keywords
from tui.library.library import Library
from tui.model import Role
from tui.search import words
from tui.ui.document import Document, open_document, with_keywords
from tui.ui.galley import Setting, set_document
from tui.ui.screens.gathering import GatheringScreen


@pytest.fixture(autouse=True)
def _own_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.settings.settings_path", lambda: tmp_path / "config" / "config.toml")


def keyword_line(driver: Driver) -> str:
    return next((line.strip() for line in driver.lines() if "Keywords: " in line or "关键词：" in line), "")


def document_of(library: Library) -> Document:
    with library.catalog() as catalog:
        return open_document(catalog.article(catalog.ids()[0]))


def test_the_line_is_the_galley_s_own_and_no_text(library: Library) -> None:
    document = with_keywords(document_of(library), ["渡口", "太阳能", "石阶"])
    for width in (30, 90):
        lines = set_document(document, width, Setting()).lines
        at = next(at for at, line in enumerate(lines) if line.text.startswith("Keywords"))
        assert (lines[at].role, lines[at].start, lines[at].end) == (None, 0, 0)
        assert lines[at + 1] == replace(lines[at + 1], text="", role=None)
        plain = set_document(document_of(library), width, Setting()).lines
        assert [line for line in lines if not line.text.startswith("Keywords")] == list(plain)


def test_a_narrow_pane_has_as_many_keywords_as_find_room(library: Library) -> None:
    document = with_keywords(document_of(library), ["渡口", "太阳能", "石阶"])

    def said(width: int) -> list[str]:
        return [line.text for line in set_document(document, width, Setting()).lines if "Keywords" in line.text]

    assert said(90) == ["Keywords: 渡口  太阳能  石阶"]
    assert said(30) == ["Keywords: 渡口  太阳能"]
    assert said(12) == []


def test_hostile_keywords_are_made_safe(library: Library) -> None:
    assert with_keywords(document_of(library), ["\x1b]52;c;\x07"]).keywords == ("␛]52;c;␇",)


async def test_the_open_article_shows_its_keywords(library: Library) -> None:
    async with running(library) as driver:
        await driver.settle()
        assert keyword_line(driver).find("渡口") > 0
        with library.catalog() as catalog:
            kept = catalog.ask(keywords.of_article, driver.screen.articles.ids[0])
        assert driver.screen.reader.document is not None
        assert driver.screen.reader.document.keywords == kept
        assert driver.screen.reader.document.words


async def test_they_show_narrow_and_in_chinese(library: Library) -> None:
    use("zh")
    async with running(library, NARROW) as driver:
        await driver.press("enter")
        assert keyword_line(driver).startswith("关键词：")


async def test_the_open_article_s_are_worked_out_at_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GatheringScreen, "_gather", lambda _screen: None)
    async with running(library) as driver:
        await driver.settle()
        assert "渡口" in keyword_line(driver)
        with library.catalog() as catalog:
            assert catalog.ask(keywords.of_article, driver.screen.articles.ids[0]) == ()
        await driver.press("j")
        await driver.pilot.pause(0.1)
        await driver.settle()
        assert "雨前茶" in keyword_line(driver) or "茶" in keyword_line(driver)


async def test_the_cursor_and_a_selection_stay_where_they_are(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GatheringScreen, "_gather", lambda _screen: None)
    monkeypatch.setattr(GatheringScreen, "describe", lambda _screen, _document: None)
    monkeypatch.setattr(GatheringScreen, "_begin_with_words", lambda _screen: None)
    async with running(library) as driver:
        await driver.press("enter", "w", "v", "w", "w")
        before = driver.screen.reader.caret
        assert driver.screen.reader.document is not None
        message = GatheringScreen.Described(driver.screen.reader.document.id, ("渡口",))
        driver.screen.post_message(message)
        await driver.settle()
        assert driver.screen.reader.caret == before
        assert keyword_line(driver) == "Keywords: 渡口" or "渡口" in keyword_line(driver)


async def test_keywords_of_another_article_are_not_shown(library: Library) -> None:
    async with running(library) as driver:
        driver.screen.post_message(GatheringScreen.Described(9999, ("别的",)))
        await driver.settle()
        assert "别的" not in keyword_line(driver)


async def test_words_of_the_user_s_are_cut_whole(library: Library) -> None:
    (library.folder / "words.dict").write_text("渡工老秦说\n", "utf-8")
    words.use_words({})
    async with running(library) as driver:
        await driver.settle()
        document = driver.screen.reader.document
        assert document is not None
        assert "渡工老秦说" in [document.text[start:end] for start, end in document.words]
        assert not driver.screen.status.message
    words.use_words({})


async def test_a_damaged_line_is_named(library: Library) -> None:
    (library.folder / "words.dict").write_text("渡工\n说\n——\n", "utf-8")
    async with running(library) as driver:
        await driver.settle()
        assert "words.dict:2: is too short" in driver.message
        assert "and 1 more mistake" in driver.message
    words.use_words({})


def test_heads_without_keywords_are_as_they_were(library: Library) -> None:
    document = document_of(library)
    lines = set_document(document, 60, Setting()).lines
    assert [line.role for line in lines[:4]] == [Role.HEADLINE, None, None, None]
