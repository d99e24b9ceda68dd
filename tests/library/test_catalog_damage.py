"""The catalog can be made anew, so a file that is not what it should be is set aside, and nothing else happens."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from tests.library.test_catalog import titles, write
from tui.errors import DamagedError
from tui.library.catalog import Catalog
from tui.search.query import parse

pytestmark = pytest.mark.usefixtures("plain_pages")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Two pages and their catalog."""
    write(tmp_path, "a.txt", "#甲\n" + "发展经济" * 300)
    write(tmp_path, "b.txt", "#乙\n" + "社会民生" * 300)
    with Catalog(tmp_path / "c.sqlite") as catalog:
        catalog.update(tmp_path)
        catalog._connection.execute("PRAGMA journal_mode = DELETE")
    return tmp_path


def other_program(file: Path) -> None:
    file.unlink()
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE theirs (value)")
    other.commit()
    other.close()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.write_bytes(b"not a database at all" * 100),
        lambda file: file.write_text("{}", encoding="utf-8"),
        lambda file: file.write_bytes(file.read_bytes()[:5000]),
        lambda file: file.write_bytes(file.read_bytes()[:100] + bytes(4000) + file.read_bytes()[4100:]),
        other_program,
    ],
)
def test_a_file_that_is_no_catalog_is_set_aside(library: Path, spoil: object) -> None:
    file = library / "c.sqlite"
    assert callable(spoil)
    spoil(file)
    spoilt = file.read_bytes()
    with Catalog(file) as catalog:
        assert not catalog.ids()
        catalog.update(library)
        assert titles(catalog) == ["甲", "乙"]
        assert titles(catalog, "民生") == ["乙"]
    assert (library / "c.sqlite.damaged").read_bytes() == spoilt


@pytest.mark.parametrize("content", [b"", None])
def test_an_empty_or_missing_file_is_a_new_catalog(library: Path, content: bytes | None) -> None:
    file = library / "c.sqlite"
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    with Catalog(file) as catalog:
        catalog.update(library)
        assert titles(catalog) == ["甲", "乙"]
    assert not (library / "c.sqlite.damaged").exists()


def test_a_catalog_of_another_version_is_made_anew(library: Path) -> None:
    file = library / "c.sqlite"
    old = sqlite3.connect(file)
    old.execute("PRAGMA user_version = 999")
    old.execute("DROP TABLE content")
    old.close()
    with Catalog(file) as catalog:
        assert not catalog.ids()
        catalog.update(library)
        assert titles(catalog, "发展") == ["甲"]
    assert not (library / "c.sqlite.damaged").exists()


def test_damage_found_on_the_way_is_mended_by_the_next_update(library: Path) -> None:
    file = library / "c.sqlite"
    with Catalog(file) as catalog:
        catalog._connection.execute("UPDATE article SET body = 'nonsense'")
        with pytest.raises(DamagedError, match=r"c\.sqlite: damaged"):
            catalog.articles_on("a.txt")
        assert not catalog.ids()
        catalog.update(library)
        assert len(catalog.articles_on("a.txt")) == 1
    assert (library / "c.sqlite.damaged").exists()


def test_an_update_that_finds_damage_begins_again(library: Path) -> None:
    file = library / "c.sqlite"
    with Catalog(file) as catalog:
        catalog._connection.execute("UPDATE article SET body = 'nonsense'")
        write(library, "a.txt", "#丙")
        catalog.update(library)
        assert titles(catalog) == ["丙", "乙"]


def test_bytes_gone_wrong_anywhere_never_stop_the_program(library: Path) -> None:
    file = library / "c.sqlite"
    whole = file.read_bytes()
    chance = random.Random(1)
    for _ in range(60):
        spoilt = bytearray(whole)
        at = chance.randrange(len(whole))
        spoilt[at : at + 200] = chance.randbytes(len(spoilt[at : at + 200]))
        file.write_bytes(bytes(spoilt))
        with Catalog(file) as catalog:
            for _ in range(3):
                try:
                    for path in catalog.pages():
                        catalog.articles_on(path)
                    catalog.rows(catalog.ids(parse("发展")))
                    break
                except DamagedError:
                    catalog.update(library)


def test_a_new_file_in_the_place_of_a_damaged_one_is_not_set_aside(library: Path) -> None:
    file = library / "c.sqlite"
    with Catalog(file) as catalog, Catalog(library / "new.sqlite") as new:
        new.update(library)
        new._connection.execute("PRAGMA journal_mode = DELETE")
        catalog._connection.execute("UPDATE article SET body = 'nonsense'")
        catalog._connection.execute("BEGIN")  # it reads what it has open, whatever stands at its path
        catalog._connection.execute("SELECT body FROM article").fetchall()
        (library / "new.sqlite").replace(file)  # as another connection has left it that found the damage first
        with pytest.raises(DamagedError):
            catalog.articles_on("a.txt")
        assert titles(catalog) == ["甲", "乙"]
        assert not (library / "c.sqlite.damaged").exists()
