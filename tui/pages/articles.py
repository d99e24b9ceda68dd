"""From placed units to articles: blocks and their spans, titles, authors, jumps."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from tui.model import Article, Block, Role, Span
from tui.pages.sequence import Placed
from tui.pages.words import SPREAD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.pages.signs import Sight

ROLES = {
    "column": Role.COLUMN,
    "kicker": Role.KICKER,
    "headline": Role.HEADLINE,
    "subtitle": Role.SUBTITLE,
    "byline": Role.BYLINE,
    "first_caption": Role.CAPTION,
    "from": Role.JUMP,
    "lead": Role.BODY,
    "text": Role.BODY,
    "rest": Role.BODY,
    "subhead": Role.SUBHEAD,
    "caption": Role.CAPTION,
    "signature": Role.BYLINE,
    "to": Role.JUMP,
    "foot_kicker": Role.KICKER,
    "foot_headline": Role.HEADLINE,
    "foot_subtitle": Role.SUBTITLE,
    "inner_furniture": Role.FURNITURE,
    "furniture": Role.FURNITURE,
}
_PLACES = {
    Role.COLUMN: "column",
    Role.KICKER: "kicker",
    Role.HEADLINE: "headline",
    Role.SUBTITLE: "subtitle",
    Role.BYLINE: "byline",
    Role.SUBHEAD: "subhead",
    Role.BODY: "lead",
    Role.CAPTION: "caption",
    Role.JUMP: "to",
}
# A credit ends a caption; what stands behind it on the line is the next one. 摄影 and 摄氏 end none.
_CREDIT_INSIDE = re.compile(r"(?<=[\s\u3400-\u9fff][摄攝])(?=[^\s影像氏制製取入于於）)】\]，。、])")
_CAPTION_DONE = re.compile(r"(?:[摄攝。！？发發图圖]|供[图圖])[)）】\]]?\Z")


@dataclass(slots=True)
class _Draft:
    """An article while its units are gathered."""

    sights: list[Sight] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    blocks: list[tuple[Role, list[Span]]] = field(default_factory=list)
    margin: float = math.inf


def assemble(sights: list[Sight], placed: list[Placed]) -> tuple[tuple[Article, ...], tuple[Block, ...]]:
    """The articles of a page in the order they begin, and the blocks that belong to none."""
    drafts: list[_Draft] = []
    furniture: list[Block] = []
    for sight, where in zip(sights, placed, strict=True):
        if drafts:
            drafts[-1].margin = min(drafts[-1].margin, where.margin)
        if ROLES[where.place] is Role.FURNITURE:
            furniture.append(Block(Role.FURNITURE, _spans(sight)))
            continue
        if where.begins or not drafts:
            drafts.append(_Draft(margin=where.margin))
        draft = drafts[-1]
        draft.sights.append(sight)
        draft.placed.append(where)
        _add(draft, sight, where.place)
    return tuple(_article(draft) for draft in drafts), tuple(furniture)


def article_of(blocks: Sequence[Block], sights: Sequence[Sight]) -> Article:
    """The article that has these blocks, which are not to be doubted.

    Args:
        blocks: In page order.
        sights: What can be seen of each of them.
    """
    draft = _Draft(sights=list(sights), blocks=[(block.role, list(block.spans)) for block in blocks])
    before: Role | None = None
    led = False
    for block, sight in zip(blocks, sights, strict=True):
        place = _PLACES[block.role]
        if block.role is Role.JUMP and sight.jump_from:
            place = "from"
        elif block.role is Role.BODY:
            place = "text" if led and before is not Role.SUBHEAD else "lead"
            led = True
        before = block.role
        draft.placed.append(Placed(place, begins=not draft.placed, margin=math.inf))
    return _article(draft)


def _spans(sight: Sight) -> tuple[Span, ...]:
    return tuple(piece for line in sight.unit.lines for piece in line.pieces)


def _add(draft: _Draft, sight: Sight, place: str) -> None:
    """Add a unit to the article's blocks: as one, as part of a paragraph, or cut where a jump or caption begins."""
    role = ROLES[place]
    spans = list(_spans(sight))
    if role is Role.CAPTION:
        _add_captions(draft, sight, spans)
        return
    if role is not Role.BODY:
        draft.blocks.append((role, spans))
        return
    start, end = 0, len(sight.unit.text)
    if sight.jump_from and place == "lead":
        start = sight.jump_from.end
        draft.blocks.append((Role.JUMP, _cut(sight, spans, 0, start)))
    jump_to = sight.jump_to
    if jump_to:
        end = jump_to.start
    body = _cut(sight, spans, start, end) if (start, end) != (0, len(sight.unit.text)) else spans
    if body:
        paragraph = next((have for kind, have in reversed(draft.blocks) if kind is Role.BODY), None)
        if place == "rest" and paragraph is not None:
            paragraph.extend(body)
        else:
            draft.blocks.append((Role.BODY, body))
    if jump_to:
        draft.blocks.append((Role.JUMP, _cut(sight, spans, end, len(sight.unit.text))))


