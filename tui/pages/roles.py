"""Why a line becomes a headline: what each sign speaks for, and what follows what in an article.

All weights are logarithms of odds, set by hand: +1 makes a role about three times as likely, -1 as unlikely; 3 and more is as good as
settled unless others object. They follow from how newspapers are set, not from any paper's pages: a headline is short and does
not end as a sentence does; what stands before 本报讯 is a head; a signature closes a story. `WEIGHTS` holds what a unit's own signs say of
its role, `ARCS` what roles may follow one another within an article, `OPENING` and `CLOSING` where articles begin and end.
"""

from __future__ import annotations

# The kinds a sign can speak for. Kicker, headline, subtitle, column (L), subhead (U), byline, caption (A), jump from (X) and to (Y), furniture;
# T the first paragraph of an article, P any later one, C the rest of a paragraph that was cut.
KINDS = "KHSLUBAXYFTPC"

_HEADS = "KHSLU"
_TEXT = "TPC"


def _all(kinds: str, weight: float) -> dict[str, float]:
    return dict.fromkeys(kinds, weight)


# What a unit is without any sign: jump lines, bylines, captions and column names must be seen to be such; headlines come in two lines
# more often than with a kicker.
PRIOR = {"X": -15.0, "Y": -15.0, "B": -3.0, "A": -2.0, "L": -2.0, "K": -1.0, "S": -0.5}

