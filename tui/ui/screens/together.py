"""How the main screen gets on with other programs on the same folder."""

from __future__ import annotations

import asyncio
import threading
from abc import abstractmethod
from dataclasses import dataclass

from textual import on
from textual.message import Message

from tui.errors import JianbaoError
from tui.language import _, ngettext
from tui.library.annotations import Reloaded
from tui.library.library import ANNOTATIONS, Library
from tui.library.together import News, Watch, counted
from tui.settings import Settings
from tui.ui.screens.reading import ReadingScreen
from tui.ui.widgets.bars import StatusLine

LOOKS_EVERY = 0.7  # seconds
_UNTIL_TOLD = 1.0  # seconds between looks whether the status line is free
_LAST_LOOK = 2.0  # seconds that the end of the program waits for a look under way


class TogetherScreen(ReadingScreen):
    """A screen that shows what another program writes, and writes itself once that has ended."""

    status: StatusLine

    @dataclass
    class Heard(Message):
        """Another program has done something."""

        news: News

    @dataclass
    class Located(Message):
        """The folder lies where several machines may write."""

        notice: str

    def __init__(self, library: Library, settings: Settings, *, classes: str) -> None:
        super().__init__(library, settings, classes=classes)
        self._looking: threading.Thread | None = None
        self._ended = threading.Event()
        self._arrived = 0  # changes by the other program that have not been told
        self._lines: list[str] = []  # what else has not
        self._waiting_to_tell = False
        self.announced = ""  # what the end of the next update is not to talk over

    @abstractmethod
    async def tell_drafts(self) -> None:
        """Say which notes were left unfinished."""

    def watch_others(self) -> None:
        """Begin to look at what other programs do."""
        self._looking = threading.Thread(target=self._watch_others, name="others", daemon=True)
        self._looking.start()

    def on_unmount(self) -> None:
        self._ended.set()
        if self._looking is not None:
            self._looking.join(_LAST_LOOK)

    def _watch_others(self) -> None:
        from tui.library import places

        place = places.look(self._library.folder)
        if place is not None:
            self.post_message(self.Located(place.notice))
        watch = Watch(self._library)
        try:
            while not self._ended.wait(LOOKS_EVERY):
                news = watch.look()
                if news != News():
                    self.post_message(self.Heard(news))
        finally:
            watch.close()

    @on(Located)
    def _show_place(self, message: Located) -> None:
        self.tell(message.notice)

    @on(Heard)
    def _take_news(self, message: Heard) -> None:
        news = message.news
        if news.marks or news.pages:
            self._library.forget_marks()
            self.show_marks()  # which goes to where an article is now whose page was made anew
        if news.pages:
            self.refresh_list(fresh=True)
        if news.writer:
            self._begin_writing()
        if news.meddled:
            said = _("{file} was changed by another program: {key} takes that in, and so does your next change")
            self.tell(said.format(file=ANNOTATIONS, key=self.key("library.reload")))
        if news.error:
            self.say(news.error, warning=True)
        self._arrived += news.changes
        self._tell_more()

    def _begin_writing(self) -> None:
        self._arrived = 0
        self.announced = _("The other program has ended: you can write now")
        self.say(self.announced)
        self.update_pages()
        self.run_worker(self.tell_drafts())

    def update_pages(self) -> None:
        """Bring the catalog up to date, unless that is being done."""
        if not any(worker.group == "update" and not worker.is_finished for worker in self.workers):
            self._update_catalog()

    # Telling, once the status line is free

    def tell(self, line: str) -> None:
        """Say a line as soon as no other message stands there."""
        self._lines.append(line)
        self._tell_more()

    def _tell_more(self) -> None:
        if self._waiting_to_tell or not (self._lines or self._arrived):
            return
        if not self.status.message:
            self.say(self._lines.pop(0) if self._lines else self._arrival())
        self._tell_later()

    def _tell_later(self) -> None:
        if (self._lines or self._arrived) and not self._waiting_to_tell:
            self._waiting_to_tell = True
            self.set_timer(_UNTIL_TOLD, self._tell_again)

    def _tell_again(self) -> None:
        self._waiting_to_tell = False
        self._tell_more()

    def _arrival(self) -> str:
        count, self._arrived = self._arrived, 0
        return ngettext("{count} change by the other program", "{count} changes by the other program", count).format(
            count=count
        )

    # Reading anew

    async def action_reload(self) -> None:
        """Take in what other programs have made of the notes and the pages."""
        try:
            async with self._making:
                reloaded = await asyncio.to_thread(self._library.reload)
        except JianbaoError as error:
            self.say(str(error), warning=True)
            return
        self.take_in(reloaded)
        self.announced = _taken_in(reloaded) or _("Read anew: no other program has changed the notes")
        self.say(self.announced)
        self.update_pages()

    def took_in(self, reloaded: Reloaded) -> None:
        """Tell what was taken in with a change of one's own."""
        if line := _taken_in(reloaded):
            self._lines.append(line)
            self._tell_later()  # what became of the change comes first


def _taken_in(reloaded: Reloaded) -> str:
    """What another program had changed, in words; empty where that is nothing."""
    count = counted(reloaded)
    if not count:
        return ""
    said = ngettext(
        "{count} change by another program taken in", "{count} changes by another program taken in", count
    ).format(count=count)
    if not reloaded.twice:
        return said
    twice = ngettext(
        "{count} note was changed here, too, and stands there twice now",
        "{count} notes were changed here, too, and stand there twice now",
        reloaded.twice,
    ).format(count=reloaded.twice)
    return f"{said} · {twice}"
