"""The editor of tags, with completion from the tags in use."""

from __future__ import annotations

import re
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tui.display import visible_line
from tui.ui.screens.sheet import Sheet

_SEPARATOR = re.compile(r"[,，、;；\s]+")  # no tag holds one, so that tags can be typed as a list
_SHOWN = 8


def split_tags(text: str) -> tuple[str, ...]:
    """The tags of a typed list, each once, without a leading # and without empty parts (政策//产业)."""
    typed = (part.lstrip("#＃/").split("/") for part in _SEPARATOR.split(text))
    return tuple(dict.fromkeys(tag for parts in typed if (tag := "/".join(filter(None, parts)))))


def complete(typed: str, known: dict[str, int], used: tuple[str, ...]) -> tuple[str, ...]:
    """The tags to offer for what has been typed of one: those that begin so, then those that hold it, each by use.

    Args:
        typed: The beginning of a tag; empty offers all.
        known: The tags in use and how often.
        used: Tags that are set already.
    """
    wanted = typed.strip("#＃").casefold()
    offers = [tag for tag in known if tag not in used and wanted in tag.casefold() and tag != typed]
    parts = {tag: [part.startswith(wanted) for part in tag.casefold().split("/")] for tag in offers}
    return tuple(sorted(offers, key=lambda tag: (not parts[tag][0], not any(parts[tag]), -known[tag], tag)))


class TagSheet(Sheet[tuple[str, ...] | None]):
    """A line of tags, separated by commas or spaces. Its result is the tags, or None where they are to stay."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "save", show=False, priority=True),
        Binding("escape,ctrl+g", "discard", show=False, priority=True),
        Binding("tab", "complete", show=False, priority=True),
        Binding("down,ctrl+n", "choose(1)", show=False, priority=True),
        Binding("up,ctrl+p", "choose(-1)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    TagSheet Input, TagSheet Input:focus { border: none; height: 1; padding: 0; margin: 1 0 0 0; background: $surface; }
    TagSheet #offers { height: auto; min-height: 1; max-height: 8; color: $muted; margin: 0 0 1 0; }
    """

    def __init__(self, subject: str, tags: tuple[str, ...], known: dict[str, int], typed: tuple[str, ...]) -> None:
        """Make the sheet.

        Args:
            subject: What is tagged.
            tags: Its tags so far.
            known: The tags in use in the library and how often.
            typed: What stands in the line at first: the tags, or what could not be saved a moment ago.
        """
        super().__init__()
        self._subject = subject
        self._tags = tags
        self._known = known
        self._typed_before = typed
        self._offers: tuple[str, ...] = ()
        self._choice = 0

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content(visible_line(self._subject)), classes="sheet--title")
            typed = "".join(f"{tag}, " for tag in self._typed_before)
            yield Input(typed, placeholder="政策/产业, 能源")
            yield Static(id="offers")
            yield Static(Content("Enter save · Tab complete · ↑↓ choose · Esc leave as it was"), classes="sheet--keys")

    def on_mount(self) -> None:
        self.query_one(Input).focus()
        self._offer()

    @property
    def _typed(self) -> str:
        """What stands behind the last separator."""
        return _SEPARATOR.split(self.query_one(Input).value)[-1]

    @on(Input.Changed)
    def _offer(self) -> None:
        self._offers = complete(self._typed, self._known, split_tags(self.query_one(Input).value))[:_SHOWN]
        self._choice = 0
        self._show_offers()

    def _show_offers(self) -> None:
        lines = [
            Content.assemble(
                ("▸ " if index == self._choice else "  ", "$accent"),
                (visible_line(tag), "$foreground" if index == self._choice else ""),
                (f"  {self._known[tag]}", "$muted"),
            )
            for index, tag in enumerate(self._offers)
        ]
        self.query_one("#offers", Static).update(Content("\n").join(lines))

    def action_choose(self, step: int) -> None:
        if self._offers:
            self._choice = (self._choice + step) % len(self._offers)
            self._show_offers()

    def action_complete(self) -> None:
        if self._offers:
            box = self.query_one(Input)
            box.value = box.value[: len(box.value) - len(self._typed)] + self._offers[self._choice] + ", "
            box.cursor_position = len(box.value)

    def action_save(self) -> None:
        tags = split_tags(self.query_one(Input).value)
        self.dismiss(tags if tags != self._tags else None)

    def action_discard(self) -> None:
        self.dismiss(None)
