from __future__ import annotations

import csv
import io
import json
import random
import re
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.export.samples import EXPORT, GOLDEN, annotation
from tests.library.made import any_annotation
from tui.display import visible
from tui.export.registry import FORMATS, Export, ExportedAnnotation
from tui.export.spreadsheet import COLUMNS, GUARDED
from tui.export.values import in_order, sections
from tui.model import Article, Block, Imprint, Role, Scope, Span

EMPTY = replace(EXPORT, annotations=(), tags=())


def one(**fields: object) -> Export:
    return replace(EXPORT, annotations=(ExportedAnnotation(annotation("a1", 5, "引文", **fields)),))


def rows(export: Export) -> list[dict[str, str]]:
    text = FORMATS["csv"].write(export).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def unguarded(cell: str) -> str:
    return cell[1:] if GUARDED.match(cell) else cell


@pytest.mark.parametrize("name", ["csv", "json", "markdown"])
def test_each_format_writes_its_golden_file(name: str) -> None:
    form = FORMATS[name]
    assert form.write(EXPORT) == (GOLDEN / f"export{form.suffix}").read_bytes()


@pytest.mark.parametrize("name", FORMATS)
def test_the_order_in_which_annotations_come_makes_no_difference(name: str) -> None:
    shuffled = list(EXPORT.annotations)
    random.Random(1).shuffle(shuffled)
    assert FORMATS[name].write(replace(EXPORT, annotations=tuple(shuffled))) == FORMATS[name].write(EXPORT)


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_of_nothing_is_a_whole_file(name: str) -> None:
    assert FORMATS[name].write(EMPTY).endswith(b"\n")


def test_md_is_short_for_markdown_and_every_name_leads_to_its_own_format() -> None:
    assert FORMATS["md"] is FORMATS["markdown"]
    assert all(FORMATS[form.name] is form for form in FORMATS.values())
    assert {form.suffix for form in FORMATS.values()} == {".csv", ".json", ".md"}


def test_articles_come_by_page_and_place_the_whole_before_its_passages() -> None:
    found = [[each.annotation.id[-1] for each in section] for section in sections(EXPORT)]
    assert found == [["1", "2"], ["3"], ["4"]]


def test_an_annotation_of_the_whole_comes_first_even_where_the_headline_stands_below_the_text() -> None:
    passage = ExportedAnnotation(annotation("a", 10, "文"), title="题", article_start=10)
    whole = ExportedAnnotation(annotation("b", 90, "题", scope=Scope.ARTICLE), title="题", article_start=10)
    assert sections(replace(EXPORT, annotations=(passage, whole))) == ((whole, passage),)


def test_what_is_outside_any_article_comes_at_its_page_s_end() -> None:
    article = ExportedAnnotation(annotation("a", 500, "文"), title="题", article_start=480)
    outside = ExportedAnnotation(annotation("b", 3, "文"))
    assert in_order(replace(EXPORT, annotations=(outside, article))) == (article, outside)


def test_articles_of_one_title_stay_apart() -> None:
    first, second = (ExportedAnnotation(annotation("a", at, "文"), title="简讯", article_start=at) for at in (10, 90))
    assert sections(replace(EXPORT, annotations=(second, first))) == ((first,), (second,))


def test_an_exported_annotation_takes_what_its_article_and_page_say() -> None:
    class Stored:
        article = Article((Block(Role.HEADLINE, (Span(7, 9),)),), title="题", authors=("周明",))

        class page:  # noqa: N801
            imprint = Imprint("晚报", "2024-01-25", "2", "城事")

    mine = annotation("a", 7, "题")
    assert ExportedAnnotation.of(mine, Stored()) == ExportedAnnotation(
        mine, "题", "晚报", "2024-01-25", "2", "城事", ("周明",), 7
    )
    assert ExportedAnnotation.of(mine, None) == ExportedAnnotation(mine)


UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
PAYLOAD = "\x1b]52;c;x\x07\x9b31m\x00\u202e\u200b\ufeff\r\U000e0041"


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_that_a_terminal_obeys_is_written(name: str) -> None:
    hostile = ExportedAnnotation(
        annotation("a1", 5, PAYLOAD, note=PAYLOAD, author=PAYLOAD, tags=(PAYLOAD,), page=PAYLOAD, prefix=PAYLOAD),
        title=PAYLOAD + "\ud800",
        paper=PAYLOAD,
        date=PAYLOAD,
        number=PAYLOAD,
        section=PAYLOAD,
        authors=(PAYLOAD,),
    )
    written = FORMATS[name].write(replace(EXPORT, annotations=(hostile,), library_name=PAYLOAD + "\udcff"))
    text = written.decode("utf-8-sig" if name == "csv" else "utf-8")
    assert not UNSAFE.search(text.replace("\r\n", "\n"))


