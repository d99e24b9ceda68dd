"""What a deed changes: from what stands under a cursor to the change that is committed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tui.language import N_, _
from tui.library import anchors
from tui.library.annotations import Change, Key, now
from tui.library.catalog import StoredArticle
from tui.model import COLOURS, Annotation, MendKind, Reading, Role, Scope, Span, Tag, Trashed
from tui.ui.commands import Deed

if TYPE_CHECKING:
    from tui.library.mender import Mender

_LONGEST = 24  # characters of a passage or a title within a sentence
_LONGEST_TAGS = 40
_COLOUR_WORDS = {
    "yellow": N_("yellow"),
    "green": N_("green"),
    "blue": N_("blue"),
    "red": N_("red"),
    "purple": N_("purple"),
    "orange": N_("orange"),
}


@dataclass(frozen=True, slots=True)
class Target:
    """What a deed is done to.

    Attributes:
        stored: The article.
        spans: The passage on the page; of an article, its headline or its first block.
        scope: A passage or the whole article.
        annotation: The annotation that is there already.
        quote: The passage's text, or the article's title; unsafe to show.
    """

    stored: StoredArticle
    spans: tuple[Span, ...]
    scope: Scope
    annotation: Annotation | None
    quote: str

    @property
    def subject(self) -> str:
        """What the target is, in a few words; unsafe to show."""
        return _subject(self.quote, self.scope)

    @property
    def article(self) -> str:
        """The article that the target is or stands in, in a few words; unsafe to show."""
        return _subject(self.stored.row.title or self.stored.row.lead, Scope.ARTICLE)

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags it has."""
        return self.annotation.tags if self.annotation else ()

    @property
    def note(self) -> str:
        """The note it has."""
        return self.annotation.note if self.annotation else ""


def subject(annotation: Annotation, most: int = _LONGEST) -> str:
    """What an annotation is on, in at most so many characters; unsafe to show."""
    return _subject(annotation.exact, annotation.scope, most)


def thing(annotation: Annotation) -> str:
    """An annotation, in a few words: by the most that it has, its note, its tags or its colour; unsafe to show."""
    if annotation.note:
        what = _("the note on {subject}")
    elif annotation.scope is Scope.ARTICLE:
        what = _("the tags on {subject}")
    else:
        what = _("the highlight on {subject}")
    return what.format(subject=subject(annotation))


def _subject(quote: str, scope: Scope, most: int = _LONGEST) -> str:
    short = _cut(quote, most)
    return f"“{short}”" if scope is Scope.SPAN else _("the article {title}").format(title=short)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def passage(stored: StoredArticle, spans: tuple[Span, ...]) -> Target:
    """A passage that has no annotation yet."""
    quote = anchors.quote(stored.page.text, spans)[0]
    return Target(stored, spans, Scope.SPAN, None, quote)


def article(stored: StoredArticle, annotations: tuple[Annotation, ...]) -> Target:
    """The whole article, with the annotation on it where there is one."""
    own = next((one for one in annotations if one.scope is Scope.ARTICLE), None)
    blocks = stored.article.blocks
    heads = [block for block in blocks if block.role is Role.HEADLINE] or list(blocks[:1])
    spans = tuple(span for block in heads for span in block.spans)
    return Target(stored, spans, Scope.ARTICLE, own, stored.row.title or stored.row.lead)


def annotated(stored: StoredArticle, annotation: Annotation) -> Target:
    """An annotation that is there."""
    quote = annotation.exact if annotation.scope is Scope.SPAN else stored.row.title or stored.row.lead
    return Target(stored, annotation.spans, annotation.scope, annotation, quote)


def annotate(
    target: Target, author: str, *, note: str | None = None, tags: tuple[str, ...] | None = None
) -> Change | None:
    """The change that gives the target an annotation, or its annotation another note or other tags.

    An annotation of an article that says nothing any more goes, to the trash if it had a note; a highlight stays.

    Returns:
        The change, or None where there is nothing to do.
    """
    what = _label(target, note, tags)
    if target.annotation is None:
        if target.scope is Scope.ARTICLE and not note and not tags:
            return None
        made = anchors.annotate(
            target.stored.row.page,
            target.stored.page.text,
            target.spans,
            scope=target.scope,
            note=note or "",
            tags=tags or (),
            author=author,
        )
        return Change(what, put=(made,))
    mended = replace(
        target.annotation,
        note=target.annotation.note if note is None else note,
        tags=target.annotation.tags if tags is None else tags,
        modified=now(),
    )
    if mended.scope is Scope.ARTICLE and not mended.note and not mended.tags:
        return remove(target.annotation) if target.note else _take_away(mended)
    return Change(what, put=(mended,))


