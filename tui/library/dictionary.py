"""The user's own words: lists beside the notes of a library and in the user's config folder.

A list that is damaged in one line is good in all others; a missing one says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.causes import in_words
from tui.language import _
from tui.search.listed import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

NAME = "words.dict"  # not .txt, which would be a page
_LARGEST = 4 * 1024 * 1024
_NAMED = 20  # mistakes of a file


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The words of some lists.

    Attributes:
        words: Each with jieba's tag for its kind.
        mistakes: What is wrong in the files, a line each, with the file's name and the line's number.
    """

    words: Mapping[str, str]
    mistakes: tuple[str, ...]


def read(folders: Iterable[Path]) -> Dictionary:
    """The words of the lists in these folders; of a word that stands in several, the last one's tag counts."""
    words: dict[str, str] = {}
    mistakes: list[str] = []
    for folder in dict.fromkeys(folders):
        path = folder / NAME
        try:
            with path.open("rb") as file:
                data = file.read(_LARGEST + 1)
        except FileNotFoundError:
            continue
        except OSError as error:
            mistakes.append(f"{path}: {in_words(error.strerror or str(error))}")
            continue
        if len(data) > _LARGEST:
            mistakes.append(_("{file}: larger than {size} MiB, and not read").format(file=path, size=_LARGEST >> 20))
            continue
        found, wrong = parse(data.decode("utf-8", "replace"))
        words.update(found)
        mistakes += [f"{path}:{number}: {_(cause)}" for number, cause in wrong[:_NAMED]]
    return Dictionary(words, tuple(mistakes))
