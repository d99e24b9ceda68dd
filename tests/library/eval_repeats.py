"""How well copies of a story are told from other stories, beside other ways to do it.

    python -m tests.library.eval_repeats [N]

N is the number of pairs of each kind, 200 without it. The stories are those of `corpus/` and made-up ones. `rensa` and
`datasketch` are measured where they are installed; the program needs neither.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from importlib import import_module

from tests.benchmarks.libraries import made_up
from tests.conftest import CORPUS
from tui.pages.page import read_page
from tui.reading import reading_text
from tui.search import alike
from tui.search.folding import searchable

SEED = 20240125
TRADITIONAL = str.maketrans(
    "国会个来时说对开学门问间还这进发经过电车报纸讯长书图东马鸟鱼龙为与业",
    "國會個來時說對開學門問間還這進發經過電車報紙訊長書圖東馬鳥魚龍為與業",
)
PLACES = ("柳塘", "石坪", "荻江", "岚浦", "檀岭", "泮州", "楮溪", "乌桕渡", "织机巷", "北岸", "白石", "青墩")
SKIES = ("晴", "多云", "阴", "小雨", "中雨", "雷阵雨", "晴转多云", "阴有小雨", "多云转阴")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, and whether they are one story."""

    kind: str
    first: str
    second: str
    same: bool


# Copies


def noisy(text: str, share: float, rng: random.Random) -> str:
    """`text` as OCR reads it: characters taken for others, dropped, put in; lines broken anywhere."""
    found = []
    for character in text:
        chance = rng.random()
        if chance >= share:
            found.append(character)
        elif chance < 0.7 * share:
            found.append(chr(rng.randrange(0x4E00, 0x9000)) if not character.isdigit() else rng.choice("0123456789"))
        elif chance < 0.85 * share:
            found += [character, chr(rng.randrange(0x4E00, 0x9000))]
        if rng.random() < 0.04:
            found.append("\n")
    return "".join(found)


def dropped(text: str, rng: random.Random) -> str:
    paragraphs = text.split("\n")
    if len(paragraphs) < 2:
        third = len(text) // 4
        return text[third:]
    del paragraphs[rng.randrange(len(paragraphs))]
    return "\n".join(paragraphs)


