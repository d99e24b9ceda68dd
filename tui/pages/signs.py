"""What can be seen of a unit of text: named signs, and nothing decided yet.

A sign is a word such as `ends_stop`, `long`, `ahead_source`; roles.py says what each speaks for. Signs are of four kinds: of the
unit's own text, of its Markdown, of how it stands to its neighbours, and of what lies before and behind the run of short lines it is in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from tui.pages import jumps, marks, people

if TYPE_CHECKING:
    from tui.pages.lines import Line
    from tui.pages.wrapping import Unit

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_SHORT = 60  # code points: nothing longer is a head or a byline
_FOLIO_LENGTH = 90
_MARKED = 3  # headings from which on a page is one that marks them
_KICKER = 36  # cells: what is set small because it is long
# The bounds of the length signs: `n3` is up to three code points, `n7` up to seven … `nmax` all above.
_LENGTHS = (3, 7, 15, 24, 36, 45, 60, 120)

_COLUMN = re.compile(
    "(?:图片|圖片|图文|影像|时政|国际|國際|国内|财经|体育|文化|社会|本地|综合)(?:新闻|新聞|报道|報道|要闻|简讯)|"
    "(?:.{0,6}(?:专栏|專欄|特刊|专版|专题|特稿|特写|快讯|简讯|短讯|速递|速览|速读|快报|要闻|动态|微评|时评|时论|社论|社論|短评|短評|"
    "快评|锐评|点评|评论|評論|论坛|論壇|圆桌谈|大家谈|杂谈|漫谈|访谈|观察|观点|视点|视线|视野|聚焦|关注|焦点|广角|纵横|之窗|园地|"
    "茶座|信箱|讲堂|课堂|链接|鏈接|连线|镜头|鏡頭|掠影|随笔|漫笔|札记|手记|絮语|博览|文摘|副刊|进行时|启示录|回音壁|面对面|"
    "来信|来论|声音|编后|编者按|編者按|编者的话|编后语|记者手记|背景|小资料|小知识|名词解释|延伸阅读|新闻链接|相关链接))"
)
_COLUMN_HEAD = re.compile(r"(?:关键词|關鍵詞|主题词|话题|主持人|本期嘉宾|嘉宾|栏目)[:：]")
_DOTTED = re.compile(rf"[{_HAN}]{{2,6}}[·•・‧∙][{_HAN}]{{2,6}}\Z")
_WRAPPED_LABEL = re.compile(rf"[\[【〔「『《<][{_HAN}·]{{2,8}}[\]】〕」』》>]\Z")
_INDEX_HEAD = re.compile(r"(?:今日|本期|新闻|要闻|版面)?(?:导读|導讀|提要|索引|看点|目录)\Z")
_INDEX = re.compile(r"(?:\.{2,}|…+|[>＞»▶►→/\s（(【\[]|详见|刊|见)\s*(?:第|A|B|C|D)?\s*\d{1,2}\s*(?:版|面|-\d{1,2}版)\s*[)）】\]]?\Z")
_FOLIO_SIGNS = (
    re.compile(r"(?:1[89]|20)\d\d ?[年.-] ?\d{1,2} ?[月.-] ?\d{1,2}|[〇○零一二三四五六七八九]{4} ?年"),
    re.compile(r"(?<![\d.])[A-H]?0?\d{1,2} ?版|第 ?(?:[A-H]?\d{1,3}|[一二三四五六七八九十]{1,3}) ?版|版 ?0\d(?!\d)"),
    re.compile("星期[一二三四五六日天]|周[一二三四五六日](?![年期])"),
    re.compile("责任?编辑|責任?編輯|责编|责校|美编|编审|值班(?:主任|总编|编委)|组版|版式|校对|校對|[图审]编[:：]|本版(?:编辑|责编)|编辑[:：／/ ]|视觉[:：]|设计[:：]|统筹[:：]"),
    re.compile("(?:国内|國內)?(?:统一|統一)?(?:刊号|刊號|连续出版物号)|CN ?\\d\\d|邮发代号|郵發代號|总第 ?[\\d一二三四五六七八九十]+ ?期|第 ?\\d{3,} ?[期号號]|今日 ?\\d+ ?版|代号 ?\\d+-"),
    re.compile("(?:社址|地址|邮编|邮政编码|零售|定价|印刷|广告(?:热线|许可证|经营)|发行(?:热线|部)|新闻热线|热线电话|本报(?:电话|热线|地址)|E-?mail|www\\.|https?:|网址|@[\\w.]+\\.(?:com|cn|net))", re.IGNORECASE),
    re.compile("[农農]历|[农農]曆|夏历|民[国國]"),
)
_FOLIO_ONLY = re.compile(r"[A-H]?\d{1,3}|[A-H]\d{0,3}|\d{1,2} ?版")
_SYMBOLS_ONLY = re.compile(r"[^\w\u3400-\u9fff]+")
_NOTICE = re.compile("(?:声明|聲明|启事|啟事|公告|通告|公示|讣告|更正|广告|廣告|通知|通报|名单|启示|征稿|招聘|致歉|遗失)(?:[（(].{0,8}[)）])?\\Z")
_SPEECH = re.compile("(?:强调|強調|指出|要求|表示|提出|宣布|透露|认为|发表讲话|作出批示|作重要讲话|主持(?:会议)?并讲话)\\Z")
_OCCASION = re.compile("(?:学习)?(?:宣传)?贯彻.{0,20}(?:精神|讲话)|(?:会议|大会|座谈会|论坛|会谈|会见|常委会|全会).{0,8}(?:上|召开|举行)|主持召开|出席|暨\\Z|在.{2,14}(?:考察|调研|视察|会见)")
_CAPTION = re.compile(
    r"[▲△▼▽◀◄▶►↑↓←→]?\s*(?:[上下左右本题]{1,2}?[图圖](?:为|為|[:：①②③④\d一二三]|片|左|右|上|下)?|[图圖](?:为|為|[①-⑩\d一二三四五]{1,2}(?![书]))|[①-⑩]\s*\S|照片(?:为|[:：])|资料[图圖])"
)
_ARROW = re.compile(r"[▲△▼▽◀◄▶►↑↓←→]\s*\S")
_POINTED = re.compile(r"[（(](?:[左右前后後中上下]+[排起]?[一二三四五六七八九十\d]*|[图圖]|[左右]|中|资料[图圖]片?|[左右][图圖])[）)]")
_CREDIT = re.compile(r"(?:[摄攝]影?|供图|供圖|[发發]\s*[（(]?.{0,6}[）)]?|资料[图圖]片?|视觉中国(?:供图)?|新华社[发發]|IC photo|CFP)[)）】\]]?\s*\Z", re.IGNORECASE)
_CREDIT_HAN = re.compile(r"(?:^|[\s/／）)（(　]|记者|通讯员|[。！])(?:\S{0,16}\s?)[摄攝][)）】\]]?\s*\Z|(?:资料[图圖]片?|供图|供圖)[)）】\]]?\s*\Z|新华社[发發][)）]?\s*\Z|[摄攝]影?[:：]\s*\S{2,8}\Z")
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[)）、．.：:]|[（(]\d{1,2}[)）]|\d{1,2}[、．]|\d{1,2}\.(?!\d)|[①-⑩]|第[一二三四五六七八九十]{1,3}[章节條条部回]|0\d(?=\D)")
_BULLET = re.compile("[■□◆◇●○▲△▼▽★☆◎※▶►]")
_DIGITS = re.compile(r"[\d.,%％+\-/:：℃~～]")
_PAUSE = re.compile(rf"[{_HAN}”》）)][ \u3000]+[{_HAN}“《]")
_WRITTEN = re.compile("文.{0,3}[摄攝]|[摄攝]影?[报報][道导導]")
_UNFINISHED = re.compile("[暨和与與及的在将將向对對为為以让讓、，,——]\\Z")
_MIDDLE = re.compile("[，。、；：？！）」』”’】》〉%℃)]|[的了着們们]")
_FRESH = re.compile(
    "[“「『《（(【■□◆●▲①-⑩]|会议|会上|在.{0,12}[，,]|\\d+月|\\d{4}年|[一二三四五六七八九十]+、|第[一二三四]，|本报|問|问[:：]|答[:：]"
)
_SENTENCE = re.compile(
    "(?:近日|日前|昨日|昨天|今天|今年|去年|目前|当前|据悉|据了解|据介绍|记者|他们?|她们?|我们?|同时|此外|另外|其中|随后|接着|首先|其次|最后|与此同时|"
    "一方面|另一方面|为此|对此|如今|但是?|然而|因此|于是|而且|这|那|截至|连日来)"
)
_SPOKEN = re.compile("[了着吗呢吧很]|这[个些是]|那[个些]|我们|他们|她们|[他她它我你](?!国|乡|省|市|县|区|校|军)|也是|就是|已经|正在")


@dataclass(slots=True)
class Sight:
    """A unit, with what can be seen of it.

    Attributes:
        signs: Their names, in the order they were seen.
        opens: Whether as body text it would leave its paragraph open: it breaks off in mid-sentence.
        headish: Whether it is short enough, and ends so, that it can be a head.
        byline: The unit as a byline, where it can be one.
        ended: The byline that ends it, where one does.
        source: 本報訊 and its kin at its beginning.
        jump_from: The jump that opens it.
        jump_to: The jump that ends it.
        tight: Whether no blank line stands before it, on a page that has them between paragraphs.
        completes: Whether the unit before is a short one that can't end so.
    """

    unit: Unit
    signs: list[str] = field(default_factory=list)
    opens: bool = False
    headish: bool = False
    byline: people.Byline | None = None
    ended: people.Byline | None = None
    source: people.Byline | None = None
    jump_from: jumps.Jump | None = None
    jump_to: jumps.Jump | None = None
    tight: bool = False
    completes: bool = False


def look(found: list[Unit]) -> list[Sight]:
    """What can be seen of each unit of a page."""
    sights = [_alone(unit) for unit in found]
    if not sights:
        return sights
    _markdown(sights)
    _neighbours(sights)
    _surroundings(sights)
    return sights


def _alone(unit: Unit) -> Sight:
    """The signs of a unit's own text."""
    text = unit.text
    sight = Sight(unit)
    signs = sight.signs
    length = len(text)
    signs.append(next((f"n{bound}" for bound in _LENGTHS if length <= bound), "nmax"))
    end = marks.ending(text)
    signs.append(f"ends_{end}")
    sight.opens = end in {"none", "comma"} or (end == "close" and text[-1] not in ")）】")
    sight.headish = length <= _SHORT and end not in {"stop", "semicolon", "comma"}
    if "版" in text:
        _jumps(sight)
    sight.source = people.source(text)
    if sight.source:
        signs.append("source")
    if length <= _FOLIO_LENGTH:
        _short(sight, end)
    if not sight.byline:
        sight.ended = people.at_end(text if not sight.jump_to else text[: sight.jump_to.start])
        if sight.ended:
            signs.append("ended")
    if sight.jump_to or sight.ended:
        sight.opens = False
    first = text[:16]
    if _MIDDLE.match(first):
        signs.append("starts_middle")
    elif _SENTENCE.match(first):
        signs.append("starts_sentence")
    elif _FRESH.match(first):
        signs.append("starts_fresh")
    if sight.headish and _SPOKEN.search(text):
        signs.append("spoken")
    return sight


