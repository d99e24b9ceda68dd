"""Bytes to text: which encoding a page is in, and its text as it will be kept."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from tui.causes import IS_BINARY, IS_EMPTY, NO_ENCODING, NOT_IN_ENCODING
from tui.errors import PageError
from tui.pages.lazy import regex

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16 LE, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# GB18030 holds all of GBK, which holds all of GB2312: reading small as large loses nothing and mends wrong labels.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "hz": "hz", "big5-tw": "big5"}
_LEGACY = ("gb18030", "big5", "big5hkscs")
_SAMPLE = 1 << 14  # bytes: chardet's answer does not change behind the first few KiB
_DAMAGE = 0.01  # share of characters that may be unreadable before the guess counts as wrong
_CONTROLS = regex("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROL_SHARE = 0.05
_HAN = regex("[\u3400-\u4dbf\u4e00-\u9fff]")
_TEXT = regex("[\t\n\r\x20-\x7e\u2010-\u2027\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text, byte order mark off and every line end a line feed, and the encoding it was read with."""

    text: str
    encoding: str


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """The text of a page.

    Args:
        data: The file's bytes.
        encoding: What the user says it is; without it a byte order mark decides, then strict UTF-8, then chardet.

    Raises:
        PageError: The bytes are empty, no text, or not in `encoding`. The message is the cause,
            to stand behind a file's name.
    """
    if not data:
        raise PageError(IS_EMPTY)
    if encoding is not None:
        text, name = _told(data, encoding)
    else:
        text, name = _marked(data) or _plain(data) or _guessed(data)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text or len(_CONTROLS.findall(text)) > _CONTROL_SHARE * len(text):
        raise PageError(IS_BINARY)
    if not text.strip():
        raise PageError(IS_EMPTY)
    return Decoded(text, name)


def _told(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        raise PageError(NO_ENCODING.format(encoding=encoding)) from None
    name = _WIDER.get(name, name)
    if name in {"utf-8-sig", "utf-16", "utf-32"} and (marked := _marked(data)):
        return marked
    try:
        return data.decode(name), name
    except UnicodeDecodeError as error:
        raise PageError(NOT_IN_ENCODING.format(encoding=encoding, byte=error.start)) from None
    except (UnicodeError, LookupError):  # codecs that are none for text: base64, idna
        raise PageError(NO_ENCODING.format(encoding=encoding)) from None


def _marked(data: bytes) -> tuple[str, str] | None:
    for mark, name in _BOMS:
        if data.startswith(mark):
            body = data[len(mark) :]
            if name.startswith("utf-16"):
                body = body[: len(body) & ~1]  # a file cut inside its last unit
            text = body.decode(name, errors="replace")
            if text.count("\ufffd") <= _DAMAGE * len(text) + 1:
                return text, name
    return None


def _plain(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without a mark, HZ (both can pass for UTF-8), UTF-8, and UTF-8 with a little damage."""
    if wide := _unmarked_utf16(data):
        return wide
    if b"~{" in data and data.isascii():
        try:
            text = data.decode("hz")
        except UnicodeDecodeError:
            return data.decode("ascii"), "utf-8"
        return (text, "hz") if _HAN.search(text) else (data.decode("ascii"), "utf-8")
    text = data.decode("utf-8", errors="replace")
    if text.count("\ufffd") <= min(_DAMAGE * len(text) + 1, len(_HAN.findall(text)) // 4) or _is_utf8(data):
        return text, "utf-8"
    return None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _unmarked_utf16(data: bytes) -> tuple[str, str] | None:
    """UTF-16 shows by its high bytes: half of the bytes lie in a few values, zero for ASCII and 4E to 9F for Han."""
    if len(data) % 2 or len(data) < 8:
        return None
    for name, high in (("utf-16-le", data[1:_SAMPLE:2]), ("utf-16-be", data[0:_SAMPLE:2])):
        usual = sum(byte in {0x00, 0x20, 0x30, 0xFF} or 0x4E <= byte <= 0x9F for byte in high)
        if usual < 0.98 * len(high) or (not high.count(0) and data.isascii()):
            continue
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if len(_TEXT.findall(text)) >= 0.98 * len(text) and (0 in high or not _is_utf8(data)):
            return text, name
    return None


def _guessed(data: bytes) -> tuple[str, str]:
    import chardet

    told = (chardet.detect(data[:_SAMPLE]).get("encoding") or "").lower()
    try:
        told = codecs.lookup(told).name
    except LookupError:
        told = ""
    for name in dict.fromkeys((_WIDER.get(told, told), "big5hkscs" if told.startswith("big5") else "", *_LEGACY)):
        if name and (text := _decoded(data, name)) is not None:
            return text, name
    raise PageError(IS_BINARY)


def _decoded(data: bytes, name: str) -> str | None:
    """The text if it reads well: hardly any damage, and Han in it, which every page of this program's has."""
    try:
        text = data.decode(name, errors="replace")
    except (LookupError, UnicodeError):
        return None
    han = len(_HAN.findall(text))
    good = text.count("\ufffd") <= _DAMAGE * len(text) and han * 10 >= len(text)
    return text if good else None
