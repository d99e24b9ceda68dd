"""The parts of one story on several pages of one issue: 下转04版 on page 01, 上接01版 on page 04.

A jump line names a page, not a story. Which story of that page it means is told by their heads and words, by a sentence
that breaks off here and goes on there, and by the order in which they stand. What is not told clearly is left unsaid.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from math import fsum
from typing import TYPE_CHECKING

from tui.model import Role, text_of
from tui.search.folding import fold, searchable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tui.library.catalog import Catalog, StoredArticle
    from tui.model import Article

# Measured on halves of articles, headless, between others of their page: of lone pairs nine in ten are found, of two
# crossed pairs as many; where there is one jump and two continuations, one in fifty is wrong. Where the true other half
# was missing, a stranger was taken for it in one case of three; so a lone pair gets nothing for its order.
ENOUGH = 0.45  # what two parts need to be taken for one story
CLEARLY = 0.1  # by how much the next best assignment must be worse
_BY_WORDS = 10.0  # a share of words of 0.045 is enough by itself
_BY_ORDER = 0.2  # for the n-th jump and the n-th continuation, where there are several and as many of both
_BY_SENTENCE = 0.2
_FEW_WORDS, _SHORT_HEAD = 80, 4  # pairs of characters; what is shorter proves less
_MOST = 8  # jumps from one page to one other; no paper has more

_GRAMMAR = frozenset(
    "的一是在了不和有这那个上下中来到说就也都要为以于与及或对从被把将等其之而但很又再还已所着过给让向本年月日时分昨今明记者"
)
_HEADS = frozenset({Role.KICKER, Role.HEADLINE, Role.SUBTITLE, Role.COLUMN})
_NUMBER = re.compile(r"([A-Z]*)0*(\d+)")
_ENDS = frozenset("。.!?…\"')]}》〉】〕")  # folded; the last character of a whole sentence
_NEVER_FIRST = frozenset("。.,、;:!?)]}》〉】〕")

PageNumber = tuple[str, str]


def page_number(printed: str) -> PageNumber | None:
    """A page's number as letters and digits: `A05`, `a5` and `Ａ５` are one; None where there is no number."""
    match = _NUMBER.search(fold(printed).upper())
    return (match[1], match[2]) if match else None


def plain_number(printed: str) -> str:
    """A page's number without leading zeros: `04` as 4, `A05` as A5."""
    number = page_number(printed)
    return "".join(number) if number else printed


def named_page(jump: str | None, here: PageNumber, pages: Iterable[PageNumber]) -> PageNumber | None:
    """The page of the issue that a jump line on page `here` names.

    Args:
        jump: The number as printed.
        here: Where it is printed. A number without a letter means a page of the same section, a letter may be missing
            from the name of a file.
        pages: All pages of the issue.
    """
    number = page_number(jump or "")
    if number is None:
        return None
    letters, digits = number
    known = set(pages) - {here}
    also = ("", digits) if letters else (here[0], digits)
    return number if number in known else also if also in known else None


# Telling the parts


@dataclass(frozen=True, slots=True)
class Part:
    """What is compared of an article.

    Attributes:
        title: The pairs of characters of its headline.
        heads: Those of all its heads.
        words: Those of all else but the jump lines, without what any article has.
        breaks_off: Whether its last sentence has no end.
        sets_in: Whether it begins as no sentence does.
    """

    title: frozenset[str]
    heads: frozenset[str]
    words: frozenset[str]
    breaks_off: bool = False
    sets_in: bool = False


def part(article: Article, page_text: str) -> Part:
    """What is compared of an article of the page."""
    texts = [(block.role, text_of(page_text, block.spans)) for block in article.blocks if block.role is not Role.JUMP]
    body = [text.strip() for role, text in texts if role is Role.BODY] or [""]
    return Part(
        _pairs(article.title),
        _pairs(" ".join(text for role, text in texts if role in _HEADS)),
        frozenset(
            pair
            for pair in _pairs(" ".join(text for role, text in texts if role not in _HEADS))
            if _GRAMMAR.isdisjoint(pair)
        ),
        _breaks_off(body[-1]),
        _sets_in(body[0]),
    )


def evidence(first: Part, later: Part, seen: Mapping[str, int]) -> float:
    """How much speaks for two articles being parts of one story; about 0 for those that have nothing in common.

    Args:
        first: The one with 下转.
        later: The one with 上接.
        seen: In how many articles of the two pages a pair of characters occurs: what only these two have weighs most.
    """
    heads = len(first.heads & later.title) / max(min(len(first.heads), len(later.title)), _SHORT_HEAD)
    shared = fsum((seen[pair] - 1) ** -2 for pair in first.words & later.words)
    words = shared / max(min(len(first.words), len(later.words)), _FEW_WORDS)
    sentence = (_BY_SENTENCE if first.breaks_off else -_BY_SENTENCE) if later.sets_in else 0.0
    return max(heads + _BY_WORDS * words + sentence, 0.0)


