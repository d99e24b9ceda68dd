"""The commands about notes: `annotate` and `export`; `tui.recovery` has those that restore and import them."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import DONE, LibraryError, ReadOnlyError, UsageError
from tui.headless.common import asked_for, opened, updated
from tui.library.catalog import Catalog
from tui.library.library import Library, holds
from tui.library.scan import SUFFIXES
from tui.model import Span, Status

if TYPE_CHECKING:
    from tui.export.values import Export


def annotate(folder: Path, page: str, passage: Span, note: str, tags: tuple[str, ...]) -> int:
    """Annotate a passage of a page; print the id of the annotation once it is on the disk."""
    from tui.library import anchors
    from tui.library.annotations import Change
    from tui.settings import load_settings, settings_path

    with opened(folder, writer=True) as (library, catalog):
        updated(library, catalog)
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

    with opened(folder) as (library, catalog):
        updated(library, catalog)
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


def _collect(library: Library, catalog: Catalog, query: str) -> Export:
    """The annotations to export, each with what is known of its article."""
    from tui.export.registry import Export, ExportedAnnotation
    from tui.library.anchors import resolve

    wanted = set(library.found(catalog, asked_for(query))) if query.strip() else None
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
