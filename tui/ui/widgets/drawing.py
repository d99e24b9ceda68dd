"""A line of an article as a strip of cells: its margin, its text, and what lies over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from tui import units
from tui.ui.galley import SetLine
from tui.ui.layers import Layer, Sign, layer, margin_signs, runs
from tui.ui.widgets.cells import Piece, paint
from tui.units import Range


@dataclass(frozen=True, slots=True)
class Look:
    """What all the lines of an article have in common.

    Attributes:
        text: The whole text, safe to show.
        margin: Cells before the measure.
        layers: What lies over the text, bottom first.
        signs: Where highlights begin, sorted.
        styles: The styles by name.
    """

    text: str
    margin: int
    layers: Sequence[Layer]
    signs: Sequence[Sign]
    styles: Mapping[str, Style]


def draw(line: SetLine, look: Look, selected: Range | None, cursor: int | None, *, width: int, base: Style) -> Strip:
    """The strip of a line.

    Args:
        line: The line.
        look: What it has in common with the others.
        selected: The part of it that is selected.
        cursor: The offset of the cursor, where it stands on this line.
        width: In cells.
        base: The style of the whole line.
    """
    style = look.styles[line.role or "source"]
    pieces = _pieces(line, look, selected, cursor) if line.role else [(line.text, style)]
    return paint([*_margin(line, look, style), *pieces, (line.after, style)], width, base)


def clipped(selection: Range | None, line: SetLine) -> Range | None:
    """The part of a selection that is on a line."""
    if selection is None or selection[0] >= line.end or selection[1] <= line.start:
        return None
    return max(selection[0], line.start), min(selection[1], line.end)


def _margin(line: SetLine, look: Look, style: Style) -> list[Piece]:
    """What stands before a line's text: the signs of the highlights that begin on it, and those of its role."""
    free = max(line.left - cell_len(line.before), 0)
    edge = max(min(look.margin, free) - 1, 0)
    signs = margin_signs(look.signs, line.start, line.end, edge)
    return [
        (" " * (edge - len(signs)), Style.null()),
        *((sign, look.styles[name]) for sign, name in signs),
        (" " * (free - edge), Style.null()),
        (line.before, style),
    ]


def _pieces(line: SetLine, look: Look, selected: Range | None, cursor: int | None) -> list[Piece]:
    layers = [*look.layers]
    if selected is not None:
        layers.append(layer("selection", (selected,)))
    if cursor is not None:
        layers.append(layer("cursor", ((cursor, units.next_character(look.text, cursor)),)))
    plain = look.styles[line.role or "body"]
    pieces = []
    for start, end, names in runs(line.start, line.end, layers):
        style = plain
        for name in names:
            style += look.styles[name]
        pieces.append((look.text[start:end], style))
    if line.start == line.end and cursor is not None:
        pieces.append((" ", look.styles["cursor"]))
    return pieces
