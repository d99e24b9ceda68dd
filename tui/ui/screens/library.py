"""The main screen: list, reader, annotations, filter. What the first frame does not need is imported later."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.causes import in_words
from tui.display import visible_line
from tui.errors import LibraryError
from tui.language import _, ngettext
from tui.library.catalog import ArticleRow, Progress
from tui.library.library import Library, Marks
from tui.settings import Settings
from tui.ui.commands import SELECTED, Command, Where, useful
from tui.ui.keymap import bindings
from tui.ui.screens.background import BackgroundScreen
from tui.ui.screens.concording import ConcordingScreen
from tui.ui.screens.filtering import FilteringScreen
from tui.ui.screens.gathering import GatheringScreen
from tui.ui.screens.merging import MergingScreen
from tui.ui.screens.paging import PagingScreen
from tui.ui.screens.reading import PLACES
from tui.ui.screens.refining import RefiningScreen
from tui.ui.screens.repeats import RepeatsScreen
from tui.ui.widgets.article_list import ArticleList
from tui.ui.widgets.bars import KeyBar, StatusLine
from tui.ui.widgets.filter_box import KEYS, FilterBox
from tui.ui.widgets.mistake_line import MistakeLine

_MESSAGE_SECONDS = 4.0
FIRST_FRAME_SECONDS = 0.15  # given to the first frame before anything begins in the background
_WORDS_SECONDS = 1.0
_SHORT = 64  # cells; in fewer the number of articles is said in fewer words
_AFTER_SAVED = 0.5  # the change whose backup failed may say "saved" meanwhile


class LibraryScreen(
    ConcordingScreen, PagingScreen, RefiningScreen, FilteringScreen, MergingScreen, GatheringScreen, RepeatsScreen
):
    """Wide, the three panes stand side by side; narrow, one is shown at a time."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.LIBRARY)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (104, "-wide")]
    DEFAULT_CSS = """
    LibraryScreen {
        background: $background;
        layers: default over;
        #head { height: 1; background: $panel; }
        #name { width: auto; max-width: 34; padding: 0 1; color: $primary; text-style: bold; }
        FilterBox { width: 1fr; }
        #named { width: auto; padding: 0 0 0 1; color: $muted; display: none; &.-named { display: block; } }
        #found { width: auto; padding: 0 1; color: $muted; }
        #panes { height: 1fr; }
        #list { width: 32%; min-width: 34; max-width: 52; }
        #reader, #page { width: 1fr; }
        #page { display: none; }
        &.-paged #reader { display: none; }
        &.-paged #page { display: block; }
        #panel-pane { width: 26%; min-width: 28; max-width: 46; }
        &.-narrow {
            #name { max-width: 40%; }
            #list, #reader, #page, #panel-pane, #panel { display: none; width: 1fr; max-width: 100%; }
            &.-at-list #list { display: block; }
            &.-at-reader #reader { display: block; }
            &.-at-reader.-paged #reader { display: none; }
            &.-at-reader.-paged #page { display: block; }
            &.-at-panel #panel-pane, &.-at-panel #panel { display: block; }
        }
    }
    """

    def __init__(self, library: Library, settings: Settings, commands: tuple[Command, ...]) -> None:
        """Make the screen of an open library.

        Args:
            library: The folder.
            settings: The user's settings.
            commands: Every command, with the user's keys.
        """
        super().__init__(library, settings, classes="-at-list")
        library.troubled = self._post_trouble
        self._commands = commands
        self._progress: Progress | None = None
        self._completing = asyncio.Lock()

    # Making the screen

    def compose(self) -> ComposeResult:
        with Horizontal(id="head"):
            yield Static(Content(f"剪报 {visible_line(self._library.folder.resolve().name)}"), id="name")
            yield FilterBox(self.key("library.filter"), self.key("library.grammar"), id="filter")
            yield Static(id="named")
            yield Static(id="found")
        with Horizontal(id="panes"):
            yield ArticleList(self._fetch, self._marks, id="list")
        yield StatusLine(id="status")
        yield KeyBar(id="keys")
        yield MistakeLine(id="mistake")

    def on_mount(self) -> None:
        self.articles = self.query_one(ArticleList)
        self.filter = self.query_one(FilterBox)
        self.mistake = self.query_one(MistakeLine)
        self.status = self.query_one(StatusLine)
        self.articles.empty_text = _("Reading the pages…")
        self.show_first()
        self.articles.focus()
        if self._library.notice:
            self.say(self._library.notice, warning=True)
        elif self._library.altered:
            said = _(
                "{file} is not as it was left: changed by hand, by a synchronisation or by decay; a backup shows how"
            )
            self.say(said.format(file=self._library.home.annotations.name), warning=True)
        self.call_after_refresh(self.complete_panes)
        self.set_timer(FIRST_FRAME_SECONDS if self.articles.ids else 0.01, self._begin)

    def _begin(self) -> None:
        """What runs in the background; the words wait for the pages, but not for very many."""
        _keep_from_collector()
        gc.enable()
        self._update_catalog()
        self.run_worker(self.tell_drafts())
        self.watch_others()
        self.run_worker(self.tell_conflicts())
        self.set_timer(_WORDS_SECONDS, self._load_words)

    @on(BackgroundScreen.WordsLoaded)
    def _keep_words(self) -> None:
        _keep_from_collector()

    async def complete_panes(self) -> None:
        """Put reader and panel beside the list, unless they are there."""
        async with self._completing:
            if self.complete:
                return
            from tui.ui.galley import setting_of
            from tui.ui.widgets.panel_pane import PanelPane
            from tui.ui.widgets.reader import Reader

            self.reader = Reader(setting_of(self._settings), id="reader")
            pane = PanelPane(self._commands, self._settings.author, id="panel-pane")
            self.panel = pane.panel
            await self.query_one("#panes").mount(self.reader, pane)
            self.complete = True
        self._show_article(self.articles.article_id)
        self._show_status()

    def on_unmount(self) -> None:
        self._catalog.close()

    def _fetch(self, ids: list[int]) -> list[ArticleRow]:
        try:
            return self._catalog.rows(ids)
        except LibraryError as error:  # while a frame is drawn
            self.call_later(self.failed, error)
            return []

    def _marks(self, row: ArticleRow) -> Marks:
        return self.with_copies(row.id, self._library.marks(self._catalog, row))

    # In the background

    @on(BackgroundScreen.Progressed)
    def _show_progress(self, message: BackgroundScreen.Progressed) -> None:
        self._progress = message.progress
        self.renew_list()
        self._show_status()

    @on(BackgroundScreen.Updated)
    def _end_update(self, message: BackgroundScreen.Updated) -> None:
        self._progress = None
        _keep_from_collector()
        self._load_words()
        update = message.update
        self.articles.empty_text = _("No pages here: a library is a folder of .txt, .md and .jsonl files")
        if update.added or update.changed or update.removed:
            self._library.forget_marks()
            self.refresh_list(fresh=True)
        else:
            self.renew_list()
            self.articles.refresh()
        said = [line for line in (self.announced, *update.notices) if line]
        self.announced = ""
        if update.problems:
            first = update.problems[0]
            unread = _("Not read: {file}: {cause}").format(file=first.path, cause=in_words(first.cause))
            if more := len(update.problems) - 1:
                key = self.key("library.problems")
                unread += ngettext(
                    " and {count} more: {key} lists them", " and {count} more: {key} lists them", more
                ).format(count=more, key=key)
            said.append(unread)
        if said:
            self.say(" · ".join(said), warning=bool(update.problems))
        self.look_for_doubts()
        self._show_status()

    def _post_trouble(self, error: LibraryError) -> None:
        self.post_message(self.BackupFailed(error))

    @on(BackgroundScreen.BackupFailed)
    def _show_trouble(self, message: BackgroundScreen.BackupFailed) -> None:
        self.set_timer(_AFTER_SAVED, lambda: self.say_too(str(message.error)))

    @on(BackgroundScreen.Failed)
    def _show_failure(self, message: BackgroundScreen.Failed) -> None:
        self.failed(message.error)

    # Panes

    def go_to(self, place: str) -> None:
        """Give a pane the focus; narrow, show it in the others' stead."""
        for name in PLACES:
            self.set_class(name == place, f"-at-{name}")
        pane = self.page if place == "reader" and self.paged else None
        (pane or self.query_one(f"#{place}", Widget)).focus()

    def on_descendant_focus(self) -> None:
        self.leave_find()
        focused = self.focused
        place = "reader" if focused is not None and focused is self.page else focused.id if focused else None
        if place in PLACES:
            for name in PLACES:
                self.set_class(name == place, f"-at-{name}")
        if place == "list":
            self.list_what_fits()
        self._show_keys()
        self._show_status()
        self._show_mistake()

    async def action_next_pane(self) -> None:
        await self._turn(1)

    async def action_previous_pane(self) -> None:
        await self._turn(-1)

    async def _turn(self, step: int) -> None:
        await self.complete_panes()
        self.catch_up()
        names = list(PLACES)
        self.go_to(names[(names.index(self._place) + step) % len(names)])

    async def action_back(self) -> None:
        if self._place == "reader" and (self.leave_page() or self.reader.drop_selection() or self.reader.end_find()):
            return
        if self._place == "panel":
            self.go_to("reader")
        elif self._place == "reader":
            self.go_to("list")
        elif self.leave_anchoring():
            self._show_status()
        elif self.filter.value:
            self.filter.value = ""
        else:
            await self.action_quit()

    def action_codebook(self) -> None:
        from tui.ui.screens.codebook import CodebookScreen

        self.app.push_screen(CodebookScreen(self._library, self.ways()))

    def action_statistics(self) -> None:
        from tui.ui.screens.statistics import StatisticsScreen

        def refine(text: str | None) -> None:
            if text is not None:
                self.run_worker(self.search_for(text))  # it waits for the list, and the list for this screen

        self.app.push_screen(StatisticsScreen(self._library, self.ways(), self.filter.value, self._query), refine)

    def action_help(self) -> None:
        from tui.ui.screens.command_sheets import HelpSheet

        sheet = HelpSheet(self._commands, PLACES[self._place])
        self.app.push_screen(sheet, lambda place: self._run_later(sheet.commands, place))

    def action_palette(self) -> None:
        from tui.ui.screens.command_sheets import Palette

        sheet = Palette(self._commands, PLACES[self._place], selected=self._passage_selected)
        self.app.push_screen(sheet, lambda place: self._run_later(sheet.commands, place))

    def _run_later(self, commands: Sequence[Command | None], place: int | None) -> None:
        """Run the command picked from a sheet, once that is gone."""
        command = commands[place] if place is not None else None
        if command is not None:
            self.call_next(self._run, command)  # before a key typed ahead

    async def _run(self, command: Command) -> None:
        """Run a command as its key would, in the pane that has the focus or had it last."""
        if command.where is Where.LIBRARY:
            await self.run_action(command.action)
        elif command.where is PLACES[self._place]:
            self.go_to(self._place)  # the filter box may have the focus
            await self.query_one(f"#{self._place}", Widget).run_action(command.action)
        else:
            from tui.ui.screens.command_sheets import PLACE_NAMES

            self.say(_("This works elsewhere: {where}").format(where=_(PLACE_NAMES[command.where])), warning=True)

    @property
    def _passage_selected(self) -> bool:
        """Whether something is selected in the reader, and one is there."""
        return self.complete and self._place == "reader" and self.reader.selection is not None

    def action_problems(self) -> None:
        from tui.ui.screens.listing import Listing

        problems = self._catalog.problems()
        lines = [f"{visible_line(problem.path)}: {visible_line(in_words(problem.cause))}" for problem in problems]
        self.app.push_screen(Listing(_("Files that could not be read"), Content("\n".join(lines) or _("None"))))

    # Saying

    def say(self, message: str, *, warning: bool = False) -> None:
        """Show a message below until the next key or a few seconds later."""
        self.status.message = visible_line(message)
        self.status.warning = warning
        self.set_timer(_MESSAGE_SECONDS, lambda: self._unsay(message))

    def _unsay(self, message: str) -> None:
        if self.status.message == visible_line(message) and not self.status.warning:
            self.status.message = ""

    def on_mouse_down(self) -> None:
        self._untouched = False

    def on_key(self) -> None:
        self._untouched = False
        self.status.message = ""

    def on_galley_view_moved(self) -> None:
        self.follow_cursor()
        self._show_status()

    def _show_status(self) -> None:
        if not self.complete:
            self._show_keys()
            return
        document = self.reader.document
        left = self.bordering or visible_line(self.anchoring) or (document.title if document else "")
        if document and self.paged:
            left = visible_line(document.stored.row.page)
        if self._progress is not None:
            left = _("Reading pages: {done} of {total}").format(done=self._progress.done, total=self._progress.total)
        number, total = self.reader.hit_number
        hit = _("hit {number}/{total}") if number else ngettext("{total} hit", "{total} hits", total)
        hit = hit.format(number=number, total=total)
        parts = [hit if total and self._query is not None else "", f"{self.reader.progress} %"]
        at, found = self.reader.find_number
        if found:
            parts[0] = _("find {number}/{total}").format(number=at, total=found)
        self.status.left = left
        self.status.right = "  ".join(part for part in parts if part) if document else ""
        self._show_keys()

    def _show_keys(self) -> None:
        if self.filter.has_focus:
            own = [one for one in self._commands if one.id == "library.grammar"]
            self.query_one(KeyBar).show((*KEYS[:-1], *own, KEYS[-1]))
            return
        selected = self._passage_selected
        shown = useful(self._commands, PLACES[self._place], selected=selected)
        if self._place == "reader" and self.paged:
            from tui.ui.widgets import page_view

            shown = [command for command in shown if command.where is Where.LIBRARY or command.id in page_view.KEYS]
        self.query_one(KeyBar).show(tuple(one for one in shown if one.footer or (selected and one.id in SELECTED)))


def _keep_from_collector() -> None:
    """Leave out of every later collection what is there now: the records, the catalog's rows, the segmenter's words.

    They stay for as long as the program runs, and looking through them again and again would hold up keys for 30 to
    90 ms. What is garbage by now stays, too: a few hundred kB at most.
    """
    gc.freeze()
