"""Tables as lines of text, aligned by terminal cells, and the same rows as JSON lines and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tui.cells import width
from tui.display import json_text, visible_line
from tui.export.spreadsheet import guarded

_BETWEEN = 2  # cells from column to column
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        title: What its first line says.
        left: Whether its cells begin at the left; numbers end at the right.
        rank: Where there is little room, the columns of the highest ranks are left out first; those of 0 never.
        widest: More cells than this it never has; 0 for as many as it needs.
    """

    title: str
    left: bool = False
    rank: int = 0
    widest: int = 0


def aligned(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int = 0) -> list[str]:
    """The lines of a table, the titles first.

    Args:
        columns: Its columns.
        rows: Their texts, unsafe to show.
        room: In cells, 0 for any; columns are left out until the rest fits.
    """
    shown = [[visible_line(text) for text in row] for row in rows]
    titles = [column.title for column in columns]
    sizes = [
        min(max(map(width, texts)), column.widest or 1_000)
        for column, texts in zip(columns, zip(titles, *shown, strict=True), strict=True)
    ]
    kept = list(range(len(columns)))
    while room and sum(sizes[at] + _BETWEEN for at in kept) - _BETWEEN > room:
        worst = max(columns[at].rank for at in kept)
        if not worst:
            break
        kept = [at for at in kept if columns[at].rank < worst]
    return [
        (" " * _BETWEEN).join(fitted(row[at], sizes[at], left=columns[at].left) for at in kept).rstrip()
        for row in (titles, *shown)
    ]


def json_lines(rows: Sequence[Mapping[str, object]]) -> list[str]:
    """A JSON object a row."""
    return [json_text(dict(row)) for row in rows]


def comma_separated(rows: Sequence[Mapping[str, object]]) -> str:
    """CSV, the names first; texts that a spreadsheet would take for formulas are guarded, numbers stay numbers."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    if rows:
        writer.writerow(rows[0])
    writer.writerows([guarded(cell) if isinstance(cell, str) else cell for cell in row.values()] for row in rows)
    return file.getvalue()


def fitted(text: str, size: int, *, left: bool = True) -> str:
    """A text in exactly so many cells, at their left or right; cut with `…` where it is longer."""
    text = _cut(text, size)
    space = " " * (size - width(text))
    return text + space if left else space + text


def _cut(text: str, size: int) -> str:
    if width(text) <= size:
        return text
    while text and width(text) + width(_ELLIPSIS) > size:
        text = text[:-1]
    return text + _ELLIPSIS
