"""Pages from records: an article a line of JSON, as crawled digital editions are kept. Nothing is guessed here."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NoReturn

from tui import causes
from tui.errors import PageError
from tui.model import Article, Block, Imprint, Page, Role, Span
from tui.pages.imprint import plain_date, plain_number

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMES = {
    "title": ("title", "headline", "标题", "標題"),
    "kicker": ("kicker", "引题", "引題"),
    "subtitle": ("subtitle", "副题", "副題"),
    "byline": ("byline", "署名"),
    "authors": ("authors", "author", "作者"),
    "body": ("body", "content", "text", "paragraphs", "正文", "内容", "內容"),
    "date": ("date", "日期"),
    "paper": ("paper", "newspaper", "source", "报纸", "報紙", "来源", "來源"),
    "page": ("page", "版次"),
    "section": ("section", "版名"),
    "column": ("column", "栏目", "欄目"),
}
"""What each field may be called, in lower case; the first that is filled counts."""

_KINDS = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
_KEYS = ("id", "url")
_UNKEPT = re.compile("[\0\ud800-\udfff]")  # what no text may hold: NUL, and halves of surrogate pairs from escapes
_BETWEEN_NAMES = re.compile("[、；;]")
_SHOWN = 40  # code points of a record's own words in a cause


@dataclass(frozen=True, slots=True)
class Record:
    """An article that came as a record, before it has a place in a file.

    Attributes:
        key: What names it among the records of its file: 12 hexadecimal digits, of its id or url, else of its title,
            date, paper and page. It does not depend on where the record stands.
        text: What its page says: the heads and paragraphs that are given, parted by blank lines.
    """

    key: str
    text: str
    imprint: Imprint
    article: Article

    def page(self, path: str, encoding: str) -> Page:
        """The page it is."""
        return Page(path, self.text, encoding, self.imprint, (self.article,))


def read_record(line: str) -> Record:
    """The article that a line of JSON holds. White space around heads and paragraphs is left out; all else is kept.

    Raises:
        PageError: It holds none; the message is the cause, for the line's number to stand before.
    """
    fields = _fields(_load(line))
    heads = {name: _lines(fields, name) for name in ("column", "kicker", "title", "subtitle", "byline")}
    body, authors = _lines(fields, "body"), _authors(fields)
    if not heads["title"] and not body:
        raise PageError(causes.NO_TITLE_NO_BODY)
    heads["byline"] = heads["byline"] or (authors[:1] and ["、".join(authors)])
    column, kicker, title, subtitle, byline = (" ".join(lines) for lines in heads.values())
    parts = [(role, text) for role, lines in zip(_HEADS, heads.values(), strict=True) for text in lines]
    text, blocks = _set([*parts, *((Role.BODY, paragraph) for paragraph in body)])
    article = Article(blocks, title, kicker, subtitle, column, byline, tuple(authors))
    where = _imprint(fields)
    return Record(_key(fields, (title or body[0], where.date, where.paper, where.number)), text, where, article)


_HEADS = (Role.COLUMN, Role.KICKER, Role.HEADLINE, Role.SUBTITLE, Role.BYLINE)


def _load(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line, object_pairs_hook=_object, parse_constant=_no_constant)
    except RecursionError:
        raise PageError(causes.TOO_DEEP) from None
    except json.JSONDecodeError as error:
        cause = error.msg.lower().removesuffix(" at")
        raise PageError(causes.NO_JSON_AT.format(cause=cause, place=error.pos + 1)) from None
    except ValueError:  # Python converts no whole number of more than some thousand digits
        raise PageError(causes.NUMBER_TOO_LONG) from None
    if not isinstance(record, dict):
        raise PageError(causes.NO_OBJECT)
    return record


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise PageError(causes.TWICE.format(key=repr(key[:_SHOWN])))
        found[key] = value
    return found


def _no_constant(name: str) -> NoReturn:
    raise PageError(causes.NO_JSON_CONSTANT.format(name=name))


def _fields(record: dict[str, Any]) -> dict[str, Any]:
    """The record's values by their names in lower case; of names that differ in case only, the first that is filled."""
    found: dict[str, Any] = {}
    for key, value in record.items():
        if value is not None and found.get(key.lower()) in (None, "", []):
            found[key.lower()] = value
    return found


def _lines(fields: dict[str, Any], field: str) -> list[str]:
    """The lines of a field that is text or a list of texts; none where it is missing or blank."""
    for name in NAMES[field]:
        value = fields.get(name)
        if value is None:
            continue
        texts = value if isinstance(value, list) else [value]
        lines: list[str] = []
        for text in texts:
            if isinstance(text, str):
                lines.extend(line for part in re.split("[\r\n]", _kept(text)) if (line := part.strip()))
            elif text is not None:
                cause = causes.HOLDS_NO_TEXT if isinstance(value, list) else causes.IS_NO_TEXT
                raise PageError(cause.format(name=name, cause=_KINDS[type(text)]))
        if lines:
            return lines
    return []


def _authors(fields: dict[str, Any]) -> list[str]:
    """The names as they are given: a list's items, or the parts of a text between its enumeration marks."""
    given = _lines(fields, "authors")
    if any(isinstance(fields.get(name), list) for name in NAMES["authors"]):
        return given
    return [name for line in given for part in _BETWEEN_NAMES.split(line) if (name := part.strip())]


def _imprint(fields: dict[str, Any]) -> Imprint:
    number, section = plain_number(_word(fields, "page"))
    paper, named = " ".join(_lines(fields, "paper")), " ".join(_lines(fields, "section"))
    return Imprint(paper, plain_date(_word(fields, "date")), number, named or section)


def _word(fields: dict[str, Any], field: str) -> str:
    """A field that is text or a whole number, as text."""
    for name in NAMES[field]:
        value = fields.get(name)
        if isinstance(value, float) and value.is_integer():  # how tables with gaps write whole numbers
            value = int(value)
        if value is not None and (not isinstance(value, str | int) or isinstance(value, bool)):
            raise PageError(causes.IS_NO_WORD.format(name=name, cause=_KINDS[type(value)]))
        if word := " ".join(_kept(str("" if value is None else value)).split()):
            return word
    return ""


def _kept(text: str) -> str:
    return _UNKEPT.sub("\ufffd", text)


def _set(parts: Iterable[tuple[Role, str]]) -> tuple[str, tuple[Block, ...]]:
    """The page's text, a part a line with a blank line between two, and the parts as blocks of it."""
    texts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for role, text in parts:
        texts.append(text)
        blocks.append(Block(role, (Span(at, at + len(text)),)))
        at += len(text) + 2
    return "\n\n".join(texts) + "\n", tuple(blocks)


def _key(fields: dict[str, Any], otherwise: tuple[str, ...]) -> str:
    for name in _KEYS:
        value = fields.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and (given := _kept(str(value)).strip()):
            return _digest(name, given)
    return _digest("", *otherwise)


def _digest(*parts: str) -> str:
    return blake2b("\0".join(parts).encode(), digest_size=6).hexdigest()
