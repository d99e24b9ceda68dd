"""Queries and articles made up by Hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from tui.model import COLOURS
from tui.search.fields import MARKS
from tui.search.matching import Searched
from tui.search.nodes import (
    NOTHING,
    And,
    Dates,
    Field,
    FieldName,
    Near,
    Pages,
    Query,
    Regex,
    Term,
    both,
    either,
    negated,
)

LETTERS = '发發展aAＡ:： ()（）"“」-/|OR'
texts = st.text(st.sampled_from('发发發展後后aAＡ，,「"  \n\u200b\ufe0f😀İ'), max_size=30)
words = st.text(st.sampled_from(LETTERS), min_size=1, max_size=5)
terms = words.map(lambda text: Term(text, quoted=True)) | st.text(
    st.sampled_from("发發展后aA，"), min_size=1, max_size=3
).map(Term)
patterns = st.sampled_from(["[发后]展?", "a+", "^.", r"\S\s", "發|展$", ""]).filter(bool)
regexes = patterns.map(Regex)
days = st.sampled_from(["2023-01-01", "2023-12-31", "2024-02-01", "2024-02-29", "2024-03-09"])
ranges = st.tuples(st.just("") | days, st.just("") | days).filter(lambda two: any(two) and not (two[0] > two[1] > ""))
_text_fields = st.sampled_from(
    [
        FieldName.TITLE,
        FieldName.KICKER,
        FieldName.AUTHOR,
        FieldName.PAPER,
        FieldName.COLUMN,
        FieldName.TAG,
        FieldName.NOTE,
        FieldName.KEYWORD,
    ]
)
leaves: st.SearchStrategy[Query] = st.one_of(
    terms,
    terms,
    regexes,
    st.builds(Near, terms, terms, st.integers(0, 12)),
    st.builds(Field, _text_fields, terms | regexes),
    st.sampled_from(list(MARKS)).map(lambda mark: Field(FieldName.IS, Term(mark))),
    st.sampled_from(COLOURS).map(lambda colour: Field(FieldName.COLOUR, Term(colour))),
    st.just(Field(FieldName.PAGE, Term("a3"))),
    ranges.map(lambda two: Dates(*two)),
    st.tuples(st.integers(0, 20), st.integers(0, 20) | st.just(9999)).map(lambda two: Pages(*sorted(two))),
)
parts: st.SearchStrategy[Query] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(both),
        st.lists(inner, min_size=1, max_size=3).map(either),
        inner.map(negated),
    ),
    max_leaves=6,
)
queries = (
    st.lists(parts, max_size=3)
    .map(lambda some: both([NOTHING, *some]))
    .map(lambda query: query if isinstance(query, And) else And((query,)))
)
"""In the form that `parse` returns."""

_some = st.lists(texts, max_size=2).map(tuple)
articles = st.builds(
    Searched,
    text=texts,
    title=texts,
    kicker=texts,
    column=texts,
    authors=_some,
    paper=texts,
    date=st.just("") | days,
    number=st.sampled_from(["", "1", "03", "12", "A03", "a3", "一"]),
    keywords=_some,
    tags=st.lists(texts | st.just("发/展"), max_size=2).map(tuple),
    notes=_some,
    colours=st.frozensets(st.sampled_from(COLOURS)),
    marks=st.frozensets(st.sampled_from(list(MARKS))),
    id=st.integers(0, 3),
)