def _add_captions(draft: _Draft, sight: Sight, spans: list[Span]) -> None:
    text = sight.unit.text
    cuts = [0, *(match.start() for match in _CREDIT_INSIDE.finditer(text)), len(text)]
    last = draft.sights[-2] if len(draft.sights) > 1 else None
    follows = (
        last is not None
        and bool(draft.blocks)
        and draft.blocks[-1][0] is Role.CAPTION
        and sight.unit.first.gap == 0
        and not _CAPTION_DONE.search(last.unit.text)
    )
    for index, (first, end) in enumerate(pairwise(cuts)):
        part = _cut(sight, spans, first, end)
        if follows and index == 0:
            draft.blocks[-1][1].extend(part)
        elif part:
            draft.blocks.append((Role.CAPTION, part))


def _cut(sight: Sight, spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """The page spans of the unit's text `[start, end)`, without white space at the ends of each."""
    found = []
    at = 0
    text = sight.unit.text
    for span in spans:
        first, last = max(start - at, 0), min(end - at, len(span))
        if first < last:
            part = text[at + first : at + last]
            stripped = part.strip()
            if stripped:
                lead = part.find(stripped[0])
                begin = span.start + first + lead
                found.append(Span(begin, begin + len(stripped)))
        at += len(span)
    return found


def _article(draft: _Draft) -> Article:
    def told(role: Role) -> str:
        texts = (s.unit.text for s, w in zip(draft.sights, draft.placed, strict=True) if ROLES[w.place] is role)
        return " ".join("".join(text.split()) if SPREAD.match(text) else " ".join(text.split()) for text in texts)

    authors, byline = _people(draft)
    jumps_from = [
        s.jump_from.page
        for s, w in zip(draft.sights, draft.placed, strict=True)
        if s.jump_from and w.place in {"from", "lead"}
    ]
    jumps_to = [s.jump_to.page for s in draft.sights if s.jump_to]
    return Article(
        blocks=tuple(Block(role, tuple(spans)) for role, spans in draft.blocks),
        title=told(Role.HEADLINE),
        kicker=told(Role.KICKER),
        subtitle=told(Role.SUBTITLE),
        column=told(Role.COLUMN),
        byline=byline,
        authors=authors,
        continued_from=jumps_from[0] if jumps_from else None,
        continued_on=jumps_to[-1] if jumps_to else None,
        certainty=certainty(draft.margin),
    )


def certainty(margin: float) -> float:
    """A margin in logarithms of odds as a share between 0.5 and 1, rounded to thousandths."""
    return round(1 / (1 + math.exp(-min(margin, 50.0))), 3)


def _people(draft: _Draft) -> tuple[tuple[str, ...], str]:
    """The article's authors in the order they are named, and its byline; of nothing but pictures the photographers."""
    names: dict[str, None] = {}
    said: list[str] = []
    pictures: dict[str, None] = {}
    for sight, where in zip(draft.sights, draft.placed, strict=True):
        role = ROLES[where.place]
        found = [sight.byline] if role is Role.BYLINE else []
        if role is Role.BODY:
            found = [sight.source if where.place == "lead" else None, sight.ended]
        for byline in found:
            if byline and (byline.text or byline.names):
                names.update(dict.fromkeys(byline.names))
                said.append(byline.text)
        if role is Role.CAPTION and (credit := sight.byline or sight.ended):
            pictures.update(dict.fromkeys(credit.names))
    if not names and not any(ROLES[where.place] is Role.BODY for where in draft.placed):
        names = pictures
    return tuple(names), " ".join(text for text in said if text)
