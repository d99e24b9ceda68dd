"""What may be meant by the last, unfinished part of a query, as a ghost behind the cursor of the filter box."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable

from textual.suggester import Suggester

from tui.model import COLOURS
from tui.search.fields import MARKS, NAMES
from tui.search.nodes import FieldName

_PART = re.compile(r"(?:^|(?<=[\s(（]))[-－]?(?:([^\W\d_]{1,12})[:：])?([^\s()（）:：]+|)\Z")
_SHORTEST = 2  # letters of a field's name
_PLAIN = re.compile(r"[^\s()（）:：\"“”「」『』]+")
_FIELDS = tuple(f"{name}:" for name in NAMES if name.isascii())


def field_of(text: str) -> FieldName | str | None:
    """The field whose value the last part of a query is; None where it is none's."""
    part = _PART.search(text)
    return NAMES.get(part[1].lower()) if part and part[1] else None


def completed(text: str, values: Iterable[str]) -> str | None:
    """A query with its last part completed: a field's name, or the first value that begins so; None where none does.

    Args:
        text: What has been typed.
        values: What the field of `field_of` may have.
    """
    part = _PART.search(text)
    if part is None:
        return None
    typed = part[2]
    if part[1] is None:
        values = _FIELDS if len(typed) >= _SHORTEST and typed.isascii() else ()
    found = next((one for one in values if one.startswith(typed) and len(one) > len(typed)), None)
    return text + found[len(typed) :] if found else None


class Suggesting(Suggester):
    """Completes fields, `is:`, colours and tags."""

    def __init__(self, tags: Callable[[], dict[str, int]]) -> None:
        """Make a suggester.

        Args:
            tags: Gives the tags and how often they are used; it is asked in a thread.
        """
        super().__init__(use_cache=False, case_sensitive=True)
        self._tags = tags

    async def get_suggestion(self, value: str) -> str | None:
        values: Iterable[str] = ()
        match field_of(value):
            case FieldName.TAG:
                counts = await asyncio.to_thread(self._tags)
                values = sorted(filter(_PLAIN.fullmatch, counts), key=lambda tag: (-counts[tag], tag))
            case FieldName.IS:
                values = MARKS
            case FieldName.COLOUR:
                values = COLOURS
        return completed(value, values)
