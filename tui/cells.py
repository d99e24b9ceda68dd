"""How many terminal cells a text takes, code point by code point.

Rich is the source, since it measures and cuts what Textual paints: a text's widths add up to its `rich.cells.cell_len`.
What Rich is told of the marks of "ambiguous" East Asian width (“ ” … — · ①), `tui.ui.ambiguous` says.
"""

from __future__ import annotations

from unicodedata import category

from rich import cells

_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"
_FLAGS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
_SKIN_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))


class _Widths(dict[str, int]):
    """Cells by character, filled as characters are met: a table look-up is all that a character met before costs."""

    def __missing__(self, character: str) -> int:
        self[character] = found = cells.get_character_cell_size(character)
        return found


_WIDTHS = _Widths()


def forget() -> None:
    """Measure every character anew: Rich counts otherwise now."""
    _WIDTHS.clear()


def widths(text: str) -> list[int]:
    """The cells of each code point of `text`: 0, 1 or 2.

    A character that a variation selector makes wide has its two cells on the base character, so that what belongs to a
    character before it never has cells of its own.

    Args:
        text: Any text; control characters have no cells.
    """
    found = list(map(_WIDTHS.__getitem__, text))
    if _JOINER in text or _EMOJI_STYLE in text:
        _join(text, found)
    return found


def width(text: str) -> int:
    """The cells of `text` on one line: the sum of `widths`."""
    return sum(widths(text))


def continues(text: str, offset: int) -> bool:
    """Whether the code point at `offset` continues what stands before it: combining mark, joined emoji, half a flag."""
    character = text[offset]
    if offset == 0 or "\n" in text[offset - 1 : offset + 1]:
        return False
    if text[offset - 1] == _JOINER:
        return True
    if character < "\u0300":
        return False
    if character in _FLAGS:
        first = offset
        while first > 0 and text[first - 1] in _FLAGS:
            first -= 1
        return (offset - first) % 2 == 1
    return character == _JOINER or character in _SKIN_TONES or category(character).startswith("M")


def _join(text: str, found: list[int]) -> None:
    """Count joiners and selectors as Rich does: what a joiner joins has no cells, a selector may widen its base."""
    base: int | None = None
    joined = False
    for index, character in enumerate(text):
        if joined:
            found[index] = 0
            joined = False
        elif character == _JOINER:
            joined = True
        elif character == _EMOJI_STYLE:
            if base is not None:
                found[base] = max(found[base], cells.cell_len(text[base] + _EMOJI_STYLE))
                base = None
        elif found[index]:
            base = index
