"""Counting the words of texts, and those that stand near a query's hits: what collocates and key words are made from.

Words are folded before they are counted, so that 體育 and 体育 are one. A mark of punctuation is a token, but takes up
no place: the window of a hit is so many words wide, on either side, and ends with the paragraph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from tui.search import measures
from tui.search.folding import fold
from tui.search.functionwords import FUNCTION_WORDS
from tui.search.words import tokens, word_ranges

WIDEST = 10  # words on either side of a hit
WINDOW = 5

Range = tuple[int, int]


class Kind(Enum):
    """Which words are listed."""

    CONTENT = "content"  # no function words, no single characters, no marks
    WORDS = "words"  # no marks
    ALL = "all"


@dataclass(slots=True)
class Tally:
    """What was counted in some texts; it grows by `add`.

    Attributes:
        words: How often each folded word and mark occurs.
        near: By distance from the nearest hit in words, negative before it, how often each stands there. A token is
            counted once, however many hits are near; a mark has the distance of the word that would stand there.
        texts: How many texts there were.
        hits: How many hits they have.
    """

    words: Counter[str] = field(default_factory=Counter)
    near: dict[int, Counter[str]] = field(default_factory=dict)
    texts: int = 0
    hits: int = 0

    def add(self, text: str, hits: Sequence[Range] = ()) -> None:
        """Count a text.

        Args:
            text: Its paragraphs, separated by line feeds.
            hits: Half-open ranges of its code points, ascending, none overlapping.
        """
        folded = fold(text)
        self.texts += 1
        self.hits += len(hits)
        at = 0
        for start, end in _paragraphs(folded, hits):
            self.words.update(tokens(folded[at:start]))
            inside = [(first - start, last - start) for first, last in hits if start <= first < end]
            self._add_paragraph(folded[start:end], inside)
            at = end
        self.words.update(tokens(folded[at:]))

    def copy(self) -> Tally:
        """The same as it is now, for who reads while this one grows."""
        near = {distance: words.copy() for distance, words in self.near.items()}
        return Tally(self.words.copy(), near, self.texts, self.hits)

    def _add_paragraph(self, text: str, hits: Sequence[Range]) -> None:
        """Count a paragraph that has hits, and what stands near them."""
        ranges = word_ranges(text)
        found = [text[start:end] for start, end in ranges]
        self.words.update(found)
        inside = list(_inside(ranges, hits))
        marks = list(map(is_mark, found))
        behind = _distances(inside, marks)
        before = reversed(list(_distances(reversed(inside), reversed(marks))))
        for token, right, left in zip(found, behind, before, strict=True):
            if right and min(right, left) <= WIDEST:
                self.near.setdefault(-left if left <= right else right, Counter())[token] += 1


@dataclass(frozen=True, slots=True)
class Sampled:
    """Words counted in the articles of a filter and in the rest of the library, or in samples of both.

    Attributes:
        here: What was counted in the filter's articles.
        there: What was counted in the rest.
        found: How many articles the filter has.
        rest: How many the rest of the library has.
    """

    here: Tally
    there: Tally
    found: int
    rest: int

    @property
    def complete(self) -> bool:
        """Whether nothing was left out."""
        return self.here.texts == self.found and self.there.texts == self.rest

    @property
    def weight(self) -> float:
        """What an occurrence in the rest counts, so that both parts have the proportions they have in the library."""
        if not self.there.texts or not self.here.texts:
            return 0.0
        return (self.rest / self.there.texts) / (self.found / self.here.texts)


@dataclass(frozen=True, slots=True)
class Collocate:
    """A word that stands near the hits.

    Attributes:
        word: The word, folded.
        before: How often it stands before the nearest hit, within the window.
        after: How often behind it.
        own: How often it occurs in the library, on the scale of the filter's sample; an estimate, if sampled.
        log_dice: Rychlý's, of `before + after`, the hits and `own`.
        likelihood: Dunning's G² of standing in the windows; negative where it keeps away from them.
    """

    word: str
    before: int
    after: int
    own: float
    log_dice: float
    likelihood: float

    @property
    def together(self) -> int:
        """How often it stands within the windows."""
        return self.before + self.after


@dataclass(frozen=True, slots=True)
class KeyWord:
    """A word and how its frequencies differ.

    Attributes:
        word: The word, folded.
        here: How often it occurs in the filter's articles counted.
        there: How often in the rest counted.
        here_per_million: The first, in a million words.
        there_per_million: The second.
        likelihood: G² of Rayson and Garside; negative where it is less frequent here.
        log_ratio: Hardie's.
    """

    word: str
    here: int
    there: int
    here_per_million: float
    there_per_million: float
    likelihood: float
    log_ratio: float


def is_mark(word: str) -> bool:
    """Whether it is no word: punctuation, a symbol."""
    return not any(map(str.isalnum, word))


def is_listed(word: str, kind: Kind) -> bool:
    """Whether a folded word is of a kind."""
    if kind is Kind.ALL:
        return True
    if kind is Kind.CONTENT and (len(word) < 2 or word in FUNCTION_WORDS):
        return False
    return not is_mark(word)


def collocates(counted: Sampled, window: int = WINDOW, kind: Kind = Kind.CONTENT, least: int = 1) -> list[Collocate]:
    """The words near the hits, the most typical first.

    Args:
        counted: What was counted.
        window: Words on either side, at most `WIDEST`.
        kind: Which words are listed; marks count as tokens only where they are.
        least: How often a word must stand near a hit.
    """
    here, there, weight = counted.here, counted.there, counted.weight
    before, after = (_together(here, distances) for distances in (range(-window, 0), range(1, window + 1)))
    marks = kind is Kind.ALL
    total = _size(here.words, marks=marks) + weight * _size(there.words, marks=marks)
    reach = _size(before, marks=marks) + _size(after, marks=marks)
    found = []
    for word in before.keys() | after.keys():
        together = before[word] + after[word]
        if together < least or not is_listed(word, kind):
            continue
        own = here.words[word] + weight * there.words[word]
        likelihood = measures.log_likelihood(together, own, reach, total)
        if together * total < own * reach:
            likelihood = -likelihood
        dice = measures.log_dice(together, here.hits, own)
        found.append(Collocate(word, before[word], after[word], own, dice, likelihood))
    return sorted(found, key=lambda one: (-one.log_dice, -one.together, one.word))


def key_words(counted: Sampled, kind: Kind = Kind.CONTENT, least: int = 1) -> list[KeyWord]:
    """The words that are more, or less, frequent in the filter's articles than in the rest; the surest first.

    Args:
        counted: What was counted; the two sides are compared as they were, with no weights.
        kind: Which words are listed; marks count as words only where they are.
        least: How often a word must occur on both sides together.
    """
    here, there = counted.here.words, counted.there.words
    marks = kind is Kind.ALL
    sizes = _size(here, marks=marks), _size(there, marks=marks)
    if not all(sizes):
        return []
    found = []
    for word in here.keys() | there.keys():
        first, second = here[word], there[word]
        if first + second < least or not is_listed(word, kind):
            continue
        cells = (first, sizes[0], second, sizes[1])
        likelihood = measures.keyness(*cells)
        found.append(
            KeyWord(
                word,
                first,
                second,
                measures.per(first, sizes[0], 1_000_000),
                measures.per(second, sizes[1], 1_000_000),
                likelihood if measures.is_key(*cells) else -likelihood,
                measures.log_ratio(*cells),
            )
        )
    return sorted(found, key=lambda one: (-one.likelihood, one.word))


def usual_least(hits: int) -> int:
    """How often a word must occur to be listed, at first: chance rules what is rarer."""
    return 1 if hits < 10 else 2 if hits < 200 else 5


def _together(tally: Tally, distances: Iterable[int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for distance in distances:
        found.update(tally.near.get(distance, ()))
    return found


def _size(words: Counter[str], *, marks: bool) -> int:
    return words.total() - (0 if marks else sum(count for word, count in words.items() if is_mark(word)))


def _paragraphs(text: str, hits: Sequence[Range]) -> Iterator[Range]:
    """The paragraphs in which hits begin, each once."""
    last = -1
    for start, _ in hits:
        if start >= last:
            first = text.rfind("\n", 0, start) + 1
            last = text.find("\n", start)
            last = len(text) if last < 0 else last
            yield first, last


def _inside(ranges: Sequence[Range], hits: Sequence[Range]) -> Iterator[bool]:
    """Whether each word shares a character with a hit."""
    at = 0
    for start, end in ranges:
        while at < len(hits) and hits[at][1] <= start:
            at += 1
        yield at < len(hits) and hits[at][0] < end


def _distances(inside: Iterable[bool], marks: Iterable[bool]) -> Iterator[int]:
    """For each token, how many words it stands behind the last hit; 0 within one, more than `WIDEST` where none is."""
    distance = WIDEST + 1
    for hit, mark in zip(inside, marks, strict=True):
        if hit:
            distance = 0
            yield 0
        else:
            yield distance + 1
            distance += not mark
