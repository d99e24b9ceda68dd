"""Pieces of text as strips of terminal cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

Piece = tuple[str, Style]


def fit(text: str, width: int) -> str:
    """`text` in at most `width` cells, with `…` for what does not fit."""
    if cell_len(text) <= width:
        return text
    room = width - cell_len("…")  # two cells in some terminals
    return set_cell_size(text, room).rstrip() + "…" if room >= 0 else ""


def paint(pieces: Iterable[Piece], width: int, base: Style, *, right: Sequence[Piece] = ()) -> Strip:
    """A strip of exactly `width` cells.

    Args:
        pieces: Texts and what their styles change of `base`.
        width: In cells.
        base: The style of the whole line.
        right: The last pieces, set flush right.
    """
    segments = [Segment(text, base + style) for text, style in pieces if text]
    used = sum(cell_len(segment.text) for segment in segments)
    tail = sum(cell_len(text) for text, _ in right)
    segments.append(Segment(" " * max(width - used - tail, 0), base))
    segments += [Segment(text, base + style) for text, style in right if text]
    return Strip(segments).crop_extend(0, width, base)
