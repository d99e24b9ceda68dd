"""How the main screen comes by keywords: those of the open article at once, all others in the background."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

from textual import on, work
from textual.message import Message
from textual.worker import get_current_worker

from tui.errors import JianbaoError
from tui.language import ngettext
from tui.library.library import Library
from tui.search import words
from tui.settings import Settings
from tui.ui.document import Document, with_keywords
from tui.ui.screens.background import BackgroundScreen
from tui.ui.screens.reading import ReadingScreen

REST = 1.0  # as long as the work: a key that waits for the interpreter gets it then


class GatheringScreen(ReadingScreen):
    """A screen that gathers the keywords of its library once the pages are read and the segmenter is there."""

    @dataclass
    class Described(Message):
        """The keywords of an article have been worked out."""

        article_id: int
        keywords: tuple[str, ...]

    @dataclass
    class Gathered(Message):
        """The keywords of all articles are there, or the pass was stopped."""

    @dataclass
    class Mistaken(Message):
        """There are mistakes in the user's lists of words."""

        mistakes: tuple[str, ...]

    def __init__(self, library: Library, settings: Settings, *, classes: str) -> None:
        super().__init__(library, settings, classes=classes)
        self._up_to_date = False
        self._gathering = self._gather_again = False
        self._describing: int | None = None  # the article whose keywords are being worked out
        self._told_mistakes: tuple[str, ...] = ()

    @abstractmethod
    def say_too(self, message: str) -> None:
        """Show a warning beside the message that is shown now."""

    @on(BackgroundScreen.Updated)
    def _begin_after_update(self) -> None:
        self._up_to_date = True
        if words.loaded():
            self._gather()

    @on(BackgroundScreen.WordsLoaded)
    def _begin_with_words(self) -> None:
        document = self.reader.document if self.complete else None
        if document is not None and not document.keywords:
            self.describe(document)
        if self._up_to_date:
            self._gather()

    # All articles

    def _gather(self) -> None:
        """Begin a pass; one that is under way ends first, as it may have missed what is new."""
        self._gather_again = self._gathering
        if not self._gathering:
            self._gathering = True
            self._gather_keywords()

    @work(thread=True, group="keywords")
    def _gather_keywords(self) -> None:
        from tui.library.gathering import Pass, gather

        worker = get_current_worker()
        how = Pass(stop=lambda: worker.is_cancelled, rest=REST, may_renew=not self._library.annotations.read_only)
        try:
            self._use_own_words()
            with self._library.catalog() as catalog:
                catalog.ask(gather, how)
        except JianbaoError as error:
            self.post_message(self.Failed(error))
        self.post_message(self.Gathered())

    @on(Gathered)
    def _show_gathered(self) -> None:
        """What the open article shows is what will be found and counted."""
        self._gathering = False
        if self._gather_again:
            self._gather()
        document = self.reader.document if self.complete else None
        if document is not None:
            from tui.library import keywords

            now = with_keywords(document, self._catalog.ask(keywords.of_article, document.id))
            if now.keywords and now != document:
                self.reader.reset(now)

    # The open one

    def describe(self, document: Document) -> None:
        if words.loaded() and self._describing != document.id:
            self._describing = document.id
            self._work_out_keywords(document)

    @work(thread=True, group="describe")
    def _work_out_keywords(self, document: Document) -> None:
        from tui.library import keywords
        from tui.search.keywords import counts_of

        if self._describing != document.id:
            return
        found: tuple[str, ...] = ()
        try:
            counts = counts_of(document.stored.article, document.stored.page.text)
            with self._library.catalog() as catalog:
                found = catalog.ask(keywords.of_article, document.id) or catalog.ask(keywords.worked_out, counts)
        except JianbaoError as error:
            self.post_message(self.Failed(error))
        self.post_message(self.Described(document.id, found))

    @on(Described)
    def _show_keywords(self, message: Described) -> None:
        if self._describing == message.article_id:
            self._describing = None
        document = self.reader.document
        if message.keywords and document is not None and document.id == message.article_id and not document.keywords:
            self.reader.reset(with_keywords(document, message.keywords))

    # The user's lists of words

    def tell_mistakes(self, mistakes: tuple[str, ...]) -> None:
        self.post_message(self.Mistaken(mistakes))

    @on(Mistaken)
    def _show_mistakes(self, message: Mistaken) -> None:
        if message.mistakes == self._told_mistakes:
            return
        self._told_mistakes = message.mistakes
        said, *others = message.mistakes
        if others:
            said += ngettext(" and {count} more mistake", " and {count} more mistakes", len(others)).format(
                count=len(others)
            )
        self.say_too(said)
