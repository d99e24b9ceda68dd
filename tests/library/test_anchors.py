from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tui.errors import UsageError
from tui.library.anchors import CONTEXT, annotate, find, followed, quote, resolve, settle
from tui.library.placing import place
from tui.model import Annotation, Scope, Span, Status, text_of

PAGE = """# 古城老街的清晨

卖豆浆的老周每天四点起床，
他说这条街上的人都
认得他的吆喝声。

## 图书馆延长开放时间

自下月起，市图书馆每晚开放到十点，
周末也不例外。馆长说，这条街上的人都盼着这一天。
"""


def at(text: str, *parts: str) -> tuple[Span, ...]:
    """The spans of `parts`, each sought behind the one before."""
    spans, end = [], 0
    for part in parts:
        start = text.index(part, end)
        end = start + len(part)
        spans.append(Span(start, end))
    return tuple(spans)


def note(*parts: str, page: str = PAGE) -> Annotation:
    return annotate("晚报-02.txt", page, at(page, *parts))


def test_a_quote_has_its_text_and_the_text_around_it() -> None:
    exact, prefix, suffix = quote(PAGE, at(PAGE, "四点起床，", "他说"))
    assert exact == "四点起床，他说"
    assert prefix == "# 古城老街的清晨\n\n卖豆浆的老周每天"
    assert suffix == "这条街上的人都\n认得他的吆喝声。\n\n## 图书馆延长开放时间\n\n自"[:CONTEXT]
    assert len(suffix) == CONTEXT


@pytest.mark.parametrize("spans", [(), (Span(-1, 2),), (Span(3, 3),), (Span(5, 4),), (Span(0, len(PAGE) + 1),)])
def test_a_place_that_is_not_on_the_page_is_refused(spans: tuple[Span, ...]) -> None:
    with pytest.raises(UsageError):
        quote(PAGE, spans)


def test_an_annotation_gets_an_id_the_time_and_clean_tags() -> None:
    made = annotate("a.txt", PAGE, [Span(2, 8)], tags=[" 城市 / 生活 ", "城市/生活"], note="早", author="周")
    assert (made.exact, made.page, made.note, made.author) == ("古城老街的清", "a.txt", "早", "周")
    assert (made.scope, made.status, made.colour) == (Scope.SPAN, Status.ANCHORED, "yellow")
    assert made.tags == ("城市/生活",)
    assert made.created == made.modified
    assert made.created.endswith("Z")
    with pytest.raises(UsageError, match="line break"):
        annotate("a.txt", PAGE, [Span(2, 8)], tags=["a\nb"])


def test_spans_are_put_in_order_and_joined_where_they_touch() -> None:
    made = annotate("a.txt", PAGE, [Span(9, 12), Span(2, 4), Span(4, 6), Span(5, 7)])
    assert made.spans == (Span(2, 7), Span(9, 12))
    assert made.exact == text_of(PAGE, made.spans)


def test_on_an_unchanged_page_nothing_changes() -> None:
    mine = note("这条街上的人都", "认得他的吆喝声")
    assert resolve(mine, PAGE) is mine


def test_text_before_it_moves_it() -> None:
    mine = note("这条街上的人都", "认得他的吆喝声")
    page = "晚报 2024年1月25日\n" + PAGE
    moved = resolve(mine, page)
    spans = at(page, "这条街上的人都", "认得他的吆喝声")
    assert moved == replace(mine, spans=spans, prefix=moved.prefix, status=Status.MOVED)
    assert moved.prefix == page[moved.spans[0].start - CONTEXT : moved.spans[0].start]


def test_other_line_breaks_move_it_over_them() -> None:
    mine = note("这条街上的人都", "认得他的吆喝声")
    page = PAGE.replace("的人都\n认得", "的\n\n人都认得")
    moved = resolve(mine, page)
    assert moved.spans == at(page, "这条街上的", "人都认得他的吆喝声")
    assert moved.exact == mine.exact


def test_a_passage_over_a_line_break_that_is_gone_loses_it() -> None:
    mine = note("每天四点起床，\n他说")
    page = PAGE.replace("，\n他说", "，他说")
    moved = resolve(mine, page)
    assert moved.exact == text_of(page, moved.spans) == "每天四点起床，他说"


def test_spaces_within_a_quote_stay_part_of_it() -> None:
    text = "标题 上篇：山水 之间有人家\n正文"
    mine = note(" 上篇：山水 之间有人家\n", page=text)
    moved = resolve(mine, "新的一行\n" + text)
    assert moved.exact == mine.exact
    assert len(moved.spans) == 1