def _jumps(sight: Sight) -> None:
    text = sight.unit.text
    sight.jump_from = jumps.continued_from(text)
    if sight.jump_from:
        sight.signs.append("from_alone" if sight.jump_from.end >= len(text) else "from")
    sight.jump_to = jumps.continued_on(text)
    if sight.jump_to:
        sight.signs.append("to_alone" if sight.jump_to.start == 0 else "to")


def _short(sight: Sight, end: str) -> None:
    """The signs that only short text can bear: labels, bylines, captions, folio lines."""
    text, signs = sight.unit.text, sight.signs
    length = len(text)
    if not sight.jump_from and not sight.jump_to:
        sight.byline = people.read(text)
    if sight.byline:
        _byline(sight, sight.byline)
    if length <= 14 and (_COLUMN.fullmatch(text) or _DOTTED.match(text) or _WRAPPED_LABEL.match(text)):
        signs.append("label")
    if _COLUMN_HEAD.match(text) and length <= 24:
        signs.append("label")
    if _INDEX_HEAD.match(text) or (length <= 60 and _INDEX.search(text) and not sight.jump_to and not sight.jump_from):
        signs.append("index")
    hits = sum(pattern.search(text) is not None for pattern in _FOLIO_SIGNS)
    if (hits >= 2 and end != "stop") or (hits and length <= 12 and end == "none" and not sight.jump_from and not sight.jump_to):
        signs.append("folio")
    elif hits and length <= 40 and end != "stop":
        signs.append("folio_like")
    if _FOLIO_ONLY.fullmatch(text) or _SYMBOLS_ONLY.fullmatch(text):
        signs.append("bare")
    if _NOTICE.search(text) and length <= 24:
        signs.append("notice")
    if end in {"none", "close", "colon"}:
        if _SPEECH.search(text):
            signs.append("speech")
        elif _OCCASION.search(text):
            signs.append("occasion")
    _picture(sight)
    if text.startswith(("——", "──", "--", "―")) or (text[0] == "—" and length > 4):
        signs.append("dash")
    elif _NUMBERED.match(text):
        signs.append("numbered")
    elif _BULLET.match(text):
        signs.append("bullet")
    inner = text[:-1]
    if "。" in inner or "！" in inner or "；" in inner:
        signs.append("stop_inside")
    if "，" in inner or "," in inner:
        signs.append("comma_inside")
    if _PAUSE.search(inner) and not sight.byline:
        signs.append("space_inside")
    if length > 2 and len(_DIGITS.findall(text)) > 0.4 * length:
        signs.append("figures")


