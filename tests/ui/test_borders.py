"""Moving the borders of a passage: the pure part."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from tui.cells import continues
from tui.library import anchors
from tui.library.records import ArticleRow, StoredArticle, StoredPage
from tui.model import Annotation, Article, Block, Imprint, Role, Span, text_of
from tui.ui.borders import Edge, Unit, anchored, border, chosen, moved
from tui.ui.document import Document, open_document

FAMILY = "👨\u200d👩\u200d👧"


def document(*paragraphs: tuple[str, ...], words: bool = True) -> Document:
    """An article of paragraphs, each of lines; on the page a head of another's stands before, and a tail behind."""
    text, blocks, own = "别人的头\n", [], []
    for lines in paragraphs:
        spans = []
        for line in lines:
            spans.append(Span(len(text), len(text) + len(line)))
            text += line + "\n"
        blocks.append(Block(Role.BODY, tuple(spans)))
    text += "别人的尾\n"
    article = Article(tuple(blocks))
    row = ArticleRow(1, "a.txt", "", "", "", "", "", article.start, None, None, 1.0, 0)
    opened = open_document(StoredArticle(row, article, StoredPage("a.txt", text, "utf-8", Imprint())))
    at = 0
    for word in opened.text.replace("\n", " ").split(" ") if words else ():
        own += [(start, min(start + 2, at + len(word))) for start in range(at, at + len(word), 2)]
        at += len(word) + 1
    return open_document(opened.stored, tuple(own))


FERRY = document(("灯一亮，", "江面就窄了。"), ("渡工" + FAMILY + "划船",), ("e\u0301完了",))


def on(paper: Document, start: int, end: int) -> Annotation:
    page = paper.stored.page
    return anchors.annotate(page.path, page.text, paper.to_page(start, end), note="批注", tags=("水运",), author="甲")


def texts(paper: Document, annotation: Annotation, edge: Edge, unit: Unit, step: int, times: int) -> list[str]:
    found = []
    for _ in range(times):
        spans = moved(paper, annotation, edge, unit, step)
        if spans is None:
            break
        annotation = anchored(annotation, paper.stored.page.text, spans)
        found.append(annotation.exact)
    return found


def test_the_end_grows_over_lines_and_paragraphs_and_stops_at_the_articles() -> None:
    found = texts(FERRY, on(FERRY, 7, 9), Edge.END, Unit.CHARACTER, 1, 99)
    ends = ["。", "。渡", "。渡工", f"。渡工{FAMILY}", f"。渡工{FAMILY}划", f"。渡工{FAMILY}划船"]
    more = ["e\u0301", "e\u0301完", "e\u0301完了"]
    assert found == ["窄了" + end for end in (*ends, *(ends[-1] + end for end in more))]


def test_the_start_goes_back_over_a_broken_line() -> None:
    assert texts(FERRY, on(FERRY, 5, 6), Edge.START, Unit.CHARACTER, -1, 99) == [
        "江面",
        "，江面",
        "亮，江面",
        "一亮，江面",
        "灯一亮，江面",
    ]


def test_a_passage_never_becomes_empty() -> None:
    assert texts(FERRY, on(FERRY, 0, 3), Edge.END, Unit.CHARACTER, -1, 9) == ["灯一", "灯"]
    assert texts(FERRY, on(FERRY, 0, 3), Edge.START, Unit.CHARACTER, 1, 9) == ["一亮", "亮"]


def test_words_move_the_end_to_where_one_ends_and_the_start_to_where_one_begins() -> None:
    assert texts(FERRY, on(FERRY, 0, 1), Edge.END, Unit.WORD, 1, 3) == ["灯一", "灯一亮，", "灯一亮，江面"]
    assert texts(FERRY, on(FERRY, 0, 5), Edge.END, Unit.WORD, -1, 9) == ["灯一亮，", "灯一"]
    assert texts(FERRY, on(FERRY, 1, 6), Edge.START, Unit.WORD, 1, 9) == ["亮，江面", "江面"]
    assert texts(FERRY, on(FERRY, 5, 6), Edge.START, Unit.WORD, -1, 9) == ["江面", "亮，江面", "灯一亮，江面"]


