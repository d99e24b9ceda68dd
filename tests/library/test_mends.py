"""Mends from the reader's wish to the catalog and the command line, and back again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.library.test_catalog import titles, write
from tests.pages.test_parse import PAGES
from tui.cli import main
from tui.errors import UsageError
from tui.library import updating
from tui.library.annotations import Annotations, Change
from tui.library.catalog import Catalog, StoredArticle
from tui.library.library import Library, find_library
from tui.library.mender import Mender
from tui.library.mends import digest, mended_page
from tui.model import Block, Imprint, Mend, MendKind, Page, Role, Span, text_of
from tui.pages.page import read_page
from tui.pages.parse import parse
from tui.settings import data_folder

BODY = "昨日放晴，河口的老船厂拉响了最后一次汽笛，师傅们站在船台两边，看着新下水的拖轮慢慢离岸，谁也没有说话。"
MORE = "船厂从明年起搬到江对岸，老船台留下来，改成一座水边的公园，吊机也留一台，给孩子们看一看从前的人怎样造船。"
FIRST, SECOND = "河口船厂搬家", "渡口的灯换成了太阳能"
LIGHTS = "渡工老秦说，从前点灯要划船去对岸，如今天一黑，灯自己就亮，江面上再也听不见桨声了。"
PAGE = f"# {FIRST}\n\n本报讯（记者 张渡）{BODY}\n\n{MORE}\n\n# {SECOND}\n\n本报讯（记者 温亦舟）{LIGHTS}\n"
NAME = "柳塘日报/2024-03-09/01.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    write(folder, NAME, PAGE)
    write(folder, "柳塘日报/2024-03-09/02.txt", f"# 雨前茶少了三成\n\n{BODY}\n")
    return folder


@pytest.fixture
def library(folder: Path, tmp_path: Path) -> Iterator[Library]:
    with Library(folder, tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def catalog(library: Library) -> Iterator[Catalog]:
    with library.catalog() as opened:
        library.update(opened)
        yield opened


def mender(library: Library, catalog: Catalog) -> Mender:
    return library.mender(catalog, NAME, "读者")


def at(part: str) -> int:
    return PAGE.index(part)


def articles(catalog: Catalog) -> list[StoredArticle]:
    return catalog.articles_on(NAME)


def shown(catalog: Catalog) -> list[list[tuple[Role, str]]]:
    return [[(block.role, text(one, block)) for block in one.article.blocks] for one in articles(catalog)]


def text(stored: StoredArticle, block: Block) -> str:
    return text_of(stored.page.text, block.spans)


def test_a_mend_is_in_the_catalog_as_soon_as_it_is_made_and_undone(library: Library, catalog: Catalog) -> None:
    before = [stored.article for stored in articles(catalog)]
    change = mender(library, catalog).split_at(at(MORE) + 3)
    (made,) = change.put
    assert isinstance(made, Mend)
    assert (made.kind, made.exact, made.page, made.author) == (MendKind.SPLIT, MORE[3:15], NAME, "读者")
    inverse = library.apply(change)
    assert [stored.row.title for stored in articles(catalog)] == [FIRST, "", SECOND]
    assert articles(catalog)[1].row.lead.startswith(MORE[3:20])
    assert len(titles(catalog, "吊机")) == 1
    assert titles(catalog, FIRST) == [FIRST]
    again = library.apply(inverse)
    assert [stored.article for stored in articles(catalog)] == before
    assert library.annotations.mends() == ()
    library.apply(again)
    assert len(articles(catalog)) == 3


def test_every_kind_of_mend_does_what_it_says(library: Library, catalog: Catalog) -> None:
    library.apply(mender(library, catalog).join_before(at(LIGHTS)))
    (joined,) = shown(catalog)
    assert (Role.SUBHEAD, SECOND) in joined
    library.apply(mender(library, catalog).set_role(at(SECOND), Role.CAPTION))
    library.apply(mender(library, catalog).merge_before(at(MORE) + 9))
    library.apply(mender(library, catalog).break_at(at(BODY) + 20))
    (mended,) = shown(catalog)
    assert mended == [
        (Role.HEADLINE, FIRST),
        (Role.BODY, f"本报讯（记者 张渡）{BODY[:20]}"),
        (Role.BODY, BODY[20:] + MORE),
        (Role.CAPTION, SECOND),
        (Role.BODY, f"本报讯（记者 温亦舟）{LIGHTS}"),
    ]
    assert len(library.annotations.mends_on(NAME)) == 4


def test_the_opposite_of_a_mend_takes_it_back(library: Library, catalog: Catalog) -> None:
    fresh = [stored.article for stored in articles(catalog)]
    pairs = [
        ("split_at", "join_before", at(MORE)),
        ("join_before", "split_at", at(SECOND)),
        ("break_at", "merge_before", at(BODY) + 20),
        ("merge_before", "break_at", at(MORE)),
    ]
    for there, back, position in pairs:
        library.apply(getattr(mender(library, catalog), there)(position))
        assert [stored.article for stored in articles(catalog)] != fresh
        change = getattr(mender(library, catalog), back)(position)
        assert (change.put, len(change.remove)) == ((), 1)
        library.apply(change)
        assert [stored.article for stored in articles(catalog)] == fresh
        assert library.annotations.mends() == ()


def test_a_role_set_again_takes_the_place_of_the_one_before(library: Library, catalog: Catalog) -> None:
    library.apply(mender(library, catalog).set_role(at(MORE), Role.CAPTION))
    library.apply(mender(library, catalog).set_role(at(MORE), Role.FURNITURE))
    (only,) = library.annotations.mends()
    assert only.role is Role.FURNITURE
    page = catalog.page(NAME)
    assert page is not None
    assert [text_of(page.text, block.spans) for block in page.furniture] == [MORE]
    library.apply(mender(library, catalog).set_role(at(MORE), Role.BODY))
    assert library.annotations.mends() == ()


def test_a_role_can_be_set_to_a_line_or_a_passage(library: Library, catalog: Catalog) -> None:
    mend = mender(library, catalog)
    assert mend.line(at(MORE) + 4) == (Span(at(MORE), at(MORE) + len(MORE)),)
    library.apply(mend.set_role(at(MORE), Role.SUBHEAD, [Span(at(MORE), at(MORE) + 11)]))
    assert (Role.SUBHEAD, MORE[:11]) in shown(catalog)[0]
    assert (Role.BODY, MORE[11:]) in shown(catalog)[0]


@pytest.mark.parametrize(
    ("method", "part", "cause"),
    [
        ("split_at", FIRST, "begins here already"),
        ("join_before", BODY, "first article"),
        ("break_at", MORE, "begins here already"),
        ("merge_before", SECOND, "first paragraph"),
        ("split_at", "\n\n", "no text"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(
    library: Library, catalog: Catalog, method: str, part: str, cause: str
) -> None:
    with pytest.raises(UsageError, match=cause) as raised:
        getattr(mender(library, catalog), method)(at(part))
    assert "\n" not in str(raised.value)


def test_a_role_it_has_already_is_refused(library: Library, catalog: Catalog) -> None:
    with pytest.raises(UsageError, match="already"):
        mender(library, catalog).set_role(at(MORE), Role.BODY)
    with pytest.raises(UsageError, match="no such page"):
        library.mender(catalog, "none.txt")


def test_furniture_is_no_article_to_split_or_join() -> None:
    page = Page("p.txt", "第02版", "utf-8", Imprint(), (), (Block(Role.FURNITURE, (Span(0, 4),)),))
    for method in ("split_at", "join_before", "break_at", "merge_before"):
        with pytest.raises(UsageError, match="no article"):
            getattr(Mender(page, ()), method)(0)
    (mend,) = Mender(page, ()).set_role(0, Role.HEADLINE).put
    assert isinstance(mend, Mend)
    assert mend.role is Role.HEADLINE


@given(PAGES, st.data())
def test_a_change_always_changes_the_page_or_is_refused(page_text: str, data: st.DataObject) -> None:
    assume(page_text.strip() and (parse(page_text).articles or parse(page_text).furniture))
    page = read_page("p.txt", page_text.encode())
    mends: list[Mend] = []
    for _ in range(data.draw(st.integers(1, 5))):
        before = mended_page(page, mends)
        blocks = [*before.furniture, *(block for article in before.articles for block in article.blocks)]
        block = data.draw(st.sampled_from(blocks))
        span = data.draw(st.sampled_from(block.spans))
        position = data.draw(st.integers(span.start, span.end - 1))
        mender = Mender(page, mends)
        method = data.draw(st.sampled_from(("split_at", "join_before", "break_at", "merge_before", "set_role")))
        role = (data.draw(st.sampled_from(Role)),) if method == "set_role" else ()
        try:
            change = getattr(mender, method)(position, *role)
        except UsageError:
            continue
        gone = {key.name for key in change.remove}
        mends = [mend for mend in mends if mend.id not in gone] + list(change.put)
        after = mended_page(page, mends)
        assert (after.articles, after.furniture) != (before.articles, before.furniture)


def test_a_mend_moves_with_the_text_and_does_nothing_where_it_is_gone(
    library: Library, catalog: Catalog, folder: Path
) -> None:
    library.apply(mender(library, catalog).split_at(at(MORE)))
    write(
        folder, NAME, "柳塘日报 2024年3月9日 第01版\n\n" + PAGE.replace(MORE[:30], MORE[:6] + " " + MORE[6:30]), age=50
    )
    library.update(catalog)
    assert [stored.row.title for stored in articles(catalog)] == [FIRST, "", SECOND]
    assert library.lost_mends(catalog) == ()
    write(folder, NAME, PAGE.replace(MORE, "别的一段话，和从前的没有一个字相同。"), age=20)
    library.update(catalog)
    assert [stored.row.title for stored in articles(catalog)] == [FIRST, SECOND]
    assert library.lost_mends(catalog) == library.annotations.mends()


def test_what_the_reader_says_of_a_page_wins_and_is_taken_back(library: Library, catalog: Catalog) -> None:
    before = articles(catalog)[0].row
    assert (before.paper, before.date, before.number) == ("柳塘日报", "2024-03-09", "1")
    undo = library.apply(mender(library, catalog).set_imprint(Imprint("柳塘晚报", "2024-03-10")))
    now = articles(catalog)[0].row
    assert (now.paper, now.date, now.number) == ("柳塘晚报", "2024-03-10", "1")
    library.apply(mender(library, catalog).set_imprint(Imprint(number="A3")))
    now = articles(catalog)[0].row
    assert (now.paper, now.date, now.number) == ("柳塘日报", "2024-03-09", "A3")
    assert len(library.annotations.mends()) == 1
    library.apply(mender(library, catalog).split_at(at(MORE)))
    assert {stored.row.number for stored in articles(catalog)} == {"A3"}
    library.apply(mender(library, catalog).set_imprint(Imprint()))
    assert articles(catalog)[0].row.number == "1"
    with pytest.raises(UsageError):
        mender(library, catalog).set_imprint(Imprint())
    with pytest.raises(UsageError, match="2024-3-1"):
        library.apply(mender(library, catalog).set_imprint(Imprint(date="2024-3-1")))
    assert undo.remove


def test_a_mend_survives_a_new_parser_and_a_new_catalog(
    library: Library, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.apply(mender(library, catalog).split_at(at(MORE)))
    monkeypatch.setattr("tui.pages.version.PARSER_VERSION", 99)
    assert library.update(catalog).changed == 2
    assert len(articles(catalog)) == 3
    catalog.close()
    shutil.rmtree(library.home.state, ignore_errors=True)
    with library.catalog() as anew:
        library.update(anew)
        assert len(articles(anew)) == 3


def test_a_page_is_made_anew_when_its_mends_have_changed_since(library: Library, catalog: Catalog) -> None:
    change = mender(library, catalog).join_before(at(SECOND))
    library.annotations.apply(change)  # as by another program
    update = library.update(catalog)
    assert (update.changed, update.unchanged) == (1, 1)
    assert len(articles(catalog)) == 1
    update = library.update(catalog)
    assert (update.changed, update.unchanged) == (0, 2)
    ids = list(catalog.ids())
    catalog.ask(updating.remake, NAME, library.annotations.mends_on(NAME))
    assert list(catalog.ids()) == ids
    catalog.ask(updating.remake, "none.txt", library.annotations.mends_on(NAME))
    catalog.ask(updating.remake, NAME, ())
    assert len(articles(catalog)) == 2
    assert titles(catalog, "太阳能") == [SECOND]


def test_pages_and_lines_of_a_file_of_records_are_mended_side_by_side(
    library: Library, catalog: Catalog, folder: Path
) -> None:
    records = [{"title": title, "body": [BODY, MORE], "id": title} for title in ("甲", "乙")]
    lines = [json.dumps(record) + "\n" for record in records]
    write(folder, "a.jsonl", "".join(lines), age=90)
    library.update(catalog)
    stored_line = next(stored for stored in map(catalog.article, catalog.ids()) if stored.row.title == "乙")
    line, position = stored_line.row.page, stored_line.page.text.index(MORE)
    before = [stored_line.article, *(stored.article for stored in articles(catalog))]

    on_page = library.apply(mender(library, catalog).join_before(at(SECOND)))
    on_line = library.apply(library.mender(catalog, line).split_at(position))
    assert (len(articles(catalog)), len(catalog.articles_on(line))) == (1, 2)
    ids = list(catalog.ids())
    update = library.update(catalog)
    assert (update.changed, update.unchanged, list(catalog.ids())) == (0, 4, ids)
    write(folder, "a.jsonl", "".join(reversed(lines)), age=80)
    update = library.update(catalog)
    assert (update.added, update.changed, update.removed, update.unchanged) == (0, 0, 0, 4)
    assert sorted(catalog.ids()) == sorted(ids)

    library.apply(on_line)
    library.apply(on_page)
    assert [catalog.articles_on(line)[0].article, *(stored.article for stored in articles(catalog))] == before
    again = library.mender(catalog, line).split_at(position)
    for touched in (False, True):  # the file is not looked into; and it is, but found to be the same
        again = library.annotations.apply(again)  # as by another program
        if touched:
            write(folder, "a.jsonl", "".join(reversed(lines)), age=70)
        update = library.update(catalog)
        assert (update.added, update.changed, update.removed, update.unchanged) == (0, 1, 0, 3)
        assert len(catalog.articles_on(line)) == (1 if touched else 2)
    rows = [row for row in catalog.rows(catalog.ids()) if row.page.startswith("a.jsonl#")]
    assert [row.title for row in rows] == ["乙", "甲"]
    assert library.lost_mends(catalog) == ()


def test_mends_made_while_pages_are_read_are_not_lost(library: Library, folder: Path) -> None:
    with Catalog(None) as catalog:
        change = Mender(read_page(NAME, PAGE.encode()), ()).join_before(at(SECOND))

        def read_meanwhile() -> bool:
            library.annotations.apply(change)
            return False

        library.update(catalog, stop=read_meanwhile)
        assert len(articles(catalog)) == 1


def test_a_page_that_becomes_unreadable_keeps_its_mends_for_later(
    library: Library, catalog: Catalog, folder: Path
) -> None:
    library.apply(mender(library, catalog).join_before(at(SECOND)))
    write(folder, NAME, b"", age=50)
    assert len(library.update(catalog).problems) == 1
    assert library.update(catalog).unchanged == 1
    write(folder, NAME, PAGE, age=20)
    library.update(catalog)
    assert len(articles(catalog)) == 1


def test_a_folio_line_dates_its_page_as_long_as_it_is_one(tmp_path: Path) -> None:
    folio = "某某日报 2024年3月9日 星期六 第02版"
    write(tmp_path / "papers", "无名.txt", f"{folio}\n\n# {FIRST}\n\n本报讯（记者 张渡）{BODY}\n")
    with Library(tmp_path / "papers", tmp_path / "data") as library, library.catalog() as catalog:
        library.update(catalog)
        before = catalog.page("无名.txt")
        assert before is not None
        assert before.imprint.date == "2024-03-09"
        inverse = library.apply(library.mender(catalog, "无名.txt").set_role(0, Role.CAPTION))
        mended = catalog.page("无名.txt")
        assert mended is not None
        assert (mended.imprint.date, mended.furniture) == ("", ())
        library.apply(inverse)
        assert catalog.page("无名.txt") == before


def test_the_digest_tells_mends_apart() -> None:
    one = Mend("a", "p", MendKind.SPLIT, (Span(1, 2),), "x")
    assert digest(()) == b""
    assert len({digest((one,)), digest((one, one)), digest((replace(one, exact="y"),)), b""}) == 4


# The command line

Captured = pytest.CaptureFixture[str]


def parsed(capsys: Captured, file: Path) -> dict[str, object]:
    assert main(["parse", str(file)]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def titles_of(page: dict[str, object]) -> list[str]:
    found = page["articles"]
    assert isinstance(found, list)
    return [article["title"] for article in found]


def test_parse_honours_the_mends_of_the_library(
    library: Library, catalog: Catalog, folder: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = parsed(capsys, folder / NAME)
    assert titles_of(before) == [FIRST, SECOND]
    assert before["page"] == (folder / NAME).as_posix()
    library.apply(mender(library, catalog).split_at(at(MORE)))
    page = parsed(capsys, folder / NAME)
    assert titles_of(page) == [FIRST, "", SECOND]
    assert (page["page"], page["paper"], page["date"]) == (NAME, "柳塘日报", "2024-03-09")
    monkeypatch.chdir((folder / NAME).parent)
    assert parsed(capsys, Path("01.txt")) == page


def test_parse_reads_the_notes_on_a_folder_that_can_not_be_written_to(
    folder: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.chmod(0o555)
    try:
        with Library(folder, data_folder()) as library, library.catalog() as catalog:
            assert library.home.folder != folder
            library.update(catalog)
            library.apply(mender(library, catalog).join_before(at(SECOND)))
        assert titles_of(parsed(capsys, folder / NAME)) == [FIRST]
    finally:
        folder.chmod(0o755)


def test_parse_minds_no_other_program_s_file(folder: Path, capsys: Captured) -> None:
    (folder / "annotations.json").write_text('{"images": []}', "utf-8")
    assert titles_of(parsed(capsys, folder / NAME)) == [FIRST, SECOND]


def test_parse_says_where_the_mends_are_damaged(library: Library, folder: Path, capsys: Captured) -> None:
    (folder / "annotations.json").write_text("{", "utf-8")
    assert main(["parse", str(folder / NAME)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "damaged" in captured.err
    assert captured.err.count("\n") == 1


def test_the_nearest_library_is_the_page_s(folder: Path, tmp_path: Path) -> None:
    assert find_library(folder / NAME, tmp_path / "data") is None
    Annotations(folder / "annotations.json").apply(Change("", put=(mend_of("a"),)))
    assert find_library(folder / NAME, tmp_path / "data") == (folder.resolve(), folder.resolve() / "annotations.json")
    inner = folder / "柳塘日报"
    Annotations(inner / "annotations.json").apply(Change("", put=(mend_of("a"),)))
    assert find_library(folder / NAME, tmp_path / "data") == (inner.resolve(), inner.resolve() / "annotations.json")


def mend_of(name: str) -> Mend:
    return Mend(name, "x.txt", MendKind.SPLIT, (Span(1, 2),), "x")


def test_check_lists_the_mends_whose_place_is_gone(
    library: Library, catalog: Catalog, folder: Path, capsys: Captured
) -> None:
    library.apply(mender(library, catalog).split_at(at(MORE)))
    library.close()
    assert main(["check", str(folder)]) == 0
    capsys.readouterr()
    write(folder, NAME, f"# {FIRST}\n\n{BODY}\n", age=10)
    assert main(["check", str(folder)]) == 1
    assert f"(split) is not found: “{MORE[:12]}”" in capsys.readouterr().out
