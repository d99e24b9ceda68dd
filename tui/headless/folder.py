"""The commands about a folder as a whole: `index` and `check`."""

from __future__ import annotations

from pathlib import Path

from tui.display import visible_line
from tui.errors import DONE, FAILED, FOUND_WANTING, DamagedError
from tui.headless.common import complain, counted, opened, own_words, updated
from tui.library.catalog import Catalog
from tui.library.library import Library, find_home
from tui.library.placing import Placement
from tui.model import Annotation, Status


def index(folder: Path, keywords: bool = False) -> int:
    """Bring the catalog up to date and find the repeated stories, and the keywords if they are wanted; print counts."""
    from tui.library import repeats

    with opened(folder) as (library, catalog):
        update = updated(library, catalog)
        catalog.ask(repeats.find)
        counts = f"{len(catalog.pages())} pages, {catalog.count()} articles"
        repeated = catalog.ask(repeats.count)
        if repeated:
            counts += f", {counted(repeated, 'story', 'stories')} more than once"
        print(f"{counts} ({update.added} new, {update.changed} changed, {update.removed} gone)", flush=True)
        mistakes = _gather_keywords(library, catalog) if keywords else ()
        return FAILED if update.problems or mistakes else DONE


def _gather_keywords(library: Library, catalog: Catalog) -> tuple[str, ...]:
    """Find the keywords of all articles; print counts. The mistakes in the user's lists of words."""
    from tui.library.gathering import Pass, gather
    from tui.search.words import use_words

    listed = own_words(library)
    for mistake in listed.mistakes:
        complain(mistake)
    use_words(listed.words)
    done = catalog.ask(gather, Pass())
    print(f"keywords: {done.counted} articles read, {done.renewed} weighed anew against all articles")
    return listed.mistakes


def check(folder: Path) -> int:
    """Verify the annotations, their backups and the pages; print what is wanting, and what to mind of the place."""
    from tui.library import places
    from tui.recovery import damage
    from tui.settings import data_folder

    try:
        with opened(folder) as (library, catalog):
            wanting = _wanting(library, catalog)
            home, damaged = library.home, None
    except DamagedError as error:
        home, damaged, wanting = find_home(folder, data_folder()), error, []
    wanting += damage(home, damaged)
    if (place := places.look(folder)) is not None:
        print(visible_line(place.notice))
    for line in wanting:
        print(visible_line(line))
    return FOUND_WANTING if wanting else DONE


def _wanting(library: Library, catalog: Catalog) -> list[str]:
    """What is wanting of the pages and of the notes on them; prints counts."""
    update = updated(library, catalog, complaining=False)
    wanting = [f"{problem.path}: {problem.cause}" for problem in update.problems]
    wanting += own_words(library).mistakes
    unsettled = library.unsettled(catalog)
    wanting += [_doubt(annotation, placed) for annotation, placed in unsettled if placed.status is not Status.MOVED]
    wanting += [
        f"{mend.page}: the place of mend {mend.id} ({mend.kind}) is not found: “{mend.exact[:40]}”"
        for mend in library.lost_mends(catalog)
    ]
    wanting += [
        f"{lost.page}: the place of mark {lost.letter} is not found: “{lost.exact[:40]}”"
        for lost in library.lost_bookmarks(catalog)
    ]
    counts = [f"{len(catalog.pages())} pages", f"{catalog.count()} articles"]
    counts.append(f"{len(library.annotations.all())} annotations")
    for status, what in ((Status.MOVED, "moved"), (Status.REVIEW, "to review"), (Status.ORPHAN, "not found")):
        number = sum(placed.status is status for _annotation, placed in unsettled)
        counts += [f"{number} {what}"] if number else []
    print(", ".join(counts))
    if library.altered:
        print(
            visible_line(
                f"{library.home.annotations}: not as it was left: changed by hand, by a synchronisation or by decay"
            )
        )
    return wanting


def _doubt(annotation: Annotation, placed: Placement) -> str:
    quote = f"“{annotation.exact[:40]}”"
    if placed.status is Status.ORPHAN:
        return f"{annotation.page}: the passage of annotation {annotation.id} is not found: {quote}"
    places = [
        f"{candidate.page or annotation.page} {candidate.spans[0].start}-{candidate.spans[-1].end}"
        for candidate in placed.candidates
    ]
    return f"{annotation.page}: the passage of annotation {annotation.id} may be at {' or '.join(places)}: {quote}"
