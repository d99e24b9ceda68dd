from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.search.folding import is_invisible, searchable
from tui.search.matching import hits, matches
from tui.search.query import And, Not, Term, parse

texts = st.text(st.sampled_from('发发發展後后aAＡ，,「"  \n\u200b\ufe0f😀İ'), max_size=30)
needles = st.text(st.sampled_from("发發展后aＡ,“ \u200b😀İ"), min_size=1, max_size=4)


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
    ],
)
def test_matches(typed: str, text: str, found: bool) -> None:
    assert matches(parse(typed), text) is found


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
    ],
)
def test_hits(typed: str, text: str, ranges: tuple[tuple[int, int], ...]) -> None:
    assert hits(parse(typed), text) == ranges


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
