"""The units by which a cursor moves and a selection grows: characters, sentences, paragraphs of a reading text.

A reading text is a plain `str` whose paragraphs are parted by line feeds. Ranges are half-open and count code points; a
tuple of them is sorted and free of overlaps, so that words from elsewhere can be walked by the same helpers.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from operator import itemgetter

from tui.cells import continues

Range = tuple[int, int]

_START = itemgetter(0)
_PARAGRAPH = re.compile(r"[^\S\n]*(\S(?:[^\n]*\S)?)")

_PAIRS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "(": ")",
    "【": "】",
    "〔": "〕",
    "[": "]",
    "［": "］",
}
_QUOTES = frozenset("“‘「『")
_TITLES = frozenset("《〈")
_CLOSERS = frozenset(_PAIRS.values())
_MARKS = re.compile("[" + re.escape("".join([*_PAIRS, *_PAIRS.values()])) + "]")
_STOP = re.compile(r"[。！？!?｡]+[。！？!?｡…]*|…+[。！？!?]*|[.．]")
_GOES_ON = frozenset("，、；：,;:。！？!?．—…～~·-/")
_INTRODUCES = frozenset("：:，,、；;。！？!?｡…—")
_LONGEST_PHRASE = 40
_DEEPEST = 16
_WORD_MARKS = frozenset("_=&/")

# What is said of a quotation that stands before it: a short subject, a verb of saying, and a mark other than a colon,
# which would introduce the next quotation instead.
_ATTRIBUTION = re.compile(
    r"[^，。！？；：、…“”‘’「」『』\n]{0,16}"
    r"(?:说|道|表示|问|称|指出|认为|强调|介绍|回答|答|回忆|坦言|感慨|感叹|透露|解释|补充|喊|告诉记者|告诉笔者)[，。！；,]"
)
_ABBREVIATION = re.compile(
    r"(?<![A-Za-z])(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|No|Vol|vs|etc|Inc|Ltd|Co|Jr|Sr|Fig|pp|e\.g|i\.e)$"
)


def paragraphs(text: str) -> tuple[Range, ...]:
    """The ranges of the text's paragraphs without the white space around them; a blank one has none."""
    return tuple(match.span(1) for match in _PARAGRAPH.finditer(text))


def sentences(text: str) -> tuple[Range, ...]:
    """The ranges of the text's sentences: together they cover all but line feeds and white space between them.

    A sentence ends with a paragraph, and behind 。！？…… and their half-width kin, closing quotes and brackets
    included. A half-width full stop ends one behind a Han character or a closing mark, and behind a Latin word before
    white space, unless it is an abbreviation, an initial, or a number's point. No sentence ends

    - inside a book title (《……》), nor inside a quotation or bracket of up to 40 characters that stands as a phrase
      within its sentence, its opening mark directly behind a word: 面对“怎么办？”的追问，她笑了。
    - where a mark follows that carries the sentence on: “好！”，
    - behind a quotation that nothing introduced, where a short attribution follows: “来了。”老王说。 With a colon
      (“来了。”老王问：“谁？”) the attribution introduces the next quotation and begins a sentence.
    """
    found: list[Range] = []
    for start, end in paragraphs(text):
        found.extend(_split(text, start, end))
    return tuple(found)


def next_start(ranges: tuple[Range, ...], offset: int) -> int:
    """The start of the first range that begins behind `offset`, or `offset` where none does."""
    index = bisect_right(ranges, offset, key=_START)
    return ranges[index][0] if index < len(ranges) else offset


def previous_start(ranges: tuple[Range, ...], offset: int) -> int:
    """The start of the last range that begins before `offset` (from within one, its own), or `offset` for none."""
    index = bisect_left(ranges, offset, key=_START)
    return ranges[index - 1][0] if index else offset


def previous_end(ranges: tuple[Range, ...], offset: int) -> int:
    """The end of the last range whose last code point stands before `offset`, or 0 for none."""
    index = bisect_left(ranges, offset, key=_START)
    return next((end for _, end in reversed(ranges[max(index - 2, 0) : index]) if end <= offset), 0)


def containing(ranges: tuple[Range, ...], offset: int) -> Range:
    """The range that holds `offset`, or the nearest, the earlier of two as near; `(offset, offset)` for no ranges."""
    index = bisect_right(ranges, offset, key=_START)
    near = ranges[max(index - 1, 0) : index + 1]
    return min(near, key=lambda found: max(found[0] - offset, offset - found[1] + 1, 0), default=(offset, offset))