def _byline(sight: Sight, byline: people.Byline) -> None:
    text, signs = sight.unit.text, sight.signs
    bracketed = text[0] in "(（【[" and text[-1] in ")）】]"
    if byline.told:
        signs.append("byline_told")
    elif len(byline.names) > 1:
        signs.append("byline_names")
    else:
        signs.append("byline_name")
    if bracketed:
        signs.append("byline_bracketed")


def _picture(sight: Sight) -> None:
    text, signs = sight.unit.text, sight.signs
    if _CAPTION.match(text) or _ARROW.match(text) or _POINTED.search(text):
        signs.append("caption")
    if _CREDIT_HAN.search(text) and not _WRITTEN.search(text):
        signs.append("credit")


def _markdown(sights: list[Sight]) -> None:
    """The signs of Markdown. A level says nothing by itself, but something beside the level of the heading before."""
    lines = [sight.unit.first for sight in sights]
    marked = sum(line.level > 0 or line.bold for line in lines) >= _MARKED
    last = 0
    for index, (sight, line) in enumerate(zip(sights, lines, strict=True)):
        signs = sight.signs
        if line.lead:
            signs.append("bold_lead")
        if line.bold and not line.level:
            signs.append("bold")
        if not line.level:
            if marked and sight.headish and not line.bold and not (index and lines[index - 1].level):
                signs.append("unmarked")
            continue
        signs.append("heading")
        if line.level == 1:
            signs.append("heading_first")
        joined = index > 0 and lines[index - 1].level > 0
        if last and not joined:
            signs.append("deeper" if line.level > last else "outer" if line.level < last else "level")
        if not joined or line.level < last or not last:
            last = line.level


