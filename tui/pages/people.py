"""Who wrote it: bylines, the brackets behind 本报讯 and at a text's end, and the names in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_BULLETS = "■□◆◇●○▲△▼▽★☆◎※▶►◀◄"
# 百家姓 and the later common ones, simplified and traditional: a name on its own is told from any other short word by how it begins.
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐"
    "费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁"
    "杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮"
    "龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶"
    "幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄"
    "晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚越夔隆师巩厍聂晁勾敖融冷辛阚那简饶空曾毋沙乜养"
    "鞠须丰巢关蒯相查后荆红游竺权盖益桓公仉督晋楚闫法汝鄢涂钦岳帅缑亢况有琴商牟佘佴伯赏墨哈谯笪年爱阳佟言福肖付覃辜谌官冼植代展迟原"
    "苟衣逯苑邸母修栗占仝由信矫院迎求战操揭粟鲜占但先才晋补寸舍奉禹亓初回者腾丛沐佘海延晓"
    "趙錢孫吳鄭馮陳衛蔣韓楊許呂張嚴華謝鄒喻蘇範魯韋馬鳳費賀湯羅畢鄔樂時齊顧黃蕭紀項談龐藍閔賈婁顏鍾駱萬盧經應鄧單諸鈕陸榮儲車寧欒厲劉"
    "龍葉黎賴喬雙聞黨譚貢勞農溫莊閻連習鄺簡饒關權蓋蘭歐師鞏聶豐銀倫凌塗蘇儀鄔廣賓衝鄢覃單佘滿東隴趙"
)
_COMPOUND = re.compile(
    "欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|鲜于|司徒|端木|东方|独孤|南宫|闻人"
)
_WORKS = (
    "特约记者|特派记者|见习记者|实习记者|首席记者|高级记者|全媒体记者|融媒体记者|摄影记者|驻站记者|记者|記者|特约通讯员|通讯员|通訊員|"
    "特约评论员|评论员|評論員|特约撰稿人|撰稿人|实习生|實習生|見習記者|特約記者|作者|主持人|译者|報導|报导|报道|摄影报道|攝影報道|综合报道|"
    "摄影|攝影|摄像|文字|图片|撰文|撰稿|执笔|采写|采访|整理|综合|翻译|编译|供稿|供图|制图|绘图|绘画|漫画|插图|书法|文并图|文图|图文|"
    "特稿|专稿|发自[^\\s]{2,6}|读者|讀者|文|图|圖|摄|攝|撰|绘|译|著|作|画|综合整理|本报|编写|口述|执行"
)
_WORK = re.compile(
    rf"(?:[{_HAN}A-Za-z]{{0,14}}?(?:记者|記者|通讯员|通訊員|评论员|評論員|实习生|實習生|撰稿人)|{_WORKS})+\Z"
)
_WORK_FIRST = re.compile(
    rf"[{_HAN}A-Za-z]{{0,14}}?(?:记者|記者|通讯员|通訊員|评论员|評論員|实习生|實習生|作者)(?P<name>[{_HAN}]{{2,4}})\Z"
)
_WORK_LAST = re.compile(rf"(?P<name>[{_HAN}]{{2,4}}?)(?:{_WORKS})+\Z")
_REPORTS = re.compile(
    "记者|記者|通讯员|通訊員|评论员|評論員|实习生|實習生|作者|读者|讀者|撰稿|摄影报道|攝影報道|报道|報道|撰文|采写|执笔|文/|文图|图文"
)
_NAME = re.compile(rf"[{_HAN}]{{2,4}}\Z|[{_HAN}]{{1,6}}(?:[·•・‧．][{_HAN}]{{1,8}}){{1,3}}\Z")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z.'-]+\Z")
_AFFILIATION = 14  # code points
_PLAIN = re.compile(rf"[{_HAN}A-Za-z（）()]+\Z")
_TITLES = re.compile(
    "读者|讀者|教授|研究员|研究員|博士|主任|院长|校长|律师|作家|诗人|学者|工程师|教师|老师|学生|记者|記者|通讯员|通訊員"
)
_TRANSCRIBED = 7  # code points, the dot among them
_SPREAD_NAME = re.compile(rf"[{_HAN}](?:[ \u3000]+[{_HAN}]){{1,2}}\Z")
_BETWEEN = re.compile(r"[\s、，,/／|｜;；:：&＆＋+]+")
_OUTER = re.compile(rf"\A[\s{_BULLETS}()（）\[\]【】〔〕［］—―-]+|[\s()（）\[\]【】〔〕［］]+\Z")
_BRACKETED_END = re.compile(r"[(（\[【〔［]([^()（）\[\]【】〔〕]{2,60})[)）\]】〕］]\s*\Z")
_BULLET_END = re.compile(rf"[。！？”…]\s*[{_BULLETS}]\s*([^。！？，]{{2,40}})\Z")
_BARE_END = re.compile(
    r"[。！？”…]\s+((?:本报|本報|新华社)?[^\s。！？，]{0,12}(?:记者|記者|通讯员|通訊員)[^。！？，]{2,30})\Z"
)
_NO_NAMES = re.compile(
    "[左右上下中前后]\\Z|[左右上下][一二三四图圖]|^(?:完|续|待续|未完|见图|如图|图|资料|下同|节选|连载|全文|摘要|笑|掌声|鼓掌|之[一二三四五六七八九十]+)"
)
_SOURCE = re.compile(
    rf"[【（(\[〔［\s]*(?:"
    rf"[本新][报報][^，。；：！？\s()（）]{{0,14}}?[讯訊电電](?![视力影话子])"
    rf"|(?:据|據)?[{_HAN}]{{1,14}}?(?:社|报|報|网|網|台)[{_HAN}]{{0,10}}?(?:[\d○〇一二三四五六七八九十廿]{{1,3}} ?月 ?)?[\d○〇一二三四五六七八九十廿]{{1,3}} ?日[^，。；：\s]{{0,4}}?[电電讯訊]"
    rf"|(?:据|據)?[{_HAN}]{{1,8}}(?:社|报|報)(?:[讯訊]|消息)(?=[\s(（】\]〕，])"
    rf"|(?:本市|本省|本港|本县)[讯訊](?=[\s(（】\]〕，])"
    rf"|[{_HAN}]{{2,8}}[讯訊](?=[(（])"
    rf"|(?<=[【〔\[])(?:本报|本報)[{_HAN}]{{0,4}}(?:记者|記者)[{_HAN}\s]{{2,16}}(?=[】〕\]])"
    rf"|(?<=[【〔\[])[{_HAN}\d]{{2,16}}(?:[讯訊电電]|消息)(?=[】〕\]])"
    rf")[】）)\]〕］]?\s*"
)
_REPORTER = re.compile(r"\s*[(（\[【]([^()（）\[\]【】]{2,60})[)）\]】]")
_REPORTS_FIRST = re.compile(
    rf"(?:本报|本報)?[{_HAN}]{{0,8}}(?:记者|記者|通讯员)\s*([{_HAN}\s、]{{2,20}}?)\s*(?:摄影)?[报報][道导導](?=[：:，,\s])"
)


# Most paragraphs have neither: one look tells so.
_PERHAPS_SIGNED = re.compile(rf"[)）\]】〕］]\s*\Z|[{_BULLETS}]|记者|記者|通讯员|通訊員")
_PERHAPS_SOURCE = re.compile("[^。]{0,50}?(?:[讯訊电電]|消息|记者|記者|通讯员|通訊員)")


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline found in a text.

    Attributes:
        start: Where it stands in the text.
        end: Likewise, end exclusive.
        text: What it says, brackets aside.
        names: The people it names, in order.
        told: Whether a word like 记者 says that it is one; otherwise only the names do.
    """

    start: int
    end: int
    text: str
    names: tuple[str, ...]
    told: bool


