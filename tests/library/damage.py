"""Damage done to a file byte by byte, and what is read then: what was, that it can't be read, or something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from tinydb import TinyDB

from tui.errors import LibraryError
from tui.library.annotations import Annotations

Notes = dict[str, str]
Read = Callable[[Path], Notes | None]


def cuts(whole: bytes) -> Iterator[bytes]:
    """The file cut before each byte."""
    return (whole[:length] for length in range(len(whole)))


def flips(whole: bytes, mask: int) -> Iterator[bytes]:
    """The file with each byte changed."""
    return (whole[:at] + bytes([whole[at] ^ mask]) + whole[at + 1 :] for at in range(len(whole)))


def ours(path: Path) -> Notes | None:
    """What is there; None where that is refused."""
    try:
        return {annotation.id: annotation.note for annotation in Annotations(path).all()}
    except LibraryError:
        return None


def default(path: Path) -> Notes | None:
    """The same by TinyDB's default storage, to which any error counts as a refusal."""
    try:
        with TinyDB(path, encoding="utf-8") as plain:
            return {row["id"]: row["note"] for row in plain.table("annotations")}
    except Exception:  # noqa: BLE001  (it says so by whatever its parts raise)
        return None


def outcomes(read: Read, path: Path, file: Path, damaged: Iterable[bytes], states: Collection[Notes]) -> Counter[str]:
    """How often what is read is one of the states that were, refused, or wrong.

    Args:
        read: Reads the store.
        path: The store's path.
        file: The file that is damaged, and put right at the end.
        damaged: What it holds then.
        states: What may be read.
    """
    whole = file.read_bytes()
    found: Counter[str] = Counter()
    for data in damaged:
        file.write_bytes(data)
        notes = read(path)
        found["refused" if notes is None else "right" if notes in states else "wrong"] += 1
    file.write_bytes(whole)
    return found
