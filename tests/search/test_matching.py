"""What each part of a query means, and where it stands."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.search.queries import articles, parts, queries, regexes, terms, texts
from tui.search import patterns
from tui.search.folding import is_invisible, searchable
from tui.search.matching import Searched, hits, matches
from tui.search.nodes import Among, And, Field, FieldName, Near, Not, Or, Query, Regex, Term
from tui.search.query import QueryError, parse

needles = st.text(st.sampled_from("发發展后aＡ,“ \u200b😀İ"), min_size=1, max_size=4)

STORY = Searched(
    text="渡工老秦說，點燈要划船\n從前有渡口",
    title="渡口 点灯人",
    kicker="清明 前后",
    column="江上夜话",
    authors=("秦望", "Ann Lee"),
    paper="楮溪週報",
    date="2024-03-09",
    number="A05",
    keywords=("渡口", "灯"),
    tags=("政策/产业", "水运"),
    notes=("核对日期\n再问老秦",),
    colours=("red",),
    marks=frozenset({"starred", "unread"}),
    id=7,
)


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("", "成都", True),
        ("发展", "高質量發展", True),
        ("質量", "高质量发展", True),
        ("成都 发展", "发展在成都", True),
        ("成都 发展", "成都", False),
        ("成都 -发展", "成都", True),
        ("成都 -发展", "成都发展", False),
        ("-发展", "", True),
        ('"a b"', "A　B", True),
        ('"a b"', "ab", False),
        ("a b", "ba", True),
        ("成都", "成\n都", False),
        ("成都", "成\u200b都", True),
        ("成\u2060都", "成都", True),
        ("\u200b", "", True),
        (",", "发展，", True),
        ("“好”", "他说「好」", True),
        ("成都 OR 重庆", "重慶", True),
        ("成都 OR 重庆 a", "成都", True),
        ("成都 OR 重庆 a", "重庆", False),
        ("(成都 OR 重庆) a", "成都", False),
        ("-(成都 重庆)", "成都", True),
        ("/发.展/", "發x展", True),
        ("/发展/", "发\n展", False),
        (r"/发\s展/", "发\n展", False),
        ("/^展$/", "发\n展\n", True),
        ("/[發后]./", "后来", True),
        ("/Ａ+B/", "aab", True),
        (r"/\S\D/", "ab", True),
        (r"/^\S\D$/", " 1", False),
        ("/？/", "什么?", True),
        ("/^？$/", "", False),
        ("/成都/", "成\u200b都", True),
        ("near:2(成都 重庆)", "重慶与x成都", True),
        ("near:1(成都 重庆)", "重庆与x成都", False),
        ("near:9(成都 重庆)", "重庆\n成都", False),
        ("near:0(成都 都市)", "成都市", True),
        ("near:0(成都 成都)", "成都", False),
        ("near:0(成都 成都)", "成都成都", True),
        ("near:0(aa aa)", "aaa", True),
        ("near:1(成都 重庆)", "成都\u200b\u200b重庆", True),
    ],
)
def test_matches(typed: str, text: str, found: bool) -> None:
    assert matches(parse(typed), text) is found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("渡工 从前", True),
        ("title:点灯", True),
        ("title:渡口点灯", True),
        ("title:“渡口 点”", True),
        ("title:渡工", False),
        ("title:/^渡.*人$/", True),
        ("kicker:前后", True),
        ("column:夜話", True),
        ("author:秦", True),
        ("author:“ann lee”", True),
        ("author:望a", False),
        ("author:(秦望 Lee)", True),
        ("author:/^秦.$/", True),
        ("paper:周报", True),
        ("paper:日报", False),
        ("date:2024", True),
        ("date:2024-03-09", True),
        ("date:..2024-03-08", False),
        ("date:2024-03-10..", False),
        ("page:a5", True),
        ("page:A05", True),
        ("page:5", False),
        ("page:A", False),
        ("page:1..9", False),
        ("keyword:渡口", True),
        ("keyword:渡", False),
        ("tag:政策", True),
        ("tag:政", True),
        ("tag:产业", True),
        ("tag:策", False),
        ("tag:“政策/产业”", True),
        ("tag:/^水/", True),
        ("note:老秦", True),
        ("note:日期再", False),
        ("note:/^再/", True),
        ("colour:红", True),
        ("colour:blue", False),
        ("is:starred", True),
        ("is:annotated", False),
        ("-is:doubtful", True),
        ("is:(annotated OR unread)", True),
    ],
)
def test_fields(typed: str, found: bool) -> None:
    assert matches(parse(typed), STORY) is found
    assert matches(Not(parse(typed)), STORY) is not found


def test_what_is_not_known_matches_no_range() -> None:
    nowhere = Searched("渡口")
    assert not matches(parse("date:..2999"), nowhere)
    assert not matches(parse("date:1900.."), nowhere)
    assert not matches(parse("page:0..9999"), nowhere)
    assert not matches(parse("page:0..9999"), replace(nowhere, number="一"))
    assert matches(parse("page:3"), replace(nowhere, number="03"))
    assert not matches(parse("author:a"), nowhere)


def test_articles_can_be_named() -> None:
    assert matches(Among(frozenset({7})), STORY)
    assert not matches(Among(frozenset({8})), STORY)
    assert not matches(Among(frozenset({7})), "渡口")


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("xzscl", "发展新质生产力", True),
        ("XZS", "發展新質生產力", True),
        ("xzs", "新\u200b质生", True),
        ("xz", "新质", False),
        ("“xzs”", "新质生", False),
        ("-xzs", "新质生", True),
        ("xzs -新质", "新质生", False),
        ("xzs", "新质\n生", False),
        ("x1s", "新1生", False),
        ("xzs OR a", "新质生", True),
    ],
)
def test_words_may_be_initials(typed: str, text: str, found: bool) -> None:
    assert matches(parse(typed), text, initials=True) is found


@pytest.mark.parametrize(
    ("typed", "text", "ranges"),
    [
        ("", "成都", ()),
        ("-成都", "成都", ()),
        ("成都 -成都", "成都", ((0, 2),)),
        ("质量", "质量质量", ((0, 2), (2, 4))),
        ("aa", "xaaax", ((1, 4),)),
        ("高质量 质量发展", "高质量发展", ((0, 5),)),
        ("成都 量", "成都质量", ((0, 2), (3, 4))),
        ("成都", "x成\u200b\u200b都\u200b", ((1, 5),)),
        ("\u200b", "成\u200b都", ()),
        ("İ", "xİy", ((1, 2),)),
        ("成都 OR 质", "成都质", ((0, 2), (2, 3))),
        ("成都 OR x", "成都", ((0, 2),)),
        ("-(-成都)", "成都", ()),
        ("/質./", "a\n质\u200b量", ((2, 5),)),
        ("/x*/", "axxa", ((1, 3),)),
        ("near:1(成都 重庆)", "成都与重慶，成都", ((0, 2), (3, 5), (6, 8))),
        ("near:0(成都 重庆)", "成都与重庆成都", ((3, 5), (5, 7))),
        ("near:5(成都 重庆)", "成都", ()),
        ("near:5(成都 重庆)", "x\n成都重庆\n重庆", ((2, 4), (4, 6))),
        ("title:成都 tag:都", "成都", ()),
    ],
)
def test_hits(typed: str, text: str, ranges: tuple[tuple[int, int], ...]) -> None:
    assert hits(parse(typed), text) == ranges


def test_hits_of_fields_and_initials_are_asked_for() -> None:
    assert hits(parse("title:成 -title:都 author:都"), "成都", fields={FieldName.TITLE}) == ((0, 1),)
    assert hits(parse("title:/都$/"), "成都", fields={FieldName.TITLE}) == ((1, 2),)
    assert hits(parse("xzs"), "说新\u200b质生产", initials=True) == ((1, 5),)
    assert hits(parse("xzs"), "新质生") == ()


@given(st.lists(needles, max_size=3), texts)
def test_hits_are_where_the_terms_stand(typed: list[str], text: str) -> None:
    query = And(tuple(map(Term, typed)))
    found = hits(query, text)
    assert list(found) == sorted(found)
    assert all(first[1] <= second[0] for first, second in pairwise(found))
    covered = {at for start, end in found for at in range(start, end)}
    wanted = set[int]()
    shown = [at for at, character in enumerate(text) if not is_invisible(character)]
    for needle in filter(None, map(searchable, typed)):
        for first in range(len(shown) - len(needle) + 1):
            last = first + len(needle) - 1
            if searchable("".join(text[at] for at in shown[first : last + 1])) == needle:
                wanted.update(range(shown[first], shown[last] + 1))
    assert covered == wanted


@given(needles, texts)
def test_a_term_matches_where_it_has_a_hit(needle: str, text: str) -> None:
    if searchable(needle):
        assert matches(Term(needle), text) == bool(hits(Term(needle), text))
        assert matches(Not(Term(needle)), text) != matches(Term(needle), text)


@given(queries, texts)
def test_hits_are_in_order_and_within_the_text(query: Query, text: str) -> None:
    found = hits(query, text, initials=True, fields=list(FieldName))
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(first[1] <= second[0] for first, second in pairwise(found))


@given(
    st.sampled_from(["发", "展", "aa", "a,", "發展"]),
    st.sampled_from(["a", "后", "aa", "展"]),
    st.integers(0, 4),
    texts,
)
@example("aa", "aa", 0, "aaa")
def test_near_is_what_comparing_all_places_finds(one: str, other: str, within: int, text: str) -> None:
    wanted = set[int]()
    start = 0
    for line in searchable(text).split("\n"):
        places = [
            [(at, at + len(word)) for at in range(len(line)) if line.startswith(word, at)]
            for word in map(searchable, (one, other))
        ]
        for a in places[0]:
            for b in places[1]:
                if a != b and max(a[0], b[0]) - min(a[1], b[1]) <= within:
                    wanted.update(range(start + a[0], start + a[1]), range(start + b[0], start + b[1]))
        start += len(line) + 1
    near = Near(Term(one), Term(other), within)
    plain = searchable(text)
    assert {at for first, last in hits(near, plain) for at in range(first, last)} == wanted
    assert matches(near, text) == bool(wanted)


@given(parts, parts, articles)
def test_not_and_or_are_those_of_logic(one: Query, other: Query, article: Searched) -> None:
    first, second = matches(one, article), matches(other, article)
    assert matches(And((one, other)), article) == (first and second)
    assert matches(Or((one, other)), article) == (first or second)
    assert matches(Not(one), article) != first
    assert matches(Not(And((one, other))), article) == matches(Or((Not(one), Not(other))), article)
    assert matches(Not(Or((one, other))), article) == matches(And((Not(one), Not(other))), article)
    assert matches(Not(Not(one)), article) == first
    assert matches(And(()), article)
    assert not matches(Or(()), article)


@given(parts, articles)
def test_initials_only_find_more(query: Query, article: Searched) -> None:
    assert matches(query, article, initials=True) >= matches(query, article)


TRADITIONAL = str.maketrans("发后aA展", "發後Ａa展")


@given(parts, articles)
def test_how_a_text_is_written_makes_no_difference(query: Query, article: Searched) -> None:
    other = replace(
        article,
        text=article.text.translate(TRADITIONAL),
        title=article.title.translate(TRADITIONAL),
        authors=tuple(name.translate(TRADITIONAL) for name in article.authors),
        tags=tuple(tag.translate(TRADITIONAL) for tag in article.tags),
    )
    assert matches(query, other) == matches(query, article)
    assert hits(query, other.text) == hits(query, article.text)


@given(terms | regexes, articles)
def test_how_a_query_is_written_makes_no_difference(value: Term | Regex, article: Searched) -> None:
    other: Term | Regex
    if isinstance(value, Term):
        other = Term(value.text.translate(TRADITIONAL))
    else:
        other = Regex(value.pattern.translate(str.maketrans("发后展", "發後展")))
    assert matches(other, article) == matches(value, article)
    for name in (FieldName.TITLE, FieldName.TAG, FieldName.NOTE):
        assert matches(Field(name, other), article) == matches(Field(name, value), article)


@pytest.mark.parametrize(
    ("pattern", "folded"),
    [
        ("發展", "发展"),
        (r"\S\D\W\b\A\Z", r"\S\D\W\b\A\Z"),
        (r"\p{Lu}\P{Han}\N{DIGIT ONE}\pL", r"\p{Lu}\P{Han}\N{DIGIT ONE}\pL"),
        ("（發）", r"\(发\)"),
        ("？＊．［", r"\?\*\.\["),
        ("a\u200bb", "ab"),
        (r"\x41\u767C\U0000767C", "a发发"),
        (r"\發", "发"),
        ("[發A後]", "[发a后]"),
        ("[^A-Z]", "[^A-Za-z]"),
        ("[一-龥]", "[一-龥]"),
        (r"[\S\x41]", r"[\Sa]"),
        (r"[\x41-\x43]", r"[\x41-\x43a-c]"),
        ("[]A]", "[]a]"),
        ("[[:Alpha:]A]", "[[:Alpha:]a]"),
        ("(?P<Name>A)(?P=Name)", "(?P<Name>a)(?P=Name)"),
        (r"(?<Name>A)\g<Name>(?&Name)", r"(?<Name>a)\g<Name>(?&Name)"),
        ("(?V1)(?=A)(?<!B)(*FAIL)(?|A|B)(?:C)", "(?V1)(?=a)(?<!b)(*FAIL)(?|a|b)(?:c)"),
    ],
)
def test_a_pattern_is_folded_where_it_is_literal(pattern: str, folded: str) -> None:
    assert patterns.folded(pattern) == folded
    assert patterns.compiled(pattern)


@given(st.text(max_size=12) | st.text(st.sampled_from("aA發\\x41uUpP{}[]()^-?<>*+:&|,9LgkNRV1（"), max_size=16))
def test_any_pattern_works_or_is_refused(pattern: str) -> None:
    with suppress(QueryError):
        patterns.places(pattern, "aa发展\nb", 0.05)


SLOW = "(a|aa)+$"


def test_an_expression_is_stopped() -> None:
    text = "a" * 40 + "b"
    begun = perf_counter()
    with pytest.raises(QueryError, match="takes too long"):
        matches(Regex(SLOW), text)
    assert perf_counter() - begun < 2
    assert hits(Regex(SLOW), text) == ()
    begun = perf_counter()
    for _time in range(1000):
        assert hits(Regex(SLOW), text) == ()
    assert perf_counter() - begun < 0.5


def test_a_whole_search_is_bounded() -> None:
    text = "a" * 16 + "b"

    def search() -> None:
        with patterns.bounded(0.05):
            for _time in range(100_000):
                matches(Regex(SLOW), text)

    with pytest.raises(QueryError, match="takes too long"):
        search()
    assert not matches(Regex(SLOW), text)


@pytest.mark.parametrize("pattern", ["(a{999}){999}", "a{99999}", "((a{99}){99}){99}", "(a{999}){999}b{0}"])
def test_an_expression_that_takes_long_to_compile_is_refused(pattern: str) -> None:
    with pytest.raises(QueryError, match="too many"):
        patterns.compiled(pattern)


def test_hits_are_quick() -> None:
    text = ("春茶少了三成，" * 6)[:38] + "渡口"
    text = text * 500
    for typed in ("渡口", "/渡./", "near:50(渡口 春茶)"):
        hits(parse(typed), text)
        begun = perf_counter()
        assert len(hits(parse(typed), text)) >= 500
        assert perf_counter() - begun < 0.1


def test_letters_that_stand_in_the_text_are_no_initials_there() -> None:
    assert hits(parse("gdp"), "高德平说GDP增长", initials=True) == ((4, 7),)
    assert hits(parse("gdp 增"), "高德平说增长", initials=True) == ((0, 3), (4, 5))
