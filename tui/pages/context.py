"""What can be seen of a head beside its neighbours: Markdown levels, blank lines, lengths."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tui.pages import surroundings, words

if TYPE_CHECKING:
    from tui.pages.lines import Line
    from tui.pages.signs import Sight

_MARKED = 3  # headings from which on a page is one that marks them
_KICKER = 36  # cells: what is longer is set in small type above a headline
_LONGER, _FAR_LONGER = 1.4, 2.0
_LABEL = 11  # cells: a column's name is short
_RUN_IN = 2  # heads without a blank line that show that their lack says something
_SINGLE_LINES = 2  # lines of two heads of one line each
_FOLIO = frozenset(("folio", "folio_next"))


def compare(sights: list[Sight]) -> None:
    """Add to each unit the signs that its neighbourhood shows."""
    if not sights:
        return
    _blanks(sights)
    _pauses(sights)
    _markdown(sights)
    _heads(_groups(sights))
    surroundings.compare(sights)


def _blanks(sights: list[Sight]) -> None:
    """The signs of blank lines: where they stand between paragraphs, their lack; where they do not, their presence."""
    usual = sum(sight.unit.first.gap > 0 for sight in sights[1:]) * 2 > len(sights)
    sights[0].signs.append("page_first")
    sights[-1].signs.append("page_last")
    heads: list[tuple[Sight, bool]] = []  # the first line of each head, and whether a blank line sets it off
    for before, sight in pairwise(sights):
        gap = sight.unit.first.gap
        sight.tight = usual and gap == 0
        if "folio_like" in sight.signs and not _FOLIO.isdisjoint(before.signs):
            sight.signs.append("folio_next")
        if gap > 1 + usual:
            sight.signs.append("apart")
        if sight.headish and before.is_head:
            text = before.unit.text
            sight.completes = words.UNFINISHED.search(text) is not None or _unbalanced(text)
        elif sight.is_head and not usual and (gap > 0 or len(sight.unit.lines) == 1):
            heads.append((sight, gap > 0 and "folio" not in before.signs))
    _tighten(sights)
    if sum(not set_off for _, set_off in heads) >= _RUN_IN and any(set_off for _, set_off in heads):
        for sight, set_off in heads:
            sight.signs.append("set_off" if set_off else "run_in")


def _pauses(sights: list[Sight]) -> None:
    """The first line of a head that falls into halves, above one that does not, is rarely of the same headline."""
    before = None
    for upper, lower in pairwise(sights):
        first = upper.is_head and not (before and before.is_head)
        if first and lower.is_head and "pause" in upper.signs and "pause" not in lower.signs:
            upper.signs.append("pause_above")
        before = upper


def _tighten(sights: list[Sight]) -> None:
    """Within a run of short lines, where some stand together and some apart, that says which make one head."""
    run: list[Sight] = []
    for sight in [*sights, None]:
        if sight is not None and sight.is_head:
            run.append(sight)
            continue
        gaps = [member.unit.first.gap for member in run[1:]]
        if gaps and min(gaps) == 0 < max(gaps):
            for member in run[1:]:
                member.tight = member.unit.first.gap == 0
        run = []


def _unbalanced(text: str) -> bool:
    return any(text.count(left) > text.count(right) for left, right in ("“”", "（）", "()", "《》", "「」"))


def _markdown(sights: list[Sight]) -> None:
    """The signs of Markdown on single lines, and of headings that stand together."""
    lines = [sight.unit.first for sight in sights]
    marked = sum(line.level > 0 or line.bold for line in lines) >= _MARKED
    stack: list[Sight] = []
    stacks = [stack]
    for sight, line in zip(sights, lines, strict=True):
        if line.level:
            stack.append(sight)
            continue
        if line.lead:
            sight.signs.append("bold_lead")
        if line.bold:
            sight.signs.append("bold")
        elif marked and sight.headish and not stack:
            sight.signs.append("unmarked")
        if stack:
            stack = []
            stacks.append(stack)
    _levels([stack for stack in stacks if stack])


def _levels(stacks: list[list[Sight]]) -> None:
    """A heading's level says nothing by itself, but something beside the level of the heading before."""
    last = highest = 0
    for stack in stacks:
        top = min(sight.unit.first.level for sight in stack)
        for sight in stack:
            sight.signs.append("heading")
            if sight.unit.first.level == 1:
                sight.signs.append("heading_first")
        if last and top != last:
            _sign(stack, "deeper" if top > last else "outer")
        if highest and top > highest:
            _sign(stack, "nested")
        last, highest = top, min(highest or top, top)


def _groups(sights: list[Sight]) -> list[list[Sight]]:
    """The lines of one head each: without a blank one between them, where there are blank lines between all else."""
    groups: list[list[Sight]] = []
    for sight in sights:
        if not sight.is_head:
            groups.append([])
        elif groups and groups[-1] and sight.tight and _rank(sight.unit.first) == _rank(groups[-1][0].unit.first):
            groups[-1].append(sight)
        else:
            groups.append([sight])
    return groups


def _heads(groups: list[list[Sight]]) -> None:
    """The signs of a head that another follows: which is longer, and so in smaller type; which Markdown ranks above."""
    telling = any(len(group) > 1 for group in groups)  # lines that stand together show that blank lines part others
    for index, (upper, lower) in enumerate(pairwise(groups)):
        if not upper or not lower:
            continue
        rank, lower_rank = _rank(upper[0].unit.first), _rank(lower[0].unit.first)
        # Where each line was broken off for itself, a blank line says little.
        apart = lower[0].unit.first.gap > 0 and not lower[0].unit.measure
        if apart and telling and rank >= lower_rank:
            _sign([*upper, *lower], "stacked")
        lower[0].loose = telling and lower[0].unit.first.gap > 0
        lower[0].parted = len(upper) + len(lower) > _SINGLE_LINES
        above = sum(_cells(sight) for sight in upper)
        below = max(_cells(sight) for sight in lower)
        if above >= max(_LONGER * below, _KICKER):
            _sign(upper, "much_longer_than_next" if above >= _FAR_LONGER * below else "longer_than_next")
            _sign(lower, "shorter_than_last")
        elif below >= _LONGER * above:
            _sign(upper, "shorter_than_next")
            _sign(lower, "longer_than_last")
            if above <= _LABEL and len(upper) == 1:
                _sign(upper, "name_like")
        if _above_pair(upper, lower, groups[index + 2] if index + 2 < len(groups) else []):
            _sign(upper, "above_pair")
        if rank != lower_rank:
            lower[0].tight = False  # Markdown parts what stands together
            _sign(upper, "above_next" if rank < lower_rank else "below_next")
            _sign(lower, "below_last" if rank < lower_rank else "above_last")


def _above_pair(upper: list[Sight], lower: list[Sight], third: list[Sight]) -> bool:
    """Whether two lines of one headline follow: they stand together, or are alike in length and unlike the first."""
    if len(upper) > 1:
        return False
    if len(lower) > 1:
        return True
    if not third or lower[0].unit.first.gap != third[0].unit.first.gap:
        return False
    one, other = sorted((_cells(lower[0]), _cells(third[0])))
    return other < _LONGER * one and _cells(upper[0]) >= _LONGER * other


def _cells(sight: Sight) -> int:
    return sum(line.cells for line in sight.unit.lines)


def _sign(group: list[Sight], name: str) -> None:
    for sight in group:
        sight.signs.append(name)


def _rank(line: Line) -> int:
    return line.level or (7 if line.bold else 8)
