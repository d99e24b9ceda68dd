"""What can be undone, and done again."""

from __future__ import annotations

from dataclasses import dataclass, field

from tui.library.annotations import Change


@dataclass(slots=True)
class History:
    """The changes that lead back, and those that lead forward again; the last one first out."""

    back: list[Change] = field(default_factory=list)
    forward: list[Change] = field(default_factory=list)

    @property
    def last(self) -> Change | None:
        """The change that undoes the last one."""
        return self.back[-1] if self.back else None

    @property
    def next(self) -> Change | None:
        """The change that does the last one undone again."""
        return self.forward[-1] if self.forward else None

    def made(self, inverse: Change) -> None:
        """Keep the inverse of a change just made; what was undone before can't be done again."""
        self.back.append(inverse)
        self.forward.clear()

    def undone(self, inverse: Change) -> None:
        """The last change was undone; `inverse` does it again."""
        self.back.pop()
        self.forward.append(inverse)

    def redone(self, inverse: Change) -> None:
        """The last change undone was done again; `inverse` undoes it."""
        self.forward.pop()
        self.back.append(inverse)
