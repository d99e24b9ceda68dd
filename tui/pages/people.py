"""Who wrote it, where a text says so within: behind 本报讯, and at its end."""

from __future__ import annotations

from tui.pages.lazy import regex
from tui.pages.names import REPORTS, Byline, read
from tui.pages.words import BULLETS, HAN

_NUMBER = r"[\d○〇一二三四五六七八九十廿]{1,3}"
_ENDS = "。！？”…"
# Most paragraphs have neither a signature nor a source: one look tells so.
_PERHAPS_SIGNED = regex(rf"[)）\]】〕］]\s*\Z|[{BULLETS}]|记者|記者|通讯员|通訊員")
_PERHAPS_SOURCE = regex("[^。]{0,50}?(?:[讯訊电電]|消息|记者|記者|通讯员|通訊員)")
_ROUND = " \u3000()（）[]【】〔〕［］"
_TAIL = 64  # code points: no signature is longer

_BRACKETED_END = regex(r"[(（\[【〔［]([^()（）\[\]【】〔〕]{2,60})[)）\]】〕］]\s*\Z")
_BULLET_END = regex(rf"(?<=[{_ENDS}])\s*[{BULLETS}]\s*([^。！？，]{{2,40}})\Z")
_BARE_END = regex(
    rf"(?<=[{_ENDS}])\s+((?:本报|本報|新华社)?[^\s。！？，]{{0,12}}(?:记者|記者|通讯员|通訊員)[^。！？，]{{2,30}})\Z"
)

_SOURCE = regex(
    r"[【（(\[〔［\s]*(?:"
    r"[本新][报報][^，。；：！？\s()（）]{0,14}?[讯訊电電](?![视力影话子])"  # 本报讯, 本报北京专电
    rf"|(?:据|據)?[{HAN}]{{1,14}}?[社报報网網台][{HAN}]{{0,10}}?"  # 新华社北京1月2日电, 某报北京二日讯
    rf"(?:{_NUMBER} ?月 ?)?{_NUMBER} ?日[^，。；：\s]{{0,4}}?[电電讯訊]"
    rf"|(?:据|據)?[{HAN}]{{1,8}}[社报報](?:[讯訊]|消息)(?=[\s(（】\]〕，])"
    rf"|[据據][{HAN}]{{1,6}}社[电電讯訊]"
    r"|本[市省港县][讯訊](?=[\s(（】\]〕，])"
    rf"|[{HAN}]{{2,8}}[讯訊](?=[(（])"
    rf"|(?<=[【〔\[（(])[{HAN}]{{0,8}}?(?:记者|記者)(?P<name>[{HAN}]{{3}}|[{HAN}]{{2}})[／/\s]?"
    rf"[{HAN}]{{2,6}}(?:报导|報導|报道|報道|专访|專訪)(?=[】〕\]）)])"
    rf"|(?<=[【〔\[])[{HAN}\d]{{2,16}}(?:[讯訊电電]|消息)(?=[】〕\]])"
    r")[】）)\]〕］]?\s*"
)
_BRACKET = regex(r"\s*[(（\[【〔［]([^()（）\[\]【】〔〕［］]{2,60})[)）\]】〕］]")
_UNBRACKETED = regex(
    rf"([{HAN}]{{0,12}}(?:记者|記者|通讯员|通訊員)\s*[{HAN}]{{2,4}}(?:[\s、]+[{HAN}]{{2,4}}){{0,4}}?)(?=\s|[报報]道)"
)
_REPORTED = regex(
    rf"((?:本报|本報)?[{HAN}]{{0,8}}(?:记者|記者|通讯员|通訊員)\s*[{HAN}\s、]{{2,20}}?)\s*(?:摄影)?[报報][道导導](?=[：:，,\s])"
)


def at_end(text: str) -> Byline | None:
    """The byline that ends a paragraph: …。（记者 某某）, or behind a bullet."""
    tail = text[-_TAIL:]
    if not _PERHAPS_SIGNED.search(tail):
        return None
    match = _BRACKETED_END.search(tail) or _BULLET_END.search(tail) or _BARE_END.search(tail)
    found = read(match[1]) if match else None
    if not match or not found:
        return None
    start = len(text) - len(tail) + match.start()
    if not text[:start].rstrip().endswith((*_ENDS, "!", "?", ".")) and not REPORTS.search(found.text):
        return None
    return Byline(start, len(text), found.text, found.names, told=True)


def source(text: str) -> Byline | None:
    """The words that open a news item: 本报讯（记者 某某）, 新华社北京1月2日电, （本报记者 某某）, 本报记者某某报道."""
    if not _PERHAPS_SOURCE.match(text):
        return None
    if match := _SOURCE.match(text):
        behind = _BRACKET.match(text, match.end()) or _UNBRACKETED.match(text, match.end())
        found = read(behind[1]) if behind else None
        if behind and found:
            return Byline(0, behind.end(), found.text, found.names, told=True)
        named = (match["name"],) if match["name"] else ()
        return Byline(0, match.end(), match[0].strip(_ROUND) if named else "", named, told=True)
    match = _REPORTED.match(text) or _BRACKET.match(text)
    found = read(match[1]) if match else None
    if match and found and REPORTS.search(found.text) and match.end() < len(text):
        return Byline(0, match.end(), found.text, found.names, told=True)
    return None