def match(firsts: Sequence[Part], laters: Sequence[Part], others: Iterable[Part] = ()) -> dict[int, int]:
    """Which of the continuations goes with which of the jumps, by their indices; doubtful ones are left out.

    Args:
        firsts: The articles of one page that go on on the other, in page order.
        laters: The articles of the other page that come from this one, in page order.
        others: All else on the two pages: what the words are common in.
    """
    if not 0 < len(firsts) <= _MOST or not 0 < len(laters) <= _MOST:
        return {}
    seen = Counter(pair for each in (*firsts, *laters, *others) for pair in each.words)
    scores = [[evidence(first, later, seen) for later in laters] for first in firsts]
    if len(firsts) == len(laters) > 1:
        for index, row in enumerate(scores):
            row[index] += _BY_ORDER
    best, chosen = _assign(scores)
    return {
        first: later
        for first, later in chosen.items()
        if scores[first][later] >= ENOUGH and best - _assign(scores, without=(first, later))[0] >= CLEARLY
    }


def _assign(scores: list[list[float]], without: tuple[int, int] | None = None) -> tuple[float, dict[int, int]]:
    """The one-to-one assignment of rows to columns with the greatest sum, a row of it left out if need be."""

    @cache
    def best(row: int, used: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        if row == len(scores):
            return 0.0, ()
        found = best(row + 1, used)
        for column, score in enumerate(scores[row]):
            if not used >> column & 1 and (row, column) != without:
                total, pairs = best(row + 1, used | 1 << column)
                if total + score > found[0]:
                    found = (total + score, ((row, column), *pairs))
        return found

    total, pairs = best(0, 0)
    return total, dict(pairs)


def _pairs(text: str) -> frozenset[str]:
    text = searchable(text)
    return frozenset(text[at : at + 2] for at in range(len(text) - 1) if text[at].isalnum() and text[at + 1].isalnum())


def _breaks_off(text: str) -> bool:
    return bool(text) and (
        fold(text[-1]) not in _ENDS or text.count("“") + text.count("「") > text.count("”") + text.count("」")
    )


def _sets_in(text: str) -> bool:
    """Whether it begins with what can't stand at a beginning, or ends a quotation that is not begun."""
    quote = next((character for character in text if character in "“”「」"), "")
    return fold(text[:1]) in _NEVER_FIRST or quote in {"”", "」"}


# Finding them


def parts(catalog: Catalog, stored: StoredArticle) -> tuple[int, ...]:
    """The ids of a story's parts in reading order, the article's own among them; only that where no other is known.

    Raises:
        LibraryError: The catalog can't be read.
    """
    issue = _Issue(catalog, stored.row.page)
    story = [stored]
    known = {stored.row.id}
    while (before := issue.before(story[0])) and before.row.id not in known:
        story.insert(0, before)
        known.add(before.row.id)
    while (after := issue.after(story[-1])) and after.row.id not in known:
        story.append(after)
        known.add(after.row.id)
    return tuple(each.row.id for each in story)


class _Issue:
    """The pages of one paper and day, their articles read as they are asked for."""

    def __init__(self, catalog: Catalog, page: str) -> None:
        self._catalog = catalog
        self._paths: dict[PageNumber, list[str]] = {}
        for path, printed in catalog.issue(page):
            number = page_number(printed)
            if number is not None:
                self._paths.setdefault(number, []).append(path)
        self._articles: dict[PageNumber, list[StoredArticle]] = {}

    def before(self, stored: StoredArticle) -> StoredArticle | None:
        """The part before this one."""
        here = page_number(stored.row.number)
        there = named_page(stored.row.continued_from, here, self._paths) if here else None
        if here is None or there is None:
            return None
        return next((first for first, later in self._pairs(there, here) if later.row.id == stored.row.id), None)

    def after(self, stored: StoredArticle) -> StoredArticle | None:
        """The part behind this one."""
        here = page_number(stored.row.number)
        there = named_page(stored.row.continued_on, here, self._paths) if here else None
        if here is None or there is None:
            return None
        return next((later for first, later in self._pairs(here, there) if first.row.id == stored.row.id), None)

    def _pairs(self, here: PageNumber, there: PageNumber) -> list[tuple[StoredArticle, StoredArticle]]:
        """The stories that jump from one page to the other. Whoever asks, from either end, gets the same."""
        ours, theirs = self._on(here), self._on(there)
        firsts = [each for each in ours if named_page(each.row.continued_on, here, self._paths) == there]
        laters = [each for each in theirs if named_page(each.row.continued_from, there, self._paths) == here]
        if not firsts or not laters:
            return []
        ends = {each.row.id for each in (*firsts, *laters)}
        others = [each for each in (*ours, *theirs) if each.row.id not in ends]
        found = match(_parts_of(firsts), _parts_of(laters), _parts_of(others))
        return [(firsts[first], laters[later]) for first, later in found.items()]

    def _on(self, number: PageNumber) -> list[StoredArticle]:
        if number not in self._articles:
            self._articles[number] = [
                stored for path in self._paths.get(number, ()) for stored in self._catalog.articles_on(path)
            ]
        return self._articles[number]


def _parts_of(articles: Iterable[StoredArticle]) -> list[Part]:
    return [part(stored.article, stored.page.text) for stored in articles]
