"""The reader pane: the keys that leap through an article and select in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from tui import units
from tui.model import Annotation, Scope
from tui.search.matching import hits
from tui.search.query import Query, Term
from tui.ui.caret import Caret
from tui.ui.commands import Where
from tui.ui.document import Document
from tui.ui.galley import Setting
from tui.ui.jumps import Place
from tui.ui.keymap import bindings
from tui.ui.layers import layer
from tui.ui.widgets.pointing import Pointing
from tui.units import Range


class Reader(Pointing, can_focus=True):
    """An article with a cursor that leaps from hit to hit and mark to mark, and a selection."""

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
    class Departed(Message):
        """A long move has begun here."""

        place: Place

    @dataclass
    class Paged(Message):
        """The reader wants the page itself in its place."""

    def __init__(self, setting: Setting, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Make an empty pane.

        Args:
            setting: How the article is set.
            id: The widget's id.
        """
        super().__init__(setting, id=id)
        self._found: tuple[Range, ...] = ()  # what a find within the article has found
        self._current: tuple[str, int] | None = None  # the annotation that was gone to, and the cursor's place there

    def show(
        self,
        document: Document | None,
        query: Query | None,
        annotations: tuple[Annotation, ...],
        *,
        initials: bool = False,
    ) -> None:
        """Show an article from its head on; None clears the pane."""
        self._found, self.over, self._current = (), (), None
        super().show(document, query, annotations, initials=initials)

    @property
    def place(self) -> Place | None:
        """Where the cursor stands, as a position of the page."""
        if self.document is None:
            return None
        row, spans = self.document.stored.row, self.document.to_page(self.caret.offset, self.caret.offset + 1)
        return Place(row.page, spans[0].start if spans else row.start)

    def depart(self) -> None:
        """Say that a long move begins here."""
        if self.place is not None:
            self.post_message(self.Departed(self.place))

    # Keys: from article to article, and to the ends of this one

    def action_top(self) -> None:
        self.depart()
        self._move(self.caret.to(0))
        self.scroll_to(y=0, animate=False, immediate=True)

    def action_bottom(self) -> None:
        if self.document:
            self.depart()
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

    def leap(self, offset: int) -> None:
        """A long move within the article; a selection reaches to there."""
        self.depart()
        self._leap(offset)

    def _leap(self, offset: int) -> None:
        self._goal = None
        self.caret = self.caret.to(offset)
        self._bring_into_view(middle=True)

    def _among(self, starts: list[int], step: int) -> None:
        """Leap to the next or the previous of some offsets, round the end."""
        if not starts:
            return
        here = self.caret.offset
        ahead = [start for start in starts if (start > here if step > 0 else start < here)]
        self.leap((ahead or starts)[0 if step > 0 else -1])

    def to_first_hit(self) -> None:
        """Put the cursor on the first hit, if there is one."""
        if self._hits.ranges:
            self.jump(self._hits.ranges[0][0])

    def action_next_hit(self) -> None:
        self._among([start for start, _ in self._found or self._hits.ranges], 1)

    def action_previous_hit(self) -> None:
        self._among([start for start, _ in self._found or self._hits.ranges], -1)

    def find(self, text: str, origin: Caret) -> None:
        """Mark where the article says `text`, and show the first such place at or behind `origin`."""
        self._found = hits(Term(text, quoted=True), self.document.reading.text) if self.document else ()
        starts = [start for start, _ in self._found]
        first = next((start for start in starts if start >= origin.offset), starts[0] if starts else origin.offset)
        self.caret = origin if first == origin.offset else origin.to(first)
        self._bring_into_view(middle=True)
        self._show_found()
        self.post_message(self.Moved())

    def end_find(self) -> bool:
        """Forget what was found; False where nothing was."""
        if not self._found:
            return False
        self._found = ()
        self._show_found()
        self.post_message(self.Moved())
        return True

    def _show_found(self) -> None:
        here = [found for found in self._found if found[0] <= self.caret.offset < found[1]]
        self.over = (layer("find", self._found), layer("find-here", here)) if self._found else ()
        self.refresh()

    def on_resize(self) -> None:
        if self._found:  # the box below may have the focus, and what was found is to stay in view
            self.call_after_refresh(self._bring_into_view)

    def watch_caret(self, before: Caret, now: Caret) -> None:
        if self._current is not None and now.offset != self._current[1]:
            self._current = None
        if self._found:
            self._show_found()
        super().watch_caret(before, now)

    @property
    def find_number(self) -> tuple[int, int]:
        """How many places that were found begin at or before the cursor, and how many there are."""
        return sum(start <= self.caret.offset for start, _ in self._found), len(self._found)

    # Annotations: several may lie over each other, or begin at one place

    @property
    def annotation(self) -> Annotation | None:
        """The annotation gone to, as long as the cursor stays there; else the innermost under the cursor."""
        for annotation, ranges in self._marks if self._current is not None else ():
            if (annotation.id, ranges[0][0] if ranges else -1) == self._current:
                return annotation
        return super().annotation

    def _passages(self) -> list[tuple[int, int, str]]:
        """Start, length (negative, so that the longer of one start comes first) and id of each annotation, in order."""
        return sorted(
            (ranges[0][0], -sum(end - start for start, end in ranges), annotation.id)
            for annotation, ranges in self._marks
            if ranges and annotation.scope is Scope.SPAN
        )

    def _to_annotation(self, step: int) -> None:
        passages, here = self._passages(), self.caret.offset
        if not passages:
            return
        at = next((index for index, one in enumerate(passages) if (one[2], here) == self._current), None)
        if at is not None:
            at = (at + step) % len(passages)
        elif step > 0:
            at = next((index for index, one in enumerate(passages) if one[0] > here), 0)
        else:
            at = next((index for index, one in reversed(list(enumerate(passages))) if one[0] < here), -1)
        start, _, identifier = passages[at]
        self.leap(start)
        self._current = (identifier, start)
        self.post_message(self.Moved())

    def action_next_annotation(self) -> None:
        self._to_annotation(1)

    def action_previous_annotation(self) -> None:
        self._to_annotation(-1)

    def jump_to(self, annotation: Annotation) -> None:
        """Put the cursor on an annotation's passage."""
        super().jump_to(annotation)
        self._current = (annotation.id, self.caret.offset)

    # Keys: selecting

    def action_select(self) -> None:
        if self.document and not self.drop_selection():
            self.caret = Caret(self.caret.offset, self.caret.offset)

    def action_select_sentence(self) -> None:
        """The sentence; from there the paragraph, then the whole text."""
        if self.document is not None:
            grown = self.caret.grow(self.document.text, (self.document.sentences, self.document.paragraphs))
            self._select(grown)

    def action_grow(self) -> None:
        if self.document is not None:
            self._select(self.caret.grow(self.document.text, self._steps()))

    def action_shrink(self) -> None:
        if self.document is not None:
            self._select(self.caret.shrink(self.document.text, self._steps()))

    def action_other_end(self) -> None:
        self._select(self.caret.other_end())

    def _steps(self) -> tuple[tuple[Range, ...], ...]:
        return (self._words(), self.document.sentences, self.document.paragraphs) if self.document else ()

    def _select(self, caret: Caret) -> None:
        self._goal = None
        self.caret = caret
        self._bring_into_view()

    @property
    def words_here(self) -> str:
        """The selection, or else the word under the cursor or the next one in its paragraph; unsafe to show."""
        if self.document is None:
            return ""
        text = self.document.reading.text
        if self.selection is not None:
            return text[slice(*self.selection)]
        last = units.containing(self.document.paragraphs, self.caret.offset)[1]
        begun = units.containing(self._words(), self.caret.offset)[0]
        words = (text[start:end] for start, end in self._words() if begun <= start < last)
        return next((word for word in words if any(map(str.isalnum, word))), "")
