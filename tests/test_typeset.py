"""Chinese set in lines: the rules of print hold at every width, and nothing is lost."""

from __future__ import annotations

from contextlib import nullcontext
from itertools import accumulate, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icu4py.breakers import LineBreaker
from rich.cells import cell_len

from tests.wide import counted_wide
from tui import typeset
from tui.cells import continues
from tui.pages.decode import decode
from tui.search.words import word_ranges
from tui.typeset import Line, Rules, set_paragraph

# Written out once more rather than taken from the program, so that a mark that drops out of its tables is missed here.
NEVER_FIRST = frozenset("。，、；：？！·）】》〉」』”’…—％%‰℃,.;:?!)]}～~-")
NEVER_LAST = frozenset("（【《〈「『“‘￥$([{")
SPACES = frozenset(" \u3000")
WIDTHS = (20, 21, 34, 40, 57, 80, 80 + 1, 120, 200)

SAMPLE = (
    "“春分一过，水位就该降了。”站在堤上的老郑说——他在这里守了31年——“可今年，雨来得比往年早……”"
    "记者在现场看到，从上游到下游约12.5公里的河段，共有46名巡查员（含志愿者18名）轮班值守；"
    "每隔2小时，他们要用 RTK-GNSS 设备测一次位移，误差不超过±3mm。当天气温只有-1.5℃，湿度却达到92%。"
    "“怕什么？怕的是‘以为没事’！”老郑翻开《巡堤手记》（第3册），上面写着："
    "“2023年7月9日，20:15，北段渗水，处理完毕。”据介绍，全部工程投资约￥1,280万元，其中3/4来自县级财政。"
    "让·马丁等外国专家也参与了评审：“This is a well-designed system,”他们写道，“值得推广。”"
    "更多信息见 https://example.org/dikes/2024?lang=zh 。"
    '会议指出,要按照"早发现、早处置"的要求,做好5个方面的工作:一是加强值守;二是(重点)加固险段。'
)

_HAN = st.text(alphabet="的一是了我不人在他有这中大来上国个到说们", min_size=1, max_size=9)
_FOREIGN = st.sampled_from(
    ["GDP", "5G", "3.5%", "2024年", "12:30", "100多公里", "AI+", "don't", "￥1,200", "-3℃", " RTK "]
)
_BRACKETED = st.tuples(st.sampled_from(["“”", "‘’", "《》", "（）", "()", "【】", "「」"]), _HAN).map(
    lambda found: found[0][0] + found[1] + found[0][1]
)
_MARK = st.sampled_from(
    ["，", "。", "、", "；", "：", "？", "！", "……", "——", ",", ".", ";", "·", "～", "。”", "！》", "）。", "　"]
)
PROSE = st.lists(
    st.tuples(_HAN, _FOREIGN | _BRACKETED | _HAN, _HAN, _MARK | st.just("")).map("".join), min_size=1, max_size=30
).map("".join)
ANYTHING = st.text(max_size=120) | st.text(
    alphabet="中国。，！”“（）《》—…·%￥$/-~ 　ab1.,()\"'\u0301\ufe0f\u200d\u00a0☀😀🇨🇳\n\ud800", max_size=80
)


def shown(text: str, line: Line) -> str:
    return text[line.start : line.end].rstrip(" \u3000")


def hangs(character: str) -> bool:
    return character.isspace() and character not in "\u00a0\u2007\u202f"


def assert_whole(text: str, lines: tuple[Line, ...]) -> None:
    assert lines[0].start == 0
    assert lines[-1].end == len(text)
    assert all(before.end == after.start for before, after in pairwise(lines))
    assert all(line.start < line.end for line in lines) or text == ""


def assert_ruled(text: str, lines: tuple[Line, ...]) -> None:
    for before, after in pairwise(lines):
        assert text[after.start] not in NEVER_FIRST | SPACES, shown(text, after)
        assert shown(text, before)[-1] not in NEVER_LAST, shown(text, before)


def words_of(text: str) -> list[int]:
    return [start for start, _ in word_ranges(text)]


def pages_of(*folders: Path) -> list[str]:
    """The pages' lines as they stand, and each page as one paragraph."""
    paths = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in {".txt", ".md"}]
    paths = [path for path in paths if path.name != "README.md"]
    texts = [decode(path.read_bytes()).text for path in paths]
    return [line for text in texts for line in text.splitlines() if line] + ["".join(text.split()) for text in texts]


