"""The styles of the lines that the widgets draw themselves, by what they show; colours are the theme's.

Textual's component classes would do the same, but cost a widget of forty styles more than the rest of its first frame.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from rich.style import Style as RichStyle
from textual.style import Style
from textual.widget import Widget

_STYLES = {
    # An article's text, by the role of its block
    "headline": "bold $foreground",
    "kicker": "$secondary",
    "subtitle": "$secondary",
    "column": "$primary",
    "subhead": "bold $accent",
    "body": "$foreground",
    "caption": "italic $secondary",
    "byline": "$muted",
    "jump": "italic $primary",
    "furniture": "$faint",
    "source": "$muted",
    # What lies over it
    "mark-yellow": "underline on $mark-yellow",
    "mark-green": "underline on $mark-green",
    "mark-blue": "underline on $mark-blue",
    "mark-red": "underline on $mark-red",
    "mark-purple": "underline on $mark-purple",
    "mark-orange": "underline on $mark-orange",
    "hit": "bold on $hit",
    "find": "bold underline $accent",
    "find-here": "bold $background on $accent",
    "selection": "$background on $secondary",
    "cursor": "reverse",
    # Lists and panels
    "row": "$foreground",
    "row-read": "$muted",
    "row-unread": "bold $foreground",
    "row-hit": "bold underline on $hit",
    "row-cursor": "on $cursor-row",
    "heading": "bold $accent",
    "sign": "$primary",
    "doubt": "$faint",
    "quote": "$muted",
    "note": "$foreground",
    "tags": "$secondary",
    "article": "$primary",
    "card-cursor": "$foreground",
    "empty": "italic $muted",
    "bar-yellow": "#d6b43c",
    "bar-green": "#7fae5c",
    "bar-blue": "#5b9bc7",
    "bar-red": "#d9694f",
    "bar-purple": "#9a78c4",
    "bar-orange": "#d98f3f",
    # The lines above and below
    "message": "bold $foreground",
    "warning": "bold $warning",
    "key": "bold $accent",
    "label": "$muted",
}


class _Palette(dict[str, RichStyle]):
    """Styles made as they are asked for: the first frame needs few of them."""

    def __missing__(self, name: str) -> RichStyle:
        self[name] = Style.parse(_STYLES[name]).rich_style
        return self[name]


def palette(widget: Widget) -> Mapping[str, RichStyle]:
    """The styles by name, in the colours of the theme that `widget` is shown in."""
    return _palette(widget.app.theme)


@cache
def _palette(_theme: str) -> _Palette:
    return _Palette()
