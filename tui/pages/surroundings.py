"""What can be seen of a unit in its surroundings: pictures, signatures, briefs, verses, where heads lead to."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from tui.pages import words

if TYPE_CHECKING:
    from tui.pages.signs import Sight

_CAPTION = 80  # code points
_ROW = 24  # code points of a table's row
_VERSE_LENGTH = 16  # code points
_SHORT = 80  # code points: a story of one paragraph; the parts of a speech are longer
_BRIEF = 3  # units from one head of a brief to the next
_VERSES = 4  # likewise below an author's name
_CROWD = 7  # short lines in a row that can't all be heads
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
        "table",
    ]
)
_PICTURED = frozenset(("caption", "credit", "credit_first", "above_credit", "above_signed"))
_NO_HEAD = _PICTURED | {"label"}
_LINKS = "和与于向从都为"  # surnames, but more often the rest of a head that was broken
_AT_END = frozenset(("date", "folio", "apart", "institution"))  # what stands below the signature of a notice


def compare(sights: list[Sight]) -> None:
    """Add to each unit the signs that its surroundings show."""
    _pictures(sights)
    _signatures(sights)
    _signed(sights)
    _labelled(sights)
    _tables(sights)
    _verses(sights)
    _sparse(sights)
    _briefs(sights)
    _ahead(sights)
    _behind(sights)


def _pictures(sights: list[Sight]) -> None:
    """A line below an image or above its photographer's name is a caption."""
    for sight in sights:
        if sight.unit.first.image:
            sight.signs.append("image")
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


def _signatures(sights: list[Sight]) -> None:
    """The institutions that sign a notice stand last, or above its date."""
    for sight, after in zip(reversed(sights), [None, *sights[:0:-1]], strict=True):
        if sight.is_head and words.INSTITUTION.match(words.fold(sight.unit.text)) and _last_of_story(after):
            sight.signs.append("institution")


def _last_of_story(after: Sight | None) -> bool:
    return after is None or not _AT_END.isdisjoint(after.signs)


def _signed(sights: list[Sight]) -> None:
    """A short name below a head is its author's."""
    for before, sight in pairwise(sights[:-1]):
        if "byline_name" in sight.signs and before.is_head and sight.unit.text[0] not in _LINKS:
            sight.signs.append("byline_below")
            before.signs.append("above_byline")


def _labelled(sights: list[Sight]) -> None:
    """What stands below a label, or above a picture, is more likely a title."""
    for before, sight in pairwise(sights):
        if "label" in before.signs and sight.is_head and _NO_HEAD.isdisjoint(sight.signs):
            sight.signs.append("below_label")
        if before.is_head and "address" in sight.signs:
            before.signs.append("above_address")
        if before.is_head and not _PICTURED.isdisjoint(sight.signs) and _NO_HEAD.isdisjoint(before.signs):
            before.signs.append("above_caption")
    for before, sight, after in zip(sights, sights[1:], sights[2:], strict=False):
        bullet = sight.unit.text[0]
        if before.is_head and not sight.is_head and bullet in words.BULLETS and after.unit.text[0] == bullet:
            before.signs.append("above_bullets")


def _tables(sights: list[Sight]) -> None:
    """Figures in line upon line are a table."""
    figures = [False, *(map(_has_figures, sights)), False]
    for index, sight in enumerate(sights, 1):
        if figures[index] and (figures[index - 1] or figures[index + 1]):
            sight.signs.append("table")
            sight.opens = False


def _has_figures(sight: Sight) -> bool:
    text = sight.unit.text
    return "figures" in sight.signs or (len(text) <= _ROW and words.TIMED.search(text) is not None)


def _verses(sights: list[Sight]) -> None:
    """Several short lines of one length are verses, whatever marks they end with."""
    for _, group in groupby(sights, lambda sight: min(len(sight.unit.text), _VERSE_LENGTH + 1)):
        run = list(group)
        if len(run) >= _VERSES and len(run[0].unit.text) <= _VERSE_LENGTH and any("，" in s.unit.text for s in run):
            _sign(run, "crowd")
            for sight in run:
                sight.opens = False


def _sparse(sights: list[Sight]) -> None:
    """Heads with a short paragraph above them, below another head, and one below: hardly the parts of a story."""
    runs = [list(run) for _, run in groupby(sights, lambda sight: sight.headish)]
    for above, run, below in zip(runs, runs[1:], runs[2:], strict=False):
        brief = len(above) == len(below) == 1 and max(len(above[0].unit.text), len(below[0].unit.text)) <= _SHORT
        if brief and run[0].headish and above is not runs[0]:
            _sign(run, "sparse")


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
    if sight.ended or "byline_bracketed" in sight.signs or ("byline_set" in sight.signs and behind == "closed"):
        return "signed"
    if "byline_below" in sight.signs or (sight.byline and sight.byline.told):
        return "banner" if "bullet" in sight.signs else "byline"
    if "credit" in sight.signs or ("caption" in sight.signs and behind != "open"):
        return "picture"
    if not sight.headish:
        return "open" if sight.opens else "closed"
    return behind


def _sign(group: list[Sight], name: str) -> None:
    for sight in group:
        sight.signs.append(name)


def _crowd(run: list[Sight], *, signed: bool) -> None:
    """Many short lines in a row can't all be heads: but the first two may, where no byline stands before them."""
    if len(run) < (_VERSES if signed else _CROWD):
        return
    heads = 0 if signed else next((at for at, sight in enumerate(run[:2]) if "figures" in sight.signs), 2)
    _sign(run[:heads], "crowd_first")
    _sign(run[heads:], "crowd")
    for sight in run[heads:]:
        sight.opens = False  # each line stands for itself
