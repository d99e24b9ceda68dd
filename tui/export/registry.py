"""The formats that annotations can be exported in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tui.export import jsonfile, markdown, spreadsheet
from tui.export.values import Export, ExportedAnnotation

__all__ = ["FORMATS", "Export", "ExportedAnnotation", "Format"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of export.

    Attributes:
        name: What the user calls it.
        suffix: Of a file's name, with its dot.
        description: One line for a menu.
        write: From what is to be exported to a file's content.
    """

    name: str
    suffix: str
    description: str
    write: Callable[[Export], bytes]


_MARKDOWN = Format("markdown", ".md", "Markdown notes by article, for Obsidian and the like", markdown.write)

FORMATS: dict[str, Format] = {
    "csv": Format("csv", ".csv", "A table for spreadsheets, an annotation a row", spreadsheet.write),
    "json": Format("json", ".json", "Everything, with positions, for programs and for import", jsonfile.write),
    "markdown": _MARKDOWN,
    "md": _MARKDOWN,
}
"""By the names that the command line takes; `md` is short for `markdown`."""
