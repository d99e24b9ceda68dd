"""What can be seen of a unit of text by itself: named signs, and nothing decided yet.

A sign is a word such as `ends_stop`, `label`, `source`. roles.py says what each speaks for, context.py and
surroundings.py add those that neighbours show.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tui.pages import jumps, marks, names, people, words

if TYPE_CHECKING:
    from tui.pages.wrapping import Unit

_HEAD_LENGTH = 60  # code points: nothing longer is a head
_SIGNED_LENGTH = 90  # nor a byline, a caption, a folio line beyond this
_LABEL_LENGTH = 14
_FLUSH_RIGHT = 10  # cells of indent
_NEAR_FULL = 8  # cells: what a line may lack of the measure and still be one that the column broke
_NOTICE_LENGTH = 24
_FIGURES = 0.4  # share of a line's characters
_SINGLE = frozenset(("figures", "numbered", "bullet", "date", "row"))  # of lists and tables, whose lines do not run on
# The bounds of the length signs: `n3` is up to three code points, `n7` up to seven … `nmax` all above.
_ODD = frozenset(("folio", "index", "bare"))
_NAMED = frozenset(("label", "sidebar"))  # 记者手记 is no sentence about 记者
_LENGTHS = (3, 7, 15, 24, 36, 45, 60, 120)


@dataclass(slots=True)
class Sight:
    """A unit, with what can be seen of it.

    Attributes:
        signs: Their names, in the order they were seen.
        opens: Whether as body text it would leave its paragraph open: it breaks off in mid-sentence.
        headish: Whether it is short enough, and ends so, that it can be a head.
        byline: The unit as a byline, where it can be one.
        ended: The byline that ends it, where one does.
        source: 本报讯 and its kin at its beginning.
        jump_from: The jump that opens it.
        jump_to: The jump that ends it.
        tight: Whether no blank line stands before it, on a page that has them between paragraphs.
        loose: Whether a blank line parts it from a head, on a page where the lines of some heads stand together.
        parted: Whether a blank line parts it from a head, of the two of which one at least has several lines.
        completes: Whether the unit before is a short one that can't end so.
    """

    unit: Unit
    signs: list[str] = field(default_factory=list)
    opens: bool = False
    headish: bool = False
    byline: names.Byline | None = None
    ended: names.Byline | None = None
    source: names.Byline | None = None
    jump_from: jumps.Jump | None = None
    jump_to: jumps.Jump | None = None
    tight: bool = False
    loose: bool = False
    parted: bool = False
    completes: bool = False

    @property
    def is_head(self) -> bool:
        """Whether it can be a line of a head."""
        return self.headish and not (self.byline or self.jump_from or self.jump_to or not _ODD.isdisjoint(self.signs))


def look(unit: Unit) -> Sight:
    """The signs of a unit's own text."""
    text = unit.text
    sight = Sight(unit)
    signs = sight.signs
    length = len(text)
    signs.append(next((f"n{bound}" for bound in _LENGTHS if length <= bound), "nmax"))
    if "版" in text:
        _jumps(sight)
    sight.ended = people.at_end(text if not sight.jump_to else text[: sight.jump_to.start])
    if sight.ended and sight.ended.start:
        signs.append("ended")
    else:
        sight.ended = None
    end = marks.ending(text[: sight.ended.start].rstrip() if sight.ended else text)
    signs.append(f"ends_{end}")
    sight.opens = end in {"none", "comma"} or (end == "close" and text[-1] not in ")）】")
    sight.headish = length <= _HEAD_LENGTH and end not in {"stop", "semicolon", "comma"}
    sight.source = people.source(text)
    if sight.source:
        signs.append("source")
    if len(unit.lines) > 1:
        _spaced(sight)
    if length <= _SIGNED_LENGTH:
        _short(sight, words.fold(text), end)
    if sight.jump_to or sight.ended or not _SINGLE.isdisjoint(signs):
        sight.opens = False
    if sight.opens and sight.headish:
        if not unit.measure:
            signs.append("short_open")
        elif unit.lines[-1].cells < unit.measure - _NEAR_FULL:
            signs.append("ragged_open")
    _beginning(sight)
    return sight


def _spaced(sight: Sight) -> None:
    """Read names again with a space at each line's end, where the space between two of them may have been."""
    text = " ".join(line.text for line in sight.unit.lines)
    if sight.source and (source := people.source(text)) and len(source.names) > len(sight.source.names):
        sight.source = source
    if sight.ended and (ended := people.at_end(text)) and len(ended.names) > len(sight.ended.names):
        sight.ended = replace(sight.ended, text=ended.text, names=ended.names)


def _jumps(sight: Sight) -> None:
    text = sight.unit.text
    sight.jump_from = jumps.continued_from(text)
    if sight.jump_from:
        sight.signs.append("from_alone" if sight.jump_from.end >= len(text) else "from")
    sight.jump_to = jumps.continued_on(text)
    if sight.jump_to:
        sight.signs.append("to_alone" if sight.jump_to.start == 0 else "to")


