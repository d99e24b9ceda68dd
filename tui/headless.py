"""The commands without a screen."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tui.display import json_text, visible, visible_line
from tui.errors import (
    DONE,
    FAILED,
    FOUND_WANTING,
    DamagedError,
    LibraryError,
    PageError,
    QueryError,
    ReadOnlyError,
    UsageError,
)
from tui.library.catalog import Catalog, StoredArticle, Update
from tui.library.library import Library, holds
from tui.library.scan import RECORDS, SUFFIXES
from tui.model import Annotation, Page, Span, Status

if TYPE_CHECKING:
    from tui.export.values import Export
    from tui.kwic import Shape
    from tui.library.dictionary import Dictionary
    from tui.library.placing import Placement
    from tui.reading import ReadingText
    from tui.search.matching import Range
    from tui.search.query import Query
    from tui.stats import Wanted

_CONTEXT = 18  # characters of a snippet before its hit


def parse(files: list[Path], form: str) -> int:
    """Print the articles of page files: JSON one page a line, Markdown, or what decided about each line.

    A page of a library has its path there, and the mends made to it; records are printed as they came in.
    """
    from tui.library.mended_file import MendedFiles
    from tui.settings import data_folder

    code = DONE
    pages = MendedFiles(data_folder())
    for file in files:
        try:
            if file.suffix.lower() == RECORDS:
                code = max(code, _parse_records(file, form))
            else:
                _print_page(pages.read(file), form)
        except (OSError, PageError, LibraryError) as error:
            cause = (error.strerror or error) if isinstance(error, OSError) else error
            _complain(f"{file}: {cause}")
            code = FAILED
    return code


def _parse_records(file: Path, form: str) -> int:
    from tui.library import jsonlines

    if form == "explain":
        raise PageError("its articles come in as they are: there is nothing to explain")
    code, between = DONE, ""
    with file.open("rb") as opened:
        surveyed = jsonlines.survey(opened)
        if surveyed.problem:
            raise PageError(surveyed.problem)
        opened.seek(0)
        for line in jsonlines.read(opened, file.as_posix(), surveyed):
            if line.page is None:
                _complain(f"{line.path}: {line.problem}")
                code = FAILED
            else:
                print(between, end="")
                _print_page(line.page, form)
                between = "\n" if form == "md" else ""
    return code


def _print_page(page: Page, form: str) -> None:
    if form == "json":
        from tui.pages.page import page_json

        print(json_text(page_json(page)))
    elif form == "md":
        from tui.export.articles import page_markdown

        print(page_markdown(page))
    else:
        from tui.pages.explain import explain

        print(visible(explain(page.text)))


def index(folder: Path, keywords: bool = False) -> int:
    """Bring the catalog up to date and find the repeated stories, and the keywords if they are wanted; print counts."""
    from tui.library import repeats

    with _library(folder) as (library, catalog):
        update = _update(library, catalog)
        catalog.ask(repeats.find)
        counts = f"{len(catalog.pages())} pages, {catalog.count()} articles"
        repeated = catalog.ask(repeats.count)
        if repeated:
            counts += f", {repeated} stor{'y' if repeated == 1 else 'ies'} more than once"
        print(f"{counts} ({update.added} new, {update.changed} changed, {update.removed} gone)", flush=True)
        mistakes = _gather_keywords(library, catalog) if keywords else ()
        return FAILED if update.problems or mistakes else DONE


def _gather_keywords(library: Library, catalog: Catalog) -> tuple[str, ...]:
    """Find the keywords of all articles; print counts. The mistakes in the user's lists of words."""
    from tui.library.keywords import Pass
    from tui.search.words import use_words

    listed = _own_words(library)
    for mistake in listed.mistakes:
        _complain(mistake)
    use_words(listed.words)
    done = catalog.gather_keywords(Pass())
    print(f"keywords: {done.counted} articles read, {done.renewed} weighed anew against all articles")
    return listed.mistakes


def _own_words(library: Library) -> Dictionary:
    from tui.library import dictionary
    from tui.settings import settings_path

    return dictionary.read((settings_path().parent, library.folder, library.home.folder))


