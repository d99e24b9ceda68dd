"""A page as its file has it, line for line, laid out for the screen: numbers, roles, what is an article's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from tui.cells import continues, widths
from tui.language import N_, _
from tui.model import Article, Role
from tui.ui.layers import Layer, layer

ROLE_NAMES = {
    Role.COLUMN: N_("Column"),
    Role.KICKER: N_("Kicker"),
    Role.HEADLINE: N_("Headline"),
    Role.SUBTITLE: N_("Subtitle"),
    Role.BYLINE: N_("Byline"),
    Role.SUBHEAD: N_("Subhead"),
    Role.BODY: N_("Text"),
    Role.CAPTION: N_("Caption"),
    Role.JUMP: N_("Jump line"),
    Role.FURNITURE: N_("Furniture"),
}
_HANGING_SIGN = "↳"  # in a number's place: the line goes on here
_BAR = "▍"  # beside lines of the article
_ROOMY, _TIGHT = 46, 30  # cells of the pane from which labels are whole, and from which they are there at all
_SHORT = 4  # cells of a label in a narrow pane


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of the screen.

    Attributes:
        start: Its first position on the page.
        end: The position behind its last character.
        number: The page's line, 1 first; 0 where a long line goes on.
        role: The role that begins here, if one does.
        inside: Whether something of the article stands on it.
    """

    start: int
    end: int
    number: int
    role: Role | None
    inside: bool


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page's lines for one width.

    Attributes:
        lines: In page order.
        layers: The article's parts, a layer for each role, named like it.
        left: Cells before a line's text.
    """

    lines: tuple[PageLine, ...]
    layers: tuple[Layer, ...]
    left: int
    width: int
    _starts: tuple[int, ...]
    _digits: int
    _label: int

    def line_of(self, position: int) -> int:
        """The index of the line that shows a position of the page."""
        return max(bisect_right(self._starts, position) - 1, 0)

    def margin(self, line: PageLine) -> str:
        """What stands before a line's text, exactly `left` cells wide."""
        number = str(line.number) if line.number else _HANGING_SIGN
        label = set_cell_size(_(ROLE_NAMES[line.role]) if line.role else "", self._label)
        between = " " if self._label else ""
        return f"{number:>{self._digits}} {label}{between}{_BAR if line.inside else ' '} "


def lay_out(text: str, article: Article, width: int) -> PageLayout:
    """Lay a page out.

    Args:
        text: The page's text, safe to show.
        article: The article on it that is read.
        width: Of the pane, in cells. Longer lines are wrapped.
    """
    digits = len(str(text.removesuffix("\n").count("\n") + 1))
    names = [_(name) for name in ROLE_NAMES.values()]
    label = max(map(cell_len, names)) if width >= _ROOMY else _SHORT if width >= _TIGHT else 0
    left = digits + 1 + label + bool(label) + 2
    parts = sorted(
        (span.start, span.end, number, block.role)
        for number, block in enumerate(article.blocks)
        for span in block.spans
        if len(span)
    )
    lines = tuple(_lines(text, parts, max(width - left, 2)))
    layers = tuple(
        layer(role, [(start, end) for start, end, _number, own in parts if own is role])
        for role in dict.fromkeys(part[3] for part in parts)
    )
    return PageLayout(lines, layers, left, width, tuple(line.start for line in lines), digits, label)


def _lines(text: str, parts: list[tuple[int, int, int, Role]], room: int) -> Iterator[PageLine]:
    """The screen's lines, each with the role that begins on it: where a block does, or goes on after other text."""
    place, named, start = 0, -1, 0
    for number, content in enumerate(text.removesuffix("\n").split("\n"), 1):
        for index, (first, last) in enumerate(_wrapped(content, room)):
            begin, end = start + first, start + last
            while place < len(parts) and parts[place][1] <= begin:
                place += 1
            here = parts[place] if place < len(parts) and parts[place][0] < max(end, begin + 1) else None
            role = here[3] if here and here[2] != named else None
            if here:
                last_here = place
                while last_here + 1 < len(parts) and parts[last_here + 1][0] < end:
                    last_here += 1
                named = parts[last_here][2]
            elif content.strip():
                named = -1
            yield PageLine(begin, end, 0 if index else number, role, here is not None)
        start += len(content) + 1


def _wrapped(content: str, room: int) -> Iterator[tuple[int, int]]:
    """A line in pieces of at most `room` cells, none of which begins within a character."""
    first = used = 0
    for at, cells in enumerate(widths(content)):
        if used + cells > room and at > first and not continues(content, at):
            yield first, at
            first, used = at, 0
        used += cells
    yield first, len(content)
