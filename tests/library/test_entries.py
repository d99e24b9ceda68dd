from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given

from tests.library.made import any_record, made, tag_names
from tui.errors import UsageError
from tui.library.entries import Key, Record, clean_tag, clean_tags, key_of, new_id, now
from tui.library.rows import from_row, to_row
from tui.model import Annotation, Reading, Tag


def test_ids_are_short_fit_for_an_address_and_in_the_order_of_making() -> None:
    found = [new_id() for _ in range(2_000)]
    assert all(re.fullmatch(r"[0-9a-v]{12}", each) for each in found)
    assert found == sorted(set(found))


def test_an_id_says_when_it_was_made() -> None:
    import time

    made_at = int(new_id(), 32) >> 18
    assert abs(made_at - time.time() * 1000) < 60_000


def test_annotations_stand_in_the_file_in_the_order_of_making() -> None:
    numbers = [str(Key.annotation(new_id()).number) for _ in range(100)]
    assert numbers == sorted(numbers)


def test_every_key_has_a_number_that_any_json_reader_keeps_in_a_name() -> None:
    keys = [key_of(made()), Key.annotation("6F0E-4ad6"), Key.tag("政策/产业"), Key.reading("2024/晚报#2.txt", 7)]
    numbers = [key.number for key in keys]
    assert len(set(numbers)) == 4
    assert all(0 <= number < 2**60 for number in numbers)


def test_keys_name_their_records() -> None:
    assert key_of(made("x")) == Key.annotation("x")
    assert key_of(Reading("a#1", 2)) == Key.reading("a#1", 2) != Key.reading("a", 12)
    assert key_of(Tag("x")) == Key.tag("x") != Key.annotation("x")


def test_times_are_utc_to_the_second() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", now())


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("政策", "政策"),
        (" 政策 ", "政策"),
        ("政策 / 产业", "政策/产业"),
        ("　a b　", "a b"),
        ("📰", "📰"),
        ("#x", "#x"),
    ],
)
def test_a_tag_loses_the_white_space_around_its_parts(name: str, kept: str) -> None:
    assert clean_tag(name) == kept


@pytest.mark.parametrize(
    "name", ["", "  ", "/", "a/", "/a", "a//b", "a/ /b", "a\nb", "a\tb", "a\x00", "a\x9bb", "a\u2028b", "\ud800"]
)
def test_a_tag_that_can_not_be_kept_is_refused_in_one_line(name: str) -> None:
    with pytest.raises(UsageError) as raised:
        clean_tag(name)
    assert str(raised.value).isprintable()


def test_tags_keep_their_order_and_stand_once() -> None:
    assert clean_tags(["b", " a", "b ", "a"]) == ("b", "a")


@given(tag_names)
def test_cleaning_twice_is_cleaning_once(name: str) -> None:
    try:
        once = clean_tag(name)
    except UsageError:
        return
    assert clean_tag(once) == once


@given(any_record)
def test_a_record_comes_back_from_its_row(record: Record) -> None:
    row: dict[str, Any] = to_row(record)
    back = from_row(key_of(record).kind, row)
    assert back == record
    assert to_row(record) == row


def test_a_status_that_only_a_later_version_knows_reads_as_anchored() -> None:
    back = from_row(key_of(made()).kind, to_row(made()) | {"status": "doubtful"})
    assert isinstance(back, Annotation)
    assert back == made()
