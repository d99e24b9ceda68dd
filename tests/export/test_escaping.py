from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tui.display import visible, visible_line
from tui.export.escaping import hashtag, inline, paragraphs, yaml_text

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MARKS = "\\`*_[]<>#~$^|&;=%!()-+.:'\"0123456789xamp \t\n\r甲乙　。@{}/"
hostile = st.text(st.sampled_from(MARKS) | st.characters(), max_size=40)


def squeezed(text: str) -> str:
    return "".join(text.split())


def said(tokens: list[Token]) -> str:
    """The text of inline tokens, all of which have to be text."""
    for token in tokens:
        assert token.type in {"text", "softbreak"}
    return "".join(token.content if token.type == "text" else "\n" for token in tokens)


def assert_is_text(markdown: str, around: list[str], text: str) -> None:
    """That `markdown` is nothing but paragraphs within blocks of the types `around`, and says `text`."""
    tokens = PARSER.parse(markdown)
    kinds = {token.type for token in tokens}
    assert kinds <= {*around, "paragraph_open", "paragraph_close", "inline"}
    assert squeezed("".join(said(token.children or []) for token in tokens)) == squeezed(text)


@given(hostile)
def test_no_text_breaks_out_of_a_quotation(text: str) -> None:
    markdown = paragraphs(text, "> ")
    assert_is_text(markdown, ["blockquote_open", "blockquote_close"], visible(text.replace("\r\n", "\n")))
    assert [token.type for token in PARSER.parse(markdown) if token.level == 0][1:-1] == []
    assert PARSER.parse(markdown)[0].type == "blockquote_open"


@given(hostile)
def test_no_text_breaks_out_of_a_note(text: str) -> None:
    assert_is_text(paragraphs(text), [], visible(text.replace("\r\n", "\n")))


@given(hostile)
def test_no_text_breaks_out_of_a_heading(text: str) -> None:
    markdown = f"## {inline(text)}\n\nrest"
    tokens = PARSER.parse(markdown)
    assert [token.type for token in tokens[:3]] == ["heading_open", "inline", "heading_close"]
    assert squeezed(said(tokens[1].children or [])) == squeezed(visible_line(text))
    assert [token.type for token in tokens[3:]] == ["paragraph_open", "inline", "paragraph_close"]


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("# 标题", r"\# 标题"),
        ("- 一", r"\- 一"),
        ("-5°C", "-5°C"),
        ("---", r"\---"),
        ("===", r"\=\=\="),
        ("1. 一", r"1\. 一"),
        ("1.5亿", "1.5亿"),
        ("2024) x", r"2024\) x"),
        ("2+2=4", "2+2=4"),
        ("5%，100%", "5%，100%"),
        ("%%藏%%", r"\%\%藏\%\%"),
        ("==亮==", r"\=\=亮\=\="),
        ("AT&T &lt;", r"AT&T \&lt;"),
        ("[[链接]]", r"\[\[链接\]\]"),
        ("![x](y)", r"!\[x\](y)"),
        ("    缩进", "缩进"),
        ("　　缩进", "　　缩进"),
        ("|a|b|", r"\|a\|b\|"),
        ("x ^h-1", r"x \^h-1"),
        ("\x1b[31m", "␛\\[31m"),
    ],
)
def test_only_what_markdown_would_take_for_its_own_is_escaped(text: str, markdown: str) -> None:
    assert paragraphs(text) == markdown


def test_paragraphs_keep_lines_and_blank_lines() -> None:
    assert paragraphs("\n一\r\n二\n\n三\n", "> ") == "> 一\n> 二\n>\n> 三"


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("政策/产业", "政策/产业"),
        ("待 查", "待-查"),
        ("#x", "-x"),
        ("a.b:c", "a-b-c"),
        ("2024", "2024_"),
        ("2024/01", "2024/01_"),
        ("y2024", "y2024"),
        ("读📰", "读📰"),
        ("“引”", "-引-"),
        ("a\u202eb", "a-b"),
    ],
)
def test_a_tag_is_one_that_obsidian_takes(tag: str, shown: str) -> None:
    assert hashtag(tag) == shown


@given(st.text(min_size=1))
def test_a_hashtag_is_one_word_without_markdown(tag: str) -> None:
    assert not re.search(r"[\s#*`<>\[\]\\|~^$&]", hashtag(tag))
    assert visible_line(hashtag(tag)) == hashtag(tag)


YAML = [
    "a: b",
    "@x",
    "是 # x",
    "01",
    "12:30",
    "no",
    "~",
    "",
    "a\nb",
    "- x",
    "\x1b[0m",
    '"',
    "\\",
    "\ufffe\uffff",
    "📰",
    "---",
]


@pytest.mark.parametrize("text", YAML)
def test_a_yaml_scalar_reads_back_the_same(text: str) -> None:
    assert json.loads(yaml_text(text)) == visible_line(text)
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    assert yaml.safe_load(f"title: {yaml_text(text)}") == {"title": visible_line(text)}


@given(hostile)
def test_any_yaml_scalar_is_json_on_one_line(text: str) -> None:
    assert json.loads(yaml_text(text)) == visible_line(text)
    assert len(yaml_text(text).splitlines()) == 1
