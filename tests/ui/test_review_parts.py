"""What the review and the trash say, without a screen."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.library.made import any_annotation, any_trashed, made
from tui.library.placing import Candidate
from tui.model import Annotation, Span, Status, Trashed
from tui.ui import review, trash
from tui.ui.review import Doubt, Part, Piece
from tui.ui.trash import flat

texts = st.text(st.sampled_from("一二三四 \n\u3000ab"), max_size=30)


def joined(pieces: tuple[Piece, ...], *parts: Part) -> str:
    return "".join(piece.text for piece in pieces if piece.part in parts)


@given(texts, texts)
def test_the_pieces_of_a_difference_are_the_two_texts(old: str, new: str) -> None:
    before, after = review.difference(old, new)
    assert joined(before, Part.SAME, Part.GONE) == old
    assert joined(after, Part.SAME, Part.NEW) == new
    assert joined(before, Part.SAME) == joined(after, Part.SAME)
    for pieces in (before, after):
        assert all(one.part is not other.part for one, other in pairwise(pieces))


@given(texts)
def test_a_flat_text_is_one_line_with_all_its_characters(text: str) -> None:
    assert "\n" not in flat(text)
    assert "".join(flat(text).split()) == "".join(text.split())
    assert flat(flat(text)) == flat(text)


@given(any_annotation, st.integers(0, 40), texts)
def test_a_quote_stands_between_its_edges_whatever_is_around_it(annotation: Annotation, context: int, new: str) -> None:
    pieces = review.before(annotation, context, new)
    assert joined(pieces, Part.SAME, Part.GONE) == flat(annotation.exact)
    assert joined(pieces, Part.EDGE) == "▸◂"
    for piece in pieces:
        assert piece.part is not Part.CONTEXT or len(piece.text.strip("…")) <= context


def test_a_candidate_is_shown_in_the_text_around_it_with_signs_for_what_is_new() -> None:
    text = "前面有些话，灯一亮，江\n面就宽了。后面还有"
    mine = made(exact="灯一亮，江面就窄了。")
    pieces = review.now(mine, text, (Span(6, 17),), 4)
    assert "".join(map(review.signed, pieces)) == "…有些话，▸灯一亮，江面就{+宽+}了。◂后面还有"
    assert "".join(map(review.signed, review.before(mine, 4, "灯一亮，江面就宽了。"))) == "▸灯一亮，江面就[-窄-]了。◂"


def test_line_breaks_go_between_chinese_and_stay_spaces_between_latin_words() -> None:
    assert flat("江\n\u3000\u3000面 就\nold\nlamp") == "江面 就old lamp"


def test_how_sure_a_place_is() -> None:
    place = Candidate((Span(1, 2),), 0.996)
    assert review.about(Doubt(made(), Status.REVIEW, (place,), "")) == "unsure 99 %"
    assert review.about(Doubt(made(), Status.ORPHAN, (), "")) == "not found"
    assert review.percent(1.0) == "100 %"


@given(st.lists(any_trashed, max_size=5))
def test_narrowing_by_nothing_keeps_all_and_by_words_only_what_has_them(found: list[Trashed]) -> None:
    items = tuple(trash.Item(one, "") for one in found)
    assert trash.narrowed(items, " ") == items
    for item in trash.narrowed(items, "note:"):
        assert item.annotation.note


def test_a_line_of_the_trash_has_quote_note_and_tags() -> None:
    mine = made(exact="灯一亮，\n江面就窄了。", note="江上\n的灯", tags=("水运",))
    assert trash.summary(mine) == "“灯一亮，江面就窄了。”  江上 的灯  #水运"
    assert trash.day("no time at all") == "no time at"


def test_several_that_moved_are_settled_as_one() -> None:
    one = review.settled(made("a1"), (Span(0, 2),), "一二三四", "p.txt")
    other = review.settled(made("a2"), (Span(2, 4),), "一二三四", "p.txt")
    both = review.all_settled([one, other])
    assert both.put == (*one.put, *other.put)
    assert both.label == "the places of 2 notes that moved"
