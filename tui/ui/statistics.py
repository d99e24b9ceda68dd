"""What the statistics screen shows, as values: charts, tables, and the words that explain them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from tui.export.tables import Column
from tui.language import N_, _, ngettext
from tui.library import spread
from tui.library.census import Share
from tui.library.spread import UNIT, Grain, Part
from tui.search import tally
from tui.search.tally import WINDOW, Collocate, KeyWord, Kind, Sampled

SHOWN = 500  # rows of a table
_BAR = 16  # cells of the longest bar
_EIGHTHS = " ▏▎▍▌▋▊▉"
_WIDEST_NAME = 28


class View(IntEnum):
    """The views, by their keys."""

    TIME = 1
    PAPERS = 2
    COLLOCATES = 3
    KEYNESS = 4


VIEW_NAMES = {
    View.TIME: N_("Over time"),
    View.PAPERS: N_("By paper"),
    View.COLLOCATES: N_("Collocates"),
    View.KEYNESS: N_("Keyness"),
}
GRAIN_NAMES = {Grain.YEAR: N_("by year"), Grain.MONTH: N_("by month"), Grain.DAY: N_("by day")}
KIND_NAMES = {
    Kind.CONTENT: N_("content words"),
    Kind.WORDS: N_("all words"),
    Kind.ALL: N_("words and punctuation"),
}
ORDERS = {
    View.PAPERS: (N_("by articles"), N_("by relative frequency"), N_("by name")),
    View.COLLOCATES: (N_("by logDice"), N_("by log-likelihood"), N_("by co-occurrence")),
    View.KEYNESS: (N_("by log-likelihood"), N_("by log ratio"), N_("by frequency")),
}


@dataclass(frozen=True, slots=True)
class Options:
    """What the user has chosen.

    Attributes:
        grain: The length of a period.
        relative: Whether the chart shows articles per thousand.
        window: Words on either side of a hit.
        kind: Which words are listed.
        least: How often a listed word must occur; None for as often as is usual.
        lacking: Whether the key words are those less frequent in the filter's articles.
        orders: By view the place of its order in `ORDERS`.
    """

    grain: Grain = Grain.MONTH
    relative: bool = False
    window: int = WINDOW
    kind: Kind = Kind.CONTENT
    least: int | None = None
    lacking: bool = False
    orders: dict[View, int] = field(default_factory=dict)

    def order(self, view: View) -> int:
        """The place of a view's order."""
        return self.orders.get(view, 0)


@dataclass(frozen=True, slots=True)
class Table:
    """A view as it is shown.

    Attributes:
        said: What it is, in one line.
        names: What each row, or column of the chart, is about; unsafe to show.
        notes: What the status line says of each.
        columns: Of the table; none for the chart.
        rows: The table's texts, unsafe to show.
        values: The chart's columns.
        empty: What to say where there is nothing.
    """

    said: str
    names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    values: tuple[float, ...] = ()
    empty: str = ""


def over_time(shares: Sequence[Share], options: Options) -> Table:
    """The chart of the filter's articles over time."""
    parts = spread.over_time(shares, options.grain)
    unit = (
        _("Articles of every {unit} of the library").format(unit=_number(UNIT)) if options.relative else _("Articles")
    )
    said = [f"{unit} {_(GRAIN_NAMES[options.grain])}", *_dispersion(parts)]
    if missing := spread.undated(shares):
        said.append(ngettext("{count} without a date", "{count} without a date", missing).format(count=missing))
    return Table(
        " · ".join(said),
        tuple(part.name for part in parts),
        tuple(map(_of_part, parts)),
        values=tuple(part.relative if options.relative else part.found for part in parts),
        empty=_("None of these articles has a date"),
    )


def by_paper(shares: Sequence[Share], options: Options) -> Table:
    """The table of the filter's articles by paper."""
    keys: tuple[Callable[[Part], tuple[float | str, ...]], ...] = (
        lambda part: (-part.found, part.name),
        lambda part: (-part.relative, part.name),
        lambda part: (part.name,),
    )
    order = options.order(View.PAPERS)
    parts = sorted(spread.by_paper(shares), key=keys[order])
    measure = (lambda part: part.relative) if order == 1 else (lambda part: float(part.found))
    highest = max(map(measure, parts), default=0) or 1
    said = " · ".join((_("Articles by paper"), *_dispersion(parts), _(ORDERS[View.PAPERS][order])))
    return Table(
        said,
        tuple(part.name for part in parts),
        tuple(map(_of_part, parts)),
        (
            Column(_("Paper"), left=True, widest=_WIDEST_NAME),
            Column(_("articles")),
            Column(_("per {unit}").format(unit=_number(UNIT)), rank=1),
            Column(_("of all"), rank=3),
            Column("", left=True, rank=2),
        ),
        tuple(
            (
                part.name or _("unknown"),
                f"{part.found:,}",
                f"{part.relative:,.1f}",
                f"{part.every:,}",
                bar(measure(part) / highest),
            )
            for part in parts
        ),
        empty=_("There are no articles"),
    )


