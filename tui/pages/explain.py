"""Why each line is what it is: the parse, line by line, with the signs that spoke for it."""

from __future__ import annotations

from dataclasses import dataclass

from tui.model import Role
from tui.pages import roles
from tui.pages.articles import ROLES, certainty
from tui.pages.parse import see
from tui.pages.sequence import best

_SHOWN = 24  # code points of each line that are shown
_MARGIN = 33  # cells before the signs
_HEADING = "line  article  role       sure  text, and the signs with their weights for the role"


@dataclass(frozen=True, slots=True)
class Explained:
    """One printed line.

    Attributes:
        number: 1-based.
        text: Its text without Markdown marks.
        article: 1-based, in the order articles begin; 0 for furniture.
        role: What it was taken for.
        begins: Whether an article, or furniture, begins with it.
        goes_on: Whether it goes on in the paragraph of a line before it.
        certainty: 0 to 1, how sure the parser is that an article does, or does not, begin here.
        signs: What was seen of it, each with its weight for the role, strongest first; wrapped lines: the first only.
    """

    number: int
    text: str
    article: int
    role: Role
    begins: bool
    goes_on: bool
    certainty: float
    signs: tuple[tuple[str, float], ...]


def explained(text: str) -> list[Explained]:
    """What became of each line of a page that holds text, and why."""
    found: list[Explained] = []
    article = 0
    sights = see(text)
    for sight, placed in zip(sights, best(sights), strict=True):
        role = ROLES[placed.place]
        article += placed.begins and role is not Role.FURNITURE
        where = 0 if role is Role.FURNITURE else article
        kind = roles.PLACES[placed.place]
        weights = [(sign, roles.WEIGHTS.get(sign, {}).get(kind, 0.0)) for sign in sight.signs]
        weights.sort(key=lambda pair: -abs(pair[1]))
        sure = certainty(placed.margin)
        for line in sight.unit.lines:
            first = line is sight.unit.first
            goes_on = not first or placed.place == "rest"
            signs = tuple(weights) if first else ()
            found.append(Explained(line.number, line.text, where, role, placed.begins and first, goes_on, sure, signs))
    return found


def explain(text: str) -> str:
    """The same as a table, a line of the page on a line.

    `*` marks a line that begins an article, `+` one that goes on in a paragraph.
    """
    rows = [_HEADING]
    for line in explained(text):
        article = f"{line.article or '-'}{'*' if line.begins and line.article else ''}"
        role = f"{line.role.value}{'+' if line.goes_on else ''}"
        shown = line.text[:_SHOWN] + ("…" if len(line.text) > _SHOWN else "")
        rows.append(f"{line.number:>4}  {article:<7}  {role:<10} {line.certainty:.2f}  {shown}")
        if line.signs:
            told = (f"{sign}{weight:+.1f}" if weight else sign for sign, weight in line.signs)
            rows.append(" " * _MARGIN + " ".join(told))
    return "\n".join(rows)