def toggle(target: Target, tag: Tag, author: str) -> Change | None:
    """The change that puts a tag on the target, or takes it off; a new highlight has the tag's colour.

    Returns:
        The change, or None where there is nothing to do.
    """
    if tag.name in target.tags:
        return annotate(target, author, tags=tuple(name for name in target.tags if name != tag.name))
    tagged = annotate(target, author, tags=(*target.tags, tag.name))
    if tagged is None or target.annotation is not None or tag.colour not in COLOURS:
        return tagged
    made = tuple(replace(one, colour=tag.colour) for one in tagged.put if isinstance(one, Annotation))
    return Change(tagged.label, put=made)


def _label(target: Target, note: str | None, tags: tuple[str, ...] | None) -> str:
    """What `annotate` changes, in words."""
    if note is not None:
        gone = target.annotation is not None and target.note and not note
        return (_("deletion of the note on {subject}") if gone else _("note on {subject}")).format(
            subject=target.subject
        )
    if tags is None:
        return _("highlight on {subject}").format(subject=target.subject)
    if not tags:
        return _("no tags on {subject}").format(subject=target.subject)
    return _("tags {tags} on {subject}").format(tags=_cut(_(", ").join(tags), _LONGEST_TAGS), subject=target.subject)


def change(deed: Deed, target: Target, reading: Reading, author: str) -> Change | None:
    """The change that a deed needing no more words makes; None where it finds nothing to do.

    Args:
        deed: Any but a note and tags.
        target: What it is done to.
        reading: What has been done with the article so far.
        author: Whose annotation a new one is.
    """
    match deed:
        case Deed.HIGHLIGHT:
            return annotate(target, author)
        case Deed.COLOUR if target.annotation is not None and target.scope is Scope.SPAN:
            return recolour(target.annotation)
        case Deed.DELETE if target.annotation is not None:
            return remove(target.annotation)
        case Deed.STAR:
            starred = replace(reading, starred=not reading.starred, modified=now())
            label = _("star on {article}") if starred.starred else _("no star on {article}")
            return Change(label.format(article=target.article), put=(starred,))
        case Deed.READ:
            return mark_read(reading, read=not reading.read, article=target.article)
    return None


def recolour(annotation: Annotation) -> Change:
    """The change that gives a highlight the next colour."""
    place = COLOURS.index(annotation.colour) if annotation.colour in COLOURS else -1
    following = COLOURS[(place + 1) % len(COLOURS)]
    label = _("colour {colour} of {subject}").format(colour=_(_COLOUR_WORDS[following]), subject=subject(annotation))
    return Change(label, put=(replace(annotation, colour=following, modified=now()),))


def remove(annotation: Annotation) -> Change:
    """The change that moves an annotation to the trash."""
    return replace(_take_away(annotation), put=(Trashed(annotation, now()),))


def _take_away(annotation: Annotation) -> Change:
    return Change(_("deletion of {thing}").format(thing=thing(annotation)), remove=(Key.annotation(annotation.id),))


def move_borders(annotation: Annotation, moved: Annotation) -> Change:
    """The change that gives a highlight, as it is kept, the passage of another state of it; the rest stays."""
    put = replace(
        annotation,
        spans=moved.spans,
        exact=moved.exact,
        prefix=moved.prefix,
        suffix=moved.suffix,
        modified=moved.modified,
    )
    return Change(_("borders of {subject}").format(subject=subject(moved)), put=(put,))


def mark_read(reading: Reading, *, read: bool, article: str = "") -> Change:
    """The change that marks an article read or unread.

    Args:
        reading: What has been done with it so far.
        read: Whether it is read.
        article: It, in a few words, for the message.
    """
    label = _("read, {article}") if read else _("unread, {article}")
    return Change(label.format(article=article), put=(replace(reading, read=read, modified=now()),))


def keep_place(reading: Reading, place: int) -> Change:
    """The change that keeps how far an article has been read, to a position of its page."""
    return Change("place", put=(replace(reading, place=place, modified=now()),))


def mend(mender: Mender, kind: MendKind, role: Role | None, position: int, passage: tuple[Span, ...]) -> Change:
    """The change that mends a page.

    Args:
        mender: The page.
        kind: How.
        role: The role that is given, where one is.
        position: A position of the page.
        passage: What has the role, if not the whole paragraph at `position`.

    Raises:
        UsageError: There is nothing to mend so.
    """
    match kind:
        case MendKind.SPLIT:
            return mender.split_at(position)
        case MendKind.JOIN:
            return mender.join_before(position)
        case MendKind.BREAK:
            return mender.break_at(position)
        case MendKind.MERGE:
            return mender.merge_before(position)
        case MendKind.ROLE | MendKind.IMPRINT:
            return mender.set_role(position, role or Role.BODY, passage)
