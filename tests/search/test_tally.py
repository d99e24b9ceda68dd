"""Words counted, also near hits, and what is made of the counts."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.search import measures, words
from tui.search.folding import fold
from tui.search.functionwords import FUNCTION_WORDS
from tui.search.matching import hits
from tui.search.query import parse
from tui.search.tally import WIDEST, Kind, Sampled, Tally, collocates, is_listed, is_mark, key_words


@pytest.fixture(autouse=True, scope="module")
def _segmenter() -> None:
    words.load()


@pytest.fixture
def _characters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every character a word: what is counted can be seen."""
    monkeypatch.setattr(words, "_cut", list)


def tallied(*texts: str, query: str = "甲") -> Tally:
    tally = Tally()
    for text in texts:
        tally.add(text, hits(parse(query), text))
    return tally


@pytest.mark.usefixtures("_characters")
def test_a_window_counts_words_and_looks_through_marks() -> None:
    tally = tallied("一二，甲。三四五")  # the comma is folded
    assert tally.near == {-1: Counter("二,"), -2: Counter("一"), 1: Counter("。三"), 2: Counter("四"), 3: Counter("五")}
    assert tally.words == Counter("一二,甲。三四五")


@pytest.mark.usefixtures("_characters")
def test_a_window_ends_with_its_paragraph() -> None:
    tally = tallied("一\n甲二\n三\n四甲")
    assert tally.near == {1: Counter("二"), -1: Counter("四")}
    assert tally.words == Counter("一甲二三四甲")


@pytest.mark.usefixtures("_characters")
def test_a_word_between_two_hits_is_counted_once_at_the_nearer() -> None:
    tally = tallied("甲一二三甲")
    assert tally.near == {1: Counter("一"), -1: Counter("三"), -2: Counter("二")}
    assert tally.hits == 2


@pytest.mark.usefixtures("_characters")
def test_no_further_than_the_widest_window() -> None:
    tally = tallied("甲" + "零" * (WIDEST + 3) + "甲", "零" * 5)
    assert sum(map(Counter.total, tally.near.values())) == WIDEST + 3
    assert tallied("甲" + "零" * 50).near.keys() == set(range(1, WIDEST + 1))


def test_a_word_that_a_hit_cuts_is_no_neighbour() -> None:
    text = "新质生产力发展"
    tally = tallied(text, query="质生")
    assert all("质" not in word and "生" not in word for near in tally.near.values() for word in near)


def test_words_are_folded() -> None:
    tally = tallied("發展體育，ＡＢＣ", "发展体育，abc")
    assert tally.words["发展"] == tally.words["abc"] == 2


def test_kinds() -> None:
    assert [is_listed("的", kind) for kind in Kind] == [False, True, True]
    assert [is_listed("。", kind) for kind in Kind] == [False, False, True]
    assert [is_listed("江", kind) for kind in Kind] == [False, True, True]
    assert [is_listed("因为", kind) for kind in Kind] == [False, True, True]
    assert all(is_listed("渡口", kind) for kind in Kind)
    assert not any(map(is_mark, FUNCTION_WORDS))


@pytest.mark.usefixtures("_characters")
def test_collocates_by_hand() -> None:
    """三 stands twice near the two hits, and once elsewhere."""
    counted = Sampled(tallied("甲三一", "三甲二"), tallied("三四五六七八"), 2, 1)
    (best, *_) = collocates(counted, 1, Kind.WORDS, 2)
    assert (best.word, best.before, best.after, best.together, best.own) == ("三", 1, 1, 2, 3)
    assert best.log_dice == measures.log_dice(2, 2, 3)
    # within one word of a hit stand three of twelve words: 三, 三, 二
    assert best.likelihood == measures.log_likelihood(2, 3, 3, 12)


@pytest.mark.usefixtures("_characters")
def test_a_sample_of_the_rest_counts_for_all_of_it() -> None:
    here, there = tallied("甲三一"), tallied("三四五六七八")
    counted = Sampled(here, there, 1, 10)
    assert not counted.complete
    assert counted.weight == 10
    (found,) = [one for one in collocates(counted, 5, Kind.WORDS) if one.word == "三"]
    assert found.own == 1 + 10


@pytest.mark.usefixtures("_characters")
def test_key_words_by_hand() -> None:
    counted = Sampled(tallied("甲甲甲一"), tallied("一一一一一一二二"), 1, 1)
    found = {one.word: one for one in key_words(counted, Kind.WORDS)}
    assert found["甲"].likelihood == measures.keyness(3, 4, 0, 8) > 0
    assert (found["甲"].here_per_million, found["甲"].there_per_million) == (750_000, 0)
    assert found["一"].likelihood == -measures.keyness(1, 4, 6, 8)
    assert found["一"].log_ratio == measures.log_ratio(1, 4, 6, 8)
    assert [one.word for one in key_words(counted, Kind.WORDS)] == ["甲", "一", "二"]
    assert key_words(Sampled(tallied("甲"), Tally(), 1, 0)) == []


texts = st.lists(st.text("甲一二三，。\n", max_size=40), max_size=5)


@given(texts)
def test_what_is_near_is_among_the_words_and_hits_are_not(lines: list[str]) -> None:
    tally = tallied(*lines)
    near: Counter[str] = Counter()
    for distance, found in tally.near.items():
        assert 0 < abs(distance) <= WIDEST
        near += found
    assert near <= tally.words
    assert tally.hits == sum(len(hits(parse("甲"), line)) for line in lines)
    assert tally.words == sum((Counter(words.tokens(fold(line))) for line in lines), Counter())


@given(texts, texts)
def test_nothing_found_is_out_of_bounds(first: list[str], second: list[str]) -> None:
    counted = Sampled(tallied(*first), tallied(*second), len(first), len(second))
    for kind in Kind:
        for window in (1, 5):
            for one in collocates(counted, window, kind):
                assert one.together <= one.own
                assert one.log_dice <= 15
        for word in key_words(counted, kind):
            assert word.likelihood >= 0 or word.log_ratio < 0 or word.here == 0


@given(st.text(max_size=60))
def test_tokens_are_what_stands_in_the_ranges(text: str) -> None:
    folded = fold(text.encode("utf-8", "ignore").decode())
    assert words.tokens(folded) == [folded[start:end] for start, end in words.word_ranges(folded)]
