"""The mouse in an article: it puts the cursor, selects, and scrolls at the pane's edge."""

from __future__ import annotations

from textual import events
from textual.timer import Timer

from tui import units
from tui.ui.caret import Caret, select_range
from tui.ui.widgets.motions import Motions

_SCROLLED_EVERY = 0.05  # seconds a line, while the mouse drags a selection over the pane's edge


class Pointing(Motions):
    """A galley whose cursor follows the mouse too."""

    _pointer: tuple[int, int] | None = None  # where the mouse drags
    _dragging: Timer | None = None

    def _under(self, x: int, y: int) -> int | None:
        """The offset of the character at a place of the pane."""
        if self.document is None or self._galley is None or not self._galley.lines:
            return None
        index = max(0, min(y + self.scroll_offset.y, len(self._galley.lines) - 1))
        return self._offset_at(self._galley.lines[self._galley.nearest(index)], x)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        offset = self._under(int(event.x), int(event.y))
        if offset is None or event.button != 1:
            return
        self.capture_mouse()
        if event.shift:
            self._move(Caret(offset, self.caret.offset if self.caret.anchor is None else self.caret.anchor))
        else:
            self._goal = None
            self.caret = Caret(offset)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self.app.mouse_captured is not self:
            return
        self._pointer = int(event.x), int(event.y)
        self._drag()
        height = self.scrollable_content_region.height
        if 0 < event.y < height - 1:
            self._end_drag()
        elif self._dragging is None and self.caret.anchor is not None:
            self._dragging = self.set_interval(_SCROLLED_EVERY, self._drag_on)

    def _drag(self) -> None:
        """Select to the character under the mouse."""
        offset = self._under(*self._pointer) if self._pointer is not None else None
        if offset is not None and (self.caret.anchor is not None or offset != self.caret.offset):
            self._goal = None
            self.caret = Caret(offset, self.caret.offset if self.caret.anchor is None else self.caret.anchor)

    def _drag_on(self) -> None:
        if self.app.mouse_captured is not self:
            self._end_drag()
        elif self._pointer is not None:
            self.scroll_relative(y=-1 if self._pointer[1] <= 0 else 1, animate=False, immediate=True)
            self._drag()

    def _end_drag(self) -> None:
        if self._dragging is not None:
            self._dragging.stop()
            self._dragging = None

    def on_mouse_up(self) -> None:
        self._end_drag()
        self._pointer = None
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        if self.document is None or event.chain < 2:
            return
        ranges = self._words() if event.chain == 2 else self.document.sentences
        if ranges:
            self._move(select_range(units.containing(ranges, self.caret.offset)))
