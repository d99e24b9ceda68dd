"""Makes tui/search/initials.txt, the table of tui/search/pinyin.py, anew: `python -m tests.search.initials_table`."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from textwrap import wrap

from opencc import OpenCC
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

import tui.search.pinyin

TABLE = Path(tui.search.pinyin.__file__).with_name("initials.txt")
_BEYOND = 0x10000  # no newspaper's font has the rare characters from there on


def initial(reading: str) -> str:
    """The first letter of a syllable, without its tone: z of zhòng."""
    return unicodedata.normalize("NFD", reading)[0]


def made() -> str:
    """The table's text."""
    letters = readings()
    members: dict[str, list[str]] = {}
    for code in sorted(pinyin_dict):
        if code < _BEYOND:
            members.setdefault(letters[chr(code)], []).append(chr(code))
    lines = [f"{group} {line}" for group in sorted(members) for line in wrap("".join(members[group]), 100)]
    return "\n".join(lines) + "\n"


def readings() -> dict[str, str]:
    """The initials of each character: of its first reading, then of those that some word of the dictionary has.

    The other readings are of names and old books: with them every search would find what nobody meant. The dictionary's
    words are in simplified characters: a traditional one has its simplified one's readings that it has too.
    """
    used: dict[str, set[str]] = {}
    for phrase, syllables in phrases_dict.items():
        if len(phrase) == len(syllables):
            for character, syllable in zip(phrase, syllables, strict=True):
                used.setdefault(character, set()).add(initial(syllable[0]))
    simplify = OpenCC("t2s").convert
    found: dict[str, str] = {}
    for code, known in pinyin_dict.items():
        character, own = chr(code), [initial(reading) for reading in known.split(",")]
        shared = used.get(simplify(character), set()) & set(own)
        others = {*used.get(character, ()), *shared} - {own[0]}
        found[character] = own[0] + "".join(sorted(others))
    return found


if __name__ == "__main__":
    TABLE.write_text(made(), "utf-8", newline="\n")
