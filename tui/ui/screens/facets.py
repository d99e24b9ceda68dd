"""The facet sheet: what the articles found consist of, and the filter refined by it with a few keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from tui.display import visible_line
from tui.errors import JianbaoError, QueryError
from tui.language import _, ngettext
from tui.library.counting import FacetCounter
from tui.library.facets import Facets, StoppedError
from tui.search.query import FieldName, parse
from tui.search.refining import conditions, refined, shortened
from tui.ui.facets import Board, Line, can_be_asked, lines_of
from tui.ui.screens.sheet import Sheet
from tui.ui.widgets.pick_list import PickList, Row

_INSET = 2  # cells a level of dates stands farther in
_LIST = (0.32, 34, 52)  # the article list: its share of the main screen, its least and its greatest width
_BESIDE = 104  # cells of a screen from which on that stands beside something, likewise
_WIDEST = 76  # cells of a line: farther off no count is seen beside its value


class FacetSheet(Sheet[None]):
    """Values with their counts; each key that refines is told at once, and the sheet stays open."""

    SHARE: ClassVar[float] = 1.0
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "refine", show=False, priority=True),
        Binding("delete", "exclude", show=False, priority=True),
        Binding("escape,ctrl+g", "dismiss(None)", show=False, priority=True),
        Binding("down,ctrl+n", "move(1)", show=False, priority=True),
        Binding("up,ctrl+p", "move(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("tab", "group(1)", show=False, priority=True),
        Binding("shift+tab", "group(-1)", show=False, priority=True),
        Binding("right", "open", show=False, priority=True),
        Binding("left", "close", show=False, priority=True),
        Binding("backspace", "take_back", show=False, priority=True),
        Binding("minus,fullwidth_hyphen_minus", "leave_out", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    FacetSheet {
        align: left top;
        background: $background 0%;
        & > Vertical { margin: 1 0 0 0; height: 1fr; max-width: 100%; max-height: 100%; padding: 0 1; }
        & > Vertical { border-top: none; }
        Input, Input:focus { border: none; height: 1; padding: 0; margin: 1 0 0 0; background: $surface; }
        PickList { margin: 1 0; height: 1fr; }
        .sheet--keys { dock: bottom; padding: 0 1; background: $panel; }
        PickList.-stale { opacity: 50%; }
        &.-low Input, &.-low PickList { margin: 0; }
    }
    """

    @dataclass
    class Counted(Message):
        """The values of a filter have been counted."""

        text: str
        board: Board

    @dataclass
    class Failed(Message):
        """They could not be."""

        text: str
        cause: str

    def __init__(self, counter: FacetCounter, text: str, apply: Callable[[str], None]) -> None:
        """Make the sheet.

        Args:
            counter: What counts.
            text: What stands in the filter box.
            apply: Puts another text there.
        """
        super().__init__()
        self._counter = counter
        self._text = text
        self._apply = apply
        self._before: list[str] = []  # the texts that Backspace brings back
        self._board = Board(Facets(0, {}))
        self._opened: set[str] = set()
        self._lines: tuple[Line, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(classes="sheet--title")
            yield Input(placeholder=_("type to narrow the list"))
            yield PickList()
        yield Static(Content(self._keys_line), classes="sheet--keys")

    @property
    def _keys_line(self) -> str:
        return _("Enter narrow · - leave out · Backspace back · → open · Esc done · Tab next group")

    def on_mount(self) -> None:
        self._list = self.query_one(PickList)
        self.query_one(Input).focus()
        self._recount()

    def on_resize(self, event: events.Resize) -> None:
        """Stand beside the list where there is room, and as high as the screen below the filter."""
        share, least, most = _LIST
        beside = max(least, min(most, int(event.size.width * share)))
        sheet = self.query_one(Vertical)
        wide = event.size.width >= _BESIDE
        sheet.styles.offset = (beside if wide else 0, 0)
        sheet.styles.width = event.size.width - beside if wide else event.size.width
        for part in sheet.children:
            part.styles.max_width = _WIDEST

    # Counting

    def _recount(self) -> None:
        self._list.add_class("-stale")
        self._say(_("Counting…"))
        self._count(self._text)

    @work(thread=True, exclusive=True, group="facets")
    def _count(self, text: str) -> None:
        worker = get_current_worker()
        try:
            board = Board(self._counter.count(parse(text), lambda: worker.is_cancelled))
        except StoppedError:
            return
        except QueryError as error:
            self.post_message(self.Failed(text, str(error)))
        except JianbaoError as error:
            self.post_message(self.Failed(text, str(error)))
        else:
            self.post_message(self.Counted(text, board))

    @on(Counted)
    def _show_counts(self, message: Counted) -> None:
        if message.text == self._text:
            self._board = message.board
            self._list.remove_class("-stale")
            count = message.board.facets.articles
            self._say(ngettext("{count} article", "{count} articles", count).format(count=count))
            self._show()

    @on(Failed)
    def _show_failure(self, message: Failed) -> None:
        if message.text == self._text:
            self._list.remove_class("-stale")
            self._board = Board(Facets(0, {}))
            self._say(message.cause)
            self._show()

    def _say(self, text: str) -> None:
        self.query_one(".sheet--title", Static).update(Content(visible_line(text)))

    # Showing

    @on(Input.Changed)
    def _narrow(self) -> None:
        self._show(first=True)

    def _show(self, *, first: bool = False) -> None:
        """Show the lines, the cursor on the one it stood on, or on the first."""
        chosen = self._chosen
        typed = self.query_one(Input).value
        self._lines = lines_of(self._board, conditions(self._text), self._opened, typed)
        here = (chosen.group, chosen.value, chosen.opens) if chosen and not first else None
        places = [place for place, line in enumerate(self._lines) if (line.group, line.value, line.opens) == here]
        if not places and chosen and not first:
            places = [place for place, line in enumerate(self._lines) if line.group == chosen.group]
        nothing = Row(_("Nothing fits") if typed else _("No articles"), heading=True)
        self._list.show([_row(line) for line in self._lines] or [nothing], places[0] if places else 0)

    @property
    def _chosen(self) -> Line | None:
        place = self._list.chosen
        return self._lines[place] if place is not None and place < len(self._lines) else None

    # Keys

    def action_move(self, step: int) -> None:
        self._list.move(step)

    def action_page(self, step: int) -> None:
        self._list.page(step)

    def action_group(self, step: int) -> None:
        """To the first value of the next group, or of the one before."""
        heads = [place + 1 for place, line in enumerate(self._lines) if line.heading]
        if heads:
            here = max((place for place in heads if place <= self._list.cursor), default=heads[0])
            place = heads[(heads.index(here) + step) % len(heads)]
            self._list.show(self._list.rows, place)

    def action_open(self) -> None:
        line = self._chosen
        if line and line.opens and line.opens not in self._opened:
            self._opened.add(line.opens)
            self._show()

    def action_close(self) -> None:
        """Close what the line has opened, or what it stands under."""
        line = self._chosen
        if line is None:
            return
        around = [line.opens, line.value[:-3] if line.depth else "", "" if line.depth else line.group.value]
        wanted = next((one for one in around if one in self._opened), None)
        if wanted is not None:
            self._opened.remove(wanted)
            self._show()

    def action_refine(self) -> None:
        line = self._chosen
        if line and not line.value:
            self.action_open()
        elif line:
            self._ask(line, without=False)

    def action_exclude(self) -> None:
        line = self._chosen
        if line and line.value:
            self._ask(line, without=True)

    def on_pick_list_picked(self) -> None:
        self.action_refine()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Two keys mean the filter only where nothing is typed: else they belong to that."""
        if action in {"take_back", "leave_out"}:
            return not self.query_one(Input).value
        return super().check_action(action, parameters)

    def action_leave_out(self) -> None:
        self.action_exclude()

    def _ask(self, line: Line, *, without: bool) -> None:
        if not can_be_asked(line):
            self._say(_("No filter can ask for this"))
            return
        self._before.append(self._text)
        self.query_one(Input).value = ""
        self._change(refined(self._text, FieldName(line.group.value), line.value, without=without))

    def action_take_back(self) -> None:
        """Bring back the filter as it was before the last key, else take away its last condition."""
        if self._before:
            self._change(self._before.pop())
        elif self._text:
            self._change(shortened(self._text))

    def _change(self, text: str) -> None:
        self._text = text
        self._apply(text)
        self._recount()


def _row(line: Line) -> Row:
    detail = "" if line.count is None else str(line.count)
    return Row(line.text, line.sign.value, detail, heading=line.heading, inset=line.depth * _INSET)
