"""Paper, date and page number: from the page's path, and from its own folio line.

Where both say something plausible the path wins: a folder is named by intent, a folio line is as good as its OCR. A
paper's name in Han beats an abbreviation in Latin letters (nmrb), wherever it stands: a reader can tell what it means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tui.model import Block, Imprint, text_of
from tui.pages.lazy import regex
from tui.pages.words import EDITORS, fold

if TYPE_CHECKING:
    from pathlib import PurePosixPath

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_SUFFIXES = frozenset((".txt", ".md", ".markdown", ".jsonl", ".text"))
_HASH = regex(r"(?<![0-9A-Za-z])(?=[0-9]*[a-fA-F])(?=[a-fA-F]*[0-9])[0-9a-fA-F]{10,}(?![0-9A-Za-z])")
_YEAR_FIRST = regex(
    r"(?<!\d)(?P<year>1[89]\d\d|20\d\d)(?:(?:年[ /]?|[-_./ ])(?P<month>\d{1,2})(?:月[ /]?|[-_./ ])(?P<day>\d{1,2})日?|"
    r"(?P<run>\d{4}))(?!\d)"
)
_HAN_DATE = regex(
    r"(?P<era>(?:中[华華])?民[国國])?(?P<year>[〇○零一二三四五六七八九十元\d]{1,4}) ?年 ?"
    r"(?P<month>[一二三四五六七八九十\d]{1,3}) ?月 ?(?P<day>[一二三四五六七八九十廿\d]{1,3}) ?[日号號]"
)
_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "元": "1"}
_NUMBER = regex(
    r"(?<![0-9A-Za-z])(?:第|p|P|pg|page|Page)?[ _-]?(?P<letter>[A-HT])?0*(?P<number>[1-9]\d{0,2})"
    r"(?P<ban> ?[版面])?(?![0-9A-Za-z年月日])"
)
_BAN = regex(
    rf"第 ?(?P<han>[一二三四五六七八九十]{{1,3}}) ?版|(?P<before>版) ?0*(?P<swapped>[1-9]\d?)(?!\d)|"
    rf"(?<![\d.])(?P<letter>[A-HT])?0*(?P<number>[1-9]\d?) ?版(?![{_HAN}]{{5}})"
)
_PAPER = regex(rf"[{_HAN}]{{1,10}}(?:报|報|周刊|週刊|参考消息)")
_NO_PAPER = regex(r"剪[报報]|[简簡][报報]|画报社|[报報]纸|海报|情报|预报|汇报|申报$|本报|通报|日报社")
_LATIN_PAPER = regex(r"[A-Za-z]{3,12}$")
_NO_LATIN_PAPER = frozenset(
    [
        "scan",
        "page",
        "pages",
        "img",
        "image",
        "images",
        "ocr",
        "text",
        "txt",
        "doc",
        "file",
        "files",
        "pdf",
        "data",
        "part",
        "raw",
        "out",
        "output",
        "sample",
        "samples",
        "test",
        "tests",
    ]
)
_SECTION = regex(rf"[{_HAN}·/]{{2,8}}$")
_PLAIN_HAN = regex(rf"[{_HAN}]{{2,12}}$")
_NO_SECTION = regex(r"星期|农历|農曆|今日|责|責|编|編|版|^第|日$|月$|年$")
_BEHIND_DATE = regex(
    r"\s*(?:T?\s*\d{1,2}:\d{2}\S*(?: ?[-+]\d{2}:?\d{2})?|[（(]?(?:星期|周|週)[一二三四五六日天][）)]?)?"
)
_PLAIN_NUMBER = regex(
    r"第? ?(?:(?P<letter>[A-Za-z])?0*(?P<number>[1-9]\d{0,2})|(?P<han>[一二三四五六七八九十]{1,3})(?= ?版)) ?[版面]?"
    r"(?: ?[:：] ?(?P<section>.+))?"
)
_FOLIO_LENGTH = 80  # code points: a folio line is short; a date in a longer one is of a story


def imprint(path: PurePosixPath, text: str, furniture: tuple[Block, ...]) -> Imprint:
    """Where and when a page was printed, as far as its path and its folio line say. Never raises.

    Args:
        path: Relative to the library. Its folders count as much as its name.
        text: The page's text.
        furniture: The blocks that belong to no article, among them the folio line.
    """
    said, printed = _of_path(path), _of_folio([text_of(text, block.spans) for block in furniture])
    paper = said.paper or printed.paper
    if printed.paper and said.paper.isascii():
        paper = printed.paper
    return Imprint(
        paper=paper,
        date=said.date or printed.date,
        number=said.number or printed.number,
        section=said.section or printed.section,
    )


def plain_date(text: str) -> str:
    """The date that `text` is, perhaps with a time or a day of the week, as ISO 8601; empty where it is none."""
    for pattern in (_YEAR_FIRST, _HAN_DATE):
        if (match := pattern.match(text)) and _BEHIND_DATE.fullmatch(text, match.end()):
            return _han_date(match) if pattern is _HAN_DATE else _digit_date(match)
    return ""


def plain_number(text: str) -> tuple[str, str]:
    """The number and the section of the page that `text` names (02, A03版, 第02版：要闻), or `text` as it is."""
    if match := _PLAIN_NUMBER.fullmatch(text):
        number = str(_han_number(match["han"])) if match["han"] else (match["letter"] or "") + match["number"]
        return number, match["section"] or ""
    return text, ""


@dataclass(frozen=True, slots=True)
class _Found:
    paper: str = ""
    date: str = ""
    number: str = ""
    section: str = ""


def _valid(year: int, month: int, day: int) -> str:
    try:
        found = date(year, month, day)
    except ValueError:
        return ""
    return found.isoformat() if 1815 <= year <= 2100 else ""  # 1815: the first newspaper in Chinese


def _of_path(path: PurePosixPath) -> _Found:
    """What the path says. A date is looked for first: what stands around it is then paper, number and section."""
    parts = [*path.parts[:-1], path.stem if path.suffix.lower() in _SUFFIXES else path.name]
    whole = _HASH.sub("", "/".join(part for part in parts if part not in {"/", ".", ".."}))
    when, before, after = "", whole, ""
    for match in _YEAR_FIRST.finditer(whole):
        run = match["run"]
        month, day = (run[:2], run[2:]) if run else (match["month"], match["day"])
        if when := _valid(int(match["year"]), int(month), int(day)):
            # Of a date given twice (2024/01/25/2024-01-25) the last one counts: behind it stands the page.
            before, after = whole[: match.start()], whole[match.end() :]
    if not when:
        for match in _HAN_DATE.finditer(whole):
            if when := _han_date(match):
                before, after = whole[: match.start()], whole[match.end() :]
                break
    number, rest = _path_number(after if when else whole, dated=bool(when), named=bool(_PAPER.search(before)))
    paper = _path_paper(before if when else whole, dated=bool(when)) or (_path_paper(rest, dated=False) if when else "")
    section = ""
    if number or when:
        tail = re.split(r"[-_ /]+", rest)[-1]
        if _SECTION.fullmatch(tail) and tail != paper and not _NO_SECTION.search(tail) and not _PAPER.fullmatch(tail):
            section = tail
    return _Found(paper, when, number, section)


def _path_number(after: str, *, dated: bool, named: bool) -> tuple[str, str]:
    """The page number behind the date, and what is left. Without a date it needs 版, or a paper's name before it."""
    for match in _NUMBER.finditer(after):
        rest = after[match.end() :]
        if match["ban"] or dated or (named and not re.search(r"[\d/]", rest)):
            return (match["letter"] or "") + match["number"], f"{after[: match.start()]} {rest}"
    if found := _BAN.search(after):
        return _ban(found), f"{after[: found.start()]} {after[found.end() :]}"
    return "", after


