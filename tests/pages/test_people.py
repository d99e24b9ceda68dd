"""Names out of bylines, sources and signatures, and no names out of anything else."""

from __future__ import annotations

import pytest

from tui.pages import names, people


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("■ 记者 张青禾", ["张青禾"]),
        ("本报记者 张青禾 李渡", ["张青禾", "李渡"]),
        ("本报记者张青禾", ["张青禾"]),
        ("某某晨报融媒体记者 张青禾 李渡 王远舟", ["张青禾", "李渡", "王远舟"]),
        ("■ 记者 宋雨 文/图", ["宋雨"]),
        ("文/本报记者 王远舟 图/通讯员 赵苇", ["王远舟", "赵苇"]),
        ("王远舟/文 赵苇/图", ["王远舟", "赵苇"]),
        ("□ 张青禾", ["张青禾"]),
        ("张　渡", ["张渡"]),
        ("李 青 禾", ["李青禾"]),
        ("本报记者 张 渡 王远舟", ["张渡", "王远舟"]),
        ("(张青禾 李渡)", ["张青禾", "李渡"]),
        ("本报记者 张青禾 通讯员 李渡 报道", ["张青禾", "李渡"]),
        ("◎某某大学教授 张青禾", ["张青禾"]),
        ("柳荫东街道 读者 邵松", ["邵松"]),
        ("本报记者 刘洋 发自北京", ["刘洋"]),
        ("阿不都·热合曼", ["阿不都·热合曼"]),
        ("欧阳渡", ["欧阳渡"]),
        ("本報記者 陳渡", ["陳渡"]),
        ("記者王大年／專題報導", ["王大年"]),
        ("本报评论员", []),
    ],
)
def test_bylines(text: str, expected: list[str]) -> None:
    byline = names.read(text)
    assert byline is not None
    assert list(byline.names) == expected


@pytest.mark.parametrize(
    "text",
    [
        "河口船厂搬家",
        "图片新闻",
        "■ 链接",
        "七律·登高",
        "金秋时节",
        "（左一）",
        "（完）",
        "文 图",
        "是什么？",
        "老船台改成公园",
        "",
        "（）",
    ],
)
def test_other_short_lines_are_no_bylines(text: str) -> None:
    assert names.read(text) is None


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    [
        ("人都走了。(记者 张青禾)", "(记者 张青禾)", ["张青禾"]),
        ("人都走了。（张青禾 李渡）", "（张青禾 李渡）", ["张青禾", "李渡"]),
        ("“都走了。”（张青禾 李渡 摄影报道）", "（张青禾 李渡 摄影报道）", ["张青禾", "李渡"]),
        ("人都走了。□张青禾", "□张青禾", ["张青禾"]),
    ],
)
def test_signatures(text: str, said: str, expected: list[str]) -> None:
    byline = people.at_end(text)
    assert byline is not None
    assert text[byline.start : byline.end] == said
    assert list(byline.names) == expected


@pytest.mark.parametrize(
    "text", ["人都走了。（完）", "人都走了。（左图）", "茶叶基地（中国南部）", "人都走了。", "（张青禾"]
)
def test_other_ends_are_no_signatures(text: str) -> None:
    assert people.at_end(text) is None


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    [
        ("本报讯（记者 张青禾）昨日", "本报讯（记者 张青禾）", ["张青禾"]),
        ("本报讯(张青禾 某报新闻记者 李渡)昨日", "本报讯(张青禾 某报新闻记者 李渡)", ["张青禾", "李渡"]),
        ("本报讯　昨日", "本报讯　", []),
        ("【本報訊】昨日", "【本報訊】", []),
        ("新华社北京1月2日电（记者张青禾、李渡）今天", "新华社北京1月2日电（记者张青禾、李渡）", ["张青禾", "李渡"]),
        ("新华社北京一月二日电　今天", "新华社北京一月二日电　", []),
        ("据新华社电 今天", "据新华社电 ", []),
        ("塔斯社莫斯科三十一日电 今天", "塔斯社莫斯科三十一日电 ", []),
        ("本报河口10月1日电 记者张青禾、李渡报道：今天", "本报河口10月1日电 记者张青禾、李渡", ["张青禾", "李渡"]),
        ("（本报记者 张青禾）今天", "（本报记者 张青禾）", ["张青禾"]),
        ("本报记者 张青禾 报道：今天", "本报记者 张青禾 报道", ["张青禾"]),
        ("〔記者張青禾／台北報導〕今天", "〔記者張青禾／台北報導〕", ["張青禾"]),
        ("【本報記者張青禾高雄報導】今天", "【本報記者張青禾高雄報導】", ["張青禾"]),
    ],
)
def test_sources(text: str, said: str, expected: list[str]) -> None:
    byline = people.source(text)
    assert byline is not None
    assert text[byline.start : byline.end] == said
    assert list(byline.names) == expected


@pytest.mark.parametrize("text", ["本报电视台建成", "记者从江边看到", "（中国网）今日", "春天来了", "他接了一个电话。"])
def test_other_beginnings_are_no_sources(text: str) -> None:
    assert people.source(text) is None
