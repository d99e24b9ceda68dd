"""What the main screen has done in the background. A worker touches no widget: it posts a message."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from textual import work
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from tui.errors import JianbaoError
from tui.library.catalog import Progress, Update
from tui.library.library import Library
from tui.search import words
from tui.ui.document import Document

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
    class RepeatsFound(Message):
        """More is known of which articles are copies of one story."""

    @dataclass
    class WordsLoaded(Message):
        """The segmenter is there."""

    @dataclass
    class WordsChanged(Message):
        """Other words than before are cut whole."""

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
        self._use_own_words()
        words.load()
        self.post_message(self.WordsLoaded())

    def _use_own_words(self) -> None:
        """Have the user's own words cut whole; in a worker."""
        from tui.library import dictionary
        from tui.settings import settings_path

        folders = (settings_path().parent, self._library.folder, self._library.home.folder)
        found = dictionary.read(folders)
        if words.use_words(found.words):
            self.post_message(self.WordsChanged())
        if found.mistakes:
            self.tell_mistakes(found.mistakes)

    def tell_mistakes(self, mistakes: tuple[str, ...]) -> None:
        """Say what is wrong in the user's lists of words; in a worker."""

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

    @work(thread=True, exclusive=True, group="repeats")
    def _find_repeats(self) -> None:
        from tui.library import repeats

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
