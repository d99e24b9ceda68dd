"""Records come in as they are, or are refused with a cause."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.conftest import ROOT
from tui.errors import PageError
from tui.model import Imprint, Role, text_of
from tui.pages.imprint import plain_date, plain_number
from tui.pages.records import NAMES, Record, read_record

FULL = {
    "id": "lt-1",
    "column": "柳塘纵横",
    "kicker": "夜渡不再摸黑",
    "title": "渡口的灯换成了太阳能",
    "subtitle": ["十二盏灯昨日亮起", "渡工说省了划船"],
    "byline": "本报记者 温亦舟",
    "authors": ["温亦舟", "John Smith"],
    "body": "　　昨日傍晚，灯亮了。\r\n\r\n渡工老秦笑了。\n",
    "date": "2024-03-09T06:00:00+08:00",
    "paper": "柳塘日报",
    "page": "第01版：要闻",
    "url": "https://paper.example/2024/1.html#x",
    "crawled": {"at": 1, "tags": [None]},
}


def read(**record: Any) -> Record:
    return read_record(json.dumps(record))


def cause(line: str) -> str:
    with pytest.raises(PageError) as raised:
        read_record(line)
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_a_full_record_keeps_all_its_parts() -> None:
    record = read(**FULL)
    assert record.text == (
        "柳塘纵横\n\n夜渡不再摸黑\n\n渡口的灯换成了太阳能\n\n十二盏灯昨日亮起\n\n渡工说省了划船\n\n本报记者 温亦舟\n\n"
        "昨日傍晚，灯亮了。\n\n渡工老秦笑了。\n"
    )
    assert record.imprint == Imprint("柳塘日报", "2024-03-09", "1", "要闻")
    article = record.article
    assert (article.column, article.kicker, article.title) == ("柳塘纵横", "夜渡不再摸黑", "渡口的灯换成了太阳能")
    assert article.subtitle == "十二盏灯昨日亮起 渡工说省了划船"
    assert (article.byline, article.authors) == ("本报记者 温亦舟", ("温亦舟", "John Smith"))
    assert article.certainty == 1.0
    assert [block.role for block in article.blocks] == [
        *(Role.COLUMN, Role.KICKER, Role.HEADLINE, Role.SUBTITLE, Role.SUBTITLE, Role.BYLINE),
        *(Role.BODY, Role.BODY),
    ]


@pytest.mark.parametrize("name", [name for names in NAMES.values() for name in names])
def test_every_name_of_a_field_is_known(name: str) -> None:
    record = read(**{"title": "题", name.upper(): "02"}) if name not in NAMES["title"] else read(**{name: "02"})
    article, where = record.article, record.imprint
    said = {**{field: getattr(article, field, "") for field in NAMES}, "paper": where.paper, "section": where.section}
    field = next(field for field, names in NAMES.items() if name in names)
    if field == "page":
        assert where.number == "2"
    elif field == "body":
        assert record.text == "题\n\n02\n"
    elif field == "authors":
        assert (article.authors, article.byline) == (("02",), "02")
    elif field != "date":
        assert said[field] == "02"


def test_the_readme_names_every_field() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [field for field in NAMES if f"`{field}`" not in readme] == []


def test_the_first_filled_name_counts() -> None:
    assert read(title="题", content="二", body=" ", text="三").text == "题\n\n二\n"
    assert read(title="题", Body="", body="二").text == "题\n\n二\n"


def test_authors_are_a_list_or_parted_by_enumeration_marks() -> None:
    assert read(title="题", author="温亦舟、秦 川；J. Smith, Jr.").article.authors == (
        "温亦舟",
        "秦 川",
        "J. Smith, Jr.",
    )
    listed = read(title="题", authors=["甲、乙", None, "丙"]).article
    assert (listed.authors, listed.byline) == (("甲、乙", "丙"), "甲、乙、丙")


def test_whole_numbers_may_come_as_numbers() -> None:
    assert read(title="题", date=20240309, page=2.0).imprint == Imprint("", "2024-03-09", "2")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2024-03-09", "2024-03-09"),
        ("2024/3/9", "2024-03-09"),
        ("2024年3月9日 星期六", "2024-03-09"),
        ("二〇二四年三月九日", "2024-03-09"),
        ("2024-03-09 08:00:00 +0800", "2024-03-09"),
        ("2024-13-09", ""),
        ("2024-03", ""),
        ("1709942400", ""),
        ("2024-03-09 to 2024-03-11", ""),
        ("about 2024-03-09", ""),
        ("", ""),
    ],
)
def test_only_what_is_plainly_a_date_is_one(text: str, found: str) -> None:
    assert plain_date(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("02", ("2", "")),
        ("A03版", ("A3", "")),
        ("第十二版", ("12", "")),
        ("02版：要闻", ("2", "要闻")),
        ("头版", ("头版", "")),
        ("2-3", ("2-3", "")),
        ("", ("", "")),
    ],
)
def test_a_page_number_is_taken_as_printed(text: str, found: tuple[str, str]) -> None:
    assert plain_number(text) == found


def test_what_no_text_may_hold_is_replaced() -> None:
    record = read_record('{"title": "a\\u0000\\ud800b", "authors": ["\\udc00"], "paper": "\\ud800", "id": "\\ud800"}')
    assert record.text == "a\ufffd\ufffdb\n\n\ufffd\n"
    assert record.imprint.paper == "\ufffd"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "is no JSON: "),
        ('{"title": "a\tb"}', "is no JSON: invalid control character at character 13"),
        ("[]", "is no JSON object"),
        ('"\\ud800"', "is no JSON object"),
        ("{}", "has neither a title nor a body"),
        ('{"title": " ", "body": ["", null]}', "has neither a title nor a body"),
        ('{"title": 1}', "its title is a number, not text"),
        ('{"title": "x", "body": {}}', "its body is an object, not text"),
        ('{"title": "x", "body": ["x", true]}', "its body holds true or false, not text"),
        ('{"title": "x", "date": []}', "its date is a list, neither text nor a whole number"),
        ('{"title": "x", "page": 1.5}', "its page is a number, neither text nor a whole number"),
        ('{"title": "x", "score": NaN}', "is no JSON: it knows no NaN"),
        ('{"title": "x", "page": -Infinity}', "is no JSON: it knows no -Infinity"),
        ('{"title": "x", "page": 1e999}', "its page is a number, neither text nor a whole number"),
        ('{"title": "x", "title": "y"}', "has the key 'title' twice"),
        ('{"title": "x", "\\ud800\\n": 1, "\\ud800\\n": 2}', "has the key '\\ud800\\n' twice"),
        ('{"page": ' + "1" * 5000 + "}", "has a number that is too long"),
        ("[" * 100_000, "is nested too deeply"),
        ('{"a":' * 100_000, "is nested too deeply"),
    ],
    ids=lambda value: value[:24],
)
def test_a_line_that_is_no_article_is_refused_with_the_cause(line: str, said: str) -> None:
    assert cause(line).startswith(said)


def test_a_key_is_of_the_id_or_url_else_of_what_names_the_article() -> None:
    by_id = read(**FULL).key
    assert read(id="lt-1", title="另一题").key == by_id
    assert read(id="lt-2", title="另一题").key != by_id
    assert read(url=FULL["url"], body="一").key == read(url=FULL["url"], body="二").key
    named = read(title="题", date="2024-03-09", paper="报", page="02", body="一").key
    assert read(title="题", date="2024年3月9日", paper="报", page=2, body="二").key == named
    assert read(title="题", date="2024-03-10", paper="报", page=2).key != named
    assert read(body="一").key != read(body="二").key
    assert len(named) == 12
    assert int(named, 16)


names = st.sampled_from([*(name for names in NAMES.values() for name in names), "id", "url", "x", "Title"])
texts = st.text(st.sampled_from("甲乙 \n\r\t#/\u3000\u2028\x00\x1b\ud800\udc00、；02版年月日-:："), max_size=12)
scalars = texts | st.text(st.characters(), max_size=8) | st.none() | st.booleans() | st.integers() | st.floats()
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=2))
records = st.dictionaries(names, texts | st.lists(texts, max_size=4), max_size=8) | st.dictionaries(names, values)


def said(value: Any) -> list[str]:
    """The lines of a field, as a reader of the README would have them."""
    texts = [text or "" for text in (value if isinstance(value, list) else [value])]
    kept = ["".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text) for text in texts]
    return [line.strip() for text in kept for line in text.replace("\r", "\n").split("\n") if line.strip()]


@given(records)
@example({"title": "题", "body": ["一", "\n二"], "authors": "、"})
def test_any_record_is_an_article_or_refused(record: dict[str, Any]) -> None:
    line = json.dumps(record)
    try:
        found = read_record(line)
    except PageError:
        assert cause(line)
        return
    assert read_record(line) == found
    found.text.encode()
    article = found.article
    spans = [span for block in article.blocks for span in block.spans]
    assert spans == sorted(spans)
    assert "".join(found.text.split()) == "".join("".join(text_of(found.text, spans)).split())
    parts = [(block.role, text_of(found.text, block.spans)) for block in article.blocks]
    assert found.text == "\n\n".join(text for _, text in parts) + "\n"
    for field, role in (("title", Role.HEADLINE), ("kicker", Role.KICKER), ("body", Role.BODY)):
        lower = {name: value for name, value in record.items() if name != "Title"}
        given_lines = next((lines for name in NAMES[field] if (lines := said(lower.get(name)))), [])
        if "Title" not in record:
            assert [text for found_role, text in parts if found_role is role] == given_lines
