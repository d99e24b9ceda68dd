"""The sample pages that come with the program."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path

from tui.causes import in_words
from tui.errors import LibraryError
from tui.language import _


def sample_library(data_folder: Path) -> Path:
    """The user's own copy of the sample pages, made on the first call; notes are kept beside it like in any library.

    Raises:
        LibraryError: The copy can't be made.
    """
    target = data_folder / "sample"
    if target.is_dir():
        return target
    aside = data_folder / "sample.new"
    try:
        data_folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(aside, ignore_errors=True)
        with as_file(files("tui") / "sample") as packed:
            source = packed if packed.is_dir() else Path(__file__).parents[2] / "corpus"
            shutil.copytree(source, aside, ignore=shutil.ignore_patterns(".jianbao", "annotations.json"))
        aside.rename(target)
    except OSError as error:
        raise LibraryError(
            _("{file}: the sample can't be copied: {cause}").format(
                file=target, cause=in_words(error.strerror or str(error))
            )
        ) from error
    return target
