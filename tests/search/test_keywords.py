from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.model import Article, Block, Role, Span
from tui.search.keywords import LIMIT, Line, as_written, best, counts, counts_of

COUNTS = st.dictionaries(st.text("甲乙丙丁", min_size=2, max_size=4), st.integers(1, 9), max_size=30)


def line(text: str, more: int = 0) -> Line:
    """`渡口/n 开/v`."""
    return Line([(word, tag) for word, _, tag in (part.partition("/") for part in text.split())], more)


def article(*blocks: tuple[Role, str], authors: tuple[str, ...] = ()) -> tuple[Article, str]:
    text, made = "", []
    for role, words in blocks:
        made.append(Block(role, (Span(len(text), len(text) + len(words)),)))
        text += words + "\n"
    return Article(tuple(made), authors=authors), text


def test_only_content_words_of_two_characters_count() -> None:
    assert counts([line("渡口/n 开/v 船/n 昨天/t 新/a 渡口/n 开放/vn")]) == {"渡口": 2, "开放": 1}


def test_a_headline_counts_more() -> None:
    assert counts([line("渡口/n", 2), line("说/v 渡口/n 石阶/n")]) == {"渡口": 4, "石阶": 1}


def test_words_that_stand_together_again_and_again_are_one() -> None:
    body = [line("新增/v 经营/vn 主体/n"), line("经营/vn 主体/n 增/v"), line("经营/vn 主体/n"), line("主体/n")]
    assert counts(body) == {"经营主体": 3, "主体": 1}


def test_a_modifier_only_begins_a_joined_word() -> None:
    assert counts([line("新型/b 储能/n 。/x 新型/b 储能/n 。/x 大型/b 船舶/n")]) == {"新型储能": 2, "船舶": 1}


def test_a_part_with_the_count_of_the_whole_is_dropped() -> None:
    assert [word for word, _ in best({"中医药": 3, "中医药大学": 3, "医药": 5}, {}, 1)] == ["医药", "中医药大学"]


def test_a_word_of_no_other_text_does_not_outrank_the_topic() -> None:
    found = best({"产业": 9, "嗒嗒": 1}, {"产业": 20_000, "嗒嗒": 1}, 100_000)
    assert found[0][0] == "产业"


def test_what_stands_once_fills_up_three_places_at_most() -> None:
    assert len(best({"甲乙": 1, "乙丙": 1, "丙丁": 1, "丁戊": 1}, {}, 1)) == 3
    assert [word for word, _ in best({"甲乙": 1, "乙丙": 2, "丙丁": 2, "丁戊": 2}, {}, 1)] == ["丁戊", "丙丁", "乙丙"]


@given(COUNTS, COUNTS, st.integers(1, 1000))
def test_the_best_are_some_of_the_words_by_weight(counted: dict[str, int], others: dict[str, int], texts: int) -> None:
    found = best(counted, others, texts)
    assert len(found) <= LIMIT
    assert {word for word, _ in found} <= set(counted)
    assert all(weight > 0 for _, weight in found)
    assert bool(found) == bool(counted)
    assert found == best(dict(reversed(counted.items())), others, texts)


def test_authors_bylines_and_columns_say_nothing_of_the_topic() -> None:
    made, text = article(
        (Role.COLUMN, "江畔观察"),
        (Role.HEADLINE, "渡口的灯换成了太阳能"),
        (Role.BYLINE, "本报记者 温亦舟"),
        (Role.BODY, "温亦舟在渡口看到，渡口的灯亮了。"),
        authors=("温亦舟",),
    )
    found = counts_of(made, text)
    assert found["渡口"] == 5
    assert "温亦舟" not in found
    assert "观察" not in found


def test_traditional_text_has_the_same_keywords_written_its_own_way() -> None:
    simple, text = article((Role.HEADLINE, "圆顶落成"), (Role.BODY, "天文台的圆顶转了，天文台开放。"))
    traditional, other = article((Role.HEADLINE, "圓頂落成"), (Role.BODY, "天文臺的圓頂轉了，天文臺開放。"))
    found = counts_of(simple, text)
    assert found == counts_of(traditional, other)
    assert as_written(["圆顶", "天文台", "渡口"], other) == ("圓頂", "天文臺", "渡口")
