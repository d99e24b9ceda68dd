"""Patterns compiled when they are first used: the program starts without waiting for what only parsing needs."""

from __future__ import annotations

import re
from typing import Any, cast


class _Regex:
    """Stands in for a pattern; each of its methods is looked up once, and then as near as the pattern's own."""

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, found)
        return found


def regex(source: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, but later."""
    return cast("re.Pattern[str]", _Regex(source, flags))