@given(ANYTHING, st.integers(-1, 60), st.integers(0, 8), st.sampled_from(Rules), st.booleans(), st.booleans())
def test_any_text_is_covered_and_no_line_too_wide(
    text: str, width: int, indent: int, rules: Rules, hanging: bool, wide: bool
) -> None:
    with counted_wide() if wide else nullcontext():
        lines = set_paragraph(text, width, indent=indent, rules=rules, hanging=hanging)
    assert_whole(text, lines)
    for line in lines:
        single = sum(not continues(text, at) for at in range(line.start, line.end)) <= 1
        assert line.indent + line.cells <= width + 2 * hanging or single or width < 2


@given(ANYTHING, st.integers(2, 60))
def test_a_line_is_as_wide_as_rich_paints_it(text: str, width: int) -> None:
    for line in set_paragraph(text, width):
        end = line.end
        while end > line.start and (hangs(text[end - 1]) or cell_len(text[end - 1]) == 0):
            end -= 1
        assert line.cells == cell_len(text[line.start : line.end]) - cell_len(text[end : line.end])


@given(ANYTHING, st.integers(2, 60))
def test_no_character_is_cut_and_none_but_the_first_line_begins_with_a_space(text: str, width: int) -> None:
    for line in set_paragraph(text, width)[1:]:
        assert not continues(text, line.start)
        assert text[line.start] not in SPACES


@given(PROSE, st.integers(20, 200), st.sampled_from([Rules.BASIC, Rules.STRICT]), st.booleans())
def test_prose_has_no_forbidden_mark_at_any_width(text: str, width: int, rules: Rules, hanging: bool) -> None:
    assert_ruled(text, set_paragraph(text, width, rules=rules, hanging=hanging))


@given(PROSE, st.integers(20, 100))
def test_a_line_set_again_stays_one_line(text: str, width: int) -> None:
    for line in set_paragraph(text, width, indent=0):
        assert len(set_paragraph(text[line.start : line.end], width, indent=0)) == 1


@given(PROSE, st.integers(20, 100), st.integers(0, 12), st.data())
def test_a_word_is_parted_only_where_keeping_it_costs_more_than_the_slack(
    text: str, width: int, slack: int, data: st.DataObject
) -> None:
    starts = sorted({0, *data.draw(st.lists(st.integers(0, len(text) - 1), max_size=len(text)))})
    plain = set_paragraph(text, width)
    kept = set_paragraph(text, width, word_starts=starts, slack=slack)
    assert_ruled(text, kept)
    breaks = {line.end for line in plain}
    for line in kept[:-1]:
        if line.end in starts or not (text[line.end].isalnum() and text[line.end - 1].isalnum()):
            continue
        start = max(at for at in starts if at < line.end)
        legal = start > line.start and start in breaks
        assert not legal or cell_len(text[start : line.end]) > slack


@pytest.mark.parametrize("width", WIDTHS)
def test_the_sample_keeps_its_rules_with_and_without_words(width: int) -> None:
    for starts in (None, words_of(SAMPLE)):
        lines = set_paragraph(SAMPLE, width, word_starts=starts)
        assert_whole(SAMPLE, lines)
        assert_ruled(SAMPLE, lines)
        assert all(line.indent + line.cells <= width for line in lines)


def test_hardly_a_word_of_the_sample_is_parted() -> None:
    starts = words_of(SAMPLE)
    parted = [
        line.end
        for width in range(30, 81)
        for line in set_paragraph(SAMPLE, width, word_starts=starts)[:-1]
        if line.end not in starts
    ]
    ends = sum(len(set_paragraph(SAMPLE, width, word_starts=starts)) - 1 for width in range(30, 81))
    assert len(parted) < 0.02 * ends


def test_real_pages_keep_the_rules(shared: Path, corpus: Path) -> None:
    for text in pages_of(shared / "pages", corpus):
        for width in (20, 40, 79):
            lines = set_paragraph(text, width)
            assert_whole(text, lines)
            assert all(line.indent + line.cells <= width for line in lines)
            assert_ruled(text, lines)


# How ICU's breaker for Chinese (UAX #14) and the rules of print differ.
ICU_LETS_START = frozenset("+＋>~～·•—―⸺∶︰﹑﹣－／")  # print keeps dashes, hyphens and points with what they follow
ICU_LETS_END = frozenset("/／<")  # GB/T 15834-2011 §5.1.9: the slash stands at neither end
LATIN = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
ICU_GLUES = (
    # Half-width marks belong to the number or Latin word behind them; newspapers set them between Chinese clauses.
    (frozenset(",.;:!?)]}"), LATIN),
    # Opening quotes and brackets that are not full-width belong to the number or Latin word before them.
    (LATIN, frozenset("“‘([{")),
    # An address may end a line behind a slash, whatever follows.
    (frozenset("/"), frozenset("0123456789")),
    # Symbols are Latin letters to ICU, and a plus is a number's sign.
    (frozenset("#*+"), None),
    (None, frozenset("#*")),
    # Straight quotes glue on both sides; they open and close by turns here.
    (frozenset("\"'"), None),
    (None, frozenset("\"'")),
)


