"""Whether two articles print one story: a wire report in several papers, a story printed again, a page OCR'd twice.

Two stories are compared by their shingles, the runs of a few characters in the folded text without white space and
punctuation: one wrong character costs a few of some hundreds. Which pairs are worth comparing is told by a sketch, the
smallest numbers that stand for a story's longer shingles: copies share some, strangers next to none.

The figures are measured by `python -m tests.library.eval_repeats`, which has the alternatives beside them.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

from tui.model import Role, text_of
from tui.search.folding import searchable

if TYPE_CHECKING:
    from tui.model import Article

RULES = 1
"""Counts up when a sketch, or what counts as one story, changes: what is known of repeats is then found out anew."""
KEYS = 16  # numbers of a sketch
SHARED = 2  # that a pair must share to be compared
SHORTEST = 24  # characters; of less nobody can say whether it is a copy or a formula
ENOUGH = 0.4  # of the shingles of both together
CONTAINED = 0.7  # of those of the shorter story, where it has
HALF = 0.5  # as many as the longer one, at least

_KEY_WIDTH, _WIDTH = 6, 4  # characters of the shingles of a sketch, and of those compared
_FEW_NUMBERS, _SAME_NUMBERS = 4, 0.6
_PARTS = frozenset({Role.BODY, Role.SUBHEAD})
_OTHER = re.compile(r"[\W_]+")
_NUMBERS = re.compile(r"\d+(?:\.\d+)?|[〇零一二三四五六七八九十百千万亿]{2,}")
_OPENING = re.compile(r"(?:本报|据|[^\s，。,.]{1,8}(?:社|网))[^。，,.]{0,24}?(?:讯|电|报道|消息)")


@dataclass(frozen=True, slots=True)
class Story:
    """What is compared of an article.

    Attributes:
        shingles: The runs of four characters of its folded text; none where it is too short to tell.
        numbers: How often each number stands in it.
    """

    shingles: frozenset[str]
    numbers: Counter[str]


def story_text(article: Article, page_text: str) -> str:
    """The text that is compared: no heads, since every paper writes its own, and no wire's name before the story."""
    body = "\n".join(text_of(page_text, block.spans) for block in article.blocks if block.role in _PARTS)
    if len(body) < SHORTEST:
        body = "\n".join(text_of(page_text, block.spans) for block in article.blocks)
    text = searchable(body)
    opening = _OPENING.match(text.lstrip())
    return text.lstrip()[opening.end() :] if opening else text


def sketch(text: str) -> tuple[int, ...]:
    """The numbers by which copies of a story are found, ascending; none for what is too short.

    Args:
        text: A `story_text`.
    """
    plain = _OTHER.sub("", text)
    if len(plain) < SHORTEST:
        return ()
    data, width = plain.encode("utf-16-le", "surrogatepass"), 2 * _KEY_WIDTH
    return tuple(sorted({crc32(data[at : at + width]) for at in range(0, len(data) - width + 2, 2)})[:KEYS])


def story(text: str) -> Story:
    """What is compared of a `story_text`."""
    plain = _OTHER.sub("", text)
    if len(plain) < SHORTEST:
        return Story(frozenset(), Counter())
    shingles = frozenset(plain[at : at + _WIDTH] for at in range(len(plain) - _WIDTH + 1))
    return Story(shingles, Counter(_NUMBERS.findall(text)))


def is_same(first: Story, second: Story) -> bool:
    """Whether two are one story.

    Reports of one form (the weather, the rates of the day) have their words in common and not their numbers.
    """
    fewer, more = sorted((len(first.shingles), len(second.shingles)))
    if not fewer or fewer < ENOUGH * more:
        return False
    shared = len(first.shingles & second.shingles)
    if shared < ENOUGH * (fewer + more - shared) and (shared < CONTAINED * fewer or fewer < HALF * more):
        return False
    return _same_numbers(first.numbers, second.numbers)


def overlap(first: Story, second: Story) -> float:
    """The share of the shingles of both that both have (Jaccard), 0 to 1."""
    both = len(first.shingles | second.shingles)
    return len(first.shingles & second.shingles) / both if both else 0.0


def _same_numbers(first: Counter[str], second: Counter[str]) -> bool:
    fewer = min(first.total(), second.total())
    return fewer < _FEW_NUMBERS or (first & second).total() >= _SAME_NUMBERS * fewer
