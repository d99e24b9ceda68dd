"""What can be undone, and done again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from tui.library.annotations import Change, Key, Kind, Record, key_of, now
from tui.model import Reading

_FIELDS = ("read", "starred", "place")


@dataclass(frozen=True, slots=True)
class Step:
    """A change that was made.

    Attributes:
        made: The change.
        inverse: What brings back all that was before it.
        run: What the change is one of many small steps of; steps of one run that follow each other are undone as one.
    """

    made: Change
    inverse: Change
    run: str = ""


@dataclass(slots=True)
class History:
    """The steps that can be undone, and those that can be done again; the last one first out."""

    back: list[Step] = field(default_factory=list)
    forward: list[Step] = field(default_factory=list)

    @property
    def last(self) -> Step | None:
        """The step that is undone next."""
        return self.back[-1] if self.back else None

    @property
    def next(self) -> Step | None:
        """The step that is done again next."""
        return self.forward[-1] if self.forward else None

    def made(self, step: Step) -> None:
        """Keep a change just made; what was undone before can't be done again."""
        self.forward.clear()
        if step.run and self.back and self.back[-1].run == step.run:
            step = replace(step, inverse=replace(self.back.pop().inverse, label=step.inverse.label))
        self.back.append(step)

    def forget(self, keys: Iterable[Key]) -> None:
        """Another program has changed these records since: what was done to them is not taken back."""
        others = frozenset(keys)
        self.back = [step for step in self.back if others.isdisjoint(_touched(step))]
        self.forward = [step for step in self.forward if others.isdisjoint(_touched(step))]

    def undone(self, step: Step) -> None:
        """The last step was undone, which was a change itself."""
        self.back.pop()
        self.forward.append(step)

    def redone(self, step: Step) -> None:
        """The last step undone was done again, which was a change itself."""
        self.forward.pop()
        self.back.append(step)


def _touched(step: Step) -> set[Key]:
    return {key for change in (step.made, step.inverse) for key in (*map(key_of, change.put), *change.remove)}


def taken_back(step: Step, present: Callable[[Reading], Reading | None]) -> Change:
    """The change that takes a step back and leaves alone what has been done with the same articles since.

    Of what is kept on an article, a step takes back only what it had changed: a star taken back does not bring back
    the place up to which the article had been read then.

    Args:
        step: What was done.
        present: What is kept now under the key of a reading, if anything.
    """
    after = {key_of(record): record for record in step.made.put if isinstance(record, Reading)}
    before = {key_of(record): record for record in step.inverse.put if isinstance(record, Reading)}
    put: list[Record] = [record for record in step.inverse.put if not isinstance(record, Reading)]
    remove = [key for key in step.inverse.remove if key.kind is not Kind.READING]
    for key in _reading_keys(step.inverse):
        known = after.get(key) or before[key]
        blank = Reading(known.page, known.start)
        wanted = _merged(before.get(key, blank), after.get(key, blank), present(known) or blank)
        if key in before or wanted != blank:
            put.append(wanted)
        else:
            remove.append(key)
    return replace(step.inverse, put=tuple(put), remove=tuple(remove))


def _reading_keys(inverse: Change) -> list[Key]:
    put = [key_of(record) for record in inverse.put]
    return [key for key in (*put, *inverse.remove) if key.kind is Kind.READING]


def _merged(before: Reading, after: Reading, present: Reading) -> Reading:
    """What is kept now, with what differs between `before` and `after` as it was before."""
    if present == after:
        return before
    values = {name: getattr(before, name) for name in _FIELDS if getattr(before, name) != getattr(after, name)}
    return replace(present, **values, modified=now())
