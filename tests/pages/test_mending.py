"""What a reader puts right: every mend does what it says, and none loses or doubles a character."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.conftest import CORPUS
from tests.pages.test_parse import ANY, BODY, MORE, PAGES
from tui.model import Article, Block, Mend, MendKind, Role, Span, text_of
from tui.pages.decode import decode
from tui.pages.mending import mended
from tui.pages.parse import Parsed, parse

HEAD = "河口船厂搬家"
SECOND = "老船台改成公园"
PAGE = f"# {HEAD}\n\n本报讯（记者 张渡）{BODY}\n\n{MORE}\n\n# {SECOND}\n\n本报讯（记者 李青禾）{MORE}（下转04版）\n"
FOLIO = "某某日报 2024年1月25日 星期四 第02版"


def at(text: str, part: str, after: int = 0) -> int:
    return text.index(part, after)


def mend(text: str, kind: MendKind, part: str, role: Role | None = None, after: int = 0) -> Mend:
    start = at(text, part, after)
    return Mend("m", "p.txt", kind, (Span(start, start + len(part)),), part, role=role)


def make(text: str, *mends: Mend) -> Parsed:
    return mended(parse(text), text, mends)


def told(article: Article, text: str) -> list[tuple[Role, str]]:
    return [(block.role, text_of(text, block.spans)) for block in article.blocks]


def test_the_page_of_these_tests_has_two_articles() -> None:
    first, second = parse(PAGE).articles
    assert (first.title, first.authors, first.continued_on) == (HEAD, ("张渡",), None)
    assert (second.title, second.authors, second.continued_on) == (SECOND, ("李青禾",), "04")
    assert [role for role, _ in told(first, PAGE)] == [Role.HEADLINE, Role.BODY, Role.BODY]
    assert [role for role, _ in told(second, PAGE)] == [Role.HEADLINE, Role.BODY, Role.JUMP]


def test_without_mends_nothing_changes() -> None:
    parsed = parse(PAGE)
    assert mended(parsed, PAGE, ()) is parsed


def test_an_article_is_split_between_its_paragraphs() -> None:
    first, middle, last = make(PAGE, mend(PAGE, MendKind.SPLIT, MORE)).articles
    assert told(middle, PAGE) == [(Role.BODY, MORE)]
    assert (middle.title, middle.authors, middle.certainty) == ("", (), 1.0)
    assert (first.title, first.authors, first.certainty) == (HEAD, ("张渡",), 1.0)
    assert last == parse(PAGE).articles[1]


def test_an_article_is_split_within_a_paragraph() -> None:
    tail = BODY[20:]
    first, middle, _ = make(PAGE, mend(PAGE, MendKind.SPLIT, tail)).articles
    assert told(first, PAGE)[-1] == (Role.BODY, f"本报讯（记者 张渡）{BODY[:20]}")
    assert told(middle, PAGE) == [(Role.BODY, tail), (Role.BODY, MORE)]


def test_articles_are_joined_and_the_second_head_is_one_within_the_text() -> None:
    (only,) = make(PAGE, mend(PAGE, MendKind.JOIN, SECOND)).articles
    assert only.title == HEAD
    assert only.authors == ("张渡", "李青禾")
    assert only.continued_on == "04"
    assert (Role.SUBHEAD, SECOND) in told(only, PAGE)


def test_a_head_joined_to_what_has_no_text_stays_a_head() -> None:
    lone = mend(PAGE, MendKind.SPLIT, "本报讯")
    (first, _) = make(PAGE, lone, mend(PAGE, MendKind.JOIN, "本报讯")).articles
    assert first.title == HEAD
    heads = make(PAGE, lone, mend(PAGE, MendKind.ROLE, f"本报讯（记者 张渡）{BODY}", Role.HEADLINE))
    assert heads.articles[1].title.startswith("本报讯")


def test_a_split_and_a_join_at_one_place_leave_the_blocks_as_they_were() -> None:
    both = make(PAGE, mend(PAGE, MendKind.SPLIT, MORE), mend(PAGE, MendKind.JOIN, MORE))
    assert [article.blocks for article in both.articles] == [article.blocks for article in parse(PAGE).articles]


def test_a_join_is_only_made_where_an_article_begins() -> None:
    for part in (HEAD, "本报讯", MORE, BODY[5:]):
        assert make(PAGE, mend(PAGE, MendKind.JOIN, part)) == parse(PAGE)


def test_a_role_makes_a_title_an_author_a_jump() -> None:
    text = f"# {HEAD}\n\n{SECOND}\n\n{BODY}\n\n张渡\n\n{MORE}\n"
    (article,) = make(text, mend(text, MendKind.ROLE, SECOND, Role.SUBTITLE)).articles[:1]
    assert (article.title, article.subtitle) == (HEAD, SECOND)
    byline = make(text, mend(text, MendKind.ROLE, "张渡", Role.BYLINE)).articles
    assert ("张渡",) in [article.authors for article in byline]
    as_body = make(PAGE, mend(PAGE, MendKind.ROLE, "（下转04版）", Role.BODY)).articles[1]
    assert as_body.continued_on is None


def test_a_role_of_a_part_cuts_its_paragraph() -> None:
    (first, _) = make(PAGE, mend(PAGE, MendKind.ROLE, MORE[:12], Role.SUBHEAD)).articles
    assert told(first, PAGE)[-2:] == [(Role.SUBHEAD, MORE[:12]), (Role.BODY, MORE[12:])]


def test_what_interrupts_a_paragraph_leaves_it_whole() -> None:
    text = f"# {HEAD}\n\n{BODY[:20]}\n责任编辑\n{BODY[20:]}\n"
    parsed = Parsed(
        (Article((Block(Role.BODY, (Span(at(text, BODY[:20]), at(text, BODY[20:]) + len(BODY[20:])),)),)),), ()
    )
    out = mended(parsed, text, [mend(text, MendKind.ROLE, "责任编辑", Role.FURNITURE)])
    (article,) = out.articles
    assert told(article, text) == [(Role.BODY, BODY)]
    assert [text_of(text, block.spans) for block in out.furniture] == ["责任编辑"]


def test_furniture_leaves_its_article_and_comes_back() -> None:
    text = f"{FOLIO}\n\n{PAGE}"
    assert [text_of(text, block.spans) for block in parse(text).furniture] == [FOLIO]
    taken_in = make(text, mend(text, MendKind.ROLE, FOLIO, Role.KICKER))
    assert taken_in.furniture == ()
    assert taken_in.articles[0].kicker == FOLIO
    out = make(text, mend(text, MendKind.ROLE, HEAD, Role.FURNITURE))
    assert [text_of(text, block.spans) for block in out.furniture] == [FOLIO, HEAD]
    assert out.articles[0].title == ""


def test_furniture_between_two_articles_goes_to_the_one_it_is_part_of() -> None:
    text = PAGE.replace(f"# {SECOND}", f"{FOLIO}\n\n# {SECOND}")
    assert parse(text).furniture
    head = make(text, mend(text, MendKind.ROLE, FOLIO, Role.KICKER)).articles
    assert [article.kicker for article in head] == ["", FOLIO]
    body = make(text, mend(text, MendKind.ROLE, FOLIO, Role.BODY)).articles
    assert told(body[0], text)[-1] == (Role.BODY, FOLIO)


def test_a_page_of_nothing_but_furniture_gets_an_article() -> None:
    (article,) = make(FOLIO, mend(FOLIO, MendKind.ROLE, FOLIO, Role.HEADLINE)).articles
    assert article.title == FOLIO


def test_an_article_without_blocks_is_gone() -> None:
    every = Mend("m", "p", MendKind.ROLE, (Span(0, len(PAGE)),), PAGE, role=Role.FURNITURE)
    out = make(PAGE, every)
    assert out.articles == ()
    assert len(out.furniture) == 6


def test_a_paragraph_is_broken_and_merged() -> None:
    (first, _) = make(PAGE, mend(PAGE, MendKind.BREAK, BODY[20:])).articles
    assert [told(first, PAGE)[at][1] for at in (1, 2)] == [f"本报讯（记者 张渡）{BODY[:20]}", BODY[20:]]
    (first, _) = make(PAGE, mend(PAGE, MendKind.MERGE, MORE)).articles
    assert told(first, PAGE)[-1] == (Role.BODY, f"本报讯（记者 张渡）{BODY}{MORE}")
    (first, _) = make(PAGE, mend(PAGE, MendKind.MERGE, "本报讯")).articles
    assert told(first, PAGE)[0][0] is Role.HEADLINE
    assert first.title == " ".join(f"{HEAD}本报讯（记者 张渡）{BODY}".split())


def test_a_paragraph_goes_on_behind_a_caption() -> None:
    text = f"{BODY[:30]}\n船台\n{BODY[30:]}\n"
    spans = [Span(at(text, part), at(text, part) + len(part)) for part in (BODY[:30], "船台", BODY[30:])]
    roles = (Role.BODY, Role.CAPTION, Role.BODY)
    parsed = Parsed((Article(tuple(Block(role, (span,)) for role, span in zip(roles, spans, strict=True))),), ())
    (article,) = mended(parsed, text, [mend(text, MendKind.MERGE, BODY[30:])]).articles
    assert told(article, text) == [(Role.BODY, BODY), (Role.CAPTION, "船台")]


def test_a_split_at_a_caption_takes_the_rest_of_the_paragraph_along_behind_it() -> None:
    text = f"{BODY[:20]}\n船台\n{BODY[20:]}\n"
    spans = [Span(at(text, part), at(text, part) + len(part)) for part in (BODY[:20], "船台", BODY[20:])]
    blocks = (Block(Role.BODY, (spans[0], spans[2])), Block(Role.CAPTION, (spans[1],)))
    parsed = Parsed((Article(blocks),), ())
    _, behind = mended(parsed, text, [mend(text, MendKind.SPLIT, "船台")]).articles
    assert told(behind, text) == [(Role.CAPTION, "船台"), (Role.BODY, BODY[20:])]


@pytest.mark.parametrize("kind", [MendKind.SPLIT, MendKind.JOIN, MendKind.BREAK, MendKind.MERGE])
@pytest.mark.parametrize("place", [0, 1, len(PAGE) - 1, len(PAGE) + 5])
def test_what_makes_no_sense_changes_nothing(kind: MendKind, place: int) -> None:
    assert make(PAGE, Mend("m", "p", kind, (Span(place, place + 1),), "x")) == parse(PAGE)


def test_what_can_be_told_of_an_article_is_told_again_from_its_blocks() -> None:
    for file in sorted(CORPUS.rglob("*.txt")):
        text = decode(file.read_bytes()).text
        parsed = parse(text)
        for article in parsed.articles:
            start = article.blocks[0].spans[0].start
            # A role to and fro: each article is made anew of the blocks it has.
            role = next(role for role in Role if role not in {article.blocks[0].role, Role.FURNITURE})
            there = Mend("a", "p", MendKind.ROLE, article.blocks[0].spans, "", role=role)
            back = Mend("b", "p", MendKind.ROLE, article.blocks[0].spans, "", role=article.blocks[0].role)
            articles = mended(parsed, text, [there, back]).articles
            again = next(one for one in articles if one.start >= start)
            for name in ("blocks", "title", "kicker", "subtitle", "column", "byline", "continued_from", "continued_on"):
                assert getattr(again, name) == getattr(article, name), (file.name, name)
            assert set(article.authors) <= set(again.authors)


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, list[Mend]]:
    text = draw(st.one_of(PAGES, ANY, st.just(PAGE)))
    places = st.integers(0, max(len(text) - 1, 0))
    if starts := [block.spans[0].start for article in parse(text).articles for block in article.blocks]:
        places = st.one_of(st.sampled_from(starts), places)
    mends = []
    for number in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(MendKind))
        ends = sorted(draw(st.sets(places, min_size=1, max_size=4)))
        spans = tuple(Span(ends[i], ends[i + 1]) for i in range(0, len(ends) - 1, 2)) or (Span(ends[0], ends[0] + 1),)
        role = draw(st.sampled_from(Role)) if kind is MendKind.ROLE else None
        mends.append(Mend(str(number), "p", kind, spans, "", role=role))
    return text, mends


@given(cases())
@example((PAGE, [Mend("0", "p", MendKind.ROLE, (Span(0, 40), Span(50, 60)), "", role=Role.FURNITURE)]))
def test_no_mend_loses_or_doubles_a_character(case: tuple[str, list[Mend]]) -> None:
    text, mends = case
    parsed = parse(text)
    found = mended(parsed, text, mends)
    assert found == mended(parsed, text, mends)
    assert solid(found, text) == solid(parsed, text)
    starts = [article.start for article in found.articles]
    assert starts == sorted(starts)
    for article in found.articles:
        assert article.blocks
        firsts = [block.spans[0].start for block in article.blocks]
        assert firsts == sorted(firsts)
        assert Role.FURNITURE not in {block.role for block in article.blocks}
        assert article.certainty == 1.0 or article in parsed.articles
    for block in (*found.furniture, *(block for article in found.articles for block in article.blocks)):
        assert block.spans
        assert list(block.spans) == sorted(block.spans)
        for span in block.spans:
            piece = text[span.start : span.end]
            assert piece
            assert piece == piece.strip()


def solid(parsed: Parsed, text: str) -> list[int]:
    """Where the characters in spans stand that are no white space, each as often as it is in one."""
    blocks = [*parsed.furniture, *(block for article in parsed.articles for block in article.blocks)]
    places = (at for block in blocks for span in block.spans for at in range(span.start, span.end))
    return sorted(at for at in places if not text[at].isspace())
