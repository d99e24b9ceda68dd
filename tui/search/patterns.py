r"""Regular expressions over folded text: made to fit it, and never allowed to take long.

An expression is looked for in each line of a text by itself, so that `^` and `$` are the ends of a paragraph and `\s`
reaches across none. Its literal characters are folded like the text (`[發展]` finds 发); its escapes stay (`\S` is not
`\s`), and so do the names of groups and properties. A full-width mark is no sign of the expression: `？` is a question
mark, not a choice.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from math import inf, prod
from time import perf_counter
from typing import TYPE_CHECKING

from tui.errors import QueryError
from tui.language import _
from tui.search.folding import searchable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regex import Pattern

LONGEST = 200
"""Characters of a pattern."""
MOST_REPEATS = 1000
"""Repetitions that a pattern may ask for at least, one within the other: each is compiled by itself."""
A_TEXT = 0.2
"""Seconds that an expression may take in one text."""
A_SEARCH = 10.0
"""Seconds that all expressions may take in a search that is `bounded`."""

_left = ContextVar("_left", default=inf)  # seconds that remain of a bounded search

_REPEATS = re.compile(r"\{([0-9]{1,9})[0-9]*,?[0-9]*\}")
_CODE = r"\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\U00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4}"
_CHARACTER = rf"(?:{_CODE}|\\[^a-zA-Z0-9]|[^\\])"
_KEPT = r"\\[pPN]\{[^}]*\}|\\[pP][A-Za-z]|\\[a-zA-Z0-9]"
_TOKEN = re.compile(
    rf"""(?P<set>\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*+\])
    | (?P<code>{_CODE})
    | (?P<kept>\\[gkL]<[^>]*>|\(\*\w+\)|\(\?(?:P?<\w+>|P[=>]\w+|&\w+|\(\w+\)|[a-zA-Z0-9+-]+[:)]|.)|{_KEPT})
    | (?P<one>{_CHARACTER}|\\)""",
    re.VERBOSE | re.DOTALL,
)
_MEMBER = re.compile(
    rf"""(?P<kept>\[:\^?\w+:\]|(?!{_CODE})(?:{_KEPT}))
    | (?P<one>{_CHARACTER})(?:-(?P<other>{_CHARACTER}))?""",
    re.VERBOSE | re.DOTALL,
)


@lru_cache(maxsize=64)
def compiled(pattern: str) -> Pattern[str]:
    """What finds `pattern`, as it was typed, in texts that are `searchable`.

    Raises:
        QueryError: It is no regular expression, or too long.
    """
    import regex

    if len(pattern) > LONGEST:
        raise QueryError(_("A regular expression has at most {count} characters").format(count=LONGEST))
    if prod(max(1, int(count)) for count in _REPEATS.findall(pattern)) > MOST_REPEATS:
        raise QueryError(_("The repetitions of this expression are too many"))
    try:
        return regex.compile(folded(pattern))
    except (regex.error, ValueError, OverflowError, RecursionError, MemoryError) as error:
        raise QueryError(_("Not a regular expression: {cause}").format(cause=getattr(error, "msg", error))) from error


@contextmanager
def bounded(seconds: float = A_SEARCH) -> Iterator[None]:
    """Around a whole search: its regular expressions may take this long, all together."""
    before = _left.set(seconds)
    try:
        yield
    finally:
        _left.reset(before)


def found(pattern: str, plain: str) -> bool:
    """Whether `pattern` is found in a text that is `searchable`.

    Raises:
        QueryError: It is no regular expression, or it takes too long.
    """
    return bool(_matches(pattern, plain, A_TEXT, only_one=True))


def places(pattern: str, plain: str, seconds: float = A_TEXT) -> list[tuple[int, int]]:
    """Where it is found, ascending, without the places of no length.

    Raises:
        QueryError: As `found`.
    """
    return [(start, end) for start, end in _matches(pattern, plain, seconds) if start < end]


def folded(pattern: str) -> str:
    """The pattern that says of folded text what `pattern` says of any."""
    return "".join(map(_folded, _TOKEN.finditer(pattern)))


def _matches(pattern: str, plain: str, seconds: float, *, only_one: bool = False) -> list[tuple[int, int]]:
    expression = compiled(pattern)
    left = _left.get()
    begun = perf_counter()
    matches: list[tuple[int, int]] = []
    start = 0
    try:
        for line in plain.split("\n"):
            rest = min(seconds, left) - (perf_counter() - begun)
            if rest <= 0:
                raise _too_slow(pattern)
            for match in expression.finditer(line, timeout=rest, concurrent=True):
                matches.append((start + match.start(), start + match.end()))
                if only_one:
                    return matches
            start += len(line) + 1
    except (TimeoutError, MemoryError, RecursionError):
        raise _too_slow(pattern) from None
    finally:
        if left < inf:
            _left.set(left - (perf_counter() - begun))
    return matches


def _too_slow(pattern: str) -> QueryError:
    return QueryError(_("/{pattern}/ takes too long").format(pattern=pattern))


def _folded(token: re.Match[str]) -> str:
    if token["set"]:
        inner = token["set"][1:-1]
        start = len(inner) - len(inner.removeprefix("^"))
        return "[" + inner[:start] + "".join(map(_member, _MEMBER.finditer(inner, start))) + "]"
    return token["kept"] or _spelt(token["code"] or token["one"])


def _member(token: re.Match[str]) -> str:
    """A member of a set. A range keeps its ends, since what lies between them need not lie between folded ones."""
    if token["kept"]:
        return token["kept"]
    if not token["other"]:
        return _spelt(token["one"]) or token["one"]
    first, last = _character(token["one"]), _character(token["other"])
    low, high = searchable(first), searchable(last)
    if low and high and low != first and ord(high) - ord(low) == ord(last) - ord(first):
        return f"{token[0]}{re.escape(low)}-{re.escape(high)}"  # [A-Z] is also [a-z]
    return token[0]


def _spelt(token: str) -> str:
    """A literal character of a pattern as folded text has it: not at all, where that is without it."""
    character = _character(token)
    plain = searchable(character)
    return token if plain == character else re.escape(plain)


def _character(token: str) -> str:
    if token[1:2] in ("x", "u", "U"):
        digits = token[2:]
        return chr(int(digits, 16))
    return token[1:] or token
