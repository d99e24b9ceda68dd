"""Untrusted text made safe to show: every code point that a terminal might obey becomes a visible mark, one for one."""

from __future__ import annotations

import json
import re
from typing import Any

_UNSAFE_RANGES = (
    "\x00-\x09\x0b-\x1f\x7f-\x9f"  # controls but the line feed
    "\xad\u034f\u061c\u115f\u1160\u180e\u3164\uffa0"  # soft hyphen, joiners, fillers, the Arabic letter mark
    "\u200b-\u200f"  # zero widths, left-to-right and right-to-left marks
    "\u2028-\u202e"  # line and paragraph separators, bidi embeddings and overrides
    "\u2060-\u206f"  # word joiner, invisible operators, bidi isolates
    "\ufeff\ufff9-\ufffb"  # byte order mark, interlinear annotation
    "\ud800-\udfff"  # lone surrogates: no terminal can be sent them
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f"  # musical formatting, tags
)
_UNSAFE = re.compile(f"[{_UNSAFE_RANGES}]")
_UNSAFE_LINE = re.compile(f"[\n{_UNSAFE_RANGES}]")
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # what a shell or a terminal may act on when pasted


def visible(text: str) -> str:
    """`text` with control, bidi and invisible characters replaced one for one; line feeds stay.

    The length is kept, so offsets hold. C0 becomes its picture (U+2400 block), DEL U+2421, everything else U+FFFD.
    Variation selectors stay with the character they belong to.
    """
    return _UNSAFE.sub(_mark, text) if _UNSAFE.search(text) else text


def visible_line(text: str) -> str:
    """Like `visible`, for text that must stay on one line: a line feed becomes its picture too."""
    return _UNSAFE_LINE.sub(_mark, text) if _UNSAFE_LINE.search(text) else text


def harmless(text: str) -> str:
    """`text` safe to paste: controls but line feed and tab are replaced as by `visible`, all else is as it stands.

    An escape sequence so can't end a bracketed paste, and no carriage return sends a line to a shell. Bidi and
    invisible characters stay: they are part of what is quoted, and nothing obeys them.
    """
    return _OBEYED.sub(_mark, text) if _OBEYED.search(text) else text


def json_text(value: Any) -> str:
    """`value` as JSON on one line, exact: the same characters are written as escapes."""
    return _UNSAFE.sub(lambda match: json.dumps(match[0])[1:-1], json.dumps(value, ensure_ascii=False))


def _mark(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"
