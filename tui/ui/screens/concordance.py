"""The concordance: every hit in its line, sorted by what stands beside it."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from tui.display import visible_line
from tui.errors import JianbaoError, QueryError
from tui.language import N_, _
from tui.library.concordances import Draw, Tally, gather, within
from tui.library.library import Library
from tui.search.concordance import By, Line, Range, has_places
from tui.search.query import Query, parse
from tui.ui.concordance import Asked, Kept, Order, arranged, heading, place_of, under_way
from tui.ui.printed import known_source
from tui.ui.screens.asking import key_commands
from tui.ui.screens.own_keys import OwnKeysScreen, ScreenKey, Ways, key_bindings
from tui.ui.widgets.bars import KeyBar, StatusLine
from tui.ui.widgets.kwic_view import KwicView

_FIRST_SECONDS = 0.05  # until the first lines are shown,
_GROWTH = 1.6  # and by how much longer each time until more are
_ENDS = 100_000  # a step by which the base's keys go to an end

_KEYS = (
    ScreenKey(("enter",), N_("Read"), "open", N_("Read the article at this hit")),
    ScreenKey(("l",), N_("By left"), "sort('left')", N_("Sort by what stands before the hit; again reverses")),
    ScreenKey(("r",), N_("By right"), "sort('right')", N_("Sort by what stands behind it; again reverses")),
    ScreenKey(("d",), N_("By date"), "sort('date')", N_("Sort by date, the newest first; again reverses")),
    ScreenKey(("f",), N_("Narrow"), "narrow", N_("Show only the lines that hold what you type")),
    ScreenKey(("q", "escape"), N_("Back"), "back", N_("Back to the articles")),
    ScreenKey(("slash",), N_("Other word"), "ask", N_("Look for another word")),
    ScreenKey(("y",), N_("Copy"), "copy", N_("Copy the line with its citation")),
    ScreenKey(("s",), N_("Other sample"), "draw(False)", N_("Draw a different sample")),
    ScreenKey(("m",), N_("More"), "draw(True)", N_("Draw twice as many hits")),
)
_OF_SAMPLES = ("s", "m")
_BOX_KEYS = {
    "word": (("enter", N_("Find")), ("escape", N_("Back"))),
    "narrow": (("enter", N_("To the lines")), ("escape", N_("Show all"))),
}


class ConcordanceScreen(OwnKeysScreen[Line | None]):
    """Its result is the line to read, or None."""

    KEYS = _KEYS
    HELP = N_("Keys of the concordance")
    BINDINGS: ClassVar[list[BindingType]] = [
        *key_bindings(_KEYS),
        Binding("ctrl+d", "page(0.5)", show=False),
        Binding("ctrl+u", "page(-0.5)", show=False),
    ]
    DEFAULT_CSS = """
    ConcordanceScreen {
        #counts { height: 1; padding: 0 1; color: $muted; text-wrap: nowrap; text-overflow: ellipsis; }
        #narrow, #narrow:focus { display: none; background: $panel; }
        #narrow.-shown { display: block; }
    }
    """

    @dataclass
    class Gathered(Message):
        """Lines have been found.

        Attributes:
            asked: What was looked for.
            ended: Whether there are no more.
        """

        asked: Asked
        tally: Tally
        lines: tuple[Line, ...]
        ended: bool

    @dataclass
    class Arranged(Message):
        """The lines are in order."""

        lines: tuple[Line, ...]
        by: By
        narrowed: str

    @dataclass
    class Failed(Message):
        """The library could not be read."""

        error: JianbaoError

    def __init__(self, library: Library, ways: Ways, copy: Callable[[Line, str], Awaitable[str]], kept: Kept) -> None:
        """Make the screen of an open library.

        Args:
            library: The folder.
            ways: How it is changed.
            copy: Gives a line, and what is seen of it, to the clipboard; what has become of it.
            kept: What to show: one to come back to, or one that asks and has nothing yet.
        """
        super().__init__(library, ways)
        self._copy = copy
        self._asked = kept.asked
        self._order = kept.order
        self._lines = list(kept.lines)
        self._tally = kept.tally
        self._ended = kept.tally is not None
        self._narrowed = kept.narrowed
        self._goal = kept.line  # what the cursor is to stand on as soon as it is there

    def kept_with(self, opened: Line | None) -> Kept:
        """All that there is to come back to.

        Args:
            opened: The line that is read now.
        """
        tally = self._tally if self._ended else None
        line = self._goal or self.view.chosen
        return Kept(self._asked, self._order, tuple(self._lines), tally, self._narrowed, line, opened)

    def compose(self) -> ComposeResult:
        with Horizontal(id="head"):
            yield Static(Content(_("Concordance")), id="title")
            yield Input(visible_line(self._asked.text), placeholder=_("/ a word, or a query"), id="word")
        yield Static(id="counts")
        yield Input(self._narrowed, placeholder=_("only lines with"), id="narrow", select_on_focus=False)
        yield KwicView()
        yield StatusLine()
        yield KeyBar()

    def on_descendant_focus(self) -> None:
        self._show_keys()

    def on_descendant_blur(self) -> None:
        self._show_keys()

    def _show_keys(self) -> None:
        """Show the keys that do something here: a box has its own, and only a sample can be drawn anew."""
        sampled = self._ended and self._tally is not None and self._tally.is_sample
        own = [(key.keys[0], key.label) for key in _KEYS if sampled or key.keys[0] not in _OF_SAMPLES]
        box = self.focused.id if self.focused else None
        self.query_one(KeyBar).show(key_commands(_BOX_KEYS.get(box or "", own)))

    def find_list(self) -> None:
        self.view = self.query_one(KwicView)
        self.query_one("#narrow").set_class(bool(self._narrowed), "-shown")

    # Finding

    def reload(self) -> None:
        """Show what is asked for; without anything, ask."""
        if self._ended:
            self.call_after_refresh(
                self._arrange
            )  # what narrows the lines has to be in view, whose size is not known yet
        elif self._asked.text.strip():
            self._begin(self._asked)
        else:
            self.query_one("#word", Input).focus()
        self.show_chosen()

    def _begin(self, asked: Asked) -> None:
        try:
            query = parse(asked.text)
        except QueryError as error:
            self._refuse(str(error), error.start)
            return
        if not has_places(query):
            self._refuse(_("Only words, near: and /expressions/ have places in a text: add one"), len(asked.text))
            return
        self._asked, self._lines, self._tally, self._ended = asked, [], None, False
        self.view.empty_text = _("Reading…")
        self.view.show((), self._order.by)
        self._gather(asked, query)

    def _refuse(self, message: str, place: int) -> None:
        """Say why it can't be looked for, and let it be mended."""
        box = self.query_one("#word", Input)
        box.focus()
        box.cursor_position = place
        self.say(message, warning=True)

    @work(thread=True, exclusive=True, group="gather")
    def _gather(self, asked: Asked, query: Query) -> None:
        worker = get_current_worker()
        pause, told = _FIRST_SECONDS, time.monotonic()
        waiting: list[Line] = []
        tally = Tally(0, 0)
        try:
            with self._library.catalog() as catalog:
                ids = self._library.found(catalog, within(asked.scope, query))
                for tally, lines in gather(catalog, ids, query, asked.draw):
                    if worker.is_cancelled:
                        return
                    waiting += lines
                    if time.monotonic() - told >= pause:
                        self.post_message(self.Gathered(asked, tally, tuple(waiting), ended=False))
                        pause, told, waiting = pause * _GROWTH, time.monotonic(), []
        except JianbaoError as error:
            self.post_message(self.Failed(error))
        else:
            self.post_message(self.Gathered(asked, tally, tuple(waiting), ended=True))

    @on(Gathered)
    def _take(self, message: Gathered) -> None:
        if message.asked is not self._asked:
            return
        self._tally, self._ended = message.tally, message.ended
        self._lines += message.lines
        if message.ended:
            self.view.empty_text = _("Nothing found")
        self._arrange()

    @on(Failed)
    def _tell(self, message: Failed) -> None:
        self.say(str(message.error), warning=True)

    def _arrange(self) -> None:
        self._sort(tuple(self._lines), self._order, self._narrowed, self.view.room)

    @work(thread=True, exclusive=True, group="arrange")
    def _sort(self, lines: tuple[Line, ...], order: Order, narrowed: str, room: Range) -> None:
        worker = get_current_worker()
        found = arranged(lines, order, narrowed, room)
        if not worker.is_cancelled:
            self.post_message(self.Arranged(found, order.by, narrowed))

    @on(Arranged)
    def _show(self, message: Arranged) -> None:
        """Show the lines, the cursor on the line it was on; at the top where it has not been moved."""
        goal = self._goal or (self.view.chosen if self.view.cursor else None)
        place = place_of(goal, message.lines)
        if message.lines and (place or self._ended):
            self._goal = None
        self.view.show(message.lines, message.by, place, message.narrowed)
        self.show_chosen()

    # What it says

    def show_chosen(self) -> None:
        self._show_keys()
        self.query_one("#counts", Static).update(Content(self._counts()))
        line, status = self.view.chosen, self._status
        status.right = f"{self.view.cursor + 1:,}/{len(self.view.lines):,}" if line else ""
        status.left = visible_line("  ".join(part for part in _sources(line) if part)) if line else ""

    def _counts(self) -> str:
        if self._tally is None:
            return ""
        if self._ended:
            said = heading(self._tally, len(self.view.lines) if self._narrowed.strip() else None)
        else:
            said = under_way(self._tally)
        within = _("within the filter") if self._asked.scope is not None else ""
        return " · ".join(part for part in (said, self._order.name, within) if part)

    # Keys

    def action_move(self, step: int) -> None:
        self.view.move(step * len(self.view.lines) if abs(step) >= _ENDS else step)
        self._goal = None
        self.show_chosen()

    def action_page(self, step: float) -> None:
        self.view.page(step)
        self._goal = None
        self.show_chosen()

    @on(KwicView.Picked)
    def _pick(self, message: KwicView.Picked) -> None:
        self._goal = None
        self.show_chosen()
        if message.twice:
            self.action_open()

    def action_open(self) -> None:
        if self.view.chosen is not None:
            self.dismiss(self.view.chosen)

    def action_sort(self, by: str) -> None:
        self._order = self._order.pressed(By(by))
        self._arrange()

    def action_draw(self, more: bool) -> None:
        if not self._ended or self._tally is None:
            return
        if not self._tally.is_sample:
            self.say(_("These are all the hits"))
            return
        draw = self._asked.draw
        self._begin(replace(self._asked, draw=draw.more if more else draw.other))

    async def action_copy(self) -> None:
        if self.view.chosen is not None:
            self.say(await self._copy(self.view.chosen, self.view.chosen_text()))

    # The word and what narrows the lines

    def action_ask(self) -> None:
        self.query_one("#word", Input).focus()

    @on(Input.Submitted, "#word")
    def _ask_for(self, event: Input.Submitted) -> None:
        self.set_focus(None)
        if event.value.strip():
            self._goal = None
            self._begin(Asked(event.value, self._asked.scope, Draw()))

    def action_narrow(self) -> None:
        box = self.query_one("#narrow", Input)
        box.add_class("-shown")
        box.focus()

    @on(Input.Changed, "#narrow")
    def _narrow_as_typed(self, event: Input.Changed) -> None:
        if event.value != self._narrowed:
            self._narrowed = event.value
            self._arrange()

    @on(Input.Submitted, "#narrow")
    def _leave_narrow(self) -> None:
        self.set_focus(None)
        self.query_one("#narrow").set_class(bool(self._narrowed), "-shown")

    def action_back(self) -> None:
        """Out of a box, out of what narrows the lines, out of the concordance."""
        word, box = self.query_one("#word", Input), self.query_one("#narrow", Input)
        if word.has_focus and self._asked.text:
            word.value = visible_line(self._asked.text)
            self.set_focus(None)
        elif box.has_focus or self._narrowed:
            box.value = ""
            box.remove_class("-shown")
            self.set_focus(None)
        else:
            super().action_back()


def _sources(line: Line) -> tuple[str, ...]:
    source = line.source
    return (source.title, *known_source(source.paper, source.date, source.number, source.page))