def search(folder: Path, query: str, form: str, limit: int | None, *, fold: bool = False) -> int:
    """Print what a query finds, newest first; behind it what only the pinyin initials of its words find.

    Of copies of one story the newest alone, if they are to be folded.
    """
    from tui.library import repeats
    from tui.reading import reading_text
    from tui.search.shown import hits_in

    wanted = _query(query)
    with _library(folder) as (library, catalog):
        _update(library, catalog)
        resolved = library.resolved(catalog, wanted)
        found = catalog.ids(resolved)
        by_initials = catalog.by_initials(resolved)
        shown = found + by_initials
        if fold:
            catalog.ask(repeats.find)
            shown = repeats.folded(shown, catalog.ask(repeats.groups))
        literal = frozenset(found)
        for article_id in shown[:limit]:
            initials = article_id not in literal
            stored = catalog.article(article_id)
            reading = reading_text(stored.article, stored.page.text)
            ranges = hits_in(wanted, reading, initials=initials)
            show = _record if form == "jsonl" else _entry
            print(show(stored, reading, ranges, initials=initials))
        if form == "table":
            also = f" + {len(by_initials)} by initials" if by_initials else ""
            stories = f" in {len(shown)} stor{'y' if len(shown) == 1 else 'ies'}" if fold else ""
            _say(f"{len(found)} article{'' if len(found) == 1 else 's'}{also}{stories}")
    return DONE if found or by_initials else FOUND_WANTING


def _query(text: str) -> Query:
    """What a query means.

    Raises:
        UsageError: It has a mistake, whose place the error names.
    """
    from tui.search.query import parse as parse_query

    try:
        return parse_query(text)
    except QueryError as error:
        place = f"{error.start + 1}" if error.end - error.start <= 1 else f"{error.start + 1} to {error.end}"
        raise UsageError(f"the query, character {place} ({text[error.start : error.end]}): {error}") from error


def stats(folder: Path, query: str, wanted: Wanted) -> int:
    """Print statistics of what a query finds."""
    from tui.stats import print_statistics

    with _library(folder) as (library, catalog):
        _update(library, catalog)
        return print_statistics(library, catalog, query, wanted)


def concordance(folder: Path, query: str, shape: Shape) -> int:
    """Print every hit of a query in its line, aligned."""
    from tui.kwic import printed
    from tui.search.concordance import has_places
    from tui.search.query import parse as parse_query

    asked = parse_query(query)
    if not has_places(asked):
        raise UsageError("only words, near: and /expressions/ have places in a text: add one")
    with _library(folder) as (library, catalog):
        _update(library, catalog)
        ids = library.found(catalog, asked)
        chosen = shape.chosen(ids)
        count = 0
        for line in printed(catalog, chosen, asked, shape):
            print(line)
            count += 1
        few = "" if len(chosen) == len(ids) else f"{len(chosen)} of "
        _say(f"{count} hit{'' if count == 1 else 's'} in {few}{len(ids)} article{'' if len(ids) == 1 else 's'}")
    return DONE if count else FOUND_WANTING


def annotate(folder: Path, page: str, passage: Span, note: str, tags: tuple[str, ...]) -> int:
    """Annotate a passage of a page; print the id of the annotation once it is on the disk."""
    from tui.library import anchors
    from tui.library.annotations import Change
    from tui.settings import load_settings, settings_path

    with _library(folder, writer=True) as (library, catalog):
        _update(library, catalog)
        stored = catalog.page(page)
        if stored is None:
            raise UsageError(f"{page}: no such page in {folder}")
        if not 0 <= passage.start < passage.end <= len(stored.text):
            raise UsageError(
                f"{page}: {passage.start} to {passage.end} is no passage of a page of {len(stored.text)} characters"
            )
        author = load_settings(settings_path()).author
        made = anchors.annotate(page, stored.text, (passage,), note=note, tags=tags, author=author)
        if library.annotations.read_only:
            raise ReadOnlyError(f"{folder}: {library.notice}")
        library.apply(Change("annotation", put=(made,)))
        print(made.id)
    return DONE


def export(folder: Path, form: str, query: str, output: Path | None, force: bool) -> int:
    """Export annotations, to standard output or to a file that is whole or not there."""
    from tui.export.registry import FORMATS
    from tui.library.atomic import write_atomically

    with _library(folder) as (library, catalog):
        _update(library, catalog)
        data = FORMATS[form].write(_collect(library, catalog, query))
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return DONE
    if output.exists() and not force:
        raise UsageError(f"{output}: is there already; --force replaces it")
    if output.suffix in SUFFIXES and output.resolve().is_relative_to(folder.resolve()):
        raise UsageError(f"{output}: would be read as a page of the library; write it elsewhere")
    try:
        write_atomically(output, data, mode=0o644)
    except OSError as error:
        raise LibraryError(f"{output}: {error.strerror or error}") from error
    return DONE


