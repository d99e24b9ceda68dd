"""Regular expressions over folded text: made to fit it, and never allowed to take long."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tui.errors import QueryError
from tui.language import _

if TYPE_CHECKING:
    from regex import Pattern

LONGEST = 200
"""Characters of a pattern."""


@lru_cache(maxsize=64)
def compiled(pattern: str) -> Pattern[str]:
    """What finds `pattern`, as it was typed, in texts that are `searchable`.

    Raises:
        QueryError: It is no regular expression, or too long.
    """
    import regex

    if len(pattern) > LONGEST:
        raise QueryError(_("A regular expression has at most {count} characters").format(count=LONGEST))
    try:
        return regex.compile(pattern)
    except regex.error as error:
        raise QueryError(_("Not a regular expression: {cause}").format(cause=error)) from error
