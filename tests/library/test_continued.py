"""The parts of a continued story find each other, or nothing is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.library.catalog import ArticleRow, Catalog, StoredArticle, StoredPage
from tui.library.continued import Part, match, named_page, page_number, part, parts, plain_number
from tui.model import Article, Block, Imprint, Role, Span

ISSUE = "鹿渚晚报/2024-03-16"
FERRY = "渡工老秦在乌桕渡撑了三十年船，渡口停航以后，他想在北岸的石阶上开一间茶铺。"
FERRY_ON = "茶铺的门板是拆下来的船板，老秦说，乌桕渡的石阶上总要有人坐。"
METER = "织机巷的新水表装好以后，顾月娥家的水费多出一倍，营业所两次派人查看。"
METER_ON = "营业所查到暗管漏水，顾月娥说，织机巷的水表没有错。"
HARVEST = "石坪乡的梨园今年套袋九万只，果农盼着霜降前卖完。"


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("04", ("", "4")),
        ("A05", ("A", "5")),
        ("Ａ５", ("A", "5")),
        ("a5", ("A", "5")),
        ("100", ("", "100")),
        ("", None),
    ],
)
def test_numbers_are_compared_without_their_print(printed: str, number: tuple[str, str] | None) -> None:
    assert page_number(printed) == number
    assert plain_number(printed) == ("".join(number) if number else printed)


def test_a_jump_names_a_page_of_the_issue() -> None:
    pages = [("", "1"), ("", "4"), ("A", "4"), ("A", "5")]
    assert named_page("04", ("", "1"), pages) == ("", "4")
    assert named_page("5", ("A", "4"), pages) == ("A", "5")  # of the same section
    assert named_page("5", ("", "1"), pages) is None
    assert named_page("B4", ("A", "5"), pages) == ("", "4")  # the file's name has no letter
    assert named_page("4", ("", "4"), pages) is None  # no page goes on on itself
    assert named_page(None, ("", "1"), pages) is None


def made(text: str, title: str = "") -> Part:
    """The part of an article of one paragraph below a head."""
    page = f"{title}\n{text}"
    head = (Block(Role.HEADLINE, (Span(0, len(title)),)),) if title else ()
    body = Block(Role.BODY, (Span(len(title) + 1, len(page)),))
    return part(Article((*head, body), title=title), page)


def test_stories_are_told_by_their_words_even_where_their_order_is_turned_round() -> None:
    firsts, laters = [made(FERRY), made(METER)], [made(METER_ON), made(FERRY_ON)]
    assert match(firsts, laters, [made(HARVEST)]) == {0: 1, 1: 0}


def test_a_headline_is_enough() -> None:
    assert match([made("甲" * 90, "乌桕渡的最后一班船 昨夜离岸")], [made("乙" * 90, "最后一班船")]) == {0: 0}
    assert match([made("甲" * 90, "烏桕渡的最後一班船")], [made("乙" * 90, "最后一班船")]) == {0: 0}


def test_one_jump_and_two_continuations() -> None:
    assert match([made(FERRY)], [made(METER_ON), made(FERRY_ON)], [made(HARVEST)]) == {0: 1}


def test_nothing_is_said_without_evidence() -> None:
    assert match([made(FERRY)], [made(HARVEST)]) == {}
    assert match([made(FERRY), made(HARVEST)], [made("空" * 90), made("白" * 90)]) == {}
    assert match([], [made(FERRY)]) == {}
    assert match([made("")], [made("")]) == {}


def test_nothing_is_said_where_two_fit_equally() -> None:
    assert match([made(FERRY)], [made(FERRY_ON), made(FERRY_ON)]) == {}
    assert match([made(FERRY), made(FERRY)], [made(FERRY_ON)]) == {}


def test_order_tells_where_all_else_is_equal() -> None:
    title = "乌桕渡的最后一班船"
    assert match([made(FERRY, title)] * 2, [made(FERRY_ON, title)] * 2) == {0: 0, 1: 1}


def test_a_sentence_that_breaks_off_goes_on_in_one_that_sets_in() -> None:
    broken, whole = made("船长把手从操纵杆上拿开"), made("船长把手从操纵杆上拿开。")
    going_on, beginning = made("，对徒弟说：等他。"), made("对徒弟说：等他。")
    assert broken.breaks_off
    assert going_on.sets_in
    assert not whole.breaks_off
    assert not beginning.sets_in
    assert made("他说：“船来了，").breaks_off
    assert made("人也来了。”他说。").sets_in
    assert not made("“船来了。”他说。").sets_in


def test_a_page_of_nothing_but_jumps_is_left_alone() -> None:
    assert match([made(FERRY)] * 400, [made(FERRY_ON)] * 400) == {}


# In a library


@pytest.fixture
def sample(corpus: Path) -> Iterator[Catalog]:
    with Catalog(None) as catalog:
        catalog.update(corpus)
        yield catalog


def by_title(catalog: Catalog, page: str) -> dict[str, StoredArticle]:
    return {stored.row.title: stored for stored in catalog.articles_on(page)}


def test_the_sample_s_two_continued_stories(sample: Catalog) -> None:
    first, fourth = by_title(sample, f"{ISSUE}/01.txt"), by_title(sample, f"{ISSUE}/04.txt")
    ferry, meter = (each for each in first.values() if each.row.continued_on)
    for early, late in ((ferry, fourth["乌桕渡的最后一班船"]), (meter, fourth[""])):
        assert parts(sample, early) == parts(sample, late) == (early.row.id, late.row.id)


def test_all_other_articles_of_the_sample_stand_alone(sample: Catalog) -> None:
    for page in sample.pages():
        for stored in sample.articles_on(page):
            if not page.startswith(ISSUE) or not (stored.row.continued_on or stored.row.continued_from):
                assert parts(sample, stored) == (stored.row.id,)


def library(folder: Path, pages: dict[str, str]) -> Catalog:
    for path, text in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    catalog = Catalog(None)
    catalog.update(folder)
    return catalog


def story_of(catalog: Catalog, page: str) -> list[str]:
    """The pages of the story that the page's first article belongs to."""
    rows = catalog.rows(parts(catalog, catalog.articles_on(page)[0]))
    return [row.page for row in rows]


