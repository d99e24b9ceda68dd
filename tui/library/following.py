"""What is noted on pages follows them: to their new paths, and to its new places on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.language import _, ngettext
from tui.library import gone
from tui.library.anchors import followed
from tui.library.moving import Destination, Leaf, Noted, Pair, destinations, doubtful, moved
from tui.library.placing import Placement, place
from tui.model import Annotation, Mend, Reading, Status

if TYPE_CHECKING:
    from tui.library.annotations import Annotations
    from tui.library.catalog import Catalog
    from tui.library.records import GonePage


@dataclass(frozen=True, slots=True)
class Followed:
    """What was done.

    Attributes:
        notices: A line each for the user.
        mended: The pages whose mends have changed.
    """

    notices: tuple[str, ...] = ()
    mended: frozenset[str] = frozenset()


def follow(store: Annotations, catalog: Catalog) -> Followed:
    """Let notes follow their pages, in one change each for those that have a new path and those with a new text.

    What is not certain stays as it is; `unsettled` tells it.

    Raises:
        LibraryError: The catalog can't be read, or the change can't be written: nothing is changed then.
    """
    renamed = _renamed(store, catalog)
    return Followed((*renamed.notices, *_changed(store, catalog)), renamed.mended)


def unsettled(store: Annotations, catalog: Catalog) -> tuple[tuple[Annotation, Placement], ...]:
    """The annotations that are not, or no longer, where they were made, in text order."""
    found = []
    offered: dict[str, list[Leaf]] | None = None
    for page in dict.fromkeys(annotation.page for annotation in store.all()):
        stored = catalog.page(page)
        for annotation in store.on_page(page):
            if stored is not None:
                placed = place(annotation, stored.text)
            else:
                offered = _offered(catalog) if offered is None else offered
                placed = doubtful(annotation, offered.get(page, ()))
            if placed.status is not Status.ANCHORED:
                found.append((annotation, placed))
    return tuple(found)


def _offered(catalog: Catalog) -> dict[str, list[Leaf]]:
    """What each gone page may have become."""
    where = _destinations(catalog, catalog.ask(gone.pages))
    return {path: list(_leaves(catalog, (to.path, *to.offered))) for path, to in where.items()}


def _leaves(catalog: Catalog, paths: Iterable[str]) -> Iterator[Leaf]:
    for path in paths:
        if path and (page := catalog.page(path)) is not None:
            yield Leaf(path, page.text)


def _destinations(catalog: Catalog, went: Sequence[GonePage]) -> dict[str, Destination]:
    if not went:
        return {}
    leaves = [Leaf(page.path, page.text) for page in went]
    copies = {path for page in went for path in catalog.ask(gone.same_as, page.digest)}
    newer = _leaves(catalog, catalog.ask(gone.come_since, min(page.since for page in went)))
    older = _leaves(catalog, sorted(copies))
    seen: set[str] = set()
    return destinations(leaves, (leaf for one in (older, newer) for leaf in one if not _again(leaf.path, seen)))


def _again(path: str, seen: set[str]) -> bool:
    known = path in seen
    seen.add(path)
    return known


def _renamed(store: Annotations, catalog: Catalog) -> Followed:
    left = [page for page in catalog.ask(gone.pages) if _records(store, page.path)]
    if not left:
        return Followed()
    where = _destinations(catalog, left)
    pairs: list[Pair] = []
    went: dict[str, str] = {}
    for page in left:
        for to in _leaves(catalog, (where[page.path].path,)):
            came = [new for _old, new in pairs if isinstance(new, Reading) and new.page == to.path]
            pairs += moved(_records(store, page.path), page.text, to, (*store.readings_on(to.path), *came))
            went[page.path] = to.path
    if pairs:
        store.exchange(_("Notes that followed their pages"), pairs)
    catalog.ask(gone.forget, [path for path in went if not _records(store, path)])
    catalog.ask(gone.look_on, [path for path, to in where.items() if to == Destination()])
    mended = frozenset(went[old.page] for old, _new in pairs if isinstance(old, Mend))
    return Followed(_said(sum(isinstance(old, Annotation) for old, _new in pairs), went), mended)


def _records(store: Annotations, page: str) -> tuple[Noted, ...]:
    kinds = (store.on_page, store.readings_on, store.mends_on, store.bookmarks_on, store.trash_on)
    return tuple(record for on in kinds for record in on(page))


def _said(count: int, went: dict[str, str]) -> tuple[str, ...]:
    if not count:
        return ()
    if len(went) > 1:
        text = ngettext(
            "{count} note followed its page to a new place", "{count} notes followed {pages} pages to new places", count
        )
        return (text.format(count=count, pages=len(went)),)
    ((old, new),) = went.items()
    text = ngettext("{count} note followed {old} to {new}", "{count} notes followed {old} to {new}", count)
    return (text.format(count=count, old=old, new=new),)


def _changed(store: Annotations, catalog: Catalog) -> tuple[str, ...]:
    """Give notes their new places on pages whose text has changed, so that they quote what now stands there."""
    pairs: list[Pair] = []
    for page in dict.fromkeys(annotation.page for annotation in store.all()):
        stored = catalog.page(page)
        if stored is not None:
            new = ((annotation, followed(annotation, stored.text)) for annotation in store.on_page(page))
            pairs += [pair for pair in new if pair[0] is not pair[1] and pair[0] != pair[1]]
    if not pairs:
        return ()
    store.exchange(_("Notes that moved with their text"), pairs)
    text = ngettext(
        "{count} note moved with its text and is marked",
        "{count} notes moved with their text and are marked",
        len(pairs),
    )
    return (text.format(count=len(pairs)),)
