"""How the main screen keeps the place in the article that is read: when it is left, and while it is read."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from typing import TYPE_CHECKING

from tui.errors import JianbaoError
from tui.library.catalog import StoredArticle
from tui.library.library import Library
from tui.model import Reading
from tui.settings import Settings
from tui.ui import marking
from tui.ui.screens.deeds import DeedScreen

if TYPE_CHECKING:
    from textual.timer import Timer

_KEPT_EVERY = 5.0  # seconds, while the cursor moves: no more of the way through an article is ever lost


class KeepingScreen(DeedScreen):
    """A screen that knows how far its article has been read."""

    def __init__(self, library: Library, settings: Settings, *, classes: str) -> None:
        super().__init__(library, settings, classes=classes)
        self._unwritten: dict[tuple[str, int], int] = {}  # places in articles on their way to the disk
        self._keeping: Timer | None = None

    @abstractmethod
    def reached(self) -> tuple[StoredArticle, int] | None:
        """The article that is being read, and the position of its page where the cursor stands; None for none."""

    def kept_place(self, reading: Reading) -> int | None:
        """How far an article has been read, the disk knows it already or not."""
        return self._unwritten.get((reading.page, reading.start), reading.place)

    def keep_soon(self) -> None:
        """Keep the place before long."""
        if self._keeping is None and self.reached() is not None:
            self._keeping = self.set_timer(_KEPT_EVERY, self.keep_now)

    def keep_now(self) -> None:
        """Keep the place, without waiting for the disk."""
        if self._keeping is not None:
            self._keeping.stop()
            self._keeping = None
        reached = self.reached()
        if reached is not None and not self._library.annotations.read_only:
            self.run_worker(self._keep_place(*reached))

    async def _keep_place(self, stored: StoredArticle, position: int) -> None:
        reading = self._library.reading(stored)
        key = reading.page, reading.start
        if reading.place == position and key not in self._unwritten:
            return
        self._unwritten[key] = position
        try:
            async with self._making:
                change = marking.keep_place(self._library.reading(stored), position)
                await asyncio.to_thread(self._library.apply, change)
        except JianbaoError as error:
            self.say(str(error), warning=True)
        if self._unwritten.get(key) == position:
            del self._unwritten[key]

    async def action_quit(self) -> None:
        reached = self.reached()
        if reached is not None and not self._library.annotations.read_only:
            await self._keep_place(*reached)
        self.app.exit()
