"""A page from path and bytes, and its JSON."""

from __future__ import annotations

import json

import pytest

from tui.errors import PageError
from tui.pages.page import page_json, read_page

TEXT = (
    "江城日报 2024年1月25日 星期四 第02版\n\n河口船厂搬家\n\n"
    "本报讯（记者 张渡）昨日放晴，河口的老船厂拉响了最后一次汽笛。\n"
)


def test_a_page_knows_where_it_comes_from() -> None:
    page = read_page("江城日报/2024-01-25/02.txt", TEXT.encode("gb18030"))
    assert (page.path, page.encoding, page.imprint.date) == ("江城日报/2024-01-25/02.txt", "gb18030", "2024-01-25")
    assert [article.title for article in page.articles] == ["河口船厂搬家"]


def test_a_page_that_is_none_says_why() -> None:
    with pytest.raises(PageError, match="is empty"):
        read_page("a.txt", b"")


def test_json_holds_spans_of_the_pages_text() -> None:
    page = read_page("a.txt", TEXT.encode())
    told = json.loads(json.dumps(page_json(page)))
    assert (told["paper"], told["date"], told["number"], told["encoding"]) == ("江城日报", "2024-01-25", "2", "utf-8")
    (article,) = told["articles"]
    assert article["authors"] == ["张渡"]
    assert (article["continued_from"], article["continued_on"]) == (None, None)
    for block in [*article["blocks"], *told["furniture"]]:
        assert block["text"] == "".join(page.text[start:end] for start, end in block["spans"])
    assert [block["role"] for block in article["blocks"]] == ["headline", "body"]
    assert told["furniture"][0]["text"].startswith("江城日报")
