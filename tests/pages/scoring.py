"""How near a parse comes to a page's gold labels: seven figures from 0 to 1.

articles  BCubed F1 of the grouping of lines into articles, each line weighing its characters
roles     share of lines whose role is right
joins     F1 of "this line goes on in the paragraph of the article's last body line"
titles    share of articles whose title is right, white space aside; likewise authors, jumps
kept      share of the page's characters that stand in exactly one span
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tui.model import Article, Page, Role

FIGURES = ("articles", "roles", "joins", "titles", "authors", "jumps", "kept")
_MARKS = "#*"  # Markdown's, which belong to no text


@dataclass(frozen=True, slots=True)
class Label:
    """What one line is; `joined`: it goes on in the paragraph of the article's last body line."""

    line: int
    article: str
    role: str
    joined: bool


@dataclass(frozen=True, slots=True)
class Labels:
    """A page's gold labels: `fields` holds (field, article) → value."""

    page: str
    lines: tuple[Label, ...]
    fields: dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a parse made of a line: the article and role of most of its characters, its first block and its last."""

    label: Label
    article: int
    role: str
    first: int
    last: int
    weight: int


_Right = Callable[[Article, str], bool]
_FURNITURE, _NOTHING = -1, -2


def read_labels(path: Path) -> Labels:
    page, lines, fields = "", [], {}
    for row in path.read_text("utf-8").splitlines():
        if head := re.fullmatch(r"# (page)() (\S+)|# (title|authors|jump_from|jump_to) (\d+): (.*)", row):
            page = head[3] or page
            if head[4]:
                fields[head[4], head[5]] = head[6].strip()
        elif row and not row.startswith("#"):
            numbers, article, role, *join = row.split("\t")
            first, _, last = numbers.partition("-")
            begins = join[:1] != ["+"]
            lines += [
                Label(line, article, role, joined=line > int(first) or not begins)
                for line in range(int(first), int(last or first) + 1)
            ]
    return Labels(page, tuple(lines), fields)


def figures(labels: Labels, page: Page) -> dict[str, float]:
    """The figures of a parse."""
    owners, times = _owners(page)
    seen = _see(labels, page.text, owners)
    mates = _mates(seen, page.articles)
    counted = [at for at, mark in enumerate(page.text) if not mark.isspace() and mark not in f"{_MARKS}\ufeff"]
    return {
        "articles": _grouping(seen),
        "roles": sum(line.role == line.label.role for line in seen) / len(seen),
        "joins": _joins(seen),
        "titles": _share(labels, mates, {"title": lambda article, said: _told(page, said) == _squeezed(article.title)}),
        "authors": _share(
            labels, mates, {"authors": lambda article, said: said.split() == [*map(_squeezed, article.authors)]}
        ),
        "jumps": _share(
            labels,
            mates,
            {
                "jump_from": lambda article, said: said.lstrip("0") == (article.continued_from or "").lstrip("0"),
                "jump_to": lambda article, said: said.lstrip("0") == (article.continued_on or "").lstrip("0"),
            },
        ),
        "kept": sum(times[at] == 1 for at in counted) / len(counted),
    }


def _owners(page: Page) -> tuple[list[tuple[int, str, int] | None], list[int]]:
    """For each code point its article, role and block, and in how many spans it stands."""
    owners: list[tuple[int, str, int] | None] = [None] * len(page.text)
    times = [0] * len(page.text)
    blocks = [(number, block) for number, article in enumerate(page.articles) for block in article.blocks]
    blocks += [(_FURNITURE, block) for block in page.furniture]
    for index, (article, block) in enumerate(blocks):
        for span in block.spans:
            for at in range(span.start, span.end):
                owners[at] = (article, block.role.value, index)
                times[at] += 1
    return owners, times


def _see(labels: Labels, text: str, owners: list[tuple[int, str, int] | None]) -> list[_Seen]:
    starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1]
    found = []
    for label in labels.lines:
        here = range(starts[label.line - 1], starts[label.line] - 1)
        if not text[here.start : here.stop].strip():
            continue
        points = [owners[at] for at in here if not text[at].isspace() and text[at] not in _MARKS]
        known = [owner for owner in points if owner]
        article, role = _NOTHING, ""
        if known:
            article, role = Counter(owner[:2] for owner in known).most_common(1)[0][0]
        ends = (known[0][2], known[-1][2]) if known else (-label.line, -label.line)
        found.append(_Seen(label, article, role, *ends, len(points)))
    return found


def _grouping(seen: list[_Seen]) -> float:
    """BCubed: of the lines grouped with a line, how many belong there, and of those that do, how many are."""
    together, right, guessed = Counter[tuple[str, str]](), Counter[str](), Counter[str]()
    for line in seen:
        number = line.label.line
        truth = line.label.article if line.label.article != "-" else f"-{number}"  # each line of furniture for itself
        guess = str(line.article) if line.article >= 0 else f"-{number}"
        together[truth, guess] += line.weight
        right[truth] += line.weight
        guessed[guess] += line.weight
    precision = sum(weight**2 / guessed[other] for (_, other), weight in together.items() if weight)
    recall = sum(weight**2 / right[other] for (other, _), weight in together.items() if weight)
    return 2 * precision * recall / (precision + recall) / sum(right.values())


def _joins(seen: list[_Seen]) -> float:
    last: dict[str, _Seen] = {}
    hits = guessed = true = 0
    for line in seen:
        if line.label.role != Role.BODY:
            continue
        if before := last.get(line.label.article):
            joined = line.first == before.last and line.first >= 0
            hits += joined and line.label.joined
            guessed += joined
            true += line.label.joined
        last[line.label.article] = line
    return 2 * hits / (guessed + true) if guessed + true else 1.0


def _mates(seen: list[_Seen], articles: tuple[Article, ...]) -> dict[str, Article]:
    """For each gold article the one of the parse that holds most of its characters."""
    votes: dict[str, Counter[int]] = {}
    for line in seen:
        if line.label.article != "-" and line.article >= 0:
            votes.setdefault(line.label.article, Counter())[line.article] += line.weight
    return {article: articles[count.most_common(1)[0][0]] for article, count in votes.items()}


def _share(labels: Labels, mates: dict[str, Article], right: dict[str, _Right]) -> float:
    nobody = Article(())
    told = [
        right[field](mates.get(article, nobody), said)
        for (field, article), said in labels.fields.items()
        if field in right
    ]
    return sum(told) / len(told) if told else 1.0


def _told(page: Page, title: str) -> str:
    """A title that the labels give; @12 stands for the text of line 12."""
    if title.startswith("@"):
        title = page.text.split("\n")[int(title[1:]) - 1].strip("#* ")
    return _squeezed(title)


def _squeezed(text: str) -> str:
    return "".join(text.split())
