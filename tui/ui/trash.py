"""What was deleted: a list of it, and the changes that bring it back or let it go. Nothing here is Textual's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tui.language import _, ngettext
from tui.library.annotations import Annotations, Change, key_of, new_id
from tui.library.catalog import Catalog
from tui.library.library import Library
from tui.model import Annotation, Trashed
from tui.search.annotated import fits
from tui.search.phrases import plain
from tui.ui import marking

_QUOTE = 40  # characters of a quote in a line of the list,
_SHORT_QUOTE = 14  # of one that is not all there is,
_NOTE = 24  # and of a note
_BREAK = re.compile(r"\s*\n\s*")
_WHITE = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class Item:
    """An annotation in the trash.

    Attributes:
        trashed: It, and when it was deleted.
        article: The title, or the first words, of the article there now, or else the page's path; unsafe to show.
    """

    trashed: Trashed
    article: str

    @property
    def annotation(self) -> Annotation:
        """It, as it was."""
        return self.trashed.annotation


def items(library: Library) -> tuple[Item, ...]:
    """All that is in the trash, the last that was deleted first."""
    with library.catalog() as catalog:
        return tuple(Item(one, article_of(catalog, one.annotation)) for one in library.annotations.trash())


def article_of(catalog: Catalog, annotation: Annotation) -> str:
    """The article at an annotation's place, or else its page's path; unsafe to show."""
    found = catalog.article_at(annotation.page, annotation.spans[0].start)
    rows = catalog.rows([found]) if found is not None else []
    return (rows[0].title or rows[0].lead) if rows else annotation.page


def narrowed(found: Sequence[Item], typed: str) -> tuple[Item, ...]:
    """What fits the words that are typed, as in the annotation panel."""
    query = plain(typed)
    return tuple(item for item in found if fits(query, item.annotation))


def flat(text: str) -> str:
    """Text on one line: a line break between Chinese characters is the typesetter's and goes, others are a space."""

    def closed(match: re.Match[str]) -> str:
        before, after = text[: match.start()][-1:], text[match.end() :][:1]
        return " " if before.isascii() and after.isascii() and before and after else ""

    return _WHITE.sub(" ", _BREAK.sub(closed, text))


def summary(annotation: Annotation) -> str:
    """An annotation in a line: the quote, the note's first words, the tags; unsafe to show."""
    quoted = replace(annotation, exact=flat(annotation.exact))
    note = " ".join(annotation.note.split())
    note = note if len(note) <= _NOTE else note[: _NOTE - 1] + "…"
    tags = " ".join(f"#{tag}" for tag in annotation.tags)
    said = marking.subject(quoted, _SHORT_QUOTE if note or tags else _QUOTE)
    return "  ".join(part for part in (said, note, tags) if part)


def day(time: str) -> str:
    """The day of a record's time where the user is; unsafe to show."""
    try:
        return datetime.fromisoformat(time).astimezone().date().isoformat()
    except (ValueError, OverflowError):
        return time[:10]


def restored(trashed: Trashed, store: Annotations) -> Change:
    """The change that brings an annotation back to where it was; under a new id where another has its own by now."""
    annotation = trashed.annotation
    if store.get(annotation.id) is not None:
        annotation = replace(annotation, id=new_id())
    label = _("return of {thing} from the trash").format(thing=marking.thing(annotation))
    return Change(label, put=(annotation,), remove=(key_of(trashed),))


def erased(trashed: Trashed) -> Change:
    """The change that takes one annotation out of the trash for good."""
    label = _("deletion of {thing} for good").format(thing=marking.thing(trashed.annotation))
    return Change(label, remove=(key_of(trashed),))


def emptied(found: Iterable[Trashed]) -> Change:
    """The change that takes all of `found` out of the trash."""
    keys = tuple(map(key_of, found))
    label = ngettext("deletion of {count} annotation for good", "deletion of {count} annotations for good", len(keys))
    return Change(label.format(count=len(keys)), remove=keys)
