"""The list is asked for anew only where the catalog has changed: it may be very long."""

from __future__ import annotations

from unittest import mock

from tests.ui.conftest import Driver, running
from tui.library.catalog import Progress, Update
from tui.library.library import Library
from tui.ui.screens.background import BackgroundScreen


async def asked_after(driver: Driver, message: BackgroundScreen.Updated | BackgroundScreen.Progressed) -> int:
    """How often the list is asked for because of a message."""
    screen = driver.screen
    with mock.patch.object(screen, "refresh_list", wraps=screen.refresh_list) as asked:
        screen.post_message(message)
        await driver.settle()
    return asked.call_count


async def test_an_update_with_nothing_new_leaves_the_list(library: Library) -> None:
    async with running(library) as driver:
        await driver.settle()
        nothing = Update(0, 0, 0, 3, ())
        assert await asked_after(driver, BackgroundScreen.Updated(nothing)) == 0
        assert await asked_after(driver, BackgroundScreen.Progressed(Progress(0, 0, ""))) == 0


async def test_pages_that_have_come_renew_it(library: Library) -> None:
    async with running(library) as driver:
        await driver.settle()
        before = len(driver.screen.articles.ids)
        (library.folder / "晚报-2024-01-26-09.txt").write_text(
            "新渡口\n　　这里有了一个新的渡口，船来船往。\n", "utf-8"
        )
        with library.catalog() as catalog:
            library.update(catalog)
        assert await asked_after(driver, BackgroundScreen.Progressed(Progress(1, 1, ""))) == 1
        await driver.settle()
        assert len(driver.screen.articles.ids) == before + 1
