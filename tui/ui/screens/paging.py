"""How the main screen shows the page itself in the reader's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.language import _
from tui.ui.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from tui.ui.document import Document
    from tui.ui.widgets.annotation_panel import AnnotationPanel
    from tui.ui.widgets.page_view import PageView


class PagingScreen(ReadingScreen):
    """A screen whose reader can make room for the page.

    Attributes:
        page: The page, once it has been asked for.
    """

    page: PageView | None = None
    _paged_at: int = 0  # the reader's cursor when the page was shown

    @property
    def paged(self) -> bool:
        """Whether the page stands in the reader's place."""
        return self.page is not None and self.has_class("-paged")

    async def on_reader_paged(self) -> None:
        document = self.reader.document
        if document is None or self.paged:
            return
        if self.page is None:
            from tui.ui.widgets.page_view import PageView

            self.page = PageView(id="page")
            await self.query_one("#panes").mount(self.page, after=self.reader)
        self.add_class("-paged")
        self._show_page(document)
        self.go_to("reader")

    def _show_page(self, document: Document) -> None:
        assert self.page is not None
        self._paged_at = self.reader.caret.offset
        self.page.show(document, self._paged_at)

    def on_galley_view_moved(self) -> None:
        """Whatever has moved the reader's cursor meanwhile, a jump or an undo, wants it seen."""
        if self.paged and self.reader.caret.offset != self._paged_at:
            self.leave_page()

    def on_page_view_left(self) -> None:
        self.leave_page()

    def on_page_view_chosen(self, message: PageView.Chosen) -> None:
        document = self.reader.document
        offset = document.reading.offset(message.position) if document else None
        if offset is None:
            self.say(_("This place is not in the article"), warning=True)
        elif self.leave_page():
            self.reader.jump(offset)

    def leave_page(self) -> bool:
        """Give the reader its place back; False where it has it."""
        if not self.paged:
            return False
        self.remove_class("-paged")
        if self._place == "reader":
            self.go_to("reader")
        return True

    def _show_article(self, article_id: int | None) -> None:
        """Show an article, on its page where a page is shown."""
        super()._show_article(article_id)
        if self.page is not None and self.paged:
            if self.reader.document is None:
                self.leave_page()
            else:
                self._show_page(self.reader.document)

    def on_annotation_panel_jumped(self, _message: AnnotationPanel.Jumped) -> None:
        self.leave_page()  # Textual calls `ReadingScreen`'s handler too, after this one
