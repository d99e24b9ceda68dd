"""What the main screen has done in the background. A worker touches no widget: it posts a message."""

from __future__ import annotations

import contextlib
import time
from array import array
from collections.abc import Callable
from dataclasses import dataclass, replace

from textual import work
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from tui.errors import JianbaoError
from tui.library import repeats
from tui.library.catalog import Catalog, Progress, Update
from tui.library.library import Library
from tui.reading import reading_text
from tui.search import words
from tui.search.matching import hits
from tui.search.query import Query
from tui.ui.document import Document

_COUNTED = 400  # articles whose hits are counted; beyond that the number would cost more than it tells
_TOLD = 5.0  # seconds between two reports of a long search for repeats


class BackgroundScreen(Screen[None]):
    """A screen over a library whose slow work runs in threads."""

    @dataclass
    class Progressed(Message):
        """Pages have been read."""

        progress: Progress

    @dataclass
    class Updated(Message):
        """The catalog is up to date."""

        update: Update

    @dataclass
    class Found(Message):
        """The filter has found its articles."""

        query: Query | None
        ids: array[int]
        articles: int | None = None  # how many they are where repeats are not folded
        instead: int | None = None  # the one that stands for the cursor's article, if that is folded

    @dataclass
    class RepeatsFound(Message):
        """More is known of which articles are copies of one story."""

    @dataclass
    class Counted(Message):
        """The hits of a query have been counted."""

        query: Query
        hits: int

    @dataclass
    class WordsLoaded(Message):
        """The segmenter is there."""

    @dataclass
    class Segmented(Message):
        """The words of a long article are known."""

        document: Document

    @dataclass
    class Failed(Message):
        """Something in the background went wrong."""

        error: JianbaoError

    @dataclass
    class BackupFailed(Message):
        """The day's first backup could not be made."""

        error: JianbaoError

    def __init__(self, library: Library, *, classes: str) -> None:
        """Make the screen of an open library.

        Args:
            library: The folder.
            classes: The screen's classes.
        """
        super().__init__(classes=classes)
        self._library = library
        self._loading_words = False
        self.folding = False  # whether repeated stories are folded into one row

    def _load_words(self) -> None:
        if not self._loading_words:
            self._loading_words = True
            self._load_segmenter()

    @work(thread=True, group="words")
    def _load_segmenter(self) -> None:
        words.load()
        self.post_message(self.WordsLoaded())

    @work(thread=True, group="update")
    def _update_catalog(self) -> None:
        worker = get_current_worker()
        try:
            with self._library.catalog() as catalog:
                update = self._library.update(catalog, self._report, lambda: worker.is_cancelled)
        except JianbaoError as error:
            self.post_message(self.Failed(error))
        else:
            self.post_message(self.Updated(update))

    def _report(self, progress: Progress) -> None:
        self.post_message(self.Progressed(progress))

    @work(thread=True, exclusive=True, group="filter")
    def _search(self, query: Query | None, here: int | None = None) -> None:
        """Find what matches; `here` is the article under the cursor."""
        worker = get_current_worker()
        try:
            with self._library.catalog() as catalog:
                ids, instead = catalog.ids(query), None
                articles = len(ids)
                if self.folding and not worker.is_cancelled:
                    anchors = catalog.ask(repeats.groups)
                    ids = repeats.folded(ids, anchors)
                    instead = repeats.standing_for(here, ids, anchors)
                if worker.is_cancelled:
                    return
                self.post_message(self.Found(query, ids, articles, instead))
                if query is not None and len(ids) <= _COUNTED:
                    total = _count_hits(catalog, ids, query, lambda: worker.is_cancelled)
                    self.post_message(self.Counted(query, total))
        except JianbaoError as error:
            self.post_message(self.Failed(error))

    @work(thread=True, exclusive=True, group="repeats")
    def _find_repeats(self) -> None:
        worker = get_current_worker()
        told = time.monotonic()

        def stop() -> bool:
            nonlocal told
            if (now := time.monotonic()) - told > _TOLD:
                told = now
                self.post_message(self.RepeatsFound())
            return worker.is_cancelled

        try:
            with self._library.catalog() as catalog:
                found = catalog.ask(repeats.find, stop)
        except JianbaoError as error:
            self.post_message(self.Failed(error))
        else:
            if found:
                self.post_message(self.RepeatsFound())

    @work(thread=True, exclusive=True, group="segment")
    def _segment(self, document: Document) -> None:
        found = replace(document, words=words.word_ranges(document.text))
        self.post_message(self.Segmented(found))


def _count_hits(catalog: Catalog, ids: array[int], query: Query, stop: Callable[[], bool]) -> int:
    total = 0
    for article_id in ids:
        if stop():
            break
        with contextlib.suppress(KeyError):  # its page was parsed anew a moment ago
            stored = catalog.article(article_id)
            total += len(hits(query, reading_text(stored.article, stored.page.text).text))
    return total
