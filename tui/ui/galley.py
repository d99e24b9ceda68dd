"""An article set in lines, as print sets it: heads in the middle, paragraphs indented, one measure for all."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from rich.cells import cell_len

from tui.model import Role
from tui.reading import Paragraph
from tui.typeset import Line, set_paragraph
from tui.ui.document import Document

INDENT = 4  # cells: two characters
_CENTRED = {Role.COLUMN, Role.KICKER, Role.HEADLINE, Role.SUBTITLE}
_RIGHT = {Role.BYLINE, Role.JUMP}
_SPACED = {Role.SUBHEAD, Role.CAPTION}
_DOT = " · "  # between the parts of a source


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line of the galley.

    Attributes:
        start: Its first offset in the document's text.
        end: The offset behind its last character; equal to `start` on a line that shows none of the text.
        left: Cells before its first character.
        role: The role of its paragraph; None on a line of the galley's own.
        text: What a line of the galley's own says.
    """

    start: int
    end: int
    left: int
    role: Role | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Galley:
    """A document's lines for one width."""

    lines: tuple[SetLine, ...]
    width: int
    _own: tuple[int, ...]  # indices of the lines that show text
    _starts: tuple[int, ...]  # their first offsets, ascending

    def line_of(self, offset: int) -> int:
        """The index of the line that shows `offset`."""
        return self._own[max(bisect_right(self._starts, offset) - 1, 0)] if self._own else 0

    def beside(self, index: int, step: int) -> int:
        """The index of the line that shows text, `step` such lines further on, kept within the galley."""
        place = bisect_right(self._own, index) - 1 + step
        return self._own[max(0, min(place, len(self._own) - 1))] if self._own else 0

    def nearest(self, index: int) -> int:
        """The index of the line that shows text, at `index` or just before it, else the first."""
        return self.beside(index, 0)


def set_document(document: Document, width: int, measure: int) -> Galley:
    """Set a document.

    Args:
        document: The article.
        width: Of the pane, in cells.
        measure: The longest line, in full-width characters.
    """
    cells = max(min(measure * 2, width - 4), 2)
    margin = max((width - cells) // 2, 0)
    lines: list[SetLine] = []
    in_head = True
    before: Role | None = None
    for paragraph in document.reading.paragraphs:
        if in_head and paragraph.role not in _CENTRED:
            lines += _source_lines(document, cells, margin, headed=bool(lines))
            in_head = False
        elif lines and paragraph.role is not before and (_SPACED & {paragraph.role, before} or before is Role.KICKER):
            lines.append(SetLine(paragraph.start, paragraph.start, margin))
        lines += _paragraph_lines(document, paragraph, cells, margin)
        before = paragraph.role
    if in_head:
        lines += _source_lines(document, cells, margin, headed=bool(lines))
    own = tuple(index for index, line in enumerate(lines) if line.role is not None)
    return Galley(tuple(lines), width, own, tuple(lines[index].start for index in own))


def _source_lines(document: Document, cells: int, margin: int, *, headed: bool) -> list[SetLine]:
    """The source between empty lines, on as many lines as it needs, broken at its dots."""
    first, *more = document.source.split(_DOT)
    texts = [first]
    for part in more:
        if cell_len(texts[-1] + _DOT + part) <= cells:
            texts[-1] += _DOT + part
        else:
            texts.append(part)
    blank = SetLine(0, 0, margin)
    lines = [SetLine(0, 0, margin + max((cells - cell_len(text)) // 2, 0), text=text) for text in texts]
    return [*([blank] if headed else []), *lines, blank]


def _paragraph_lines(document: Document, paragraph: Paragraph, cells: int, margin: int) -> list[SetLine]:
    inset = INDENT if paragraph.role is Role.CAPTION else 0
    indent = INDENT if paragraph.role in {Role.BODY, Role.SUBHEAD} and cells > 4 * INDENT else 0
    lines = set_paragraph(
        document.text[paragraph.start : paragraph.end],
        max(cells - 2 * inset, 2),
        indent=indent,
        word_starts=document.word_starts(paragraph.start, paragraph.end),
    )
    return [
        SetLine(
            paragraph.start + line.start,
            paragraph.start + line.end,
            margin + inset + _left(paragraph.role, line, cells),
            paragraph.role,
        )
        for line in lines
    ]


def _left(role: Role, line: Line, cells: int) -> int:
    if role in _CENTRED:
        return max((cells - line.cells) // 2, 0)
    if role in _RIGHT:
        return max(cells - line.cells, 0)
    return line.indent
