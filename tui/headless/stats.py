"""The command `stats`: what the statistics screen shows, as tables, JSON lines or CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from tui.display import visible_line
from tui.errors import DONE, FOUND_WANTING, UsageError
from tui.export.tables import Column, aligned, comma_separated, json_lines
from tui.headless.common import asked_for, opened, say, updated
from tui.library import spread
from tui.library.census import Share, census
from tui.library.spread import UNIT, Grain, Part
from tui.library.statistics import count_words, others, sample_size
from tui.search import tally
from tui.search.query import And, positive_terms

if TYPE_CHECKING:
    from tui.library.catalog import Catalog
    from tui.search.query import Query
    from tui.search.tally import Sampled

VIEWS = ("time", "papers", "collocates", "keyness")
GRAINS = {grain.name.lower(): grain for grain in Grain}
LIMIT = 100
_HEAD = 40  # cells of a name
_GAP = 2  # rows of nothing that a table shows

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to print.

    Attributes:
        views: Of `VIEWS`.
        grain: The length of a period; by default what the dates suggest.
        window: Words on either side of a hit.
        form: `table`, `jsonl` or `csv`.
        limit: Words of a view at most.
    """

    views: tuple[str, ...]
    grain: Grain | None
    window: int
    form: str
    limit: int


def stats(folder: Path, text: str, wanted: Wanted) -> int:
    """Print the statistics of what a query finds.

    Raises:
        UsageError: The query does not fit what is wanted of it.
    """
    query = asked_for(text)
    everything = query == And()
    views = wanted.views
    if wanted.form == "csv" and len(views) > 1:
        raise UsageError(f"CSV has the columns of one view: --view {'|'.join(VIEWS)}")
    if everything and len(views) > 1:
        views = ("time", "papers")
    if everything and {"collocates", "keyness"} & set(views):
        raise UsageError("collocates and key words are those of a query: none was given")
    with opened(folder) as (library, catalog):
        updated(library, catalog)
        found = library.found(catalog, query)
        if not found:
            say("0 articles")
            return FOUND_WANTING
        makers = _makers(catalog, query, None if everything else found, wanted)
        lines = [line for view in views for line in _printed(view, *makers[view](), form=wanted.form)]
        print("\n".join(lines))
        return DONE


def _makers(
    catalog: Catalog, query: Query, found: Sequence[int] | None, wanted: Wanted
) -> dict[str, Callable[[], tuple[str, list[Row]]]]:
    """For each view what makes its heading and its rows; both views of words from one count."""
    counted: list[Sampled] = []

    def words() -> Sampled:
        if not counted:
            ids = found or ()
            rest = others(catalog.ids(), ids)
            counted[:] = list(count_words(catalog, query, ids, rest, size=sample_size()))[-1:]
        return counted[0]

    shares = catalog.ask(census, found)
    return {
        "time": lambda: _time(shares, wanted.grain or spread.usual_grain(shares)),
        "papers": lambda: _papers(spread.by_paper(shares)),
        "collocates": lambda: _collocates(query, words(), wanted),
        "keyness": lambda: _key_words(words(), wanted),
    }


def _time(shares: Sequence[Share], grain: Grain) -> tuple[str, list[Row]]:
    parts = spread.over_time(shares, grain)
    heading = f"Articles by {grain.name.lower()}{_dispersion(parts)}"
    missing = spread.undated(shares)
    return heading + (f"; {missing} without a date" if missing else ""), list(_parts("period", parts))


def _papers(parts: Sequence[Part]) -> tuple[str, list[Row]]:
    return f"Articles by paper{_dispersion(parts)}", list(_parts("paper", parts))


def _dispersion(parts: Sequence[Part]) -> str:
    found = spread.dispersion(parts)
    return f"; {spread.evenness(found)}: DP {found:.2f} of 1" if len(parts) > 1 else ""


def _parts(kind: str, parts: Iterable[Part]) -> Iterator[Row]:
    for part in parts:
        yield {
            kind: part.name,
            "articles": part.found,
            "library": part.every,
            f"per_{UNIT}": round(part.relative, 2),
        }


def _collocates(query: Query, counted: Sampled, wanted: Wanted) -> tuple[str, list[Row]]:
    if not any(positive_terms(query)):
        raise UsageError("collocates are those of a word: the query has none")
    found = tally.collocates(counted, wanted.window, least=tally.usual_least(counted.here.hits))
    heading = f"Collocates within {wanted.window} words of {counted.here.hits} hits{sampled(counted)}"
    return heading, [
        {
            "word": one.word,
            "log_dice": round(one.log_dice, 2),
            "together": one.together,
            "before": one.before,
            "after": one.after,
            "own": round(one.own) if counted.complete else round(one.own, 1),
            "log_likelihood": round(one.likelihood, 2),
        }
        for one in found[: wanted.limit]
    ]


def _key_words(counted: Sampled, wanted: Wanted) -> tuple[str, list[Row]]:
    found = tally.key_words(counted, least=tally.usual_least(counted.here.hits))
    more = [one for one in found if one.likelihood > 0][: wanted.limit]
    less = [one for one in found if one.likelihood < 0][-wanted.limit :]
    return f"Key words against the rest of the library{sampled(counted)}", [
        {
            "word": one.word,
            "log_likelihood": round(one.likelihood, 2),
            "log_ratio": round(one.log_ratio, 2),
            "here": one.here,
            "here_per_million": round(one.here_per_million, 1),
            "rest": one.there,
            "rest_per_million": round(one.there_per_million, 1),
        }
        for one in (*more, *less)
    ]


def sampled(counted: Sampled) -> str:
    """What was counted, where that is not all."""
    if counted.complete:
        return ""
    here = f"{counted.here.texts} of {counted.found} articles"
    return f"; a sample: {here}, and {counted.there.texts} of the {counted.rest} others"


def _printed(view: str, heading: str, rows: list[Row], *, form: str) -> Iterator[str]:
    if form == "jsonl":
        yield from json_lines([{"view": view, **row} for row in rows])
    elif form == "csv":
        yield comma_separated(rows).removesuffix("\n")
    else:
        yield visible_line(heading)
        if rows:
            columns = [
                Column(name.replace("_", " "), left=isinstance(rows[0][name], str), widest=_HEAD) for name in rows[0]
            ]
            shown = _without_gaps(rows)
            yield from (
                "  " + line for line in aligned(columns, [[_text(cell) for cell in row.values()] for row in shown])
            )
        yield ""


def _without_gaps(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows for the eye: one of dots for each longer run of periods in which the library has nothing."""
    for empty, group in groupby(rows, key=lambda row: row.get("library") == 0):
        run = list(group)
        if empty and len(run) > _GAP:
            yield dict.fromkeys(run[0], "…")
        else:
            yield from run


def _text(cell: object) -> str:
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell) or "–"
