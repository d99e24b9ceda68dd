"""Names, and text that is nothing but names and words like 本报记者 or 文/图."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tui.pages.lazy import regex
from tui.pages.words import BULLETS, HAN

# 百家姓 and the later common ones, simplified and traditional: a name on its own is told from other short words by its
# first character.
SURNAMES = frozenset(
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
_COMPOUND = regex(
    "欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|鲜于|司徒|端木|东方|独孤|南宫|闻人"
)
_NAME = regex(rf"[{HAN}]{{2,4}}\Z|[{HAN}]{{1,6}}(?:[·•・‧．][{HAN}]{{1,8}}){{1,3}}\Z")
_FIRST = "".join(sorted(SURNAMES))
_JOINED = regex(rf"(?!{_COMPOUND.pattern})([{_FIRST}][{HAN}]{{1,2}})([{_FIRST}][{HAN}]{{1,2}})\Z")
_TRANSCRIBED = 7  # code points, the dot among them: 阿不都·热合曼 is a name, 七律·登高 none
_LATIN_NAME = regex(r"[A-Z][A-Za-z.'-]+\Z")
_SPREAD_NAME = regex(rf"(?<![{HAN}])([{HAN}])[ \u3000]+([{HAN}])(?:[ \u3000]+([{HAN}]))?(?![{HAN}])")  # 张 三

# -- words of the trade that stand beside names
_POSTS = "记者|記者|通讯员|通訊員|评论员|評論員|实习生|實習生|撰稿人"
_WORKS = (
    rf"(?:特约|特約|特派|见习|見習|实习|首席|高级|全媒体|融媒体|摄影|驻站)?(?:{_POSTS})|作者|读者|讀者|主持人|译者|本报|"
    "(?:摄影|攝影|综合)?(?:报道|報道|报导|報導)|摄影|攝影|摄像|文字|图片|撰文|撰稿|执笔|采写|采访|整理|综合整理|综合|翻译|编译|编写|"
    "供稿|供图|制图|绘图|绘画|漫画|插图|书法|文并图|文图|图文|特稿|专稿|口述|发自[^\\s]{2,6}|文|图|圖|摄|攝|撰|绘|译|著|作|画"
)
_WORK = regex(rf"(?:[{HAN}A-Za-z]{{0,14}}?(?:{_POSTS})|{_WORKS})+\Z")
_WORK_FIRST = regex(rf"[{HAN}A-Za-z]{{0,14}}?(?:{_POSTS}|作者)(?P<name>[{HAN}]{{2,4}})\Z")
_WORK_LAST = regex(rf"(?P<name>[{HAN}]{{2,4}}?)(?:{_WORKS})+\Z")
REPORTS = regex(rf"{_POSTS}|作者|读者|讀者|撰稿|报道|報道|撰文|采写|执笔|文/|文图|图文")
_TITLES = regex(
    rf"{_POSTS}|读者|讀者|教授|研究员|研究員|博士|主任|院长|校长|律师|作家|诗人|学者|工程师|教师|老师|学生|社员|职工|工人|农民|战士|市民|村民|居民"
)
_FROM = regex(rf"[{HAN}]{{2,4}}(?:報導|报导|專訪|专访)\Z")  # 記者某某／台北報導
_AFFILIATION = regex(rf"[{HAN}A-Za-z（）()]{{1,14}}\Z")  # 某大学 教授 某某

_PLACE = regex(rf"[{HAN}]{{2,}}(?:省|市|县|縣|区|區|乡|鄉|镇|鎮|村|局|厂|廠|公司|[小中大][学學]|医院|醫院)\Z")

_BETWEEN = regex(r"[\s、，,/／|｜;；:：&＆＋+]+")
_OUTER = regex(rf"\A[\s{BULLETS}()（）\[\]【】〔〕［］—―-]+|[\s()（）\[\]【】〔〕［］]+\Z")
_NO_NAMES = regex(
    "[左右上下中前后]\\Z|[左右上下][一二三四图圖]|"
    "^(?:完|续|待续|未完|见图|如图|图|资料|下同|节选|连载|全文|摘要|笑|掌声|鼓掌|之[一二三四五六七八九十]+)"
)
_LONGEST = 80  # code points


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline found in a text.

    Attributes:
        start: Where it stands in the text.
        end: Likewise, end exclusive.
        text: What it says, brackets aside.
        names: The people it names, in order.
        told: Whether a word like 记者, or a bullet, says that it is one; otherwise only the names do.
    """

    start: int
    end: int
    text: str
    names: tuple[str, ...]
    told: bool


def read(text: str, *, listed: bool = False) -> Byline | None:
    """`text` as a byline that stands alone, if all of it can be one; `listed`: it stands where a signature does."""
    inner = _OUTER.sub("", text) if len(text) <= _LONGEST and not text.endswith((":", "：")) else ""
    if not inner or _NO_NAMES.search(inner):
        return None
    marked = text.lstrip()[:1] in BULLETS
    placed = marked or listed
    tokens = [token for token in _BETWEEN.split(_SPREAD_NAME.sub(_together, inner)) if token]
    names: list[str] = []
    told = affiliated = False
    for index, token in enumerate(tokens):
        if _WORK.match(token) or (names and _FROM.match(token)):
            told = told or len(token) > 1 or len(tokens) > 1
            continue
        if index + 1 < len(tokens) and _PLACE.match(token):
            affiliated = True
            continue
        last = index + 1 == len(tokens)
        sure = told or (placed and len(tokens) > 1 and len(token) < 4 and (marked or last))
        if parted := _JOINED.match(token) if told or names else None:
            names += parted.groups()  # a line's end has taken the space between them
            continue
        name, by_work = _name_in(token, sure=sure, begun=told or bool(names))
        told = told or by_work
        if name:
            names.append(name)
        elif index + 1 < len(tokens) and _AFFILIATION.match(token):
            affiliated = True
        else:
            return None
    if affiliated and not (names and (placed or _TITLES.search(inner))):
        return None
    if not names and not (told and REPORTS.search(inner)):
        return None
    return Byline(0, len(text), inner, tuple(names), told or marked)


def _together(match: re.Match[str]) -> str:
    return "".join(match.groups("")) if match[1] in SURNAMES else match[0]


def _name_in(token: str, *, sure: bool, begun: bool) -> tuple[str, bool]:
    """The name that `token` is or holds, and whether a word of the trade is joined to it."""
    if (match := _WORK_FIRST.match(token)) and _is_name(match["name"], sure=False):
        return match["name"], True
    if _is_name(token, sure=sure) or (begun and _LATIN_NAME.match(token)):
        return token, False
    if (match := _WORK_LAST.match(token)) and _is_name(match["name"], sure=False):
        return match["name"], True
    return "", False


def _is_name(token: str, *, sure: bool) -> bool:
    if not _NAME.match(token):
        return False
    if sure or _COMPOUND.match(token):
        return True
    return len(token) >= _TRANSCRIBED if "·" in token else len(token) < 4 and token[0] in SURNAMES
