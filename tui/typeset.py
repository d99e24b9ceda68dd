"""Chinese set in terminal cells: one paragraph broken into lines, with the offsets of every line.

The rules are those of GB/T 15834-2011 §5.1 (which marks stay off a line's start or end) and of the W3C's "Requirements
for Chinese Text Layout" (https://www.w3.org/TR/clreq/), applied ragged right: a line is cut short, never stretched or
squeezed, for cells can't be.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from tui.cells import continues, widths


class Rules(StrEnum):
    """How strictly a line's start and end are kept free of marks."""

    NONE = "none"  # marks stand anywhere; words and numbers stay whole all the same
    BASIC = "basic"  # GB/T 15834: no closing mark, stop, dash or hyphen starts a line, no opening one ends it
    STRICT = (
        "strict"  # also: no 々, ー or small kana starts a line, no ● or ① ends it, no single character is a last line
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paragraph.

    Attributes:
        start: Offset in the paragraph, in code points.
        end: Exclusive. White space at the line's end belongs to the line, but hangs: it is not shown.
        indent: Cells before the first character.
        cells: Cells of the characters shown, without the indent.
    """

    start: int
    end: int
    indent: int
    cells: int


_SPACES = frozenset(" \t\n\v\f\r\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000")

_CLOSING = "）】》〉」』〕］｝”’〗〙〛〞〟｠｣)]}>»›﹀︾︶﹂﹄︼︺︸﹚﹜﹞"
_OPENING = "（【《〈「『〔［｛“‘〖〘〚〝｟｢([{<«‹︿︽︵﹁﹃︻︹︷﹙﹛﹝"
_STOPS = "。，、；：？！．,.;:?!｡､﹐﹑﹒﹔﹕﹖﹗︐︑︒︓︔︕︖︰∶‼⁇⁈⁉"
_JOINING = "·・･•‧‥…⋯—―⸺~～〜-‐‑‒–－﹣/／+＋"
_AFTER_NUMBER = "%％‰‱℃℉°′″‴¢￠"
_BEFORE_NUMBER = "￥¥$＄€£￡№"
_REPEATING = "々〻〃ゝゞヽヾーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
_BULLETS = "●○■□◆◇▲△▼★☆①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"

_NO_BREAK = "\u00a0\u2007\u2011\u202f"

_NEVER_FIRST = {Rules.NONE: frozenset(_NO_BREAK)}
_NEVER_FIRST[Rules.BASIC] = _NEVER_FIRST[Rules.NONE].union(_CLOSING, _STOPS, _JOINING, _AFTER_NUMBER)
_NEVER_FIRST[Rules.STRICT] = _NEVER_FIRST[Rules.BASIC].union(_REPEATING)
_NEVER_LAST = {Rules.NONE: frozenset(_NO_BREAK)}
_NEVER_LAST[Rules.BASIC] = _NEVER_LAST[Rules.NONE].union(_OPENING, _BEFORE_NUMBER, "/／")
_NEVER_LAST[Rules.STRICT] = _NEVER_LAST[Rules.BASIC].union(_BULLETS)
_HANGING = frozenset("。，、；：")

# What stays whole: Latin (Greek, Cyrillic …) words and numbers with the marks inside them and the unit behind them.
_LETTERS = "0-9A-Za-z０-９Ａ-Ｚａ-ｚª-µº-öø-ჿḀ-῿"
_UNIT = (
    "(?:[多余来几])?[十百千万亿]*"
    "(?:平方公里|平方米|立方米|公里|公斤|公顷|厘米|毫米|千米|千克|毫克|毫升|微克|微米|纳米|千瓦时|千瓦|兆瓦|小时|分钟|个百分点|百分点"
    "|个?多?月|周年|周岁|年代|年度|世纪|美元|欧元|日元|港元|摄氏度"
    "|[年月日号时点分秒周岁元角米吨克斤升亩顷人名位个户家条项种倍期届件次天只台辆座所处场间层栋套部幅篇首张份批组对双股类级版章页例起度成折]?)"
)
_WHOLE = re.compile(
    rf"[{_LETTERS}][{_LETTERS}]*"
    rf"(?:(?:[.．'’:：/\\\-‐‑–－_@&+~～·=#?%％]+|,(?=\d)|—(?!—))[{_LETTERS}]+)*"
    rf"(?:(?<=[0-9０-９])(?:[%％‰℃°]|{_UNIT}))?"
)
_BEFORE_WHOLE = frozenset("第-−+±")
_PIECE = re.compile(r"[^/?\-]+[/?\-]*|[/?\-]+")  # of an address too long for a line

# Why a place is no break: within a word; by a straight quote or within a flag. Why it is one in spite of the slash
# before it: within a long address.
_WORD, _MARK, _FREE = 1, 2, 4
_FLAGS = re.compile("[\U0001f1e6-\U0001f1ff]{2,}")


def set_paragraph(
    text: str,
    width: int,
    *,
    indent: int = 4,
    rules: Rules = Rules.BASIC,
    word_starts: Sequence[int] | None = None,
    slack: int = 6,
    hanging: bool = False,
) -> tuple[Line, ...]:
    """Break one paragraph into lines of at most `width` cells.

    The lines cover the text exactly. No rule makes a line too wide or leaves one empty: where nothing legal fits, a
    word is broken, and where marks alone fill the line, they are (a character wider than `width` still gets a line of
    its own). White space at a line's end hangs, so that no line begins with it but the first, where the text does.
    Straight quotes open and close by turns.

    Args:
        text: A paragraph, safe to show, without line feeds.
        width: The measure in cells.
        indent: Cells before the first line, 4 for two Han characters; left out where fewer than 4 cells would remain.
        rules: How strictly marks are kept off a line's start and end.
        word_starts: Sorted offsets at which a word begins; `None` where words are not known.
        slack: Cells by which a line may be cut shorter to keep a word whole.
        hanging: Let one of 。，、；： stand past the measure, where it would take a character with it to the next line.

    Returns:
        The lines in order; a single empty one for an empty text.
    """
    if width - indent < 4:
        indent = 0
    paragraph = _Paragraph(text, width, rules)
    starts = [0]
    while True:
        first = starts[-1]
        limit = width if first else width - indent
        end = paragraph.fit(first, limit)
        if hanging:
            end = paragraph.hang(first, end, limit)
        if end == len(text):
            break
        end = paragraph.last_break(first, end)
        starts.append(end if word_starts is None else paragraph.whole_word(first, end, word_starts, slack))
    if rules is Rules.STRICT and len(starts) > 1:
        starts[-1] = paragraph.without_orphan(starts[-2], starts[-1], width)
    return tuple(
        Line(start, end, 0 if start else indent, paragraph.shown(start, end))
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True)
    )


class _Paragraph:
    """A paragraph with its widths and what may not be parted, made once for all its lines."""

    __slots__ = ("_edges", "_glued", "_never_first", "_never_last", "_text")

    def __init__(self, text: str, width: int, rules: Rules) -> None:
        self._text = text
        self._edges = list(accumulate(widths(text), initial=0))
        self._never_first, self._never_last = _NEVER_FIRST[rules], _NEVER_LAST[rules]
        self._glued = bytearray(len(text) + 1)
        self._glue_words(width)
        if rules is not Rules.NONE:
            self._glue_straight_quotes('"')
            self._glue_straight_quotes("'")
        for flags in _FLAGS.finditer(text):
            for second in range(flags.start() + 1, flags.end(), 2):
                self._glued[second] |= _MARK

    def fit(self, first: int, limit: int) -> int:
        """Where the text that fits into `limit` cells ends, hanging space included; behind at least one character."""
        end = bisect_right(self._edges, self._edges[first] + max(limit, 0), lo=first) - 1
        return self._behind_space(max(end, first + 1) if self._text else 0)

    def shown(self, first: int, end: int) -> int:
        """The cells of a line without the white space at its end."""
        while end > first and (self._text[end - 1] in _SPACES or self._edges[end] == self._edges[end - 1]):
            end -= 1
        return self._edges[end] - self._edges[first]

    def hang(self, first: int, end: int, limit: int) -> int:
        """`end`, or the place behind the stop there, where that one may stand past the measure."""
        if end == len(self._text) or self._text[end] not in _HANGING or self._edges[end] - self._edges[first] > limit:
            return end
        behind = self._behind_space(end + 1)
        return behind if behind == len(self._text) or self._may_break(behind, _WORD | _MARK) else end

    def last_break(self, first: int, end: int) -> int:
        """The last place up to `end` where the line may be broken, if need be within a word, or else `end` itself."""
        for kept in (_WORD | _MARK, _MARK):
            for at in range(end, first, -1):
                if self._may_break(at, kept):
                    return at
        while end > first + 1 and continues(self._text, end):
            end -= 1
        return end

    def whole_word(self, first: int, end: int, word_starts: Sequence[int], slack: int) -> int:
        """The last break up to `end` that parts no word and leaves at most `slack` cells more empty, or else `end`."""
        if not self._parts_word(end, word_starts):
            return end
        least = max(self.shown(first, end) - slack, 1)
        for at in range(end - 1, first, -1):
            if self._edges[at] - self._edges[first] < least:
                break
            if self._may_break(at, _WORD | _MARK) and not self._parts_word(at, word_starts):
                return at if self.shown(first, at) >= least else end
        return end

    def without_orphan(self, before: int, last: int, width: int) -> int:
        """Where the last line begins so that more than one character stands on it, if that can be had."""
        moved = last
        while self._characters(moved) < 2 and moved > before:
            moved -= 1
            while moved > before and not self._may_break(moved, _WORD | _MARK):
                moved -= 1
        fits = moved > before and self.shown(moved, len(self._text)) <= width
        return moved if fits else last

    def _characters(self, first: int) -> int:
        return sum(character.isalnum() for character in self._text[first : first + 8])

    def _behind_space(self, at: int) -> int:
        text, edges = self._text, self._edges
        while at < len(text) and (text[at] in _SPACES or edges[at + 1] == edges[at]):
            at += 1
        return at

    def _may_break(self, at: int, kept: int) -> bool:
        """Whether a line may begin at `at`, between the text's start and end, if what `kept` names stays whole."""
        text, edges = self._text, self._edges
        character = text[at]
        if (
            self._glued[at] & kept
            or character in self._never_first
            or character in _SPACES
            or edges[at + 1] == edges[at]
        ):
            return False
        before = at - 1
        while before > 0 and (text[before] in _SPACES or edges[before + 1] == edges[before]):
            before -= 1
        return text[before] not in self._never_last or bool(self._glued[at] & _FREE)

    def _parts_word(self, at: int, word_starts: Sequence[int]) -> bool:
        index = bisect_right(word_starts, at)
        is_start = index > 0 and word_starts[index - 1] == at
        return not is_start and self._text[at].isalnum() and self._text[at - 1].isalnum()

    def _glue_words(self, width: int) -> None:
        text, edges, glued = self._text, self._edges, self._glued
        for match in _WHOLE.finditer(text):
            start, end = match.span()
            if start > 0 and text[start - 1] in _BEFORE_WHOLE:
                start -= 1
            if edges[end] - edges[start] <= width:
                glued[start + 1 : end] = bytes([_WORD]) * (end - start - 1)
                continue
            for piece in _PIECE.finditer(text, start, end):
                first, last = piece.span()
                if edges[last] - edges[first] <= width:
                    glued[first + 1 : last] = bytes([_WORD]) * (last - first - 1)
                glued[last] |= _FREE

    def _glue_straight_quotes(self, mark: str) -> None:
        """Keep an opening quote with what follows, a closing one with what precedes, an odd last one with both."""
        text, glued = self._text, self._glued
        quotes = [
            at
            for at in (match.start() for match in re.finditer(mark, text))
            if not (glued[at] & glued[at + 1] & _WORD)  # an apostrophe within a word
        ]
        for index, at in enumerate(quotes):
            if index % 2 or index == len(quotes) - 1:
                glued[at] |= _MARK
            if index % 2 == 0:
                glued[self._behind_space(at + 1)] |= _MARK
