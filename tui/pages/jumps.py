"""Jump lines: 上接01版, （下转第四版）, 紧接1版, with brackets whole, damaged or none."""

from __future__ import annotations

from dataclasses import dataclass

from tui.pages.lazy import regex

_OPEN, _CLOSE = r"[(（\[【〔［〈<{]", r"[)）\]】〕］〉>}]"
_PAGE = r"(?:本报)?[第笫]? ?(?P<page>[A-Z]{0,2}\d{1,3}|[一二三四五六七八九十]{1,3}) ?版"
# Behind the page a title may follow (上接第一版《…》); brackets of two kinds, or only one of the pair, are OCR's.
_TAIL = rf"(?:[^()（）\[\]【】。]{{0,30}}{_CLOSE}|[:：])?"
_FROM = regex(rf"\s*(?:{_OPEN}\s*|[▲△◀◄←●■□]\s*)?(?:[上紧緊]\s*接|接上|续接|(?<={_OPEN})[接续續])\s*{_PAGE}{_TAIL}")
_TO = regex(
    rf"(?:{_OPEN}\s*(?:[▶►→▼]\s*)?(?:[下紧緊]\s*[转轉接]|[转轉])\s*{_PAGE}{_TAIL}"
    rf"|[▶►→▼]?\s*下\s*[转轉]\s*{_PAGE.replace('page', 'bare')})\s*\Z"
)
_HAN_DIGITS = {char: value for value, char in enumerate("一二三四五六七八九", 1)}


@dataclass(frozen=True, slots=True)
class Jump:
    """Where in a text a jump stands, and the page it names, in digits."""

    start: int
    end: int
    page: str


def continued_from(text: str) -> Jump | None:
    """The jump that opens `text`, if one does."""
    match = _FROM.match(text)
    return Jump(match.start(), match.end(), _digits(match["page"])) if match else None


def continued_on(text: str) -> Jump | None:
    """The jump that ends `text`, if one does."""
    if "版" not in text[-40:]:
        return None
    start = max(len(text) - 60, 0)
    match = _TO.search(text, start)
    return Jump(match.start(), match.end(), _digits(match["page"] or match["bare"])) if match else None


def _digits(page: str) -> str:
    """第十二版 as 12; digits stay as printed."""
    if page[-1] in _HAN_DIGITS or "十" in page:
        tens, ten, ones = page.rpartition("十")
        return str((_HAN_DIGITS.get(tens, 1) * 10 if ten else 0) + _HAN_DIGITS.get(ones, 0))
    return page
