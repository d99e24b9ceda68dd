"""An article's heads and subheads as rows to pick from."""

from __future__ import annotations

from bisect import bisect_right

from tui.model import Role
from tui.ui.document import Document
from tui.ui.widgets.pick_list import Row

_INSETS = {Role.COLUMN: 0, Role.KICKER: 0, Role.HEADLINE: 0, Role.SUBTITLE: 2, Role.SUBHEAD: 4}  # cells


def outline(document: Document) -> tuple[tuple[int, ...], list[Row]]:
    """Where the heads of a document begin, ascending, and a row for each."""
    heads = [part for part in document.reading.paragraphs if part.role in _INSETS]
    rows = [
        Row(
            document.reading.text[part.start : part.end],
            detail=f"{round(100 * part.start / len(document.text))} %",
            inset=_INSETS[part.role],
        )
        for part in heads
    ]
    return tuple(part.start for part in heads), rows


def head_of(starts: tuple[int, ...], offset: int) -> int:
    """The place in `starts` of the head that `offset` stands under."""
    return max(bisect_right(starts, offset) - 1, 0)