def _beginning(sight: Sight) -> None:
    if not _NAMED.isdisjoint(sight.signs):
        return
    first = words.fold(sight.unit.text[:16])
    if words.MIDDLE.match(first):
        sight.signs.append("starts_middle")
    elif words.SENTENCE.match(first):
        sight.signs.append("starts_sentence")
    elif words.FRESH.match(first):
        sight.signs.append("starts_fresh")


def _short(sight: Sight, text: str, end: str) -> None:
    """The signs that only short text can bear. `text` is the unit's, folded."""
    if end in {"stop", "semicolon", "comma"}:
        sight.signs += [*_caption(text), *_inside(sight, text, text)]
        return
    plain = "".join(text.split()) if words.SPREAD.match(text) else text
    if not sight.jump_from and not sight.jump_to and not words.NOTICE.fullmatch(plain):
        sight.byline = names.read(sight.unit.text, listed=sight.unit.first.indent >= _FLUSH_RIGHT)
    label = _label(text, plain)
    if sight.byline and not sight.byline.told and "label" in label:
        sight.byline = None  # 简讯 begins as a name may
    if sight.byline:
        sight.signs += _byline(sight, sight.byline, text, spread=plain is not text)
    sight.signs += [
        *label,
        *_folio(sight, text),
        *_notice(text, plain, end),
        *_caption(text),
        *_inside(sight, text, plain),
    ]


def _byline(sight: Sight, byline: names.Byline, text: str, *, spread: bool) -> list[str]:
    found = ["byline_told" if byline.told else "byline_names" if len(byline.names) > 1 else "byline_name"]
    if text[0] in "(（【[" and text[-1] in ")）】]":
        found.append("byline_bracketed")
    if spread or sight.unit.first.indent >= _FLUSH_RIGHT:
        found.append("byline_set")
    return found


def _label(text: str, plain: str) -> list[str]:
    name = plain.strip(words.BULLETS + " \u3000")
    if len(text) <= _LABEL_LENGTH:
        if words.SIDEBAR.fullmatch(name):
            return ["sidebar"]
        if words.COLUMN.fullmatch(name) or words.LABEL.match(text):
            return ["label"]
    if len(text) <= _NOTICE_LENGTH and words.COLUMN_HEAD.match(text):
        return ["label"]
    return ["label_like"] if words.DOTTED.match(text) else []


def _folio(sight: Sight, text: str) -> list[str]:
    if words.DATE_ALONE.match(text):
        return ["date"]
    if sight.jump_from or sight.jump_to:
        return []
    hits = sum(pattern.search(text) is not None for pattern in words.FOLIO)
    hits += words.MASTHEAD_FIRST.match(text) is not None
    if hits > 1 or words.EDITORS.match(text) or words.MASTHEAD.fullmatch(text):
        return ["folio"]
    if words.INDEX_HEAD.match(text) or words.INDEX.search(text):
        return ["index"]
    if words.FOLIO_ALONE.fullmatch(text):
        return ["bare"]
    return ["folio_like"] if hits and "。" not in text[:-1] else []


def _notice(text: str, plain: str, end: str) -> list[str]:
    found = []
    if len(text) <= _NOTICE_LENGTH and words.NOTICE.search(plain):
        found.append("notice")
    if len(text) <= _NOTICE_LENGTH and words.ADDRESS.match(text):
        found.append("address")
    if words.TO_BE_CONTINUED.match(text):
        found.append("continues")
    if words.ABOUT_AUTHOR.match(text):
        found.append("byline_about")
    if end in {"none", "close", "colon"}:
        if words.SPEECH.search(text):
            found.append("speech")
        elif words.OCCASION.search(text):
            found.append("occasion")
    return found


def _caption(text: str) -> list[str]:
    found = []
    if words.CAPTION.match(text) or words.POINTED.search(text):
        found.append("caption")
    elif words.ARROW.match(text):
        found.append("arrow")
    if ("摄" in text or "图" in text or "发" in text) and not words.WRITTEN.search(text):
        if words.CREDIT.search(text):
            found.append("credit")
        if words.CREDIT_FIRST.match(text):
            found.append("credit_first")
    return found


def _inside(sight: Sight, text: str, plain: str) -> list[str]:
    found = _opening_mark(text)
    inner = text[:-1]
    if "。" in inner or "！" in inner or "；" in inner:
        found.append("stop_inside")
    if "，" in inner or "," in inner:
        found.append("comma_inside")
    if not sight.byline:
        if text[0] in "(（" and text[-1] in ")）":
            found.append("bracketed")
        if plain is not text:
            found.append("spread")
        elif words.PAUSE.search(inner):
            found.append("pause")
    if sight.headish and words.SPOKEN.search(text):
        found.append("spoken")
    if len(text) > 2 and len(words.FIGURE.findall(text)) > _FIGURES * len(text):
        found.append("figures")
    return found


def _opening_mark(text: str) -> list[str]:
    if text.startswith(("——", "──", "--", "―")) or (text[0] == "—" and len(text) > 4):
        return ["dash"]
    if words.NUMBERED.match(text):
        return ["numbered"]
    if words.TURN.match(text):
        return ["turn"]
    if text.count("|") > 1:
        return ["row"]
    return ["bullet"] if text[0] in words.BULLETS else []
