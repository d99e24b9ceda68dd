"""Why a line becomes a headline: what each sign speaks for, and what follows what in an article.

All weights are logarithms of odds, set by hand: +1 makes a role about three times as likely, -1 as unlikely; 3 and more
is as good as settled unless others object. They follow from how newspapers are set, not from any paper's pages: a
headline is short and does not end as a sentence does; what stands before 本报讯 is a head; a signature closes a story.
`WEIGHTS` holds what a unit's signs say of its role, `ARCS` which roles may follow one another within an article,
`OPENING` and `CLOSING` where articles begin and end.
"""

from __future__ import annotations

import re

# What a sign can speak for: kicker, headline, subtitle, column (L), subhead (U), byline, caption (A), jump from (X) and
# to (Y), furniture; T an article's first paragraph, P any later one, C the rest of a paragraph that was cut.
KINDS = "KHSLUBAXYFTPC"


def _weights(text: str) -> dict[str, float]:
    """`K+1 TP-0.5`: one for a kicker, minus a half for either kind of paragraph."""
    return {kind: float(value) for kinds, value in re.findall(r"([A-Z]+)([+-][\d.]+)", text) for kind in kinds}


def _arcs(text: str) -> dict[str, float]:
    """`lead+0.3 subhead-2 byline`: a weight for each place, zero where none is given."""
    return {place: float(value or 0) for place, value in re.findall(r"(\w+)([+-][\d.]+)?", text)}


# What a unit is without any sign. Jump lines, bylines, captions and column names must be seen to be such; a headline
# has a second line more often than a kicker.
PRIOR = _weights("K-1 S-0.5 L-2 B-5 A-2.3 XY-15")

