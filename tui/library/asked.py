"""The queries asked before: one small file, that one may lose."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from tui.library.atomic import write_atomically

MOST = 100
LONGEST = 1_000  # characters of a query that is kept
_LARGEST = 4 * MOST * LONGEST  # bytes of a file that is read


def read(path: Path) -> tuple[str, ...]:
    """The queries kept in a file, the latest first; none where there is no such file, or it is damaged."""
    try:
        if path.stat().st_size > _LARGEST:
            return ()
        kept = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return ()
    if not isinstance(kept, list):
        return ()
    return _cut(one for one in kept if isinstance(one, str))


def remember(path: Path, query: str) -> tuple[str, ...]:
    """Put a query before those in the file, and give them all; not being able to write is not worth an error."""
    queries = _cut((query, *read(path)))
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(queries, indent=0).encode())
    return queries


def _cut(queries: Iterable[str]) -> tuple[str, ...]:
    """Each query once, those that are a line and not too long, and not too many."""
    lines = (query.strip() for query in queries)
    fitting = dict.fromkeys(line for line in lines if len(line) <= LONGEST and len(line.splitlines()) == 1)
    return tuple(islice(fitting, MOST))