def _neighbours(sights: list[Sight]) -> None:
    """The signs of how a unit stands to the ones before and behind it."""
    usual = sum(sight.unit.first.gap > 0 for sight in sights[1:]) * 2 > len(sights)
    for index, sight in enumerate(sights):
        line = sight.unit.first
        signs = sight.signs
        if index == 0:
            signs.append("page_first")
        if index == len(sights) - 1:
            signs.append("page_last")
        if index:
            sight.tight = usual and line.gap == 0
            if line.gap > 1 + usual:
                signs.append("apart")
        if line.image:
            signs.append("image")
        if index and sight.headish and _is_head(sights[index - 1]):
            before = sights[index - 1].unit.text
            sight.completes = _UNFINISHED.search(before) is not None or _unbalanced(before)
    _compare(_groups(sights))


def _is_head(sight: Sight) -> bool:
    return sight.headish and not sight.byline and not sight.jump_from and not sight.jump_to


def _groups(sights: list[Sight]) -> list[list[Sight]]:
    """The lines of one head each: short lines without a blank one between them, where there are blank lines between all else."""
    groups: list[list[Sight]] = []
    for sight in sights:
        if not _is_head(sight):
            groups.append([])
        elif groups and groups[-1] and sight.tight:
            groups[-1].append(sight)
        else:
            groups.append([sight])
    return groups


