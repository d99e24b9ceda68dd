"""What a reader has put right of a parse: articles split and joined, roles set, paragraphs broken and merged."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from tui.model import Article, Block, MendKind, Role, Span, text_of
from tui.pages import marks
from tui.pages.articles import article_of
from tui.pages.lines import Line
from tui.pages.parse import Parsed
from tui.pages.signs import Sight, look
from tui.pages.wrapping import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.model import Mend

_HEADS = frozenset((Role.KICKER, Role.HEADLINE, Role.SUBTITLE))
_OPENING = frozenset((Role.COLUMN, *_HEADS))
_PASSED_OVER = frozenset((Role.CAPTION, Role.FURNITURE))  # what stands within a paragraph and is no part of it


def mended(parsed: Parsed, text: str, mends: Sequence[Mend]) -> Parsed:
    """The articles of a page once its mends are made. Never raises.

    Articles that no mend touches stay as they are. Of the others all that can be told from their blocks is told anew,
    and nothing about them is in doubt. Every character that is not white space stays in exactly one span.

    Args:
        parsed: The page as the parser has it.
        text: The page's text.
        mends: With places of this text, in the order in which they are made. One that makes no sense, or no longer
            does, changes nothing.
    """
    if not mends:
        return parsed
    sheet = _Sheet(parsed, text)
    for mend in mends:
        sheet.make(mend)
    return sheet.parsed()


@dataclass(slots=True)
class _Story:
    """An article while it is mended: its blocks in page order, and what it was where nothing of it has changed."""

    blocks: list[Block]
    was: Article | None = None

    @property
    def start(self) -> int:
        return _start(self.blocks[0])

    def become(self, blocks: Iterable[Block]) -> None:
        self.blocks = sorted(blocks, key=_start)
        self.was = None


class _Sheet:
    """A page while it is mended."""

    def __init__(self, parsed: Parsed, text: str) -> None:
        self._text = text
        self._stories = [_Story(sorted(article.blocks, key=_start), article) for article in parsed.articles]
        self._furniture = list(parsed.furniture)

    def parsed(self) -> Parsed:
        articles = (story.was or _article(story.blocks, self._text) for story in self._stories)
        return Parsed(tuple(articles), tuple(sorted(self._furniture, key=_start)))

    def make(self, mend: Mend) -> None:
        match mend.kind:
            case MendKind.SPLIT:
                self._split(mend.place)
            case MendKind.JOIN:
                self._join(mend.place)
            case MendKind.BREAK:
                self._break(mend.place)
            case MendKind.MERGE:
                self._merge(mend.place)
            case MendKind.ROLE if mend.role is not None:
                self._set_role(mend.spans, mend.role)
        self._stories = sorted((story for story in self._stories if story.blocks), key=lambda story: story.start)

    def _split(self, place: int) -> None:
        story = next((story for story in self._stories if any(_holds(block, place) for block in story.blocks)), None)
        if story is None:
            return
        parts = [(block.role, *_cut(block.spans, place, self._text)) for block in story.blocks]
        before = [Block(role, spans) for role, spans, _ in parts if spans]
        behind = [Block(role, spans) for role, _, spans in parts if spans]
        if before and behind:
            story.become(before)
            self._stories.append(_Story(sorted(behind, key=_start)))  # what interrupts a paragraph may come first

    def _join(self, place: int) -> None:
        index = next((index for index, story in enumerate(self._stories) if story.start == place), 0)
        if index == 0:
            return
        former, latter = self._stories[index - 1], self._stories[index]
        roles = {block.role for block in former.blocks}
        blocks = latter.blocks
        if {Role.HEADLINE, Role.BODY} <= roles:  # it has a head and a text: another head is one within the text
            blocks = [Block(Role.SUBHEAD, block.spans) if block.role in _HEADS else block for block in blocks]
        former.become([*former.blocks, *blocks])
        latter.blocks = []

    def _break(self, place: int) -> None:
        for story in self._stories:
            for block in story.blocks:
                if _holds(block, place):
                    before, behind = _cut(block.spans, place, self._text)
                    if before and behind:
                        rest = [other for other in story.blocks if other is not block]
                        story.become([*rest, Block(block.role, before), Block(block.role, behind)])
                    return

    def _merge(self, place: int) -> None:
        for story in self._stories:
            index = next((index for index, block in enumerate(story.blocks) if _start(block) == place), 0)
            if index:
                block = story.blocks[index]
                former = _continued(story.blocks[:index], block.role)
                rest = [other for other in story.blocks if other is not block and other is not former]
                story.become([*rest, Block(former.role, tuple(sorted((*former.spans, *block.spans))))])
                return

    def _set_role(self, passage: Sequence[Span], role: Role) -> None:
        out: list[Block] = []
        for story in self._stories:
            blocks = [part for block in story.blocks for part in _with_role(block, passage, role, self._text)]
            if blocks != story.blocks:
                out += [block for block in blocks if block.role is Role.FURNITURE]
                story.become(block for block in blocks if block.role is not Role.FURNITURE)
        self._stories = [story for story in self._stories if story.blocks]
        furniture = [part for block in self._furniture for part in _with_role(block, passage, role, self._text)]
        self._furniture = [*(block for block in furniture if block.role is Role.FURNITURE), *out]
        for block in furniture:
            if block.role is not Role.FURNITURE:
                self._take_in(block)

    def _take_in(self, block: Block) -> None:
        """Bring a block into the article around or before it; a head between two articles into the following one."""
        before = [story for story in self._stories if story.start < _start(block)]
        following = self._stories[len(before) : len(before) + 1]
        between = not before or _start(before[-1].blocks[-1]) < _start(block)
        if following and (not before or (between and block.role in _OPENING)):
            story = following[0]
        elif before:
            story = before[-1]
        else:
            self._stories.append(_Story([block]))
            return
        story.become([*story.blocks, block])


def _start(block: Block) -> int:
    return block.spans[0].start


def _holds(block: Block, place: int) -> bool:
    return any(span.start <= place < span.end for span in block.spans)


def _continued(before: Sequence[Block], role: Role) -> Block:
    """Which of the blocks `before` one of `role` continues: the last one, or the one that captions interrupt."""
    if role not in _PASSED_OVER:
        for block in reversed(before):
            if block.role is role:
                return block
            if block.role not in _PASSED_OVER:
                break
    return before[-1]


def _cut(spans: Iterable[Span], place: int, text: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The spans before a place and from it on, without white space at the cut."""
    before: list[Span] = []
    behind: list[Span] = []
    for span in spans:
        if span.start < place < span.end:
            before += _trimmed(Span(span.start, place), text)
            behind += _trimmed(Span(place, span.end), text)
        else:
            (before if span.end <= place else behind).append(span)
    return tuple(before), tuple(behind)


