"""Marks of ambiguous width in two cells, for as long as a test wants them so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tui.ui.ambiguous import count_narrow, count_wide


@contextmanager
def counted_wide() -> Iterator[None]:
    """Rich, Textual and the program count two cells."""
    count_wide()
    try:
        yield
    finally:
        count_narrow()
