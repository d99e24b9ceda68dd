"""Every encoding newspapers came in is read, and what is no text is refused with its cause."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import PageError
from tui.pages.decode import decode

SIMPLIFIED = "昨日下午，全市春耕现场会在江边召开。\n农机手们说，今年的雨来得早。\n" * 3
TRADITIONAL = "昨日下午，全市春耕現場會在江邊召開。\n農機手們說，今年的雨來得早。\n" * 3


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be", "hz"])
def test_unmarked_simplified_text_is_read(encoding: str) -> None:
    decoded = decode(SIMPLIFIED.encode(encoding))
    assert (decoded.text, decoded.encoding) == (SIMPLIFIED, encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "utf-16-le", "utf-16-be"])
def test_unmarked_traditional_text_is_read(encoding: str) -> None:
    decoded = decode(TRADITIONAL.encode(encoding))
    assert (decoded.text, decoded.encoding) == (TRADITIONAL, encoding)


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_off(codec: str) -> None:
    assert decode(SIMPLIFIED.encode(codec)).text == SIMPLIFIED


def test_hong_kong_characters_are_read() -> None:
    text = "今日喺啲嘅茶樓，佢哋唔知幾時開門。\n" * 20 + TRADITIONAL
    assert decode(text.encode("big5hkscs")).text == text


def test_small_gb_sets_are_read_as_the_large_one() -> None:
    text = SIMPLIFIED + "䴙䴘"
    assert decode(text.encode("gb18030"), "gbk").text == text
    assert decode(text.encode("gb18030"), "GB2312").encoding == "gb18030"


def test_line_ends_become_line_feeds() -> None:
    assert decode("一\r\n二\r三\n".encode()).text == "一\n二\n三\n"


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", "\u3000\n".encode(), b"\xef\xbb\xbf", b"\xff\xfe"])
def test_nothing_is_empty(data: bytes) -> None:
    with pytest.raises(PageError, match=r"^is empty$"):
        decode(data)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", bytes(range(256)) * 8, b"\x01\x02\x03abc"])
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(PageError, match="no text"):
        decode(data)


def test_text_with_a_nul_is_refused() -> None:
    with pytest.raises(PageError, match="no text"):
        decode(SIMPLIFIED.encode() + b"\x00")


def test_a_few_damaged_bytes_do_not_make_a_page_unreadable() -> None:
    damaged = (SIMPLIFIED * 5).encode()
    decoded = decode(damaged[:-2])
    assert decoded.encoding == "utf-8"
    assert decoded.text.startswith(SIMPLIFIED)


@pytest.mark.parametrize("name", ["no-such-thing", "base64", "utf\x00"])
def test_an_unknown_encoding_is_named(name: str) -> None:
    with pytest.raises(PageError, match="no such encoding"):
        decode(b"abc", name)


def test_a_wrong_encoding_is_named_with_the_byte() -> None:
    with pytest.raises(PageError, match="is not utf-8: byte 0"):
        decode("春".encode("gb18030"), "utf-8")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(PageError):
        text = decode(data).text
        assert text.strip()
        assert "\r" not in text
        assert "\x00" not in text


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=20, max_size=200))
def test_utf8_is_never_taken_for_anything_else(text: str) -> None:
    assert decode(text.encode()) == decode(text.encode("utf-8-sig"))
    assert decode(text.encode()).text == text