def next_character(text: str, offset: int) -> int:
    """Where the character behind the one at `offset` begins; at most `len(text)`."""
    offset = min(offset + 1, len(text))
    while offset < len(text) and continues(text, offset):
        offset += 1
    return offset


def previous_character(text: str, offset: int) -> int:
    """Where the last character that begins before `offset` begins; at least 0."""
    offset = max(min(offset, len(text)) - 1, 0)
    while offset > 0 and continues(text, offset):
        offset -= 1
    return offset


def _split(text: str, start: int, end: int) -> list[Range]:
    opened, phrases = _pairs(text, start, end)
    found: list[Range] = []
    first, at = start, start
    while at < end and (match := _STOP.search(text, at, end)):
        at = match.end()
        within = bisect_left(phrases, match.start(), key=_START) - 1
        if within >= 0 and match.start() < phrases[within][1]:
            at = phrases[within][1]
            continue
        if not _ends(text, match, first, end):
            continue
        behind, opening = _closed(text, start, at, end, opened)
        if behind < end and (text[behind] in _GOES_ON or _attributed(text, start, behind, end, opening)):
            at = max(at, behind)
            continue
        found.append((first, behind))
        first = behind
        while first < end and text[first].isspace():
            first += 1
        at = max(first, behind)
    if first < end:
        found.append((first, end))
    return found


def _pairs(text: str, start: int, end: int) -> tuple[dict[int, int], list[Range]]:
    """The opening mark of each closing one, and the pairs that are a phrase of their sentence; all must be paired."""
    opened: dict[int, int] = {}
    phrases: list[Range] = []  # the outermost ones
    stack: list[int] = []
    for match in _MARKS.finditer(text, start, end):
        at = match.start()
        if text[at] in _PAIRS:
            stack.append(at)
            continue
        partner = next(
            (
                index
                for index in reversed(range(max(len(stack) - _DEEPEST, 0), len(stack)))
                if _PAIRS[text[stack[index]]] == text[at]
            ),
            None,
        )
        if partner is None:
            continue
        begin = stack[partner]
        del stack[partner:]
        opened[at] = begin
        if text[begin] in _TITLES or (at - begin <= _LONGEST_PHRASE and _behind_word(text, start, begin)):
            while phrases and phrases[-1][0] > begin:
                phrases.pop()
            phrases.append((begin, at))
    return opened, phrases


def _behind_word(text: str, start: int, at: int) -> bool:
    before = text[max(start, at - 8) : at].rstrip()[-1:]
    return bool(before) and before not in _INTRODUCES and before not in _PAIRS and before not in _CLOSERS


def _closed(text: str, start: int, at: int, end: int, opened: dict[int, int]) -> tuple[int, int | None]:
    """Where the closing marks behind a stop end, and where the last quotation they close was opened."""
    opening = None
    while at < end and (text[at] in _CLOSERS or (text[at] == '"' and text.count('"', start, at) % 2)):
        if text[opened.get(at, at)] in _QUOTES:
            opening = opened[at]
        at += 1
    return at, opening


def _attributed(text: str, start: int, behind: int, end: int, opening: int | None) -> bool:
    if opening is None:
        return False
    introduced = text[max(start, opening - 8) : opening].rstrip()[-1:] in ("：", ":", "，", ",")
    return not introduced and _ATTRIBUTION.match(text, behind, end) is not None


def _ends(text: str, match: re.Match[str], first: int, end: int) -> bool:
    """Whether a stop is one: not a number's point, an abbreviation's, or a mark within a Latin word or an address."""
    before, after = (
        text[match.start() - 1 : match.start()],
        text[match.end() : match.end() + 1] if match.end() < end else "",
    )
    latin_after = after.isascii() and (after.isalnum() or after in _WORD_MARKS)
    if match[0] not in (".", "．"):
        return not (match[0].isascii() and before.isascii() and before.isalnum() and after != "" and latin_after)
    if before == "" or match.start() == first:
        return False
    if not before.isascii():
        return not (after.isascii() and after.isalnum())
    if after and not (after.isspace() or after in _CLOSERS or after == '"'):
        return False
    words = text[first : match.start()]
    return not (words.isdigit() or _ABBREVIATION.search(words[-8:]))
