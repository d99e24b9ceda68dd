"""The list of articles: two lines each, only those on the screen fetched and drawn."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.cache import LRUCache
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from tui.display import visible_line
from tui.library.catalog import ArticleRow
from tui.library.library import Marks
from tui.library.records import DOUBTFUL
from tui.search.matching import hits
from tui.search.query import FieldName, Query
from tui.ui.commands import Where
from tui.ui.keymap import bindings
from tui.ui.palette import palette
from tui.ui.printed import short_page_of
from tui.ui.widgets.cells import fit, paint
from tui.ui.widgets.line_view import LineView

LINES = 2  # an article's height in the list
_CHUNK = 64  # rows fetched at once
_KEPT_LINES = 512  # drawn ones, which are drawn once for as long as they look the same


class ArticleList(LineView, can_focus=True):
    """Rows of articles, fetched as they come into view.

    A row's first line holds a mark for unread and the headline, its second a star, paper, date, page, the numbers of
    the story's other copies and of annotations, a `?` where its borders on the page are in doubt, and a `~` where only
    pinyin initials were found.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.LIST)
    DEFAULT_CSS = """
    ArticleList {
        background: $surface;
    }
    """

    cursor: reactive[int] = reactive(0, always_update=True, repaint=False)

    @dataclass
    class Highlighted(Message):
        """The cursor has come to rest on another article."""

        article_id: int

    @dataclass
    class Opened(Message):
        """The reader wants this article."""

        article_id: int

    def __init__(
        self,
        fetch: Callable[[list[int]], list[ArticleRow]],
        marks: Callable[[ArticleRow], Marks],
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        """Make an empty list.

        Args:
            fetch: Gives the rows of article ids.
            marks: Gives what the reader has left on a row's article.
            id: The widget's id.
        """
        super().__init__(id=id)
        self._fetch = fetch
        self._marks = marks
        self._rows: dict[int, ArticleRow] = {}
        self._query: Query | None = None
        self._literal = 0  # articles that match as they stand; those behind them match by pinyin initials
        self._ranked = False
        self._ranking = b""  # the ids that don't ascend, as they lie in memory
        self._sought: int | None = None  # the article that the cursor is to go to when it comes into the list
        self._drawn: LRUCache[object, Strip] = LRUCache(_KEPT_LINES)
        self.ids: array[int] = array("q")
        self.empty_text = ""

    def show(
        self,
        ids: array[int],
        query: Query | None,
        *,
        literal: int | None = None,
        ranked: bool = False,
        fresh: bool = False,
        top: bool = False,
        instead: int | None = None,
    ) -> None:
        """Show other articles; the cursor stays on its article, and that on its line, where it is among them.

        Where the same filter does not find it any more, the cursor goes to the one that has come into its place.

        Args:
            ids: The articles, in the order of the list.
            query: What they were found by; its hits are marked in the headlines.
            literal: How many of them, the first, match as they stand; by default all do.
            ranked: Whether the best of these come first: their ids do not ascend.
            fresh: Whether rows fetched before may have changed.
            top: Whether the cursor is to go to the first.
            instead: The article that stands for the cursor's where that is folded into it.
        """
        current, line = self.article_id, self.cursor * LINES - self.scroll_offset.y
        renewed = self._query is not None and (query, ranked) == (self._query, self._ranked)
        if fresh:
            self._rows = {}
        self.ids, self._query, self._ranked = ids, query, ranked
        self._literal = len(ids) if literal is None else literal
        self._ranking = ids[: self._literal].tobytes() if ranked else b""
        self._drawn.clear()
        self.virtual_size = Size(self.size.width, len(ids) * LINES)
        place = None if top else self._place_of(self._sought)
        if top or place is not None:
            self._sought = None
        else:
            place = self._place_of(current)
            if place is None:
                place = self._place_of(instead)
        if place is None:
            place = min(self.cursor, max(len(ids) - 1, 0)) if renewed else 0
        self.set_reactive(ArticleList.cursor, place)
        if ids and ids[place] == current:
            self.scroll_to(y=place * LINES - line, animate=False, immediate=True)
        else:
            self._scroll_to_cursor()
        self.refresh()
        if self.article_id is not None and self.article_id != current:
            self.post_message(self.Highlighted(self.article_id))

    @property
    def article_id(self) -> int | None:
        """The article under the cursor."""
        return self.ids[self.cursor] if self.cursor < len(self.ids) else None

    @property
    def wanted_id(self) -> int | None:
        """The article that the cursor stands on, or that it is to go to."""
        return self._sought if self._sought is not None else self.article_id

    def by_initials(self, article_id: int) -> bool:
        """Whether an article of the list was found by pinyin initials only."""
        return self._place_between(self._literal, len(self.ids), article_id) is not None

    def select(self, article_id: int) -> None:
        """Put the cursor on an article of the list, as soon as that has it."""
        place = self._place_of(article_id)
        if place is None:
            self._sought = article_id
        else:
            self.cursor = place

    def _place_of(self, article_id: int | None) -> int | None:
        """Where an article stands, found soon among a million, too."""
        if article_id is None:
            return None
        place = self._place_between(self._literal, len(self.ids), article_id)
        if place is None and self._ranked:
            return _index(self._ranking, article_id)
        return self._place_between(0, self._literal, article_id) if place is None else place

    def _place_between(self, first: int, end: int, article_id: int) -> int | None:
        """Where an article stands among those from `first` to `end`, which ascend."""
        place = bisect_left(self.ids, article_id, first, end)
        return place if place < end and self.ids[place] == article_id else None

    def on_resize(self, event: events.Resize) -> None:
        self.virtual_size = Size(event.size.width, len(self.ids) * LINES)
        self._scroll_to_cursor()

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, len(self.ids) - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        self._sought = None
        if before != now and self.ids:
            self._scroll_to_cursor()  # which draws every line anew, if it has to
            for index in (before, now):
                self.refresh_lines(index * LINES, LINES)
            self.post_message(self.Highlighted(self.ids[now]))

    def _scroll_to_cursor(self) -> None:
        height = self.scrollable_content_region.height
        top = self.cursor * LINES
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, immediate=True)
        elif top + LINES > self.scroll_offset.y + height:
            self.scroll_to(y=top + LINES - height, animate=False, immediate=True)

    # Drawing

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        index, line = divmod(y + self.scroll_offset.y, LINES)
        base = self.base
        if not self.ids and self.empty_text:
            style = palette(self)["empty"]
            return paint([("  " + self.empty_text, style)] if y == 1 else [], width, base)
        if index >= len(self.ids):
            return Strip.blank(width, base)
        row = self._row(index)
        if row is None:
            return Strip.blank(width, base)
        if index == self.cursor:
            base += palette(self)["row-cursor"]
        marks = self._marks(row)
        initials = index >= self._literal
        key = row.id, line, marks, initials, width, base
        strip = self._drawn.get(key)
        if strip is None:
            draw = self._head if line == 0 else self._source
            strip = self._drawn[key] = draw(row, marks, width, base, initials=initials)
        return strip

    def _row(self, index: int) -> ArticleRow | None:
        article_id = self.ids[index]
        if article_id not in self._rows:
            first = index - index % _CHUNK
            if len(self._rows) > 64 * _CHUNK:
                self._rows = {}
            self._rows.update((row.id, row) for row in self._fetch(list(self.ids[first : first + _CHUNK])))
        return self._rows.get(article_id)

    def _head(self, row: ArticleRow, marks: Marks, width: int, base: Style, *, initials: bool) -> Strip:
        unread = palette(self)["sign"]
        style = palette(self)["row-read" if marks.read else "row-unread"]
        title = fit(visible_line(row.title or row.lead), width - 3)
        segments = [("  " if marks.read else "• ", unread)]
        at = 0
        if self._query is not None:
            hit = style + palette(self)["row-hit"]
            for start, end in hits(self._query, title, initials=initials, fields=(FieldName.TITLE,)):
                segments += [(title[at:start], style), (title[start:end], hit)]
                at = end
        segments.append((title[at:], style))
        return paint(segments, width, base)

    def _source(self, row: ArticleRow, marks: Marks, width: int, base: Style, *, initials: bool) -> Strip:
        mark = palette(self)["sign"]
        style = palette(self)["source"]
        count = f"✎{marks.annotations} " if marks.annotations else ""
        copies = f"⧉{marks.copies} " if marks.copies else ""
        doubt = ("~ " if initials else "") + ("? " if row.certainty < DOUBTFUL else "")
        source = "  ".join(part for part in (row.paper, row.date, short_page_of(row.number)) if part) or row.page
        source = fit(visible_line(source), width - 3 - len(copies) - len(count) - len(doubt))
        left: list[tuple[str, Style]] = [("★ " if marks.starred else "  ", mark), (source, style)]
        return paint(left, width, base, right=((copies, style), (count, mark), (doubt, palette(self)["doubt"])))

    # Keys

    def _screenful(self) -> int:
        return max(self.scrollable_content_region.height // LINES - 1, 1)

    def action_down(self) -> None:
        self.cursor += 1

    def action_up(self) -> None:
        self.cursor -= 1

    def action_page_down(self) -> None:
        self.cursor += self._screenful()

    def action_page_up(self) -> None:
        self.cursor -= self._screenful()

    def action_half_down(self) -> None:
        self.cursor += max(self._screenful() // 2, 1)

    def action_half_up(self) -> None:
        self.cursor -= max(self._screenful() // 2, 1)

    def action_top(self) -> None:
        self.cursor = 0

    def action_bottom(self) -> None:
        self.cursor = len(self.ids) - 1

    def action_open(self) -> None:
        if self.article_id is not None:
            self.post_message(self.Opened(self.article_id))

    def on_click(self, event: events.Click) -> None:
        index = (event.y + self.scroll_offset.y) // LINES
        if index < len(self.ids):
            self.cursor = index
            if event.chain == 2:
                self.action_open()


def _index(ids: bytes, wanted: int) -> int | None:
    """The place of an id among the bytes of an array of them; `array.index` makes an object of each, and is slow."""
    needle = array("q", (wanted,)).tobytes()
    at = ids.find(needle)
    while at > 0 and at % len(needle):
        at = ids.find(needle, at + 1)
    return at // len(needle) if at >= 0 else None
