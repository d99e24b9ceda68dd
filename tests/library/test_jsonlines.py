"""Files of records are read line by line, in whichever encoding, and each bad line is named."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pages.test_records import records
from tui.library import jsonlines
from tui.library.jsonlines import Line


def lines_of(data: bytes) -> list[Line]:
    file = io.BytesIO(data)
    surveyed = jsonlines.survey(file)
    assert not surveyed.problem
    file.seek(0)
    return list(jsonlines.read(file, "a.jsonl", surveyed))


def written(*given_records: dict[str, Any]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in given_records)


TWO = written({"title": "渡口的灯换成了太阳能", "body": "昨日傍晚，灯亮了。"}, {"title": "二", "body": "乙"})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_encoding_and_line_end_will_do(encoding: str, end: str) -> None:
    text = TWO.replace("灯", "燈").replace("换", "換").replace("阳", "陽") if encoding == "big5" else TWO
    found = lines_of(text.replace("\n", end).encode(encoding))
    assert [line.number for line in found] == [1, 2]
    assert [line.page and line.page.text for line in found] == [
        line.page and line.page.text for line in lines_of(text.encode())
    ]


def test_bad_lines_are_named_and_the_rest_comes_in() -> None:
    found = lines_of(b"\n{\n" + TWO.encode() + b"  \n[]\n" + TWO.encode().rstrip())
    assert [line.number for line in found] == [2, 3, 4, 6, 7, 8]
    assert [line.path for line in found if line.problem] == ["a.jsonl:2", "a.jsonl:6"]
    paths = [line.path for line in found if line.page]
    assert paths[2:] == [paths[0] + "-2", paths[1] + "-2"]
    assert all(line.page is None or line.page.path == line.path for line in found)


def test_a_line_in_another_encoding_is_named() -> None:
    line = TWO.splitlines()[0] + "\n"
    found = lines_of(line.encode() * 3 + line.encode("gb18030") + line.encode() + line.encode("gb18030"))
    assert [(line.number, line.problem) for line in found if line.problem] == [(4, "is not utf-8"), (6, "is not utf-8")]


def test_a_little_damage_is_let_pass() -> None:
    line = TWO.splitlines()[0].encode()
    (found,) = lines_of(line[:-2] + b"\xe7" + line[-2:])
    assert found.page
    assert found.page.text.count("\ufffd") == 1


def test_a_line_too_long_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonlines, "LONGEST", 50)
    short = written({"title": "短"})
    found = lines_of((short + written({"title": "长" * 300}) + short + written({"title": "长" * 300})).encode())
    assert [(line.number, line.problem) for line in found if line.problem] == [
        (2, "is longer than 50 characters"),
        (4, "is longer than 50 characters"),
    ]
    assert len(found) == 4


@pytest.mark.parametrize("data", [b"\x00\x01\x02" * 50, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9])
def test_a_file_that_is_no_text_is_named_whole(data: bytes) -> None:
    assert jsonlines.survey(io.BytesIO(data)).problem == "is no text (binary data)"


def test_an_encoding_may_show_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonlines, "_PIECE", 1024)
    plain = written({"title": "plain"}) * 200
    found = lines_of((plain + TWO).encode("gb18030"))
    assert found[-2].page
    assert found[-2].page.articles[0].title == "渡口的灯换成了太阳能"


@given(st.lists(records, min_size=1, max_size=6), st.booleans())
def test_every_record_is_in_or_named(given_records: list[dict[str, Any]], crlf: bool) -> None:
    data = "".join(json.dumps(record) + ("\r\n" if crlf else "\n") for record in given_records).encode()
    found = lines_of(data)
    assert [line.number for line in found] == list(range(1, len(given_records) + 1))
    assert all((line.page is None) == bool(line.problem) for line in found)
    assert len({line.path for line in found}) == len(found)
    for line in found:
        line.path.encode()
        line.problem.encode()


@given(
    st.binary(max_size=200)
    | st.lists(st.sampled_from([b"{", b"}", b'"', b"\n", b"\xb5\xc6", b"[", b"\xff"])).map(b"".join)
)
def test_no_bytes_are_too_much(data: bytes) -> None:
    file = io.BytesIO(data)
    surveyed = jsonlines.survey(file)
    file.seek(0)
    assert surveyed.problem or list(jsonlines.read(file, "a.jsonl", surveyed)) is not None
