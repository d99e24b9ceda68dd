"""The main screen: list, reader, annotations, filter. What the first frame does not need is imported later."""

from __future__ import annotations

import asyncio
import contextlib
import gc
from array import array
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from tui.display import visible_line
from tui.errors import JianbaoError
from tui.library.annotations import Change
from tui.library.catalog import ArticleRow, Progress, Update
from tui.library.library import Library, Marks
from tui.reading import reading_text
from tui.search import words
from tui.search.matching import hits
from tui.search.query import And, Query, parse
from tui.settings import Settings
from tui.ui import marking
from tui.ui.commands import Command, Deed, Where
from tui.ui.document import Document, open_document
from tui.ui.history import History
from tui.ui.keymap import bindings
from tui.ui.widgets.annotation_panel import AnnotationPanel
from tui.ui.widgets.article_list import ArticleList
from tui.ui.widgets.bars import KeyBar, StatusLine
from tui.ui.widgets.filter_box import FilterBox
from tui.ui.widgets.reader import Reader

_PLACES = {"list": Where.LIST, "reader": Where.READER, "panel": Where.PANEL}
_COUNTED = 400  # articles whose hits are counted; beyond that the number would cost more than it tells
_MESSAGE_SECONDS = 4.0
_ANSWER_SECONDS = 2.0  # the longest that Enter in the filter box waits for the list
FIRST_FRAME_SECONDS = 0.15  # given to the first frame before anything begins in the background
_WORDS_SECONDS = 1.0
_SEGMENTED_AT_ONCE = 8000  # characters whose words cost less than a frame


