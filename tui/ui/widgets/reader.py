"""The reader pane: the keys and the mouse that walk an article and mark it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import BindingType
from textual.message import Message

from tui import units
from tui.model import Scope
from tui.ui.caret import Caret, select_range
from tui.ui.commands import Where
from tui.ui.keymap import bindings
from tui.ui.widgets.galley_view import GalleyView


class Reader(GalleyView, can_focus=True):
    """An article with a cursor that moves by character, word, sentence and paragraph, and a selection."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.READER)

    @dataclass
    class Leafed(Message):
        """The reader wants the next article of the list, or the one before.

        Attributes:
            step: 1 or -1.
        """

        step: int

    @dataclass
    class Followed(Message):
        """The reader wants the story's other part."""

    @dataclass
    class Paged(Message):
        """The reader wants the page itself in its place."""

    # Keys: moving

    def action_left(self) -> None:
        if self.document:
            text, offset = self.document.text, units.previous_character(self.document.text, self.caret.offset)
            self._move(self.caret.to(offset - 1 if text[offset : offset + 1] == "\n" and offset else offset))

    def action_right(self) -> None:
        if self.document:
            self._move(self.caret.to(units.next_character(self.document.text, self.caret.offset)))

    def _walk(self, step: int) -> None:
        """Move by `step` lines of text, keeping to the column."""
        if self.document is None or self._galley is None or not self._galley.lines:
            return
        self._catch_up()
        here = self._galley.line_of(self.caret.offset)
        if self._goal is None:
            line = self._galley.lines[here]
            self._goal = line.left + cell_len(self.document.text[line.start : self.caret.offset])
        there = self._galley.lines[self._galley.beside(here, step)]
        self._move(self.caret.to(self._offset_at(there, self._goal)), keep_goal=True)

    def action_down(self) -> None:
        self._walk(1)

    def action_up(self) -> None:
        self._walk(-1)

    def _screenful(self) -> int:
        return max(self.scrollable_content_region.height - 2, 1)

    def action_page_down(self) -> None:
        self._turn(self._screenful())

    def action_page_up(self) -> None:
        self._turn(-self._screenful())

    def action_half_down(self) -> None:
        self._turn(max(self._screenful() // 2, 1))

    def action_half_up(self) -> None:
        self._turn(-max(self._screenful() // 2, 1))

    def _turn(self, lines: int) -> None:
        """Scroll by some lines and take the cursor along."""
        if self._galley is None or not self._galley.lines:
            return
        self._catch_up()
        target = self._galley.line_of(self.caret.offset) + lines
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, immediate=True)
        line = self._galley.lines[self._galley.nearest(max(0, min(target, len(self._galley.lines) - 1)))]
        self._move(self.caret.to(line.start))

    def action_next_word(self) -> None:
        self._by_words("forward")

    def action_previous_word(self) -> None:
        self._by_words("back")

    def action_word_end(self) -> None:
        self._by_words("end")

    def _by_words(self, how: str) -> None:
        """Words, or characters as long as the segmenter is not there yet."""
        if self.document is None:
            return
        text = self.document.text
        words = self.document.words or tuple((at, at + 1) for at in range(len(text)) if not text[at].isspace())
        self._move(getattr(self.caret, how)(words))

    def action_next_sentence(self) -> None:
        if self.document:
            self._move(self.caret.forward(self.document.sentences))

    def action_previous_sentence(self) -> None:
        if self.document:
            self._move(self.caret.back(self.document.sentences))

    def action_next_paragraph(self) -> None:
        if self.document:
            self._move(self.caret.forward(self.document.paragraphs))

    def action_previous_paragraph(self) -> None:
        if self.document:
            self._move(self.caret.back(self.document.paragraphs))

    def action_line_start(self) -> None:
        if self._galley and self._galley.lines:
            self._move(self.caret.to(self._galley.lines[self._galley.line_of(self.caret.offset)].start))

    def action_line_end(self) -> None:
        if self.document and self._galley and self._galley.lines:
            line = self._galley.lines[self._galley.line_of(self.caret.offset)]
            self._move(self.caret.to(self._offset_at(line, self._galley.width)))

    def action_top(self) -> None:
        self._move(self.caret.to(0))
        self.scroll_to(y=0, animate=False, immediate=True)

    def action_bottom(self) -> None:
        if self.document:
            self._move(self.caret.to(len(self.document.text) - 1))
            self.scroll_to(y=self.virtual_size.height, animate=False, immediate=True)

    def action_next_article(self) -> None:
        self.post_message(self.Leafed(1))

    def action_previous_article(self) -> None:
        self.post_message(self.Leafed(-1))

    def action_follow(self) -> None:
        self.post_message(self.Followed())

    def action_page(self) -> None:
        self.post_message(self.Paged())

    # Keys: finding

    def _among(self, starts: list[int], step: int) -> None:
        """Jump to the next or the previous of some offsets, round the end."""
        if not starts:
            return
        here = self.caret.offset
        ahead = [start for start in starts if (start > here if step > 0 else start < here)]
        self.jump((ahead or starts)[0 if step > 0 else -1])

    def to_first_hit(self) -> None:
        """Put the cursor on the first hit, if there is one."""
        if self._hits.ranges:
            self.jump(self._hits.ranges[0][0])

    def action_next_hit(self) -> None:
        self._among([start for start, _ in self._hits.ranges], 1)

    def action_previous_hit(self) -> None:
        self._among([start for start, _ in self._hits.ranges], -1)

    def _annotation_starts(self) -> list[int]:
        return sorted(ranges[0][0] for annotation, ranges in self._marks if ranges and annotation.scope is Scope.SPAN)

    def action_next_annotation(self) -> None:
        self._among(self._annotation_starts(), 1)

    def action_previous_annotation(self) -> None:
        self._among(self._annotation_starts(), -1)

    # Keys: marking

    def action_select(self) -> None:
        if self.document and not self.drop_selection():
            self.caret = Caret(self.caret.offset, self.caret.offset)

    def action_select_sentence(self) -> None:
        """The sentence; from there the paragraph, then the whole text."""
        if self.document is None:
            return
        chosen = self.caret.selection(self.document.text)
        inside = chosen or (self.caret.offset, self.caret.offset + 1)
        for ranges in (self.document.sentences, self.document.paragraphs, ((0, len(self.document.text)),)):
            start = units.containing(ranges, inside[0])[0]
            end = units.containing(ranges, max(inside[1] - 1, inside[0]))[1]
            if chosen is None or start < chosen[0] or end > chosen[1]:
                self._move(select_range((start, end)))
                return

    # The mouse

    def _under(self, event: events.MouseEvent) -> int | None:
        """The offset of the character under the mouse."""
        if self.document is None or self._galley is None or not self._galley.lines:
            return None
        index = min(int(event.y) + self.scroll_offset.y, len(self._galley.lines) - 1)
        return self._offset_at(self._galley.lines[self._galley.nearest(index)], int(event.x))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        offset = self._under(event)
        if offset is not None and event.button == 1:
            self.capture_mouse()
            self.caret = Caret(offset)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        offset = self._under(event)
        if offset is None or self.app.mouse_captured is not self:
            return
        if self.caret.anchor is not None or offset != self.caret.offset:
            anchor = self.caret.offset if self.caret.anchor is None else self.caret.anchor
            self._move(Caret(offset, anchor))

    def on_mouse_up(self) -> None:
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        if self.document is None or event.chain < 2:
            return
        ranges = self.document.words if event.chain == 2 else self.document.sentences
        if ranges:
            self._move(select_range(units.containing(ranges, self.caret.offset)))
