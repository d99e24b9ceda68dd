"""The language the program speaks: English, or Simplified Chinese from a gettext catalog in `tui/locale`.

A text that is shown stands in the code in English, in a call of `_` (of `ngettext`, where a number stands in it), or in
`N_` where it is a constant, which is then translated by `_` when it is shown. What varies is put in afterwards by
`format`, so that the catalog sees whole sentences: `_("{count} articles").format(count=3)`.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping
from pathlib import Path

__all__ = ["LANGUAGES", "N_", "_", "language_of", "ngettext", "use"]

LANGUAGES = ("en", "zh")
DOMAIN = "jianbao"
CATALOGS = Path(__file__).with_name("locale")


class _Spoken:
    """The catalog in use."""

    catalog: gettext.NullTranslations = gettext.NullTranslations()


def use(language: str) -> None:
    """Speak a language of `LANGUAGES` from now on."""
    if language == "en":
        _Spoken.catalog = gettext.NullTranslations()
    else:
        _Spoken.catalog = gettext.translation(DOMAIN, CATALOGS, [language], fallback=True)


def language_of(environment: Mapping[str, str] = os.environ) -> str:
    """The language of the locale that an environment asks for, as POSIX reads it; English for all but Chinese."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "zh" if environment[name].lower().startswith("zh") else "en"
    return "en"


def _(message: str) -> str:
    """The message in the language in use."""
    return _Spoken.catalog.gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """The form of a message that fits a number, in the language in use."""
    return _Spoken.catalog.ngettext(one, many, number)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """The message itself: marks a constant for the catalog."""
    return message
