"""Pages to articles: what must hold for any text at all, and what layouts mean."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.model import Article, Block, Role, text_of
from tui.pages.decode import decode
from tui.pages.parse import parse

IMAGES = re.compile(r"!\[[^\[\]\n]*\]\([^()\n]*\)")
BODY = "昨日放晴，河口的老船厂拉响了最后一次汽笛，师傅们站在船台两边，看着新下水的拖轮慢慢离岸，谁也没有说话。"
MORE = "船厂从明年起搬到江对岸，老船台留下来，改成一座水边的公园，吊机也留一台，给孩子们看一看从前的人怎样造船。"
# What layouts are made of, so that random pages are like pages.
PIECES = st.sampled_from(
    [
        *(
            BODY,
            MORE,
            BODY[:31],
            MORE[:20],
            BODY[20:],
            "河口船厂搬家",
            "老船台改成公园",
            "——写在最后一次下水之后",
            "图片新闻",
        ),
        *(
            "本报讯（记者 张渡）" + BODY,
            "■ 记者 张渡",
            "(张渡 李青禾)",
            BODY + "（李青禾）",
            "(下转04版)",
            "（上接第一版】",
        ),
        *(
            "紧接01版 " + MORE,
            "# 河口船厂搬家",
            "## 老船台",
            "**水：** 公园",
            "![](a.png)",
            "![船台](a.png)",
            "***",
            "拖轮离岸 张渡 摄",
        ),
        *(
            "某某日报 2024年1月25日 星期四 第02版",
            "一、船台",
            "记者：搬到哪里？",
            "　　" + BODY,
            "3.86 4.12 2.40",
            "#",
            "*",
            "** **",
        ),
    ]
)
PAGES = st.lists(st.tuples(PIECES, st.sampled_from(["\n", "\n\n", "\n\n\n", " ", ""])), max_size=25).map(
    lambda parts: "".join(piece + end for piece, end in parts)
)
ANY = st.text(st.characters(), max_size=300)  # surrogates, controls, unassigned: all of them
MIXED = st.lists(
    st.one_of(ANY, PIECES, st.sampled_from(list("\n\r\x00\x0b\u2028\u3000\ud800*#![]()摄版"))), max_size=20
).map("".join)


def blocks_of(text: str) -> list[Block]:
    parsed = parse(text)
    return [block for article in parsed.articles for block in article.blocks] + list(parsed.furniture)


@given(st.one_of(ANY, PAGES, MIXED))
@example("**")
@example("# #")
@example("![图](a)![b](c)**粗**体*斜*")
def test_every_character_stands_in_exactly_one_span_or_between_them(text: str) -> None:
    times = [0] * len(text)
    for block in blocks_of(text):
        assert block.spans
        for span in block.spans:
            assert 0 <= span.start < span.end <= len(text)
            piece = text[span.start : span.end]
            assert piece == piece.strip()
            assert "\n" not in piece
            for at in range(span.start, span.end):
                times[at] += 1
    images = {at for match in IMAGES.finditer(text) for at in range(*match.span())}
    for at, character in enumerate(text):
        assert times[at] <= 1
        assert times[at] or character.isspace() or character in "#*" or at in images


@given(st.one_of(ANY, PAGES))
def test_the_same_text_gives_the_same_articles(text: str) -> None:
    assert parse(text) == parse(text)


@given(PAGES)
def test_articles_and_their_blocks_stand_in_page_order(text: str) -> None:
    parsed = parse(text)
    starts = [article.start for article in parsed.articles]
    assert starts == sorted(starts)
    for article in parsed.articles:
        firsts = [block.spans[0].start for block in article.blocks]
        assert firsts == sorted(firsts)
        assert all(list(block.spans) == sorted(block.spans) for block in article.blocks)
        assert 0.5 <= article.certainty <= 1


@given(PAGES)
def test_an_encoding_changes_no_article(text: str) -> None:
    if not text.strip():
        return
    there = decode(text.encode("gb18030"), "gb18030")
    assert parse(there.text) == parse(decode(text.encode()).text)


@pytest.mark.parametrize("piece", ["汉字，" * 20, "*a", "![", "（记者", "张 ", "下转", "1", "·", "\u3000", "#", "本报"])
def test_time_is_linear_in_a_line_of_any_kind(piece: str) -> None:
    before = time.perf_counter()
    parse(piece * (300_000 // len(piece)))
    assert time.perf_counter() - before < 2


def titles(page: str) -> list[str]:
    return [article.title for article in parse(page).articles]


def only(page: str) -> Article:
    (article,) = parse(page).articles
    return article


def roles(page: str) -> list[Role]:
    return [block.role for block in only(page).blocks]


def test_a_news_item_begins_an_article_below_the_one_before() -> None:
    page = f"河口船厂搬家\n\n{BODY}\n\n{MORE}\n\n渡口加开夜班\n\n本报讯（记者 张渡）{BODY}\n"
    assert titles(page) == ["河口船厂搬家", "渡口加开夜班"]
    assert parse(page).articles[1].authors == ("张渡",)


def test_a_head_that_leads_to_nothing_new_is_a_subhead() -> None:
    page = f"河口船厂搬家\n\n本报讯　{BODY}\n\n船台改成公园\n\n{MORE}\n\n{BODY}（张渡）\n"
    assert roles(page) == [Role.HEADLINE, Role.BODY, Role.SUBHEAD, Role.BODY, Role.BODY]
    assert only(page).authors == ("张渡",)


def test_heads_of_many_lines() -> None:
    page = (
        "市里昨日召开老港区改造现场会要求年内完成首批搬迁\n\n河口船厂搬家\n老船台改成公园\n\n——写在最后一次下水之后\n\n"
        f"■ 本报记者 张渡 李青禾\n\n{BODY}\n\n{MORE}\n"
    )
    article = only(page)
    assert article.kicker == "市里昨日召开老港区改造现场会要求年内完成首批搬迁"
    assert article.title == "河口船厂搬家 老船台改成公园"
    assert article.subtitle == "——写在最后一次下水之后"
    assert article.authors == ("张渡", "李青禾")


def test_a_title_stands_together_though_its_letters_are_spread() -> None:
    assert titles(f"船 台 边 的 人\n□ 张渡\n　　{BODY}\n　　{MORE}\n") == ["船台边的人"]


def test_heads_at_the_end_of_their_text() -> None:
    page = f"{BODY}\n\n{MORE}\n\n{BODY}\n\n河口船厂搬家\n老船台改成公园\n\n——写在最后一次下水之后\n"
    article = only(page)
    assert article.title == "河口船厂搬家 老船台改成公园"
    assert article.subtitle.startswith("——")


def test_a_paragraph_cut_at_a_columns_end_is_one() -> None:
    page = f"河口船厂搬家\n\n本报讯　{BODY[:30]}\n\n{BODY[30:]}\n\n{MORE}\n"
    bodies = [text_of(page, block.spans) for block in only(page).blocks if block.role is Role.BODY]
    assert bodies == [f"本报讯　{BODY}", MORE]


def test_a_paragraph_goes_on_behind_a_caption() -> None:
    page = f"河口船厂搬家\n\n本报讯　{BODY[:40]}\n\n拖轮离岸 本报记者 张渡 摄\n\n{BODY[40:]}\n\n{MORE}\n"
    assert roles(page) == [Role.HEADLINE, Role.BODY, Role.CAPTION, Role.BODY]
    assert text_of(page, only(page).blocks[1].spans) == f"本报讯　{BODY}"


def test_two_captions_on_one_line_are_two() -> None:
    page = "图片新闻\n\n拖轮离岸的清晨\n本报记者 张渡 摄老船台上的汽笛\n本报记者 李青禾 摄\n"
    captions = [text_of(page, block.spans) for block in only(page).blocks if block.role is Role.CAPTION]
    assert captions == ["拖轮离岸的清晨本报记者 张渡 摄", "老船台上的汽笛本报记者 李青禾 摄"]


def test_jumps_end_and_begin_articles() -> None:
    page = f"河口船厂搬家\n\n{BODY}\n\n（下转第四版）\n\n(上接01版)\n\n{MORE}\n\n{BODY}\n"
    first, second = parse(page).articles
    assert (first.continued_on, first.continued_from) == ("4", None)
    assert (second.continued_from, second.title) == ("01", "")


def test_a_jump_within_a_line_is_a_block_of_its_own() -> None:
    page = f"河口船厂搬家\n\n紧接01版 {BODY}\n\n{MORE}（下转02版）\n"
    article = only(page)
    assert (article.continued_from, article.continued_on) == ("01", "02")
    assert [text_of(page, block.spans) for block in article.blocks] == [
        "河口船厂搬家",
        "紧接01版",
        BODY,
        MORE,
        "（下转02版）",
    ]


def test_folio_lines_and_slogans_belong_to_no_article() -> None:
    page = f"江城日报 2024年1月25日 星期四 第02版\n\n河口船厂搬家\n\n本报讯　{BODY}（张渡）\n\n奋力写好春天的大文章\n"
    parsed = parse(page)
    assert len(parsed.articles) == 1
    assert [text_of(page, block.spans)[:4] for block in parsed.furniture] == ["江城日报", "奋力写好"]


def test_bold_words_run_into_a_subhead() -> None:
    page = f"# 河口船厂搬家\n\n{BODY}\n\n**船台：** 从船厂到公园\n\n{MORE}\n"
    article = only(page)
    assert roles(page) == [Role.HEADLINE, Role.BODY, Role.SUBHEAD, Role.BODY]
    assert text_of(page, article.blocks[2].spans) == "船台：从船厂到公园"


def test_verses_are_body_line_by_line() -> None:
    verses = ["老船台站在江边", "已经很多年", "风来的时候", "它就拉响汽笛", "像一个", "等信的人", "拖轮走了", "又回来"]
    page = "江边\n\n□ 张渡\n\n" + "\n".join(verses) + "\n"
    bodies = [text_of(page, block.spans) for block in only(page).blocks if block.role is Role.BODY]
    assert bodies == verses


def test_questions_and_answers_are_body() -> None:
    turns = ("记者：搬到哪里去？", f"厂长：{MORE}", "问：什么时候搬？", "答：明年春天就搬。")
    page = "\n\n".join(("河口船厂搬家", "本报记者 张渡", BODY, *turns))
    assert roles(page)[2:] == [Role.BODY] * 5


def test_an_empty_page_has_no_articles() -> None:
    assert parse("") == parse(" \n\n\u3000\n")
    assert parse("").articles == ()


def test_briefs_behind_bullets_under_a_label_are_stories_of_their_own() -> None:
    page = f"简讯\n● 渡口加开夜班\n{BODY}\n● 老船台改成公园\n{MORE}\n● 河口船厂搬家\n{BODY}\n"
    assert titles(page) == ["● 渡口加开夜班", "● 老船台改成公园", "● 河口船厂搬家"]
    assert parse(page).articles[0].column == "简讯"


def test_bullets_within_a_story_are_its_subheads() -> None:
    page = f"河口船厂搬家\n\n本报讯　{BODY}\n\n■ 老船台\n\n{MORE}\n\n{BODY}\n\n■ 新公园\n\n{MORE}\n\n{BODY}\n"
    assert titles(page) == ["河口船厂搬家"]


def test_a_name_between_a_head_and_its_text_is_the_author_s() -> None:
    page = f"河口船厂搬家\n\n{BODY}\n\n{MORE}\n\n江边的汽笛\n\n庄小渡\n\n{BODY}\n\n{MORE}\n"
    assert titles(page) == ["河口船厂搬家", "江边的汽笛"]
    assert parse(page).articles[1].authors == ("庄小渡",)


def test_verses_of_one_length_stay_apart() -> None:
    verses = ["老船台上汽笛长，", "拖轮离岸过横塘。", "而今渡口人归晚，", "一盏灯前话旧航。"]
    page = "江边\n\n□ 张渡\n\n" + "\n".join(verses) + "\n"
    bodies = [text_of(page, block.spans) for block in only(page).blocks if block.role is Role.BODY]
    assert bodies == verses


def test_a_table_s_rows_are_no_heads() -> None:
    page = "渡口班船时刻\n\n江北 6:30 8:00 9:30\n江南 7:00 8:30 10:00\n江心洲 7:15 9:15\n"
    assert roles(page) == [Role.HEADLINE, Role.BODY, Role.BODY, Role.BODY]


def test_a_letter_begins_below_the_one_before() -> None:
    page = (
        f"读者来信\n渡口该添灯\n编辑同志：\n　　{BODY}\n　　　　　　　　江南小学　张渡\n"
        f"船台要留下\n编辑同志：\n　　{MORE}\n　　　　　　　　江北镇　李青禾\n"
    )
    assert titles(page) == ["渡口该添灯", "船台要留下"]
    assert [article.authors for article in parse(page).articles] == [("张渡",), ("李青禾",)]
