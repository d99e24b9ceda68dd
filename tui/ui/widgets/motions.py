"""The motions of the reader's cursor: by character, line, word, sentence, paragraph, part and screen."""

from __future__ import annotations

from rich.cells import cell_len

from tui import units
from tui.model import Role
from tui.ui.caret import Caret
from tui.ui.widgets.galley_view import GalleyView
from tui.units import Range


class Motions(GalleyView):
    """A galley whose cursor walks. While something is selected, a motion moves the end under the cursor."""

    def _move(self, caret: Caret, *, keep_goal: bool = False) -> None:
        """Move the cursor, to the beginning of a character in any case."""
        if self.document is not None:
            offset = max(0, min(caret.offset, len(self.document.text) - 1))
            caret = caret.to(units.previous_character(self.document.text, offset + 1))
        super()._move(caret, keep_goal=keep_goal)

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
        if self.document is not None:
            self._move(getattr(self.caret, how)(self._words()))

    def _words(self) -> tuple[Range, ...]:
        if self.document is None:
            return ()
        text = self.document.text
        return self.document.words or tuple((at, at + 1) for at in range(len(text)) if not text[at].isspace())

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

    def action_next_subhead(self) -> None:
        self._move(self.caret.forward(self._parts()))

    def action_previous_subhead(self) -> None:
        self._move(self.caret.back(self._parts()))

    def _parts(self) -> tuple[Range, ...]:
        """The article's parts: each begins with a subhead, the first one with the article, and ends with its text."""
        if self.document is None or not self.document.text:
            return ()
        text = self.document.text
        subheads = [part.start for part in self.document.reading.paragraphs if part.role is Role.SUBHEAD and part.start]
        ends = [len(text[:start].rstrip()) for start in subheads]
        return tuple(zip([0, *subheads], [*ends, len(text)], strict=True))

    def action_line_start(self) -> None:
        if self._galley and self._galley.lines:
            self._move(self.caret.to(self._galley.lines[self._galley.line_of(self.caret.offset)].start))

    def action_line_end(self) -> None:
        if self.document and self._galley and self._galley.lines:
            line = self._galley.lines[self._galley.line_of(self.caret.offset)]
            self._move(self.caret.to(self._offset_at(line, self._galley.width)))
