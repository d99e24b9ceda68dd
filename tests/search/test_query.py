"""What is typed, as a tree, and back."""

from __future__ import annotations

from contextlib import suppress
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.search.queries import queries
from tui.errors import JianbaoError
from tui.search.matching import matches
from tui.search.nodes import Among, leaves, positive_terms
from tui.search.phrases import plain
from tui.search.query import (
    LAST_PAGE,
    And,
    Dates,
    Field,
    FieldName,
    Near,
    Not,
    Or,
    Pages,
    Query,
    QueryError,
    Regex,
    Term,
    parse,
)
from tui.search.writing import refined, unparse

A, B, C = Term("甲"), Term("乙"), Term("丙")


def quoted(text: str) -> Term:
    return Term(text, quoted=True)


def titled(value: Term | Regex) -> Field:
    return Field(FieldName.TITLE, value)


PLAIN = [
    ("", ()),
    (" \u3000\n", ()),
    ("新质生产力", (Term("新质生产力"),)),
    ("成都　发展\t2024", (Term("成都"), Term("发展"), Term("2024"))),
    ('"新华社 记者"', (quoted("新华社 记者"),)),
    ("“新华社 记者”", (quoted("新华社 记者"),)),
    ("”新华社 记者“", (quoted("新华社 记者"),)),
    ("「新华社 记者」『北京』", (quoted("新华社 记者"), quoted("北京"))),
    ("＂a b＂c", (quoted("a b"), Term("c"))),
    ("成都 -重庆", (Term("成都"), Not(Term("重庆")))),
    ("－重庆", (Not(Term("重庆")),)),
    ('-"重庆 市"', (Not(quoted("重庆 市")),)),
    ('"-重庆"', (quoted("-重庆"),)),
    ("covid-19", (Term("covid-19"),)),
    ("他说“好”", (Term("他说“好”"),)),
    ('"“"', (quoted("“"),)),
    ('" "', (quoted(" "),)),
    ('"', ()),
    ('""', ()),
    ("“", ()),
    ("-", ()),
    ("成都 -", (Term("成都"),)),
    ('成都 -"', (Term("成都"),)),
    ('"新华社', (quoted("新华社"),)),
    ('"新华社 ', (quoted("新华社"),)),
    ('"新华社 记', (quoted("新华社 记"),)),
    ("--", (Not(Term("-")),)),
]


@pytest.mark.parametrize(("text", "parts"), PLAIN)
def test_mere_words_are_what_they_were(text: str, parts: tuple[Query, ...]) -> None:
    assert parse(text) == plain(text) == And(parts)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("甲 OR 乙", (Or((A, B)),)),
        ("甲 | 乙 ｜ 丙", (Or((A, B, C)),)),
        ("甲 乙 OR 丙", (Or((And((A, B)), C)),)),
        ("甲 (乙 OR 丙)", (A, Or((B, C)))),
        ("甲（乙 OR 丙）", (A, Or((B, C)))),
        ("甲 OR(乙 丙)", (Or((A, And((B, C)))),)),
        ("(甲 乙) 丙", (A, B, C)),
        ("甲 OR (乙 OR 丙)", (Or((A, B, C)),)),
        ("-(甲 乙)", (Not(And((A, B))),)),
        ("-(-甲)", (Not(Not(A)),)),
        ("((甲))", (A,)),
        ("()", ()),
        ("甲 OR ()", (A,)),
        ("甲 OR OR 乙", (Or((A, B)),)),
        ('"OR" or 或', (quoted("OR"), Term("or"), Term("或"))),
        ("ORACLE 甲|乙", (Term("ORACLE"), Term("甲|乙"))),
    ],
)
def test_alternatives_and_groups(text: str, parts: tuple[Query, ...]) -> None:
    assert parse(text) == And(parts)


