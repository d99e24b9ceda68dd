"""A walk through the queries asked before, as the arrows up and down take it in the filter box."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Walk:
    """Where one is among the queries.

    Attributes:
        queries: Those asked before, the latest first.
        typed: What stood in the box when the walk began.
        place: Which query stands there now; -1 for what was typed.
    """

    queries: tuple[str, ...]
    typed: str
    place: int = -1

    @classmethod
    def begin(cls, queries: tuple[str, ...], typed: str) -> Walk:
        """A walk from what stands in the box, which is not met again."""
        return cls(tuple(query for query in queries if query != typed.strip()), typed)

    @property
    def text(self) -> str:
        """What is to stand in the box."""
        return self.queries[self.place] if self.place >= 0 else self.typed

    def earlier(self) -> Walk:
        """The query before this one; the first stays."""
        return replace(self, place=min(self.place + 1, len(self.queries) - 1))

    def later(self) -> Walk:
        """The query after this one, and at last what was typed."""
        return replace(self, place=max(self.place - 1, -1))
