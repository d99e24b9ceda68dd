"""The annotation panel with the box above it that narrows its cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tui.language import _, ngettext
from tui.ui.commands import Command, key_of
from tui.ui.widgets.annotation_panel import AnnotationPanel


class PanelFilter(Input):
    """The box. Enter and the arrow down go to the cards, Escape empties the box."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave(True)", show=False),
        Binding("enter,down,tab", "leave(False)", show=False),
    ]

    @dataclass
    class Left(Message):
        """The box has been left."""

    def action_leave(self, empty: bool) -> None:
        if empty:
            self.value = ""
        self.post_message(self.Left())


class PanelPane(Vertical):
    """The cards; above them the box and how many fit, while something stands in the box or is about to be typed."""

    DEFAULT_CSS = """
    PanelPane {
        background: $surface;
        & > Input, & > Input:focus { border: none; height: 1; padding: 0 1; background: $panel; }
        & > Input:focus { background: $cursor-row; }
        & > Input > .input--placeholder { color: $muted; }
        & > Static { height: 1; padding: 0 1; color: $muted; background: $panel; }
        & > Input, & > Static { display: none; }
        &.-filtered > Input, &.-filtered > #fitting, &.-doubtful > #doubtful { display: block; }
        & > AnnotationPanel { height: 1fr; }
    }
    """

    def __init__(self, commands: tuple[Command, ...], author: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's
        """Make the pane with an empty panel, whose id is `panel`.

        Args:
            commands: Every command, with the user's keys.
            author: The user.
            id: The widget's id.
        """
        super().__init__(id=id)
        self._key = key_of(commands, "panel.filter")
        self._review = key_of(commands, "library.review")
        self.panel = AnnotationPanel(commands, author, id="panel")
        self.box = PanelFilter(placeholder=_("words, #tag, red, note:"), id="panel-filter", select_on_focus=False)

    def compose(self) -> ComposeResult:
        yield self.box
        yield Static(id="fitting")
        yield self.panel
        yield Static(id="doubtful")

    def on_annotation_panel_filter_asked(self) -> None:
        self.add_class("-filtered")
        self.box.focus()

    def on_annotation_panel_narrowed(self, message: AnnotationPanel.Narrowed) -> None:
        """Say how many fit, that the filter stays for the articles to come, and how many notes have no place here."""
        count = _("{shown} of {total}").format(shown=message.shown, total=message.total)
        if self.panel.filter.strip():
            count += " · " + _("stays until {key} Esc").format(key=self._key)
        self.query_one("#fitting", Static).update(Content(count))
        more = ngettext("{count} more needs review: {key}", "{count} more need review: {key}", message.doubtful)
        self.query_one("#doubtful", Static).update(Content(more.format(count=message.doubtful, key=self._review)))
        self.set_class(message.doubtful > 0, "-doubtful")

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        self.panel.narrow(event.value)

    def on_panel_filter_left(self) -> None:
        """Go to the cards; an empty box goes."""
        self.set_class(bool(self.box.value.strip()), "-filtered")
        self.panel.focus()