def _compare(groups: list[list[Sight]]) -> None:
    """The signs of a head that another one follows: which is longer, and so in smaller type, and which Markdown ranks above."""
    for upper, lower in pairwise(groups):
        if not upper or not lower:
            continue
        above, below = (sum(line.cells for sight in group for line in sight.unit.lines) for group in (upper, lower))
        if above >= max(1.4 * below, _KICKER):
            _sign(upper, "longer_than_next")
            _sign(lower, "shorter_than_last")
        elif below >= 1.4 * above:
            _sign(upper, "shorter_than_next")
            _sign(lower, "longer_than_last")
        rank, lower_rank = _rank(upper[0].unit.first), _rank(lower[0].unit.first)
        if rank != lower_rank:
            _sign(upper, "above_next" if rank < lower_rank else "below_next")
            _sign(lower, "below_last" if rank < lower_rank else "above_last")


def _sign(group: list[Sight], name: str) -> None:
    for sight in group:
        sight.signs.append(name)


def _unbalanced(text: str) -> bool:
    return any(text.count(left) > text.count(right) for left, right in ("“”", "（）", "()", "《》", "「」"))


def _rank(line: Line) -> int:
    return line.level or (7 if line.bold else 8)


def _surroundings(sights: list[Sight]) -> None:
    """The signs of what the run of short units leads to, and of what it comes after."""
    ahead = "end"
    for sight in reversed(sights):
        if sight.headish:
            sight.signs.append(f"ahead_{ahead}")
        if sight.source:
            ahead = "source"
        elif sight.jump_from:
            ahead = "from"
        elif sight.byline and sight.byline.told and "credit" not in sight.signs:
            ahead = "byline" if ahead == "text" else "sign"
        elif "folio" in sight.signs:
            ahead = "end"
        elif not sight.headish and "credit" not in sight.signs and "caption" not in sight.signs:
            ahead = "text"
    behind = "start"
    run = 0
    runs = []
    for sight in sights:
        runs.append(run)
        if sight.headish:
            sight.signs.append(f"behind_{behind}")
        run = run + 1 if sight.headish else 0
        if sight.jump_to:
            behind = "to"
        elif sight.ended or (sight.byline and (sight.byline.told or "byline_bracketed" in sight.signs)):
            behind = "signed" if not sight.byline or "byline_bracketed" in sight.signs else "byline"
            if sight.byline and "bullet" in sight.signs:
                behind = "banner"
        elif "credit" in sight.signs or ("caption" in sight.signs and behind != "open"):
            behind = "picture"
        elif not sight.headish:
            behind = "open" if sight.opens else "closed"
    length = 0
    for index in range(len(sights) - 1, -1, -1):
        length = length + 1 if sights[index].headish else 0
        if sights[index].headish and runs[index] + length >= 7:
            sights[index].signs.append("crowd_first" if runs[index] < 2 else "crowd")