def check(folder: Path) -> int:
    """Verify the annotations, their backups and the pages; print what is wanting, and what to mind of the place."""
    from tui.library import places
    from tui.library.library import find_home
    from tui.recovery import damage
    from tui.settings import data_folder

    try:
        with _library(folder) as (library, catalog):
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
    update = _update(library, catalog, complain=False)
    wanting = [f"{problem.path}: {problem.cause}" for problem in update.problems]
    wanting += _own_words(library).mistakes
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


def restore(folder: Path, name: str | None) -> int:
    """List the backups, or put one in place."""
    from tui import recovery
    from tui.settings import data_folder

    return recovery.restore(folder, data_folder(), name) if name else recovery.backups(folder, data_folder())


def take_in(folder: Path, file: Path) -> int:
    """Merge notes of elsewhere into a folder's; print counts."""
    from tui import recovery
    from tui.settings import data_folder

    return recovery.take_in(folder, data_folder(), file)


def config(what: str) -> int:
    """Print the settings, the paths of what the program keeps, or the keys."""
    from tui.settings import data_folder, load_settings, settings_path

    if what == "locate":
        print(visible(f"settings  {settings_path()}\ndata      {data_folder()}"))
        return DONE
    settings = load_settings(settings_path())
    if what == "show":
        print(
            visible(
                "\n".join(
                    f"{name} = {json.dumps(value, ensure_ascii=False)}"
                    for name, value in asdict(replace(settings, file=None)).items()
                    if name != "file"
                )
            )
        )
    else:
        from tui.ui.commands import key_table
        from tui.ui.remapping import commands_of

        print(visible(key_table(commands_of(settings))))
    return DONE


@contextmanager
def _library(folder: Path, *, writer: bool = False) -> Iterator[tuple[Library, Catalog]]:
    from tui.recovery import open_library
    from tui.settings import data_folder

    with open_library(folder, data_folder(), writer=writer) as library, library.catalog() as catalog:
        yield library, catalog


def _update(library: Library, catalog: Catalog, *, complain: bool = True) -> Update:
    update = library.update(catalog)
    for notice in update.notices:
        _say(notice)
    if complain:
        for problem in update.problems:
            _complain(f"{problem.path}: {problem.cause}")
    return update


def _record(stored: StoredArticle, reading: ReadingText, ranges: tuple[Range, ...], *, initials: bool) -> str:
    """An article and its hits as JSON on one line."""
    row = stored.row
    hits = [
        {"text": reading.text[start:end], "spans": [[span.start, span.end] for span in reading.to_page(start, end)]}
        for start, end in ranges
    ]
    found = {"page": row.page, "title": row.title, "paper": row.paper, "date": row.date, "hits": hits}
    return json_text(found | {"initials": True} if initials else found)


def _entry(stored: StoredArticle, reading: ReadingText, ranges: tuple[Range, ...], *, initials: bool) -> str:
    """An article as two lines: where it stands and its headline, then its first hit in context."""
    row = stored.row
    source = "  ".join(part for part in (row.date, row.paper, row.number and f"p.{row.number}") if part) or row.page
    start, end = ranges[0] if ranges else (0, 0)
    snippet = reading.text[max(start - _CONTEXT, 0) : end + 2 * _CONTEXT].replace("\n", " ")
    count = f"{'~' if initials else ''}{len(ranges)}×"
    return visible_line(f"{source}  {row.title or row.lead}") + "\n" + visible_line(f"    {count} …{snippet}…")


def _collect(library: Library, catalog: Catalog, query: str) -> Export:
    """The annotations to export, each with what is known of its article."""
    from tui.export.registry import Export, ExportedAnnotation
    from tui.library.anchors import resolve

    wanted = set(library.found(catalog, _query(query))) if query.strip() else None
    unsettled = {annotation.id: placed.status for annotation, placed in library.unsettled(catalog)}
    exported = []
    for annotation in library.annotations.all():
        page = catalog.page(annotation.page)
        lost = replace(annotation, status=unsettled.get(annotation.id, Status.ORPHAN))
        placed = resolve(annotation, page.text) if page else lost
        found = next((one for one in catalog.articles_on(annotation.page) if holds(one, placed.spans)), None)
        if wanted is not None and (found is None or found.row.id not in wanted):
            continue
        exported.append(ExportedAnnotation.of(placed, found))
    return Export(tuple(exported), library.annotations.tags(), library.folder.resolve().name, datetime.now(UTC))


def _complain(line: str) -> None:
    print(f"jianbao: {visible_line(line)}", file=sys.stderr)


def _say(line: str) -> None:
    print(visible_line(line), file=sys.stderr)