def read(text: str) -> Byline | None:
    """`text` as a byline that stands alone, if all of it can be one: names, and words like 本报记者 or 文/图."""
    if len(text) > 80:
        return None
    inner = _OUTER.sub("", text)
    if _SPREAD_NAME.match(inner):
        inner = "".join(inner.split())
    if not inner or _NO_NAMES.search(inner):
        return None
    marked = text.lstrip()[:1] in _BULLETS
    names: list[str] = []
    told = affiliated = False
    tokens = [token for token in _BETWEEN.split(inner) if token]
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if len(token) == 1 and index + 1 < len(tokens) and len(tokens[index + 1]) == 1 and token in _SURNAMES:
            token += tokens[index + 1]  # 张 三: print spreads a name of two to the width of three
            index += 1
        index += 1
        if _WORK.match(token):
            told = told or bool(_REPORTS.search(token)) or len(token) > 1 or len(tokens) > 1
        elif (match := _WORK_FIRST.match(token)) and _is_name(match["name"], sure=False):
            names.append(match["name"])
            told = True
        elif _is_name(token, sure=told) or (
            marked and len(tokens) > 1 and len(token) < 4 and _is_name(token, sure=True)
        ):
            names.append(token)
        elif (match := _WORK_LAST.match(token)) and _is_name(match["name"], sure=False):
            names.append(match["name"])
            told = True
        elif _LATIN_NAME.match(token) and (told or names):
            names.append(token)
        elif index < len(tokens) and len(token) <= _AFFILIATION and _PLAIN.match(token):  # 某大学 教授 某某
            affiliated = True
        else:
            return None
    if affiliated and not (names and (marked or _TITLES.search(inner))):
        return None
    if not names and (not told or not _REPORTS.search(inner)):
        return None
    return Byline(0, len(text), inner, tuple(names), told or marked)


