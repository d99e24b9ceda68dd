"""The long ways of the main screen: the outline, the marks, back and forth, finding in the article."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.display import visible_line
from tui.errors import JianbaoError
from tui.language import _
from tui.ui.jumps import Place
from tui.ui.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tui.ui.caret import Caret
    from tui.ui.jumps import Jumps
    from tui.ui.widgets.find_box import FindBox

_LONGEST_WORD = 40  # characters that are put into the filter
_QUOTES = (('"', '"'), ("“", "”"), ("「", "」"), ("『", "』"))


class MovingScreen(ReadingScreen):
    """A screen whose reader leads to other places of the library and back."""

    _find_box: FindBox | None = None
    _find_from: tuple[Caret, int, Place | None] | None = None  # caret, first line in view and place when it began
    _last_find: str = ""

    # Back and forth

    async def action_jump_back(self) -> None:
        await self._travel(lambda jumps, here: jumps.back(here), _("No jump to go back from"))

    async def action_jump_forth(self) -> None:
        await self._travel(lambda jumps, here: jumps.forth(here), _("No jump to go forth to"))

    async def _travel(self, step: Callable[[Jumps, Place], tuple[Jumps, Place | None]], none: str) -> None:
        """Go to the next place that a step leads to and that is still there."""
        await self.complete_panes()
        here = self.reader.place or self._left
        if self._place != "reader" and here is not None and here == next(reversed(self._jumps.behind), None):
            self.go_to("reader")  # one has left the pane, and nothing else
            return
        while here is not None:
            self._jumps, place = step(self._jumps, here)
            if place is None:
                break
            if await self._go(place):
                return
        self.say(none)

    async def _go(self, place: Place) -> bool:
        """Show a place in the reader, in whatever article holds it now; False where none does."""
        document = self.reader.document
        try:
            if document is not None and document.stored.row.page == place.page and self._catalog.rows([document.id]):
                offset = document.reading.offset(place.position)
                if offset is not None:
                    self.go_to("reader")
                    self.reader.jump(offset)
                    return True
            found = self._catalog.article_at(place.page, place.position)
        except JianbaoError as error:
            self.say(str(error), warning=True)
            return False
        if found is None:
            return False
        self.articles.select(found)
        await self._read(found, place.position)
        return True

    # The outline

    def action_outline(self) -> None:
        from tui.ui.outline import head_of, outline
        from tui.ui.screens.picker import Picker

        document = self.reader.document
        starts, rows = outline(document) if document is not None else ((), [])
        if not rows:
            self.say(_("This article has no heads"))
            return

        def go(chosen: int | None) -> None:
            if chosen is not None and self.reader.document is document:
                self.reader.leap(starts[chosen])

        cursor = head_of(starts, self.reader.caret.offset)
        self.app.push_screen(Picker(_("Outline"), rows, cursor=cursor), go)

    # Marks with a letter

    async def action_set_mark(self) -> None:
        from tui.ui import bookmarks

        document, place = self.reader.document, self.reader.place
        if document is None or place is None or self.refused():
            return

        async def keep(letter: str | None) -> None:
            if letter is not None:
                await self._commit(bookmarks.set_mark(letter, document.stored, place.position))

        await self._ask_letter(keep, going=False)

    async def action_go_to_mark(self) -> None:
        await self._ask_letter(self._go_to_mark, going=True)

    async def _ask_letter(self, answer: Callable[[str | None], Awaitable[None]], *, going: bool) -> None:
        from tui.ui import bookmarks
        from tui.ui.screens.letters import LetterSheet

        await self.complete_panes()
        try:
            known = await asyncio.to_thread(bookmarks.known_marks, self._library)
        except JianbaoError as error:
            self.say(str(error), warning=True)
            return
        self.app.push_screen(LetterSheet(known, going=going), answer)

    async def _go_to_mark(self, letter: str | None) -> None:
        from tui.ui import bookmarks
        from tui.ui.screens.letters import BEFORE

        here = self.reader.place or self._left
        if letter is None:
            return
        if letter == BEFORE:
            place = self._jumps.last(here) if here is not None else None
            missing = _("No jump to go back from")
        else:
            bookmark = self._library.annotations.bookmark(letter)
            place = bookmarks.placed(bookmark, self._catalog) if bookmark is not None else None
            missing = _("The place of mark {letter} is no longer found") if bookmark else _("There is no mark {letter}")
        before = self._jumps
        self.remember(here)
        if place is None or not await self._go(place):
            self._jumps = before
            self.say(missing.format(letter=letter), warning=True)

    # Finding in the article

    async def action_find(self) -> None:
        from tui.ui.widgets.find_box import FindBox

        if self.reader.document is None or self._find_box is not None:
            return
        self._find_from = self.reader.caret, self.reader.scroll_offset.y, self.reader.place
        self._find_box = FindBox(visible_line(self._last_find))
        await self.mount(self._find_box, before="#status")
        self._place_find_box()

    def _place_find_box(self) -> None:
        """Put the box below the reader, whatever else stands beside it."""
        if self._find_box is not None:
            region = self.reader.region
            self._find_box.styles.padding = (0, max(self.size.width - region.right, 0), 0, max(region.x, 0))

    def on_find_box_typed(self, message: FindBox.Typed) -> None:
        if self._find_from is not None and self._find_box is not None:
            self.reader.find(message.text, self._find_from[0])
            number, total = self.reader.find_number
            none = _("not found") if message.text.strip() else ""
            self._find_box.say(f"{number}/{total}" if total else none)

    async def on_find_box_kept(self, message: FindBox.Kept) -> None:
        if self._find_from is None:
            return
        caret, top, place = self._find_from
        self.reader.find(message.text, caret)
        found, text = self.reader.find_number[1], visible_line(message.text)
        if found:
            self.remember(place)
            self._last_find = message.text
        else:
            self.reader.scroll_to(y=top, animate=False, immediate=True)
            if text:
                self.say(_("Not found in this article: {text}").format(text=text))
        await self._close_find()

    async def on_find_box_left(self) -> None:
        if self._find_from is not None:
            caret, top, _place = self._find_from
            self.reader.end_find()
            self.reader.caret = caret
            await self._close_find()
            self.reader.scroll_to(y=top, animate=False, immediate=True)

    async def _close_find(self, *, back: bool = True) -> None:
        box, self._find_box, self._find_from = self._find_box, None, None
        if back:
            self.go_to("reader")
        if box is not None:
            await box.remove()

    def leave_find(self) -> None:
        """Close the box when something else has the focus, by a click: what was found stays found."""
        if self._find_box is not None and self.focused is not None and self._find_box not in self.focused.ancestors:
            self.run_worker(self._close_find(back=False))

    def follow_cursor(self) -> None:
        super().follow_cursor()
        self._place_find_box()

    # Finding in the whole library

    async def action_find_word(self) -> None:
        words = phrase(self.reader.words_here)
        if not words:
            self.say(_("No word here"))
            return
        self.remember(self.reader.place)
        self.reader.drop_selection()
        await self.search_for(words)


def phrase(text: str) -> str:
    """Text as a phrase of the query language: its first line, at most 40 characters, in quotes that it has not.

    Characters that can't be seen are left out: a search looks through them.
    """
    line = next(iter(text.strip().splitlines()), "")[:_LONGEST_WORD]
    line = "".join(character for character in line if character.isprintable() or character == "\u3000").strip()
    for opening, closing in _QUOTES:
        if closing not in line:
            return f"{opening}{line}{closing}" if line else ""
    return '"' + line.replace('"', " ").strip() + '"'