WEIGHTS: dict[str, dict[str, float]] = {
    sign: _weights(text)
    for sign, text in {
        # -- length in code points: heads have few, the bigger the type the fewer
        "n3": "K-4 HAFTP-2 S-3 L-0.5 U-1.5",
        "n7": "K-2.2 H-0.2 S-1.5 L+0.3 A-1 FTP-2",
        "n15": "K-0.6 H+0.5 S-0.2 L-1.2 U+0.3 A-0.8 FTP-2",
        "n24": "KH+0.3 S+0.2 L-3 A-0.5 F-2.2 TP-1.5",
        "n36": "K+0.6 H-0.6 S+0.3 L-5 U-1 F-2.5 TP-0.7",
        "n45": "K+0.2 H-1.5 L-7 U-2.2 B-0.5 F-3",
        "n60": "KS-1.5 H-3.5 L-8 U-4.5 B-1 F-3 TPC+0.7",
        "n120": "KHSLU-8 B-6 A-0.7 F-3.5 TPC+1",
        "nmax": "KHSLU-14 B-12 A-3 F-7 TPC+2",
        # -- how it ends: sentences end with a mark, heads do not
        "ends_stop": "KHSLU-3.8 B-3 A-0.3 F-2 TPC+2",
        "ends_semicolon": "KHSLUB-4 F-3 TPC+2",
        "ends_comma": "K-1.5 HSLU-3.5 B-4 F-3 TPC+1",
        "ends_none": "TPC-1",
        "ends_close": "L-0.5 TPC-0.3",
        "ends_query": "K+0.4 H-0.5 S-1 L-2 B-5 F-2 TPC+0.5",
        "ends_bang": "K-0.5 L-2 B-5 FTPC+0.5",
        "ends_colon": "K-1.5 HS-3 L-1 U+0.3 B-4 TPC+0.5",
        "ends_dash": "KU-1 H-1.5 SL-2 B-4 TPC+1",
        # -- what is in it
        "stop_inside": "KHSLU-4 B-3 F-1 TPC+1.5",
        "comma_inside": "K-0.2 H-0.7 S-0.3 L-3 U-0.5 A+0.2 F-0.5 TPC+0.6",
        "spread": "K-2 H+1.5 LU+0.5 F-0.5 TPC-3",  # 水 尺: spaced out letters are a head's
        "pause": "K+0.4 H+0.7 LTPC-0.7 U+0.2",  # heads mark a pause by a space
        "figures": "KHSL-2 U-1.5 TPC+0.7",  # tables
        "numbered": "KS-2 HL-1.5 U+1.3 BC-3 TP+0.5",  # 一、
        "bullet": "KS-1 HA-0.5 U+0.4 TP+0.5 C-4",
        "dash": "KH-3 S+5 L-4 UBAF-2",
        "speech": "K+2.5 H-1",  # 某某在会上强调: the headline says what
        "occasion": "K+0.8 H-0.2",  # 某某会议召开
        "notice": "KP-1 H+1.5 U-1.5",  # 启事, 更正: a story of its own
        "bracketed": "K-1 H-1.5 S+2 U-0.5",  # （某某会议通过）, below a headline
        "institution": "K-1 H-0.5 B+8.5",  # under a notice; its prior asks for half of it
        "date": "KHSLU-2 B+9",  # under a notice
        "address": "KHSL-3 U-2 TP+2.5",  # 编辑同志：
        "label_like": "KH-0.5 S-1 L+3.5 TPC-2",  # 春运·现场, but 七律·登高 too
        "label": "KHS-1 L+5.5 U-0.5 TPC-2",  # 图片新闻, 编读往来
        "sidebar": "K-1 H-2.5 L+1.5 U+3 TPC-2",  # ■ 链接: a box of the same story
        "index": "KHSU-1 F+5 TPC-2",  # …… 4版
        "folio": "KHSLUBATPC-3 F+8",
        "folio_like": "KHSLU-0.5 F+2",
        "folio_next": "F+5",  # a folio line of several lines
        "bare": "KHSLUBA-2 F+4 TPC-1",  # a number, a rule
        # -- sources, signatures, jumps, pictures
        "source": "KHSLUB-5 A-3 F-4 T+1 P-2.5 C-6",
        "from": "KHSLUA-5 BC-6 FP-4 T+3",  # 上接1版 ……
        "from_alone": "KHSLUA-5 BTPC-6 X+25 F-4",
        "to_alone": "KHSLUA-5 BTPC-6 Y+25 F-2",
        "to": "KHSLU-3 B-4",  # ……（下转4版）
        "byline_told": "KHSLUTPC-3 B+11 F-1",
        "byline_names": "KHSLUF-1 B+8.5 A-2 TPC-1.5",
        "byline_name": "B+4",
        "byline_set": "KHSLUTPC-1.5 B+2.5 F-1",  # 李　四, or flush right
        "byline_below": "KHSLU-2 B+2 TPC-1",  # a name between a head and a text
        "above_byline": "H+1.5 U-2",
        "byline_about": "B+6",  # （作者为……）
        "byline_bracketed": "KHSLU-2 B+2.5 TPC-0.5",
        "ended": "KHSLUF-2",  # its last words are a signature
        "caption": "KHSLU-3 B-2 A+6 TPC-0.5",
        "arrow": "A+3.5 KHSLU-2 B-1",  # ▲ points to a picture, or begins a brief
        "above_signed": "A+5.5",  # a sentence, and the next line is nothing but the photographer
        "credit_first": "KHSLUB-3 A+6 TPC-1",
        "above_credit": "KHSLU-1 A+6",  # the next line begins with the photographer
        "credit": "KHSLU-3 B-9 A+7 TPC-1",  # …… 某某 摄
        "image": "A+3.5",  # an image stands before it
        # -- Markdown: any heading is a head, which one its level hardly says
        "heading": "K+0.6 H+1.2 S+0.3 L+0.5 U+1 B-1 A-1.5 F-0.7 TP-3 C-5",
        "heading_first": "H+0.8 U-0.8",
        "bold": "KL+0.3 HU+0.8 A-0.3 TPC-1.5",
        "bold_lead": "KH-2 U+2.5 T+0.5 P+1 C-4",
        "unmarked": "K-0.3 H-1.5 U-1.8",  # on a page that marks its headings
        "nested": "K-0.5 H-1 L-0.3 U+1",  # below the highest level so far
        "deeper": "K-1 H-1.5 L-0.7 U+1.2",  # below the heading before
        "outer": "K+1 H+1.2 L+0.5 U-1.5",  # above it
        # -- beside other short lines: smaller type, and so more of it, above the headline and below it
        "stacked": "K+0.5 HL+0.7 U-1",  # two heads with a blank line between: an article's, hardly a subhead
        "above_pair": "K+1.8 H-0.7 L+0.5 U-0.3",  # two lines that belong together follow
        "name_like": "L+1.3",  # a column's name: a few characters above a longer line
        "longer_than_next": "K+0.5 H-0.2",
        "pause_above": "K+1.2 H-1.2",  # a line in two halves above one in one piece
        "much_longer_than_next": "K+1.4 H-0.7",
        "shorter_than_next": "K-1 L+0.5",
        "longer_than_last": "S+0.6",
        "shorter_than_last": "S-0.5",
        "above_next": "K-1 H+0.5",
        "below_next": "K+1.5 H-1.5 L+0.5",
        "above_last": "H+1 S-1.5",
        "below_last": "H-1.7 S+1.3",
        "set_off": "KHL+2 U-2",  # where only some heads have a blank line before them
        "run_in": "KH-2 L-1.5 U+1.5",  # those begin articles, the others do not
        "apart": "KHL+0.3 A+0.7 C-0.5",
        # -- what the run of short lines leads to, and what it comes after
        "ahead_source": "K+1.8 H+2.5 S+1.5 L+1 U-3 P-1",  # 本报讯 opens a story: what stands above it is its head
        "ahead_from": "K+1.8 H+2.5 S+1.5 L+1 U-3 P-1",
        "ahead_byline": "K+1.2 H+1.5 S+1 L+0.5 U-1.5",
        "ahead_sign": "H-0.5",
        "ahead_end": "U-3 F+1",
        "behind_start": "KHL+0.7 U-1 F+0.5",
        "behind_signed": "K+1.8 H+2 L+1.5 U-1.8",
        "behind_byline": "K+1.3 H+1.5 L+1 U-1.2",  # without brackets it may as well stand above a text
        "behind_banner": "KH+0.3",  # □ 本报记者 某某: more often above than below
        "behind_picture": "KHL+0.5 U-0.3",
        "behind_to": "K+1.8 H+2 L+1.5 U-3",
        "behind_open": "KH-0.3 A+1.2 P-1",
        "row": "KHSLU-4 B-4 A-3 F-2 T+3 P+4",  # of a Markdown table
        "turn": "KHSLU-3 A-2 T+1 P+3 C-4",  # 记者：…？
        "crowd": "KHSL-3 U-1 A-0.5 F-1 T+3 P+4.5",  # verses, lists, tables
        "crowd_first": "P+0.5",
        "below_label": "H+1.5 T-1.5",
        "above_caption": "H+1.5 L-1",
        "continues": "KHSLUABF-4 P+4",  # （未完）
        "above_address": "H+2.5 U-2.5",  # a letter begins
        "above_bullets": "L+3 H-1",
        "sparse": "H+1 U-1",  # between two texts of one paragraph each
        "table": "KHSLUABFC-4 TP+3",  # figures in line upon line
        "brief": "H+3.5 U-4",  # one of several under a label, of a paragraph each
        "page_first": "F+0.7 T+1.5",
        "page_last": "H-1 F+2",  # slogans, imprints
        # -- how it begins and breaks off
        "short_open": "T-1 P-0.5 C-3",  # a column's share of a paragraph is more than a few words
        "ragged_open": "TP-2 C-3",  # among full lines a short one that ends no sentence is a head's
        "starts_middle": "KHSLU-1.5 BP-2 T-1 C+3",
        "starts_fresh": "T+0.5 P+0.7 C-1.7",
        "starts_sentence": "K-0.7 HS-1 L-2 U-1.7 T+0.7 P+1 C-1.5",  # 此外, 据悉, 记者从…
        "spoken": "K-0.4 HS-0.5 L-1 U-1 TPC+0.5",  # 了, 这, 我们: running text has them, heads are terse
    }.items()
}

