"""How the Hypothesis client finds a quote, for comparison; written from its description (anchoring/match-quote).

The quote's exact copies, or else all places that differ from it least, by at most half of its length; each is scored
by quote 50, prefix 20, suffix 20 and nearness 2, and the best is taken, however little that is.
"""

from __future__ import annotations


def ends(needle: str, text: str, most: int) -> list[tuple[int, int]]:
    """Where the places end in `text` that differ least from `needle`, and by how much (Myers 1999, on bits)."""
    length = len(needle)
    full = (1 << length) - 1
    masks: dict[str, int] = {}
    for at, character in enumerate(needle):
        masks[character] = masks.get(character, 0) | 1 << at
    plus, minus, errors = full, 0, length
    found: list[tuple[int, int]] = [(0, length)] if length <= most else []
    least = min(most, length)
    for at, character in enumerate(text, 1):
        mask = masks.get(character, 0)
        vertical = mask | minus
        horizontal = (((mask & plus) + plus) ^ plus) | mask
        up, down = minus | ~(horizontal | plus) & full, plus & horizontal
        if up >> (length - 1) & 1:
            errors += 1
        if down >> (length - 1) & 1:
            errors -= 1
        up, down = up << 1 & full, down << 1 & full
        plus, minus = down | ~(vertical | up) & full, up & vertical
        if errors < least:
            found, least = [], errors
        if errors == least:
            found.append((at, errors))
    return found


def search(needle: str, text: str, most: int) -> list[tuple[int, int, int]]:
    """The places `(start, end, errors)` that differ least."""
    found = []
    for end, errors in ends(needle, text, most):
        before = text[max(end - len(needle) - errors, 0) : end]
        back = ends(needle[::-1], before[::-1], errors)
        found.append((end - (back[0][0] if back else len(before)), end, errors))
    return found


def match_quote(text: str, quote: str, prefix: str, suffix: str, hint: int) -> tuple[int, int] | None:
    """The range that the client takes, or None."""
    if not quote:
        return None
    at, copies = text.find(quote), []
    while at >= 0:
        copies.append((at, at + len(quote), 0))
        at = text.find(quote, at + 1)
    found = copies or search(quote, text, min(256, len(quote) // 2))
    if not found:
        return None

    def score(match: tuple[int, int, int]) -> float:
        start, end, errors = match
        ahead = _likeness(text[max(start - len(prefix), 0) : start], prefix)
        behind = _likeness(text[end : end + len(suffix)], suffix)
        near = 1 - abs(start - hint) / len(text)
        return (50 * (1 - errors / len(quote)) + 20 * ahead + 20 * behind + 2 * near) / 92

    start, end, _ = max(found, key=score)
    return start, end


def _likeness(text: str, wanted: str) -> float:
    if not wanted:
        return 1.0
    if not text:
        return 0.0
    return 1 - ends(wanted, text, len(wanted))[0][1] / len(wanted)