def icu_breaks(text: str) -> set[int]:
    """ICU's break positions in code points; it counts UTF-16 units."""
    units = {unit: at for at, unit in enumerate(accumulate((1 + (ord(c) > 0xFFFF) for c in text), initial=0))}
    return {units[end] for _, end in LineBreaker(text, "zh").segments()}


def unexplained(text: str, lines: tuple[Line, ...]) -> list[str]:
    legal = icu_breaks(text)
    return [
        f"{text[line.end - 5 : line.end]}|{text[line.end : line.end + 5]}"
        for line in lines[:-1]
        if line.end not in legal
        and not any(
            (before is None or text[line.end - 1] in before) and (after is None or text[line.end] in after)
            for before, after in ICU_GLUES
        )
    ]


@given(PROSE, st.integers(20, 100))
def test_icu_agrees_with_every_break_of_prose(text: str, width: int) -> None:
    assert unexplained(text, set_paragraph(text, width)) == []


def test_icu_agrees_with_every_break_of_the_sample() -> None:
    # At 38 to 41 cells the sample's address fits on a line, but not with the stop behind it, and has to be broken.
    widths = (*range(24, 38), *range(42, 121))
    assert [found for width in widths for found in unexplained(SAMPLE, set_paragraph(SAMPLE, width))] == []


def test_icu_agrees_with_every_break_of_real_pages(shared: Path, corpus: Path) -> None:
    found = [
        found
        for text in pages_of(shared / "pages", corpus)
        for width in range(20, 200, 12)
        for found in unexplained(text, set_paragraph(text, width))
    ]
    assert found == []


def test_the_marks_that_icu_allows_and_print_does_not_are_known() -> None:
    starts = {mark for mark in typeset._NEVER_FIRST[Rules.BASIC] if 1 in icu_breaks(f"中{mark}国")}
    ends = {mark for mark in typeset._NEVER_LAST[Rules.BASIC] if 2 in icu_breaks(f"中{mark}国")}
    assert starts <= ICU_LETS_START
    assert ends <= ICU_LETS_END


def breaks(text: str, width: int, **options: object) -> list[str]:
    lines = set_paragraph(text, width, indent=0, **options)  # type: ignore[arg-type]
    return [text[line.start : line.end] for line in lines]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("一二三四，五六", 8, ["一二三", "四，五六"]),
        ("一二三（四五）", 8, ["一二三", "（四五）"]),
        ("一二三四”。五", 8, ["一二三", "四”。五"]),
        ("一二三——四五", 8, ["一二三——", "四五"]),
        ("一二三四——五", 8, ["一二三", "四——五"]),
        ("一二三四……五", 9, ["一二三", "四……五"]),
        ("约瑟夫·海顿", 6, ["约瑟", "夫·海", "顿"]),
        ("甲乙丙/丁戊", 7, ["甲乙", "丙/丁戊"]),
        ("增长了12.5%的", 9, ["增长了", "12.5%的"]),
        ("投资3000万元建", 9, ["投资", "3000万元", "建"]),
        ("全长120多公里的", 9, ["全长", "120多公里", "的"]),
        ("截至12月31日止", 11, ["截至12月", "31日止"]),
        ("他在第12届会上", 8, ["他在", "第12届会", "上"]),
        ("使用Textual写", 9, ["使用", "Textual写"]),
        ("我们don’t知", 8, ["我们", "don’t知"]),
        ("售价￥200整", 7, ["售价", "￥200整"]),
        ("人工智能AI+行动", 10, ["人工智能", "AI+行动"]),
        ("中文 中文 中文", 9, ["中文 中文 ", "中文"]),
        ("中文　　　　中文", 6, ["中文　　　　", "中文"]),
        ("中文 。中文", 4, ["中", "文 ", "。中", "文"]),
        ("气温为-3.5℃", 8, ["气温", "为-3.5℃"]),
        ("中\u00a0文字字", 6, ["中\u00a0文", "字字"]),
        ("中e\u0301文", 3, ["中e\u0301", "文"]),
        ("中国🇨🇳国", 5, ["中国", "🇨🇳国"]),
    ],
)
def test_what_belongs_together_stays_together(text: str, width: int, expected: list[str]) -> None:
    assert breaks(text, width) == expected


