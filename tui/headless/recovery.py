"""The commands `restore` and `import`; `tui.recovery` does what they say."""

from __future__ import annotations

from pathlib import Path

from tui import recovery
from tui.settings import data_folder


def restore(folder: Path, name: str | None) -> int:
    """List the backups, or put one in place."""
    return recovery.restore(folder, data_folder(), name) if name else recovery.backups(folder, data_folder())


def take_in(folder: Path, file: Path) -> int:
    """Merge notes of elsewhere into a folder's; print counts."""
    return recovery.take_in(folder, data_folder(), file)