def _path_paper(text: str, *, dated: bool) -> str:
    """The name nearest to the date that can be a paper's."""
    names = [name for name in re.split(r"[-_ /.()（）【】\d]+", text) if name]
    for name in reversed(names):
        if (match := _PAPER.fullmatch(name)) and not _NO_PAPER.search(name):
            return match[0]
    if dated and names:
        last = names[-1]
        if _PLAIN_HAN.fullmatch(last) and not _NO_SECTION.search(last) and not _NO_PAPER.search(last):
            return last
        if _LATIN_PAPER.fullmatch(last) and last.lower() not in _NO_LATIN_PAPER:
            return last
    return ""


def _of_folio(lines: list[str]) -> _Found:
    paper = when = number = section = ""
    for line in lines:
        if len(line) > _FOLIO_LENGTH:
            continue
        editors = EDITORS.search(fold(line))
        rest = line[: editors.start()] if editors else line
        for pattern in (_YEAR_FIRST, _HAN_DATE):
            if match := pattern.search(rest):
                found = _han_date(match) if pattern is _HAN_DATE else _digit_date(match)
                when, rest = when or found, rest[: match.start()] + "\n" + rest[match.end() :]
        if match := _BAN.search(rest):
            number, rest = number or _ban(match), rest[: match.start()] + "\n" + rest[match.end() :]
        for word in re.split(rf"[^{_HAN}·]+", rest):
            if _PAPER.fullmatch(word) and len(word) > 2 and not _NO_PAPER.search(word):
                paper = paper or word
            elif number and rest != line and not section and _SECTION.fullmatch(word) and not _NO_SECTION.search(word):
                section = word if len(word) <= 6 else ""
    return _Found(paper, when, number, section)


def _digit_date(match: re.Match[str]) -> str:
    run = match["run"]
    month, day = (run[:2], run[2:]) if run else (match["month"], match["day"])
    return _valid(int(match["year"]), int(month), int(day))


def _han_date(match: re.Match[str]) -> str:
    year = _han_number(match["year"])
    if match["era"]:
        year += 1911
    return _valid(year, _han_number(match["month"]), _han_number(match["day"]))


def _han_number(text: str) -> int:
    """二〇二四, 二十五, 廿五, 25."""
    text = text.replace("廿", "二十")
    if "十" in text:
        tens, _, ones = text.partition("十")
        text = (tens or "一") + (ones or "零")
    digits = "".join(_DIGITS.get(char, char) for char in text)
    return int(digits) if digits.isdecimal() and digits.isascii() else 0


def _ban(match: re.Match[str]) -> str:
    if match["han"]:
        return str(_han_number(match["han"]))
    return (match["letter"] or "") + (match["number"] or match["swapped"])
