"""Lines broken at the column's width, put together again: what a compositor broke is one unit, what a writer broke two.

A line goes on in the next where it is full. How long a full line is (the measure) differs from story to story, so it is
read off the lines around; a page whose paragraphs stand on one line each has no measure, and nothing is joined here.
In doubt lines stay apart: the sequence of roles can still join them, but nothing parts them again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tui.pages import marks
from tui.pages.lazy import regex

if TYPE_CHECKING:
    from tui.pages.lines import Line

_WINDOW = 6  # lines before and behind that show the measure
_RAGGED = 3  # cells a full line may fall short by: a mark that may not begin the next line, thin punctuation
_CROWDED = 8  # cells a full line may be longer by: several thin marks
_SET_IN = 8  # cells of white space that can be an indent; more sets a line to the middle or to the right
_INDENT = 4  # cells: two full-width characters, before the first line of a paragraph
_NARROW, _WIDE = 14, 96  # cells: no newspaper sets text in narrower columns; wider lines are whole paragraphs
_VERSE = 0.7  # share of lines that end with a mark from which on the lines are verses or a list
_BESIDE = 3  # lines before and behind that, all ending with a mark, are verses too
_ADJOINING = 0.2  # share of full lines that follow one at once; heads of one length stand apart
_FIRM, _LOOSE = 4, 6  # full lines needed near by where most of the page's text is in short lines, and where it is not
_POINTS = 60  # code points: running text has a mark at least so often, heads, tables and lists have fewer
_MARKS = regex("[，。、；：！？,;]")
_WORD = regex(r"[0-9A-Za-z.%+-]{2,16}")  # what print does not break, so that the line before it stays short
_TAIL = 0.7  # share of the measure that the last word or two of a head, broken off, leave empty
_UNPOINTED = regex("[^。！；]*\\Z")
_NARROW_MARKS = regex(r"[\x21-\x7e]")


@dataclass(frozen=True, slots=True)
class Unit:
    """Lines that are one phrase or one paragraph in print, or a part of it.

    Attributes:
        lines: At least one, in page order.
        text: Their texts, joined without anything between them.
        measure: How long a full line is there, in cells; 0 where the page is not broken into lines.
    """

    lines: tuple[Line, ...]
    text: str
    measure: int = 0

    @property
    def first(self) -> Line:
        """Its first line."""
        return self.lines[0]


def units(lines: list[Line]) -> list[Unit]:
    """The page's lines, those together that the column's width alone has parted."""
    measures = _measures(lines)
    if not any(measures):
        return [Unit((line,), line.text) for line in lines]
    found: list[Unit] = []
    group: list[Line] = []
    for index, line in enumerate(lines):
        if group:
            measure = min(measures[index - 1], measures[index]) or measures[index - 1] or measures[index]
            after = lines[index + 1] if index + 1 < len(lines) else None
            if not measure or line.gap != _usual_gap(lines, index) or not _goes_on(group, line, after, measure):
                found.append(_unit(group, measures[index - 1]))
                group = []
        group.append(line)
    if group:
        found.append(_unit(group, measures[-1]))
    return found


def _unit(group: list[Line], measure: int) -> Unit:
    return Unit(tuple(group), group[0].text if len(group) == 1 else "".join(line.text for line in group), measure)


def _usual_gap(lines: list[Line], index: int) -> int:
    """How many blank lines stand between most lines near by: none, or one where each line was broken off for itself."""
    near = [line.gap for line in lines[max(index - _WINDOW, 1) : index + _WINDOW + 1]]
    return 1 if sum(gap > 0 for gap in near) * 2 > len(near) else 0


def _measures(lines: list[Line]) -> list[int]:
    """For each line how long a full line is there, in cells; 0 where no measure shows."""
    widths = [line.cells + (line.indent if line.indent <= _SET_IN else 0) for line in lines]
    apt = [_NARROW <= width <= _WIDE for width in widths]
    needed = _FIRM if sum(width for width in widths if width <= _WIDE) * 2 > sum(widths) else _LOOSE
    if sum(apt) < needed:
        return [0] * len(lines)
    pointed = [marks.ending(line.text) not in {"none", "close"} for line in lines]
    points = [len(_MARKS.findall(line.text, 2)) for line in lines]  # but for the mark of 一、
    found = []
    for index in range(len(lines)):
        low, high = max(index - _WINDOW, 0), min(index + _WINDOW + 1, len(lines))
        width = _shared(widths[low:high], needed) if sum(apt[low:high]) >= needed else 0
        if width:
            full = [at for at in range(low, high) if -_RAGGED <= widths[at] - width <= _RAGGED]
            near = [pointed[at] for at in full if abs(at - index) <= _BESIDE]
            verse = sum(pointed[at] for at in full) > _VERSE * len(full) or (len(near) > _BESIDE and all(near))
            running = sum(points[at] for at in full) * _POINTS >= sum(len(lines[at].text) for at in full)
            running = running or any(_INDENT <= lines[at].indent <= _SET_IN for at in full)
            adjoining = sum(two - one == 1 for one, two in pairwise(full))
            width = width if running and not verse and adjoining >= _ADJOINING * len(full) else 0
        found.append(width)
    return found


def _shared(near: list[int], needed: int) -> int:
    """The width that most lines near by have, give or take a ragged edge; the larger of two; 0 if too few do."""
    near = sorted(near)
    most, best = needed - 1, 0
    for width in near:
        if _NARROW <= width <= _WIDE:
            sharing = bisect_right(near, width + _RAGGED) - bisect_left(near, width - _RAGGED)
            if sharing > most or (sharing == most and best):
                most, best = sharing, width
    return best


def _goes_on(group: list[Line], line: Line, after: Line | None, measure: int) -> bool:
    """Whether `line` goes on where the group's last line is broken."""
    last, first = group[-1], len(group) == 1
    if (
        _stands_alone(line)
        or last.level
        or last.bold
        or line.cells > measure + _CROWDED
        or marks.begins_anew(line.text)
    ):
        return False
    lacking, slack = _lacking(last, measure, indented=first), _slack(last, line)
    if not _is_full(last, lacking, slack, first=first):
        return False
    if marks.opens_bracket(last.text):
        return line.indent < _INDENT - 1
    short = measure - line.cells
    if first and last.indent < 2 and short < _TAIL * measure and not _MARKS.search(last.text + line.text):
        return _more_follows(line, after, measure)  # without a mark: a head of two lines, or the beginning of a text
    # A paragraph's last line is short, and ends a sentence.
    ended = short <= slack or _can_end_paragraph(line.text)
    if not ended and not (first and _UNPOINTED.match(last.text)):
        return False
    opening = _opens_paragraph(line, after, measure)
    # What ends with a full line is a sentence, or a paragraph too; then a head follows, or a first line.
    whole = lacking <= _RAGGED
    return (
        not (opening and (line.indent >= _INDENT or not whole))
        if marks.breaks_off(last.text)
        else whole and not opening
    )


