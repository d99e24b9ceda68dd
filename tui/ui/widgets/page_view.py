"""The page itself in the reader's place: what the parser has taken for the article, and all else on the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from tui import units
from tui.cells import widths
from tui.display import visible
from tui.ui.commands import Where
from tui.ui.document import Document
from tui.ui.keymap import bindings
from tui.ui.layers import layer, runs
from tui.ui.page_layout import PageLayout, PageLine, lay_out
from tui.ui.palette import palette
from tui.ui.widgets.cells import Piece, paint
from tui.ui.widgets.line_view import LineView

KEYS = frozenset(
    f"reader.{name}" for name in ("down", "up", "page-down", "page-up", "half-down", "half-up", "top", "bottom", "page")
)
"""The reader's commands that have their keys here too."""


class PageView(LineView, can_focus=True):
    """Shows a page line for line. Its keys scroll; a click puts the cursor, Enter goes there in the reader."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *(own for own in bindings(Where.READER) if isinstance(own, Binding) and own.id in KEYS),
        Binding("enter", "go", show=False),
    ]
    DEFAULT_CSS = """
    PageView {
        background: $background;
    }
    """

    @dataclass
    class Left(Message):
        """The reader is to come back as it was."""

    @dataclass
    class Chosen(Message):
        """The reader is to come back at a place.

        Attributes:
            position: On the page.
        """

        position: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Make an empty view."""
        super().__init__(id=id)
        self._document: Document | None = None
        self._text = ""
        self._layout: PageLayout | None = None
        self.cursor = 0  # a position of the page

    def show(self, document: Document, offset: int) -> None:
        """Show the page of an article, at the place of an offset of the article's text."""
        self._document = document
        self._text = visible(document.stored.page.text)
        spans = document.to_page(offset, offset + 1)
        self.cursor = spans[0].start if spans else document.stored.article.start
        self._set()
        self._bring_into_view()

    def _set(self) -> None:
        width = self.scrollable_content_region.width
        self._layout = None
        if self._document is not None and width > 0:
            self._layout = lay_out(self._text, self._document.stored.article, width)
            self.virtual_size = Size(width, len(self._layout.lines))
        self.refresh()

    def on_resize(self) -> None:
        before, top = self._layout, self.scroll_offset.y
        if before is None:
            self._set()
            self._bring_into_view()
        elif before.width != self.scrollable_content_region.width:
            self._set()
            if self._layout is not None:  # what stood on the first line stays there
                start = before.lines[min(top, len(before.lines) - 1)].start
                self.scroll_to(y=self._layout.line_of(start), animate=False, immediate=True)

    def _bring_into_view(self) -> None:
        if self._layout is not None:
            line = self._layout.line_of(self.cursor)
            top = line - self.scrollable_content_region.height // 3
            self.scroll_to(y=max(top, 0), animate=False, immediate=True)

    # Drawing

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        index = y + self.scroll_offset.y
        if self._layout is None or index >= len(self._layout.lines):
            return Strip.blank(width, self.base)
        line = self._layout.lines[index]
        return paint([(self._layout.margin(line), palette(self)["number"]), *self._pieces(line)], width, self.base)

    def _pieces(self, line: PageLine) -> list[Piece]:
        assert self._layout is not None
        styles = palette(self)
        layers = list(self._layout.layers)
        if line.start <= self.cursor < line.end:
            layers.append(layer("cursor", ((self.cursor, units.next_character(self._text, self.cursor)),)))
        pieces = []
        for start, end, names in runs(line.start, line.end, layers):
            inside = any(name != "cursor" for name in names)
            style = Style.null() if inside else styles["outside"]
            for name in names:
                style += styles[name]
            pieces.append((self._text[start:end], style))
        if line.start == line.end == self.cursor:
            pieces.append((" ", styles["cursor"]))
        return pieces

    # Keys

    def _scroll(self, lines: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, immediate=True)

    @property
    def _screenful(self) -> int:
        return max(self.scrollable_content_region.height - 2, 1)

    def action_down(self) -> None:
        self._scroll(1)

    def action_up(self) -> None:
        self._scroll(-1)

    def action_page_down(self) -> None:
        self._scroll(self._screenful)

    def action_page_up(self) -> None:
        self._scroll(-self._screenful)

    def action_half_down(self) -> None:
        self._scroll(max(self._screenful // 2, 1))

    def action_half_up(self) -> None:
        self._scroll(-max(self._screenful // 2, 1))

    def action_top(self) -> None:
        self.scroll_to(y=0, animate=False, immediate=True)

    def action_bottom(self) -> None:
        self.scroll_to(y=self.virtual_size.height, animate=False, immediate=True)

    def action_page(self) -> None:
        self.post_message(self.Left())

    def action_go(self) -> None:
        self.post_message(self.Chosen(self.cursor))

    # The mouse

    def on_click(self, event: events.Click) -> None:
        if self._layout is None or not self._layout.lines:
            return
        index = min(int(event.y) + self.scroll_offset.y, len(self._layout.lines) - 1)
        self.cursor = self._position_at(self._layout.lines[index], int(event.x) - self._layout.left)
        self.refresh()
        if event.chain == 2:
            self.action_go()

    def _position_at(self, line: PageLine, column: int) -> int:
        """The position of the character of a line that covers a column of its text, or of its last one."""
        at = 0
        for place, cells in enumerate(widths(self._text[line.start : line.end])):
            at += cells
            if at > column:
                return line.start + place
        return max(line.end - 1, line.start)
