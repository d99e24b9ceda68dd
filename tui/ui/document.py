"""An article as the screen holds it: its text in reading order, safe to show, with its sentences and words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tui import units
from tui.display import visible, visible_line
from tui.language import _
from tui.library.catalog import StoredArticle
from tui.library.continued import plain_number
from tui.model import Annotation, Span
from tui.reading import ReadingText, reading_text
from tui.search.keywords import as_written
from tui.ui.printed import known_source
from tui.units import Range


@dataclass(frozen=True, slots=True)
class Document:
    """An article ready to be set and read.

    Attributes:
        stored: The article with its page.
        reading: Its text in reading order.
        text: The same text, safe to show; offsets are the same.
        paragraphs: Ranges of the text, one a paragraph.
        sentences: Ranges of the text, one a sentence.
        words: Ranges of the text, one a word; empty until the segmenter is there.
        keywords: What it is about, the weightiest first, in its own characters and safe to show; empty until known.
    """

    stored: StoredArticle
    reading: ReadingText
    text: str
    paragraphs: tuple[Range, ...]
    sentences: tuple[Range, ...]
    words: tuple[Range, ...] = ()
    keywords: tuple[str, ...] = ()

    @property
    def id(self) -> int:
        """The article's id in the catalog."""
        return self.stored.row.id

    @property
    def title(self) -> str:
        """The headline, or the first words of an article without one; safe to show."""
        return visible_line(self.stored.row.title or self.stored.row.lead)

    @property
    def source(self) -> str:
        """Paper, date and page, as far as they are known, else the page's path, and its jumps; safe to show."""
        row = self.stored.row
        parts = [*known_source(row.paper, row.date, row.number, row.page)]
        if row.continued_from:
            parts.append(_("continued from page {number}").format(number=plain_number(row.continued_from)))
        if row.continued_on:
            parts.append(_("continued on page {number}").format(number=plain_number(row.continued_on)))
        return visible_line(" · ".join(parts))

    def to_page(self, start: int, end: int) -> tuple[Span, ...]:
        """The page spans of the text's range `[start, end)`, in page order."""
        return tuple(sorted(self.reading.to_page(start, end)))

    def ranges_of(self, annotation: Annotation) -> tuple[Range, ...]:
        """Where the text shows an annotation's passage."""
        return self.reading.from_page(annotation.spans)

    def word_starts(self, start: int, end: int) -> tuple[int, ...] | None:
        """Where words begin in the text's range, counted from its start; None while words are not known."""
        if not self.words:
            return None
        first, last = bisect_left(self.words, (start, 0)), bisect_left(self.words, (end, 0))
        return tuple(word[0] - start for word in self.words[first:last])


def with_keywords(document: Document, keywords: Iterable[str]) -> Document:
    """The document with its keywords, which the catalog has in simplified characters."""
    return replace(document, keywords=tuple(map(visible_line, as_written(keywords, document.reading.text))))


def open_document(stored: StoredArticle, words: tuple[Range, ...] = ()) -> Document:
    """The document of an article."""
    reading = reading_text(stored.article, stored.page.text)
    text = visible(reading.text)
    return Document(stored, reading, text, units.paragraphs(text), units.sentences(text), words)
