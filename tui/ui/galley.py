"""An article set in lines, as print sets it: heads in the middle, paragraphs indented, one measure for all."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from rich.cells import cell_len

from tui.language import _
from tui.model import Role
from tui.reading import Paragraph
from tui.settings import Settings
from tui.typeset import Line, Rules, set_paragraph
from tui.ui.document import Document

INDENT = 4  # cells: two characters
_GUTTER = 3  # cells beside the measure at least: for signs on the left, for a hanging stop on the right
_CENTRED = {Role.COLUMN, Role.KICKER, Role.HEADLINE, Role.SUBTITLE}
_RIGHT = {Role.BYLINE, Role.JUMP}
_SPACED = {Role.SUBHEAD, Role.CAPTION}
_DOT = " · "  # between the parts of a source
_BETWEEN_WORDS = "  "  # keywords

# What tells the roles apart where colours and slants can't: signs before and behind the text, as print has them. They
# are the galley's own and no part of the text. A text that begins with such a sign itself gets none.
_SIGNS = {
    Role.COLUMN: ("【", "】"),
    Role.SUBTITLE: ("—— ", ""),
    Role.SUBHEAD: ("▍ ", ""),
    Role.CAPTION: ("│ ", ""),
    Role.JUMP: ("▸ ", ""),
}
_EVERY_LINE = {Role.CAPTION}
_OWN_SIGNS = frozenset("【〖［[〔◆◇■□●○◎▲△▼▽★☆▍▌▎—–－-─━→⇒▶▸►")
_LEAST = 16  # cells that a line with signs has to leave for the text


@dataclass(frozen=True, slots=True)
class Setting:
    """How an article is set.

    Attributes:
        measure: The longest line, in full-width characters.
        rules: How strictly marks are kept off a line's start and end.
        slack: Cells by which a line may be cut shorter to keep a word whole.
        hanging: Whether a stop may stand past the measure.
    """

    measure: int = 40
    rules: Rules = Rules.BASIC
    slack: int = 6
    hanging: bool = False


def setting_of(settings: Settings) -> Setting:
    """How the user wants articles set."""
    return Setting(settings.measure, Rules(settings.rules), settings.slack, settings.hanging)


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line of the galley.

    Attributes:
        start: Its first offset in the document's text.
        end: The offset behind its last character; equal to `start` on a line that shows none of the text.
        left: Cells before its first character.
        role: The role of its paragraph; None on a line of the galley's own.
        text: What a line of the galley's own says.
        before: The galley's own signs, which end where the line's first character stands.
        after: Those behind its last character.
    """

    start: int
    end: int
    left: int
    role: Role | None = None
    text: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Galley:
    """A document's lines for one width; `margin` is what stands free on their left, in cells."""

    lines: tuple[SetLine, ...]
    width: int
    margin: int
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


def set_document(document: Document, width: int, setting: Setting) -> Galley:
    """Set a document.

    Args:
        document: The article.
        width: Of the pane, in cells.
        setting: How to set it.
    """
    page = _Page(document, width, setting)
    lines: list[SetLine] = []
    in_head = True
    before: Role | None = None
    for paragraph in document.reading.paragraphs:
        if in_head and paragraph.role not in _CENTRED:
            lines += page.source_lines(headed=bool(lines))
            in_head = False
        elif lines and paragraph.role is not before and (_SPACED & {paragraph.role, before} or before is Role.KICKER):
            lines.append(SetLine(paragraph.start, paragraph.start, page.margin))
        lines += page.paragraph_lines(paragraph)
        before = paragraph.role
    if in_head:
        lines += page.source_lines(headed=bool(lines))
    own = tuple(index for index, line in enumerate(lines) if line.role is not None)
    return Galley(tuple(lines), width, page.margin, own, tuple(lines[index].start for index in own))


class _Page:
    """The measure and the margin of one width, and the document's parts set to them."""

    def __init__(self, document: Document, width: int, setting: Setting) -> None:
        self._document, self._setting = document, setting
        gutter = min(_GUTTER, max(width // 8, 1))
        self._cells = max(min(setting.measure * 2, width - 2 * gutter), 2)
        self.margin = max((width - self._cells) // 2, 0)
        self._hanging = setting.hanging and width - self.margin - self._cells >= 2

    def source_lines(self, *, headed: bool) -> list[SetLine]:
        """The source between empty lines, on as many lines as it needs, broken at its dots."""
        first, *more = self._document.source.split(_DOT)
        texts = [first]
        for part in more:
            if cell_len(texts[-1] + _DOT + part) <= self._cells:
                texts[-1] += _DOT + part
            else:
                texts.append(part)
        blank = SetLine(0, 0, self.margin)
        lines = [self._source_line(text, alone=len(texts) == 1) for text in texts]
        return [*([blank] if headed else []), *lines, *self._keyword_lines(), blank]

    def _keyword_lines(self) -> list[SetLine]:
        """A line of as many keywords as find room on it."""
        words = self._document.keywords
        while words:
            text = _("Keywords: {words}").format(words=_BETWEEN_WORDS.join(words))
            if (cells := cell_len(text)) <= self._cells:
                return [SetLine(0, 0, self.margin + (self._cells - cells) // 2, text=text)]
            words = words[:-1]
        return []

    def _source_line(self, text: str, *, alone: bool) -> SetLine:
        """A line of the source, between two short rules where it is the only one and there is room."""
        left = self.margin + max((self._cells - cell_len(text)) // 2, 0)
        ruled = alone and left - self.margin >= 3
        return SetLine(0, 0, left, text=text, before="── " if ruled else "", after=" ──" if ruled else "")

    def paragraph_lines(self, paragraph: Paragraph) -> list[SetLine]:
        """A block of the article, with the signs of its role."""
        document, role, cells = self._document, paragraph.role, self._cells
        text = document.text[paragraph.start : paragraph.end]
        inset = INDENT if role is Role.CAPTION and cells >= _LEAST + 2 * INDENT else 0
        indent = INDENT if role in {Role.BODY, Role.SUBHEAD} and cells > 4 * INDENT else 0
        before, after, room = self._signs(role, text, inset or indent)
        lines = set_paragraph(
            text,
            max(cells - 2 * inset - room, 2),
            indent=indent,
            rules=self._setting.rules,
            word_starts=document.word_starts(paragraph.start, paragraph.end),
            slack=self._setting.slack,
            hanging=self._hanging and role is Role.BODY,
        )
        return [
            SetLine(
                paragraph.start + line.start,
                paragraph.start + line.end,
                self.margin + inset + _left(role, line, cells),
                role,
                before=before if line is lines[0] or role in _EVERY_LINE else "",
                after=after if line is lines[-1] else "",
            )
            for line in lines
        ]

    def _signs(self, role: Role, text: str, inset: int) -> tuple[str, str, int]:
        """A block's signs, and the cells that its lines leave for them."""
        before, after = _SIGNS.get(role, ("", ""))
        if not before or (role not in _EVERY_LINE and text[:1] in _OWN_SIGNS):
            return "", "", 0
        needed = max(cell_len(before), cell_len(after))
        room = 0 if needed <= inset else needed * (2 if role in _CENTRED else 1)
        return (before, after, room) if self._cells - room >= _LEAST else ("", "", 0)


def _left(role: Role, line: Line, cells: int) -> int:
    if role in _CENTRED:
        return max((cells - line.cells) // 2, 0)
    if role in _RIGHT:
        return max(cells - line.cells, 0)
    return line.indent
