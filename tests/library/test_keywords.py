from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.library.conftest import PlainPages
from tui.library import dictionary, gathering, keywords, schema
from tui.library.catalog import Catalog
from tui.library.gathering import Gathered, Pass, gather
from tui.library.schema import UnusableError
from tui.library.wordcounts import pack_chosen, pack_counts, unpack_chosen, unpack_counts
from tui.search import words
from tui.search.nodes import Field, FieldName, Term

FERRY = "#渡口换灯\n渡口的灯换成太阳能灯。渡工说，渡口的石阶也要重铺。"
TEA = "#雨前茶少了\n茶农说，雨水多，茶叶少。茶农和茶叶都等着太阳。"
BRIDGE = "#大桥通车\n大桥通车，渡口停航。渡工走过大桥。"
PAGES = (FERRY, TEA, BRIDGE, f"{FERRY}\n\n{BRIDGE}", "说了")


@pytest.fixture
def catalog() -> Iterator[Catalog]:
    with Catalog(None) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _own_again() -> Iterator[None]:
    yield
    words.use_words({})


def connection(catalog: Catalog) -> sqlite3.Connection:
    return catalog._connection


def having(catalog: Catalog, word: str) -> list[int]:
    """The articles of which `word` is a keyword."""
    return list(catalog.ids(Field(FieldName.KEYWORD, Term(word))))


def counted(catalog: Catalog) -> dict[str, int]:
    rows = connection(catalog).execute("SELECT text, articles FROM word WHERE id <> 0").fetchall()
    assert len(rows) == len(dict(rows))
    return dict(rows)


def counted_from_scratch(catalog: Catalog) -> dict[str, int]:
    from tui.search.keywords import counts_of

    every = [stored for page in catalog.pages() for stored in catalog.articles_on(page)]
    return dict(Counter(word for stored in every for word in counts_of(stored.article, stored.page.text)))


def write(folder: Path, **pages: str) -> None:
    for name, text in pages.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")


@given(st.dictionaries(st.integers(1, 1 << 40), st.integers(1, 400)))
def test_counts_come_back_as_they_were_packed(counts: dict[int, int]) -> None:
    assert unpack_counts(pack_counts(counts)) == counts


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_chosen_words_come_back_in_order(numbers: list[int]) -> None:
    assert list(unpack_chosen(pack_chosen(numbers))) == numbers


@pytest.mark.parametrize("damaged", [b"\x03"])
def test_damaged_counts_are_no_catalog_s(damaged: bytes) -> None:
    with pytest.raises(UnusableError):
        unpack_counts(damaged)
    with pytest.raises(UnusableError):
        unpack_chosen(b"abc")


def test_an_article_has_keywords_once_the_pass_has_been(
    catalog: Catalog, tmp_path: Path, plain_pages: PlainPages
) -> None:
    write(tmp_path, a=FERRY, b=TEA)
    catalog.update(tmp_path)
    ferry, tea = catalog.ids()
    assert (catalog.ask(keywords.of_article, ferry), catalog.ask(keywords.keyword_counts, [ferry, tea], 9)) == ((), [])
    assert catalog.ask(gather, Pass()) == Gathered(2, 2)
    assert catalog.ask(keywords.of_article, ferry)[0] == "渡口"
    assert set(catalog.ask(keywords.of_article, tea)) >= {"茶农", "茶叶"}
    assert catalog.ask(keywords.of_article, 99) == ()
    assert catalog.ask(gather, Pass()) == Gathered()


def test_keywords_are_found_and_counted(catalog: Catalog, tmp_path: Path, plain_pages: PlainPages) -> None:
    write(tmp_path, a=FERRY, b=TEA, c=FERRY)
    catalog.update(tmp_path)
    catalog.ask(gather, Pass())
    ids = catalog.ids()
    assert having(catalog, "渡口") == [ids[0], ids[2]]
    assert having(catalog, "茶農") == [ids[1]]
    assert having(catalog, "没有") == []
    assert dict(catalog.ask(keywords.keyword_counts, ids, 99))["渡口"] == 2
    assert catalog.ask(keywords.keyword_counts, ids, 1)[0][1] == 2
    assert dict(catalog.ask(keywords.keyword_counts, ids[:1], 99))["渡口"] == 1
    for number in ids:
        assert all(number in having(catalog, word) for word in catalog.ask(keywords.of_article, number))


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.none() | st.sampled_from(PAGES), st.booleans()), min_size=1, max_size=10
    )
)
def test_what_is_counted_stays_exact_as_pages_come_and_go(changes: list[tuple[str, str | None, bool]]) -> None:
    from tui.library import storing
    from tui.library.scan import Found
    from tui.library.storing import FileRead

    with Catalog(None) as catalog:
        for name, text, is_time in changes:
            with schema.transaction(connection(catalog)):
                if before := storing.look_up(connection(catalog), name):
                    storing.remove_page(connection(catalog), before.id)
                if text is not None:
                    page = PlainPages().read_page(name, text.encode())
                    storing.insert_page(connection(catalog), FileRead(Found(name, name, 1, 1), b"", page), 1)
            if is_time:
                catalog.ask(gather, Pass())
        catalog.ask(gather, Pass())
        assert counted(catalog) == counted_from_scratch(catalog)
        assert catalog.ask(keywords.texts_counted) == catalog.count()
        for number in catalog.ids():
            for word in catalog.ask(keywords.of_article, number):
                assert number in having(catalog, word)
        entered = connection(catalog).execute("SELECT count(*) FROM keyword").fetchone()[0]
        assert entered == catalog.count()