def _trimmed(span: Span, text: str) -> list[Span]:
    piece = text[span.start : span.end]
    start = span.end - len(piece.lstrip())
    end = span.start + len(piece.rstrip())
    return [Span(start, end)] if start < end else []


def _with_role(block: Block, passage: Sequence[Span], role: Role, text: str) -> list[Block]:
    """The block, cut where `passage` begins and ends in it, the parts in the passage with their new role.

    A paragraph that breaks off before what is no part of it goes on behind it.
    """
    if block.role is role or not any(span.overlaps(own) for own in block.spans for span in passage):
        return [block]
    borders = sorted({border for span in passage for border in (span.start, span.end)})
    pieces: list[Span] = []
    for span in block.spans:
        inner = [border for border in borders if span.start < border < span.end]
        cuts = [span.start, *inner, span.end]
        parts = [Span(first, last) for first, last in pairwise(cuts)]
        pieces += [piece for part in parts for piece in _trimmed(part, text)] if inner else parts

    def inside(piece: Span) -> bool:
        return any(piece.overlaps(span) for span in passage)

    found = [Block(role if within else block.role, tuple(part)) for within, part in groupby(pieces, inside)]
    if len(found) == 3 and found[1].role is role and role in _PASSED_OVER:
        first, middle, last = found
        if marks.breaks_off(text_of(text, first.spans)):
            return [Block(block.role, (*first.spans, *last.spans)), middle]
    return found


def _article(blocks: Sequence[Block], text: str) -> Article:
    return article_of(blocks, [_look(block, text) for block in blocks])


def _look(block: Block, text: str) -> Sight:
    """What can be seen of a block by itself."""
    lines: list[list[Span]] = []
    for span in block.spans:
        if lines and "\n" not in text[lines[-1][-1].end : span.start]:
            lines[-1].append(span)
        else:
            lines.append([span])
    made = tuple(Line(0, tuple(pieces), text_of(text, pieces), 0, 0, 0) for pieces in lines)
    sight = look(Unit(made, text_of(text, block.spans)))
    if block.role is Role.BODY:
        sight.jump_from = sight.jump_to = None  # in a text they would be blocks of their own
    elif block.role is Role.CAPTION and len(made) > 1 and not (sight.byline or sight.ended):
        credit = look(Unit(made[-1:], made[-1].text))
        sight.byline = credit.byline or credit.ended
    return sight
