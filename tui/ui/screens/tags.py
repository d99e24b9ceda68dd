"""The editor of tags, with completion from the tags in use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tui.display import visible_line
from tui.language import _
from tui.model import COLOURS, Tag
from tui.ui.completion import Completion, odd, split_tags, tag_ranges, with_parents
from tui.ui.screens.sheet import Sheet
from tui.ui.widgets.pick_list import PickList
from tui.ui.widgets.tag_list import TagList, TagRow, colour_style

_MOST_OFFERS = 10  # lines; the rest is scrolled to
_OTHER_LINES = 6  # of the sheet, beside the offers
_HIGHEST = 0.8  # of the screen


class TagSheet(Sheet[tuple[str, ...] | None]):
    """A line of tags, separated by commas or spaces. Its result is the tags, or None where they are to stay."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "save", show=False, priority=True),
        Binding("escape,ctrl+g", "discard", show=False, priority=True),
        Binding("tab", "complete", show=False, priority=True),
        Binding("down,ctrl+n", "choose(1)", show=False, priority=True),
        Binding("up,ctrl+p", "choose(-1)", show=False, priority=True),
        Binding("pagedown", "turn(1)", show=False, priority=True),
        Binding("pageup", "turn(-1)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    TagSheet Input, TagSheet Input:focus { border: none; height: 1; padding: 0; margin: 1 0 0 0; background: $surface; }
    TagSheet TagList { margin: 0 0 1 0; }
    """

    def __init__(
        self,
        subject: str,
        tags: tuple[str, ...],
        known: Mapping[str, int],
        typed: tuple[str, ...],
        codebook: Iterable[Tag] = (),
    ) -> None:
        """Make the sheet.

        Args:
            subject: What is tagged.
            tags: Its tags so far.
            known: The tags in use in the library and how often.
            typed: What stands in the line at first: the tags, or what could not be saved a moment ago.
            codebook: What is known of tags.
        """
        super().__init__()
        self._subject = subject
        self._tags = tags
        self._known = with_parents(known)
        self._typed_before = typed
        self._codebook = {tag.name: tag for tag in codebook}
        self._whole = odd((*self._known, *tags, *typed))
        self._completion = Completion(self._known)
        self._offers: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content(visible_line(self._subject)), classes="sheet--title")
            typed = "".join(f"{tag}, " for tag in self._typed_before)
            yield Input(typed, placeholder="政策/产业, 能源", highlighter=_Coloured(self))
            yield TagList()
            yield Static(
                Content(_("Enter save · Tab complete · ↑↓ choose · Esc leave as it was")), classes="sheet--keys"
            )

    def on_mount(self) -> None:
        self.query_one(Input).focus()
        self._offer()
        self.call_after_refresh(self._completion.prepare)

    def on_resize(self, event: events.Resize) -> None:
        room = int(event.size.height * _HIGHEST) - _OTHER_LINES
        self.query_one(TagList).styles.max_height = max(1, min(_MOST_OFFERS, room))

    @property
    def _start(self) -> int:
        """Where the tag begins that is being typed: behind the last separator."""
        value = self.query_one(Input).value
        ranges = tag_ranges(value, self._whole)
        return ranges[-1][0] if ranges and ranges[-1][1] == len(value) else len(value)

    @on(Input.Changed)
    def _offer(self) -> None:
        value = self.query_one(Input).value
        self._offers = self._completion.offers(value[self._start :], split_tags(value, self._whole))
        self.query_one(TagList).show([self._row(tag) for tag in self._offers])

    def _row(self, name: str) -> TagRow:
        tag = self._codebook.get(name, Tag(name))
        return TagRow(name, detail=str(self._known[name]), colour=tag.colour, digit=tag.digit, note=tag.description)

    def highlight(self, text: Text) -> None:
        """Put the tags of the line into their colours."""
        for start, end in tag_ranges(text.plain, self._whole):
            tag = self._codebook.get(text.plain[start:end])
            if tag is not None and tag.colour in COLOURS:
                text.stylize(colour_style(self, tag.colour), start, end)

    def action_choose(self, step: int) -> None:
        offers = self.query_one(TagList)
        if offers.chosen is not None:
            at_end = offers.chosen == (len(self._offers) - 1 if step > 0 else 0)
            offers.move(-step * len(self._offers) if at_end else step)

    def action_turn(self, step: int) -> None:
        self.query_one(TagList).page(step)

    def action_complete(self) -> None:
        chosen = self.query_one(TagList).chosen
        if chosen is not None:
            box = self.query_one(Input)
            box.value = box.value[: self._start] + self._offers[chosen] + ", "
            box.cursor_position = len(box.value)

    @on(PickList.Picked)
    def _take(self) -> None:
        self.action_complete()

    def action_save(self) -> None:
        tags = split_tags(self.query_one(Input).value, self._whole)
        self.dismiss(tags if tags != self._tags else None)

    def action_discard(self) -> None:
        self.dismiss(None)


class _Coloured(Highlighter):
    """Puts the tags of a sheet's line into their colours."""

    def __init__(self, sheet: TagSheet) -> None:
        self._sheet = sheet

    def highlight(self, text: Text) -> None:
        """Do so."""
        self._sheet.highlight(text)
