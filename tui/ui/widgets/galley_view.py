"""An article on the screen: its lines, what lies over them, the caret and what is in view."""

from __future__ import annotations

from dataclasses import dataclass

from textual.cache import LRUCache
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from tui import units
from tui.cells import widths
from tui.model import Annotation, Role, Scope, Status
from tui.search.query import Query
from tui.search.shown import hits_in
from tui.ui.caret import Caret
from tui.ui.document import Document
from tui.ui.galley import Galley, SetLine, Setting, set_document
from tui.ui.layers import Layer, Sign, highlighted, layer
from tui.ui.palette import palette
from tui.ui.widgets.drawing import Look, clipped, draw
from tui.ui.widgets.line_view import LineView
from tui.units import Range

_MARGIN = 2  # lines kept between the cursor and the pane's edge
_KEPT_LINES = 512  # drawn ones, which are drawn once for as long as they look the same


class GalleyView(LineView):
    """Shows one article. Only the lines on the screen are drawn."""

    ALLOW_SELECT = False  # the selection here is ours, by keyboard and mouse alike
    DEFAULT_CSS = """
    GalleyView {
        background: $background;
    }
    """

    caret: reactive[Caret] = reactive(Caret(), repaint=False)

    @dataclass
    class Moved(Message):
        """The cursor has moved, or something else that the status line tells has changed."""

    def __init__(self, setting: Setting, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Make an empty pane.

        Args:
            setting: How articles are set.
            id: The widget's id.
        """
        super().__init__(id=id)
        self._setting = setting
        self._galley: Galley | None = None
        self._hits: Layer = layer("hit", ())
        self._marks: tuple[tuple[Annotation, tuple[Range, ...]], ...] = ()
        self._mark_layers: tuple[Layer, ...] = ()
        self._signs: tuple[Sign, ...] = ()
        self._goal: int | None = None  # the column that a walk up and down keeps to
        self.document: Document | None = None
        self._over: tuple[Layer, ...] = ()  # what lies over the hits
        self._drawn: LRUCache[object, Strip] = LRUCache(_KEPT_LINES)

    # What is shown

    def show(
        self,
        document: Document | None,
        query: Query | None,
        annotations: tuple[Annotation, ...],
        *,
        initials: bool = False,
    ) -> None:
        """Show an article from its head on; None clears the pane.

        Args:
            document: The article.
            query: What it was found by.
            annotations: What is noted on it.
            initials: Whether the query's words were found as pinyin initials.
        """
        self.document = document
        self._galley = None
        self.set_reactive(GalleyView.caret, Caret(self._first_body(), None))
        self.show_annotations(annotations)
        self.show_hits(query, initials=initials)
        self._set()
        self.scroll_to(y=0, animate=False, immediate=True)
        self.post_message(self.Moved())

    def reset(self, document: Document) -> None:
        """Set the same article anew, its words known now; the cursor and what is in view stay."""
        self.document = document
        self._set()

    def show_hits(self, query: Query | None, *, initials: bool = False) -> None:
        """Mark the hits of a query, where its words may be pinyin initials those, too."""
        found = hits_in(query, self.document.reading, initials=initials) if self.document and query else ()
        self._hits = layer("hit", found)
        self._redraw()

    @property
    def over(self) -> tuple[Layer, ...]:
        """What lies over the hits."""
        return self._over

    @over.setter
    def over(self, layers: tuple[Layer, ...]) -> None:
        self._over = layers
        self._redraw()

    def _redraw(self) -> None:
        """Draw every line anew: what lies over the text, or the text itself, has changed."""
        self._drawn.clear()
        self.refresh()

    def show_annotations(self, annotations: tuple[Annotation, ...]) -> None:
        """Mark the passages of the article's annotations."""
        if self.document is None:
            self._marks, self._mark_layers, self._signs = (), (), ()
            return
        self._marks = tuple((annotation, self.document.ranges_of(annotation)) for annotation in annotations)
        passages = [(annotation, ranges) for annotation, ranges in self._marks if annotation.scope is Scope.SPAN]
        longest_first = sorted(passages, key=lambda mark: -_length(mark[1]))
        self._mark_layers = highlighted([(annotation.colour, ranges) for annotation, ranges in longest_first])
        signs = [
            Sign(ranges[0][0], one.colour, bool(one.note), one.status is Status.MOVED)
            for one, ranges in passages
            if ranges
        ]
        self._signs = tuple(sorted(signs))
        self._redraw()

    def _first_body(self) -> int:
        if self.document is None:
            return 0
        paragraphs = self.document.reading.paragraphs
        return next((paragraph.start for paragraph in paragraphs if paragraph.role is Role.BODY), 0)

    def _set(self) -> None:
        """Break the article into lines for the pane's width, keeping the first line in view where it is."""
        width = self.scrollable_content_region.width
        if self.document is None or width <= 0:
            self._galley = None
            self.virtual_size = Size(0, 0)
            self._redraw()
            return
        top = None
        if self._galley is not None and self._galley.lines and self.scroll_offset.y > 0:
            top = self._galley.lines[min(self.scroll_offset.y, len(self._galley.lines) - 1)].start
        self._galley = set_document(self.document, width, self._setting)
        self.virtual_size = Size(width, len(self._galley.lines) + 1)
        if top is not None:
            self.scroll_to(y=self._galley.line_of(top), animate=False, immediate=True)
        self._redraw()

    def on_resize(self) -> None:
        if self._galley is None or self._galley.width != self.scrollable_content_region.width:
            self._set()
            if self.has_focus:
                self._bring_into_view()
        self.post_message(self.Moved())

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Moved())

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    # What stands under the cursor

    @property
    def selection(self) -> Range | None:
        """The selected range of the document's text, without the white space around it."""
        chosen = self.caret.selection(self.document.text) if self.document else None
        if chosen is None or self.document is None:
            return None
        start, end = chosen
        text = self.document.text[start:end]
        return (start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())) if text.strip() else None

    @property
    def annotation(self) -> Annotation | None:
        """The annotation under the cursor, the shortest where several lie over each other."""
        offset = self.caret.offset
        under = [
            (_length(ranges), number)
            for number, (annotation, ranges) in enumerate(self._marks)
            if annotation.scope is Scope.SPAN and any(start <= offset < end for start, end in ranges)
        ]
        return self._marks[min(under)[1]][0] if under else None

    @property
    def hit_number(self) -> tuple[int, int]:
        """How many hits begin at or before the cursor, and how many there are."""
        return sum(start <= self.caret.offset for start, _ in self._hits.ranges), len(self._hits.ranges)

    @property
    def progress(self) -> int:
        """How far the last line in view is through the article, in percent."""
        if self._galley is None or not self._galley.lines:
            return 0
        seen = self.scroll_offset.y + self.scrollable_content_region.height
        return min(100, round(100 * seen / len(self._galley.lines)))

    def jump(self, offset: int) -> None:
        """Put the cursor on an offset of the text; a selection is dropped."""
        self.caret = Caret(offset)
        self._bring_into_view(middle=True)

    def jump_to(self, annotation: Annotation) -> None:
        """Put the cursor on an annotation's passage."""
        ranges = next((ranges for own, ranges in self._marks if own.id == annotation.id), ())
        if ranges:
            self.jump(ranges[0][0])

    def drop_selection(self) -> bool:
        """End a selection; False where there is none."""
        if self.caret.anchor is None:
            return False
        self.caret = Caret(self.caret.offset)
        return True

    # Drawing

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        base = self.base
        index = y + self.scroll_offset.y
        if self.document is None or self._galley is None or index >= len(self._galley.lines):
            return Strip.blank(width, base)
        line = self._galley.lines[index]
        selected, cursor = clipped(self.selection, line), self._cursor_on(line)
        key = index, selected, cursor, width, base
        strip = self._drawn.get(key)
        if strip is None:
            layers = (*self._mark_layers, self._hits, *self._over)
            look = Look(self.document.text, self._galley.margin, layers, self._signs, palette(self))
            strip = self._drawn[key] = draw(line, look, selected, cursor, width=width, base=base)
        return strip

    def _cursor_on(self, line: SetLine) -> int | None:
        """The cursor's offset where it is shown on a line."""
        caret = self.caret.offset
        return caret if self.has_focus and line.role and line.start <= caret < max(line.end, line.start + 1) else None

    def watch_caret(self, before: Caret, now: Caret) -> None:
        if before == now:
            return
        if self._galley is None or before.anchor != now.anchor:
            self.refresh()
        else:
            first, last = sorted(map(self._galley.line_of, (before.offset, now.offset)))
            self.refresh_lines(first, last - first + 1)
        self.post_message(self.Moved())

    def watch_has_focus(self, _focused: bool) -> None:
        self.refresh()

    def _bring_into_view(self, *, middle: bool = False) -> None:
        if self._galley is None:
            return
        line, height = self._galley.line_of(self.caret.offset), self.scrollable_content_region.height
        top = self.scroll_offset.y
        margin = min(_MARGIN, max((height - 1) // 2, 0))
        if line - margin < top or line + margin >= top + height:
            if middle:
                target = line - height // 3
            else:
                target = line - margin if line - margin < top else line + margin - height + 1
            if line <= self._galley.nearest(0) + margin:
                target = 0
            self.scroll_to(y=max(target, 0), animate=False, immediate=True)

    def _catch_up(self) -> None:
        """Where the wheel has scrolled the cursor out of view, begin from the lines in view, as vim does."""
        if self._galley is None:
            return
        line, top = self._galley.line_of(self.caret.offset), self.scroll_offset.y
        height = self.scrollable_content_region.height
        if not top <= line < top + height:
            wanted = self._galley.nearest(top if line < top else top + height - 1)
            self.caret = self.caret.to(self._galley.lines[wanted].start)

    def _move(self, caret: Caret, *, keep_goal: bool = False) -> None:
        if self.document is None:
            return
        if not keep_goal:
            self._goal = None
        offset = max(0, min(caret.offset, len(self.document.text) - 1))
        if self.document.text[offset : offset + 1] == "\n":
            offset = units.next_character(self.document.text, offset)
        self.caret = caret.to(max(0, min(offset, len(self.document.text) - 1)))
        self._bring_into_view()

    def _offset_at(self, line: SetLine, column: int) -> int:
        """The offset of the character of a line that covers a column of the pane."""
        assert self.document is not None
        text = self.document.text[line.start : line.end].rstrip()
        at = line.left
        for place, cells in enumerate(widths(text)):
            at += cells
            if at > column:
                return line.start + place
        return line.start + max(len(text) - 1, 0)


def _length(ranges: tuple[Range, ...]) -> int:
    return sum(end - start for start, end in ranges)