def collocates(counted: Sampled, options: Options) -> Table:
    """The table of the words near the filter's hits."""
    hits = counted.here.hits
    least = options.least or tally.usual_least(hits)
    keys: tuple[Callable[[Collocate], float], ...] = (
        lambda one: -one.log_dice,
        lambda one: -one.likelihood,
        lambda one: -one.together,
    )
    order = options.order(View.COLLOCATES)
    found = sorted(tally.collocates(counted, options.window, options.kind, least), key=keys[order])[:SHOWN]
    reach = ngettext("Within {count} word of {hits} hits", "Within {count} words of {hits} hits", options.window)
    said = [
        reach.format(count=options.window, hits=_number(hits)),
        *_sampled(counted),
        *_listed(options, View.COLLOCATES, least),
    ]
    return Table(
        " · ".join(said),
        tuple(one.word for one in found),
        tuple(_of_collocate(one, exact=counted.complete) for one in found),
        (
            Column(_("Word"), left=True, widest=_WIDEST_NAME),
            Column(_("logDice")),
            Column(_("together"), rank=1),
            Column(_("before"), rank=4),
            Column(_("behind"), rank=4),
            Column(_("in all"), rank=3),
            Column(_("log-likelihood"), rank=2),
        ),
        tuple(
            (
                one.word,
                f"{one.log_dice:.2f}",
                f"{one.together:,}",
                f"{one.before:,}",
                f"{one.after:,}",
                _estimate(one.own, exact=counted.complete),
                _tenths(one.likelihood),
            )
            for one in found
        ),
        empty=_("No word stands near a hit so often: m lists rarer ones")
        if hits
        else _("The filter has no words whose neighbours to count"),
    )


def keyness(counted: Sampled, options: Options) -> Table:
    """The table of the words that the filter's articles have more, or less, often than all others."""
    least = options.least or tally.usual_least(counted.here.hits)
    sign = -1 if options.lacking else 1
    keys: tuple[Callable[[KeyWord], float], ...] = (
        lambda one: -sign * one.likelihood,
        lambda one: -sign * one.log_ratio,
        lambda one: -(one.there if options.lacking else one.here),
    )
    order = options.order(View.KEYNESS)
    every = [one for one in tally.key_words(counted, options.kind, least) if sign * one.likelihood > 0]
    found = sorted(every, key=keys[order])[:SHOWN]
    what = _("Less frequent here than elsewhere") if options.lacking else _("More frequent here than elsewhere")
    return Table(
        " · ".join((what, *_sampled(counted), *_listed(options, View.KEYNESS, least))),
        tuple(one.word for one in found),
        tuple(map(_of_key_word, found)),
        (
            Column(_("Word"), left=True, widest=_WIDEST_NAME),
            Column(_("log-likelihood")),
            Column(_("log ratio"), rank=1),
            Column(_("here"), rank=2),
            Column(_("per million"), rank=3),
            Column(_("elsewhere"), rank=2),
            Column(_("per million"), rank=3),
        ),
        tuple(
            (
                one.word,
                _tenths(one.likelihood),
                f"{one.log_ratio:+.2f}",
                f"{one.here:,}",
                f"{one.here_per_million:,.0f}",
                f"{one.there:,}",
                f"{one.there_per_million:,.0f}",
            )
            for one in found
        ),
        empty=_("No word is so, as often") if counted.rest else _("There are no other articles to compare these with"),
    )


def bar(share: float, cells: int = _BAR) -> str:
    """A bar that fills this share of so many cells, to an eighth; what is not nothing has one at least."""
    eighths = max(round(8 * cells * share), 1) if share > 0 else 0
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


# Saying


def _dispersion(parts: Sequence[Part]) -> list[str]:
    if len(parts) < 2 or not any(part.found for part in parts):
        return []
    found = spread.dispersion(parts)
    return [_("{spread} (DP {value})").format(spread=_(spread.evenness(found)), value=f"{found:.2f}")]


def _of_part(part: Part) -> str:
    said = ngettext("{found} of {every} article", "{found} of {every} articles", part.every)
    relative = _("{value} per {unit}").format(value=f"{part.relative:,.1f}", unit=_number(UNIT))
    name = part.name or _("unknown")
    counts = said.format(found=_number(part.found), every=_number(part.every))
    return _("{name}: {counts}").format(name=name, counts=f"{counts} · {relative}")


def _of_collocate(one: Collocate, *, exact: bool) -> str:
    said = _("{word}: {together} of its {own} stand near a hit: {before} before it, {after} behind")
    own = _estimate(one.own, exact=exact)
    counts = {"together": _number(one.together), "before": _number(one.before), "after": _number(one.after)}
    return said.format(word=one.word, own=own, **counts)


def _of_key_word(one: KeyWord) -> str:
    times = 2 ** abs(one.log_ratio)
    said = (
        _("{word}: {times} times as often here")
        if one.log_ratio >= 0
        else _("{word}: {times} times as often elsewhere")
    )
    return said.format(word=one.word, times=f"{times:,.0f}" if times >= 10 else f"{times:.1f}")


def _sampled(counted: Sampled) -> list[str]:
    if counted.complete:
        return []
    if counted.here.texts == counted.found:
        said = _("beside a sample of {there} of the {rest} others")
    else:
        said = _("a sample: {here} of {found} articles, beside {there} of {rest} others")
    here, there = _number(counted.here.texts), _number(counted.there.texts)
    return [said.format(here=here, found=_number(counted.found), there=there, rest=_number(counted.rest))]


def _listed(options: Options, view: View, least: int) -> list[str]:
    often = ngettext("at least {count} time", "at least {count} times", least).format(count=least)
    return [_(KIND_NAMES[options.kind]), often, _(ORDERS[view][options.order(view)])]


def _number(value: int) -> str:
    return f"{value:,}"


def _tenths(value: float) -> str:
    """A number with one decimal; nought has no sign."""
    return f"{round(value, 1) + 0.0:,.1f}"


def _estimate(value: float, *, exact: bool) -> str:
    return f"{value:,.0f}" if exact else f"≈{value:,.0f}"