def test_a_page_that_goes_takes_its_words_with_it(catalog: Catalog, tmp_path: Path, plain_pages: PlainPages) -> None:
    write(tmp_path, a=FERRY)
    catalog.update(tmp_path)
    catalog.ask(gather, Pass())
    (tmp_path / "a.txt").unlink()
    catalog.update(tmp_path)
    assert counted(catalog) == {}
    assert having(catalog, "渡口") == []


def test_a_pass_that_was_stopped_is_gone_on_with(catalog: Catalog, tmp_path: Path, plain_pages: PlainPages) -> None:
    write(tmp_path, **{f"p{number}": FERRY for number in range(40)})
    catalog.update(tmp_path)
    asked = iter(range(1000))
    first = catalog.ask(gather, Pass(stop=lambda: next(asked) > 20))
    assert 0 < first.counted < 40
    assert catalog.ask(keywords.of_article, catalog.ids()[0])  # the newest first
    assert not catalog.ask(keywords.of_article, catalog.ids()[-1])
    second = catalog.ask(gather, Pass())
    assert first.counted + second.counted == 40
    assert counted(catalog)["渡口"] == 40


def test_all_keywords_are_chosen_anew_when_the_corpus_has_grown(
    catalog: Catalog, tmp_path: Path, plain_pages: PlainPages
) -> None:
    write(tmp_path, a="#渡口 石阶\n渡口，石阶，渡口，石阶。", **{f"p{number}": TEA for number in range(8)})
    catalog.update(tmp_path)
    catalog.ask(gather, Pass())
    first = catalog.ids()[0]
    assert catalog.ask(keywords.of_article, first) == ("渡口", "石阶")
    write(tmp_path, **{f"q{number}": FERRY.replace("石阶", "") for number in range(20)})
    catalog.update(tmp_path)
    assert catalog.ask(gather, Pass()) == Gathered(20, 29)
    assert catalog.ask(keywords.of_article, first) == ("石阶", "渡口")
    write(tmp_path, r=TEA)
    catalog.update(tmp_path)
    assert catalog.ask(gather, Pass()) == Gathered(1, 0)


def test_other_words_make_all_anew(catalog: Catalog, tmp_path: Path, plain_pages: PlainPages) -> None:
    write(tmp_path, a=FERRY)
    catalog.update(tmp_path)
    catalog.ask(gather, Pass())
    words.use_words({"太阳能灯": "n"})
    assert catalog.ask(gather, Pass(may_renew=False)) == Gathered()
    assert "太阳能灯" not in counted(catalog)
    assert catalog.ask(gather, Pass()) == Gathered(1, 1)
    assert "太阳能灯" in counted(catalog)
    assert counted(catalog) == counted_from_scratch(catalog)


def test_two_passes_at_once_count_nothing_twice(tmp_path: Path, plain_pages: PlainPages) -> None:
    folder, path = tmp_path / "pages", tmp_path / "c.sqlite"
    folder.mkdir()
    write(folder, **{f"p{number}": PAGES[number % 3] for number in range(60)})
    with Catalog(path) as catalog:
        catalog.update(folder)

    def gather_all() -> None:
        with Catalog(path) as own:
            own.ask(gather, Pass(rest=0.1))

    threads = [threading.Thread(target=gather_all) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Catalog(path) as catalog:
        assert counted(catalog) == counted_from_scratch(catalog)
        assert catalog.ask(keywords.texts_counted) == 60


def test_an_article_not_gathered_yet_is_worked_out(catalog: Catalog, tmp_path: Path, plain_pages: PlainPages) -> None:
    write(tmp_path, a=FERRY, b=TEA)
    catalog.update(tmp_path)
    assert catalog.ask(keywords.worked_out, {"渡口": 4, "石阶": 1})[0] == "渡口"
    catalog.ask(gather, Pass())
    kept = catalog.ask(keywords.of_article, catalog.ids()[0])
    counts = {"渡口": 4, "灯": 1}
    assert catalog.ask(keywords.worked_out, counts)[0] == kept[0]


def test_lists_of_words_are_read_and_their_mistakes_named(tmp_path: Path) -> None:
    mine, everywhere = tmp_path / "papers", tmp_path / "config"
    mine.mkdir()
    everywhere.mkdir()
    assert dictionary.read([mine, everywhere]) == dictionary.Dictionary({}, ())
    (everywhere / dictionary.NAME).write_text("渡工\n柳塘 ns\n", "utf-8")
    (mine / dictionary.NAME).write_bytes("渡工 3 v\n坊\n太阳能灯\n".encode() + b"\xff\xfe\n")
    found = dictionary.read([everywhere, mine, mine])
    assert found.words == {"渡工": "v", "柳塘": "ns", "太阳能灯": "n"}
    assert [line.partition(": ")[0] for line in found.mistakes] == [
        f"{mine / dictionary.NAME}:{line}" for line in (2, 4)
    ]


def test_a_list_of_words_is_no_page(catalog: Catalog, tmp_path: Path, plain_pages: PlainPages) -> None:
    (tmp_path / dictionary.NAME).write_text("渡工\n", "utf-8")
    assert catalog.update(tmp_path).added == 0


def test_many_articles_are_entered_in_short_transactions(
    catalog: Catalog, tmp_path: Path, plain_pages: PlainPages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "_LONGEST", 0.0)  # the time is up after the first articles of each
    monkeypatch.setattr(gathering, "_ENTERED_AT_ONCE", 2)
    write(tmp_path, **{f"page{number}": FERRY for number in range(5)})
    catalog.update(tmp_path)
    begun: list[object] = []
    transaction = schema.transaction

    def counting(one: sqlite3.Connection) -> AbstractContextManager[None]:
        begun.append(one)
        return transaction(one)

    monkeypatch.setattr(gathering, "transaction", counting)
    articles = catalog.ask(gathering.gather, Pass()).counted
    assert len(begun) >= articles / 2
    assert counted(catalog) == counted_from_scratch(catalog)