class LibraryScreen(Screen[None]):
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

    @dataclass
    class Counted(Message):
        """The hits of a query have been counted."""

        query: Query
        hits: int

    @dataclass
    class WordsLoaded(Message):
        """The segmenter is there."""

    @dataclass
    class Failed(Message):
        """Something in the background went wrong."""

        error: JianbaoError

    def __init__(self, library: Library, settings: Settings, commands: tuple[Command, ...]) -> None:
        """Make the screen of an open library.

        Args:
            library: The folder.
            settings: The user's settings.
            commands: Every command, with the user's keys.
        """
        super().__init__(classes="-at-list")
        self._library = library
        self._catalog = library.catalog()
        self._settings = settings
        self._commands = commands
        self._history = History()
        self._query: Query | None = None
        self._progress: Progress | None = None
        self._loading_words = False
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
            yield Reader(self._settings.measure, id="reader")
            yield AnnotationPanel(id="panel")
        yield StatusLine(id="status")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        self.articles = self.query_one(ArticleList)
        self.reader = self.query_one(Reader)
        self.panel = self.query_one(AnnotationPanel)
        self.filter = self.query_one(FilterBox)
        self.status = self.query_one(StatusLine)
        self.articles.empty_text = "Reading the pages…"
        self._show_articles(self._catalog.ids(), None)
        self.articles.focus()
        if self._library.notice:
            self.say(self._library.notice, warning=True)
        if self.articles.ids:
            self.call_after_refresh(self.set_timer, FIRST_FRAME_SECONDS, self._begin)
        else:
            self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """What can wait until the first frame is there; the words wait for the pages, but not for very many."""
        gc.enable()
        self._update_catalog()
        self.set_timer(_WORDS_SECONDS, self._load_words)

    def on_unmount(self) -> None:
        self._catalog.close()

    def _fetch(self, ids: list[int]) -> list[ArticleRow]:
        return self._catalog.rows(ids)

    def _marks(self, row: ArticleRow) -> Marks:
        return self._library.marks(self._catalog, row)

    # In the background

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
                update = catalog.update(
                    self._library.folder,
                    self._report,
                    lambda: worker.is_cancelled,
                )
        except JianbaoError as error:
            self.post_message(self.Failed(error))
        else:
            self.post_message(self.Updated(update))

    def _report(self, progress: Progress) -> None:
        self.post_message(self.Progressed(progress))

    @work(thread=True, exclusive=True, group="filter")
    def _search(self, query: Query | None) -> None:
        worker = get_current_worker()
        with self._library.catalog() as catalog:
            ids = catalog.ids(query)
            if worker.is_cancelled:
                return
            self.post_message(self.Found(query, ids))
            if query is None or len(ids) > _COUNTED:
                return
            total = 0
            for article_id in ids:
                if worker.is_cancelled:
                    return
                stored = catalog.article(article_id)
                total += len(hits(query, reading_text(stored.article, stored.page.text).text))
            self.post_message(self.Counted(query, total))

    @on(WordsLoaded)
    def _use_words(self) -> None:
        if self.reader.document is not None and not self.reader.document.words:
            self._segment(self.reader.document)

    @on(Progressed)
    def _show_progress(self, message: Progressed) -> None:
        self._progress = message.progress
        self._refresh_list()
        self._show_status()

    @on(Updated)
    def _end_update(self, message: Updated) -> None:
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

    @on(Failed)
    def _show_failure(self, message: Failed) -> None:
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

    @on(Found)
    def _show_results(self, message: Found) -> None:
        if message.query != self._query:
            return
        self._answered.set()
        self._show_articles(message.ids, self._query)
        self.reader.show_hits(self._query)
        if not message.ids:
            self._show_article(None)
        self._show_status()

    @on(Counted)
    def _show_count(self, message: Counted) -> None:
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
        if article_id is None:
            self.reader.show(None, None, ())
            self.panel.show(())
            return
        if self.reader.document is not None and self.reader.document.id == article_id:
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

    @work(thread=True, exclusive=True, group="segment")
    def _segment(self, document: Document) -> None:
        found = replace(document, words=words.word_ranges(document.text))
        self.app.call_from_thread(self._use_segmented, found)

    def _use_segmented(self, document: Document) -> None:
        if self.reader.document is not None and self.reader.document.id == document.id:
            self.reader.reset(document)

    @on(ArticleList.Opened)
    async def _open(self, message: ArticleList.Opened) -> None:
        self._show_article(message.article_id)
        self.go_to("reader")
        self.reader.to_first_hit()
        document = self.reader.document
        if document is None or self._library.annotations.read_only:
            return
        reading = self._library.reading(document.stored)
        if not reading.read:
            await self._commit(marking.mark_read(reading, read=True), undoable=False)

    @on(Reader.Leafed)
    async def _leaf(self, message: Reader.Leafed) -> None:
        before = self.articles.cursor
        self.articles.cursor += message.step
        if self.articles.cursor != before and self.articles.article_id is not None:
            await self._open(ArticleList.Opened(self.articles.article_id))

    # Deeds

    async def action_do(self, name: str) -> None:
        """Do a deed to whatever stands under the cursor."""
        deed = Deed(name)
        target = self._target()
        if target is None:
            return
        if self._library.annotations.read_only:
            self.say(self._library.notice or "This library is open for reading only", warning=True)
            return
        match deed:
            case Deed.NOTE | Deed.TAGS:
                self._open_sheet(deed, target)
            case Deed.HIGHLIGHT if self.reader.selection is None:
                self.say("Select something first: v begins, V takes the sentence", warning=True)
            case _:
                change = marking.change(deed, target, self._library.reading(target.stored), self._settings.author)
                if change is None:
                    self.say("No annotation here", warning=True)
                elif await self._commit(change):
                    self.reader.drop_selection()

    def _open_sheet(self, deed: Deed, target: marking.Target) -> None:
        """Ask for a note or for tags; what comes back is saved."""
        if deed is Deed.NOTE:
            from tui.ui.screens.note import NoteSheet

            sheet = NoteSheet(f"Note on {target.subject}", target.note)
            self.app.push_screen(sheet, lambda note: self._annotate(target, note=note))
        else:
            from tui.ui.screens.tags import TagSheet

            known = self._library.annotations.tag_counts()
            tags_sheet = TagSheet(f"Tags of {target.subject}", target.tags, known)
            self.app.push_screen(tags_sheet, lambda tags: self._annotate(target, tags=tags))

    def _target(self) -> marking.Target | None:
        """What stands under the cursor of the pane that has the focus."""
        document = self.reader.document
        if document is None:
            return None
        annotations = self.panel.annotations
        place = self._place
        if place == "reader" and self.reader.selection is not None:
            return marking.passage(document.stored, document.to_page(*self.reader.selection))
        here = self.reader.annotation if place == "reader" else self.panel.annotation if place == "panel" else None
        return marking.annotated(document.stored, here) if here else marking.article(document.stored, annotations)

    async def _annotate(
        self, target: marking.Target, *, note: str | None = None, tags: tuple[str, ...] | None = None
    ) -> None:
        if note is None and tags is None:
            return
        change = marking.annotate(target, self._settings.author, note=note, tags=tags)
        if change is not None and await self._commit(change):
            self.reader.drop_selection()

    async def _commit(self, change: Change, *, undoable: bool = True) -> bool:
        """Make a change and say so once it is on the disk; False where it could not be made."""
        inverse = await self._make(change)
        if inverse is not None and undoable:
            self._history.made(inverse)
            self.say(f"Saved: {change.label}")
        return inverse is not None

    async def _make(self, change: Change) -> Change | None:
        """Make a change off the screen's thread; the change that undoes it, or None and a message."""
        try:
            inverse = await asyncio.to_thread(self._library.apply, change)
        except JianbaoError as error:
            self.say(str(error), warning=True)
            return None
        self._show_marks()
        return inverse

    def _show_marks(self) -> None:
        document = self.reader.document
        if document is not None:
            annotations = self._library.annotations_on(document.stored)
            self.reader.show_annotations(annotations)
            self.panel.show(annotations)
        self.articles.refresh()

    async def action_undo(self) -> None:
        change = self._history.last
        if change is None:
            self.say("Nothing to undo")
        elif (inverse := await self._make(change)) is not None:
            self._history.undone(inverse)
            self.say(f"Undone: {change.label}")

    async def action_redo(self) -> None:
        change = self._history.next
        if change is None:
            self.say("Nothing to do again")
        elif (inverse := await self._make(change)) is not None:
            self._history.redone(inverse)
            self.say(f"Done again: {change.label}")

    @on(AnnotationPanel.Jumped)
    def _jump(self, message: AnnotationPanel.Jumped) -> None:
        self.go_to("reader")
        self.reader.jump_to(message.annotation)

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

    def action_next_pane(self) -> None:
        self._turn(1)

    def action_previous_pane(self) -> None:
        self._turn(-1)

    def _turn(self, step: int) -> None:
        names = list(_PLACES)
        self.go_to(names[(names.index(self._place) + step) % len(names)])

    def action_back(self) -> None:
        if self._place == "reader" and self.reader.drop_selection():
            return
        if self._place == "panel":
            self.go_to("reader")
        elif self._place == "reader":
            self.go_to("list")
        elif self.filter.value:
            self.filter.value = ""
        else:
            self.app.exit()

    def action_filter(self) -> None:
        self.filter.focus()

    def action_quit(self) -> None:
        self.app.exit()

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

    @on(Reader.Moved)
    def _show_status(self) -> None:
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
