"""CSV for spreadsheets: UTF-8 with a byte order mark, CRLF, an annotation a row.

| column | content |
|---|---|
| id | the annotation's id |
| page | the page's path within the library |
| paper, date, number, section | where and when it was printed; the date is YYYY-MM-DD |
| title | the article's headline |
| authors | one a line |
| scope | span or article |
| exact | the quoted text |
| note | any text, which may have line feeds |
| tags | one a line |
| colour, author, created, modified, status | as kept; times are UTC |
| spans | start-end;start-end…, code points of the page's text, end exclusive |
| prefix, suffix | the page's text around the quote |

A text that a spreadsheet would take for a formula gets a `'` before it (OWASP, "CSV Injection"), and so does one that
already looks like that, so taking one `'` off whatever `GUARDED` matches gives the text back. Characters that a
terminal might obey are replaced by visible marks, except tabs; CRLF within a text becomes LF.
"""

from __future__ import annotations

import csv
import io
import re

from tui.display import visible
from tui.export.values import Export, ExportedAnnotation, in_order

_DANGER = "'*[=+\\-@\t\n＝＋－＠␍␀]"  # the last two are what CR and NUL have become
_FORMULA = re.compile(_DANGER)
GUARDED = re.compile("'" + _DANGER)
"""Matches at the head of a cell whose first character, a `'`, is not part of the text."""

COLUMNS = (
    *("id", "page", "paper", "date", "number", "section", "title", "authors", "scope", "exact", "note", "tags"),
    *("colour", "author", "created", "modified", "status", "spans", "prefix", "suffix"),
)


def write(export: Export) -> bytes:
    """The file's content."""
    file = io.StringIO(newline="")
    rows = csv.writer(file, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerows([guarded(text) for text in _texts(each)] for each in in_order(export))
    return file.getvalue().encode("utf-8-sig")


def _texts(each: ExportedAnnotation) -> tuple[str, ...]:
    annotation = each.annotation
    return (
        annotation.id,
        annotation.page,
        each.paper,
        each.date,
        each.number,
        each.section,
        each.title,
        "\n".join(each.authors),
        annotation.scope.value,
        annotation.exact,
        annotation.note,
        "\n".join(annotation.tags),
        annotation.colour,
        annotation.author,
        annotation.created,
        annotation.modified,
        annotation.status.value,
        ";".join(f"{span.start}-{span.end}" for span in annotation.spans),
        annotation.prefix,
        annotation.suffix,
    )


def guarded(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula, and no terminal for a command."""
    shown = "\t".join(visible(part) for part in text.replace("\r\n", "\n").split("\t"))
    return "'" + shown if _FORMULA.match(shown) else shown