def test_spans_with_other_text_between_them_move_together() -> None:
    text = "甲乙丙丁戊己庚辛（图片：一座桥）壬癸子丑寅卯辰巳\n别的文章"
    mine = annotate("a.txt", text, at(text, "丙丁戊己庚辛", "壬癸子丑寅卯"))
    moved = resolve(mine, "报头\n" + text)
    assert moved.spans == tuple(Span(span.start + 3, span.end + 3) for span in mine.spans)


def test_of_two_copies_the_context_chooses() -> None:
    first = PAGE.index("这条街上的人都")
    second = PAGE.index("这条街上的人都", first + 1)
    for start in (first, second):
        mine = annotate("a.txt", PAGE, [Span(start, start + 7)])
        moved = resolve(mine, "版\n" + PAGE)
        assert moved.spans == (Span(start + 2, start + 9),)
        assert moved.status is Status.MOVED


def test_of_copies_that_the_context_does_not_part_none_is_chosen() -> None:
    line = "本报讯（记者周明）昨日下午三点半，新桥正式通车。\n"
    mine = annotate("a.txt", line, [Span(9, 20)])
    page = "\n" + line + line
    lost = resolve(mine, page)
    assert (lost.status, lost.spans) == (Status.REVIEW, mine.spans)
    offered = place(mine, page).candidates
    assert [candidate.spans for candidate in offered] == [(Span(10, 21),), (Span(10 + len(line), 21 + len(line)),)]


def test_a_short_quote_in_foreign_context_is_not_believed() -> None:
    mine = note("老周")
    lost = resolve(mine, "一版\n明天下午，老周末电影院重新开张，欢迎光临。\n")
    assert lost == replace(mine, status=Status.ORPHAN)


def test_a_long_quote_in_foreign_context_is_offered() -> None:
    mine = note("市图书馆每晚开放到十点，", "周末也不例外。")
    page = "简讯：市图书馆每晚开放到十点，周末也不例外。（完）"
    found = place(mine, page)
    assert found.status is Status.REVIEW
    assert [candidate.spans for candidate in found.candidates] == [(Span(3, 22),)]


def test_what_is_gone_is_an_orphan_and_comes_back_with_its_text() -> None:
    mine = note("每晚开放到十点")
    page = PAGE.partition("##")[0]
    lost = resolve(mine, page)
    assert lost == replace(mine, status=Status.ORPHAN)
    assert resolve(lost, page) is lost
    assert resolve(lost, PAGE) == mine
    assert resolve(mine, "").status is Status.ORPHAN


def test_a_quote_of_white_space_is_never_moved() -> None:
    mine = annotate("a.txt", "甲 　乙", [Span(1, 3)])
    assert resolve(mine, "甲乙 　").status is Status.ORPHAN


def test_a_hostile_repetition_takes_no_time() -> None:
    page = "啊" * 20_000
    mine = annotate("a.txt", page, [Span(100, 5_100)])
    began = time.perf_counter()
    assert resolve(mine, page[:-1] + "吧" + page[:100]).status is Status.ANCHORED
    assert resolve(replace(mine, spans=(Span(99_000, 104_000),)), page).status is Status.REVIEW
    assert time.perf_counter() - began < 1


words = st.text(st.sampled_from("甲乙丙丁 \n　天地玄黄a1。"), min_size=1, max_size=60)


@given(words, words, words, st.data())
def test_a_moved_passage_quotes_the_page_and_an_orphan_keeps_its_place(
    before: str, old: str, behind: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(old) - 1))
    mine = annotate("a.txt", old, [Span(start, data.draw(st.integers(start + 1, len(old))))])
    page = before + old + behind
    found = resolve(mine, page)
    if found.status in {Status.ORPHAN, Status.REVIEW}:
        assert found == replace(mine, status=found.status)
    else:
        assert found.exact == text_of(page, found.spans)
        assert resolve(found, page) is found


@given(st.text("天地玄黄宇宙洪荒日月盈昃辰宿列张", min_size=40, max_size=80), st.data())
def test_line_breaks_anywhere_never_lose_a_passage(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, 20))
    end = data.draw(st.integers(start + 12, len(text)))
    assume(text.count(text[start:end]) == 1)
    mine = annotate("a.txt", text, [Span(start, end)])
    breaks = data.draw(st.sets(st.integers(0, len(text)), max_size=12))
    page = "".join(("\n" if index in breaks else "") + character for index, character in enumerate(text))
    found = find(mine, page)
    assert found is not None
    assert found.exact == mine.exact
    assert "\n" not in found.exact


