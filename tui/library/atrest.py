"""Whether the file of annotations is as this program left it: what changes it at rest, a hand or decay, is said.

While the program runs, checksums in the journal tell. At its end the digest of the file is noted down beside the
catalog; the next start compares. After a crash there is no such note, but a journal.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

_LONGEST = 128  # bytes of a digest in hexadecimal digits, and more


def left(note: Path, digest: str) -> None:
    """Note down how the file was left; a note that can't be written is not missed."""
    with contextlib.suppress(OSError):
        note.write_text(digest, "ascii")


def altered(note: Path, digest: str) -> bool:
    """Whether the file is another than was left; False where nobody knows."""
    try:
        known = note.read_bytes()[:_LONGEST].decode("ascii", "replace")
    except OSError:
        return False
    return bool(known) and known != digest


def forget(note: Path) -> None:
    """From now on the file changes."""
    with contextlib.suppress(OSError):
        note.unlink(missing_ok=True)