COPIES: dict[str, Callable[[str, str, random.Random], tuple[str, str]]] = {
    "noise of 1 %": lambda text, _other, rng: (text, noisy(text, 0.01, rng)),
    "noise of 3 %": lambda text, _other, rng: (text, noisy(text, 0.03, rng)),
    "noise of 5 %": lambda text, _other, rng: (text, noisy(text, 0.05, rng)),
    "both of 3 %": lambda text, _other, rng: (noisy(text, 0.03, rng), noisy(text, 0.03, rng)),
    "both of 5 %": lambda text, _other, rng: (noisy(text, 0.05, rng), noisy(text, 0.05, rng)),
    "a new headline": lambda text, _other, _rng: ("十二盏灯亮了\n" + text, "渡口有了太阳能灯\n" + text),
    "the wire's head cut": lambda text, _other, _rng: ("新华社柳塘3月9日电（记者 温亦舟）" + text, "本报讯 " + text),
    "a paragraph dropped": lambda text, _other, rng: (text, dropped(text, rng)),
    "a paragraph added": lambda text, other, _rng: (text, text + "\n" + other[: len(text) // 3]),
    "simplified, traditional": lambda text, _other, _rng: (text, text.translate(TRADITIONAL)),
    "dropped, head cut, 3 %": lambda text, _other, rng: (
        "新华社柳塘3月9日电 " + text,
        noisy("本报讯 " + dropped(text, rng), 0.03, rng),
    ),
}


# Other stories


def weather(rng: random.Random) -> str:
    days = "".join(
        f"{rng.choice(PLACES)}{rng.choice(SKIES)}，最高气温{rng.randrange(3, 39)}℃，最低气温{rng.randrange(-5, 25)}℃，"
        f"偏{rng.choice('东南西北')}风{rng.randrange(1, 7)}级；"
        for _ in range(6)
    )
    return f"市气象台今天下午5时发布天气预报：{days}气象台提醒市民注意增减衣物，出行请带好雨具，注意交通安全。"


def rates(rng: random.Random) -> str:
    money = "".join(
        f"100{name}兑人民币{rng.randrange(80, 900)}.{rng.randrange(100):02}元，"
        for name in ("美元", "欧元", "英镑", "日元", "港元", "澳元", "加元")
    )
    return f"中国外汇交易中心公布，今日银行间外汇市场人民币汇率中间价为：{money}市场交投平稳。"


def notice(rng: random.Random) -> str:
    streets = "、".join(f"{rng.choice(PLACES)}{rng.choice('东南西北中')}路{rng.randrange(1, 300)}号" for _ in range(12))
    return (
        f"因线路检修，{rng.randrange(1, 13)}月{rng.randrange(1, 29)}日"
        f"{rng.randrange(6, 12)}时至{rng.randrange(13, 22)}时"
        f"下列地段停电：{streets}。请有关用户做好准备，不便之处敬请谅解。"
    )


def tender(rng: random.Random) -> str:
    """A form of which all is the same but what it is about: the hardest to tell from a copy."""
    words = "".join(chr(rng.randrange(0x4E00, 0x5A00)) for _ in range(6))
    return (
        f"受{rng.choice(PLACES)}{rng.choice('东南西北')}区水务局委托，就{words}工程进行公开招标，欢迎合格的投标人前来投标。"
        f"项目编号：{rng.randrange(2010, 2025)}-{rng.randrange(1000, 9999)}。预算金额{rng.randrange(20, 900)}万元，"
        f"工期{rng.randrange(30, 400)}日历天。凡有意参加投标者，"
        f"请于{rng.randrange(1, 13)}月{rng.randrange(1, 29)}日前持单位介绍信、营业执照副本、资质证书"
        f"到市公共资源交易中心{rng.randrange(1, 9)}楼{rng.randrange(100, 900)}室购买招标文件，每套售价"
        f"{rng.randrange(1, 9)}00元，售后不退。投标截止时间为{rng.randrange(1, 13)}月{rng.randrange(1, 29)}日"
        f"{rng.randrange(8, 17)}时，逾期送达的投标文件不予受理。联系电话：{rng.randrange(10**7, 10**8)}。"
    )


def brief(rng: random.Random) -> str:
    words = "".join(chr(rng.randrange(0x4E00, 0x5A00)) for _ in range(14))
    return f"{rng.choice(PLACES)}近日举行{words}活动，{rng.randrange(20, 900)}人参加，市有关负责人出席。"


def background(first: str, second: str) -> tuple[str, str]:
    """Two stories of one affair: the last quarter of each says what came before, in the same words."""
    shared = first[-len(first) // 4 :]
    return first, second[: len(first) - len(shared)] + shared


def stories(count: int) -> list[str]:
    found = []
    for file in sorted(CORPUS.rglob("*.txt")):
        page = read_page(file.name, file.read_bytes())
        texts = (reading_text(article, page.text).text for article in page.articles)
        found += [text for text in texts if len(text) >= 60]
    for text in made_up(count):
        found.append(text.replace("。、", "。\n"))
    return found


def pairs(count: int) -> Iterator[Pair]:
    rng = random.Random(SEED)
    known = stories(count)
    for kind, make in COPIES.items():
        for number in range(count):
            text, other = known[number % len(known)], known[(number + 7) % len(known)]
            yield Pair(kind, *make(text, other, rng), same=True)
    for _ in range(count):
        text = brief(rng)
        yield Pair("a brief, 3 %", text, noisy(text, 0.03, rng), same=True)
    for number in range(count):
        yield Pair("unrelated", known[number % len(known)], known[(number + 7) % len(known)], same=False)
        yield Pair(
            "same background", *background(known[number % len(known)], known[(number + 7) % len(known)]), same=False
        )
    for kind, make_one in (
        ("weather", weather),
        ("rates", rates),
        ("notices", notice),
        ("tenders", tender),
        ("briefs", brief),
    ):
        for _ in range(count):
            yield Pair(kind, make_one(rng), make_one(rng), same=False)


# Ways


def text_of(text: str) -> str:
    """What `alike.story_text` makes of a body."""
    text = searchable(text)
    opening = alike._OPENING.match(text.lstrip())
    return text.lstrip()[opening.end() :] if opening else text


def ours(first: str, second: str) -> bool:
    one, other = text_of(first), text_of(second)
    shared = len(set(alike.sketch(one)) & set(alike.sketch(other)))
    return shared >= alike.SHARED and alike.is_same(alike.story(one), alike.story(other))


def exhaustive(first: str, second: str) -> bool:
    """Every pair compared, whatever the sketches say."""
    return alike.is_same(alike.story(text_of(first)), alike.story(text_of(second)))


def sketch_alone(first: str, second: str) -> bool:
    return len(set(alike.sketch(text_of(first))) & set(alike.sketch(text_of(second)))) >= alike.SHARED


def no_numbers(first: str, second: str) -> bool:
    one, other = alike.story(text_of(first)), alike.story(text_of(second))
    plain = [alike.Story(each.shingles, type(each.numbers)()) for each in (one, other)]
    return sketch_alone(first, second) and alike.is_same(*plain)


def _shingled(text: str, width: int) -> list[str]:
    plain = alike._OTHER.sub("", text_of(text))
    return [plain[at : at + width] for at in range(max(len(plain) - width + 1, 1))]


def simhash(first: str, second: str, most: int = 8) -> bool:
    return (_simhash(first) ^ _simhash(second)).bit_count() <= most


def _simhash(text: str) -> int:
    sums = [0] * 64
    for shingle in _shingled(text, 3):
        number = int.from_bytes(blake2b(shingle.encode("utf-8", "surrogatepass"), digest_size=8).digest())
        for bit in range(64):
            sums[bit] += 1 if number >> bit & 1 else -1
    return sum(1 << bit for bit in range(64) if sums[bit] > 0)


def rensa(first: str, second: str) -> bool:
    return _rensa(first).jaccard(_rensa(second)) >= alike.ENOUGH  # type: ignore[attr-defined, no-any-return]


def _rensa(text: str) -> object:
    made = import_module("rensa").RMinHash(num_perm=64, seed=1)
    made.update(_shingled(text, 4))
    return made


def datasketch(first: str, second: str) -> bool:
    return _datasketch(first).jaccard(_datasketch(second)) >= alike.ENOUGH  # type: ignore[attr-defined, no-any-return]


def _datasketch(text: str) -> object:
    made = import_module("datasketch").MinHash(num_perm=64, seed=1)
    made.update_batch([shingle.encode("utf-8", "surrogatepass") for shingle in _shingled(text, 4)])
    return made


WAYS: dict[str, Callable[[str, str], bool]] = {
    "ours": ours,
    "every pair": exhaustive,
    "sketch": sketch_alone,
    "no numbers": no_numbers,
    "simhash": simhash,
    "rensa": rensa,
    "datasketch": datasketch,
}


def _is_there(name: str) -> bool:
    try:
        import_module(name)
    except ImportError:
        return name not in {"rensa", "datasketch"}
    return True


@dataclass(slots=True)
class Tally:
    """What a way has said of all pairs."""

    right: int = 0
    missed: int = 0
    wrong: int = 0
    seconds: float = 0.0

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + self.missed, 1)


def evaluate(many: list[Pair], way: Callable[[str, str], bool]) -> tuple[Tally, dict[str, float]]:
    """Precision and recall over all pairs, and for each kind the share of pairs taken for one story."""
    tally = Tally()
    taken: dict[str, list[bool]] = {}
    began = time.perf_counter()
    for pair in many:
        said = way(pair.first, pair.second)
        taken.setdefault(pair.kind, []).append(said)
        tally.right += said and pair.same
        tally.missed += pair.same and not said
        tally.wrong += said and not pair.same
    tally.seconds = time.perf_counter() - began
    return tally, {kind: sum(said) / len(said) for kind, said in taken.items()}


def report(count: int) -> int:
    many = list(pairs(count))
    ways = {name: way for name, way in WAYS.items() if _is_there(name)}
    results = {name: evaluate(many, way) for name, way in ways.items()}
    print(f"{len(many)} pairs; of each kind the share taken for one story\n")
    print(f"{'':26}" + "".join(f"{name:>12}" for name in ways))
    for kind, same in {pair.kind: pair.same for pair in many}.items():
        shares = "".join(f"{shares[kind]:12.3f}" for _, shares in results.values())
        print(f"{('+ ' if same else '- ') + kind:26}{shares}")
    for name in ("precision", "recall"):
        print(f"{name:26}" + "".join(f"{getattr(tally, name):12.4f}" for tally, _ in results.values()))
    print(f"{'ms a pair':26}" + "".join(f"{1000 * tally.seconds / len(many):12.2f}" for tally, _ in results.values()))
    tally = results["ours"][0]
    return 0 if tally.precision >= 0.99 and tally.recall >= 0.95 else 1


if __name__ == "__main__":
    sys.exit(report(int(next(iter(sys.argv[1:]), 200))))
