"""From the page to the reading text and back."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tui.model import Article, Block, Role, Span
from tui.reading import ReadingText, reading_text

SIZE = 60


@st.composite
def articles(draw: st.DrawFn) -> ReadingText:
    """An article of blocks whose lines stand here and there on a page, heads anywhere among them."""
    ends = sorted(draw(st.sets(st.integers(0, SIZE), min_size=2, max_size=16)))
    spans = [Span(ends[at], ends[at + 1]) for at in range(0, len(ends) - 1, 2)]
    blocks = []
    while spans:
        count = draw(st.integers(1, len(spans)))
        blocks.append(Block(draw(st.sampled_from((Role.BODY, Role.HEADLINE))), tuple(spans[:count])))
        del spans[:count]
    return reading_text(Article(tuple(blocks)), "".join(chr(0x4E00 + at) for at in range(SIZE)))


passages = st.lists(
    st.tuples(st.integers(0, SIZE), st.integers(0, 9)).map(lambda at: Span(at[0], at[0] + at[1])), max_size=4
)


@given(articles(), passages.map(tuple))
def test_a_passage_is_shown_where_its_characters_are(reading: ReadingText, spans: tuple[Span, ...]) -> None:
    wanted = {chr(0x4E00 + at) for span in spans for at in range(span.start, span.end)}
    ranges = reading.from_page(spans)
    shown = {at for start, end in ranges for at in range(start, end)}
    assert shown == {at for at, character in enumerate(reading.text) if character in wanted}
    assert all(one[1] < other[0] for one, other in pairwise(ranges))


@given(articles(), st.data())
def test_there_and_back(reading: ReadingText, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(reading.text)))
    end = data.draw(st.integers(start, len(reading.text)))
    shown = {at for first, last in reading.from_page(reading.to_page(start, end)) for at in range(first, last)}
    assert shown == {at for at in range(start, end) if reading.text[at] != "\n"}