def test_without_words_it_goes_by_characters() -> None:
    paper = document(("灯一亮",), words=False)
    assert texts(paper, on(paper, 0, 1), Edge.END, Unit.WORD, 1, 9) == ["灯一", "灯一亮"]


def test_what_a_passage_has_outside_the_article_stays() -> None:
    own = FERRY.to_page(0, 2)
    page = FERRY.stored.page
    wide = anchors.annotate(page.path, page.text, (Span(0, 2), *own))
    spans = moved(FERRY, wide, Edge.END, Unit.CHARACTER, 1)
    assert spans is not None
    assert text_of(page.text, spans) == "别人灯一亮"
    assert text_of(page.text, chosen(FERRY, wide, (4, 6))) == "别人江面"
    assert moved(FERRY, anchors.annotate(page.path, page.text, (Span(0, 2),)), Edge.END, Unit.WORD, 1) is None


def test_only_the_passage_changes_and_the_time() -> None:
    before = on(FERRY, 0, 3)
    spans = moved(FERRY, before, Edge.END, Unit.CHARACTER, 1)
    assert spans is not None
    after = anchored(before, FERRY.stored.page.text, spans)
    fresh = on(FERRY, 0, 4)
    assert (after.exact, after.prefix, after.suffix, after.spans) == (
        fresh.exact,
        fresh.prefix,
        fresh.suffix,
        fresh.spans,
    )
    kept = ("id", "created", "note", "tags", "colour", "author", "page", "scope")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert border(FERRY, after, Edge.END) == 3
    assert border(FERRY, after, Edge.START) == 0


lines = st.lists(
    st.sampled_from(["灯", "。", "a", "\u0301", FAMILY, "\u3000", " ", "🇨", "🇳", "\u202e"]), min_size=1, max_size=6
).map("".join)
papers = st.lists(st.lists(lines, min_size=1, max_size=3).map(tuple), min_size=1, max_size=4)


@given(papers, st.booleans(), st.data())
def test_however_borders_move_the_passage_is_whole(
    paragraphs: list[tuple[str, ...]], words: bool, data: st.DataObject
) -> None:
    paper = document(*paragraphs, words=words)
    text = paper.reading.text
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assume(text[start:end].strip())
    annotation = on(paper, start, end)
    own = paper.to_page(0, len(text))
    for _ in range(8):
        edge, unit, step = (data.draw(st.sampled_from(values)) for values in (Edge, Unit, (1, -1)))
        before = paper.ranges_of(annotation)
        spans = moved(paper, annotation, edge, unit, step)
        if spans is None:
            continue
        assert spans == anchors.joined(spans)
        assert spans != annotation.spans
        assert all(
            any(place.start <= span.start and span.end <= place.end for place in anchors.joined(own)) for span in spans
        )
        annotation = anchored(annotation, paper.stored.page.text, spans)
        assert annotation.exact.strip()
        ranges = paper.ranges_of(annotation)
        old, new = (before[0][0], before[-1][1]), (ranges[0][0], ranges[-1][1])
        fixed, moving = (1, 0) if edge is Edge.START else (0, 1)
        assert new[fixed] == old[fixed]
        assert (new[moving] - old[moving]) * step > 0
        assert new[moving] == len(text) or not continues(text, new[moving])
        assert paper.to_page(*new) == spans


@given(papers, st.data())
def test_there_and_back_by_characters_is_where_one_was(paragraphs: list[tuple[str, ...]], data: st.DataObject) -> None:
    paper = document(*paragraphs)
    text = paper.reading.text
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assume(text[start:end].strip() and text[start] != "\n" != text[end - 1])
    assume(not continues(text, start) and (end == len(text) or not continues(text, end)))
    annotation = on(paper, start, end)
    edge = data.draw(st.sampled_from(Edge))
    outward = 1 if edge is Edge.END else -1
    spans = moved(paper, annotation, edge, Unit.CHARACTER, outward)
    if spans is not None:
        grown = anchored(annotation, paper.stored.page.text, spans)
        assert moved(paper, grown, edge, Unit.CHARACTER, -outward) == annotation.spans
