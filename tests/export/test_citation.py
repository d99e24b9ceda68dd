"""Citations by GB/T 7714-2015, and quotations with them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.export.citation import citation, quotation, quoted
from tui.model import Article, Imprint

FULL = Imprint("柳塘日报", "2024-03-09", "1", "要闻")


@dataclass(frozen=True)
class Printed:
    imprint: Imprint


@dataclass(frozen=True)
class Told:
    article: Article
    page: Printed


def told(imprint: Imprint = FULL, **known: object) -> Told:
    fields: dict[str, object] = {"title": "渡口的灯换成了太阳能", "authors": ("温亦舟",)} | known
    return Told(Article((), **fields), Printed(imprint))  # type: ignore[arg-type]


def test_an_article_of_which_all_is_known() -> None:
    assert citation(told()) == "温亦舟. 渡口的灯换成了太阳能[N]. 柳塘日报, 2024-03-09(1)."


@pytest.mark.parametrize(
    ("imprint", "place"),
    [
        (Imprint("柳塘日报", "2024-03-09"), "柳塘日报, 2024-03-09."),
        (Imprint("柳塘日报", "", "A03"), "柳塘日报(A03)."),
        (Imprint("", "2024-03-09", "1"), "2024-03-09(1)."),
        (Imprint("柳塘日报"), "柳塘日报."),
        (Imprint("", "", "1"), "(1)."),
        (Imprint(), ""),
    ],
)
def test_what_is_not_known_of_the_paper_is_left_out(imprint: Imprint, place: str) -> None:
    assert citation(told(imprint)) == f"温亦舟. 渡口的灯换成了太阳能[N]. {place}".rstrip()


def test_without_an_author_the_title_begins() -> None:
    assert citation(told(authors=())) == "渡口的灯换成了太阳能[N]. 柳塘日报, 2024-03-09(1)."


@pytest.mark.parametrize(
    ("authors", "named"),
    [
        (("温亦舟", "秦望"), "温亦舟, 秦望"),
        (("温亦舟", "秦望", "阮小满"), "温亦舟, 秦望, 阮小满"),
        (("温亦舟", "秦望", "阮小满", "石坪"), "温亦舟, 秦望, 阮小满, 等"),
        ((" ", "温亦舟", ""), "温亦舟"),
    ],
)
def test_up_to_three_authors_are_named(authors: tuple[str, ...], named: str) -> None:
    assert citation(told(authors=authors)).startswith(f"{named}. 渡口")


def test_a_subtitle_follows_a_colon() -> None:
    assert "渡口的灯换成了太阳能: 十二盏[N]. " in citation(told(subtitle="十二盏"))


def test_a_kicker_stands_for_a_title_that_is_missing() -> None:
    assert citation(told(title="", kicker="两岸之间")).startswith("温亦舟. 两岸之间[N]")
    assert citation(told(title="")).startswith("温亦舟. 无题[N]")


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("灯亮了。", "“灯亮了。”"),
        ("他说：“灯亮了。”", "“他说：‘灯亮了。’”"),
        ("“他说‘亮了’。”", "“‘他说“亮了”。’”"),
        ("西安在信里写作Xi’an，“对。”", "“西安在信里写作Xi’an，‘对。’”"),
        ("“只有一半", "““只有一半”"),
        ("「灯」", "“「灯」”"),
    ],
)
def test_paired_marks_within_a_quotation_change(text: str, within: str) -> None:
    assert quoted(text) == within


def test_a_quotation_keeps_its_paragraphs_and_ends_in_the_citation() -> None:
    lines = quotation("第一段。\n第二段。", told()).split("\n")
    assert lines == ["“第一段。", "第二段。”", "温亦舟. 渡口的灯换成了太阳能[N]. 柳塘日报, 2024-03-09(1)."]


def test_an_escape_sequence_is_not_copied_out_of_a_page() -> None:
    made = quotation("江上\x1b[201~rm -rf\r\x07", told(title="渡\x1b]0;口"))
    assert not set("\x1b\r\x07") & set(made)


ANY = st.text(st.characters(), max_size=12)


@given(ANY, ANY, ANY, st.lists(ANY, max_size=5), ANY, ANY, ANY)
def test_it_never_raises_and_is_one_line_without_controls(
    title: str, kicker: str, subtitle: str, authors: list[str], paper: str, date: str, number: str
) -> None:
    made = citation(
        told(Imprint(paper, date, number), title=title, kicker=kicker, subtitle=subtitle, authors=tuple(authors))
    )
    assert made == made.strip()
    assert made.endswith(".")
    assert len(made.splitlines()) == 1
    assert not [character for character in made if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}]


@given(st.text("“”‘’甲乙\n", max_size=20))
def test_quoting_changes_nothing_but_marks(text: str) -> None:
    made = quoted(text)
    assert len(made) == len(text) + 2
    assert [one for one in made[1:-1] if one not in "“”‘’"] == [one for one in text if one not in "“”‘’"]
