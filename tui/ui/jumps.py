"""Where one has come from: the places that long moves have left, to go back to and forth again."""

from __future__ import annotations

from dataclasses import dataclass

_MOST = 100


@dataclass(frozen=True, slots=True)
class Place:
    """A position of a page, whatever article holds it by now."""

    page: str
    position: int


@dataclass(frozen=True, slots=True)
class Jumps:
    """The places behind, the last one last, and those ahead, the next one last; at most 100, no doubles in a row."""

    behind: tuple[Place, ...] = ()
    ahead: tuple[Place, ...] = ()

    def leave(self, here: Place) -> Jumps:
        """A long move begins at `here`: what was ahead is forgotten."""
        return Jumps(_with(self.behind, here)[-_MOST:])

    def last(self, here: Place) -> Place | None:
        """The place before the last jump; None where there is none but `here`."""
        return next((place for place in reversed(self.behind) if place != here), None)

    def back(self, here: Place) -> tuple[Jumps, Place | None]:
        """One place back from `here`; None where there is none."""
        behind = _without(self.behind, here)
        if not behind:
            return self, None
        return _cut(Jumps(behind[:-1], _with(self.ahead, here))), behind[-1]

    def forth(self, here: Place) -> tuple[Jumps, Place | None]:
        """One place forth from `here`; None where there is none."""
        ahead = _without(self.ahead, here)
        if not ahead:
            return self, None
        return _cut(Jumps(_with(self.behind, here), ahead[:-1])), ahead[-1]


def _with(places: tuple[Place, ...], here: Place) -> tuple[Place, ...]:
    return places if places[-1:] == (here,) else (*places, here)


def _without(places: tuple[Place, ...], here: Place) -> tuple[Place, ...]:
    return places[:-1] if places[-1:] == (here,) else places


def _cut(jumps: Jumps) -> Jumps:
    """The jumps without those furthest away, where they are too many."""
    over = max(len(jumps.behind) + len(jumps.ahead) - _MOST, 0)
    return Jumps(jumps.behind[over:], jumps.ahead[max(over - len(jumps.behind), 0) :])
