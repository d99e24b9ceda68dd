"""Why a file can't be read, in the language of whoever reads it.

The catalog of pages keeps causes, and a change of language must not make it read a file again: so they are kept in
English, made by `format` from the templates below, and are put into other words when they are shown.
"""

from __future__ import annotations

import re
from functools import cache

from tui.language import N_, _

IS_EMPTY = N_("is empty")
IS_BINARY = N_("is no text (binary data)")
NO_ENCODING = N_("can't be read as {encoding}: no such encoding")
NOT_IN_ENCODING = N_("is not {encoding}: byte {byte} can't be read")
IS_NOT = N_("is not {encoding}")
TOO_LARGE = N_("larger than {size} MiB")
TOO_LONG = N_("is longer than {count} characters")
NAME_NOT_UTF8 = N_("its name is not UTF-8")
NO_TITLE_NO_BODY = N_("has neither a title nor a body")
TOO_DEEP = N_("is nested too deeply")
NO_JSON_AT = N_("is no JSON: {cause} at character {place}")
NO_JSON_CONSTANT = N_("is no JSON: it knows no {name}")
NO_OBJECT = N_("is no JSON object")
NUMBER_TOO_LONG = N_("has a number that is too long")
TWICE = N_("has the key {key} twice")
HOLDS_NO_TEXT = N_("its {name} holds {cause}, not text")
IS_NO_TEXT = N_("its {name} is {cause}, not text")
LINK_OUT = N_("a link that leads out of the folder is not followed")
IS_NO_WORD = N_("its {name} is {cause}, neither text nor a whole number")

_CAUSES = (  # where one begins as another does, the longer one stands first
    IS_EMPTY,
    IS_BINARY,
    NO_ENCODING,
    NOT_IN_ENCODING,
    IS_NOT,
    TOO_LARGE,
    TOO_LONG,
    NAME_NOT_UTF8,
    NO_TITLE_NO_BODY,
    TOO_DEEP,
    NO_JSON_AT,
    NO_JSON_CONSTANT,
    NO_OBJECT,
    NUMBER_TOO_LONG,
    TWICE,
    HOLDS_NO_TEXT,
    IS_NO_WORD,
    IS_NO_TEXT,
    LINK_OUT,
    N_("true or false"),
    N_("a number"),
    N_("a list"),
    N_("an object"),
    # What Python says of JSON
    N_("expecting value"),
    N_("expecting property name enclosed in double quotes"),
    N_("expecting ':' delimiter"),
    N_("expecting ',' delimiter"),
    N_("illegal trailing comma before end of object"),
    N_("illegal trailing comma before end of array"),
    N_("extra data"),
    N_("unterminated string starting"),
    N_("invalid control character"),
    N_("invalid \\escape"),
    # What orjson says of it besides
    N_("unexpected character, expected {cause}"),
    N_("a string key"),
    N_("unexpected end of data"),
    N_("unexpected content after document"),
    N_("trailing comma is not allowed"),
    # What the system says of files
    N_("No such file or directory"),
    N_("Permission denied"),
    N_("Operation not permitted"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("No space left on device"),
    N_("Read-only file system"),
    N_("Input/output error"),
    N_("Disk quota exceeded"),
    N_("File name too long"),
    N_("Too many open files"),
    N_("Not a regular file"),
)
_FIELD = re.compile(r"\\\{(\w+)\\\}")


def of_error(error: OSError) -> str:
    """What the system says of an error, in the language in use."""
    return in_words(error.strerror or str(error))


def in_words(cause: str) -> str:
    """A cause in the language in use; as it is where it is none of these.

    Args:
        cause: In English; a part of it may be a cause itself.
    """
    for template in _CAUSES:
        found = _pattern(template).fullmatch(cause)
        if found:
            values = {name: in_words(text) if name == "cause" else text for name, text in found.groupdict().items()}
            return _(template).format(**values)
    return cause


@cache
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(_FIELD.sub(r"(?P<\1>.+?)", re.escape(template)), re.DOTALL)
