"""What corpus linguists measure: how words attract each other, what is key to some texts, how evenly it is spread.

Frequencies are counts of tokens (or of articles, where a caller counts those); they may be estimates, and so need not
be whole numbers. All logarithms but those of the log-likelihood are to base 2.

Sources:
    Dunning (1993), Accurate methods for the statistics of surprise and coincidence, Computational Linguistics 19:1.
    Rayson and Garside (2000), Comparing corpora using frequency profiling, Workshop on Comparing Corpora, ACL.
    Rychlý (2008), A lexicographer-friendly association score, RASLAN 2008.
    Gries (2008), Dispersions and adjusted frequencies in corpora, International Journal of Corpus Linguistics 13:4,
    as normalised by Lijffijt and Gries (2012), ibid. 17:1.
    Hardie (2014), Log Ratio: an informal introduction, CASS, Lancaster.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log, log2

SMOOTHING = 0.5
"""What Hardie puts for a frequency of nought, since a ratio to nothing is none."""


def log_dice(together: float, first: float, second: float) -> float:
    """How typical two words are of each other: 14 + log2(2 f_xy / (f_x + f_y)) (Rychlý 2008).

    Each point more is twice the attraction, whatever the size of the corpus. 14 where the two only occur together; 0
    where that is less than once in 16,000 of either. Minus infinity where they never do.

    Args:
        together: How often both occur together, f_xy.
        first: How often one of them occurs, f_x.
        second: How often the other does, f_y.
    """
    return 14 + log2(2 * together / (first + second)) if together > 0 else float("-inf")


def log_likelihood(both: float, first: float, second: float, total: float) -> float:
    """How sure it is that two things go together or keep apart: Dunning's G² over all four cells of their table.

    0 where they are independent; over 3.84 in one of 20 tables by chance, over 10.83 in one of 1,000 (χ², one degree
    of freedom). It grows with the counts: a measure of evidence, not of strength.

    Args:
        both: How many of all have both.
        first: How many have the one, with or without the other.
        second: How many have the other.
        total: How many there are.
    """
    if total <= 0:
        return 0.0
    cells = (
        (both, first, second),
        (first - both, first, total - second),
        (second - both, total - first, second),
        (total - first - second + both, total - first, total - second),
    )
    return max(2 * sum(_surprise(found, row * column / total) for found, row, column in cells), 0.0)


def keyness(here: float, size_here: float, there: float, size_there: float) -> float:
    """How sure it is that a word is more, or less, frequent here than there: G² of Rayson and Garside (2000).

    Their sum is over the two cells of the word alone. Never negative: `is_key` says which of the two it is.

    Args:
        here: How often the word occurs here.
        size_here: How many words there are here.
        there: How often it occurs in what this is compared with.
        size_there: How many words that has.
    """
    size, found = size_here + size_there, here + there
    if size <= 0:
        return 0.0
    cells = _surprise(here, size_here * found / size) + _surprise(there, size_there * found / size)
    return max(2 * cells, 0.0)


def is_key(here: float, size_here: float, there: float, size_there: float) -> bool:
    """Whether a word is more frequent here than there, relative to the sizes of both."""
    return here * size_there > there * size_here


def log_ratio(here: float, size_here: float, there: float, size_there: float) -> float:
    """How many times over a word is more frequent here than there, as a power of 2 (Hardie 2014).

    It is the size of a keyness, not how sure that is. 1 is twice as frequent, 2 four times, -1 half as frequent. A
    frequency of nought counts as `SMOOTHING`. 0 where a side has no words at all, or the word occurs on neither.
    """
    if size_here <= 0 or size_there <= 0 or (here <= 0 and there <= 0):
        return 0.0
    return log2(((here or SMOOTHING) / size_here) / ((there or SMOOTHING) / size_there))


def per(count: float, size: float, unit: int) -> float:
    """A frequency relative to a size: `count` in every `unit`; 0 of nothing."""
    return unit * count / size if size > 0 else 0.0


def deviation(found: Sequence[float], sizes: Sequence[float]) -> float:
    """Gries's deviation of proportions (DP): how unevenly something is spread over the parts of a corpus.

    Half the sum of the differences between each part's share of what was found and its share of the corpus: 0 where
    the parts have it in proportion to their sizes, close to 1 where it is all in the smallest. Divided by the most
    that is possible with these sizes, 1 - min(sizes) / sum(sizes) (Lijffijt and Gries 2012), so that it reaches 1.
    0 of nothing, and where there is only one part.

    Args:
        found: How often it occurs in each part.
        sizes: How large each part is; those of size 0 don't count.
    """
    parts = [(share, size) for share, size in zip(found, sizes, strict=True) if size > 0]
    every, size_of_all = sum(share for share, _ in parts), sum(size for _, size in parts)
    if every <= 0 or len(parts) < 2:
        return 0.0
    plain = sum(abs(share / every - size / size_of_all) for share, size in parts) / 2
    return min(plain / (1 - min(size for _, size in parts) / size_of_all), 1.0)


def _surprise(found: float, expected: float) -> float:
    """O ln(O / E), which is 0 for an empty cell."""
    return found * log(found / expected) if found > 0 and expected > 0 else 0.0
