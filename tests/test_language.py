"""Everything that the program says can be said in Chinese."""

from __future__ import annotations

import ast
import gettext
import re
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from tests import catalogs
from tests.conftest import ROOT
from tui import language
from tui.causes import in_words
from tui.language import LANGUAGES, _, language_of, ngettext, use

OTHERS = [name for name in LANGUAGES if name != "en"]
_FIELD = re.compile(r"\{\w*\}")


def _ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


@pytest.mark.parametrize("name", OTHERS)
def test_every_message_is_translated_and_none_is_left_over(name: str) -> None:
    wanted = {_ids(message) for message in catalogs.messages() if message.id}
    known = catalogs.translations(name)
    assert {_ids(message) for message in known if message.id} == wanted, "run `python -m tests.catalogs`"
    assert not known.obsolete
    for message in known:
        assert not message.id or (catalogs.filled(message.string) and not message.fuzzy), message.id


@pytest.mark.parametrize("name", OTHERS)
def test_a_translation_has_the_fields_of_its_message(name: str) -> None:
    for message in catalogs.translations(name):
        for translated in _strings(message) if message.id else ():
            assert set(_FIELD.findall(translated)) == set(_FIELD.findall(_ids(message)[-1])), message.id


@pytest.mark.parametrize("name", OTHERS)
def test_the_compiled_catalog_is_the_written_one(name: str, tmp_path: Path) -> None:
    (tmp_path / "made.mo").write_bytes(catalogs.compiled(name))
    with (tmp_path / "made.mo").open("rb") as made, catalogs.compiled_path(name).open("rb") as kept:
        assert _texts(gettext.GNUTranslations(kept)) == _texts(gettext.GNUTranslations(made))


def _texts(catalog: gettext.GNUTranslations) -> dict[object, str]:
    return {key: text for key, text in catalog._catalog.items() if key}  # type: ignore[attr-defined]


def test_the_language_of_a_locale() -> None:
    assert language_of({"LANG": "zh_CN.UTF-8"}) == language_of({"LANG": "C", "LC_ALL": "zh_TW"}) == "zh"
    assert language_of({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB"}) == language_of({}) == "en"


def test_numbers_and_messages_change_with_the_language() -> None:
    assert ngettext("{count} hit", "{count} hits", 1) == "{count} hit"
    use("zh")
    assert ngettext("{count} hit", "{count} hits", 1) == "{count} 处命中"
    assert _("Quit") == "退出"
    assert _("never said anywhere") == "never said anywhere"


class Pseudo(gettext.NullTranslations):
    """Says every message in full-width letters, so that what is no message stands out."""

    def gettext(self, message: str) -> str:
        return self._wide(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._wide(msgid1 if n == 1 else msgid2)

    def _wide(self, message: str) -> str:
        wide = str.maketrans({letter: chr(ord(letter) + 0xFEE0) for letter in string.ascii_letters})
        fields = _FIELD.findall(message)
        rest = [part.translate(wide) for part in _FIELD.split(message)]
        return rest[0] + "".join(field + part for field, part in zip(fields, rest[1:], strict=True))


_WORD = re.compile("[A-Za-z]{2,}")


def test_every_cause_of_an_unreadable_page_can_be_put_into_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language._Spoken, "catalog", Pseudo())
    for cause in (
        "is empty",
        "is not gb18030: byte 17 can't be read",
        "is no JSON: expecting value at character 9",
        "its title holds a number, not text",
        "its page is a list, neither text nor a whole number",
        "larger than 8 MiB",
    ):
        assert not _WORD.search(in_words(cause).replace("gb18030", "").replace("title", "").replace("page", "")), cause
    assert in_words("something else") == "something else"


def test_no_message_is_made_where_it_is_translated() -> None:
    wrong = []
    for file in (ROOT / "tui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            called = (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}
            )
            if called and any(isinstance(part, ast.JoinedStr) for part in node.args):  # type: ignore[attr-defined]
                wrong.append(f"{file.name}:{node.lineno}")  # type: ignore[attr-defined]
            if isinstance(node, ast.JoinedStr):
                inner = [part for part in ast.walk(node) if isinstance(part, ast.Call)]
                calls = [
                    part for part in inner if isinstance(part.func, ast.Name) and part.func.id in {"_", "ngettext"}
                ]
                literal = [part for part in calls if part.args and isinstance(part.args[0], ast.Constant)]
                wrong += [f"{file.name}:{part.lineno}" for part in literal]  # Babel sees nothing within an f-string
    assert wrong == []
