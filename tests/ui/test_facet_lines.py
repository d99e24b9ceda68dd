"""The lines of the facet sheet."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.library.facets import Facets, Group, ordered, periods
from tui.search.folding import fold
from tui.search.pinyin import matches_initials
from tui.search.refining import conditions
from tui.ui.facets import FIRST, Board, Line, Sign, lines_of

DAYS = (("2024-03-10", 2), ("2024-03-09", 3), ("2024-01-01", 1), ("2023-12-31", 4))
AUTHORS = ordered(Group.AUTHOR, {f"记者{number}": number for number in range(1, 15)})
BOARD = Board(Facets(10, {Group.PAPER: (("柳塘日报", 7), ("石坪周报", 3)), Group.DATE: DAYS, Group.AUTHOR: AUTHORS}))


def said(lines: tuple[Line, ...]) -> list[str]:
    return [f"{'  ' * line.depth}{line.sign}{line.text}" for line in lines]


def test_the_first_of_each_group_and_what_opens_the_rest() -> None:
    lines = lines_of(BOARD, (), ())
    assert said(lines)[:6] == ["Papers", "柳塘日报", "石坪周报", "Dates", "2024", "2023"]
    assert said(lines)[-2:] == ["记者5", "… 4 more"]
    assert said(lines_of(BOARD, (), {"author"}))[-1] == "记者1"


def test_years_and_months_open() -> None:
    assert said(lines_of(BOARD, (), {"2024", "2024-03"}))[4:10] == [
        *("2024", "  2024-03", "    2024-03-10", "    2024-03-09", "  2024-01"),
        "2023",
    ]
    one = Board(Facets(5, {Group.DATE: DAYS[:2]}))
    assert said(lines_of(one, (), ()))[1:] == ["2024", "  2024-03", "    2024-03-10", "    2024-03-09"]


def test_what_the_filter_asks_for_is_marked_and_never_hidden() -> None:
    chosen = conditions("paper:柳塘日报 -paper:晚报 author:记者1 date:2024 author:没有")
    lines = said(lines_of(BOARD, chosen, ()))
    for line in ("✓柳塘日报", "−晚报", "✓记者1", "✓没有", "✓2024"):
        assert line in lines
    assert "… 4 more" in lines


def test_typing_narrows_by_letters_and_by_dates() -> None:
    assert said(lines_of(BOARD, (), (), "ltr")) == ["Papers", "柳塘日报"]
    assert said(lines_of(BOARD, (), (), "2024-03")) == ["Dates", "2024-03", "2024-03-10", "2024-03-09"]
    assert said(lines_of(BOARD, (), (), "记者 1"))[:3] == ["Authors", "记者14", "记者13"]
    assert lines_of(BOARD, (), (), "没有") == ()


names = st.text("甲乙柳塘日报\n aB\x1b", min_size=1, max_size=4)


@given(st.dictionaries(names, st.integers(1, 5), max_size=30), st.text("甲柳a l", max_size=3))
def test_narrowed_values_are_those_that_a_look_at_each_finds(counts: dict[str, int], typed: str) -> None:
    counted = ordered(Group.AUTHOR, counts)
    lines = lines_of(Board(Facets(9, {Group.AUTHOR: counted} if counted else {})), (), {"author"}, typed)

    def fits(name: str) -> bool:
        plain = name.replace("\n", " ")
        return all(fold(word) in fold(plain) or matches_initials(fold(word), plain) for word in typed.split())

    assert [(line.value, line.count) for line in lines if line.value] == [one for one in counted if fits(one[0])]
    assert all(line.sign is Sign.NONE for line in lines)
    assert len(lines_of(Board(Facets(9, {Group.AUTHOR: counted})), (), (), typed)) <= FIRST + 2


@given(st.lists(st.tuples(st.dates().map(str), st.integers(1, 9)), unique_by=lambda one: one[0]))
def test_periods_lose_nothing(days: list[tuple[str, int]]) -> None:
    for length in (4, 7, 10):
        assert sum(count for _period, count in periods(days, length)) == sum(count for _day, count in days)
