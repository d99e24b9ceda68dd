from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tui.library.anchors import annotate
from tui.library.moving import Destination, Leaf, destinations, doubtful, moved, nearness, sketch
from tui.model import Mend, MendKind, Reading, Span, Status, text_of

ALPHABET = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈"


def text(seed: int, length: int = 600) -> str:
    rng = random.Random(seed)
    return "".join(rng.choice(ALPHABET) + ("\n" if at % 20 == 19 else "") for at in range(length))


def noisy(page: str, rate: float, seed: int = 1) -> str:
    rng = random.Random(seed)
    return "".join(rng.choice(ALPHABET) if rng.random() < rate else character for character in page)


def test_a_page_of_the_same_text_is_the_page() -> None:
    gone = [Leaf("旧/01.txt", text(1)), Leaf("旧/02.txt", text(2))]
    new = [Leaf("新/b.txt", text(2)), Leaf("新/a.txt", text(1)), Leaf("新/c.txt", text(3))]
    assert destinations(gone, new) == {"旧/01.txt": Destination("新/a.txt"), "旧/02.txt": Destination("新/b.txt")}


def test_of_two_none_is_the_page() -> None:
    found = destinations([Leaf("a.txt", text(1))], [Leaf("b.txt", text(1)), Leaf("c.txt", text(1))])
    assert found == {"a.txt": Destination(offered=("b.txt", "c.txt"))}


@pytest.mark.parametrize("rate", [0.02, 0.05, 0.10])
def test_an_edited_page_is_the_page_if_nothing_else_is_as_near(rate: float) -> None:
    gone = Leaf("a.txt", text(1))
    new = [Leaf(f"{seed}.txt", text(seed)) for seed in range(2, 30)]
    edited = noisy(gone.text, rate)
    assert destinations([gone], [*new, Leaf("b.txt", edited)]) == {"a.txt": Destination("b.txt")}
    found = destinations([gone], [*new, Leaf("b.txt", edited), Leaf("c.txt", noisy(gone.text, rate, 2))])
    assert found["a.txt"].path == ""
    assert set(found["a.txt"].offered) == {"b.txt", "c.txt"}


def test_another_page_is_not_the_page() -> None:
    new = [Leaf(f"{seed}.txt", text(seed)) for seed in range(2, 30)]
    assert destinations([Leaf("a.txt", text(1))], new) == {"a.txt": Destination()}
    assert destinations([Leaf("a.txt", text(1))], []) == {"a.txt": Destination()}
    assert destinations([], new) == {}


def test_lines_of_records_keep_their_keys() -> None:
    gone = [Leaf("2024.jsonl#k1", text(1)), Leaf("2024.jsonl#k2", text(1))]
    new = [Leaf("旧报.jsonl#k2", text(1)), Leaf("旧报.jsonl#k1", text(1)), Leaf("旧报.jsonl#k3", text(1))]
    assert destinations(gone, new) == {
        "2024.jsonl#k1": Destination("旧报.jsonl#k1"),
        "2024.jsonl#k2": Destination("旧报.jsonl#k2"),
    }


def test_sketches_tell_how_near_two_texts_are() -> None:
    page = text(1)
    assert nearness(sketch(page), sketch(page.replace("\n", ""))) == 1
    assert nearness(sketch(page), sketch(text(2))) < 0.05
    assert 0.25 < nearness(sketch(page), sketch(noisy(page, 0.1))) < 0.9
    assert sketch("") == sketch(" \n")


def test_all_that_was_noted_goes_along() -> None:
    page = text(1)
    note = annotate("a.txt", page, [Span(100, 130)], note="批")
    mend = Mend("m1", "a.txt", MendKind.BREAK, (Span(40, 48),), page[40:48])
    reading = Reading("a.txt", 0, read=True, place=200)
    pairs = moved((note, mend, reading), page, Leaf("b.txt", page))
    assert [new.page for _, new in pairs] == ["b.txt"] * 3
    assert pairs[0][1] == replace(note, page="b.txt")
    assert pairs[2][1] == Reading("b.txt", 0, read=True, place=200)


def test_on_an_edited_page_they_have_new_places() -> None:
    page = text(1)
    new = "加急新闻\n" + page.replace("天", "夭")
    note = annotate("a.txt", page, [Span(100, 130)])
    reading = Reading("a.txt", 21, starred=True, place=300)
    (_, went), (_, read) = moved((note, reading), page, Leaf("b.txt", new))
    assert (went.id, went.status, went.spans[0].start) == (note.id, Status.MOVED, 105)  # type: ignore[union-attr]
    assert went.exact == text_of(new, went.spans)  # type: ignore[union-attr]
    assert (read.start, read.place) == (26, 305)  # type: ignore[union-attr]


def test_readings_of_both_pages_are_joined() -> None:
    page = text(1)
    there = Reading("b.txt", 0, read=True, place=50)
    ((_, joined),) = moved([Reading("a.txt", 0, starred=True, place=20)], page, Leaf("b.txt", page), [there])
    assert joined == Reading("b.txt", 0, read=True, starred=True, place=50)


def test_a_doubtful_page_offers_places_on_each() -> None:
    page = text(1)
    note = annotate("a.txt", page, [Span(100, 130)])
    found = doubtful(note, [Leaf("b.txt", page), Leaf("c.txt", noisy(page, 0.05)), Leaf("d.txt", text(9))])
    assert (found.status, found.spans) == (Status.REVIEW, note.spans)
    assert [candidate.page for candidate in found.candidates] == ["b.txt", "c.txt"]
    assert doubtful(note, []).status is Status.ORPHAN
