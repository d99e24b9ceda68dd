"""The likeliest sequence of places for a page's units (Viterbi), and how sure it is of each border.

A state is a unit's place, whether its article has a headline yet, and whether its last paragraph is open: cut in mid-sentence. So a
caption or a subhead may stand between the halves of a paragraph, and heads behind a text are looked for only where it has none before.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.pages import roles

if TYPE_CHECKING:
    from tui.pages.signs import Sight

_PLACES = tuple(roles.PLACES)
_INDEX = {place: index for index, place in enumerate(_PLACES)}
_KIND_OF = tuple(roles.KINDS.index(kind) for kind in roles.PLACES.values())
_TEXT = frozenset(("lead", "text", "rest"))
_HEADS = frozenset(("column", "kicker", "headline", "subtitle", "byline", "first_caption", "from"))
_FOOT = frozenset(("foot_kicker", "foot_headline", "foot_subtitle"))
_STACKED = frozenset(("kicker", "headline", "subtitle", "subhead", "foot_headline", "foot_kicker", "foot_subtitle"))
_HOPELESS = 12.0  # a kind this much behind the best can't be made good by its neighbours
_PLAIN, _SAME, _OTHER = 0, 1, 2  # how an arc minds blank lines

_SIGNS: dict[str, tuple[tuple[int, float], ...]] = {
    sign: tuple((roles.KINDS.index(kind), weight) for kind, weight in weights.items() if weight)
    for sign, weights in roles.WEIGHTS.items()
}

_PRIOR = tuple(roles.PRIOR.get(kind, 0.0) for kind in roles.KINDS)

_Arc = tuple[int, int, float, bool, int]  # target state, its place, weight, whether an article begins, how it minds blank lines


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a unit stands.

    Attributes:
        place: A key of `roles.PLACES`.
        begins: Whether an article (or furniture) begins with it.
        margin: By how much the page as a whole is likelier so than with this border the other way, in logarithms of odds.
    """

    place: str
    begins: bool
    margin: float


def _state(place: str, headed: bool, open_: bool) -> int:
    return _INDEX[place] * 4 + headed * 2 + open_


def _targets(place: str, headed: bool, open_: bool, opens: bool) -> list[_Arc]:
    """The arcs from a state to a unit that, as text, would leave its paragraph open or not."""
    arcs: list[_Arc] = []
    for target, base in roles.ARCS.get(place, {}).items():
        weight = base
        if target == "rest" and not open_:
            continue
        if target == "text" and open_:
            weight += roles.DROPPED
        if target in {"foot_kicker", "foot_headline"} and place not in _FOOT:
            if headed:
                continue
            weight += roles.FOOT_OF_HEADLESS
        if target == "lead" and not headed and place != "from":
            weight += roles.HEADLESS
        minds = _PLAIN
        if place in _STACKED and target in _STACKED:
            minds = _SAME if place == target else _OTHER
        after = _state(target, headed or target in {"headline", "foot_headline"}, opens if target in _TEXT else open_)
        arcs.append((after, _INDEX[target], weight, False, minds))
    leaving = roles.CLOSING[place] + (roles.CUT if open_ and place != "to" else 0)
    arcs += _openings(roles.OPENING, leaving, opens)
    return arcs


def _openings(opening: dict[str, float], leaving: float, opens: bool) -> list[_Arc]:
    return [
        (_state(target, target == "headline", target == "lead" and opens), _INDEX[target], leaving + weight, True, _PLAIN)
        for target, weight in opening.items()
    ]


_ARCS = tuple(
    tuple(
        _targets(place, headed, open_, opens) for place in _PLACES for headed in (False, True) for open_ in (False, True)
    )
    for opens in (False, True)
)
_START = tuple(_openings(roles.OPENING_PAGE, 0.0, opens) for opens in (False, True))
_LAST = tuple(
    roles.CLOSING[place] + (roles.CUT if open_ and place != "to" else 0) + roles.END_OF_PAGE
    for place in _PLACES
    for _headed in (False, True)
    for open_ in (False, True)
)


