"""Why each line is what it is: the parse, line by line, with the signs that spoke for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.pages import roles
from tui.pages.articles import ROLES, certainty
from tui.pages.parse import see
from tui.pages.sequence import best

if TYPE_CHECKING:
    from tui.model import Role
    from tui.pages.lines import Line

_SHOWN = 24  # code points of each line that are shown
_HEADING = "line  article  role       sure  signs (weight for the role)"


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
        signs: What was seen of it, each with its weight for the role, strongest first; none of a line that only goes on.
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
        furniture = placed.place in {"furniture", "inner_furniture"}
        article += placed.begins and not furniture
        kind = roles.PLACES[placed.place]
        weights = sorted(
            ((sign, roles.WEIGHTS.get(sign, {}).get(kind, 0.0)) for sign in sight.signs), key=lambda pair: -abs(pair[1])
        )

        def told(line: Line, signs: tuple[tuple[str, float], ...], *, goes_on: bool) -> Explained:
            begins = placed.begins and line is sight.unit.first
            where = 0 if furniture else article
            sure = certainty(placed.margin)
            return Explained(line.number, line.text, where, ROLES[placed.place], begins, goes_on, sure, signs)

        found.append(told(sight.unit.first, tuple(weights), goes_on=placed.place == "rest"))
        found += [told(line, (), goes_on=True) for line in sight.unit.lines[1:]]
    return found


def explain(text: str) -> str:
    """The same as a table, a line of the page on a line; `+` marks a line that goes on in a paragraph, `*` one that begins an article."""
    rows = [_HEADING]
    for line in explained(text):
        article = f"{line.article or '-'}{'*' if line.begins and line.article else ''}"
        signs = " ".join(f"{sign}{weight:+.1f}" if weight else sign for sign, weight in line.signs)
        role = f"{line.role.value}{'+' if line.goes_on else ''}"
        shown = line.text[:_SHOWN] + ("…" if len(line.text) > _SHOWN else "")
        rows.append(
            f"{line.number:>4}  {article:<7}  {role:<10} {line.certainty:.2f}  {shown}"
            + (f"\n{'':33}{signs}" if signs else "")
        )
    return "\n".join(rows)
