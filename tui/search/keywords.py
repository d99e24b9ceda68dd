"""What a text is about: its keywords by TF-IDF, over its content words and what stands together in it again and again.

The counts of a text (`counts`) do not depend on any other text; the weights (`best`) need to know in how many texts a
word stands. Words are in simplified characters, folded as for a search.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tui.model import Role, text_of
from tui.search import words
from tui.search.folding import fold, searchable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tui.model import Article

RULES = 1
"""Counts up when the counts of a text or the choice of its keywords change."""

LIMIT = 8
_ALONE = 3  # words that stand once in a text only fill up to so many keywords
_SMOOTHING = 2.0  # texts added to those in which a word stands: the rarest are not the most telling
_ONCE = 0.5  # taken off a word's count, so that what stands once counts a third of what stands twice
_JOINED = 0.6  # the share of its rarer part's occurrences in which a pair must stand together
_LONGEST = 8  # characters of a joined word
_PASSES = 2  # joined twice, a word has up to four parts
_LONG_TEXT = 300  # content words: in a longer text a pair has to stand together three times, in a shorter one twice

_HEADS = {Role.HEADLINE: 2, Role.KICKER: 1, Role.SUBTITLE: 1}  # what a word in them counts more than in the text
_LEFT_OUT = {Role.BYLINE, Role.JUMP, Role.COLUMN}

# Of what every newspaper speaks: a corpus of a few pages can't tell.
_SAYING_NOTHING = """
记者 通讯员 本报 本报讯 本报记者 新闻记者 日报 晚报 晨报 图片 摄影 报道 编辑 来源 新华社 新华社记者 电讯
时候 方面 问题 情况 工作 时间 地方 东西 事情 大家 有关 相关 部门 单位 人员 人们 有人 同时 目前 同志
今年 去年 明年 昨日 昨天 今天 明天 全国 以上 以下 之间 之后 其中 部分 方式 过程 结果 原因 程度 基础 作用
内容 意见 要求 活动 年代 日子 一方面
"""
_COMMON = frozenset(_SAYING_NOTHING.split())


@dataclass(frozen=True, slots=True)
class Line:
    """A part of a text.

    Attributes:
        words: Its words with jieba's tags, in order.
        more: What a word counts here more than elsewhere.
    """

    words: Sequence[tuple[str, str]]
    more: int = 0


def lines_of(article: Article, page_text: str) -> list[Line]:
    """The parts of an article that say what it is about: not who wrote it, nor where it goes on."""
    return [
        Line(words.tagged(text_of(page_text, block.spans)), _HEADS.get(block.role, 0))
        for block in article.blocks
        if block.role not in _LEFT_OUT
    ]


def counts_of(article: Article, page_text: str) -> dict[str, int]:
    """The counts of an article's words, but for the names of its authors. Loads the segmenter if need be."""
    found = counts(lines_of(article, page_text))
    for author in article.authors:
        found.pop(searchable(author), None)
    return found


def counts(lines: Iterable[Line]) -> dict[str, int]:
    """How often each content word of two characters or more stands in a text, more for those in its heads.

    Words that follow each other again and again are one word (经营 主体: 经营主体), and no longer two there.
    """
    modifiers: set[str] = set()  # they may begin a joined word, but are none of their own
    runs: list[list[str]] = []
    mores: list[int] = []
    for line in lines:
        found = _runs(line.words, modifiers)
        runs += found
        mores += [line.more] * len(found)
    runs = _joined(runs, mores, modifiers)
    counted: Counter[str] = Counter()
    heads: dict[str, int] = {}
    for run, more in zip(runs, mores, strict=True):
        counted.update(run)
        if more:
            heads.update((word, max(more, heads.get(word, 0))) for word in run)
    counted.update(heads)
    return {searchable(word): count for word, count in counted.items() if word not in modifiers}


def best(
    counted: Mapping[str, int], texts_with: Mapping[str, int], texts: int, limit: int = LIMIT
) -> tuple[tuple[str, float], ...]:
    """The keywords of a text with their weights, the weightiest first.

    Args:
        counted: The text's words with their counts.
        texts_with: In how many texts of the corpus a word stands; at least in this one.
        texts: How many texts there are.
        limit: Keywords at most.
    """
    weights = {word: weight(count, texts_with.get(word, 1), texts) for word, count in counted.items()}
    ordered = sorted(weights, key=lambda word: (-weights[word], -len(word), word))
    often = [word for word in ordered if counted[word] > 1][:limit]
    if len(often) < _ALONE:
        often += [word for word in ordered if counted[word] == 1][: min(_ALONE, limit) - len(often)]
    return tuple((word, weights[word]) for word in often if not _within(word, often, counted))


def weight(count: int, texts_with: int, texts: int) -> float:
    """TF-IDF with a smoothed idf, log(1 + N / (n + 2)): a word that only this text has does not outrank its topics."""
    return (count - _ONCE) * math.log1p(texts / (texts_with + _SMOOTHING))


def as_written(keywords: Iterable[str], text: str) -> tuple[str, ...]:
    """Keywords as `text` writes them, in traditional characters or capitals, where it has them in one piece."""
    plain = fold(text)
    found = ((word, plain.find(word)) for word in keywords)
    return tuple(text[at : at + len(word)] if at >= 0 else word for word, at in found)


def _within(word: str, others: Iterable[str], counted: Mapping[str, int]) -> bool:
    """Whether a word is but a part of a longer one among the keywords."""
    return any(word != other and word in other and counted[other] >= counted[word] for other in others)


def _runs(tagged: Iterable[tuple[str, str]], modifiers: set[str]) -> list[list[str]]:
    """The words that follow each other with nothing else between; the modifiers among them are added to the set."""
    runs: list[list[str]] = []
    run: list[str] = []
    for word, tag in tagged:
        if (tag in words.CONTENT or tag == words.MODIFIER) and len(word) > 1 and word not in _COMMON:
            run.append(word)
            if tag == words.MODIFIER:
                modifiers.add(word)
        elif run:
            runs.append(run)
            run = []
    return [*runs, run] if run else runs


def _joined(runs: list[list[str]], mores: list[int], modifiers: set[str]) -> list[list[str]]:
    """The runs with the words made one that stand together most of the time.

    Only the text itself is asked, as headlines are repeated in it; and a listed word is whole as it is.
    """
    least = 3 if sum(map(len, runs)) > _LONG_TEXT else 2
    for _ in range(_PASSES):
        body = [run for run, more in zip(runs, mores, strict=True) if not more]
        pairs = Counter(pair for run in body if len(run) > 1 for pair in pairwise(run))
        repeated = {pair: count for pair, count in pairs.items() if count >= least}
        if not repeated:
            break
        singles = Counter(word for run in body for word in run)
        close = {
            (first, second): count
            for (first, second), count in repeated.items()
            if len(first) + len(second) <= _LONGEST
            and count >= _JOINED * min(singles[first], singles[second])
            and second not in modifiers
            and not words.is_listed(first)
            and not words.is_listed(second)
        }
        if not close:
            break
        runs = [_join(run, close) if len(run) > 1 else run for run in runs]
    return runs


def _join(run: list[str], close: Mapping[tuple[str, str], int]) -> list[str]:
    """A run with its close pairs made one word; of two pairs that share a word, the more frequent."""
    counts = [close.get(pair, 0) for pair in pairwise(run)] + [0, 0]
    made: list[str] = []
    at = 0
    while at < len(run):
        joined = counts[at] >= max(counts[at + 1], 1)
        made.append(run[at] + run[at + 1] if joined else run[at])
        at += 2 if joined else 1
    return made