@given(st.lists(any_annotation, max_size=3), st.text(max_size=10))
def test_json_gives_everything_back(annotations: list[object], title: str) -> None:
    export = replace(EXPORT, annotations=tuple(ExportedAnnotation(each, title) for each in annotations))  # type: ignore[arg-type]
    read = json.loads(FORMATS["json"].write(export))
    assert list(read) == ["format", "version", "annotations", "tags"]
    assert (read["format"], read["version"]) == ("jianbao-annotations", 1)
    assert read["tags"] == [
        {"name": tag.name, "colour": tag.colour, "description": tag.description} for tag in export.tags
    ]  # the digit is a habit of one reader's
    for found, each in zip(read["annotations"], in_order(export), strict=True):
        article = found.pop("article")
        assert article["title"] == title
        wanted = asdict(each.annotation)
        wanted["spans"] = [[span.start, span.end] for span in each.annotation.spans]
        wanted["tags"] = list(each.annotation.tags)
        assert found == wanted


def test_json_has_an_annotation_a_line() -> None:
    lines = FORMATS["json"].write(EXPORT).decode().splitlines()
    assert sum(line.startswith('{"id"') for line in lines) == len(EXPORT.annotations)


def test_csv_is_what_spreadsheets_read() -> None:
    data = FORMATS["csv"].write(EXPORT)
    assert data.startswith(b"\xef\xbb\xbfid,page,")
    assert data.endswith(b"\r\n")
    found = rows(EXPORT)
    assert tuple(found[0]) == COLUMNS
    assert found[1]["spans"] == "60-68;69-77"
    assert found[1]["tags"].split("\n") == ["政策/产业", "2024", "待 查"]
    assert found[1]["authors"].split("\n") == ["周明", "李小满"]
    assert found[1]["note"] == "核对长度：\n- 县志作 1.3 公里\n\n见 [附录](http://example.org)"


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "'=", "''@"])
def test_what_looks_like_a_formula_is_guarded_and_can_be_taken_back(first: str) -> None:
    cell = rows(one(note=f"{first}HYPERLINK(1)"))[0]["note"]
    assert cell.startswith("'")
    assert unguarded(cell) == f"{first}HYPERLINK(1)".replace("\0", "␀").replace("\r", "␍")


@pytest.mark.parametrize("text", ["文 = 图", "'引'", "5-3", "a@b", "，", ""])
def test_what_looks_like_none_is_not(text: str) -> None:
    assert rows(one(note=text))[0]["note"] == text


@given(
    st.text(st.sampled_from("'=+-@\t\n＝,;\"甲 ") | st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]))
)
def test_any_note_comes_back_from_csv(note: str) -> None:
    found = unguarded(rows(one(note=note))[0]["note"])
    assert found == "\t".join(visible(part) for part in note.split("\t"))


def test_markdown_has_front_matter_that_yaml_reads() -> None:
    head = FORMATS["markdown"].write(EXPORT).decode().split("---\n")[1]
    assert all(json.loads(line.removeprefix("  - ").split(": ", 1)[-1]) for line in head.splitlines() if '"' in line)
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    assert yaml.safe_load(head) == {
        "library": "我的剪报: 2024",
        "exported": "2024-02-01T12:00:00Z",
        "annotations": "4",
        "tags": ["2024_", "交通", "待-查", "政策/产业", "民生"],
    }


def test_markdown_has_a_heading_an_article_and_a_quotation_a_passage() -> None:
    body = FORMATS["markdown"].write(EXPORT).decode().split("---\n", 2)[2]
    tokens = MarkdownIt("commonmark").parse(body)
    headings = [tokens[at + 1].content for at, token in enumerate(tokens) if token.type == "heading_open"]
    assert headings == ["我的剪报: 2024", "新桥今晨通车", r"菜市场里的\*春天\*", "(outside any article)"]
    assert sum(token.type == "blockquote_open" for token in tokens) == 3
    assert {token.type.removesuffix("_open").removesuffix("_close") for token in tokens} == {
        "heading",
        "paragraph",
        "inline",
        "blockquote",
    }


def test_markdown_gives_every_annotation_a_block_id_once() -> None:
    text = FORMATS["markdown"].write(EXPORT).decode()
    assert sorted(re.findall(r"^\^h-(\w+)$", text, re.MULTILINE)) == [f"c0ffee00000{number}" for number in (1, 2, 3, 4)]


@given(st.lists(any_annotation, min_size=1, max_size=2, unique_by=lambda each: each.id), st.text(max_size=10))
def test_no_annotation_breaks_out_of_its_place_in_markdown(annotations: list[object], title: str) -> None:
    found = tuple(ExportedAnnotation(each, title, paper=title) for each in annotations)  # type: ignore[arg-type]
    body = FORMATS["markdown"].write(replace(EXPORT, annotations=found)).decode().split("---\n", 2)[2]
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    assert {token.type for token in tokens if token.type.endswith("_open")} <= {
        "heading_open",
        "paragraph_open",
        "blockquote_open",
    }
    assert not {token.type for token in tokens} & {"fence", "code_block", "hr", "html_block"}
    passages = sum(each.annotation.scope is Scope.SPAN for each in found)
    assert sum(token.type == "blockquote_open" for token in tokens) == passages
    articles = len(sections(replace(EXPORT, annotations=found)))
    assert sum(token.type == "heading_open" for token in tokens) == 1 + articles
