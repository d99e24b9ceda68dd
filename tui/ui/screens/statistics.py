"""Statistics of the present filter: over time, by paper, collocates, key words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from tui.display import visible_line
from tui.errors import QueryError
from tui.export.tables import aligned
from tui.language import N_, _, ngettext
from tui.library.census import Share
from tui.library.library import Library
from tui.library.spread import GRAINS, usual_grain
from tui.search import refining
from tui.search.query import FieldName, Query
from tui.search.tally import WIDEST, Kind, Sampled, usual_least
from tui.ui import statistics
from tui.ui.screens.asking import key_commands
from tui.ui.screens.counting import CountingScreen
from tui.ui.screens.own_keys import COMMON, ScreenKey, Ways, key_bindings
from tui.ui.statistics import ORDERS, VIEW_NAMES, Options, Table, View
from tui.ui.widgets.bars import KeyBar, StatusLine
from tui.ui.widgets.pick_list import PickList, Row
from tui.ui.widgets.plot import Plot
from tui.ui.widgets.view_bar import ViewBar

_LEADING = 2  # cells before a row of the list
_CHARACTERS_A_WORD = 2  # of near:, which counts characters
_MINIMA = (1, 2, 3, 5, 10, 20, 50, 100)
_WORDS = {View.COLLOCATES, View.KEYNESS}
_BACK = COMMON[-1]

_KEYS = (
    ScreenKey(("enter",), N_("Refine"), "refine", N_("Make the filter this period, paper or word, and go back")),
    ScreenKey(("1", "2", "3", "4"), N_("… 4 View"), "view", N_("Over time, by paper, collocates, key words")),
    _BACK,
    ScreenKey(("r",), N_("Relative"), "relative", N_("Over time: articles, or articles of every thousand")),
    ScreenKey(
        ("plus", "equals_sign"),
        N_("More"),
        "finer(1)",
        N_("Over time: shorter periods; collocates: a wider window"),
    ),
    ScreenKey(("minus",), N_("Less"), "finer(-1)", N_("Over time: longer periods; collocates: a narrower window")),
    ScreenKey(("s",), N_("Order"), "order", N_("The next order")),
    ScreenKey(("x",), N_("Other side"), "side", N_("Key words: those less frequent here, and back")),
    ScreenKey(("f",), N_("Words"), "kind", N_("Content words, all words, or punctuation too")),
    ScreenKey(("m",), N_("Rarer"), "least(-1)", N_("A word needs to occur less often to be listed")),
    ScreenKey(("M",), N_("Oftener"), "least(1)", N_("It needs to occur more often")),
    ScreenKey(("h", "left"), N_("Earlier"), "move(-1)", N_("Over time: the period before")),
    ScreenKey(("l", "right"), N_("Afterwards"), "move(1)", N_("Over time: the next period")),
    ScreenKey(("tab",), N_("Next view"), "turn(1)", N_("The next view")),
    ScreenKey(("shift+tab",), N_("View before"), "turn(-1)", N_("The view before")),
)
_ONLY = {
    "r": {View.TIME},
    "h": {View.TIME},
    "l": {View.TIME},
    "plus": {View.TIME, View.COLLOCATES},
    "minus": {View.TIME, View.COLLOCATES},
    "s": set(ORDERS),
    "x": {View.KEYNESS},
    "f": _WORDS,
    "m": _WORDS,
    "M": _WORDS,
}
"""The views in which a key does something, where it is not all."""


class StatisticsScreen(CountingScreen):
    """Its result is the filter refined, or None. What is counted first is shown first, and words as they come in."""

    KEYS = _KEYS
    HELP = N_("Keys of the statistics")
    BINDINGS: ClassVar[list[BindingType]] = [
        *key_bindings(key for key in _KEYS if key.action != "view"),
        *(Binding(str(view.value), f"view({view.value})", show=False) for view in View),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]
    DEFAULT_CSS = """
    StatisticsScreen {
        #title { width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }
        #count { width: auto; padding: 0 1; color: $muted; }
        #said { height: auto; max-height: 3; padding: 0 1; background: $surface; color: $foreground; }
        &.-low #said { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        #heading { height: 1; padding: 0 2; background: $surface; color: $accent; text-style: bold; text-wrap: nowrap; }
        #body { height: 1fr; background: $surface; }
        #body > PickList { height: 1fr; background: $surface; }
        #body > Plot { padding: 0 1; }
    }
    """

    @dataclass
    class Listed(Message):
        """A view has been made."""

        view: View
        options: Options
        table: Table

    def __init__(self, library: Library, ways: Ways, text: str, query: Query | None) -> None:
        """Make the screen of an open library.

        Args:
            library: The folder.
            ways: How it is changed, which this screen does not do.
            text: What stands in the filter box.
            query: What it means; None for all articles.
        """
        super().__init__(library, ways, query)
        self._text = text
        self._view = View.TIME
        self._options: Options | None = None
        self._shares: Sequence[Share] | None = None
        self._sampled: Sampled | None = None
        self._counted = 0.0  # the share of the words wanted
        self._table = Table("")
        self._cursors: dict[View, str] = {}  # what the cursor is on

    def compose(self) -> ComposeResult:
        with Horizontal(id="head"):
            yield Static(id="title")
            yield Static(id="count")
        yield ViewBar()
        yield Static(id="said")
        yield Static(id="heading")
        with Container(id="body"):
            yield Plot()
            yield PickList()
        yield StatusLine()
        yield KeyBar()

    def on_mount(self) -> None:
        self._plot = self.query_one(Plot)
        super().on_mount()
        self.title_is(_("Statistics: {filter}").format(filter=visible_line(self._text.strip()) or _("all articles")))

    # Counting

    def reload(self) -> None:
        self._show_view()
        self.count()

    @on(CountingScreen.Counted)
    def _keep_census(self, message: CountingScreen.Counted) -> None:
        self._shares = message.shares
        if self._options is None:
            self._options = Options(usual_grain(message.shares))
        found = ngettext("{count} article", "{count} articles", message.found).format(count=f"{message.found:,}")
        self.query_one("#count", Static).update(Content(found))
        self._list()

    @on(CountingScreen.WordsCounted)
    def _keep_words(self, message: CountingScreen.WordsCounted) -> None:
        new = message.sampled is not self._sampled
        self._sampled = message.sampled
        sampled = message.sampled
        sides = (sampled.here.texts, sampled.found), (sampled.there.texts, sampled.rest)
        share = sum(done for done, _all in sides) / max(sum(min(message.wanted, every) for _done, every in sides), 1)
        self._counted = 1.0 if message.ended else share
        self._show_progress()
        if new and self._view in _WORDS:
            self._list()

    def _show_progress(self) -> None:
        """Say how far the words are counted, in the views that they are for."""
        under_way = self._view in _WORDS and self._query is not None and self._counted < 1
        said = _("counting words: {percent} %").format(percent=round(100 * self._counted))
        self._status.right = said if under_way else ""

    @on(CountingScreen.Failed)
    def _show_failure(self, message: CountingScreen.Failed) -> None:
        self.say(str(message.error), warning=True)

    @work(thread=True, exclusive=True, group="list")
    def _make(self, view: View, options: Options, shares: Sequence[Share], sampled: Sampled | None) -> None:
        match view:
            case View.TIME:
                table = statistics.over_time(shares, options)
            case View.PAPERS:
                table = statistics.by_paper(shares, options)
            case View.COLLOCATES if sampled is not None:
                table = statistics.collocates(sampled, options)
            case View.KEYNESS if sampled is not None:
                table = statistics.keyness(sampled, options)
            case _:
                return
        if not get_current_worker().is_cancelled:
            self.post_message(self.Listed(view, options, table))

    def _list(self) -> None:
        """Make the present view, as soon as what it needs is there."""
        if self._shares is not None and self._options is not None:
            self._make(self._view, self._options, self._shares, self._sampled)

    @on(Listed)
    def _keep_table(self, message: Listed) -> None:
        if (message.view, message.options) == (self._view, self._options):
            self._table = message.table
            self._show_table()

    # Showing

    def _show_view(self) -> None:
        """Show another view, empty until it has been made."""
        self.query_one(ViewBar).show([_(name) for name in VIEW_NAMES.values()], self._view)
        keys = [key for key in self.KEYS if self._view in _ONLY.get(key.keys[0], set(View))]
        self.query_one(KeyBar).show(key_commands((key.keys[0], key.label) for key in keys))
        idle = self._view in _WORDS and self._query is None
        waiting = _("Words are compared under a filter: there is none") if idle else _("Counting…")
        self._show_progress()
        self._table = Table("", empty=waiting)
        self._show_table()
        self._list()

    def _show_table(self) -> None:
        """Show the present view, the cursor on what it was on."""
        table = self._table
        self.query_one("#said", Static).update(Content(visible_line(table.said)))
        charted = bool(table.values)
        self._plot.display, self.list.display = charted, not charted
        self.query_one("#heading").display = bool(table.columns)
        name = self._cursors.get(self._view)
        cursor = table.names.index(name) if name in table.names else 0
        if charted:
            last = len(table.names) - 1
            same = (
                at for at, one in enumerate(table.names) if name and one >= name[: len(one)]
            )  # of another grain, too
            relative = self._options is not None and self._options.relative
            self._plot.show(table.names, table.values, cursor=next(same, last), whole=not relative)
        else:
            self._show_rows(cursor)
        self.show_chosen()

    def _show_rows(self, cursor: int) -> None:
        table = self._table
        room = max(self.size.width - _LEADING - 2, 1)
        heading, *lines = aligned(table.columns, table.rows, room) if table.rows else [""]
        self.query_one("#heading", Static).update(Content(heading))
        self.list.show([Row(line) for line in lines] or [Row(table.empty, heading=True)], cursor)

    def show_chosen(self) -> None:
        place = self._chosen
        if place is not None:
            self._cursors[self._view] = self._table.names[place]
        self._status.left = visible_line(self._table.notes[place]) if place is not None else ""

    @property
    def _chosen(self) -> int | None:
        """The place of what is under the cursor."""
        if not self._table.names:
            return None
        return self._plot.cursor if self._table.values else self.list.chosen

    def on_resize(self, _event: events.Resize) -> None:
        if self.is_mounted and self._table.rows:
            self._show_rows(self.list.cursor)

    @on(Plot.Picked)
    def _follow_plot(self) -> None:
        self.show_chosen()

    # Keys

    def action_move(self, step: int) -> None:
        if self._table.values:
            self._plot.move(step)
            self.show_chosen()
        else:
            super().action_move(step)

    def action_page(self, step: int) -> None:
        if self._table.values:
            self.action_move(step * self._plot.screenful)
        else:
            super().action_page(step)

    def action_view(self, number: int) -> None:
        if self._view != number:
            self._view = View(number)
            self._show_view()

    def action_turn(self, step: int) -> None:
        self.action_view((self._view - 1 + step) % len(View) + 1)

    def action_relative(self) -> None:
        if self._options is not None and self._view is View.TIME:
            self._choose(replace(self._options, relative=not self._options.relative))

    def action_finer(self, step: int) -> None:
        options = self._options
        if options is None:
            return
        if self._view is View.TIME:
            place = GRAINS.index(options.grain) + step
            self._choose(replace(options, grain=GRAINS[max(0, min(place, len(GRAINS) - 1))]))
        elif self._view is View.COLLOCATES:
            self._choose(replace(options, window=max(1, min(options.window + step, WIDEST))))

    def action_order(self) -> None:
        if self._options is not None and self._view in ORDERS:
            order = (self._options.order(self._view) + 1) % len(ORDERS[self._view])
            self._choose(replace(self._options, orders={**self._options.orders, self._view: order}), top=True)

    def action_side(self) -> None:
        if self._options is not None and self._view is View.KEYNESS:
            self._choose(replace(self._options, lacking=not self._options.lacking), top=True)

    def action_kind(self) -> None:
        if self._options is not None and self._view in _WORDS:
            kinds = list(Kind)
            kind = kinds[(kinds.index(self._options.kind) + 1) % len(kinds)]
            self._choose(replace(self._options, kind=kind))

    def action_least(self, step: int) -> None:
        if self._options is not None and self._view in _WORDS:
            present = self._options.least or usual_least(self._sampled.here.hits if self._sampled else 0)
            place = max(0, min(_MINIMA.index(present) + step, len(_MINIMA) - 1))
            self._choose(replace(self._options, least=_MINIMA[place]))

    def _choose(self, options: Options, *, top: bool = False) -> None:
        """Show the view otherwise; the cursor stays on what it is on, or goes to the top."""
        if top:
            self._cursors.pop(self._view, None)
        self._options = options
        self._list()

    def action_refine(self) -> None:
        place = self._chosen
        name = self._table.names[place] if place is not None else ""
        if not name or self._options is None:
            if place is not None:
                self.say(_("What has no name can't be filtered by"), warning=True)
            return
        try:
            self.dismiss(self._refined(name, self._options.window * _CHARACTERS_A_WORD))
        except QueryError as error:
            self.say(str(error), warning=True)

    def _refined(self, name: str, within: int) -> str:
        match self._view:
            case View.TIME:
                return refining.with_period(self._text, name)
            case View.PAPERS:
                return refining.with_value(self._text, FieldName.PAPER, name)
            case View.COLLOCATES:
                return refining.near(self._text, name, within)
            case View.KEYNESS:
                return refining.with_word(self._text, name)
