"""What the main screen does with the passages of highlights: moves their borders, shows where something was undone."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType

from tui.display import visible_line
from tui.language import _
from tui.library.annotations import Change
from tui.library.catalog import StoredArticle
from tui.library.library import Library
from tui.model import Annotation, Scope
from tui.settings import Settings
from tui.ui import borders, marking
from tui.ui.caret import select_range
from tui.ui.commands import Deed
from tui.ui.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from tui.ui.widgets.annotation_panel import AnnotationPanel

_STATUS_RIGHT = 16  # cells that the status line may need for how far one is
_SUBJECT_SIZES = (24, 12, 6, 3)  # characters of a passage named there, the most that there is room for


class PassageScreen(ReadingScreen):
    """Borders move at once on the screen; the disk follows, with the last of the states that came while it wrote."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "save_borders", show=False)]

    def __init__(self, library: Library, settings: Settings, *, classes: str) -> None:
        super().__init__(library, settings, classes=classes)
        self._moving: dict[str, Annotation] = {}  # by id, highlights whose new borders are not on the disk yet
        self._moved = asyncio.Event()
        self._moved.set()
        self._bordered: Annotation | None = None  # the highlight whose passage is selected to give it other borders

    # By keys in the panel

    def on_annotation_panel_bordered(self, message: AnnotationPanel.Bordered) -> None:
        document, annotation = self.reader.document, self.panel.annotation
        if document is None or annotation is None:
            return
        if annotation.scope is Scope.ARTICLE:
            self.say(_("This is on the whole article: it has no borders"), warning=True)
            return
        if self.refused():
            return
        spans = borders.moved(document, annotation, message.edge, message.unit, message.step)
        if spans is None:
            self.say(_("No further"))
            return
        live = borders.anchored(annotation, document.stored.page.text, spans)
        self._move_to(live)
        offset = borders.border(document, live, message.edge)
        if offset is not None:
            self.reader.jump(offset)
        self.panel.show_border(message.edge)

    def _move_to(self, live: Annotation) -> None:
        """Show a highlight with other borders, and have them saved."""
        self._moving[live.id] = live
        annotations = tuple(live if one.id == live.id else one for one in self.panel.annotations)
        self.reader.show_annotations(annotations)
        self.panel.show(annotations)
        if self._moved.is_set():
            self._moved.clear()
            self.run_worker(self._save_moved())

    async def _save_moved(self) -> None:
        """Save what has moved, and what moves meanwhile, until the disk has it all."""
        try:
            while self._moving:
                live = next(iter(self._moving.values()))
                kept = self._library.annotations.get(live.id)
                change = marking.move_borders(kept, live) if kept is not None else None
                saved = change is not None and await self._commit(change, run=f"borders of {live.id}")
                if not saved or self._moving[live.id] is live:
                    del self._moving[live.id]
                if not saved:
                    self.show_marks()
        finally:
            self._moving.clear()
            self._moved.set()

    def annotations_on(self, stored: StoredArticle) -> tuple[Annotation, ...]:
        """The annotations on an article, those whose borders are moving as they are at this moment."""
        return tuple(self._moving.get(one.id, one) for one in super().annotations_on(stored))

    # By selecting in the reader

    @property
    def bordering(self) -> str:
        """What the status line says while a highlight's passage is selected to give it other borders, else nothing."""
        if self._bordered is not None and self.reader.caret.anchor is None:
            self._bordered = None
        if self._bordered is None:
            return ""
        room = self.size.width - _STATUS_RIGHT
        for most in _SUBJECT_SIZES:
            passage = visible_line(marking.subject(self._bordered, most))
            text = _("Borders of {subject}: Enter saves, Esc leaves").format(subject=passage)
            if cell_len(text) <= room:
                return text
        return _("Enter saves, Esc leaves")

    def _begin_borders(self) -> None:
        document = self.reader.document if self.complete else None
        if document is None or self.refused():
            return
        annotation = self.reader.annotation
        ranges = document.ranges_of(annotation) if annotation is not None else ()
        if not ranges:
            self.say(_("No highlight here"), warning=True)
            return
        passage = (ranges[0][0], ranges[-1][1])
        self.reader.jump(passage[1] - 1)
        self.reader.caret = select_range(passage)
        self._bordered = annotation

    async def action_save_borders(self) -> None:
        """Give the highlight whose passage was selected the borders of the selection."""
        document, selection, annotation = self.reader.document, self.reader.selection, self._bordered
        if not self.bordering or document is None or selection is None or annotation is None:
            return
        spans = borders.chosen(document, annotation, selection)
        if spans == annotation.spans:
            self.done()
            return
        moved = borders.anchored(annotation, document.stored.page.text, spans)
        if await self._commit(marking.move_borders(annotation, moved)):
            self.done()

    def target(self) -> marking.Target | None:
        """What stands under the cursor; a highlight whose borders are being chosen rather than its selection."""
        document = self.reader.document if self.complete else None
        if document is not None and self.bordering and self._bordered is not None and self._place == "reader":
            return marking.annotated(document.stored, self._bordered)
        return super().target()

    # What waits until the borders are on the disk

    async def action_do(self, name: str) -> None:
        await self._moved.wait()
        if name == Deed.BORDERS:
            self._begin_borders()
        elif name == Deed.HIGHLIGHT and self.complete and self.bordering:
            await self.action_save_borders()
        else:
            await super().action_do(name)

    async def action_undo(self) -> None:
        await self._moved.wait()
        await super().action_undo()

    async def action_redo(self) -> None:
        await self._moved.wait()
        await super().action_redo()

    async def action_quit(self) -> None:
        await self._moved.wait()
        await super().action_quit()

    # Where something was undone

    def show_where(self, *changes: Change) -> str:
        """Go to the passage that `changes` are about; the words that name its article, if another is open."""
        records = [record for change in changes for record in change.put]
        annotation = next((record for record in records if isinstance(record, Annotation)), None)
        if annotation is None:
            return ""
        document = self.reader.document if self.complete else None
        if document is not None and document.stored.row.page == annotation.page:
            placed = next((one for one in self.panel.annotations if one.id == annotation.id), annotation)
            if ranges := document.ranges_of(placed):
                here = self.reader.caret.offset
                if placed.scope is Scope.SPAN and not any(start <= here < end for start, end in ranges):
                    self.reader.jump(ranges[0][0])
                self.panel.select(annotation.id)
                return ""
        return "" if annotation.scope is Scope.ARTICLE else self._in_article(annotation)

    def _in_article(self, annotation: Annotation) -> str:
        found = self._catalog.article_at(annotation.page, annotation.spans[0].start)
        rows = self._catalog.rows([found]) if found is not None else []
        title = (rows[0].title or rows[0].lead) if rows else annotation.page
        return _(" in “{title}”").format(title=title)
