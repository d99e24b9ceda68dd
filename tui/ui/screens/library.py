"""The main screen: list, reader, annotations, filter. What the first frame does not need is imported later."""

from __future__ import annotations

import asyncio
import contextlib
import gc
from array import array
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.display import visible_line
from tui.errors import JianbaoError
from tui.library.annotations import Change
from tui.library.catalog import ArticleRow, Progress, StoredArticle
from tui.library.library import Library, Marks
from tui.search import words
from tui.search.query import And, Query, parse
from tui.settings import Settings
from tui.ui import marking
from tui.ui.commands import Command, Where
from tui.ui.document import Document, open_document
from tui.ui.keymap import bindings
from tui.ui.screens.background import BackgroundScreen
from tui.ui.screens.deeds import DeedScreen
from tui.ui.widgets.article_list import ArticleList
from tui.ui.widgets.bars import KeyBar, StatusLine
from tui.ui.widgets.filter_box import FilterBox

if TYPE_CHECKING:
    from tui.ui.widgets.annotation_panel import AnnotationPanel
    from tui.ui.widgets.reader import Reader

_PLACES = {"list": Where.LIST, "reader": Where.READER, "panel": Where.PANEL}
_MESSAGE_SECONDS = 4.0
_ANSWER_SECONDS = 2.0  # the longest that Enter in the filter box waits for the list
FIRST_FRAME_SECONDS = 0.15  # given to the first frame before anything begins in the background
_WORDS_SECONDS = 1.0
_SEGMENTED_AT_ONCE = 8000  # characters whose words cost less than a frame