WEIGHTS: dict[str, dict[str, float]] = {
    # -- length, in code points: heads have few, and the bigger the type the fewer
    "n3": {"K": -4, "H": -2, "S": -3, "L": -0.5, "U": -1.5, "A": -2, "F": -2, **_all("TP", -2)},
    "n7": {"K": -2.2, "H": -0.2, "S": -1.5, "L": 0.3, "U": 0, "A": -1, "F": -2, **_all("TP", -2)},
    "n15": {"K": -0.6, "H": 0.5, "S": -0.2, "L": -1.2, "U": 0.3, "A": -0.8, "F": -2, **_all("TP", -2)},
    "n24": {"K": 0.3, "H": 0.3, "S": 0.2, "L": -3, "U": 0, "A": -0.5, "F": -2.2, **_all("TP", -1.5)},
    "n36": {"K": 0.6, "H": -0.6, "S": 0.3, "L": -5, "U": -1, "A": 0, "F": -2.5, **_all("TP", -0.7)},
    "n45": {"K": 0.2, "H": -1.5, "S": 0, "L": -7, "U": -2.2, "B": -0.5, "A": 0, "F": -3},
    "n60": {"K": -1.5, "H": -3.5, "S": -1.5, "L": -8, "U": -4.5, "B": -1, "A": 0, "F": -3, **_all(_TEXT, 0.7)},
    "n120": {**_all(_HEADS, -8), "B": -6, "A": -0.7, "F": -3.5, **_all(_TEXT, 1)},
    "nmax": {**_all(_HEADS, -14), "B": -12, "A": -3, "F": -7, **_all(_TEXT, 2)},
    # -- how it ends: sentences end with a mark, heads do not
    "ends_stop": {**_all("KHSLU", -3.8), "B": -3, "A": -0.3, "F": -2, **_all(_TEXT, 2)},
    "ends_semicolon": {**_all("KHSLU", -4), "B": -4, "F": -3, **_all(_TEXT, 2)},
    "ends_comma": {"K": -1.5, **_all("HSLU", -3.5), "B": -4, "F": -3, **_all(_TEXT, 1)},
    "ends_none": {**_all(_TEXT, -1)},
    "ends_close": {"L": -0.5, **_all(_TEXT, -0.3)},
    "ends_query": {"K": 0.4, "H": -0.5, "S": -1, "L": -2, "B": -5, **_all(_TEXT, 0.5)},
    "ends_bang": {"K": -0.5, "L": -2, "B": -5, "F": 0.5, **_all(_TEXT, 0.5)},
    "ends_colon": {"K": -1.5, "H": -3, "S": -3, "L": -1, "U": 0.3, "B": -4, **_all(_TEXT, 0.5)},
    "ends_dash": {"K": -1, "H": -1.5, "S": -2, "L": -2, "U": -1, "B": -4, **_all(_TEXT, 1)},
    # -- what is in it
    "stop_inside": {**_all("KHSLU", -4), "B": -3, "F": -1, **_all(_TEXT, 1.5)},
    "comma_inside": {"K": -0.2, "H": -0.7, "S": -0.3, "L": -3, "U": -0.5, "A": 0.2, **_all(_TEXT, 0.6)},
    "spread": {
        "H": 1.5,
        "L": 0.5,
        "U": 0.5,
        "K": -2,
        **_all(_TEXT, -3),
        "F": -0.5,
    },  # 水 尺: letters spaced out are a head
    "pause": {"H": 0.7, "K": 0.4, "U": 0.2, "L": -0.7, **_all(_TEXT, -0.7)},  # heads mark a pause by a space
    "figures": {**_all("KHSL", -2), "U": -1.5, **_all(_TEXT, 0.7)},
    "numbered": {"U": 1.3, "K": -2, "H": -1.5, "S": -2, "L": -1.5, "B": -3, **_all("TP", 0.5), "C": -3},
    "bullet": {"U": 0.4, "K": -1, "H": -0.5, "S": -1, "A": -0.5, **_all("TP", 0.5), "C": -4},
    "dash": {"S": 5, "K": -3, "H": -3, "L": -4, "U": -2, "B": -2, "A": -2, "F": -2, **_all("TP", 0)},
    "speech": {"K": 2.5, "H": -1},  # 某某在会上强调: the headline says what
    "occasion": {"K": 0.8, "H": -0.2},
    "notice": {"H": 1.5, "U": -1.5, "K": -1, "P": -1},
    "bracketed": {"S": 2, "H": -1.5, "U": -0.5, "K": -1},  # （…会议通过）
    "institution": {"B": 6.5, "H": -0.5, "K": -1},  # under a notice; PRIOR asks for half of it
    "date": {"B": 7, "F": 0, **_all(_HEADS, -2)},
    "address": {"P": 2.5, "T": 2.5, "U": -2, **_all("KHSL", -3)},  # 编辑同志：
    "label_like": {"L": 3.5, "H": -0.5, "K": -0.5, "S": -1, **_all(_TEXT, -2)},  # 两会·镜头, but 七律·登高 too
    "label": {"L": 5.5, "H": -1, "K": -1, "S": -1, "U": -0.5, **_all(_TEXT, -2)},
    "sidebar": {"U": 3, "L": 1.5, **_all(_TEXT, -2), "K": -1, "H": -1},  # ■ 链接: a box of the same story
    "index": {"F": 5, **_all("KHSU", -1), **_all(_TEXT, -2)},
    "folio": {"F": 8, **_all("KHSLUBA", -3), **_all(_TEXT, -3)},
    "folio_like": {"F": 2, **_all("KHSLU", -0.5)},
    "bare": {"F": 4, **_all("KHSLUBA", -2), **_all(_TEXT, -1)},
    # -- sources, signatures, jumps, pictures
    "source": {"T": 1, **_all(_HEADS, -5), "B": -5, "A": -3, "F": -4, "P": -2.5, "C": -6},
    "from": {"T": 3, "P": -4, "C": -6, **_all(_HEADS, -5), "B": -6, "A": -5, "F": -4},
    "from_alone": {"X": 25, **_all(_HEADS, -5), "B": -6, "A": -5, "F": -4, **_all(_TEXT, -6)},
    "to_alone": {"Y": 25, **_all(_HEADS, -5), "B": -6, "A": -5, "F": -2, **_all(_TEXT, -6)},
    "to": {**_all(_HEADS, -3), "B": -4},
    "byline_told": {"B": 9, **_all(_HEADS, -3), "A": 0, "F": -1, **_all(_TEXT, -3)},
    "byline_names": {"B": 6.5, "A": -2, "F": -1, **_all(_HEADS, -1), **_all(_TEXT, -1.5)},
    "byline_name": {"B": 3},
    "byline_set": {"B": 2.5, **_all(_HEADS, -1.5), **_all(_TEXT, -1.5), "F": -1},  # 李　四, or flush right
    "byline_bracketed": {"B": 2.5, **_all(_HEADS, -2), **_all(_TEXT, -0.5)},
    "ended": {**_all(_HEADS, -2), "F": -2},
    "caption": {"A": 5, **_all(_HEADS, -3), "B": -2, **_all(_TEXT, -0.5)},
    "credit_first": {"A": 5, "B": -3, **_all(_HEADS, -3), **_all(_TEXT, -1)},
    "above_credit": {"A": 5, **_all(_HEADS, -1)},
    "credit": {"A": 6, "B": -9, **_all(_HEADS, -3), **_all(_TEXT, -1)},
    "image": {"A": 2.5},
    # -- Markdown: any heading is a head, which one its level hardly says
    "heading": {
        "H": 1.2,
        "K": 0.6,
        "U": 1,
        "L": 0.5,
        "S": 0.3,
        "A": -1.5,
        "B": -1,
        "F": -0.7,
        **_all("TP", -3),
        "C": -5,
    },
    "heading_first": {"H": 0.8, "U": -0.8},
    "bold": {"H": 0.8, "K": 0.3, "U": 0.8, "L": 0.3, "A": -0.3, **_all(_TEXT, -1.5)},
    "bold_lead": {"U": 2.5, "H": -2, "K": -2, "C": -4, "T": 0.5, "P": 1},
    "unmarked": {"H": -1.5, "U": -1.8, "K": -0.3},
    "nested": {"U": 1, "H": -1, "K": -0.5, "L": -0.3},  # below the highest level so far
    "deeper": {"U": 1.2, "H": -1.5, "K": -1, "L": -0.7},  # below the heading before
    "outer": {"H": 1.2, "K": 1, "L": 0.5, "U": -1.5},
    # -- beside other short lines: above the headline stands longer, smaller type; below it too
    "stacked": {
        "K": 0.5,
        "H": 0.7,
        "L": 0.7,
        "U": -1,
    },  # heads of two kinds, a blank line between: an article's, hardly a subhead's
    "above_pair": {"K": 1.8, "L": 0.5, "H": -0.7, "U": -0.3},
    "name_like": {"L": 2.5},
    "longer_than_next": {"K": 1, "H": -0.5},
    "shorter_than_next": {"L": 0.5, "K": -1},
    "longer_than_last": {"S": 0.6},
    "shorter_than_last": {"S": -0.5},
    "above_next": {"H": 0.5, "K": -1},
    "below_next": {"K": 1.5, "H": -1.5, "L": 0.5},
    "above_last": {"H": 1, "S": -1.5},
    "below_last": {"S": 0.7, "H": -1},
    "set_off": {
        "H": 2,
        "K": 2,
        "L": 2,
        "U": -2,
    },  # where only some heads have a blank line before them, those begin articles
    "run_in": {"H": -2, "K": -2, "L": -1.5, "U": 1.5},
    "apart": {"A": 0.7, "K": 0.3, "H": 0.3, "L": 0.3, "C": -0.5},
    # -- what the run of short lines leads to, and what it comes after
    "ahead_source": {"H": 2.5, "K": 1.8, "S": 1.5, "L": 1, "U": -3, "P": -1},
    "ahead_from": {"H": 2.5, "K": 1.8, "S": 1.5, "L": 1, "U": -3, "P": -1},
    "ahead_byline": {"H": 1.5, "K": 1.2, "S": 1, "L": 0.5, "U": -1.5},
    "ahead_text": {},
    "ahead_sign": {"H": -0.5},
    "ahead_end": {"U": -3, "F": 1},
    "behind_start": {"H": 0.7, "K": 0.7, "L": 0.7, "U": -1, "F": 0.5},
    "behind_signed": {"H": 2, "K": 1.8, "L": 1.5, "U": -1.8},
    "behind_byline": {
        "H": 1.5,
        "K": 1.3,
        "L": 1,
        "U": -1.2,
    },  # without brackets it may as well stand above what follows
    "behind_banner": {"H": 0.3, "K": 0.3},  # □ 本报记者 某某: more often above a text than below it
    "behind_picture": {"H": 0.5, "K": 0.5, "L": 0.5, "U": -0.3},
    "behind_to": {"H": 2, "K": 1.8, "L": 1.5, "U": -3},
    "behind_open": {"A": 1.2, "H": -0.3, "K": -0.3, "P": -1},
    "behind_closed": {},
    "crowd": {"P": 3.5, "T": 2, "U": -1, "H": -1.5, "K": -2, "S": -2, "L": -1.5, "A": -0.5},  # verses, lists, tables
    "crowd_first": {"P": 0.5},
    "page_first": {"F": 0.7, "T": 1.5},
    "page_last": {"F": 2},
    # -- how it begins
    "short_open": {"C": -3, "P": -0.5},  # a column's whole share of a paragraph is more than a few words
    "ragged_open": {"C": -3, "P": -2, "T": -2},  # among full lines a short one that ends no sentence is a head's
    "starts_middle": {"C": 3, "P": -2, "T": -1, **_all(_HEADS, -1.5), "B": -2},
    "starts_fresh": {"P": 0.7, "T": 0.5, "C": -1.7},
    "starts_sentence": {
        "P": 1,
        "T": 0.7,
        "C": -1.5,
        "H": -1,
        "K": -0.7,
        "S": -1,
        "U": -1.7,
        "L": -2,
    },  # 此外, 据悉, 记者从…
    "spoken": {
        "H": -0.5,
        "K": -0.4,
        "S": -0.5,
        "U": -1.3,
        "L": -1,
        **_all(_TEXT, 0.6),
    },  # 了, 这, 我们: running text has them, heads are terse
}

