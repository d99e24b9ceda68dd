"""The annotations of the article that is open, in text order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from tui.display import visible_line
from tui.language import _
from tui.model import COLOURS, Annotation
from tui.search.annotated import narrowed
from tui.ui.borders import Edge, Unit
from tui.ui.cards import Deck, in_order, wrap
from tui.ui.commands import COMMANDS, Command, Where, key_of
from tui.ui.keymap import bindings
from tui.ui.layers import SIGNS
from tui.ui.palette import palette
from tui.ui.widgets.cells import paint
from tui.ui.widgets.line_view import LineView

_BAR = "▌ "
_AT, _WAS_AT = "▸", "▹"  # beside the card under the cursor, with the focus and without
_EDGE = 4  # cells that no card has


class AnnotationPanel(LineView, can_focus=True):
    """Quote, note and tags of each annotation; Enter goes to the passage. Only the cards in view are drawn.

    Attributes:
        annotations: All of the article's.
        shown: Those that fit the filter, the article's own first.
        filter: What was typed into the box above the cards.
        doubtful: How many more annotations the page has whose place on it is not known.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.PANEL)
    DEFAULT_CSS = """
    AnnotationPanel {
        background: $surface;
    }
    """

    cursor: reactive[int] = reactive(0, repaint=False)

    @dataclass
    class Jumped(Message):
        """The reader is to go to an annotation's passage."""

        annotation: Annotation

    @dataclass
    class Bordered(Message):
        """A border of the passage under the cursor is to move.

        Attributes:
            step: 1 or -1.
        """

        edge: Edge
        unit: Unit
        step: int

    @dataclass
    class FilterAsked(Message):
        """The box above the cards is wanted."""

    @dataclass
    class Narrowed(Message):
        """The filter has other cards now.

        Attributes:
            shown: How many cards fit.
            total: How many there are.
            doubtful: How many more the page has whose place on it is not known.
        """

        shown: int = field(default=0)
        total: int = field(default=0)
        doubtful: int = field(default=0)

    def __init__(
        self,
        commands: tuple[Command, ...] = COMMANDS,
        author: str = "",
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        """Make an empty panel.

        Args:
            commands: Every command, with the user's keys.
            author: The user, whose name needs not be shown.
            id: The widget's id.
        """
        super().__init__(id=id)
        self._commands = commands
        self.annotations: tuple[Annotation, ...] = ()
        self.shown: tuple[Annotation, ...] = ()
        self.filter = ""
        self.idle = True  # without an article to annotate
        self.doubtful = 0
        self._deck = Deck(author)
        self._hint: list[str] = []
        self._current = ""  # the id of the card on which the cursor stands, or stood last

    @property
    def annotation(self) -> Annotation | None:
        """The annotation under the cursor."""
        return self.shown[self.cursor] if self.cursor < len(self.shown) else None

    def show(self, annotations: tuple[Annotation, ...]) -> None:
        """Show an article's annotations; the cursor stays on its own where that is still there.

        A card under the cursor that does not fit the filter any more stays too: what is done next is meant for it.
        """
        self.annotations = annotations
        self._choose(keep=True)

    def narrow(self, typed: str) -> None:
        """Show only the cards that fit what was typed, in this article and in those after it."""
        self.filter = typed
        self._choose()

    def select(self, annotation_id: str) -> None:
        """Put the cursor on an annotation."""
        for index, annotation in enumerate(self.shown):
            if annotation.id == annotation_id:
                self.cursor = index

    def show_border(self, edge: Edge) -> None:
        """Bring the first or the last line of the quote under the cursor into view."""
        start, _end = self._deck.extent(self.cursor)
        line = start if edge is Edge.START else max(self._deck.quote_end(self.cursor) - 1, start)
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if not top <= line < top + height:
            self.scroll_to(y=line if line < top else line - height + 1, animate=False, immediate=True)

    def on_resize(self) -> None:
        self._set()

    def _choose(self, *, keep: bool = False) -> None:
        current = self._current
        ordered = in_order(self.annotations)
        if self.filter:
            fitting = {one.id for one in narrowed(ordered, self.filter)} | {current if keep and self.shown else ""}
            self.shown = tuple(one for one in ordered if one.id in fitting)
        else:
            self.shown = ordered
        places = [index for index, one in enumerate(self.shown) if one.id == current]
        cursor = places[0] if places else min(self.cursor, max(len(self.shown) - 1, 0))
        self.set_reactive(AnnotationPanel.cursor, cursor)
        self._stand()
        self._set()
        self.post_message(self.Narrowed(len(self.shown), len(self.annotations), self.doubtful))

    def _set(self) -> None:
        width = self.scrollable_content_region.width
        self._deck.lay(self.shown if width > _EDGE + 2 else (), width - _EDGE, self.cursor)
        self._hint = [] if self.shown or width < _EDGE + 2 else wrap(self._empty(), width - _EDGE)
        self.virtual_size = Size(width, self._deck.height or len(self._hint) + 1)
        self._bring_into_view()
        self.refresh()

    def _empty(self) -> str:
        """What is said where there is no card."""
        if self.idle:
            return ""
        if self.annotations:
            return _("No annotation here fits “{filter}”").format(filter=visible_line(self.filter.strip()))
        sentence, highlight = (key_of(self._commands, f"reader.{name}") for name in ("select-sentence", "highlight"))
        return _("No annotations yet: {sentence} selects a sentence, {highlight} highlights it").format(
            sentence=sentence, highlight=highlight
        )

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, len(self.shown) - 1))

    def _stand(self) -> None:
        """Remember the card under the cursor, for when it is shown again."""
        if self.annotation is not None:
            self._current = self.annotation.id

    def watch_cursor(self) -> None:
        self._stand()
        self._set()

    def _bring_into_view(self) -> None:
        top, bottom = self._deck.extent(self.cursor)
        height = self.scrollable_content_region.height
        if top < self.scroll_offset.y or bottom - top > height:
            self.scroll_to(y=top, animate=False, immediate=True)
        elif bottom > self.scroll_offset.y + height:
            self.scroll_to(y=bottom - height, animate=False, immediate=True)

    def render_line(self, y: int) -> Strip:
        width, base = self.scrollable_content_region.width, self.base
        place, styles = y + self.scroll_offset.y, palette(self)
        if not self.shown:
            text = self._hint[place - 1] if 1 <= place <= len(self._hint) else ""
            return paint([("  " + text, styles["empty"])], width, base)
        found = self._deck.line(place)
        if found is None:
            return Strip.blank(width, base)
        index, number, line = found
        colour = self.shown[index].colour
        if not line.barred:
            return Strip.blank(width, base)
        here = index == self.cursor
        if here and self.has_focus:
            base += styles["row-cursor"]
        sign = (_AT if self.has_focus else _WAS_AT) if here and number == 0 else " "
        style = styles[line.style] + styles["card-cursor"] if here and line.style == "quote" else styles[line.style]
        bar = SIGNS.get(colour, SIGNS[COLOURS[0]]) + " " if number == 0 else _BAR
        return paint([(sign, styles["sign"]), (bar, styles[f"bar-{colour}"]), (line.text, style)], width, base)

    def watch_has_focus(self, _focused: bool) -> None:
        self.refresh()

    def action_down(self) -> None:
        self.cursor += 1

    def action_up(self) -> None:
        self.cursor -= 1

    def action_top(self) -> None:
        self.cursor = 0

    def action_bottom(self) -> None:
        self.cursor = len(self.shown) - 1

    def action_jump(self) -> None:
        if self.annotation is not None:
            self.post_message(self.Jumped(self.annotation))

    def action_filter(self) -> None:
        self.post_message(self.FilterAsked())

    # Moving the borders of the passage under the cursor

    def action_end_left(self) -> None:
        self.post_message(self.Bordered(Edge.END, Unit.CHARACTER, -1))

    def action_end_right(self) -> None:
        self.post_message(self.Bordered(Edge.END, Unit.CHARACTER, 1))

    def action_end_word_left(self) -> None:
        self.post_message(self.Bordered(Edge.END, Unit.WORD, -1))

    def action_end_word_right(self) -> None:
        self.post_message(self.Bordered(Edge.END, Unit.WORD, 1))

    def action_start_left(self) -> None:
        self.post_message(self.Bordered(Edge.START, Unit.CHARACTER, -1))

    def action_start_right(self) -> None:
        self.post_message(self.Bordered(Edge.START, Unit.CHARACTER, 1))

    def action_start_word_left(self) -> None:
        self.post_message(self.Bordered(Edge.START, Unit.WORD, -1))

    def action_start_word_right(self) -> None:
        self.post_message(self.Bordered(Edge.START, Unit.WORD, 1))

    def on_click(self, event: events.Click) -> None:
        found = self._deck.line(int(event.y) + self.scroll_offset.y)
        if found is not None:
            self.cursor = found[0]
            if event.chain == 2:
                self.action_jump()
