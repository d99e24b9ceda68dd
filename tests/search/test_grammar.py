"""The examples of the help."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest

from tui import language
from tui.search import grammar
from tui.search.fields import MARKS
from tui.search.matching import Searched, matches
from tui.search.nodes import Among, And, Dates, Field, FieldName, Leaf, Not, Or, Pages, Query, Term
from tui.search.query import parse


@pytest.fixture(params=language.LANGUAGES)
def _language(request: pytest.FixtureRequest) -> Iterator[None]:
    language.use(request.param)
    yield
    language.use("en")


def nodes(query: Query) -> Iterator[Query]:
    yield query
    match query:
        case Not(part):
            yield from nodes(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from nodes(part)


def queries() -> list[Query]:
    return [parse(typed) for typed, _meaning in grammar.rows()]


@pytest.mark.usefixtures("_language")
def test_every_example_means_something() -> None:
    assert all(query != And() for query in queries())
    assert all(meaning for _typed, meaning in grammar.rows())


@pytest.mark.usefixtures("_language")
def test_every_part_of_the_language_has_an_example() -> None:
    kinds = {type(node) for query in queries() for node in nodes(query)}
    assert kinds == {*get_args(Leaf), And, Or, Not} - {Among}


@pytest.mark.usefixtures("_language")
def test_every_field_and_mark_has_an_example() -> None:
    found = [node for query in queries() for node in nodes(query)]
    named = {node.name for node in found if isinstance(node, Field)}
    named |= {FieldName.DATE for node in found if isinstance(node, Dates)}
    named |= {FieldName.PAGE for node in found if isinstance(node, Pages)}
    assert named == set(FieldName)
    values = [node.value for node in found if isinstance(node, Field) and node.name is FieldName.IS]
    assert {value.text for value in values if isinstance(value, Term)} == set(MARKS)


def test_the_examples_mean_the_same_in_both_languages() -> None:
    english = [parse(example.typed) for example in grammar.EXAMPLES]
    language.use("zh")
    try:
        assert [parse(typed) for typed, _meaning in grammar.rows()][6:] == english[6:]
    finally:
        language.use("en")


def test_what_the_examples_say_is_so() -> None:
    assert matches(parse("xzscl"), "发展新质生产力", initials=True)
    assert matches(parse("page:A3"), Searched(number="A03"))
    assert matches(parse("tag:政策"), Searched(tags=("政策/产业",)))
