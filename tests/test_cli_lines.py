"""The commands on files that hold an article a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tui.cli import main

Captured = pytest.CaptureFixture[str]

LINES = """\
{"id": 7, "引题": "夜渡不再摸黑", "title": "渡口的灯", "author": "温亦舟", \
"body": "昨日傍晚，灯亮了。\\n渡工老秦笑了。", "date": "2024年3月9日", "source": "柳塘日报", "版次": "第01版：要闻"}
{"title": "无题"
{"text": ["没有标题的一条。"]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "柳塘.jsonl").write_text(LINES, "utf-8")
    return folder


def test_parse_prints_a_page_a_line_and_names_the_bad_ones(folder: Path, capsys: Captured) -> None:
    file = folder / "柳塘.jsonl"
    assert main(["parse", str(file)]) == 2
    captured = capsys.readouterr()
    first, second = [json.loads(line) for line in captured.out.splitlines()]
    assert captured.err.startswith(f"jianbao: {file}:2: is no JSON: ")
    assert captured.err.count("\n") == 1
    assert first["page"].startswith(f"{file}#")
    assert (first["paper"], first["date"], first["number"], first["section"]) == ("柳塘日报", "2024-03-09", "1", "要闻")
    (article,) = first["articles"]
    assert (article["kicker"], article["title"], article["authors"]) == ("夜渡不再摸黑", "渡口的灯", ["温亦舟"])
    said = [block["text"] for block in article["blocks"] if block["role"] == "body"]
    assert said == ["昨日傍晚，灯亮了。", "渡工老秦笑了。"]
    assert second["articles"][0]["blocks"][0]["text"] == "没有标题的一条。"


def test_parse_as_markdown_parts_the_articles(folder: Path, capsys: Captured) -> None:
    assert main(["parse", "--format", "md", str(folder / "柳塘.jsonl")]) == 2
    assert capsys.readouterr().out.endswith("渡工老秦笑了。\n\n没有标题的一条。\n")


def test_parse_has_nothing_to_explain(folder: Path, capsys: Captured) -> None:
    assert main(["parse", "--format", "explain", str(folder / "柳塘.jsonl")]) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)


@pytest.mark.parametrize("content", [b"", b"\0\1\2" * 50])
def test_parse_names_a_file_without_lines(content: bytes, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "a.jsonl").write_bytes(content)
    assert main(["parse", str(tmp_path / "a.jsonl")]) == 2
    assert capsys.readouterr().err.startswith(f"jianbao: {tmp_path / 'a.jsonl'}: is ")


def test_lines_are_indexed_found_annotated_exported_and_checked(folder: Path, capsys: Captured) -> None:
    assert main(["index", str(folder)]) == 2
    captured = capsys.readouterr()
    assert captured.out == "2 pages, 2 articles (2 new, 0 changed, 0 gone)\n"
    assert captured.err.startswith("jianbao: 柳塘.jsonl:2: ")
    assert main(["search", str(folder), "老秦", "--format", "jsonl"]) == 0
    (found,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert found["page"].startswith("柳塘.jsonl#")
    (span,) = found["hits"][0]["spans"]
    assert main(["annotate", str(folder), found["page"], str(span[0]), str(span[1]), "--tag", "人物"]) == 0
    identifier = capsys.readouterr().out.strip()
    (folder / "柳塘.jsonl").write_text('{"title": "新的一条"}\n' + LINES, "utf-8")
    assert main(["export", str(folder), "--format", "json"]) == 0
    (exported,) = json.loads(capsys.readouterr().out)["annotations"]
    assert (exported["id"], exported["page"], exported["exact"]) == (identifier, found["page"], "老秦")
    assert exported["article"]["title"] == "渡口的灯"
    assert main(["check", str(folder)]) == 1
    printed = capsys.readouterr().out
    assert printed.startswith("3 pages, 3 articles, 1 annotations\n柳塘.jsonl:3: ")
    assert printed.count("\n") == 2


def test_an_export_is_not_written_among_the_lines(folder: Path, capsys: Captured) -> None:
    assert main(["export", str(folder), "--format", "json", "-o", str(folder / "out.jsonl")]) == 2
    assert "would be read as a page" in capsys.readouterr().err
