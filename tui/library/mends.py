"""A page with its mends: found again on its text, and made."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tui.library.anchors import find
from tui.library.rows import to_row
from tui.model import Imprint
from tui.pages.imprint import imprint
from tui.pages.mending import mended
from tui.pages.parse import Parsed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.model import Mend, Page


def mended_page(page: Page, mends: Sequence[Mend]) -> Page:
    """The page with its mends, or as it is where there are none.

    Args:
        page: As the parser has it.
        mends: In the order of making; those whose place is not on the page are passed over.
    """
    known = next((mend.imprint for mend in reversed(mends) if mend.imprint is not None), Imprint())
    placed = [found for mend in mends if mend.imprint is None and (found := find(mend, page.text)) is not None]
    if not placed:
        return replace(page, imprint=_over(page.imprint, known))
    parsed = mended(Parsed(page.articles, page.furniture), page.text, placed)
    where = page.imprint
    if parsed.furniture != page.furniture:
        path = PurePosixPath(page.path)
        if where == imprint(path, page.text, page.furniture):  # it was read off the page, and its folio line is another
            where = imprint(path, page.text, parsed.furniture)
    return replace(page, articles=parsed.articles, furniture=parsed.furniture, imprint=_over(where, known))


def _over(found: Imprint, known: Imprint) -> Imprint:
    """What was found out about a page, but for what the reader knows better."""
    return Imprint(
        known.paper or found.paper,
        known.date or found.date,
        known.number or found.number,
        known.section or found.section,
    )


def digest(mends: Sequence[Mend]) -> bytes:
    """What tells one page's mends from others; empty for none."""
    if not mends:
        return b""
    rows = [sorted(to_row(mend).items()) for mend in mends]
    return hashlib.blake2b(repr(rows).encode(), digest_size=16).digest()
