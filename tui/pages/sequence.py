"""The likeliest sequence of places for a page's units (Viterbi), and how sure it is of each border.

A state is a unit's place, whether its article has a headline yet, and whether its last paragraph is open: cut in
mid-sentence. So a caption or a subhead may stand between the halves of a paragraph, and heads behind a text are looked
for only where it has none before.
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
_FOOT = frozenset(("foot_kicker", "foot_headline", "foot_subtitle"))
_STACKED = frozenset(("kicker", "headline", "subtitle", "subhead", "foot_headline", "foot_kicker", "foot_subtitle"))
_LEAD = roles.KINDS.index("T")
_BEHIND = 12.0  # a way this much behind the best one at some unit is given up
_HOPELESS = 8.0  # a kind this much behind the best can't be made good by its neighbours
_PLAIN, _SAME, _OTHER, _ANEW = 0, 1, 2, 3  # how an arc minds blank lines

_SIGNS: dict[str, tuple[tuple[int, float], ...]] = {
    sign: tuple((roles.KINDS.index(kind), weight) for kind, weight in weights.items() if weight)
    for sign, weights in roles.WEIGHTS.items()
}

_PRIOR = tuple(roles.PRIOR.get(kind, 0.0) for kind in roles.KINDS)

_Arc = tuple[int, int, float, int]  # target state, its place, weight, how it minds blank lines
_Reached = dict[int, tuple[float, int]]  # state to score, and the state before


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a unit stands.

    Attributes:
        place: A key of `roles.PLACES`.
        begins: Whether an article (or furniture) begins with it.
        margin: By how much the page as a whole is likelier so than with a border here, or none, the other way round; in
            logarithms of odds.
    """

    place: str
    begins: bool
    margin: float


def _state(place: str, headed: bool, open_: bool) -> int:
    return _INDEX[place] * 4 + headed * 2 + open_


def _targets(place: str, headed: bool, open_: bool, opens: bool) -> tuple[_Arc, ...]:
    """The arcs within an article from a state to a unit that, as text, would leave its paragraph open or not."""
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
        arcs.append((after, _INDEX[target], weight, minds))
    return tuple(arcs)


def _openings(opening: dict[str, float], opens: bool) -> tuple[_Arc, ...]:
    """The arcs that begin an article, from wherever."""
    return tuple(
        (_state(target, target == "headline", target == "lead" and opens), _INDEX[target], weight, _PLAIN)
        for target, weight in opening.items()
    )


_STATES = tuple((place, headed, open_) for place in _PLACES for headed in (False, True) for open_ in (False, True))
_ARCS = tuple(tuple(_targets(*state, opens) for state in _STATES) for opens in (False, True))
_OPENINGS = tuple(_openings(roles.OPENING, opens) for opens in (False, True))
_START = tuple(_openings(roles.OPENING_PAGE, opens) for opens in (False, True))
_LEAVING = tuple(
    roles.CLOSING[place] + (roles.CUT if open_ and place != "to" else 0.0) for place, _headed, open_ in _STATES
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
    hopeful = [score if score >= least else None for score in scores]
    hopeful[_LEAD] = scores[_LEAD]  # every page can be read somehow: an article can begin with any unit
    return [hopeful[kind] for kind in _KIND_OF]


def best(sights: list[Sight]) -> list[Placed]:
    """The likeliest place of every unit."""
    if not sights:
        return []
    own = [_place_scores(sight) for sight in sights]
    minding = [_minding(sight) for sight in sights]
    going: list[_Reached] = []
    starting: list[_Reached] = []
    now: dict[int, float] = {}
    for index, sight in enumerate(sights):
        scores, minds = own[index], minding[index]
        go: _Reached = {}
        arcs_of = _ARCS[sight.opens]
        leaving, leaver = (-math.inf, -1) if index else (0.0, -1)
        for origin, value in now.items():
            if value + _LEAVING[origin] > leaving:
                leaving, leaver = value + _LEAVING[origin], origin
            for target, place, weight, minded in arcs_of[origin]:
                score = scores[place]
                if score is not None:
                    total = value + weight + score + minds[minded]
                    if target not in go or total > go[target][0]:
                        go[target] = (total, origin)
        start: _Reached = {}
        for target, place, weight, _ in (_OPENINGS if index else _START)[sight.opens]:
            score = scores[place]
            if score is not None:
                start[target] = (leaving + weight + score + minds[_ANEW], leaver)
        going.append(go)
        starting.append(start)
        now = _beam(go, start)
    return _read_back(sights, own, minding, going, starting)


def _beam(go: _Reached, start: _Reached) -> dict[int, float]:
    """The states a unit can be in, without those too far behind to be caught up."""
    now = {state: score for state, (score, _) in go.items()}
    for state, (score, _) in start.items():
        if state not in now or score > now[state]:
            now[state] = score
    least = max(now.values()) - _BEHIND
    return {state: score for state, score in now.items() if score >= least}


def _minding(sight: Sight) -> tuple[float, float, float, float]:
    completes = roles.UNFINISHED if sight.completes else 0.0
    if sight.tight:
        return (0.0, roles.TIGHT_SAME + completes, roles.TIGHT_OTHER, roles.TIGHT_OPENING)
    loose = roles.PARTED_SAME if sight.parted else roles.LOOSE_SAME if sight.loose else 0.0
    return (0.0, loose + completes, 0.0, 0.0)


def _read_back(
    sights: list[Sight],
    own: list[list[float | None]],
    minding: list[tuple[float, float, float, float]],
    going: list[_Reached],
    starting: list[_Reached],
) -> list[Placed]:
    """From the last unit to the first: the best way on from each state, the state, and the margin of each border."""
    rest: dict[int, float] = {}
    state = -1
    found: list[Placed] = []
    for index in range(len(sights) - 1, -1, -1):
        go, start = going[index], starting[index]
        if index == len(sights) - 1:
            rest = {s: _LEAVING[s] + roles.END_OF_PAGE for s in (*go, *start)}
        else:
            rest = _rest((*go, *start), sights[index + 1], own[index + 1], minding[index + 1], rest)
        on = {s: score + rest[s] for s, (score, _) in go.items()}
        anew = {s: score + rest[s] for s, (score, _) in start.items()}
        if state < 0:
            state = max({*on, *anew}, key=lambda s: (max(on.get(s, -math.inf), anew.get(s, -math.inf)), -s))
        begins = anew.get(state, -math.inf) > on.get(state, -math.inf)
        margin = abs(max(on.values(), default=-math.inf) - max(anew.values(), default=-math.inf))
        found.append(Placed(_PLACES[state // 4], begins, margin))
        state = (start if begins else go)[state][1]
    found.reverse()
    return found


def _rest(
    here: tuple[int, ...],
    sight: Sight,
    scores: list[float | None],
    minds: tuple[float, float, float, float],
    rest: dict[int, float],
) -> dict[int, float]:
    """For each state the best score of all that follows it."""
    anew = -math.inf
    for target, place, weight, _ in _OPENINGS[sight.opens]:
        score = scores[place]
        if score is not None and target in rest:
            anew = max(anew, weight + score + minds[_ANEW] + rest[target])
    arcs_of = _ARCS[sight.opens]
    out = {}
    for state in here:
        value = _LEAVING[state] + anew
        for target, place, weight, minded in arcs_of[state]:
            score = scores[place]
            if score is not None and target in rest:
                value = max(value, weight + score + minds[minded] + rest[target])
        out[state] = value
    return out
