"""The lines of a concordance: every hit in the same column; only the lines in view are set and drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from tui.display import visible_line
from tui.language import _
from tui.search.aligning import PARAGRAPH, aligned, halves, seen
from tui.search.concordance import By, Line, Range, Source, compared, places_of
from tui.ui.layers import layer, runs
from tui.ui.palette import palette
from tui.ui.printed import short_page_of
from tui.ui.widgets.cells import Piece, fit, paint
from tui.ui.widgets.line_view import LineView

_SIGN = 2  # cells before a line, for the cursor's sign
_DATED = 60  # cells of a view from which on the date has room,
_SOURCED = 100  # and from which on paper and page have it, too
_DATE = 10  # cells
_PAPER = 12
_PAGE = 5
_MEASURED = 2_000  # lines whose sources say how wide their columns are
_KEPT_LINES = 512


class KwicView(LineView, can_focus=False):
    """Lines and a cursor. The screen around it has the keys; a click picks, a second one opens.

    Attributes:
        lines: What is shown.
        cursor: The place of the line under the cursor.
        by: What the lines are sorted by: these characters are marked.
        empty_text: What stands there while there are no lines.
    """

    DEFAULT_CSS = """
    KwicView { background: $surface; height: 1fr; }
    """

    @dataclass
    class Picked(Message):
        """The cursor has been put on a line by a click.

        Attributes:
            twice: Whether it was a double one.
        """

        twice: bool

    def __init__(self) -> None:
        """Make an empty view."""
        super().__init__()
        self.lines: Sequence[Line] = ()
        self.cursor = 0
        self.by = By.DATE
        self.empty_text = ""
        self._typed = ""
        self._columns: tuple[int, ...] = ()  # the widest date, paper and page
        self._drawn: LRUCache[object, Strip] = LRUCache(_KEPT_LINES)

    def show(self, lines: Sequence[Line], by: By, cursor: int = 0, typed: str = "") -> None:
        """Show other lines.

        Args:
            lines: The lines.
            by: What they are sorted by.
            cursor: The place of the one that the cursor is to stand on.
            typed: What was typed to narrow them, which is marked.
        """
        self.lines, self.by, self._typed = lines, by, typed
        self._drawn.clear()
        self._columns = _columns([line.source for line in lines[:: len(lines) // _MEASURED + 1]])
        self.virtual_size = Size(self.size.width, len(lines))
        self.go(cursor)

    @property
    def chosen(self) -> Line | None:
        """The line under the cursor, if there is one."""
        return self.lines[self.cursor] if self.cursor < len(self.lines) else None

    def chosen_text(self) -> str:
        """What is seen of the line under the cursor; unsafe to show."""
        return seen(self.chosen, *self.room) if self.chosen is not None else ""

    def move(self, step: int) -> None:
        """Move the cursor by so many lines; it stops at the ends."""
        self.go(self.cursor + step)

    def page(self, share: float) -> None:
        """Move the cursor by so many screens."""
        self.move(round(share * max(self.scrollable_content_region.height - 1, 1)))

    def go(self, place: int) -> None:
        """Put the cursor on a line and bring it into view."""
        self.cursor = max(0, min(place, len(self.lines) - 1))
        self._bring_into_view()
        self.refresh()

    def _bring_into_view(self) -> None:
        height = self.scrollable_content_region.height
        if self.cursor < self.scroll_offset.y:
            self.scroll_to(y=self.cursor, animate=False, immediate=True)
        elif height and self.cursor >= self.scroll_offset.y + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, immediate=True)

    def on_resize(self, event: events.Resize) -> None:
        self.virtual_size = Size(event.size.width, len(self.lines))
        self._bring_into_view()

    def on_click(self, event: events.Click) -> None:
        index = int(event.y) + self.scroll_offset.y
        if index < len(self.lines):
            self.go(index)
            self.post_message(self.Picked(event.chain == 2))

    # Drawing

    def _source_cells(self) -> int:
        """The cells of the column of sources and the gap behind it."""
        width = self.scrollable_content_region.width
        if width < _DATED or not self._columns:
            return 0
        shown = self._columns if width >= _SOURCED else self._columns[:1]
        return sum(cells + 1 for cells in shown if cells) + 1

    @property
    def room(self) -> Range:
        """The cells before the hit, and those for the hit and what stands behind it; a blank on either side of it."""
        before, after = halves(self.scrollable_content_region.width - _SIGN - self._source_cells() - 2)
        return before, max(after, 0)

    def render_line(self, y: int) -> Strip:
        width, base = self.scrollable_content_region.width, self.base
        index = y + self.scroll_offset.y
        if index >= len(self.lines):
            empty = [(f"  {self.empty_text}", palette(self)["empty"])] if y == 1 and not self.lines else []
            return paint(empty, width, base)
        here = index == self.cursor
        if here:
            base += palette(self)["row-cursor"]
        key = index, here, width, base
        strip = self._drawn.get(key)
        if strip is None:
            strip = self._drawn[key] = paint(self._pieces(self.lines[index], here=here), width, base)
        return strip

    def _pieces(self, line: Line, *, here: bool) -> list[Piece]:
        styles = palette(self)
        part = aligned(line, *self.room)
        marks = compared(line, self.by)
        left, right = (marks, ()) if self.by is By.LEFT else ((), marks)
        return [
            ("▸ " if here else "  ", styles["sign"]),
            (self._source(line.source), styles["source"]),
            (" " * part.pad, Style.null()),
            *self._marked(part.left, [(first - part.cut, last - part.cut) for first, last in left]),
            (" ", Style.null()),
            (part.hit, styles["kwic-hit"]),
            (" ", Style.null()),
            *self._marked(part.right, right),
        ]

    def _marked(self, text: str, marks: Sequence[Range]) -> list[Piece]:
        """A context, the characters that it is sorted by and the ends of its paragraphs told apart."""
        styles = palette(self)
        ends = [(at, at + 1) for at, character in enumerate(text) if character == PARAGRAPH]
        over = [layer("kwic-sorted", _joined((max(first, 0), last) for first, last in marks if last > 0))]
        over += [layer("kwic-end", ends), layer("kwic-typed", places_of(self._typed, text))]
        pieces = []
        for start, end, names in runs(0, len(text), over):
            style = styles["kwic"]
            for name in names:
                style += styles[name]
            pieces.append((text[start:end], style))
        return pieces

    def _source(self, source: Source) -> str:
        cells = self._source_cells()
        if not cells:
            return ""
        texts = source.date, source.paper, short_page_of(source.number)
        columns = [_column(text, room) for text, room in zip(texts, self._columns, strict=True) if room]
        whole = "".join(columns if self.scrollable_content_region.width >= _SOURCED else columns[:1])
        return whole + " " * (cells - cell_len(whole))


def _joined(ranges: Iterable[Range]) -> list[Range]:
    """Ranges in order, neighbours made one."""
    found: list[Range] = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1]:
            found[-1] = found[-1][0], last
        else:
            found.append((first, last))
    return found


def _columns(sources: Sequence[Source]) -> tuple[int, ...]:
    """The cells of dates, papers and pages: as wide as they need be, within bounds."""
    papers = {visible_line(source.paper) for source in sources}
    numbers = {visible_line(_("p.{number}").format(number=source.number)) for source in sources if source.number}
    return (
        _DATE if any(source.date for source in sources) else 0,
        min(max(map(cell_len, papers), default=0), _PAPER),
        min(max(map(cell_len, numbers), default=0), _PAGE),
    )


def _column(text: str, cells: int) -> str:
    """A text in so many cells, and the gap behind it."""
    shown = fit(visible_line(text), cells)
    return shown + " " * (cells - cell_len(shown) + 1)
