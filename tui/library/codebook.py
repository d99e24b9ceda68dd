"""The codebook: every tag of a library, and the changes that rename, merge, describe and delete them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tui.errors import UsageError
from tui.language import _
from tui.library.annotations import Annotations, Change, Key
from tui.library.entries import clean_tag, now
from tui.model import COLOURS, Annotation, Scope, Tag


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the codebook.

    Attributes:
        tag: The tag; of a parent that is none itself only the name.
        own: How many annotations have it.
        total: How many have it or a tag below it.
        known: Whether it is a tag, and not only the name that others stand under.
    """

    tag: Tag
    own: int
    total: int
    known: bool

    @property
    def depth(self) -> int:
        """How many parents it has."""
        return self.tag.name.count("/")

    @property
    def short(self) -> str:
        """Its name without its parents'."""
        return self.tag.name.rpartition("/")[2]


def lineage(name: str) -> tuple[str, ...]:
    """A tag's parents, the outermost first, and itself: 政策 and 政策/产业."""
    parts = name.split("/")
    return tuple("/".join(parts[:end]) for end in range(1, len(parts) + 1))


def belongs(name: str, parent: str) -> bool:
    """Whether a tag is `parent` or stands below it."""
    return name == parent or name.startswith(parent + "/")


@dataclass(frozen=True, slots=True)
class Codebook:
    """All tags at one moment. Nothing here is changed: what changes them is a `Change` to apply.

    Attributes:
        annotations: Every annotation.
        tags: The tags that have a record: a colour, a description, a digit, or that were made before they were used.
    """

    annotations: tuple[Annotation, ...]
    tags: tuple[Tag, ...]

    @classmethod
    def of(cls, store: Annotations) -> Codebook:
        """The codebook of a library."""
        return cls(store.all(), store.codebook())

    # Looking

    def names(self) -> frozenset[str]:
        """Every tag that is in use or has a record."""
        return frozenset(tag.name for tag in self.tags).union(*(annotation.tags for annotation in self.annotations))

    def entries(self) -> tuple[Entry, ...]:
        """Every tag and every parent, as a tree: each is followed by what stands below it."""
        records = {tag.name: tag for tag in self.tags}
        own: Counter[str] = Counter()
        total: Counter[str] = Counter()
        for annotation in self.annotations:
            own.update(annotation.tags)
            total.update({name for tag in annotation.tags for name in lineage(tag)})
        names = {*records, *own}
        tree = sorted({above for name in names for above in lineage(name)}, key=lambda name: name.split("/"))
        return tuple(Entry(records.get(name) or Tag(name), own[name], total[name], name in names) for name in tree)

    def family(self, name: str) -> tuple[str, ...]:
        """The tags that are `name` or stand below it."""
        return tuple(sorted(one for one in self.names() if belongs(one, name)))

    def uses(self, name: str) -> tuple[Annotation, ...]:
        """The annotations that have a tag or one below it, in text order."""
        return tuple(one for one in self.annotations if any(belongs(tag, name) for tag in one.tags))

    def clashes(self, name: str, new: str) -> tuple[str, ...]:
        """The tags that are there already under a name that renaming `name` would give: they would be merged."""
        family = self.family(name)
        return tuple(sorted({new + one[len(name) :] for one in family} & (self.names() - set(family))))

    # Changing

    def create(self, name: str) -> Change:
        """The change that makes a tag.

        Raises:
            UsageError: It can't be kept, or is there.
        """
        made = clean_tag(name)
        if made in self.names():
            raise UsageError(_("There is a tag {tag} already").format(tag=made))
        return Change(_("new tag {tag}").format(tag=made), put=(Tag(made),))

    def rename(self, name: str, new: str) -> Change:
        """The change that gives a tag, and all below it, another name. Tags that have that name are merged with them.

        Raises:
            UsageError: The name can't be kept.
        """
        new = clean_tag(new)
        moved = {one: new + one[len(name) :] for one in self.family(name)}
        return self._moved(moved, _("{tag} renamed {new}").format(tag=name, new=new))

    def merge(self, name: str, into: str) -> Change:
        """The change that makes one tag of two, and of those below them that have one name.

        A tag that is merged into one below it leaves the others below it where they are.
        """
        moved = {one: into + one[len(name) :] for one in self.family(name)}
        if belongs(into, name):
            moved = {name: into}
        return self._moved(moved, _("{tag} merged into {into}").format(tag=name, into=into))

    def delete(self, name: str) -> Change:
        """The change that takes a tag, and all below it, off every annotation and out of the codebook.

        An annotation of an article that says nothing any more goes, as it does when its last tag is taken away by hand.
        """
        put, gone = [], []
        for annotation in self.uses(name):
            left = tuple(tag for tag in annotation.tags if not belongs(tag, name))
            if annotation.scope is Scope.ARTICLE and not left and not annotation.note:
                gone.append(Key.annotation(annotation.id))
            else:
                put.append(replace(annotation, tags=left, modified=now()))
        records = [Key.tag(tag.name) for tag in self.tags if belongs(tag.name, name)]
        return Change(_("{tag} deleted").format(tag=name), put=tuple(put), remove=(*gone, *records))

    def describe(self, name: str, description: str) -> Change:
        """The change that says what a tag stands for."""
        tag = replace(self.tag(name), description=description.strip())
        return Change(_("description of {tag}").format(tag=name), put=(tag,))

    def recolour(self, name: str) -> Change:
        """The change that gives a tag the next colour; behind the last one comes none."""
        before, choices = self.tag(name), ("", *COLOURS)
        place = choices.index(before.colour) if before.colour in choices else 0
        tag = replace(before, colour=choices[(place + 1) % len(choices)])
        label = _("{tag} is {colour}") if tag.colour else _("{tag} without a colour")
        return Change(label.format(tag=name, colour=_(tag.colour)), put=(tag,))

    def favourite(self, name: str, digit: str) -> Change:
        """The change that gives a tag a digit, and takes it from any other; a digit that it has is taken away."""
        tag = self.tag(name)
        others = tuple(replace(one, digit="") for one in self.tags if one.digit == digit and one.name != name)
        given = replace(tag, digit="" if tag.digit == digit else digit)
        label = _("{digit} puts {tag} on") if given.digit else _("{tag} without a digit")
        return Change(label.format(tag=name, digit=digit), put=(given, *others))

    def tag(self, name: str) -> Tag:
        """The record of a tag, or the one that it would have."""
        return next((tag for tag in self.tags if tag.name == name), Tag(name))

    def _moved(self, moved: Mapping[str, str], label: str) -> Change:
        """The change that gives tags other names, all at once."""
        moved = {old: new for old, new in moved.items() if old != new}
        annotations = tuple(
            replace(one, tags=tuple(dict.fromkeys(moved.get(tag, tag) for tag in one.tags)), modified=now())
            for one in self.annotations
            if any(tag in moved for tag in one.tags)
        )
        records = {tag.name: tag for tag in self._records(moved)}
        gone = tuple(Key.tag(tag.name) for tag in self.tags if tag.name in moved and tag.name not in records)
        return Change(label, put=(*annotations, *records.values()), remove=gone)

    def _records(self, moved: Mapping[str, str]) -> Iterator[Tag]:
        """The records under their new names; one that was there keeps what it says and is given what it lacks."""
        records = {tag.name: tag for tag in self.tags}
        found = {name: tag for name, tag in records.items() if name not in moved}
        for old, new in moved.items():
            if old in records:
                tag = records[old]
                there = found.get(new, Tag(new))
                found[new] = Tag(
                    new,
                    there.colour or tag.colour,
                    there.description or tag.description,
                    there.digit or tag.digit,
                )
                yield found[new]
