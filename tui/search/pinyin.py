"""Pinyin by its initials: zc finds 政策, nydc 能源大臣.

A character has the initials of all its common readings: 重 is z and c, 行 h and x. The table, initials.txt, is made
from pypinyin's once (`python -m tests.search.initials_table`): pypinyin takes 150 ms to load, the table 10.

To search many texts for many letters, write each text once as `coded`, and search it with `pattern`. What a database is
to search without Python is written as `spelt`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase

_TABLE = Path(__file__).with_name("initials.txt")
_FIRST_SIGN = 0xE000  # the private use area: characters that stand for several letters at once
_FULL_WIDTH = 0xFEE0  # from a letter to its full-width form
_TYPED = re.compile(r"(?=.*[a-z])[a-z0-9/]+")
_BETWEEN = "/?"  # the mark between the parts of a tag need not be typed
SPELT = 8
"""Letters that are found in a text that is `spelt`."""


def initials(text: str) -> tuple[str, ...]:
    """The letters that each character of `text` may begin with when it is read out: `("z", "c")` for 政策.

    Several for a character of several readings (`cz` for 重), a Latin letter itself in lower case, none for the rest.
    """
    return tuple(_letters().get(character, "") for character in text)


def matches_initials(typed: str, text: str) -> bool:
    """Whether the typed letters are the initials of characters of `text` that follow each other.

    Capitals count as small; a `/` in `text` may be passed over. Nothing but Latin letters, digits and `/` matches.
    """
    wanted = pattern(typed)
    return wanted is not None and wanted.search(coded(text)) is not None


def coded(text: str) -> str:
    """`text` with a sign for the initials of each character, for `pattern` to search; of the same length."""
    return text.lower() if text.isascii() else text.translate(_codes())


def spelt(text: str) -> bytes:
    """`text` by its initials, as ASCII: at most `SPELT` letters are the initials of characters of it if they occur.

    First stands all of it by the most common readings, then what is around each character of several readings by its
    other ones. Of eight characters at most two are read otherwise than commonly.
    """
    text = text.replace("/", "")
    common, other = _common(), _letters()
    letters = text.translate(common)
    parts = [letters]
    before: list[int] = []
    for found in _ambiguous().finditer(text):
        at = found.start()
        for second in other[text[at]][1:]:
            low, high = max(at - SPELT + 1, 0), at + SPELT
            parts.append(letters[low:at] + second + letters[at + 1 : high])
            for place in before:
                if place > at - SPELT:
                    end = place + SPELT
                    parts += (
                        letters[low:place] + first + letters[place + 1 : at] + second + letters[at + 1 : end]
                        for first in other[text[place]][1:]
                    )
        before = [place for place in (*before, at) if place > at - SPELT + 1]
    return "\n".join(parts).encode("ascii", "replace")


@lru_cache(maxsize=64)
def pattern(typed: str) -> re.Pattern[str] | None:
    """What finds the typed letters in texts that are `coded`; None where they are no initials."""
    typed = typed.lower()
    return re.compile(_BETWEEN.join(map(_class, typed))) if _TYPED.fullmatch(typed) else None


def _class(letter: str) -> str:
    return f"[{letter}{''.join(sign for letters, sign in _signs().items() if letter in letters)}]"


@cache
def _letters() -> dict[str, str]:
    """The initials of each character that has some."""
    found = {}
    for line in _TABLE.read_text("utf-8").splitlines():
        letters, characters = line.split(" ")
        found.update(dict.fromkeys(characters, letters))
    for small, capital in zip(ascii_lowercase, ascii_uppercase, strict=True):
        for letter in (small, capital):
            found[letter] = found[chr(ord(letter) + _FULL_WIDTH)] = small
    return found


@cache
def _common() -> dict[int, str]:
    """The most common initial of each character."""
    return {ord(character): letters[0] for character, letters in _letters().items()}


@cache
def _ambiguous() -> re.Pattern[str]:
    """A character of several readings."""
    return re.compile(f"[{''.join(character for character, letters in _letters().items() if len(letters) > 1)}]")


@cache
def _signs() -> dict[str, str]:
    """The sign of each choice of several letters."""
    choices = sorted({letters for letters in _letters().values() if len(letters) > 1})
    return {letters: chr(_FIRST_SIGN + number) for number, letters in enumerate(choices)}


@cache
def _codes() -> dict[int, str]:
    signs = _signs()
    unused = dict.fromkeys(map(ord, signs.values()), "\ufffd")  # what a text has there of its own means nothing
    return unused | {ord(character): signs.get(letters, letters) for character, letters in _letters().items()}
