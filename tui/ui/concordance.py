"""What the concordance shows and says, as values. Nothing here is Textual's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tui.language import N_, _, ngettext
from tui.library.concordances import Draw, Tally
from tui.search.aligning import seen
from tui.search.concordance import By, Line, Range, sorted_lines, with_text
from tui.search.query import Query

_ORDERS = {
    (By.LEFT, False): N_("by left context"),
    (By.LEFT, True): N_("by left context, reversed"),
    (By.RIGHT, False): N_("by right context"),
    (By.RIGHT, True): N_("by right context, reversed"),
    (By.DATE, False): N_("newest first"),
    (By.DATE, True): N_("oldest first"),
}


@dataclass(frozen=True, slots=True)
class Order:
    """How the lines are sorted."""

    by: By = By.DATE
    reverse: bool = False

    def pressed(self, by: By) -> Order:
        """The order once the key of `by` is pressed: that one, or the same turned round."""
        return Order(by, by is self.by and not self.reverse)

    @property
    def name(self) -> str:
        """It, in words."""
        return _(_ORDERS[self.by, self.reverse])


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for.

    Attributes:
        text: It, as typed; unsafe to show.
        scope: The filter within whose articles it is looked for; None for all.
        draw: How much is read.
    """

    text: str
    scope: Query | None = None
    draw: Draw = field(default_factory=Draw)


@dataclass(frozen=True, slots=True)
class Kept:
    """A concordance that was left, to come back to.

    Attributes:
        lines: All lines, in the order of the articles.
        tally: How far the reading was; None where it had not ended.
        narrowed: What the lines shown had to hold.
        line: The one under the cursor.
        opened: The one that was opened last, in the reader.
    """

    asked: Asked
    order: Order = field(default_factory=Order)
    lines: tuple[Line, ...] = ()
    tally: Tally | None = None
    narrowed: str = ""
    line: Line | None = None
    opened: Line | None = None


def arranged(lines: Iterable[Line], order: Order, narrowed: str = "", room: Range = (0, 0)) -> tuple[Line, ...]:
    """The lines that hold what was typed, in order; by equal contexts the newest first.

    Args:
        lines: All of them.
        order: How they are sorted.
        narrowed: What was typed.
        room: The cells before the hit, and those from its beginning on: what was typed has to be seen.
    """
    fitting = with_text(lines, narrowed, lambda line: seen(line, *room))
    newest = sorted(fitting, key=lambda line: (line.source.rank, line.start))
    return tuple(sorted_lines(newest, order.by, reverse=order.reverse))


def heading(tally: Tally, shown: int | None) -> str:
    """How many hits there are, in how many articles, and how they were chosen.

    Args:
        tally: What has been read.
        shown: How many lines are left where they were narrowed.
    """
    articles = ngettext("{count} article", "{count} articles", tally.articles).format(count=f"{tally.articles:,}")
    if tally.is_sample:
        text = _("{count} of about {all} hits, a sample: {read} of {articles} read").format(
            count=f"{tally.kept:,}", all=f"{tally.estimate:,}", read=f"{tally.read:,}", articles=articles
        )
    else:
        hits = ngettext("{count} hit", "{count} hits", tally.kept).format(count=f"{tally.kept:,}")
        text = _("{hits} in {articles}").format(hits=hits, articles=articles)
    return text if shown is None else text + " · " + _("{count} shown").format(count=f"{shown:,}")


def under_way(tally: Tally) -> str:
    """How far the reading is."""
    return _("Reading: {read} of {wanted} articles, {count} hits").format(
        read=f"{tally.read:,}", wanted=f"{tally.wanted:,}", count=f"{tally.kept:,}"
    )


def place_of(line: Line | None, lines: tuple[Line, ...]) -> int:
    """Where a line stands among others; 0 where it does not."""
    if line is None:
        return 0
    wanted = line.source.article, line.start
    return next((at for at, one in enumerate(lines) if (one.source.article, one.start) == wanted), 0)
