"""Text that attacks a terminal, a markup parser or a reader's eyes, for tests of every place where text is shown."""

from __future__ import annotations

# Each is written as it would stand in a file. None of their bytes may reach a terminal from there.
ESCAPES = {
    "clipboard": "\x1b]52;c;cm0gLXJmIC8=\x07",
    "window title": "\x1b]0;owned\x07",
    "status request": '\x1bP$q"p\x1b\\',
    "cursor report": "\x1b[6n",
    "colour": "\x1b[31m",
    "one-byte introducer": "\x9b31m",
    "bell": "\x07",
    "nul": "\x00",
    "delete": "\x7f",
    "backspace": "\x08",
}
BIDI = "\u202e\u202d\u2066\u2069\u200e\u200f\u061c\u200b\u2060\ufeff\U000e0041\u2028"
MARKUP = ("[@click=app.quit]x[/]", "[/", "[/red]", "[link=file:///x]y", "[bold", "\\[", "$primary", "[[")

# What must not be found among the bytes that a terminal is sent.
FORBIDDEN = (
    b"\x1b]52",
    b"\x1b]0;owned",
    b"\x1bP$q",
    b"\x1b[6n",
    "\x9b31m".encode(),
    b"\x07",
    b"\x00",
    b"\x7f",
    *(character.encode() for character in BIDI),
)
PAYLOAD = "".join(ESCAPES.values()) + BIDI