# The places a unit can have on a page, each with the kind its signs speak for. Heads stand before the text (column …
# from) or, in an article that has none there, behind it (foot_…).
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

_BODY = "text rest+0.7 subhead-0.5 caption-1 signature-0.3 to inner_furniture-2.5"
_FOOT = "foot_kicker-2 foot_headline-1"

# What may follow what within an article, and how readily. What is not named does not.
ARCS: dict[str, dict[str, float]] = {
    place: _arcs(text)
    for place, text in {
        "column": "column-0.5 kicker headline+0.5 byline-1 first_caption from lead",
        "kicker": "kicker-0.3 headline+1 column-1.5",
        "headline": "headline-0.3 subtitle-0.3 byline column-1.5 from first_caption-1 lead+0.3 subhead-2",
        "subtitle": "subtitle-0.7 byline from first_caption-1 lead+0.3 subhead-2 column-1.5",
        "byline": "byline-0.5 lead+0.5 subhead-0.7 first_caption-0.7 from-0.5 column-2 subtitle-2.5",
        "first_caption": "first_caption kicker-1.5 headline-1.2 byline-0.5 lead-0.3 from-0.5",
        "from": "lead+0.5 subhead-0.7 headline-1.5 first_caption-1 byline-1",
        "lead": f"{_BODY} {_FOOT}",
        "text": f"{_BODY} {_FOOT}",
        "rest": f"{_BODY} {_FOOT}",
        "subhead": "text+0.5 rest-2 subhead-0.3 caption-2 signature-1",
        "caption": f"{_BODY} caption rest+1.2 subhead-0.7",
        "signature": f"text-1.5 subhead-1.2 caption-0.7 signature-0.5 to-0.5 {_FOOT}",
        "to": "caption-1 signature-0.5 foot_headline-2",
        "foot_kicker": "foot_kicker-0.3 foot_headline+1",
        "foot_headline": "foot_headline-0.3 foot_subtitle signature-0.7",
        "foot_subtitle": "foot_subtitle-0.7 signature-0.7",
        "inner_furniture": "text rest+1 subhead-0.5 inner_furniture-0.5",
    }.items()
}
# How readily an article begins with it, elsewhere and on top of a page: text without a head is rare but where a story
# goes on from another page.
OPENING = _arcs("column kicker headline first_caption-3 from+1 lead-4 furniture")
OPENING_PAGE = {**OPENING, **_arcs("lead-2 first_caption-1.5 subhead-4")}
# How readily an article ends with it. A head alone is none, nor does one end with a subhead.
CLOSING = _arcs(
    "lead-2 text-2 rest-2 signature+0.5 to+1 caption-1.5 first_caption-0.7 "
    "headline-6 subtitle-5 byline-3 column-4 kicker-8 from-5 subhead-5 "
    "foot_headline foot_subtitle inner_furniture-3 foot_kicker-8 furniture"
)
END_OF_PAGE = 1.0  # the last article needs no reason to end; added to CLOSING

DROPPED = -3.0  # a paragraph breaks off in mid-sentence and another begins: its rest is lost
CUT = -1.7  # an article ends in mid-sentence
FOOT_OF_HEADLESS = 1.0  # heads behind a text that has none before it
TIGHT_SAME = 1.5  # lines of one head stand together, where blank lines stand between all else
TIGHT_OTHER = -1.5
TIGHT_OPENING = -2.0  # an article does not begin without a blank line there
LOOSE_SAME = -0.4
PARTED_SAME = -1.5  # two heads, one of several lines: where lines stand together so, a blank line parts roles
UNFINISHED = 2.5  # a line ends as no head does, with 暨, 和, 的, a comma, an open quote: the next one completes it
HEADLESS = -1.5  # text follows a column name or a picture, and no headline