@pytest.mark.parametrize(
    "text",
    [
        *("12:30", "时间：八点", "http://example.org/a:b", "国务院（2024）", "f(x)", "甲（（乙））丙", "1/2", "C++"),
        *(":", "：", "a:b:c", "注:", "2024:", "it:x", "甲title:乙", "title", "OR-gate", "x=/y/"),
    ],
)
def test_what_looks_like_a_word_is_one(text: str) -> None:
    assert parse(text) == And((Term(text),))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("title:甲", titled(A)),
        ("标题：甲", titled(A)),
        ("標題:甲", titled(A)),
        ("TITLE:甲", titled(A)),
        ("ｔｉｔｌｅ：甲", titled(A)),
        ("title:“甲 乙”", titled(quoted("甲 乙"))),
        ("title:/甲+/", titled(Regex("甲+"))),
        ("title:-甲", titled(Term("-甲"))),
        ("title:OR", titled(Term("OR"))),
        ("title:http://x", titled(Term("http://x"))),
        ("title:(甲 OR 乙)", Or((titled(A), titled(B)))),
        ("title:(甲 -乙", And((titled(A), Not(titled(B))))),
        ("-title:甲", Not(titled(A))),
        ("引题:甲", Field(FieldName.KICKER, A)),
        ("author:甲", Field(FieldName.AUTHOR, A)),
        ("作者:甲", Field(FieldName.AUTHOR, A)),
        ("报纸:甲", Field(FieldName.PAPER, A)),
        ("栏目:甲", Field(FieldName.COLUMN, A)),
        ("标签:甲/乙", Field(FieldName.TAG, Term("甲/乙"))),
        ("批注:甲", Field(FieldName.NOTE, A)),
        ("关键词:甲", Field(FieldName.KEYWORD, A)),
        ("颜色:红", Field(FieldName.COLOUR, Term("red"))),
        ("color:紅色", Field(FieldName.COLOUR, Term("red"))),
        ("is:starred", Field(FieldName.IS, Term("starred"))),
        ("是：未读", Field(FieldName.IS, Term("unread"))),
        ("is:(转版 OR 存疑)", Or(tuple(Field(FieldName.IS, Term(mark)) for mark in ("continued", "doubtful")))),
        ("page:3", Pages(3, 3)),
        ("版:０３", Pages(3, 3)),
        ("page:1..4", Pages(1, 4)),
        ("page:2..", Pages(2, LAST_PAGE)),
        ("page:..4", Pages(0, 4)),
        ("page:(1 OR 3)", Or((Pages(1, 1), Pages(3, 3)))),
        ("page:A03", Field(FieldName.PAGE, Term("a3"))),
        ("page:要闻", Field(FieldName.PAGE, Term("要闻"))),
        ("date:2024", Dates("2024-01-01", "2024-12-31")),
        ("date:2024-02", Dates("2024-02-01", "2024-02-29")),
        ("date:2024-2", Dates("2024-02-01", "2024-02-29")),
        ("date:2024-03-09", Dates("2024-03-09", "2024-03-09")),
        ("date:2024-01..2024-03", Dates("2024-01-01", "2024-03-31")),
        ("date:..2023", Dates("", "2023-12-31")),
        ("date:2023..", Dates("2023-01-01", "")),
        ("日期：２０２４年３月９日", Dates("2024-03-09", "2024-03-09")),
        ("日期:2024/3", Dates("2024-03-01", "2024-03-31")),
        ("near:10(甲 乙)", Near(A, B, 10)),
        ("相距：１０（甲 “乙 丙”）", Near(A, quoted("乙 丙"), 10)),
        ("-near:0(甲 甲)", Not(Near(A, A, 0))),
        ("/第[一二]批/", Regex("第[一二]批")),
        (r"/a\/b c/", Regex(r"a\/b c")),
        ("-/甲/", Not(Regex("甲"))),
    ],
)
def test_fields_and_expressions(text: str, part: Query) -> None:
    expected = part if isinstance(part, And) else And((part,))
    assert parse(text) == expected
    assert parse(f"({text})" if "(甲 -乙" not in text else text) == expected


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("title:", ()),
        ("标题： 甲", (A,)),
        ("title:“", ()),
        ("title:(", ()),
        ("title:()", ()),
        ("甲 OR", (A,)),
        ("OR", ()),
        ("甲 OR -", (A,)),
        ("甲 (", (A,)),
        ("甲 (乙 OR", (A, B)),
        ("甲（乙", (A, B)),
        ("/", ()),
        ("//", ()),
        ("/甲 乙", (Regex("甲 乙"),)),
        ("甲 /(", (A,)),
        ("甲 /乙\\", (A, Regex("乙"))),
        ("is:", ()),
        ("is:sta", ()),
        ("-is:未", ()),
        ("colour:re", ()),
        ("date:", ()),
        ("date:202", ()),
        ("date:2024-", (Dates("2024-01-01", "2024-12-31"),)),
        ("date:2024-0", (Dates("2024-01-01", "2024-12-31"),)),
        ("date:2024-03.", (Dates("2024-03-01", "2024-03-31"),)),
        ("date:2024-05..2", (Dates("2024-05-01", ""),)),
        ("date:2024-05..2024", (Dates("2024-05-01", "2024-12-31"),)),
        ("date:2024-05..2024-1", (Dates("2024-05-01", "2024-12-31"),)),
        ("date:2024-03-05..2024-03-1", (Dates("2024-03-05", "2024-03-31"),)),
        ("date:..", ()),
        ("page:..", ()),
        ("page:1.", (Pages(1, 1),)),
        ("page:10..1", (Pages(10, LAST_PAGE),)),
        ("near:", ()),
        ("near:10", ()),
        ("near:10(", ()),
        ("near:10( ", ()),
        ("near:10(甲 ", (quoted("甲"),)),
        ("near:10(甲 乙", (Near(A, B, 10),)),
    ],
)
def test_what_is_half_typed_is_no_mistake(text: str, parts: tuple[Query, ...]) -> None:
    assert parse(text) == And(parts)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("甲)", 1, 2),
        ("甲 (乙)） 丙", 5, 6),
        ("甲 titel:x", 2, 8),
        ("authro：x", 0, 7),
        ("dates:2024", 0, 6),
        ("甲 keywrod:", 2, 10),
        ("is:foo", 3, 6),
        ("is:sta 甲", 3, 6),
        ("是:好", 2, 3),
        ("is:/a/", 3, 6),
        ("colour:grey", 7, 11),
        ("date:2024-02-30", 5, 15),
        ("date:2024-13", 5, 12),
        ("date:0000", 5, 9),
        ("date:明天", 5, 7),
        ("date:2024-01..x", 5, 15),
        ("date:202 甲", 5, 8),
        ("date:2024..2023", 5, 15),
        ("date:.. 甲", 5, 7),
        ("date:/2024/", 5, 11),
        ("甲 page:4..1", 7, 11),
        ("page:10..1 甲", 5, 10),
        ("page:.. 甲", 5, 7),
        ("near:x", 0, 5),
        ("near:10 甲", 0, 8),
        ("near:10(甲)", 0, 10),
        ("near:10(甲 乙 丙)", 0, 14),
        ("near:10(甲 -乙)", 0, 10),
        ("near:99999(甲 乙)", 0, 9),
        ("甲 /(/", 2, 5),
        ("甲 title:/[/ 乙", 8, 11),
        ("/" + "a" * 201, 0, 202),
        ("title:(author:甲)", 7, 14),
        ("title:(near:5(甲 乙))", 7, 12),
        ("(" * 10_000, 50, 51),
        ("title:(" + "-(" * 10_000, 106, 107),
    ],
)
def test_a_mistake_has_a_place(text: str, start: int, end: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert (caught.value.start, caught.value.end) == (start, end)
    assert str(caught.value)
    assert "\n" not in str(caught.value)
    assert isinstance(caught.value, JianbaoError)


def test_a_misspelt_field_names_the_nearest() -> None:
    with pytest.raises(QueryError, match="“titel”: did you mean “title”"):
        parse("titel:x")


PIECES = (
    "title: 标题： author: date: date:2024- page: 1..4 is: is:un colour: near:3( near: titel: OR | ( （ ) ） / /[ "
    '\\ " “ ” 「 」 ＂ - － a b 中 \n \u3000 \u200b \x00 \ud800 : .. 2024 (甲 {2} [^ (?i) (?<n> \\p{L} \\x41 * +'
)
pieces = st.lists(st.sampled_from([*PIECES.split(" "), " "]), max_size=12).map("".join)


@given(pieces | st.text(max_size=20))
def test_anything_at_all_can_be_typed(text: str) -> None:
    try:
        query = parse(text)
    except QueryError as error:
        wrong = error
    else:
        assert type(query) is And
        assert parse(unparse(query)) == query
        assert isinstance(matches(query, "a中发2024"), bool)
        return
    assert 0 <= wrong.start < wrong.end <= len(text)


@given(queries)
def test_a_query_can_be_written(query: And) -> None:
    written = unparse(query)
    assert parse(written) == query
    assert parse(f"({written}") == query
    assert parse(f"({written}) ") == query


@given(st.text(st.sampled_from('ab中 \n\u3000"“”「」『』＂-－\u200b\x00\ud800'), max_size=20))
def test_mere_words_and_phrases_mean_what_they_mean_in_the_panel(text: str) -> None:
    assert parse(text) == plain(text)


def test_what_nobody_types_can_not_be_written() -> None:
    for query in (Among(frozenset({1})), Or(())):
        with pytest.raises(ValueError, match=type(query).__name__):
            unparse(query)


@pytest.mark.parametrize(
    ("typed", "short"),
    [
        ("date:2024-01-01..2024-12-31", "date:2024"),
        ("date:2024-02-01..2024-02-29", "date:2024-02"),
        ("date:2024-01-01..2024-03-31", "date:2024-01..2024-03"),
        ("date:..2023-12-31", "date:..2023"),
        ("标题：甲 或", "title:甲 或"),
        ("（甲 | 乙）", "甲 OR 乙"),
        ("甲（乙 | 丙）", "甲 (乙 OR 丙)"),
        ("“甲", '"甲"'),
        ('「说"好"」', '“说"好"”'),
        ("page:..3", "page:..3"),
    ],
)
def test_it_is_written_simply(typed: str, short: str) -> None:
    assert unparse(parse(typed)) == short


@pytest.mark.parametrize(
    ("text", "field", "value", "longer"),
    [
        ("", FieldName.AUTHOR, "甲", "author:甲"),
        ("乙", FieldName.AUTHOR, "甲", "乙 author:甲"),
        ("乙 ", FieldName.PAPER, "甲 报", '乙 paper:"甲 报"'),
        ("乙 作者：甲", FieldName.AUTHOR, "甲", "乙 作者：甲"),
        ('author:"甲"', FieldName.AUTHOR, "甲", 'author:"甲"'),
        ("甲 OR 乙", FieldName.TAG, "丙", "(甲 OR 乙) tag:丙"),
        ('乙 "丙', FieldName.TAG, "甲", '乙 "丙" tag:甲'),
        ("乙 /丙", FieldName.TAG, "甲", "乙 /丙/ tag:甲"),
        ("乙 (丙", FieldName.TAG, "甲", "乙 (丙 tag:甲"),
        ("乙 OR (丙", FieldName.TAG, "甲", "(乙 OR 丙) tag:甲"),
        ("乙 -", FieldName.TAG, "甲", "乙 - tag:甲"),
        ("", FieldName.DATE, "2024-03", "date:2024-03"),
        ("", FieldName.PAGE, "A03", "page:a3"),
        ("", FieldName.IS, "unread", "is:unread"),
        ("", FieldName.COLOUR, "red", "colour:red"),
        ("", FieldName.KEYWORD, "/甲/", 'keyword:"/甲/"'),
        ("", FieldName.TITLE, '甲"乙', 'title:甲"乙'),
        ("乙", FieldName.TITLE, "", "乙"),
    ],
)
def test_one_more_condition(text: str, field: FieldName, value: str, longer: str) -> None:
    assert refined(text, field, value) == longer
    assert refined(longer, field, value) == longer


@given(queries, st.sampled_from([FieldName.AUTHOR, FieldName.TITLE, FieldName.TAG]), st.text(max_size=6))
def test_one_more_condition_is_added_once(query: And, field: FieldName, value: str) -> None:
    text = unparse(query)
    longer = refined(text, field, value)
    assert refined(longer, field, value) == longer
    assert parse(longer).parts[: len(query.parts)] == query.parts


@pytest.mark.parametrize(
    "unit",
    ["(a", "a(", "near:5(a b) ", "near:5( ", "title:(a) ", "甲 OR ", "/a/ ", "“a”", "-", "(a) ", "a:", "x)("],
)
def test_a_long_text_takes_no_longer_than_its_length(unit: str) -> None:
    def seconds(times: int) -> float:
        begun = process_time()
        with suppress(QueryError):
            parse(unit * times)
        return process_time() - begun

    short = min(seconds(1_000) for _ in range(3))
    assert min(seconds(20_000) for _ in range(3)) < 100 * max(short, 0.002)  # 400 times as long, were it quadratic


def test_positive_leaves_are_those_to_show() -> None:
    assert [term.text for term in positive_terms(parse('a -b "c d" OR near:3(e f)'))] == ["a", "c d", "e", "f"]
    assert list(leaves(parse("a -b title:c /d/ -(-e)"))) == [Term("a"), titled(Term("c")), Regex("d")]
