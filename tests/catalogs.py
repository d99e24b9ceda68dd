"""The catalogs of messages: `python -m tests.catalogs` takes what the program can say into them and compiles them.

What is new stands in `jianbao.po` with an empty translation until somebody writes one; what the program says no more
is left out.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tui import __version__
from tui.language import CATALOGS, DOMAIN, LANGUAGES
from tui.ui.commands import COMMANDS

PROGRAM = Path(__file__).parent.parent / "tui"


def messages() -> Catalog:
    """Everything that the program can say: what is marked in the code, and the commands' labels and helps."""
    catalog = Catalog(project="jianbao", version=__version__, msgid_bugs_address="-", fuzzy=False)
    for file, _line, message, comments, context in extract_from_dir(PROGRAM, comment_tags=("Translators:",)):
        catalog.add(message, None, [(f"tui/{Path(file).as_posix()}", 0)], auto_comments=comments, context=context)
    for command in COMMANDS:
        for text in (command.label, command.help):
            catalog.add(text, None, [("tui/ui/commands.py", 0)])
    return catalog


def translations(language: str) -> Catalog:
    """The catalog of a language as it is."""
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def update(language: str) -> list[str]:
    """Bring the catalog of a language up to date.

    Returns:
        What it has no translation for.
    """
    catalog, known = messages(), translations(language)
    catalog.locale = known.locale
    catalog.copyright_holder, catalog.last_translator, catalog.language_team = "the authors of jianbao", "", language
    catalog.creation_date = catalog.revision_date = datetime(2024, 1, 1, tzinfo=UTC)  # so that only messages differ
    catalog.header_comment = (
        "# What jianbao says. Made by `python -m tests.catalogs`; only the msgstr are written by hand."
    )
    for message in catalog:
        old = known.get(message.id, message.context) if message.id else None
        if old is not None and type(old.id) is type(message.id):
            message.string = old.string
    with _path(language).open("wb") as file:
        write_po(file, catalog, width=0, sort_output=True, include_lineno=False, omit_header=False)
    compiled_path(language).write_bytes(compiled(language))
    return [str(message.id) for message in catalog if message.id and not filled(message.string)]


def compiled(language: str) -> bytes:
    """The catalog of a language as gettext reads it."""
    made = io.BytesIO()
    write_mo(made, translations(language))
    return made.getvalue()


def compiled_path(language: str) -> Path:
    """Where gettext finds the catalog of a language."""
    return _path(language).with_suffix(".mo")


def filled(string: str | tuple[str, ...] | list[str] | None) -> bool:
    """Whether a translation is there, in every form."""
    return bool(string) and all(string or ())


def _path(language: str) -> Path:
    return CATALOGS / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def main() -> int:
    """Bring every catalog up to date; 1 where something is not translated."""
    wanting = [f"{language}: {message}" for language in LANGUAGES if language != "en" for message in update(language)]
    print("\n".join(wanting) or "Everything is translated.")
    return 1 if wanting else 0


if __name__ == "__main__":
    sys.exit(main())
