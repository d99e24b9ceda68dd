"""How the main screen is filtered: the box, the list that follows every letter, and what is said of both."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from textual import on, work
from textual.content import Content
from textual.widgets import Input, Static

from tui.errors import DamagedError, JianbaoError, LibraryError
from tui.language import _
from tui.library import asked
from tui.library.library import Library
from tui.search.query import And, Query, QueryError, Term, asks_of_made, leaves, parse
from tui.settings import Settings, asked_path
from tui.ui.asked import Walk
from tui.ui.found import found_line
from tui.ui.screens.together import TogetherScreen
from tui.ui.searching import SCREENFUL, Answer, Order, Searcher
from tui.ui.widgets.filter_box import FilterBox
from tui.ui.widgets.mistake_line import MistakeLine

if TYPE_CHECKING:
    from textual import events

_ANSWER_SECONDS = 2.0  # the longest that a key which leaves the filter box waits for the list
_NARROWEST_BOX = 22  # cells; what was found is said in as many words as leave the box so much
_RENEWED = 4  # times what a renewal takes pass before the next


class FilteringScreen(TogetherScreen):
    """A screen with a filter box above its list.

    Attributes:
        filter: The box.
        mistake: What is wrong with what stands in it.
    """

    filter: FilterBox
    mistake: MistakeLine

    def __init__(self, library: Library, settings: Settings, *, classes: str) -> None:
        super().__init__(library, settings, classes=classes)
        self._searcher = Searcher(library)
        self._untouched = True  # until the first key or click
        self._answer: Answer | None = None  # what the list shows
        self._ranked = False
        self._to_top = False  # the next answer begins a new order
        self._stale = False  # rows may have changed
        self._under_way: object | None = None  # the search that is
        self._renew_again = False
        self._asked_of: tuple[int, ...] = ()  # the state of the catalog at the last question
        self._outdated = False  # what fits the filter may not be what is listed
        self._wrong: QueryError | None = None
        self._walk: Walk | None = None
        self._hits_shown: tuple[Query | None, bool] = None, False
        self._answered = asyncio.Event()
        self._answered.set()

    def show_first(self) -> None:
        """Show the newest articles, for the first frame; the others follow."""
        ids = self._catalog.first(None, SCREENFUL)
        whole = len(ids) < SCREENFUL
        self._show_answer(Answer(None, ids, len(ids), len(ids) if whole else self._catalog.count(), whole=whole))
        if not whole:
            self.call_after_refresh(self._search)

    def on_unmount(self) -> None:
        self._searcher.close()

    def failed(self, error: JianbaoError) -> None:
        self.say(str(error), warning=True)
        if isinstance(error, DamagedError):
            self._catalog.close()  # it may be that of the file that was set aside
            self._catalog = self._library.catalog()
            self.update_pages()

    # What is found

    def refresh_list(self, *, fresh: bool = False) -> None:
        """Show what the catalog has by now under the present filter."""
        self._stale = self._stale or fresh
        if self._under_way is not None:
            self._renew_again = True
        else:
            self._search()

    def renew_list(self) -> None:
        """Show what the catalog has by now, unless that is what it had when it was asked last: the list may be long."""
        try:
            state = self._pages_state()
        except LibraryError as error:
            self.failed(error)
            return
        if state != self._asked_of:
            self.refresh_list()

    def _pages_state(self) -> tuple[int, ...]:
        return self._catalog.state()[:2]  # which keywords were chosen is no matter

    def follow_made(self) -> None:
        if self._query is not None and asks_of_made(self._query):
            self._outdated = True
            if self._place == "list":
                self.list_what_fits()

    def list_what_fits(self) -> None:
        """List what fits by now. What is read keeps its row until its reader comes back to the list."""
        if self._outdated:
            self._outdated = False
            self.refresh_list()

    @work(group="filter")
    async def _search(self) -> None:
        """Ask for what is to be listed now, and show the answers; a search under way ends by itself."""
        self._under_way = mine = object()
        begun = asyncio.get_running_loop().time()
        order = Order(self._ranked, self.folding, self.articles.wanted_id)
        try:
            self._asked_of = self._pages_state()
            async for answer in self._searcher.answers(self._query, order):
                self._show_answer(answer)
        except JianbaoError as error:
            self._answered.set()
            self.failed(error)
        finally:
            if self._under_way is mine:
                self._under_way = None
                if self._renew_again:
                    self._renew_again = False
                    took = asyncio.get_running_loop().time() - begun
                    self.set_timer(max(_RENEWED * took, 0.001), self.refresh_list)

    def _show_answer(self, answer: Answer) -> None:
        if self._awaits_more(answer):
            return
        self._answer = answer
        self.articles.show(
            answer.ids,
            answer.query,
            literal=answer.literal,
            ranked=answer.ranked,
            fresh=self._stale,
            top=self._to_top,
            instead=answer.instead,
        )
        self._stale = self._to_top = False
        if self._untouched and answer.ids:
            self.articles.cursor = 0  # pages still come in, the newest not always first
        self._answered.set()
        self._show_found()
        self.show_hits()
        if not answer.ids:
            self._show_article(None)
        self._show_status()

    def _awaits_more(self, answer: Answer) -> bool:
        """Whether the list is left as it is until more is known.

        A list that is only renewed does not shrink meanwhile, and the cursor's article may be among what is to come.
        """
        shown = self._answer
        if shown is not None and _kind(shown) == _kind(answer) and not answer.settled:
            return shown.settled
        anchor = self.articles.wanted_id
        if answer.settled or shown is None or self._untouched or self._to_top:
            return False
        if anchor is None or anchor in answer.ids[:SCREENFUL]:
            return False
        if self.articles.by_initials(anchor):
            return True
        return not answer.whole and len(answer.ids) > 0 and anchor > answer.ids[-1]

    def show_hits(self) -> None:
        """Mark in the reader what was found."""
        if not self.complete:
            return
        shown = self._query, self.found_by_initials
        if shown != self._hits_shown:
            self._hits_shown = shown
            self.reader.show_hits(shown[0], initials=shown[1])

    @property
    def found_by_initials(self) -> bool:
        """Whether the article in the reader was found by pinyin initials."""
        document = self.reader.document
        return document is not None and self.articles.by_initials(document.id)

    def _show_found(self) -> None:
        if self._answer is not None:
            name = self.query_one("#name").outer_size.width
            line = found_line(self._answer, self.app.size.width - name - _NARROWEST_BOX)
            self.query_one("#found", Static).update(Content(line))

    # The box

    @on(Input.Changed, "#filter")
    def _filter(self, event: Input.Changed) -> None:
        if self._walk is not None and event.value != self._walk.text:
            self._walk = None
        try:
            query: Query | None = parse(event.value)
        except QueryError as mistake:
            self._wrong = mistake
            self._answered.set()
        else:
            self._wrong = None
            query = None if query == And() else query
            self.articles.empty_text = _("Nothing found")
            if query != self._query or self._ranked:
                self._query, self._ranked = query, False
                self._ask()
            elif self._under_way is None:
                self._answered.set()
        self._show_mistake()

    def _ask(self) -> None:
        self._answered.clear()
        self._search()

    def _show_mistake(self) -> None:
        """Show what is wrong while the box has the focus; behind it the text's colour says that something is."""
        self.filter.set_class(self._wrong is not None, "-mistaken")
        if self._wrong is None or not self.filter.has_focus:
            self.mistake.clear()
        else:
            self.mistake.show(str(self._wrong), *self.filter.cells_of(self._wrong.start, self._wrong.end))

    def on_filter_box_moved(self) -> None:
        self._show_mistake()

    def on_resize(self, _event: events.Resize) -> None:
        self._show_found()
        self.call_after_refresh(self._show_mistake)

    async def action_rank(self) -> None:
        """Put the best first, and go to the list."""
        if self._wrong is not None:
            return
        if self._query is not None and not self._ranked and any(isinstance(one, Term) for one in leaves(self._query)):
            self._ranked = self._to_top = True
            self._ask()
        await self.action_leave_filter()

    async def action_leave_filter(self) -> None:
        """Go to the list once it shows what was asked for."""
        self._walk = None
        if self._wrong is None and self.filter.value.strip():
            self._remember_query(self.filter.value)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._answered.wait(), _ANSWER_SECONDS)
        self.go_to("list")

    async def search_for(self, text: str) -> None:
        if self.filter.value != text:
            self._answered.clear()
            self.filter.value = text
        await self.action_leave_filter()

    def action_clear_filter(self) -> None:
        self.filter.value = ""
        self.go_to("list")

    def action_filter(self) -> None:
        if self.filter.suggester is None:
            from tui.ui.suggesting import Suggesting

            self.filter.suggester = Suggesting(self._library.annotations.tag_counts)
        self.filter.focus()

    def action_grammar(self) -> None:
        """Show what the box understands; an example that is picked is put behind what stands there."""
        from tui.ui.screens.command_sheets import GrammarSheet, grammar_rows

        def put(place: int | None) -> None:
            if place is not None:
                self._write(f"{self.filter.value} {grammar_rows()[place].lead}".lstrip())
                self.filter.focus()

        self.app.push_screen(GrammarSheet(), put)

    # The queries asked before

    @work(thread=True, group="asked")
    def _remember_query(self, text: str) -> None:
        asked.remember(asked_path(), text)

    async def action_earlier_query(self) -> None:
        if self._walk is None:
            self._walk = Walk.begin(await asyncio.to_thread(asked.read, asked_path()), self.filter.value)
        self._take(self._walk.earlier())

    async def action_later_query(self) -> None:
        """The query after this one; without one, to the list."""
        if self._walk is None or self._walk.place < 0:
            await self.action_leave_filter()
        else:
            self._take(self._walk.later())

    def _take(self, walk: Walk) -> None:
        self._walk = walk
        self._write(walk.text)

    def _write(self, text: str) -> None:
        self.filter.value = text
        self.filter.cursor_position = len(text)


def _kind(answer: Answer) -> tuple[Query | None, bool, bool]:
    return answer.query, answer.ranked, answer.folded