HEAD = "# 乌桕渡的最后一班船\n\n"
FIRST, LAST = f"{HEAD}{FERRY}\n\n（下转04版）\n", f"{HEAD}（上接01版）\n\n{FERRY_ON}\n"


def test_a_story_on_three_pages_is_a_chain(tmp_path: Path) -> None:
    middle = f"{HEAD}（上接01版）\n\n{FERRY_ON}\n\n（下转08版）\n"
    last = f"{HEAD}（上接04版）\n\n{FERRY_ON}\n"
    names = [f"柳塘日报/2024-03-09/{number}.txt" for number in ("01", "04", "08")]
    with library(tmp_path, dict(zip(names, (FIRST, middle, last), strict=True))) as catalog:
        for name in names:
            assert story_of(catalog, name) == names


def test_no_story_goes_on_on_another_day_in_another_paper_or_unnumbered_page(tmp_path: Path) -> None:
    pages = {
        "柳塘日报/2024-03-09/01.txt": FIRST,
        "柳塘日报/2024-03-10/04.txt": LAST,
        "石坪日报/2024-03-09/04.txt": LAST,
        "柳塘日报/2024-03-09/无号.txt": LAST,
    }
    with library(tmp_path, pages) as catalog:
        for page in pages:
            assert story_of(catalog, page) == [page]


def test_pages_without_paper_and_day_must_lie_in_one_folder(tmp_path: Path) -> None:
    pages = {"scans/a/第01版.txt": FIRST, "scans/a/第04版.txt": LAST, "scans/b/第01版.txt": FIRST, "第04版.txt": LAST}
    with library(tmp_path, pages) as catalog:
        rows = [catalog.articles_on(page)[0].row for page in pages]
        assert {(row.paper, row.date) for row in rows} == {("", "")}
        assert story_of(catalog, "scans/a/第01版.txt") == ["scans/a/第01版.txt", "scans/a/第04版.txt"]
        assert story_of(catalog, "scans/b/第01版.txt") == ["scans/b/第01版.txt"]
        assert story_of(catalog, "第04版.txt") == ["第04版.txt"]


# Whoever asks gets the same


class Shelf(Catalog):
    """A catalog of made articles, all of one issue."""

    def __init__(self, stored: list[StoredArticle]) -> None:
        super().__init__(None)
        self.shelved = stored

    def issue(self, page: str) -> list[tuple[str, str]]:
        pages = sorted({(each.row.page, each.row.number) for each in self.shelved})
        return pages if page in dict(pages) else []

    def articles_on(self, page: str) -> list[StoredArticle]:
        return [each for each in self.shelved if each.row.page == page]


numbers = st.sampled_from(("1", "4", "A4", "8"))
jumps = st.none() | st.sampled_from(("01", "1", "4", "A04", "8"))
texts = st.sampled_from((FERRY, FERRY_ON, METER, METER_ON, HARVEST, ""))
heads = st.sampled_from(("", "", "乌桕渡的最后一班船", "水费多出一倍"))


@st.composite
def issues(draw: st.DrawFn) -> list[StoredArticle]:
    made = []
    drawn = draw(st.lists(st.tuples(numbers, jumps, jumps, heads, texts), max_size=10))
    for place, (number, came, goes, title, body) in enumerate(drawn, 1):
        text = f"{title}\n{body}"
        spans = (Block(Role.HEADLINE, (Span(0, len(title)),)), Block(Role.BODY, (Span(len(title) + 1, len(text)),)))
        article = Article(spans, title=title, continued_from=came, continued_on=goes)
        row = ArticleRow(place, number, title, "", "报", "2024-03-09", number, 0, came, goes, 1.0, len(text))
        made.append(StoredArticle(row, article, StoredPage(number, text, "utf-8", Imprint())))
    return made


@settings(max_examples=300)
@given(issues())
def test_parts_are_mutual(stored: list[StoredArticle]) -> None:
    with Shelf(stored) as shelf:
        stories = {each.row.id: parts(shelf, each) for each in stored}
    for own, story in stories.items():
        assert own in story
        assert len(set(story)) == len(story)
        assert all(set(stories[other]) == set(story) for other in story)
