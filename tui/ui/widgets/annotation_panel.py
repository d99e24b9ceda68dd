"""The annotations of the article that is open, in text order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from tui.display import visible, visible_line
from tui.model import Annotation, Scope
from tui.typeset import set_paragraph
from tui.ui.commands import Where
from tui.ui.keymap import bindings
from tui.ui.layers import SIGNS
from tui.ui.palette import palette
from tui.ui.widgets.cells import paint
from tui.ui.widgets.line_view import LineView

_QUOTE_LINES = 3  # of a passage, at most
_BAR = "▌ "


@dataclass(frozen=True, slots=True)
class _PanelLine:
    """A line of the panel: the annotation it belongs to, its text, the name of its style."""

    index: int
    text: str
    style: str
    barred: bool = True


class AnnotationPanel(LineView, can_focus=True):
    """Quote, note and tags of each annotation; Enter goes to the passage."""

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

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Make an empty panel."""
        super().__init__(id=id)
        self.annotations: tuple[Annotation, ...] = ()
        self._lines: list[_PanelLine] = []
        self._starts: list[int] = []

    @property
    def annotation(self) -> Annotation | None:
        """The annotation under the cursor."""
        return self.annotations[self.cursor] if self.cursor < len(self.annotations) else None

    def show(self, annotations: tuple[Annotation, ...]) -> None:
        """Show an article's annotations; the cursor stays on its own where that is still there."""
        current = self.annotation
        self.annotations = annotations
        places = [index for index, one in enumerate(annotations) if current is not None and one.id == current.id]
        self.set_reactive(
            AnnotationPanel.cursor, places[0] if places else min(self.cursor, max(len(annotations) - 1, 0))
        )
        self._set()

    def select(self, annotation_id: str) -> None:
        """Put the cursor on an annotation."""
        for index, annotation in enumerate(self.annotations):
            if annotation.id == annotation_id:
                self.cursor = index

    def on_resize(self) -> None:
        self._set()

    def _set(self) -> None:
        width = self.scrollable_content_region.width
        self._lines, self._starts = [], []
        if width > 6:
            for index, annotation in enumerate(self.annotations):
                self._starts.append(len(self._lines))
                self._lines += _card(index, annotation, width - 4)
        self.virtual_size = Size(width, len(self._lines))
        self._bring_into_view()
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, len(self.annotations) - 1))

    def watch_cursor(self) -> None:
        self._bring_into_view()
        self.refresh()

    def _bring_into_view(self) -> None:
        if self.cursor >= len(self._starts):
            return
        top = self._starts[self.cursor]
        bottom = self._starts[self.cursor + 1] if self.cursor + 1 < len(self._starts) else len(self._lines)
        height = self.scrollable_content_region.height
        if top < self.scroll_offset.y or bottom - top > height:
            self.scroll_to(y=top, animate=False, immediate=True)
        elif bottom > self.scroll_offset.y + height:
            self.scroll_to(y=bottom - height, animate=False, immediate=True)

    def render_line(self, y: int) -> Strip:
        width, base = self.scrollable_content_region.width, self.base
        place = y + self.scroll_offset.y
        if not self.annotations:
            style = palette(self)["empty"]
            return paint([("  No annotations yet", style)] if y == 1 else [], width, base)
        if place >= len(self._lines):
            return Strip.blank(width, base)
        line = self._lines[place]
        if line.index == self.cursor and self.has_focus and line.barred:
            base += palette(self)["row-cursor"]
        style = palette(self)[line.style]
        bar = palette(self)[f"bar-{self.annotations[line.index].colour}"]
        sign = f" {SIGNS[self.annotations[line.index].colour]} " if place == self._starts[line.index] else " " + _BAR
        return paint([(sign if line.barred else "", bar), (line.text, style)], width, base)

    def watch_has_focus(self, _focused: bool) -> None:
        self.refresh()

    def action_down(self) -> None:
        self.cursor += 1

    def action_up(self) -> None:
        self.cursor -= 1

    def action_top(self) -> None:
        self.cursor = 0

    def action_bottom(self) -> None:
        self.cursor = len(self.annotations) - 1

    def action_jump(self) -> None:
        if self.annotation is not None:
            self.post_message(self.Jumped(self.annotation))

    def on_click(self, event: events.Click) -> None:
        place = int(event.y) + self.scroll_offset.y
        if place < len(self._lines):
            self.cursor = self._lines[place].index
            if event.chain == 2:
                self.action_jump()


def _card(index: int, annotation: Annotation, width: int) -> list[_PanelLine]:
    """The lines of one annotation, `width` cells wide."""
    if annotation.scope is Scope.ARTICLE:
        lines = [_PanelLine(index, "The article", "article")]
    else:
        lines = [
            _PanelLine(index, text, "quote") for text in _wrap(visible_line(annotation.exact), width, _QUOTE_LINES)
        ]
    for paragraph in visible(annotation.note).split("\n") if annotation.note else []:
        lines += [_PanelLine(index, text, "note") for text in _wrap(paragraph, width)]
    if annotation.tags:
        tags = " ".join("#" + visible_line(tag) for tag in annotation.tags)
        lines += [_PanelLine(index, text, "tags") for text in _wrap(tags, width)]
    return [*lines, _PanelLine(index, "", "quote", barred=False)]


def _wrap(text: str, width: int, most: int | None = None) -> list[str]:
    lines = set_paragraph(text, width if most is None else width - 1, indent=0)
    shown = [text[line.start : line.end].rstrip() for line in lines[:most]]
    if most is not None and len(lines) > most:
        shown[-1] += "…"
    return shown
