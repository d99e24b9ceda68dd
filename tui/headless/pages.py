"""The command `parse`."""

from __future__ import annotations

from pathlib import Path

from tui.display import json_text, visible
from tui.errors import DONE, FAILED, LibraryError, PageError
from tui.headless.common import complain
from tui.library.scan import RECORDS
from tui.model import Page


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
            complain(f"{file}: {cause}")
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
                complain(f"{line.path}: {line.problem}")
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