def kind_scores(signs: list[str]) -> list[float]:
    """What the signs of a unit speak for: a score a kind, in the order of `roles.KINDS`."""
    scores = [*_PRIOR]
    for sign in signs:
        for kind, weight in _SIGNS.get(sign, ()):
            scores[kind] += weight
    return scores


def _place_scores(sight: Sight) -> list[float | None]:
    scores = kind_scores(sight.signs)
    least = max(scores) - _HOPELESS
    return [
        scores[kind] if scores[kind] >= least or place == "lead" else None
        for place, kind in zip(_PLACES, _KIND_OF, strict=True)
    ]


def best(sights: list[Sight]) -> list[Placed]:
    """The likeliest place of every unit."""
    if not sights:
        return []
    own = [_place_scores(sight) for sight in sights]
    forward: list[dict[int, tuple[float, int]]] = []  # state to score and the state before, if no article begins
    opening: list[dict[int, tuple[float, int]]] = []  # the same, if one does
    now: dict[int, float] = {}
    for index, sight in enumerate(sights):
        minds = _minding(sight)
        going: dict[int, tuple[float, int]] = {}
        starting: dict[int, tuple[float, int]] = {}
        scores = own[index]
        origins = [(-1, 0.0, _START[sight.opens])] if index == 0 else [(s, v, _ARCS[sight.opens][s]) for s, v in now.items()]
        for origin, value, arcs in origins:
            for target, place, weight, begins, minding in arcs:
                score = scores[place]
                if score is None:
                    continue
                total = value + weight + score + minds[minding]
                into = starting if begins else going
                if target not in into or total > into[target][0]:
                    into[target] = (total, origin)
        forward.append(going)
        opening.append(starting)
        now = {state: score for state, (score, _) in going.items()}
        for state, (score, _) in starting.items():
            if state not in now or score > now[state]:
                now[state] = score
    return _read_back(sights, own, forward, opening)


def _minding(sight: Sight) -> tuple[float, float, float]:
    completes = roles.UNFINISHED if sight.completes else 0.0
    if sight.tight:
        return (0.0, roles.TIGHT_SAME + completes, roles.TIGHT_OTHER)
    return (0.0, (roles.LOOSE_SAME if sight.unit.first.gap else 0.0) + completes, 0.0)


def _read_back(
    sights: list[Sight],
    own: list[list[float | None]],
    forward: list[dict[int, tuple[float, int]]],
    opening: list[dict[int, tuple[float, int]]],
) -> list[Placed]:
    """From the last unit to the first: the best way on from each state, the best state, and the margin of each border."""
    count = len(sights)
    rest: dict[int, float] = {}
    state = -1
    found: list[Placed] = []
    for index in range(count - 1, -1, -1):
        here = {*forward[index], *opening[index]}
        if index == count - 1:
            rest = {s: _LAST[s] for s in here}
        else:
            rest = _rest(here, sights[index + 1], own[index + 1], rest)
        going = max((score + rest[s] for s, (score, _) in forward[index].items()), default=-math.inf)
        starting = max((score + rest[s] for s, (score, _) in opening[index].items()), default=-math.inf)
        if state < 0:
            state = max(
                here,
                key=lambda s: rest[s] + max(forward[index].get(s, (-math.inf, 0))[0], opening[index].get(s, (-math.inf, 0))[0]),
            )
        go, start = forward[index].get(state, (-math.inf, -1)), opening[index].get(state, (-math.inf, -1))
        begins = start[0] > go[0]
        margin = abs(going - starting)
        found.append(Placed(_PLACES[state // 4], begins, margin))
        state = (start if begins else go)[1]
    found.reverse()
    return found


def _rest(here: set[int], sight: Sight, scores: list[float | None], rest: dict[int, float]) -> dict[int, float]:
    """For each state the best score of all that follows it."""
    minds = _minding(sight)
    arcs_of = _ARCS[sight.opens]
    out = {}
    for state in here:
        value = -math.inf
        for target, place, weight, _begins, minding in arcs_of[state]:
            score = scores[place]
            if score is None or target not in rest:
                continue
            total = weight + score + minds[minding] + rest[target]
            if total > value:
                value = total
        out[state] = value
    return out