@given(words, words, words, st.data())
def test_every_place_that_is_told_is_on_the_page(before: str, old: str, behind: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old) - 1))
    mine = annotate("a.txt", old, [Span(start, data.draw(st.integers(start + 1, len(old))))])
    page = data.draw(st.sampled_from((before + behind, before + old[::2] + behind, behind + old[1:])))
    found = place(mine, page)
    told = [candidate.spans for candidate in found.candidates]
    if found.status in {Status.ANCHORED, Status.MOVED}:
        told.append(found.spans)
    for spans in told:
        assert spans
        assert all(0 <= span.start < span.end <= len(page) for span in spans)
        assert list(spans) == sorted(spans)
        settled = settle(mine, spans, page)
        assert settled.status is Status.ANCHORED
        assert resolve(settled, page) is settled
    assert len(found.candidates) <= 5
    assert [one.score for one in found.candidates] == sorted((one.score for one in found.candidates), reverse=True)


@given(words, st.data())
def test_an_unchanged_page_changes_nothing(page: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(page) - 1))
    mine = annotate("a.txt", page, [Span(start, data.draw(st.integers(start + 1, len(page))))])
    assert resolve(mine, page) is mine
    marked = replace(mine, status=Status.MOVED)
    assert resolve(marked, page) is marked
    assert followed(mine, page) is mine


def test_a_corrected_passage_moves_and_is_marked() -> None:
    mine = note("自下月起，市图书馆每晚开放到十点，", "周末也不例外。")
    page = "快讯\n" + PAGE.replace("每晚开放到十点", "每夜开放到十点")
    moved = resolve(mine, page)
    assert moved.status is Status.MOVED
    assert moved.exact == "自下月起，市图书馆每夜开放到十点，周末也不例外。"
    assert moved.spans == at(page, "自下月起，市图书馆每夜开放到十点，", "周末也不例外。")
    assert place(mine, page).score > 0.9


def test_a_page_may_be_converted_to_traditional_characters() -> None:
    mine = note("馆长说，这条街上的人都盼着这一天")
    moved = resolve(
        mine, PAGE.replace("馆长说，这条", "館長說，這條").replace("街上的人都盼着这一天", "街上的人都盼著這一天")
    )
    assert moved.status is Status.MOVED
    assert moved.exact == "館長說，這條街上的人都盼著這一天"


def test_a_much_altered_passage_is_for_review() -> None:
    mine = note("每晚开放到十点")
    page = PAGE.replace("每晚开放到十点", "每晚都开放到半夜")
    found = place(mine, page)
    assert (found.status, found.spans) == (Status.REVIEW, mine.spans)
    spans = found.candidates[0].spans
    settled = settle(mine, spans, page)
    assert (settled.id, settled.note, settled.created) == (mine.id, mine.note, mine.created)
    assert settled.exact == text_of(page, spans)


def test_a_near_duplicate_elsewhere_is_not_taken_for_the_passage() -> None:
    slogan = "奋力开创柳塘高质量发展新局面"
    text = f"第一版要闻在这里写了些别的事情。\n{slogan}\n" + PAGE
    mine = annotate("a.txt", text, at(text, slogan))
    page = PAGE + "编后的话：" + slogan.replace("新局面", "新篇章") + "。下周再见，各位读者朋友。\n"
    assert place(mine, page).status in {Status.REVIEW, Status.ORPHAN}


def test_small_edits_one_after_another_do_not_lose_a_passage() -> None:
    text = PAGE
    mine = note("卖豆浆的老周每天四点起床，", "他说这条街上的人都", "认得他的吆喝声。")
    for old, new in (
        ("每天", "每日"),
        ("四点", "五点"),
        ("起床", "起身"),
        ("他说", "他讲"),
        ("吆喝", "叫卖"),
        ("豆浆", "豆花"),
    ):
        text = text.replace(old, new)
        kept = followed(mine, text)
        assert kept.status is Status.MOVED
        assert (kept.id, kept.created, kept.modified) == (mine.id, mine.created, mine.modified)
        mine = kept
    assert mine.exact == "卖豆花的老周每日五点起身，他讲这条街上的人都认得他的叫卖声。"
    assert followed(mine, text) is mine


def test_what_was_worked_out_is_kept() -> None:
    page = "晚报\n" + PAGE
    mine = note("每晚开放到十点")
    assert place(mine, page) is place(mine, "晚报\n" + PAGE)
