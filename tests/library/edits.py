"""Pages changed as pages are, each character of which knows where it came from: where a passage has gone is then known.

A page is a list of `(character, origin)`: the place of the character on the page as it was, None for what is new.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tui.library.anchors import CONTEXT, annotate
from tui.model import Annotation, Span
from tui.pages.parse import parse
from tui.reading import reading_text

_SEEN = 8  # so many characters beside a sentence tell it from its copy

Marked = list[tuple[str, int | None]]


@dataclass(frozen=True, slots=True)
class Case:
    """An annotation of a page, the page as it has become, and where the passage is on it: its visible characters.

    The place is empty where the passage is gone.
    """

    kind: str
    mine: Annotation
    page: str
    truth: frozenset[int]
    length: int


@dataclass(frozen=True, slots=True)
class Source:
    """A page, and the reading texts from which passages are taken: where each of their characters stands."""

    text: str
    runs: tuple[tuple[int, ...], ...]


def source(text: str) -> Source:
    runs = []
    for article in parse(text).articles:
        reading = reading_text(article, text)
        for part in reading.paragraphs:
            places = [at for span in reading.to_page(part.start, part.end) for at in range(span.start, span.end)]
            if len(places) >= 2:
                runs.append(tuple(places))
    return Source(text, tuple(runs))


def case(kind: str, sources: Sequence[Source], rng: random.Random) -> Case:
    while True:
        page = rng.choice(sources)
        run = rng.choice(page.runs)
        length = min(rng.choice((2, 3, 4, 6, 8, 12, 16, 20, 30, 50, 80, 120, 200)), len(run))
        first = rng.randrange(len(run) - length + 1)
        passage = run[first : first + length]
        made = _case(kind, sources, page, passage, rng)
        if made is not None:
            return made


def _case(
    kind: str, sources: Sequence[Source], page: Source, passage: tuple[int, ...], rng: random.Random
) -> Case | None:
    visible = frozenset(at for at in passage if not page.text[at].isspace())
    mine = annotate("a.txt", page.text, [Span(at, at + 1) for at in passage])
    around = "".join((mine.prefix + mine.exact + mine.suffix).split())
    if len(visible) < 2 or "".join(page.text.split()).count(around) > 1:
        return None  # of a paragraph that the page prints twice no one could tell which it was
    marked: Marked = list(zip(page.text, range(len(page.text)), strict=True))
    other = rng.choice([one for one in sources if one is not page])
    edited = KINDS[kind](marked, passage, other.text, rng)
    if edited is None:
        return None
    text = "".join(character for character, _ in edited)
    truth = frozenset(at for at, (_, origin) in enumerate(edited) if origin in visible)
    if truth and len(truth) < 0.4 * len(visible):
        return None  # whether it is still the same passage could be argued
    return Case(kind, mine, text, truth, len(visible))


Edit = Callable[[Marked, tuple[int, ...], str, random.Random], Marked | None]


def new(text: str) -> Marked:
    return [(character, None) for character in text]


def _piece(text: str, rng: random.Random, shortest: int, longest: int) -> Marked:
    solid = "".join(text.split())
    length = rng.randint(shortest, longest)
    at = rng.randrange(max(len(solid) - length, 1))
    return new(solid[at : at + length])


def _where(place: str, marked: Marked, passage: tuple[int, ...], rng: random.Random) -> int:
    at = {origin: index for index, (_, origin) in enumerate(marked)}
    first, last = at[passage[0]], at[passage[-1]]
    if place == "before":
        return rng.randint(0, first)
    if place == "behind":
        return rng.randint(last + 1, len(marked))
    return at[rng.choice(passage[1:])]


def insertion(place: str) -> Edit:
    def edit(marked: Marked, passage: tuple[int, ...], other: str, rng: random.Random) -> Marked | None:
        if place == "inside":
            if len(passage) < 6:
                return None
            at = _where(place, marked, passage, rng)
            return marked[:at] + _piece(other, rng, 1, max(1, len(passage) // 4)) + marked[at:]
        for _ in range(rng.randint(1, 3)):
            at = _where(place, marked, passage, rng)
            marked = marked[:at] + _piece(other, rng, 1, 200) + marked[at:]
        return marked

    return edit


def deletion(place: str, *, replaced: bool = False) -> Edit:
    def edit(marked: Marked, passage: tuple[int, ...], other: str, rng: random.Random) -> Marked | None:
        if place == "inside":
            if len(passage) < 6:
                return None
            count = rng.randint(1, max(1, len(passage) // 4))
            at = rng.randrange(1, len(passage) - count)
            gone = set(passage[at : at + count])
            start = next(index for index, (_, origin) in enumerate(marked) if origin in gone)
            kept = [pair for pair in marked if pair[1] not in gone]
        else:
            count = rng.randint(1, 150)
            start = _where(place, marked, passage, rng)
            if place == "before":
                start = max(start - count, 0)
            kept = marked[:start] + [pair for pair in marked[start : start + count] if pair[1] in set(passage)]
            kept += marked[start + count :]
        if not replaced:
            return kept
        return kept[:start] + _piece(other, rng, max(count // 2, 1), count + 2) + kept[start:]

    return edit


def rebroken(marked: Marked, passage: tuple[int, ...], other: str, rng: random.Random) -> Marked:
    width = rng.randint(8, 40)
    solid = [pair for pair in marked if pair[0] != "\n" or rng.random() < 0.05]
    for at in range(len(solid) - len(solid) % width, 0, -width):
        solid.insert(at, ("\n", None))
    return solid


def _sentence(marked: Marked, passage: tuple[int, ...]) -> tuple[int, int]:
    """The sentence around the passage, as a range of the page."""
    text = "".join(character for character, _ in marked)
    ends = [match.end() for match in re.finditer(r"[。！？\n]\s*", text)]
    start = max((end for end in ends if end <= passage[0]), default=0)
    return start, min((end for end in ends if end > passage[-1]), default=len(text))


def moved_paragraph(marked: Marked, passage: tuple[int, ...], other: str, rng: random.Random) -> Marked | None:
    text = "".join(character for character, _ in marked)
    start = text.rfind("\n", 0, max(passage[0] - rng.randint(0, 60), 0)) + 1
    end = text.find("\n", passage[-1] + rng.randint(0, 60)) + 1 or len(text)
    block, rest = marked[start:end], marked[:start] + marked[end:]
    if len(block) > 600 or not rest:
        return None
    at = rng.choice([index for index, (character, _) in enumerate(rest) if character == "\n"] or [0]) + 1
    return rest[:at] + block + new("\n") + rest[at:]


def slogan(*, kept: bool) -> Edit:
    """The passage's sentence with one or two characters changed, put elsewhere; the true one kept or deleted.

    Of a deleted one something beside the sentence is part of the context that was kept: without, no one could tell the
    near-duplicate from the passage itself, moved and corrected.
    """

    def edit(marked: Marked, passage: tuple[int, ...], other: str, rng: random.Random) -> Marked | None:
        start, end = _sentence(marked, passage)
        if end - start < 8 or end - start > 260 or passage[-1] - passage[0] >= 2 * len(passage):
            return None
        text = "".join(character for character, _ in marked)
        ahead, behind = text[max(passage[0] - CONTEXT, 0) : start], text[end : passage[-1] + 1 + CONTEXT]
        if not kept and max(len("".join(ahead.split())), len("".join(behind.split()))) < _SEEN:
            return None
        near = [character for character, _ in marked[start:end]]
        for at in rng.sample(range(len(near)), rng.randint(1, 2)):
            if not near[at].isspace():
                near[at] = rng.choice(_alphabet())
        rest = marked if kept else marked[:start] + marked[end:]
        at = rng.choice([index for index, (character, _) in enumerate(rest) if character in "\n。"] or [0]) + 1
        if (kept and start < at < end) or abs(at - start) < CONTEXT:
            return None
        return rest[:at] + new("".join(near)) + rest[at:]

    return edit


def gone(marked: Marked, passage: tuple[int, ...], other: str, rng: random.Random) -> Marked:
    """The passage is not there any more, with or without its sentence, nothing or something else in its place."""
    start, end = (passage[0], passage[-1] + 1) if rng.random() < 0.5 else _sentence(marked, passage)
    put = _piece(other, rng, 1, end - start + 1) if rng.random() < 0.5 else []
    kept = [pair for pair in marked[start:end] if pair[1] not in set(passage)] if end - start > 400 else []
    return marked[:start] + put + kept + marked[end:]


def noise(rate: float) -> Edit:
    def edit(marked: Marked, passage: tuple[int, ...], other: str, rng: random.Random) -> Marked:
        found: Marked = []
        for character, origin in marked:
            if character.isspace() or rng.random() >= rate:
                found.append((character, origin))
                continue
            sort = rng.random()
            if sort < 0.7:
                found.append((rng.choice(_alphabet()), origin))
            elif sort < 0.85:
                found += [(character, origin), (rng.choice(_alphabet()), None)]
        return found

    return edit


def other_script(marked: Marked, passage: tuple[int, ...], other: str, rng: random.Random) -> Marked | None:
    text = "".join(character for character, _ in marked)
    converted = _converter().convert(text)
    if len(converted) != len(text):
        return None
    return [(character, origin) for character, (_, origin) in zip(converted, marked, strict=True)]


def other_width(marked: Marked, passage: tuple[int, ...], other: str, rng: random.Random) -> Marked:
    table = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)} | {
        code + 0xFEE0: chr(code) for code in range(33, 127)
    }
    return [(table.get(ord(character), character), origin) for character, origin in marked]


def several(marked: Marked, passage: tuple[int, ...], other: str, rng: random.Random) -> Marked | None:
    for edit in (insertion("before"), deletion("behind"), noise(0.03)):
        edited = edit(marked, tuple(at for at in passage if any(origin == at for _, origin in marked)), other, rng)
        if edited is None:
            return None
        marked = edited
    return rebroken(marked, passage, other, rng)


KINDS: dict[str, Edit] = {
    **{f"inserted {place}": insertion(place) for place in ("before", "inside", "behind")},
    **{f"deleted {place}": deletion(place) for place in ("before", "inside", "behind")},
    **{f"replaced {place}": deletion(place, replaced=True) for place in ("before", "inside", "behind")},
    "lines re-broken": rebroken,
    "paragraph moved": moved_paragraph,
    "near-duplicate, true one kept": slogan(kept=True),
    "near-duplicate, true one deleted": slogan(kept=False),
    "passage gone": gone,
    **{f"OCR noise {rate:.0%}": noise(rate) for rate in (0.02, 0.05, 0.10, 0.15, 0.20)},
    "other script": other_script,
    "other width": other_width,
    "several at once": several,
}


@cache
def _alphabet() -> str:
    return (
        "的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主"
        "行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走"
        "电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提"
        "感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青"
        "管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持"
    )


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("s2t")
