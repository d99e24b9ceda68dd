"""How the main screen opens the concordance, reads its lines, and comes back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.language import _
from tui.ui.screens.copying import CopyingScreen
from tui.ui.screens.moving import phrase
from tui.ui.screens.settling import SettlingScreen
from tui.ui.widgets.filter_box import FilterBox

if TYPE_CHECKING:
    from tui.search.concordance import Line
    from tui.ui.concordance import Asked, Kept


class ConcordingScreen(CopyingScreen, SettlingScreen):
    """A screen from which the concordance opens."""

    filter: FilterBox
    _concordance: Kept | None = None  # the last one, to come back to

    async def action_concordance(self) -> None:
        from tui.ui.concordance import Kept
        from tui.ui.screens.concordance import ConcordanceScreen

        await self.complete_panes()
        self.catch_up()
        asked, kept = self._asked(), self._concordance
        if kept is None or not self._is_to_come_back_to(kept, asked):
            kept = Kept(asked)
        screen = ConcordanceScreen(self._library, self.ways(), self._copy_line, kept)

        async def read(line: Line | None) -> None:
            self._concordance = screen.kept_with(line)
            if line is not None:
                await self._read_line(line)

        self.app.push_screen(screen, read)

    def _asked(self) -> Asked:
        """The selection or the word in the reader, if it has the focus, or else the words of the filter."""
        from tui.search.concordance import has_places
        from tui.ui.concordance import Asked

        text = phrase(self.reader.words_here) if self._place == "reader" else ""
        if not text and self._query is not None and has_places(self._query):
            text = self.filter.value
        return Asked(text, self._query)

    def _is_to_come_back_to(self, kept: Kept, asked: Asked) -> bool:
        """Whether a concordance left before is meant: the same one, or the one that the open article came from."""
        if kept.asked.scope != asked.scope:
            return False
        document = self.reader.document
        opened = kept.opened is not None and document is not None and document.id == kept.opened.source.article
        reading = self._place == "reader" and self.reader.selection is None
        return (opened and reading) or kept.asked.text == asked.text

    async def _read_line(self, line: Line) -> None:
        """Read the article of a line, at its hit."""
        found = self._catalog.article_at(line.source.page, line.position)
        if found is None:
            self.say(_("This article is no longer here"), warning=True)
            return
        self.remember(self.reader.place or self._left)
        self.articles.select(found)
        await self._read(found, line.position)

    async def _copy_line(self, line: Line, seen: str) -> str:
        """Copy what is seen of a line, quoted, with its citation; what has become of it."""
        from tui.export.citation import quotation

        try:
            stored = self._catalog.article(line.source.article)
        except KeyError:  # its page was parsed anew
            return _("This article is no longer here")
        return await self._hand_over(quotation(seen.strip(), stored))