class LibraryScreen(DeedScreen):
    """Wide, the three panes stand side by side; narrow, one is shown at a time."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.LIBRARY)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (104, "-wide")]
    DEFAULT_CSS = """
    LibraryScreen {
        background: $background;
        #head { height: 1; background: $panel; }
        #name { width: auto; max-width: 34; padding: 0 1; color: $primary; text-style: bold; }
        FilterBox { width: 1fr; }
        #found { width: auto; padding: 0 1; color: $muted; }
        #panes { height: 1fr; }
        #list { width: 32%; min-width: 34; max-width: 52; }
        #reader { width: 1fr; }
        #panel { width: 26%; min-width: 28; max-width: 46; }
        &.-narrow {
            #list, #reader, #panel { display: none; width: 1fr; max-width: 100%; }
            &.-at-list #list { display: block; }
            &.-at-reader #reader { display: block; }
            &.-at-panel #panel { display: block; }
        }
    }
    """

    def __init__(self, library: Library, settings: Settings, commands: tuple[Command, ...]) -> None:
        """Make the screen of an open library.

        Args:
            library: The folder.
            settings: The user's settings.
            commands: Every command, with the user's keys.
        """
        super().__init__(library, settings, classes="-at-list")
        self._catalog = library.catalog()
        self._commands = commands
        self._query: Query | None = None
        self._progress: Progress | None = None
        self._opened: tuple[int, Query | None] | None = None  # the article last read, and the filter it was found by
        self.reader: Reader
        self.panel: AnnotationPanel
        self.complete = False  # whether these two are there
        self._completing = asyncio.Lock()
        self._answered = asyncio.Event()
        self._answered.set()

    # Making the screen

    def compose(self) -> ComposeResult:
        with Horizontal(id="head"):
            yield Static(Content(f"剪报 {visible_line(self._library.folder.resolve().name)}"), id="name")
            yield FilterBox(id="filter")
            yield Static(id="found")
        with Horizontal(id="panes"):
            yield ArticleList(self._fetch, self._marks, id="list")
        yield StatusLine(id="status")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        self.articles = self.query_one(ArticleList)
        self.filter = self.query_one(FilterBox)
        self.status = self.query_one(StatusLine)
        self.articles.empty_text = "Reading the pages…"
        self._show_articles(self._catalog.ids(), None)
        self.articles.focus()
        if self._library.notice:
            self.say(self._library.notice, warning=True)
        self.call_after_refresh(self._complete)
        self.set_timer(FIRST_FRAME_SECONDS if self.articles.ids else 0.01, self._begin)

    def _begin(self) -> None:
        """What runs in the background; the words wait for the pages, but not for very many."""
        gc.enable()
        self._update_catalog()
        self.set_timer(_WORDS_SECONDS, self._load_words)

    async def _complete(self) -> None:
        """Put reader and panel beside the list, unless they are there."""
        async with self._completing:
            if self.complete:
                return
            from tui.ui.widgets.annotation_panel import AnnotationPanel
            from tui.ui.widgets.reader import Reader

            self.reader = Reader(self._settings.measure, id="reader")
            self.panel = AnnotationPanel(id="panel")
            await self.query_one("#panes").mount(self.reader, self.panel)
            self.complete = True
        self._show_article(self.articles.article_id)
        self._show_status()

    def on_unmount(self) -> None:
        self._catalog.close()

    def _fetch(self, ids: list[int]) -> list[ArticleRow]:
        return self._catalog.rows(ids)

    def _marks(self, row: ArticleRow) -> Marks:
        return self._library.marks(self._catalog, row)

    # In the background

    @on(BackgroundScreen.WordsLoaded)
    def _use_words(self) -> None:
        if self.complete and self.reader.document is not None and not self.reader.document.words:
            self._segment(self.reader.document)

    @on(BackgroundScreen.Progressed)
    def _show_progress(self, message: BackgroundScreen.Progressed) -> None:
        self._progress = message.progress
        self._refresh_list()
        self._show_status()

    @on(BackgroundScreen.Updated)
    def _end_update(self, message: BackgroundScreen.Updated) -> None:
        self._progress = None
        self._load_words()
        update = message.update
        self.articles.empty_text = "No pages here: a library is a folder of .txt, .md and .jsonl files"
        if update.added or update.changed or update.removed:
            self._library.forget_marks()
            self._refresh_list(fresh=True)
        else:
            self._refresh_list()
        if update.problems:
            first = update.problems[0]
            more = f" and {len(update.problems) - 1} more: ! lists them" if len(update.problems) > 1 else ""
            self.say(f"Not read: {first.path}: {first.cause}{more}", warning=True)
        self._show_status()

    @on(BackgroundScreen.Failed)
    def _show_failure(self, message: BackgroundScreen.Failed) -> None:
        self.say(str(message.error), warning=True)

    # The list and the filter

    def _refresh_list(self, *, fresh: bool = False) -> None:
        """Show what the catalog has by now under the present filter."""
        if self._query is not None:
            self._search(self._query)
            return
        self._show_articles(self._catalog.ids(), None, fresh=fresh)

    def _show_articles(self, ids: array[int], query: Query | None, *, fresh: bool = False) -> None:
        self.articles.show(ids, query, fresh=fresh)
        self._show_found(len(ids))

    def _show_found(self, articles: int, total: int | None = None) -> None:
        text = f"{articles} article{'' if articles == 1 else 's'}"
        if total is not None:
            text += f" · {total} hit{'' if total == 1 else 's'}"
        self.query_one("#found", Static).update(Content(text))

    @on(Input.Changed, "#filter")
    def _filter(self, event: Input.Changed) -> None:
        query = parse(event.value)
        self._query = None if query == And() else query
        self._answered.clear()
        self._search(self._query)
        self.articles.empty_text = "Nothing found"

    @on(BackgroundScreen.Found)
    def _show_results(self, message: BackgroundScreen.Found) -> None:
        if message.query != self._query:
            return
        self._answered.set()
        self._show_articles(message.ids, self._query)
        if self.complete:
            self.reader.show_hits(self._query)
        if not message.ids:
            self._show_article(None)
        self._show_status()

    @on(BackgroundScreen.Counted)
    def _show_count(self, message: BackgroundScreen.Counted) -> None:
        if message.query == self._query:
            self._show_found(len(self.articles.ids), message.hits)

    async def action_leave_filter(self) -> None:
        """Go to the list once it shows what was asked for."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._answered.wait(), _ANSWER_SECONDS)
        self.go_to("list")

    def action_clear_filter(self) -> None:
        self.filter.value = ""
        self.go_to("list")

    # Opening articles

    @on(ArticleList.Highlighted)
    def _preview(self, message: ArticleList.Highlighted) -> None:
        if message.article_id == self.articles.article_id:
            self._show_article(message.article_id)

    def _show_article(self, article_id: int | None) -> None:
        """Show an article in the reader; None empties it."""
        if not self.complete:
            return
        shown = self.reader.document
        if shown is not None and shown.id == article_id:
            return
        placing = self._placing()
        if placing is not None:
            self.run_worker(self._commit(placing, undoable=False))
        if article_id is None:
            self.reader.show(None, None, ())
            self.panel.show(())
            return
        try:
            stored = self._catalog.article(article_id)
        except KeyError:  # its page was parsed anew a moment ago; the list will follow
            return
        document = open_document(stored)
        if words.loaded():
            document = self._with_words(document)
        annotations = self._library.annotations_on(stored)
        self.reader.show(document, self._query, annotations)
        self.panel.show(annotations)

    def _with_words(self, document: Document) -> Document:
        if len(document.text) <= _SEGMENTED_AT_ONCE:
            return replace(document, words=words.word_ranges(document.text))
        self._segment(document)
        return document

    @on(BackgroundScreen.Segmented)
    def _use_segmented(self, message: BackgroundScreen.Segmented) -> None:
        if self.reader.document is not None and self.reader.document.id == message.document.id:
            self.reader.reset(message.document)

    @on(ArticleList.Opened)
    async def _open(self, message: ArticleList.Opened) -> None:
        await self._read(message.article_id)

    async def _read(self, article_id: int) -> None:
        """Read an article: at its first hit, or where it was left."""
        await self._complete()
        self._show_article(article_id)
        self.go_to("reader")
        document = self.reader.document
        if document is None or self._opened == (document.id, self._query):
            return
        self._opened = (document.id, self._query)
        reading = self._library.reading(document.stored)
        if self._query is not None:
            self.reader.to_first_hit()
        elif reading.place is not None and (place := document.reading.offset(reading.place)) is not None:
            self.reader.jump(place)
        if not reading.read and not self._library.annotations.read_only:
            await self._commit(marking.mark_read(reading, read=True), undoable=False)

    def _placing(self) -> Change | None:
        """The change that keeps how far the open article has been read; None where that is known already."""
        if not self.complete or self._library.annotations.read_only:
            return None
        document = self.reader.document
        if document is None:
            return None
        if self._opened is None or self._opened[0] != document.id:
            return None  # it was only looked at from the list
        spans = document.to_page(self.reader.caret.offset, self.reader.caret.offset + 1)
        reading = self._library.reading(document.stored)
        return marking.keep_place(reading, spans[0].start) if spans and spans[0].start != reading.place else None

    async def action_quit(self) -> None:
        placing = self._placing()
        if placing is not None:
            await self._commit(placing, undoable=False)
        self.app.exit()

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
            self.say("This article names no other page", warning=True)
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
            self.say("The other part is not in this library", warning=True)
            return
        self.articles.select(other)
        await self._read(other)

    def _parts(self, stored: StoredArticle) -> tuple[int, ...]:
        from tui.library.continued import parts

        with self._library.catalog() as catalog:
            return parts(catalog, stored)

    def on_annotation_panel_jumped(self, message: AnnotationPanel.Jumped) -> None:
        self.go_to("reader")
        self.reader.jump_to(message.annotation)

    # What deeds are done to

    def target(self) -> marking.Target | None:
        """What stands under the cursor of the pane that has the focus."""
        if not self.complete:
            return None
        document = self.reader.document
        if document is None:
            return None
        annotations = self.panel.annotations
        place = self._place
        if place == "reader" and self.reader.selection is not None:
            return marking.passage(document.stored, document.to_page(*self.reader.selection))
        here = self.reader.annotation if place == "reader" else self.panel.annotation if place == "panel" else None
        return marking.annotated(document.stored, here) if here else marking.article(document.stored, annotations)

    def done(self) -> None:
        """What was marked has been marked: the selection goes."""
        self.reader.drop_selection()

    def place(self) -> tuple[int, str]:
        """The reader's cursor as a position of the page, and the words there; unsafe to show."""
        document, offset = self.reader.document, self.reader.caret.offset
        if document is None:
            return 0, ""
        spans = document.to_page(offset, offset + 1)
        return spans[0].start if spans else document.stored.row.start, document.reading.text[offset : offset + 12]

    def show_marks(self) -> None:
        """Show the annotations as they are now, and the article as it is now."""
        if not self.complete:
            return
        document = self.reader.document
        if document is not None and not self._catalog.rows([document.id]):
            self._show_mended(document)
        elif document is not None:
            annotations = self._library.annotations_on(document.stored)
            self.reader.show_annotations(annotations)
            self.panel.show(annotations)
        self.articles.refresh()

    def _show_mended(self, document: Document) -> None:
        """The open article's page was made anew: show the article that has the cursor's place now, at that place."""
        position, _ = self.place()
        found = self._catalog.article_at(document.stored.row.page, position)
        self._opened = None
        self._refresh_list(fresh=True)
        if found is None:
            return
        self.articles.select(found)
        self._show_article(found)
        if self.reader.document is not None and (offset := self.reader.document.reading.offset(position)) is not None:
            self.reader.jump(offset)
        self._opened = (found, self._query)

    # Panes

    @property
    def _place(self) -> str:
        """The pane that has the focus, or had it before the filter box got it."""
        return next((name for name in _PLACES if self.has_class(f"-at-{name}")), "list")

    def go_to(self, place: str) -> None:
        """Give a pane the focus; narrow, show it in the others' stead."""
        for name in _PLACES:
            self.set_class(name == place, f"-at-{name}")
        self.query_one(f"#{place}", Widget).focus()

    def on_descendant_focus(self) -> None:
        focused = self.focused
        if focused is not None and focused.id in _PLACES:
            for name in _PLACES:
                self.set_class(name == focused.id, f"-at-{name}")
        self._show_keys()
        self._show_status()

    async def action_next_pane(self) -> None:
        await self._turn(1)

    async def action_previous_pane(self) -> None:
        await self._turn(-1)

    async def _turn(self, step: int) -> None:
        await self._complete()
        names = list(_PLACES)
        self.go_to(names[(names.index(self._place) + step) % len(names)])

    async def action_back(self) -> None:
        if self._place == "reader" and self.reader.drop_selection():
            return
        if self._place == "panel":
            self.go_to("reader")
        elif self._place == "reader":
            self.go_to("list")
        elif self.filter.value:
            self.filter.value = ""
        else:
            await self.action_quit()

    def action_filter(self) -> None:
        self.filter.focus()

    def action_help(self) -> None:
        from tui.ui.screens.listing import Listing, keys_help

        self.app.push_screen(Listing("Keys", keys_help(self._commands)))

    def action_problems(self) -> None:
        from tui.ui.screens.listing import Listing

        problems = self._catalog.problems()
        lines = [f"{visible_line(problem.path)}: {visible_line(problem.cause)}" for problem in problems]
        self.app.push_screen(Listing("Files that could not be read", Content("\n".join(lines) or "None")))

    # Saying

    def say(self, message: str, *, warning: bool = False) -> None:
        """Show a message below until the next key or a few seconds later."""
        self.status.message = visible_line(message)
        self.status.warning = warning
        self.set_timer(_MESSAGE_SECONDS, lambda: self._unsay(message))

    def _unsay(self, message: str) -> None:
        if self.status.message == visible_line(message) and not self.status.warning:
            self.status.message = ""

    def on_key(self) -> None:
        self.status.message = ""

    def on_galley_view_moved(self) -> None:
        self._show_status()

    def _show_status(self) -> None:
        if not self.complete:
            self._show_keys()
            return
        document = self.reader.document
        left = document.title if document else ""
        if self._progress is not None:
            left = f"Reading pages: {self._progress.done} of {self._progress.total}"
        number, total = self.reader.hit_number
        parts = [f"hit {number}/{total}" if total and self._query is not None else "", f"{self.reader.progress} %"]
        self.status.left = left
        self.status.right = "  ".join(part for part in parts if part) if document else ""
        self._show_keys()

    def _show_keys(self) -> None:
        where = _PLACES[self._place]
        shown = [command for command in self._commands if command.footer and command.where in (where, Where.LIBRARY)]
        self.query_one(KeyBar).show(tuple(sorted(shown, key=lambda command: command.footer)))