def test_straight_quotes_open_and_close_by_turns() -> None:
    assert breaks('一二三"四五"六', 8) == ["一二三", '"四五"六']
    assert breaks('一二"三四"五六', 9) == ['一二"三', '四"五六']
    assert breaks("一二三'四五'六", 8) == ["一二三", "'四五'六"]


def test_an_odd_straight_quote_is_parted_from_neither_side() -> None:
    assert breaks('一二三"四五六', 7) == ["一二", '三"四五', "六"]


def test_an_address_too_long_for_a_line_is_broken_behind_its_slashes() -> None:
    assert breaks("见https://example.org/abc", 13) == ["见https://", "example.org/", "abc"]


def test_a_word_too_long_for_a_line_is_broken_where_the_line_ends() -> None:
    assert breaks("见antidisestablishment", 12) == ["见antidisest", "ablishment"]


def test_a_word_that_marks_leave_no_room_for_is_broken_rather_than_they() -> None:
    assert breaks("“abcdefghij”。一", 12) == ["“abcdefghi", "j”。一"]


def test_a_run_of_closing_marks_is_broken_at_the_measure() -> None:
    assert [len(piece) for piece in breaks("”" * 40, 16)] == [16, 16, 8]
    assert [len(piece) for piece in breaks("。" * 40, 17)] == [8] * 5


def test_a_flag_is_not_cut_even_where_nothing_legal_fits() -> None:
    assert breaks("（🇨🇳", 3) == ["（", "🇨🇳"]


def test_an_empty_paragraph_has_one_empty_line() -> None:
    assert set_paragraph("", 40) == (Line(0, 0, 4, 0),)


def test_the_first_line_is_indented_unless_that_leaves_too_little() -> None:
    assert set_paragraph("一二三四五六", 10)[0] == Line(0, 3, 4, 6)
    assert set_paragraph("一二三四五六", 7)[0] == Line(0, 3, 0, 6)


def test_white_space_at_a_line_end_is_counted_in_no_width() -> None:
    assert set_paragraph("中文   中文  ", 5, indent=0) == (Line(0, 5, 0, 4), Line(5, 9, 0, 4))


def test_a_stop_hangs_past_the_measure_when_asked() -> None:
    assert breaks("一二三四，五六", 8, hanging=True) == ["一二三四，", "五六"]
    assert set_paragraph("一二三四，五六", 8, indent=0, hanging=True)[0].cells == 10
    assert breaks("一二三四。”五六", 8, hanging=True) == ["一二三", "四。”五", "六"]
    assert breaks("一二三四。", 8, hanging=True) == ["一二三四。"]
    assert breaks("一二三    。四五", 8, hanging=True) == ["一二", "三    。", "四五"]


def test_without_rules_marks_stand_anywhere_but_words_stay_whole() -> None:
    assert breaks("一二三四，五六", 8, rules=Rules.NONE) == ["一二三四", "，五六"]
    assert breaks("一二三（四五）", 8, rules=Rules.NONE) == ["一二三（", "四五）"]
    assert breaks("一二三Textual", 8, rules=Rules.NONE) == ["一二三", "Textual"]


def test_strict_rules_leave_no_single_character_as_a_last_line() -> None:
    assert breaks("一二三四五。", 8) == ["一二三四", "五。"]
    assert breaks("一二三四五。", 8, rules=Rules.STRICT) == ["一二三", "四五。"]
    assert breaks("一interchange五。", 13, rules=Rules.STRICT) == ["一interchange", "五。"]


def test_strict_rules_keep_repeating_marks_and_bullets_off_the_edges() -> None:
    assert breaks("一二三人々在上", 8, rules=Rules.STRICT) == ["一二三", "人々在上"]
    assert breaks("一二三●四五", 8, rules=Rules.STRICT) == ["一二三", "●四五"]


def test_words_are_kept_whole_within_the_slack() -> None:
    text, starts = "我们讨论人工智能的未来", [0, 2, 4, 8, 9]
    assert breaks(text, 12) == ["我们讨论人工", "智能的未来"]
    assert breaks(text, 12, word_starts=starts) == ["我们讨论", "人工智能的", "未来"]
    assert breaks(text, 12, word_starts=starts, slack=4) == ["我们讨论", "人工智能的", "未来"]
    assert breaks(text, 12, word_starts=starts, slack=3) == ["我们讨论人工", "智能的未来"]


def test_ambiguous_marks_may_count_two_cells() -> None:
    assert [line.cells for line in set_paragraph("“一二”三四", 8, indent=0)] == [8, 2]
    with counted_wide():
        assert [line.cells for line in set_paragraph("“一二”三四", 8, indent=0)] == [8, 4]
