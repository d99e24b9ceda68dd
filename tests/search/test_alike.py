"""What is compared of two articles, and when they are one story."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.model import Article, Block, Role, Span
from tui.search import alike

TEXT = "昨日傍晚柳塘渡口的十二盏灯换成了太阳能灯渡工老秦说从前点灯要划船去对岸如今天一黑灯自己就亮"
texts = st.text(st.sampled_from("一二三四天地人口，。\n 23") | st.characters(), max_size=120)


def article(*parts: tuple[Role, str]) -> tuple[Article, str]:
    blocks, text = [], ""
    for role, part in parts:
        blocks.append(Block(role, (Span(len(text), len(text) + len(part)),)))
        text += part + "\n"
    return Article(tuple(blocks), title="题"), text


@given(texts)
def test_a_sketch_is_of_what_is_seen_in_a_text(text: str) -> None:
    keys = alike.sketch(text)
    assert list(keys) == sorted(set(keys))
    assert len(keys) <= alike.KEYS
    assert all(0 <= key < 2**32 for key in keys)
    spread = "　".join(text)
    assert alike.sketch(spread) == keys
    assert alike.story(spread).shingles == alike.story(text).shingles
    assert bool(keys) == bool(alike.story(text).shingles)


@given(texts, texts)
def test_being_one_story_is_mutual(first: str, second: str) -> None:
    one, other = alike.story(first), alike.story(second)
    assert alike.is_same(one, other) == alike.is_same(other, one)
    assert alike.overlap(one, other) == alike.overlap(other, one)
    assert 0 <= alike.overlap(one, other) <= 1
    assert alike.is_same(one, one) == bool(one.shingles)


def test_heads_and_the_wires_name_are_not_compared() -> None:
    first = alike.story_text(
        *article((Role.HEADLINE, "灯亮了"), (Role.BODY, f"新华社柳塘3月9日电（记者 温亦舟）{TEXT}"))
    )
    second = alike.story_text(*article((Role.HEADLINE, "太阳能灯"), (Role.BODY, f"本报讯 {TEXT}")))
    assert alike.is_same(alike.story(first), alike.story(second))
    assert alike.overlap(alike.story(second), alike.story(TEXT)) == 1.0


def test_an_article_without_a_body_is_compared_by_all_it_has() -> None:
    text = alike.story_text(*article((Role.HEADLINE, TEXT[:30]), (Role.CAPTION, "图为渡口")))
    assert TEXT[:30] in text
    assert "图为渡口" in text


def test_traditional_and_simplified_are_one() -> None:
    assert alike.sketch(alike.story_text(*article((Role.BODY, "國會來電" * 9)))) == alike.sketch("国会来电" * 9)


def test_one_form_with_other_numbers_is_another_story() -> None:
    form = (
        "中间价为一百美元兑人民币{}元一百欧元兑人民币{}元一百英镑兑人民币{}元一百港元兑人民币{}元一百澳元兑人民币{}元"
    )
    first = alike.story(form.format(711, 768, 901, 91, 467))
    second = alike.story(form.format(702, 775, 913, 90, 471))
    assert alike.overlap(first, second) > alike.ENOUGH
    assert not alike.is_same(first, second)
    assert alike.is_same(first, first)


def test_what_is_too_short_is_never_a_copy() -> None:
    short = alike.story("太短了" * 4)
    assert not alike.is_same(short, short)
    assert alike.sketch("太短了" * 4) == ()
