"""The command line: what it prints, where, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tui import __version__
from tui.cli import main

Captured = pytest.CaptureFixture[str]

PAGE = """# 渡口的灯换成了太阳能

本报讯（记者 温亦舟）昨日傍晚，柳塘渡口的十二盏灯换成了太阳能灯。

渡工老秦说，从前点灯要划船去对岸，如今天一黑，灯自己
就亮。
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    (folder / "柳塘日报" / "2024-03-09").mkdir(parents=True)
    (folder / "柳塘日报" / "2024-03-09" / "01.txt").write_text(PAGE, "utf-8")
    return folder


NAME = "柳塘日报/2024-03-09/01.txt"


def test_version_and_usage(capsys: Captured) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"jianbao {__version__}\n"
    with pytest.raises(SystemExit) as ended:
        main(["search"])
    assert ended.value.code == 2


def test_reading_without_a_terminal_is_refused_in_one_line(folder: Path, capsys: Captured) -> None:
    assert main([str(folder)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_parse_prints_articles_with_spans_of_the_page(folder: Path, capsys: Captured) -> None:
    assert main(["parse", str(folder / NAME)]) == 0
    page = json.loads(capsys.readouterr().out)
    (article,) = page["articles"]
    assert article["title"] == "渡口的灯换成了太阳能"
    assert article["authors"] == ["温亦舟"]
    assert {"kicker", "subtitle", "column", "byline", "continued_from", "continued_on", "blocks"} <= article.keys()
    for block in article["blocks"]:
        assert block["text"] == "".join(PAGE[start:end] for start, end in block["spans"])
    assert (page["paper"], page["date"], page["number"]) == ("柳塘日报", "2024-03-09", "1")


def test_parse_as_markdown(folder: Path, capsys: Captured) -> None:
    assert main(["parse", "--format", "md", str(folder / NAME)]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("# 渡口的灯换成了太阳能\n\n")
    assert "如今天一黑，灯自己就亮。" in printed


def test_parse_explains_each_line(folder: Path, capsys: Captured) -> None:
    assert main(["parse", "--format", "explain", str(folder / NAME)]) == 0
    printed = capsys.readouterr().out
    assert "headline" in printed
    assert "body" in printed


def test_parse_names_a_bad_file_and_prints_the_rest(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01\x02" * 30)
    assert main(["parse", str(tmp_path / "bad.txt"), str(tmp_path / "none.txt"), str(folder / NAME)]) == 2
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == 1
    assert [line.startswith("jianbao: ") for line in captured.err.splitlines()] == [True, True]
    assert "bad.txt" in captured.err
    assert "none.txt: No such file" in captured.err


def test_index_counts_and_reads_only_what_is_new(folder: Path, capsys: Captured) -> None:
    assert main(["index", str(folder)]) == 0
    assert capsys.readouterr().out == "1 pages, 1 articles (1 new, 0 changed, 0 gone)\n"
    assert main(["index", str(folder)]) == 0
    assert "(0 new, 0 changed, 0 gone)" in capsys.readouterr().out
    (folder / "two.txt").write_text(PAGE.replace("十二", "十三"), "utf-8")
    (folder / NAME).unlink()
    assert main(["index", str(folder)]) == 0
    assert "(1 new, 0 changed, 1 gone)" in capsys.readouterr().out


def test_index_names_files_that_cannot_be_read(folder: Path, capsys: Captured) -> None:
    (folder / "empty.txt").touch()
    assert main(["index", str(folder)]) == 2
    captured = capsys.readouterr()
    assert captured.out.startswith("1 pages")
    assert captured.err.startswith("jianbao: empty.txt: ")


def test_search_prints_one_object_an_article(folder: Path, capsys: Captured) -> None:
    assert main(["search", str(folder), "自己就亮", "--format", "jsonl"]) == 0
    (found,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert found.keys() == {"page", "title", "paper", "date", "hits"}
    assert found["page"] == NAME
    (hit,) = found["hits"]
    assert hit["text"] == "自己就亮"
    assert [PAGE[start:end] for start, end in hit["spans"]] == ["自己", "就亮"]  # over a broken line it has two


def test_search_as_a_table_shows_the_hit_in_context(folder: Path, capsys: Captured) -> None:
    assert main(["search", str(folder), "太陽能"]) == 0
    captured = capsys.readouterr()
    assert "2024-03-09  柳塘日报  p.1  渡口的灯换成了太阳能" in captured.out
    assert "2× " in captured.out
    assert captured.err == "1 article\n"


def test_a_search_that_finds_nothing_exits_with_1(folder: Path, capsys: Captured) -> None:
    assert main(["search", str(folder), "没有这样的词"]) == 1
    assert capsys.readouterr().out == ""


def test_limit_cuts_the_list(corpus: Path, tmp_path: Path, capsys: Captured) -> None:
    shutil.copytree(corpus, tmp_path / "corpus")
    assert main(["search", str(tmp_path / "corpus"), "渡口", "--format", "jsonl", "--limit", "2"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_copies_are_counted_and_folded(folder: Path, capsys: Captured) -> None:
    again = folder / "柳塘日报" / "2024-04-01"
    again.mkdir()
    (again / "02.txt").write_text(PAGE.replace("渡口的灯换成了太阳能", "柳塘渡口换灯"), "utf-8")
    assert main(["search", str(folder), "太阳能", "--fold"]) == 0
    captured = capsys.readouterr()
    assert "2024-04-01  柳塘日报  p.2  柳塘渡口换灯" in captured.out
    assert "2024-03-09" not in captured.out
    assert captured.err == "2 articles in 1 story\n"
    assert main(["search", str(folder), "太阳能", "--format", "jsonl"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert main(["index", str(folder)]) == 0
    assert "2 pages, 2 articles, 1 story more than once (" in capsys.readouterr().out


def test_annotate_prints_the_id_of_what_is_on_the_disk(folder: Path, capsys: Captured) -> None:
    start = PAGE.index("渡工")
    arguments = [
        "annotate",
        str(folder),
        NAME,
        str(start),
        str(start + 4),
        "--note",
        "是谁？",
        "--tag",
        "人物",
        "--tag",
        "水运",
    ]
    assert main(arguments) == 0
    identifier = capsys.readouterr().out.strip()
    assert main(["export", str(folder), "--format", "json"]) == 0
    exported = json.loads(capsys.readouterr().out)
    assert (exported["format"], exported["version"]) == ("jianbao-annotations", 1)
    (annotation,) = exported["annotations"]
    assert annotation["id"] == identifier
    assert annotation["exact"] == "渡工老秦"
    assert annotation["spans"] == [[start, start + 4]]
    assert annotation["prefix"] == PAGE[start - 32 : start]
    assert annotation["suffix"] == PAGE[start + 4 : start + 36]
    assert (annotation["note"], annotation["tags"]) == ("是谁？", ["人物", "水运"])
    assert annotation["article"]["title"] == "渡口的灯换成了太阳能"
    assert (folder / "annotations.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("page", "start", "end"), [("no.txt", "0", "1"), (NAME, "5", "5"), (NAME, "0", "9999"), (NAME, "-3", "2")]
)
def test_annotate_refuses_what_is_no_passage(folder: Path, capsys: Captured, page: str, start: str, end: str) -> None:
    assert main(["annotate", str(folder), page, "--", start, end]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (folder / "annotations.json").exists()


def test_export_to_a_file_replaces_nothing_unless_told(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    main(["annotate", str(folder), NAME, "2", "6", "--note", "=1+1"])
    target = tmp_path / "out.csv"
    assert main(["export", str(folder), "--format", "csv", "-o", str(target)]) == 0
    rows = list(csv.DictReader(io.StringIO(target.read_text("utf-8-sig"))))
    assert [row["note"] for row in rows] == ["'=1+1"]
    assert main(["export", str(folder), "--format", "csv", "-o", str(target)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert main(["export", str(folder), "--format", "csv", "-o", str(target), "--force"]) == 0


def test_export_of_a_query_holds_only_its_articles(folder: Path, capsys: Captured) -> None:
    (folder / "two.txt").write_text("# 雨前茶少了三成\n\n今年清明前后，石坪乡下了二十一天雨。\n", "utf-8")
    main(["annotate", str(folder), NAME, "2", "6"])
    main(["annotate", str(folder), "two.txt", "2", "6"])
    capsys.readouterr()
    assert main(["export", str(folder), "--format", "json", "--query", "石坪"]) == 0
    assert [one["page"] for one in json.loads(capsys.readouterr().out)["annotations"]] == ["two.txt"]


def test_check_is_content_with_a_sound_folder(folder: Path, capsys: Captured) -> None:
    main(["annotate", str(folder), NAME, "2", "6"])
    capsys.readouterr()
    assert main(["check", str(folder)]) == 0
    assert capsys.readouterr().out == "1 pages, 1 articles, 1 annotations\n"


def test_check_lists_orphans_and_bad_files(folder: Path, capsys: Captured) -> None:
    main(["annotate", str(folder), NAME, "2", "6"])
    (folder / NAME).write_text("# 别的一页\n\n说的全是别的事情，一个字也不提从前的那一页上写过些什么。\n", "utf-8")
    (folder / "empty.txt").touch()
    capsys.readouterr()
    assert main(["check", str(folder)]) == 1
    printed = capsys.readouterr().out
    assert "empty.txt: " in printed
    assert "“渡口的灯”" in printed


def test_check_says_what_to_mind_of_the_place(folder: Path, capsys: Captured) -> None:
    (folder / ".stfolder").mkdir()
    assert main(["check", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "This folder is synchronised (Syncthing): let that finish before it is opened on another machine"
    ]


def test_a_damaged_store_is_named_and_left_alone(folder: Path, capsys: Captured) -> None:
    store = folder / "annotations.json"
    for damaged in (b"", b"null", b'{"annotations": {"1"', b"\xff\xfe\x00"):
        store.write_bytes(damaged)
        assert main(["annotate", str(folder), NAME, "2", "6"]) == 2
        error = capsys.readouterr().err
        assert error.count("\n") == 1
        assert "annotations.json: damaged: " in error
        assert f"jianbao restore {folder}" in error
        assert main(["check", str(folder)]) == 1
        assert "annotations.json: damaged: " in capsys.readouterr().out
        assert store.read_bytes() == damaged


@pytest.mark.parametrize("command", ["index", "search", "check", "export", "annotate"])
def test_a_folder_that_is_not_there_is_one_line(command: str, tmp_path: Path, capsys: Captured) -> None:
    rest = {"search": ["x"], "export": ["--format", "csv"], "annotate": ["a", "0", "1"]}.get(command, [])
    assert main([command, str(tmp_path / "none"), *rest]) == 2
    assert capsys.readouterr().err == f"jianbao: {tmp_path / 'none'}: No such file or directory\n"


def test_a_read_only_folder_keeps_its_notes_in_the_users_data(folder: Path, capsys: Captured) -> None:
    for place in (folder, *folder.rglob("*")):
        place.chmod(0o555 if place.is_dir() else 0o444)
    try:
        assert main(["annotate", str(folder), NAME, "2", "6"]) == 0
        identifier = capsys.readouterr().out.strip()
        assert main(["export", str(folder), "--format", "json"]) == 0
        assert [one["id"] for one in json.loads(capsys.readouterr().out)["annotations"]] == [identifier]
        assert sorted(path.name for path in folder.iterdir()) == ["柳塘日报"]
    finally:
        for place in (folder, *folder.rglob("*")):
            place.chmod(0o755 if place.is_dir() else 0o644)


def test_settings_are_shown_and_mistakes_in_them_named(capsys: Captured) -> None:
    assert main(["config", "show"]) == 0
    assert 'theme = "jianbao-dark"' in capsys.readouterr().out
    assert main(["config", "keys"]) == 0
    assert "`reader.highlight`" in capsys.readouterr().out
    path = Path(os.environ["XDG_CONFIG_HOME"]) / "jianbao" / "config.toml"
    path.parent.mkdir(parents=True)
    wrong = ("theme = 1", "measure = 3", "measure = true", "nonsense = 1", "theme =", '[keys]\n"reader.fly" = "f"')
    setting = ('rules = "lax"', "slack = 21", "slack = -1", "slack = true", "hanging = 1", 'ambiguous = "2"')
    for text in (*wrong, *setting):
        path.write_text(text, "utf-8")
        assert main(["config", "keys"]) == 2, text
        assert capsys.readouterr().err.count("\n") == 1


COMMANDS = (
    ["--version"],
    ["parse", "{page}"],
    ["parse", "--format", "md", "{page}"],
    ["index", "{folder}"],
    ["search", "{folder}", "渡口"],
    ["annotate", "{folder}", NAME, "2", "6"],
    ["export", "{folder}", "--format", "md"],
    ["check", "{folder}"],
    ["config", "keys"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_without_a_screen_imports_textual(folder: Path, command: list[str]) -> None:
    arguments = [word.format(folder=folder, page=folder / NAME) for word in command]
    program = (
        "import sys\nfrom tui.cli import main\n"
        "try:\n    code = main(sys.argv[1:])\nexcept SystemExit as ended:\n    code = ended.code\n"
        "loaded = [name for name in ('textual', 'jieba', 'rjieba') if name in sys.modules]\n"
        "sys.exit(f'loaded {loaded}' if loaded else code)"
    )
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_module_runs_like_the_command(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui", "index", str(folder)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "1 pages, 1 articles (1 new, 0 changed, 0 gone)\n"


def test_what_nobody_foresaw_is_one_line_and_a_report(
    folder: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> int:
        raise ZeroDivisionError("\x1b[31m")

    monkeypatch.setattr("tui.headless.folder.index", broken)
    assert main(["index", str(folder)]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "ZeroDivisionError" in error
    report = Path(os.environ["XDG_STATE_HOME"]) / "jianbao" / "crash.txt"
    assert "test_cli.py" in report.read_text("utf-8")


def test_a_mistake_in_a_query_is_one_line_with_its_place(folder: Path, capsys: Captured) -> None:
    for command in (
        ["search", str(folder), "渡口 titel:灯"],
        ["search", str(folder), "渡口 titel:灯", "--format", "kwic"],
        ["stats", str(folder), "渡口 titel:灯"],
        ["export", str(folder), "--format", "csv", "--query", "渡口 titel:灯"],
    ):
        assert main(command) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.startswith("jianbao: the query, character 4 to 9 (titel:): There is no field “titel”")
        assert captured.err.count("\n") == 1


def test_a_search_names_what_only_initials_found(folder: Path, capsys: Captured) -> None:
    assert main(["search", str(folder), "tyn", "--format", "jsonl"]) == 0
    (found,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert found["initials"] is True
    assert {hit["text"] for hit in found["hits"]} == {"太阳能"}
    assert main(["search", str(folder), "tyn"]) == 0
    captured = capsys.readouterr()
    assert "~2× " in captured.out
    assert captured.err == "0 articles + 1 by initials\n"


def test_index_also_finds_keywords(folder: Path, capsys: Captured) -> None:
    (folder / "words.dict").write_text("坊\n柳塘渡坊 ns\n", "utf-8")
    assert main(["index", str(folder), "--keywords"]) == 2
    out, err = capsys.readouterr()
    articles = int(out.split(" articles")[0].split()[-1])
    assert out.splitlines()[1].startswith(f"keywords: {articles} articles read")
    assert err == f"jianbao: {folder / 'words.dict'}:1: is too short: a word has two characters or more\n"
    (folder / "words.dict").unlink()
    assert main(["index", str(folder), "--keywords"]) == 0


def test_check_names_damaged_lines_of_words(folder: Path, capsys: Captured) -> None:
    (folder / "words.dict").write_text("——\n", "utf-8")
    assert main(["check", str(folder)]) == 1
    assert f"{folder / 'words.dict'}:1: is no line of a list of words" in capsys.readouterr().out
