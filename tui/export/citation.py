"""An article as a reference list names it, and a passage as a text quotes it.

The form is that of GB/T 7714-2015 《信息与文献 参考文献著录规则》 for an article of a newspaper among numbered
references (顺序编码制): 4.4 (连续出版物中的析出文献), whose example is
    丁文祥. 数字革命与竞争国际化[N]. 中国青年报, 2000-11-20(15).
8.1.2 (up to three authors are named, behind the third of more stands 等), 8.1.4 (without an author the title begins)
and 8.2 (what else belongs to a title follows a colon). What is not known is left out. A quotation's marks are those of
GB/T 15834-2011, 4.8: double ones, and within them single ones.
"""

from __future__ import annotations

from tui.display import harmless, visible_line
from tui.export.values import Source

_NAMED = 3  # authors; of more the rest are 等
_UNTITLED = "无题"
_OPEN, _CLOSE = "“‘", "”’"


def citation(source: Source) -> str:
    """The article in a reference list, `作者. 题名[N]. 报纸名, 2024-03-09(1).`; one line, safe to show."""
    article, imprint = source.article, source.page.imprint
    title = _line(article.title) or _line(article.kicker) or _UNTITLED
    subtitle = _line(article.subtitle)
    if subtitle:
        title += f": {subtitle}"
    place = ", ".join(part for part in (_line(imprint.paper), _line(imprint.date)) if part)
    number = _line(imprint.number)
    if number:
        place += f"({number})"
    return "".join(f"{part}. " for part in (_authors(article.authors), f"{title}[N]", place) if part).rstrip()


def quotation(text: str, source: Source) -> str:
    """A passage in Chinese quotation marks, and the citation of its article on a line of its own; safe to paste.

    Args:
        text: The passage, its paragraphs parted by line feeds.
        source: The article it stands in.
    """
    return f"{quoted(harmless(text))}\n{citation(source)}"


def quoted(text: str) -> str:
    """The text in double quotation marks; those within it that are paired change between double and single."""
    marks = list(text)
    open_at: list[int] = []
    for at, character in enumerate(text):
        if character in _OPEN:
            open_at.append(at)
        elif open_at and character in _CLOSE and _OPEN.index(text[open_at[-1]]) == _CLOSE.index(character):
            level = len(open_at) % 2
            marks[open_at.pop()], marks[at] = _OPEN[level], _CLOSE[level]
    return f"“{''.join(marks)}”"


def _authors(names: tuple[str, ...]) -> str:
    known = [name for name in map(_line, names) if name]
    return ", ".join(known if len(known) <= _NAMED else [*known[:_NAMED], "等"])


def _line(text: str) -> str:
    """The text on one line, its white space single spaces."""
    return visible_line(" ".join(text.split()))