def _can_end_paragraph(text: str) -> bool:
    kind = marks.ending(text)
    return text[-1] in ")）】]〕" if kind == "close" else kind not in {"none", "comma"}  # a signature; no title in 《》


def _is_full(line: Line, lacking: int, slack: int, *, first: bool) -> bool:
    """Whether the column's width can have broken `line`; a first line that has lost its indent is short by it."""
    lost = first and line.indent < 2
    if lost and lacking > _INDENT + 2 and not _MARKS.search(line.text):
        return False  # shorter than by an indent, and without a mark: a head above its text
    return -_CROWDED <= lacking <= slack + (_INDENT if lost else 0)


def _stands_alone(line: Line) -> bool:
    return bool(line.level or line.bold or line.lead or line.image)


def _lacking(line: Line, measure: int, *, indented: bool) -> int:
    """How many cells the line lacks of the measure; quotes are thin in some fonts, a whole character in others."""
    quotes = line.text.count("“") + line.text.count("”")
    return measure - line.cells - quotes - (line.indent if indented and line.indent >= 2 else 0)


def _slack(line: Line, follower: Line) -> int:
    """How many cells a full line may lack: digits and Latin letters are wider than a cell; words stay whole."""
    word = _WORD.match(follower.text)
    return _RAGGED + len(_NARROW_MARKS.findall(line.text)) // 4 + (word.end() if word else 0)


def _more_follows(line: Line, after: Line | None, measure: int) -> bool:
    if line.indent >= 2:
        return False
    return after is not None and after.indent < 2 and abs(measure - after.cells) <= _RAGGED and after.gap == line.gap


def _opens_paragraph(line: Line, after: Line | None, measure: int) -> bool:
    """Whether `line` has the indent of a first line, kept or lost: then it is short by it, though the text goes on."""
    if line.indent >= _INDENT - 1:
        return True
    short = _RAGGED <= measure - line.cells <= _INDENT + _RAGGED and not line.text.endswith(("。", "！", "？"))
    return line.indent < 2 and short and after is not None and abs(measure - after.cells) < _RAGGED
