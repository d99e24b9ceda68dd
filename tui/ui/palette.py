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
    "kicker": "italic $secondary",
    "subtitle": "$secondary",
    "column": "$primary",
    "subhead": "bold $accent",
    "body": "$foreground",
    "caption": "italic $secondary",
    "byline": "$muted",
    "jump": "italic $primary",
    "furniture": "$faint",
    "outside": "$faint",
    "number": "$faint",
    "source": "$muted",
    # What lies over it
    "mark-yellow": "underline on $mark-yellow",
    "mark-green": "underline on $mark-green",
    "mark-blue": "underline on $mark-blue",
    "mark-red": "underline on $mark-red",
    "mark-purple": "underline on $mark-purple",
    "mark-orange": "underline on $mark-orange",
    "mark-deep": "bold",
    "mark-next": "not underline",
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
    "kwic": "$foreground",
    "kwic-hit": "bold $primary",
    "kwic-sorted": "$accent",
    "kwic-end": "$faint",
    "kwic-typed": "bold on $hit",
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

# What is added where colours are none or few, so that what they tell apart differs all the same. Overlines are Rich's:
# Textual's styles have none.
_PLAIN = {
    "mark-yellow": RichStyle(underline=True),
    "mark-green": RichStyle(underline=False, underline2=True),
    "mark-blue": RichStyle(underline=False, overline=True),
    "mark-red": RichStyle(underline=True, overline=True),
    "mark-purple": RichStyle(underline=False, underline2=True, overline=True),
    "mark-orange": RichStyle(underline=True, italic=True),
    "furniture": RichStyle(dim=True),
    "outside": RichStyle(dim=True),
    "kwic-hit": RichStyle(reverse=True),
    "kwic-sorted": RichStyle(underline=True),
    "kwic-end": RichStyle(dim=True),
}
# What stands in another style's stead there: an underline that is missing says nothing where there may be none.
_PLAIN_INSTEAD = {"mark-next": RichStyle(dim=True)}


class _Palette(dict[str, RichStyle]):
    """Styles made as they are asked for: the first frame needs few of them."""

    def __init__(self, *, plain: bool) -> None:
        super().__init__()
        self._plain = plain

    def __missing__(self, name: str) -> RichStyle:
        if self._plain and name in _PLAIN_INSTEAD:
            style = _PLAIN_INSTEAD[name]
        else:
            style = Style.parse(_STYLES[name]).rich_style
            if self._plain and name in _PLAIN:
                style += _PLAIN[name]
        self[name] = style
        return style


def palette(widget: Widget) -> Mapping[str, RichStyle]:
    """The styles by name, in the colours of the theme that `widget` is shown in."""
    app = widget.app
    return _palette(app.theme, app.no_color or app.console.color_system in {None, "standard"})


@cache
def _palette(_theme: str, plain: bool) -> _Palette:
    return _Palette(plain=plain)
