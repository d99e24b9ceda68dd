"""Untrusted text made safe to show: every code point that a terminal might obey becomes a visible mark, one for one."""

from __future__ import annotations

import json
import re
from typing import Any

_C0 = {code: 0x2400 + code for code in range(0x20) if code != 0x0A}
_C1 = dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_INVISIBLE = dict.fromkeys(
    (
        0x00AD,  # soft hyphen
        0x061C,  # Arabic letter mark
        *range(0x200B, 0x2010),  # zero widths, left-to-right and right-to-left marks
        *range(0x2028, 0x202F),  # line and paragraph separators, bidi embeddings and overrides
        *range(0x2060, 0x2070),  # word joiner, invisible operators, bidi isolates
        0xFEFF,
        *range(0xFFF9, 0xFFFC),
        *range(0xD800, 0xE000),  # lone surrogates: no terminal can be sent them
        *range(0xE0000, 0xE0080),  # tags
    ),
    0xFFFD,
)
_MARKS = {**_C0, 0x7F: 0x2421, **_C1, **_INVISIBLE}
_UNSAFE = re.compile("[" + "".join(re.escape(chr(code)) for code in _MARKS) + "]")
_UNSAFE_LINE = re.compile("[\n" + "".join(re.escape(chr(code)) for code in _MARKS) + "]")


def visible(text: str) -> str:
    """`text` with control, bidi and invisible characters replaced one for one; line feeds stay.

    The length is kept, so offsets hold. C0 becomes its picture (U+2400 block), DEL U+2421, everything else U+FFFD.
    Variation selectors stay with the character they belong to.
    """
    return _UNSAFE.sub(_mark, text) if _UNSAFE.search(text) else text


def visible_line(text: str) -> str:
    """Like `visible`, for text that must stay on one line: a line feed becomes its picture too."""
    return _UNSAFE_LINE.sub(_mark, text) if _UNSAFE_LINE.search(text) else text


def json_text(value: Any) -> str:
    """`value` as JSON on one line, exact: the same characters are written as escapes."""
    return _UNSAFE.sub(lambda match: json.dumps(match[0])[1:-1], json.dumps(value, ensure_ascii=False))


def _mark(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(_MARKS.get(code, 0x2400 + code))
