"""What the main screen reads: the article, its annotations beside it, and the ways from one to the next."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on

from tui.errors import JianbaoError, LibraryError
from tui.language import _
from tui.library.catalog import StoredArticle
from tui.library.library import Library
from tui.model import Annotation, Scope
from tui.search import words
from tui.search.query import Query
from tui.settings import Settings
from tui.ui import marking
from tui.ui.commands import Where
from tui.ui.document import Document, open_document, with_keywords
from tui.ui.jumps import Jumps, Place
from tui.ui.screens.background import BackgroundScreen
from tui.ui.screens.keeping import KeepingScreen
from tui.ui.widgets.article_list import ArticleList

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui.ui.widgets.annotation_panel import AnnotationPanel
    from tui.ui.widgets.reader import Reader

PLACES = {"list": Where.LIST, "reader": Where.READER, "panel": Where.PANEL}
_RESTING_SECONDS = 0.04
_SEGMENTED_AT_ONCE = 2000  # characters whose words cost a fraction of a frame


class ReadingScreen(KeepingScreen):
    """A screen with a list, a reader and a panel.

    Attributes:
        articles: The list.
        reader: The reader, once `complete`.
        panel: The annotations, once `complete`.
        complete: Whether reader and panel are there.
    """

    articles: ArticleList
    reader: Reader
    panel: AnnotationPanel

    def __init__(self, library: Library, settings: Settings, *, classes: str) -> None:
        super().__init__(library, settings, classes=classes)
        self._catalog = library.catalog()
        self._query: Query | None = None
        self._resting: Timer | None = None
        self._due: int | None = None  # the article under the list's cursor, as long as the reader does not show it
        self._opened: tuple[int, Query | None] | None = None  # the article last read, and the filter it was found by
        self._jumps = Jumps()
        self._left: Place | None = None  # where the article read before this one was left
        self.complete = False

    @abstractmethod
    async def complete_panes(self) -> None:
        """Put reader and panel beside the list, unless they are there."""

    @abstractmethod
    def refresh_list(self, *, fresh: bool = False) -> None:
        """Show what the catalog has by now under the present filter."""

    @abstractmethod
    def failed(self, error: JianbaoError) -> None:
        """Say that the catalog could not be read; a damaged one is made anew."""

    @abstractmethod
    async def search_for(self, text: str) -> None:
        """Put `text` into the filter, and go to the list once it shows what is found."""

    @abstractmethod
    def _show_status(self) -> None:
        """Say what is open, and how far one is."""

    @abstractmethod
    def go_to(self, place: str) -> None:
        """Give a pane the focus."""

    def describe(self, document: Document) -> None:
        """Find the keywords of an article that has none in the catalog yet."""

    @property
    def _place(self) -> str:
        """The pane that has the focus, or had it before the filter box got it."""
        return next((name for name in PLACES if self.has_class(f"-at-{name}")), "list")

    @on(BackgroundScreen.WordsLoaded)
    def _use_words(self) -> None:
        if self.complete and self.reader.document is not None and not self.reader.document.words:
            self._segment(self.reader.document)

    @on(BackgroundScreen.WordsChanged)
    def _use_other_words(self) -> None:
        if self.complete and self.reader.document is not None and self.reader.document.words:
            self._segment(self.reader.document)

    @on(ArticleList.Highlighted)
    def _preview(self, message: ArticleList.Highlighted) -> None:
        """Show the article under the list's cursor, once that has come to rest: a held key is not kept waiting."""
        if message.article_id == self.articles.article_id:
            self._due = message.article_id
            if self._resting is not None:
                self._resting.stop()
            self._resting = self.set_timer(_RESTING_SECONDS, self.catch_up)

    def catch_up(self) -> None:
        """Show the article that the list's cursor has come to, if it is not shown yet."""
        due, self._due = self._due, None
        if due is not None and due == self.articles.article_id:
            self._show_article(due)

    def _show_article(self, article_id: int | None) -> None:
        """Show an article in the reader; None empties it."""
        self._due = None
        if not self.complete:
            return
        shown = self.reader.document
        if shown is not None and shown.id == article_id:
            return
        if self._opened is not None:
            self._left = self.reader.place
            self.keep_now()
            self._opened = None
        if article_id is None:
            self.reader.show(None, None, ())
            self._show_panel(None, ())
            return
        try:
            stored = self._catalog.article(article_id)
        except KeyError:  # its page was parsed anew a moment ago; the list will follow
            return
        except LibraryError as error:
            self.failed(error)
            return
        from tui.library import keywords  # the first frame shows no article

        document = with_keywords(open_document(stored), self._catalog.ask(keywords.of_article, article_id))
        if words.loaded():
            document = self._with_words(document)
        annotations = self.annotations_on(stored)
        self.reader.show(document, self._query, annotations, initials=self.articles.by_initials(article_id))
        if not document.keywords:
            self.describe(document)
        self._show_panel(stored, annotations)

    def _show_panel(self, stored: StoredArticle | None, annotations: tuple[Annotation, ...]) -> None:
        self.panel.idle = stored is None
        self.panel.doubtful = self._library.doubtful_on(stored) if stored is not None else 0
        self.panel.show(annotations)

    def annotations_on(self, stored: StoredArticle) -> tuple[Annotation, ...]:
        """The annotations on an article, as they are to be shown."""
        return self._library.annotations_on(stored)

    def _with_words(self, document: Document) -> Document:
        if len(document.text) <= _SEGMENTED_AT_ONCE:
            return replace(document, words=words.word_ranges(document.text))
        self._segment(document)
        return document

    @on(BackgroundScreen.Segmented)
    def _use_segmented(self, message: BackgroundScreen.Segmented) -> None:
        if self.reader.document is not None and self.reader.document.id == message.document.id:
            self.reader.reset(replace(self.reader.document, words=message.document.words))

    @on(ArticleList.Opened)
    async def _open(self, message: ArticleList.Opened) -> None:
        await self._read(message.article_id)

    async def _read(self, article_id: int, position: int | None = None) -> None:
        """Read an article: at its first hit, or where it was left.

        Args:
            article_id: The article.
            position: A position of its page to go to instead, which is then no jump to remember.
        """
        await self.complete_panes()
        self._show_article(article_id)
        self.go_to("reader")
        document = self.reader.document
        if document is None or (position is None and self._opened == (document.id, self._query)):
            return
        if position is None:
            self.remember(self._left if self._opened is None else self.reader.place)
        self._opened = (document.id, self._query)
        reading = self._library.reading(document.stored)
        if position is None:
            position = self.kept_place(reading)
            if self._query is not None:
                self.reader.to_first_hit()
                position = None
        if position is not None and (place := document.reading.offset(position)) is not None:
            self.reader.jump(place)
        if not reading.read and not self._library.annotations.read_only:
            await self._commit(marking.mark_read(reading, read=True), undoable=False)

    def remember(self, place: Place | None) -> None:
        """A long move begins at `place`."""
        if place is not None:
            self._jumps = self._jumps.leave(place)

    def on_reader_departed(self, message: Reader.Departed) -> None:
        self.remember(message.place)

    def follow_cursor(self) -> None:
        """The reader's cursor has moved: the panel shows the annotation there, and the place is kept before long."""
        here = self.reader.annotation if self._place == "reader" else None
        if here is not None and here != self.panel.annotation:
            self.panel.select(here.id)
        self.keep_soon()

    def reached(self) -> tuple[StoredArticle, int] | None:
        """The article that is being read, and how far; None for one only looked at from the list."""
        document = self.reader.document if self.complete else None
        if document is None or self._opened is None or self._opened[0] != document.id:
            return None
        spans = document.to_page(self.reader.caret.offset, self.reader.caret.offset + 1)
        return (document.stored, spans[0].start) if spans else None

    async def on_reader_leafed(self, message: Reader.Leafed) -> None:
        before = self.articles.cursor
        self.articles.cursor += message.step
        if self.articles.cursor != before and self.articles.article_id is not None:
            await self._read(self.articles.article_id)

    async def on_reader_followed(self) -> None:
        """Read the story's next part, from the last one its first, whether the list shows it or not."""
        document = self.reader.document
        if document is None:
            return
        row = document.stored.row
        if not row.continued_on and not row.continued_from:
            self.say(_("This article names no other page"), warning=True)
            return
        try:
            story = await asyncio.to_thread(self._parts, document.stored)
        except JianbaoError as error:
            self.say(str(error), warning=True)
            return
        if self.reader.document is None or self.reader.document.id != row.id:
            return
        other = story[(story.index(row.id) + 1) % len(story)]
        if other == row.id:
            self.say(_("The other part is not in this library"), warning=True)
            return
        self.articles.select(other)
        await self._read(other)

    def _parts(self, stored: StoredArticle) -> tuple[int, ...]:
        from tui.library.continued import parts

        with self._library.catalog() as catalog:
            return parts(catalog, stored)

    def on_annotation_panel_jumped(self, message: AnnotationPanel.Jumped) -> None:
        self.go_to("reader")
        self.reader.depart()
        self.reader.jump_to(message.annotation)

    def target(self) -> marking.Target | None:
        """What stands under the cursor of the pane that has the focus."""
        if not self.complete:
            return None
        self.catch_up()
        document = self.reader.document
        if document is None:
            return None
        annotations = self.panel.annotations
        place = self._place
        if place == "reader" and self.reader.selection is not None:
            return marking.passage(document.stored, document.to_page(*self.reader.selection))
        here = self.reader.annotation if place == "reader" else self.panel.annotation if place == "panel" else None
        return marking.annotated(document.stored, here) if here else marking.article(document.stored, annotations)

    def taggable(self) -> marking.Target | None:
        """What a favourite tag is put on: the selection, the highlight here, the panel's annotation."""
        target = self.target()
        if target is None or target.scope is Scope.SPAN:
            return target
        return target if self._place == "panel" and self.panel.annotation is not None else None

    def done(self) -> None:
        """What was marked has been marked: the selection goes."""
        self.reader.drop_selection()

    def place(self) -> tuple[int, str]:
        """The reader's cursor as a position of the page, and the words there; unsafe to show."""
        document, offset, place = self.reader.document, self.reader.caret.offset, self.reader.place
        if document is None or place is None:
            return 0, ""
        return place.position, document.reading.text[offset : offset + 12]

    def show_marks(self) -> None:
        """Show the annotations as they are now, and the article as it is now."""
        if not self.complete:
            return
        document = self.reader.document
        if document is not None and not self._catalog.rows([document.id]):
            self._show_mended(document)
        elif document is not None:
            annotations = self.annotations_on(document.stored)
            self.reader.show_annotations(annotations)
            self._show_panel(document.stored, annotations)
        self.articles.refresh()

    def _show_mended(self, document: Document) -> None:
        """The open article's page was made anew: show the article that has the cursor's place now, at that place."""
        position, _words = self.place()
        found = self._catalog.article_at(document.stored.row.page, position)
        self._opened = None
        self.refresh_list(fresh=True)
        if found is None:
            return
        self.articles.select(found)
        self._show_article(found)
        if self.reader.document is not None and (offset := self.reader.document.reading.offset(position)) is not None:
            self.reader.jump(offset)
        self._opened = (found, self._query)
