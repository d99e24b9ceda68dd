"""What can be seen of a unit beside its neighbours: Markdown levels, blank lines, lengths, where heads lead to."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tui.pages import words

if TYPE_CHECKING:
    from tui.pages.lines import Line
    from tui.pages.signs import Sight

_MARKED = 3  # headings from which on a page is one that marks them
_KICKER = 36  # cells: what is longer is set in small type above a headline
_LONGER, _FAR_LONGER = 1.4, 2.0
_LABEL = 11  # cells: a column's name is short
_RUN_IN = 2  # heads without a blank line that show that their lack says something
_CAPTION = 80  # code points
_BRIEF = 3  # units from one head of a brief to the next
_SINGLE_LINES = 2  # lines of two heads of one line each
_NO_CROWD = frozenset(
    [
        "caption",
        "credit",
        "above_credit",
        "credit_first",
        "label",
        "label_like",
        "heading",
        "bold",
        "folio",
        "index",
        "byline_told",
        "byline_names",
        "byline_bracketed",
        "byline_set",
        "from_alone",
        "to_alone",
    ]
)
_PICTURED = frozenset(("caption", "credit", "credit_first", "above_credit", "above_signed"))
_NO_HEAD = _PICTURED | {"label"}
_LINKS = "和与于向从都为"  # surnames, but more often the rest of a head that was broken
_FOLIO = frozenset(("folio", "folio_next"))
_AT_END = frozenset(("date", "folio", "apart", "institution"))  # what stands below the signature of a notice
_VERSES = 4  # likewise below an author's name
_CROWD = 7  # short lines in a row that can't all be heads


def compare(sights: list[Sight]) -> None:
    """Add to each unit the signs that its neighbourhood shows."""
    if not sights:
        return
    _blanks(sights)
    _markdown(sights)
    _heads(_groups(sights))
    _pictures(sights)
    _signed(sights)
    _briefs(sights)
    _ahead(sights)
    _behind(sights)


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
            heads.append((sight, gap > 0))
    for sight, after in zip(reversed(sights), [None, *sights[:0:-1]], strict=True):
        if sight.is_head and words.INSTITUTION.match(words.fold(sight.unit.text)) and _last_of_story(after):
            sight.signs.append("institution")
        if sight.unit.first.image:
            sight.signs.append("image")
    _tighten(sights)
    if sum(not set_off for _, set_off in heads) >= _RUN_IN and any(set_off for _, set_off in heads):
        for sight, set_off in heads:
            sight.signs.append("set_off" if set_off else "run_in")


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


def _last_of_story(after: Sight | None) -> bool:
    return after is None or not _AT_END.isdisjoint(after.signs)


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
        if apart and rank >= lower_rank:
            _sign([*upper, *lower], "stacked" if telling else "stacked_perhaps")
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


def _pictures(sights: list[Sight]) -> None:
    """A line above its photographer's name is a caption."""
    for sight, after in pairwise(sights):
        if sight.headish and after.unit.first.gap <= sight.unit.first.gap and "credit_first" in after.signs:
            sight.signs.append("above_credit")
        elif (
            not sight.headish
            and len(sight.unit.text) <= _CAPTION
            and "credit" in after.signs
            and after.byline
            and after.unit.first.gap <= sight.unit.first.gap
        ):
            sight.signs.append("above_signed")


def _signed(sights: list[Sight]) -> None:
    """A short name below a head is its author's, where no further head follows. Figures below figures are a table."""
    for before, sight, after in zip(sights, sights[1:], [*sights[2:], None], strict=False):
        if "figures" in sight.signs and "figures" in before.signs:
            for row in (before, sight):
                if "table" not in row.signs:
                    row.signs.append("table")
        if (
            "byline_name" in sight.signs
            and sight.unit.text[0] not in _LINKS
            and before.is_head
            and after is not None
            and not after.jump_from
        ):
            sight.signs.append("byline_below")
            before.signs.append("above_byline")
        if "label" in before.signs and sight.is_head and _NO_HEAD.isdisjoint(sight.signs):
            sight.signs.append("below_label")
        if before.is_head and not _PICTURED.isdisjoint(sight.signs) and _NO_HEAD.isdisjoint(before.signs):
            before.signs.append("above_caption")


def _briefs(sights: list[Sight]) -> None:
    """Heads behind bullets that follow a label at once, each with a paragraph: stories, not the parts of one."""
    run: list[Sight] = []
    last = -_BRIEF - 1
    for index, sight in enumerate(sights):
        if not (sight.is_head and sight.unit.text[0] in words.BULLETS):
            continue
        bullet = sight.unit.text[0]
        if not (run and bullet == run[0].unit.text[0] and 1 < index - last <= _BRIEF):
            _sign(run if len(run) > 1 else [], "brief")
            run = []
        if run or (index and sights[index - 1].is_head):
            run.append(sight)
            last = index
    _sign(run if len(run) > 1 else [], "brief")


def _ahead(sights: list[Sight]) -> None:
    """The signs of what a run of short lines leads to."""
    ahead = "end"
    for sight in reversed(sights):
        if sight.headish:
            sight.signs.append(f"ahead_{ahead}")
        if sight.source:
            ahead = "source"
        elif sight.jump_from:
            ahead = "from"
        elif sight.byline and sight.byline.told and "credit" not in sight.signs:
            ahead = "byline" if ahead == "text" else "sign"
        elif "folio" in sight.signs:
            ahead = "end"
        elif not sight.headish and "credit" not in sight.signs and "caption" not in sight.signs:
            ahead = "text"


def _behind(sights: list[Sight]) -> None:
    """The signs of what a run of short lines comes after, and of its length."""
    behind = before = "start"
    run: list[Sight] = []
    for sight in sights:
        if sight.headish:
            sight.signs.append(f"behind_{behind}")
        named = "byline_below" in sight.signs
        if sight.headish and not named and _NO_CROWD.isdisjoint(sight.signs):
            if not run:
                before = behind
            run.append(sight)
        else:
            _crowd(run[: -_heads_above(run)] if named and run else run, signed=before in {"byline", "banner"})
            run = []
        behind = _left_by(sight, behind)
    _crowd(run, signed=before in {"byline", "banner"})


def _heads_above(run: list[Sight]) -> int:
    """How many lines at the end of the run are the head above an author's name: the title, and a column's name."""
    return 2 if len(run) > 1 and run[-1].unit.first.gap < run[-2].unit.first.gap else 1


def _left_by(sight: Sight, behind: str) -> str:
    """What the lines after this one come behind."""
    if sight.jump_to:
        return "to"
    if sight.ended or "byline_bracketed" in sight.signs:
        return "signed"
    if "byline_below" in sight.signs:
        return "byline"
    if sight.byline and sight.byline.told:
        return "banner" if "bullet" in sight.signs else "byline"
    if "credit" in sight.signs or ("caption" in sight.signs and behind != "open"):
        return "picture"
    if not sight.headish:
        return "open" if sight.opens else "closed"
    return behind


def _crowd(run: list[Sight], *, signed: bool) -> None:
    """Many short lines in a row can't all be heads: but the first two may, where no byline stands before them."""
    if len(run) < (_VERSES if signed else _CROWD):
        return
    heads = 0 if signed else next((at for at, sight in enumerate(run[:2]) if "figures" in sight.signs), 2)
    _sign(run[:heads], "crowd_first")
    _sign(run[heads:], "crowd")
    for sight in run[heads:]:
        sight.opens = False  # each line stands for itself
