"""JSON: everything an annotation has, exactly, an annotation a line.

The file is `{"format": "jianbao-annotations", "version": 1, "annotations": […], "tags": […]}`. Positions count code
points of the page's text, end exclusive. Characters that a terminal might obey are written as escapes, so the file can
be shown.
"""

from __future__ import annotations

from typing import Any

from tui.display import json_text
from tui.export.values import Export, ExportedAnnotation, in_order
from tui.model import Tag

VERSION = 1


def write(export: Export) -> bytes:
    """The file's content, UTF-8 with LF line ends."""
    annotations = [json_text(_annotation(each)) for each in in_order(export)]
    tags = [json_text(_tag(tag)) for tag in export.tags]
    head = f'{{"format": "jianbao-annotations", "version": {VERSION}'
    return f'{head}, "annotations": {_list(annotations)}, "tags": {_list(tags)}}}\n'.encode()


def _list(items: list[str]) -> str:
    return "[\n" + ",\n".join(items) + "\n]" if items else "[]"


def _annotation(each: ExportedAnnotation) -> dict[str, Any]:
    annotation = each.annotation
    return {
        "id": annotation.id,
        "page": annotation.page,
        "scope": annotation.scope.value,
        "spans": [[span.start, span.end] for span in annotation.spans],
        "exact": annotation.exact,
        "prefix": annotation.prefix,
        "suffix": annotation.suffix,
        "note": annotation.note,
        "tags": list(annotation.tags),
        "colour": annotation.colour,
        "author": annotation.author,
        "created": annotation.created,
        "modified": annotation.modified,
        "status": annotation.status.value,
        "article": {
            "title": each.title,
            "paper": each.paper,
            "date": each.date,
            "number": each.number,
            "section": each.section,
            "authors": list(each.authors),
            "start": each.article_start,
        },
    }


def _tag(tag: Tag) -> dict[str, str]:
    return {"name": tag.name, "colour": tag.colour, "description": tag.description}
