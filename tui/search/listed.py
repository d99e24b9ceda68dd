"""Words that are cut whole though the segmenter does not know them: the program's own list, and the user's.

A list is a text in jieba's format, a word a line: `word [frequency] [tag]`. The frequency is not used: a listed word
always wins, and the longest of those that begin at one place. Empty lines and lines that begin with `#` say nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tui.language import N_
from tui.search.folding import simplified

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TERMS = Path(__file__).with_name("terms.txt")
_TAG = "n"  # a listed word without a tag is a noun: that is what one lists
_FORCED = 3  # characters from which on a listed word is cut out of what the segmenter takes for other words
LONGEST = 20  # characters of a word
_LINE = re.compile(r"(\S+)(?:\s+\d+)?(?:\s+([a-z]{1,4}))?\s*")

NO_WORD = N_("is no line of a list of words: a word, and perhaps a frequency and a tag")
TOO_SHORT = N_("is too short: a word has two characters or more")
TOO_LONG = N_("is too long for a word")


@dataclass(frozen=True, slots=True)
class Listed:
    """Words to be cut whole, in simplified characters.

    Attributes:
        tags: The tag of each.
        heads: Those that begin with the same two characters, the longest first, by these.
    """

    tags: Mapping[str, str] = field(default_factory=dict)
    heads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def listed(tags: Mapping[str, str]) -> Listed:
    """What cuts these words whole; each is given with its tag."""
    plain = {simplified(word): tag for word, tag in tags.items()}
    heads: dict[str, list[str]] = {}
    for word in sorted(plain, key=len, reverse=True):
        heads.setdefault(word[:2], []).append(word)
    return Listed(plain, {head: tuple(words) for head, words in heads.items()})


def parse(text: str) -> tuple[dict[str, str], list[tuple[int, str]]]:
    """The words of a list with their tags, and its mistakes: the number of the line, from 1, and what is wrong."""
    words: dict[str, str] = {}
    mistakes: list[tuple[int, str]] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        found = _LINE.fullmatch(stripped)
        if found is None or not any(map(str.isalnum, found[1])) or "\ufffd" in stripped:
            mistakes.append((number, NO_WORD))
        elif not 2 <= len(found[1]) <= LONGEST:
            mistakes.append((number, TOO_SHORT if len(found[1]) < 2 else TOO_LONG))
        else:
            words[found[1]] = found[2] or _TAG
    return words, mistakes


@cache
def own_words() -> Mapping[str, str]:
    """The program's own list."""
    return parse(_TERMS.read_text("utf-8"))[0]


def whole(line: str, ends: Sequence[int], known: Listed) -> Sequence[int]:
    """The ends of a line's words, those of the listed words put in and what was cut within them taken out.

    A listed word stays uncut where words begin at its start and end at its end; one of three characters or more also
    where the segmenter cuts otherwise, but never out of one longer word that has it inside.

    Args:
        line: The text, in simplified characters.
        ends: Where the segmenter's words end, ascending; the last is the line's own end.
        known: The listed words.
    """
    heads = known.heads
    starts = [at for at in range(len(line) - 1) if line[at : at + 2] in heads]
    if not starts:
        return ends
    cuts = {0, *ends}
    free = 0
    for at in starts:
        if at < free:
            continue
        for word in heads[line[at : at + 2]]:
            end = at + len(word)
            if line.startswith(word, at) and _fits(cuts, at, end):
                cuts.difference_update(range(at + 1, end))
                cuts.update((at, end))
                free = end
                break
    return sorted(cuts - {0})


def _fits(cuts: set[int], start: int, end: int) -> bool:
    if start in cuts and end in cuts:
        return True
    return end - start >= _FORCED and any(at in cuts for at in range(start + 1, end))