# The places a unit can have on a page, each with the kind its signs speak for. Heads stand before the text (column … from) or, in an
# article that has none there, behind it (foot_…).
PLACES: dict[str, str] = {
    "column": "L",
    "kicker": "K",
    "headline": "H",
    "subtitle": "S",
    "byline": "B",
    "first_caption": "A",
    "from": "X",
    "lead": "T",
    "text": "P",
    "rest": "C",
    "subhead": "U",
    "caption": "A",
    "signature": "B",
    "to": "Y",
    "foot_kicker": "K",
    "foot_headline": "H",
    "foot_subtitle": "S",
    "inner_furniture": "F",
    "furniture": "F",
}

_BODY = {
    "text": 0.0,
    "rest": 0.7,
    "subhead": -0.5,
    "caption": -1.0,
    "signature": -0.3,
    "to": 0.0,
    "inner_furniture": -2.5,
}
_FOOT = {"foot_kicker": -2.0, "foot_headline": -1.0}

# What may follow what within an article, and how readily. What is not here does not.
ARCS: dict[str, dict[str, float]] = {
    "column": {"column": -0.5, "kicker": 0, "headline": 0.5, "byline": -1, "first_caption": 0, "from": 0, "lead": 0},
    "kicker": {"kicker": -0.3, "headline": 1, "column": -1.5},
    "headline": {
        **{"headline": -0.3, "subtitle": -0.3, "byline": 0, "column": -1.5, "from": 0, "first_caption": -1},
        **{"lead": 0.3, "subhead": -2},
    },
    "subtitle": {
        "subtitle": -0.7,
        "byline": 0,
        "from": 0,
        "first_caption": -1,
        "lead": 0.3,
        "subhead": -2,
        "column": -1.5,
    },
    "byline": {
        "byline": -0.5,
        "lead": 0.5,
        "subhead": -0.7,
        "first_caption": -0.7,
        "from": -0.5,
        "column": -2,
        "subtitle": -2.5,
    },
    "first_caption": {"first_caption": 0, "kicker": -1.5, "headline": -1.2, "byline": -0.5, "lead": -0.3, "from": -0.5},
    "from": {"lead": 0.5, "subhead": -0.7, "headline": -1.5, "first_caption": -1, "byline": -1},
    "lead": {**_BODY, **_FOOT},
    "text": {**_BODY, **_FOOT},
    "rest": {**_BODY, **_FOOT},
    "subhead": {"text": 0.5, "rest": -2, "subhead": -0.3, "caption": -2, "signature": -1},
    "caption": {**_BODY, "caption": 0, "rest": 1.2, "subhead": -0.7},
    "signature": {"text": -1.5, "subhead": -1.2, "caption": -0.7, "signature": -0.5, "to": -0.5, **_FOOT},
    "to": {"caption": -1, "signature": -0.5, "foot_headline": -2},
    "foot_kicker": {"foot_kicker": -0.3, "foot_headline": 1},
    "foot_headline": {"foot_headline": -0.3, "foot_subtitle": 0, "signature": -0.7},
    "foot_subtitle": {"foot_subtitle": -0.7, "signature": -0.7},
    "inner_furniture": {"text": 0, "rest": 1, "subhead": -0.5, "inner_furniture": -0.5},
}
# How readily an article begins with it, on top of a page and elsewhere: text without a head is rare but where a page goes on from another.
OPENING = {"column": 0, "kicker": 0, "headline": 0, "first_caption": -3, "from": 1, "lead": -4, "furniture": 0}
OPENING_PAGE = {**OPENING, "lead": -2, "first_caption": -1.5, "subhead": -4}
# How readily an article ends with it. A head alone is none, nor is a subhead.
CLOSING = {
    **{"lead": -2, "text": -2, "rest": -2, "signature": 0.5, "to": 1, "caption": -1.5, "first_caption": -0.7},
    **{"headline": -4.5, "subtitle": -4.5, "byline": -3, "column": -4, "kicker": -8, "from": -5, "subhead": -5},
    **{"foot_headline": 0, "foot_subtitle": 0, "inner_furniture": -3, "foot_kicker": -8, "furniture": 0},
}
END_OF_PAGE = 1.0  # the last article needs no reason to end; added to CLOSING

DROPPED = -3.0  # a paragraph breaks off in mid-sentence and another begins: its rest is lost
CUT = -1.7  # an article ends in mid-sentence
FOOT_OF_HEADLESS = 1.0  # heads behind a text that has none before it
TIGHT_SAME = 1.5  # lines of one head stand together, where blank lines stand between all else
TIGHT_OTHER = -1.5
LOOSE_SAME = -0.4
UNFINISHED = (
    2.5  # a line of a head ends as no head does: with 暨, 和, 的, a comma, an open quote; the next one completes it
)
HEADLESS = -1.5  # text follows a column name or a picture, and no headline
