"""What an export is given: pure values, and the order in which every format writes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Protocol, Self

from tui.model import Annotation, Article, Imprint, Scope, Tag


class _Printed(Protocol):
    @property
    def imprint(self) -> Imprint: ...


class Source(Protocol):
    """An article and the page it is printed on."""

    @property
    def article(self) -> Article:
        """The article."""

    @property
    def page(self) -> _Printed:
        """Its page, of which the imprint is used."""


@dataclass(frozen=True, slots=True)
class ExportedAnnotation:
    """An annotation and what is known of its article. Empty strings stand for what is not known.

    Attributes:
        title: The article's headline.
        date: ISO 8601, `YYYY-MM-DD`.
        number: The page's number, as printed.
        authors: Names only.
        article_start: Where the article begins on its page, in code points; None for an annotation outside any article.
    """

    annotation: Annotation
    title: str = ""
    paper: str = ""
    date: str = ""
    number: str = ""
    section: str = ""
    authors: tuple[str, ...] = ()
    article_start: int | None = None

    @classmethod
    def of(cls, annotation: Annotation, source: Source | None) -> Self:
        """The annotation with what is known of `source`, the article it is on; None where there is none."""
        if source is None:
            return cls(annotation)
        article, imprint = source.article, source.page.imprint
        return cls(
            annotation,
            article.title,
            imprint.paper,
            imprint.date,
            imprint.number,
            imprint.section,
            article.authors,
            article.start,
        )


@dataclass(frozen=True, slots=True)
class Export:
    """All that an export writes.

    Attributes:
        annotations: In any order.
        tags: The codebook, and every other tag in use.
        library_name: The name of the library's folder.
        exported_at: When, with a time zone.
    """

    annotations: tuple[ExportedAnnotation, ...]
    tags: tuple[Tag, ...]
    library_name: str
    exported_at: datetime


def sections(export: Export) -> tuple[tuple[ExportedAnnotation, ...], ...]:
    """The annotations by article: pages by path, articles by where they begin, what is in none at the page's end.

    Within an article the annotations of the whole come first, then those of passages in text order.
    """
    ordered = sorted(export.annotations, key=lambda each: (_article(each), _place(each)))
    return tuple(tuple(members) for _, members in groupby(ordered, key=_article))


def in_order(export: Export) -> tuple[ExportedAnnotation, ...]:
    """The annotations of all `sections`, one after the other."""
    return tuple(each for section in sections(export) for each in section)


def _article(each: ExportedAnnotation) -> tuple[str, bool, int, str]:
    return each.annotation.page, each.article_start is None, each.article_start or 0, each.title


def _place(each: ExportedAnnotation) -> tuple[bool, int, int, str]:
    annotation = each.annotation
    return annotation.scope is not Scope.ARTICLE, annotation.spans[0].start, annotation.spans[-1].end, annotation.id