def _is_name(token: str, *, sure: bool) -> bool:
    if not _NAME.match(token):
        return False
    if sure or _COMPOUND.match(token):
        return True
    # 阿不都·热合曼 is a name, 七律·登高 none: transcribed names are long.
    return len(token) >= _TRANSCRIBED if "·" in token else len(token) < 4 and token[0] in _SURNAMES


def at_end(text: str) -> Byline | None:
    """The byline that ends a paragraph: …。（记者 某某）, or behind a bullet."""
    tail = text[-64:]
    if not _PERHAPS_SIGNED.search(tail):
        return None
    match = _BRACKETED_END.search(tail) or _BULLET_END.search(tail) or _BARE_END.search(tail)
    if not match:
        return None
    found = read(match[1])
    if not found:
        return None
    offset = len(text) - len(tail)
    before = text[: offset + match.start()].rstrip()
    ended = match[0][0] in "。！？”…" or before.endswith(("。", "！", "？", "…", "”", "!", "?", "."))
    if not ended and not _REPORTS.search(found.text):
        return None
    start = offset + (match.start() if match[0][0] not in "。！？”…" else match.start(1))
    return Byline(start, len(text), found.text, found.names, told=True)


def source(text: str) -> Byline | None:
    """The words that open a news item, 本报讯（记者 某某） or 新华社北京1月2日电, with the names in the bracket behind them."""
    if not _PERHAPS_SOURCE.match(text):
        return None
    match = _SOURCE.match(text)
    if not match:
        match = _REPORTS_FIRST.match(text)
        if match:
            found = read(match[1])
            return Byline(0, match.end(), match[0], found.names if found else (), told=True)
        match = _REPORTER.match(text)
        found = read(match[1]) if match else None
        if match and found and _REPORTS.search(found.text) and len(text) > match.end():
            return Byline(0, match.end(), found.text, found.names, told=True)
        return None
    bracket = _REPORTER.match(text, match.end()) or (
        _REPORTER.match(text[match.start() :]) if text[0] in "(（" else None
    )
    if bracket:
        found = read(bracket[1])
        if found:
            return Byline(0, bracket.end(), found.text, found.names, told=True)
    plain = re.compile(
        rf"(?:[{_HAN}]{{0,12}}(?:记者|記者|通讯员)\s*)([{_HAN}]{{2,4}}(?:[\s、]+[{_HAN}]{{2,4}}){{0,4}})(?=\s)"
    ).match(text, match.end())
    if plain and (found := read(plain[0])):
        return Byline(0, plain.end(), found.text, found.names, told=True)
    return Byline(0, match.end(), "", (), told=True)
