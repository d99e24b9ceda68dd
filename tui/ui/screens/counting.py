"""How the statistics screen comes by its counts: articles at once, words from samples that grow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import work
from textual.message import Message
from textual.worker import get_current_worker

from tui.errors import JianbaoError
from tui.library import statistics as counting
from tui.library.census import Share, census
from tui.library.library import Library
from tui.search.query import Query
from tui.search.tally import Sampled
from tui.ui.screens.own_keys import OwnKeysScreen, Ways


class CountingScreen(OwnKeysScreen[str | None]):
    """A screen that counts what a query finds, and is told as it comes in."""

    @dataclass
    class Counted(Message):
        """The articles have been counted by day and paper."""

        found: int
        shares: Sequence[Share]

    @dataclass
    class WordsCounted(Message):
        """Words have been counted, those of all articles wanted if `ended`.

        Attributes:
            wanted: How many articles of each side are read at most.
        """

        sampled: Sampled
        wanted: int
        ended: bool

    @dataclass
    class Failed(Message):
        """Something in the background went wrong."""

        error: JianbaoError

    def __init__(self, library: Library, ways: Ways, query: Query | None) -> None:
        """Make the screen of an open library.

        Args:
            library: The folder.
            ways: How it is changed.
            query: What is counted; None for all articles.
        """
        super().__init__(library, ways)
        self._query = query

    @work(thread=True, exclusive=True, group="count")
    def count(self) -> None:
        """Count in the background; what was under way ends."""
        worker = get_current_worker()
        try:
            with self._library.catalog() as catalog:
                if self._query is None:
                    shares = catalog.ask(census, None, lambda: worker.is_cancelled)
                    self.post_message(self.Counted(catalog.count(), shares))
                    return
                found = self._library.found(catalog, self._query, lambda: worker.is_cancelled)
                shares = catalog.ask(census, found, lambda: worker.is_cancelled)
                if worker.is_cancelled:
                    return
                self.post_message(self.Counted(len(found), shares))
                rest, sampled = counting.others(catalog.ids(), found), None
                size = counting.sample_size()
                for sampled in counting.count_words(
                    catalog, self._query, found, rest, size=size, stop=lambda: worker.is_cancelled
                ):
                    self.post_message(self.WordsCounted(sampled, size, ended=False))
                if sampled is not None and not worker.is_cancelled:
                    self.post_message(self.WordsCounted(sampled, size, ended=True))
        except JianbaoError as error:
            self.post_message(self.Failed(error))
