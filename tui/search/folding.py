"""One spelling for text and query, character by character.

Folding keeps the length and looks at one character at a time, so an offset in the folded text is an offset in the
text, and a piece of a folded text is the folded piece. OpenCC's own `t2s` chooses some characters by their neighbours
(乾隆 but 干燥), which would break both: its conversion of single characters is read once into a table, which
`str.translate` applies at some 14 million characters a second.
"""

from __future__ import annotations

import unicodedata
from functools import cache

RULES = 1
"""Counts up when folding changes, so that an index made with the old rules is known to be old."""

_QUOTES = {
    **dict.fromkeys("“”„‟〝〞〟「」﹁﹂｢｣«»", '"'),
    **dict.fromkeys("‘’‚‛『』﹃﹄", "'"),
    **dict.fromkeys("・•‧∙⋅･", "·"),
}
_CASED = (range(0x80, 0x3000), range(0xA640, 0xAC00), range(0xFB00, 0xFB50), range(0x10400, 0x10500))
_HALF_AND_FULL = range(0xFF01, 0xFFEF)
_HAN = (range(0x3400, 0xA000), range(0xF900, 0xFB00))
_SPACES = "\t\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_INVISIBLE = (
    0x00AD,  # soft hyphen
    0x034F,  # combining grapheme joiner
    0x061C,  # Arabic letter mark
    *range(0x180B, 0x1810),  # Mongolian variation selectors and vowel separator
    *range(0x200B, 0x2010),  # zero widths, left-to-right and right-to-left marks
    *range(0x202A, 0x202F),  # bidi embeddings and overrides
    *range(0x2060, 0x2070),  # word joiner, invisible operators, bidi isolates
    *range(0xFE00, 0xFE10),  # variation selectors
    0xFEFF,
    *range(0xFFF9, 0xFFFC),  # interlinear annotation
    *range(0xE0000, 0xE0080),  # tags
    *range(0xE0100, 0xE01F0),  # variation selectors for Han
)
_DROPPED: dict[int, None] = dict.fromkeys(_INVISIBLE)


def fold(text: str) -> str:
    """`text` in simplified characters, half width, lower case, straight quotes, one kind of space; the length stays.

    `fold(a + b) == fold(a) + fold(b)` and `len(fold(a)) == len(a)` for all texts; line feeds and invisible characters
    stay as they are. The first call loads OpenCC (20 ms).
    """
    return text.lower() if text.isascii() and text.isprintable() else text.translate(_table())


def simplified(text: str) -> str:
    """`text` in simplified characters, else unchanged; of the same length."""
    return text if text.isascii() else text.translate(_simplified())


def searchable(text: str) -> str:
    """`text` folded and without its invisible characters: zero widths, bidi marks, variation selectors, tags.

    Its offsets are not those of `text`.
    """
    return fold(text) if text.isascii() else text.translate(_searchable())


def is_invisible(character: str) -> bool:
    """Whether a search looks through this character."""
    return ord(character) in _DROPPED


def invisible() -> str:
    """The characters that a search looks through, for a set of a regular expression."""
    return "".join(map(chr, _INVISIBLE))


def version() -> str:
    """Names the rules of folding: an index is only good for queries folded by the same ones."""
    import opencc

    return f"{RULES}.{opencc.__version__}"


@cache
def _searchable() -> dict[int, str | None]:
    return {**_table(), **_DROPPED}


@cache
def _simplified() -> dict[int, str]:
    from opencc import OpenCC

    characters = [chr(code) for block in _HAN for code in block]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {ord(old): new for old, new in zip(characters, converted, strict=True) if old != new and len(new) == 1}


@cache
def _table() -> dict[int, str]:
    single = {code: lower for code in range(ord("A"), ord("Z") + 1) for lower in [chr(code).lower()]}
    for block in _CASED:
        for code in block:
            lower = chr(code).lower()
            if len(lower) == 1 and ord(lower) != code:
                single[code] = lower
    single[ord("ς")] = "σ"  # what a final capital sigma becomes depends on its neighbours
    for code in _HALF_AND_FULL:
        plain = unicodedata.normalize("NFKC", chr(code)).lower()
        if len(plain) == 1 and ord(plain) != code:
            single[code] = plain
    single.update({ord(quote): plain for quote, plain in _QUOTES.items()})
    single.update(dict.fromkeys(map(ord, _SPACES), " "))
    single.update(_simplified())
    return {code: _end(single, new) for code, new in single.items() if _end(single, new) != chr(code)}


def _end(table: dict[int, str], character: str) -> str:
    """Where the chain of replacements from `character` ends: some simplified characters have a simpler one."""
    seen = {character}
    while (following := table.get(ord(character), character)) not in seen:
        seen.add(following)
        character = following
    return character
