"""The sample pages and their gold labels agree with each other, and show what they are there to show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import CORPUS, ROOT
from tui.model import Role

GOLD = sorted((ROOT / "tests" / "gold").glob("*.tsv"))
ENCODINGS = {"泮州日报/2022-09-18/副刊07.txt": "gb18030", "荻江新報-19361011-第三版.txt": "utf-8-sig"}
CRLF = "岚浦晨报_2022年7月9日_A05版.txt"


@dataclass(frozen=True, slots=True)
class Row:
    """One label: lines `first` to `last`, 1-based, both included."""

    first: int
    last: int
    article: str
    role: str
    join: str


@dataclass(frozen=True, slots=True)
class Gold:
    """A page's labels: `fields` holds (field, article) → value."""

    page: str
    fields: dict[tuple[str, str], str]
    rows: tuple[Row, ...]


def read_gold(path: Path) -> Gold:
    page, fields, rows = "", {}, []
    for line in path.read_text("utf-8").splitlines():
        if head := re.fullmatch(r"# page (\S+)", line):
            page = head[1]
        elif field := re.fullmatch(r"# (title|authors|jump_from|jump_to) (\d+): (.+)", line):
            fields[field[1], field[2]] = field[3]
        else:
            lines, article, role, join = line.split("\t")
            first, _, last = lines.partition("-")
            rows.append(Row(int(first), int(last or first), article, role, join))
    return Gold(page, fields, tuple(rows))


def read_page(page: str) -> list[str]:
    text = (CORPUS / page).read_bytes().decode(ENCODINGS.get(page, "utf-8"))
    return text.replace("\r\n", "\n").split("\n")


def lines_of(gold: Gold, article: str, role: str) -> list[str]:
    page = read_page(gold.page)
    chosen = (row for row in gold.rows if (row.article, row.role) == (article, role))
    return [line for row in chosen for line in page[row.first - 1 : row.last] if line.strip()]


each = pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)


def test_every_sample_page_is_labelled() -> None:
    pages = {path.relative_to(CORPUS).as_posix() for kind in ("*.txt", "*.md") for path in CORPUS.rglob(kind)}
    assert {read_gold(path).page for path in GOLD} == pages - {"README.md"}
    assert len(pages) >= 8


@each
def test_every_line_has_one_label(path: Path) -> None:
    gold = read_gold(path)
    labelled = [n for row in gold.rows for n in range(row.first, row.last + 1)]
    page = read_page(gold.page)
    assert labelled == sorted(set(labelled))
    assert {n for n, line in enumerate(page, 1) if line.strip()} <= set(labelled) <= set(range(1, len(page) + 1))
    assert all(page[row.first - 1].strip() and page[row.last - 1].strip() for row in gold.rows)


@each
def test_labels_are_known_and_in_order(path: Path) -> None:
    rows = read_gold(path).rows
    assert {row.role for row in rows} <= set(Role)
    assert all((row.article == "-") == (row.role == Role.FURNITURE) for row in rows)
    articles = list(dict.fromkeys(row.article for row in rows if row.article != "-"))
    assert articles == [str(n) for n in range(1, len(articles) + 1)]


@each
def test_a_line_only_goes_on_in_a_paragraph_that_was_begun(path: Path) -> None:
    begun = set()
    for row in read_gold(path).rows:
        assert row.join in {"", "+"}
        assert not row.join or (row.role == Role.BODY and row.article in begun)
        if row.role == Role.BODY:
            begun.add(row.article)


@each
def test_a_title_is_the_headline_s_lines_joined(path: Path) -> None:
    gold = read_gold(path)
    for article in {row.article for row in gold.rows} - {"-"}:
        lines = [line.strip("#* ").replace("\u3000", " ") for line in lines_of(gold, article, Role.HEADLINE)]
        assert gold.fields.get(("title", article), "") == " ".join(lines)


@each
def test_authors_and_jumps_stand_in_their_article(path: Path) -> None:
    gold = read_gold(path)
    for (field, article), value in gold.fields.items():
        text = "".join(line for role in (Role.BYLINE, Role.BODY, Role.JUMP) for line in lines_of(gold, article, role))
        if field == "authors":
            assert all(name in text for name in value.split())
        elif field.startswith("jump"):
            words = f"(?:接|转)(?:{value}|第{'零一二三四五六七八九'[int(value)]})版"
            assert re.search(words, text)
        else:
            assert lines_of(gold, article, Role.HEADLINE)


def test_two_pages_of_one_day_continue_each_other() -> None:
    first, fourth = (read_gold(GOLD[0].with_name(f"鹿渚晚报_2024-03-16_{number}.tsv")) for number in ("01", "04"))
    assert int(first.fields["jump_to", "1"]) == int(first.fields["jump_to", "3"]) == 4
    assert int(fourth.fields["jump_from", "1"]) == int(fourth.fields["jump_from", "2"]) == 1
    assert first.fields["title", "1"].startswith(fourth.fields["title", "1"])
    assert ("title", "2") not in fourth.fields


def test_the_gb18030_page_needs_gb18030() -> None:
    data = (CORPUS / "泮州日报/2022-09-18/副刊07.txt").read_bytes()
    for encoding in ("utf-8", "gbk"):
        with pytest.raises(UnicodeDecodeError):
            data.decode(encoding)
    assert "䴙䴘" in data.decode("gb18030")


def test_one_page_has_a_bom_and_one_has_crlf() -> None:
    raw = {read_gold(path).page: (CORPUS / read_gold(path).page).read_bytes() for path in GOLD}
    assert [page for page, data in raw.items() if data.startswith(b"\xef\xbb\xbf")] == ["荻江新報-19361011-第三版.txt"]
    assert [page for page, data in raw.items() if b"\r" in data] == [CRLF]
    assert raw[CRLF].count(b"\r\n") == raw[CRLF].count(b"\n") == raw[CRLF].count(b"\r")


@pytest.mark.parametrize("word", ["渡口", "茶", "水", "乌桕渡", "荻江"])
def test_words_recur_from_page_to_page(word: str) -> None:
    assert sum(word in "".join(read_page(read_gold(path).page)) for path in GOLD) >= 4
