"""How the main screen shows stories that were printed more than once: folded into one row, or picked from a list."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on

from tui.display import visible_line
from tui.errors import JianbaoError
from tui.language import _
from tui.library import repeats
from tui.library.library import Library, Marks
from tui.settings import Settings
from tui.ui.printed import short_page_of
from tui.ui.screens.background import BackgroundScreen
from tui.ui.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from tui.library.catalog import ArticleRow
    from tui.ui.document import Document
    from tui.ui.widgets.pick_list import Row

_KEPT = 4096  # articles of which it is kept how many copies they have


class RepeatsScreen(ReadingScreen):
    """A screen whose list can be folded, and which leads from a copy to the others."""

    def __init__(self, library: Library, settings: Settings, *, classes: str) -> None:
        super().__init__(library, settings, classes=classes)
        self._others: dict[int, int] = {}  # how many other copies there are of the articles that have been in view

    def action_fold(self) -> None:
        self.folding = not self.folding
        self.refresh_list()

    def with_copies(self, article_id: int, marks: Marks) -> Marks:
        """An article's marks with the number of its other copies; 0.02 ms where that is not known yet."""
        if article_id not in self._others:
            if len(self._others) > _KEPT:
                self._others = {}
            self._others[article_id] = self._catalog.ask(repeats.others, [article_id]).get(article_id, 0)
        more = self._others[article_id]
        return replace(marks, copies=more) if more else marks

    @on(BackgroundScreen.Updated)
    def _look_for_repeats(self) -> None:
        self._others = {}
        self._find_repeats()

    @on(BackgroundScreen.RepeatsFound)
    def _show_repeats(self) -> None:
        self._others = {}
        if self.folding:
            self.refresh_list()
        else:
            self.articles.refresh()

    def _show_mended(self, document: Document) -> None:
        super()._show_mended(document)
        self._find_repeats()

    async def action_copies(self) -> None:
        """Pick one of the other copies of the article in the list or the reader, and read it."""
        from tui.ui.screens.picker import Picker

        await self.complete_panes()
        document = self.reader.document
        here = document.id if self._place != "list" and document else self.articles.article_id
        if here is None:
            return
        try:
            copies = await asyncio.to_thread(self._copies, here)
        except JianbaoError as error:
            self.say(str(error), warning=True)
            return
        if not copies:
            self.say(_("No other copy of this story is known"))
            return

        async def go(chosen: int | None) -> None:
            if chosen is not None:
                other = copies[chosen][0].id
                self.articles.select(other)
                await self._read(other)

        if self.app.screen is self:  # nothing else has been opened meanwhile
            self.app.push_screen(Picker(_("The other copies of this story"), copy_rows(copies)), go)

    def _copies(self, article_id: int) -> list[tuple[ArticleRow, float]]:
        with self._library.catalog() as catalog:
            found = dict(catalog.ask(repeats.copies, article_id))
            return [(row, found[row.id]) for row in catalog.rows(list(found))]


def copy_rows(copies: list[tuple[ArticleRow, float]]) -> list[Row]:
    """The rows of a list of copies: date, paper and page as columns, the title, how much of the words is the same."""
    from rich.cells import cell_len

    from tui.ui.widgets.pick_list import Row

    sources = [
        visible_line("  ".join(part for part in (row.paper, short_page_of(row.number)) if part))
        or visible_line(row.page)
        for row, _likeness in copies
    ]
    width = min(max(map(cell_len, sources)), _WIDEST)
    return [
        Row(
            f"{source}{' ' * max(width - cell_len(source), 0)}  {row.title or row.lead}",
            lead=row.date,
            detail=f"{round(100 * likeness)} %",
        )
        for source, (row, likeness) in zip(sources, copies, strict=True)
    ]


_WIDEST = 24  # cells of paper and page that are kept as a column
