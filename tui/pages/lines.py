"""A page's printed lines: where their text stands, and what stands around it (indent, blank lines, Markdown marks)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tui.model import Span
from tui.pages.lazy import regex

# A heading's marks; a line that begins with a #topic# of social networks has none.
_HEADING = regex(r"(#{1,6})(?:[ \t\u3000]+|(?=[^#\s]))(?![^#\s]+#)")
_HEADING_END = regex(r"[ \t]+#+\Z")
_BULLET = regex(r"\*[ \t]+(?=\S)")
_RULE = regex(r"(?:\*[ \t]*){3,}\Z|#+\Z")
_IMAGE = regex(r"!\[([^\[\]\n]*)\]\([^()\n]*\)")
_HAN = regex("[\u3400-\u9fff]")
# Emphasis in a pair; one star between digits or letters is a sign of multiplication. Two are never text, paired or not.
_EMPHASIS = regex(r"(?<!\*)(\*{1,3})(?=[^\s*])([^*]*[^\s*])\1(?!\*)|\*{2,}")
_TIMES = regex(r"[0-9A-Za-z]\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds text.

    Attributes:
        number: 1-based, blank lines counted.
        pieces: Where its text stands on the page, without white space around it and Markdown marks in it; never empty.
        text: The pieces, joined.
        cells: Its width in print, roughly: two for a full-width character, one for any other and for a quote.
        indent: White space before it, in cells.
        gap: Blank lines before it; 0 for the first line of a page.
        level: Of a Markdown heading, 1 to 6; 0 for none.
        bold: Whether all of it is set bold.
        lead: Length of the bold words that begin it, in code points, where the rest is not bold; 0 for none.
        image: Whether an image stands between the line before and this one.
    """

    number: int
    pieces: tuple[Span, ...]
    text: str
    cells: int
    indent: int
    gap: int
    level: int = 0
    bold: bool = False
    lead: int = 0
    image: bool = False


def split(text: str) -> list[Line]:
    """The lines of a page that hold text, in page order.

    Every character of the page is white space, part of a Markdown mark (`#`, `*`, `![](…)`), or in exactly one piece.
    """
    found: list[Line] = []
    at = gap = 0
    image = False
    for number, raw in enumerate(text.split("\n"), 1):
        body = raw.strip()
        if body:
            start = at + raw.find(body[0])
            line = _line(number, body, start, _cells(raw[: start - at]), gap)
            if line is None:
                image = image or "![" in body
                gap += 1
            else:
                found.append(replace(line, image=True) if image else line)
                gap, image = 0, False
        elif found:
            gap += 1
        at += len(raw) + 1
    return found


def _cells(text: str) -> int:
    # UTF-8 needs one byte for what is one cell wide and three for what is two; the rest is rare. Quotes are thin.
    quotes = text.count("“") + text.count("”")
    return (len(text) + len(text.encode("utf-8", "surrogatepass"))) // 2 - quotes


def _line(number: int, body: str, start: int, indent: int, gap: int) -> Line | None:
    """The line of `body`, which begins at `start` of the page; None where there is nothing on it but marks."""
    if not (body[0] == "#" or "*" in body or "![" in body):
        return Line(number, (Span(start, start + len(body)),), body, _cells(body), indent, gap)
    return _marked_line(number, body, start, indent, gap)


def _marked_line(number: int, body: str, start: int, indent: int, gap: int) -> Line | None:
    if _RULE.match(body):
        return None
    level, marks = _opening_marks(body)
    inside = marks[0][1] if marks else 0
    emphasis, bold = _emphasis(body, inside)
    pieces = _between(body, marks + _images(body) + emphasis)
    if not pieces:
        return None
    text = "".join(body[first:last] for first, last in pieces)
    lead, whole = 0, False
    if bold and pieces[0][0] >= bold[0][0]:
        covered = sum(last - first for first, last in pieces if any(b <= first and last <= e for b, e in bold))
        whole = covered == len(text)
        lead = 0 if whole else sum(last - first for first, last in pieces if last <= bold[0][1])
    spans = tuple(Span(start + first, start + last) for first, last in pieces)
    return Line(number, spans, text, _cells(text), indent, gap, level, whole, lead, "![" in body)


def _opening_marks(body: str) -> tuple[int, list[tuple[int, int]]]:
    """The level of a heading, and the ranges of the marks of a heading or of a list's entry."""
    if match := _HEADING.match(body):
        end = _HEADING_END.search(body, match.end())
        return len(match[1]), [match.span(), *([end.span()] if end else [])]
    match = _BULLET.match(body)
    return 0, [match.span()] if match else []


def _images(body: str) -> list[tuple[int, int]]:
    """The ranges of images; their description is text where it is Chinese, and not a file's name."""
    found = []
    for match in _IMAGE.finditer(body) if "![" in body else ():
        first, last = match.span(1) if _HAN.search(match[1]) else (match.end(), match.end())
        found += [(match.start(), first), (last, match.end())]
    return found


def _emphasis(body: str, start: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The ranges of the marks of emphasis, and those of the bold text between them."""
    marks, bold = [], []
    for match in _EMPHASIS.finditer(body, start):
        if match[1] is None:
            marks.append(match.span())
        elif len(match[1]) > 1 or not _TIMES.search(body[max(match.start() - 1, 0) : match.start()]):
            marks += [match.span(1), (match.end() - len(match[1]), match.end())]
            if len(match[1]) > 1:
                bold.append(match.span(2))
    return marks, bold


def _between(body: str, marks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges of `body` outside of `marks`, without white space at their ends."""
    pieces = []
    at = 0
    for first, last in [*sorted(marks), (len(body), len(body))]:
        part = body[at:first] if first > at else ""
        if text := part.strip():
            begin = at + part.find(text[0])
            pieces.append((begin, begin + len(text)))
        at = max(at, last)
    return pieces
