"""What is shown in the place of a library whose notes are damaged: what is wrong, and what can stand in their place."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from tui.display import visible_line
from tui.errors import DamagedError, JianbaoError
from tui.language import N_, _, ngettext
from tui.library.backups import Backup, Backups, Held, look
from tui.library.library import Home
from tui.library.restoring import readable, restore, take_readable
from tui.settings import Settings
from tui.ui.app import ThemedApp
from tui.ui.screens.asking import Question, key_commands
from tui.ui.widgets.bars import KeyBar
from tui.ui.widgets.pick_list import PickList, Row

_KEYS = (("enter", N_("Choose")), ("down", N_("Down")), ("up", N_("Up")), ("q", N_("Quit")))


@dataclass(frozen=True, slots=True)
class _Choice:
    """A row that can be picked.

    Attributes:
        question: What is asked before it is done; empty where nothing is.
        act: What is then done, off the screen's thread; None for leaving.
    """

    question: str = ""
    act: Callable[[], object] | None = None


class DamageScreen(Screen[None]):
    """The cause, and a list of ways to go on. Nothing is changed before one is chosen."""

    @dataclass
    class Looked(Message):
        """A backup has been opened."""

        backup: Backup
        held: Held

    @dataclass
    class Read(Message):
        """The damaged files have been read as far as they can be."""

        records: int

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "pick", show=False),
        Binding("j,down", "move(1)", show=False),
        Binding("k,up", "move(-1)", show=False),
        Binding("space,pagedown,ctrl+d", "page(1)", show=False),
        Binding("pageup,ctrl+u", "page(-1)", show=False),
        Binding("q,Q,escape,ctrl+g", "quit", show=False),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]
    DEFAULT_CSS = """
    DamageScreen {
        background: $background;
        #title { width: 1fr; height: 1; padding: 0 1; background: $panel; color: $primary; text-style: bold; }
        #cause { height: auto; max-height: 5; margin: 1 1 0 1; color: $warning; }
        #promise { height: auto; max-height: 3; margin: 0 1 1 1; color: $muted; }
        PickList { height: 1fr; background: $background; }
        #said { height: auto; max-height: 3; padding: 0 1; color: $warning; background: $panel; }
        &.-low {
            #cause { max-height: 2; margin: 0 1; }
            #promise { max-height: 1; margin: 0 1; }
        }
    }
    """

    def __init__(self, home: Home, error: DamagedError) -> None:
        """Make the screen.

        Args:
            home: Where the notes are kept.
            error: What was found when they were opened.
        """
        super().__init__()
        self._home = home
        self._error = error
        self._held: dict[Backup, Held] = {}
        self._records: int | None = None
        self._choices: Sequence[_Choice | None] = ()
        self._backups: list[Backup] = []
        self._acting = False

    def compose(self) -> ComposeResult:
        yield Static(Content(_("The notes in this folder are damaged")), id="title")
        yield Static(Content(visible_line(str(self._error))), id="cause")
        promise = _("Nothing is changed before you choose. The damaged files are kept beside the new one.")
        yield Static(Content(promise), id="promise")
        yield PickList()
        yield Static(id="said")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(key_commands(_KEYS))
        try:
            self._backups = Backups(self._home.backups).all()
        except JianbaoError as error:
            self._say(str(error))
        self._show()
        self._look()

    @work(thread=True, group="look")
    def _look(self) -> None:
        worker, there = get_current_worker(), Backups(self._home.backups)
        for backup in self._backups:
            if worker.is_cancelled:
                return
            self.post_message(self.Looked(backup, look(there.path(backup))))
        try:
            records = readable(self._home.annotations).records
        except JianbaoError:
            records = 0
        self.post_message(self.Read(records))

    @on(Looked)
    def _add_counts(self, message: Looked) -> None:
        self._held[message.backup] = message.held
        self._show()

    @on(Read)
    def _add_records(self, message: Read) -> None:
        self._records = message.records
        self._show()

    def _show(self) -> None:
        rows: list[tuple[Row, _Choice | None]] = [(Row(_("Backups, the newest first"), heading=True), None)]
        rows += [self._row(backup) for backup in self._backups]
        if not self._backups:
            rows.append((Row(_("There are none yet"), heading=True), None))
        rows += [
            (Row(_("What can still be read"), heading=True), None),
            self._readable_row(),
            (Row(_("Or leave it"), heading=True), None),
            (Row(_("Nothing is changed"), _("Quit")), _Choice()),
        ]
        self._choices = [choice for _row, choice in rows]
        chooser = self.query_one(PickList)
        chooser.show([row for row, _choice in rows], chooser.cursor)

    def _row(self, backup: Backup) -> tuple[Row, _Choice]:
        held = self._held.get(backup)
        told = "…" if held is None else held.words if held.whole else _("damaged, too")
        question = _("Put the backup of {time} in the place of the damaged notes?").format(time=_time(backup))
        return Row(f"{told} · {backup.why}", _time(backup)), _Choice(question, lambda: restore(self._home, backup.name))

    def _readable_row(self) -> tuple[Row, _Choice | None]:
        if self._records is None:
            return Row("…", heading=True), None
        if not self._records:
            return Row(_("Nothing could be read"), heading=True), None
        found = ngettext("{count} record", "{count} records", self._records).format(count=self._records)
        question = _("Go on with what could be read of the damaged notes?")
        row = Row(_("Take what could be read of the damaged notes"), found)
        return row, _Choice(question, lambda: take_readable(self._home))

    def action_move(self, step: int) -> None:
        self.query_one(PickList).move(step)

    def action_page(self, step: int) -> None:
        self.query_one(PickList).page(step)

    def action_pick(self) -> None:
        chosen = self.query_one(PickList).chosen
        if chosen is not None:
            self._pick(chosen)

    def on_pick_list_picked(self, message: PickList.Picked) -> None:
        self._pick(message.index)

    def _pick(self, index: int) -> None:
        choice = self._choices[index]
        if choice is None or self._acting:
            return
        act = choice.act
        if act is None:
            self.action_quit()
            return

        async def answered(yes: bool | None) -> None:
            if yes:
                await self._act(act)

        kept = _("The damaged files are kept beside the new one, under names that tell the time.")
        self.app.push_screen(Question(choice.question, [kept]), answered)

    async def _act(self, act: Callable[[], object]) -> None:
        self._acting = True
        try:
            await asyncio.to_thread(act)
        except JianbaoError as error:
            self._say(str(error))
            self._acting = False
            return
        app = self.app
        assert isinstance(app, DamageApp)
        app.mended = True
        app.exit()

    def _say(self, message: str) -> None:
        self.query_one("#said", Static).update(Content(visible_line(message)))

    def action_quit(self) -> None:
        self.app.exit()


class DamageApp(ThemedApp):
    """Shows the damage, before there is a library to show.

    Attributes:
        mended: Whether something stands in the place of what was damaged.
    """

    def __init__(self, home: Home, error: DamagedError, settings: Settings) -> None:
        """Make the application.

        Args:
            home: Where the notes are kept.
            error: What was found when they were opened.
            settings: The user's settings.
        """
        super().__init__(settings)
        self.mended = False
        self._home = home
        self._error = error

    def get_default_screen(self) -> DamageScreen:
        """The one screen."""
        return DamageScreen(self._home, self._error)


def _time(backup: Backup) -> str:
    return f"{backup.time:%Y-%m-%d %H:%M} UTC"
