"""The query language as the help shows it: examples, and what each of them finds."""

from __future__ import annotations

from dataclasses import dataclass

from tui.language import N_, _


@dataclass(frozen=True, slots=True)
class Example:
    """Something that can be typed.

    Attributes:
        typed: It, in English; `_` has it with the Chinese names of fields.
        meaning: What it finds, in English, for `_`.
    """

    typed: str
    meaning: str


EXAMPLES = (
    Example("春茶", N_("this word, traditional or simplified, also within a longer one")),
    Example("春茶 减产", N_("both words, anywhere in the article")),
    Example("“春茶 减产”", N_("exactly this, with its spaces; in quotation marks all is mere text")),
    Example("春茶 -广告", N_("the first without the second")),
    Example(N_("ferry OR 渡口"), N_("one of the two, or both; also with | between them")),
    Example("(渡口 | 码头) 点灯", N_("parentheses say what belongs together")),
    Example("xzscl", N_("three letters or more are also pinyin initials: 新质生产力")),
    Example(N_("near:10(茶农 减产)"), N_("both in one paragraph, at most 10 characters between them")),
    Example("/第[一二三]批/", N_("a regular expression, within a paragraph")),
    Example(N_("title:春茶"), N_("in the headline")),
    Example(N_("title:(渡口 OR 码头)"), N_("a group for one field")),
    Example(N_("title:/^图/"), N_("an expression for one field")),
    Example(N_("kicker:清明"), N_("in the kicker above the headline")),
    Example(N_("column:“茶山 夜话”"), N_("in the name of the column")),
    Example(N_("author:秦"), N_("in the name of an author")),
    Example(N_("paper:晚报"), N_("in the name of the paper")),
    Example(N_("date:2024-03"), N_("of this month; likewise a year or a day")),
    Example(N_("date:2024-01..2024-03"), N_("from the first of January to the end of March")),
    Example(N_("date:2023.."), N_("from 2023 on; ..2023 is until its end")),
    Example(N_("page:1"), N_("on page 1, also printed 01")),
    Example(N_("page:1..4"), N_("on pages 1 to 4")),
    Example(N_("page:A3"), N_("on page A3, also printed A03")),
    Example(N_("keyword:茶农"), N_("in one of its keywords")),
    Example(N_("tag:政策"), N_("with this tag, or one nested below it")),
    Example(N_("note:核对"), N_("in one of your notes")),
    Example(N_("colour:red"), N_("with a highlight of this colour")),
    Example(N_("is:starred"), N_("with a star")),
    Example(N_("is:unread"), N_("not read yet")),
    Example(N_("is:annotated"), N_("with a highlight, a note or a tag of yours")),
    Example(N_("is:continued"), N_("going on on another page, or coming from one")),
    Example(N_("is:doubtful"), N_("with borders in doubt")),
)
"""From the simplest on; every part of the language is in one of them."""


def rows() -> tuple[tuple[str, str], ...]:
    """What is typed and what it finds, in the language in use."""
    return tuple((_(example.typed), _(example.meaning)) for example in EXAMPLES)
