"""The settings file, and what is said of the mistakes in it."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cli import main
from tui.errors import SettingsError
from tui.settings import load_settings
from tui.settings_file import SettingsFile, flat
from tui.ui.remapping import commands_of

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def path() -> Path:
    path = Path(os.environ["XDG_CONFIG_HOME"]) / "jianbao" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


def mistakes(path: Path, text: str) -> list[str]:
    """What is said of a file, without its name."""
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as raised:
        commands_of(load_settings(path))
    assert all(line.startswith(f"{path}:") for line in raised.value.lines)
    return [line.removeprefix(f"{path}:") for line in raised.value.lines]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("theme = 1", "1: theme must be a text, in quotation marks"),
        ("\n\nmeasure = 3", "3: measure must be a number from 10 to 80"),
        ("measure = true", "1: measure must be a number from 10 to 80"),
        ('language = "fr"', "1: language must be one of these: auto, en, zh"),
        ("language = []", "1: language must be one of these: auto, en, zh"),
        ('\ntheem = "x"', "2: unknown setting theem; is theme meant?"),
        ("keys = 1", "1: keys must be a table"),
        ("theme =", "1: Invalid value"),
        ("a = 1\ntheme 'x'", "2: Expected '=' after a key in a key/value pair"),
        ('[keys]\n"reader.highlihgt" = "f"', "2: no command is called reader.highlihgt; is reader.highlight meant?"),
        ('[keys]\n"highlight" = "x"', "2: no command is called highlight; is reader.highlight meant?"),
        ('[keys]\n\n"reader.star" = "ecsape"', "3: reader.star: no key is called ecsape; is escape meant?"),
        ('[keys]\n"reader.star" = "x,,X"', "2: reader.star has an empty key; the comma itself is called comma"),
        ('[keys]\n"reader.star" = ""', "2: reader.star has an empty key; the comma itself is called comma"),
        ('[keys]\n"reader.star" = 1', "2: the keys of reader.star must be a text, in quotation marks"),
        ('[keys]\n"reader.star" = ["x"]', "2: the keys of reader.star must be a text, in quotation marks"),
        ('[keys]\n"reader.star" = "ctrl+q"', "2: reader.star: Ctrl+q always quits"),
        ('[keys]\nreader.star = "x"\n"reader.star" = "y"', "2: reader.star stands here twice"),
        ('[keys]\n"reader.star" = "H"', "2: H calls two commands in one place, reader.star and reader.highlight"),
        ('keys = {"reader.star" = "nokey"}', "1: reader.star: no key is called nokey"),
        ('[keys.reader]\nstar = "nokey"', "2: reader.star: no key is called nokey"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_cause(path: Path, text: str, said: str) -> None:
    assert mistakes(path, text)[0].startswith(said)


def test_both_commands_of_a_key_are_named_with_their_lines(path: Path) -> None:
    (said,) = mistakes(path, '[keys]\n"reader.star" = "x"\n\n"reader.colour" = "x"')
    assert said == "4: x calls two commands in one place, reader.colour and reader.star (line 2)"


def test_a_key_of_everywhere_collides_in_each_pane(path: Path) -> None:
    said = mistakes(path, '[keys]\n"library.undo" = "j"')
    assert [line.rpartition(" ")[2] for line in said] == ["list.down", "reader.down", "panel.down"]


def test_all_mistakes_are_named_at_once(path: Path, capsys: Captured) -> None:
    path.write_text('[keys]\n"reader.fly" = "f"\n"reader.star" = "nokey"\n"list.star" = "a"\n', "utf-8")
    assert main(["config", "keys"]) == 2
    captured = capsys.readouterr()
    assert not captured.out
    assert [line.split(":")[2] for line in captured.err.splitlines()] == ["2", "3", "4"]
    assert "Traceback" not in captured.err


def test_an_unknown_theme_is_named_before_the_screen_is_shown(path: Path, tmp_path: Path) -> None:
    from tui.library.library import Library
    from tui.ui.app import JianbaoApp

    path.write_text('measure = 30\ntheme = "no-such"\n', "utf-8")
    (tmp_path / "papers").mkdir()
    with Library(tmp_path / "papers", tmp_path / "data") as library, pytest.raises(SettingsError) as raised:
        JianbaoApp(library, load_settings(path))
    assert raised.value.lines[0].startswith(f"{path}:2: no theme is called no-such; there are ")


def test_keys_are_given_as_a_user_writes_them(path: Path, capsys: Captured) -> None:
    path.write_text(
        '[keys]\nreader.star = "?, /"\n"library.help" = "F2"\nlibrary.filter = "Ctrl+T"\nlist.open = "Enter,{"\n',
        "utf-8",
    )
    commands = {command.id: command.keys for command in commands_of(load_settings(path))}
    assert commands["reader.star"] == ("question_mark", "slash")
    assert commands["library.help"] == ("f2",)
    assert commands["library.filter"] == ("ctrl+t",)
    assert commands["list.open"] == ("enter", "left_curly_bracket")
    assert main(["config", "keys"]) == 0
    assert "| `?` `/` | Star the article" in capsys.readouterr().out
    assert main(["config", "show"]) == 0
    assert 'language = "auto"' in capsys.readouterr().out


def test_a_file_that_is_no_text_is_named(path: Path) -> None:
    path.write_bytes(b'theme = "x"\n# \xff\n')
    with pytest.raises(SettingsError, match="2: not UTF-8"):
        load_settings(path)


_NAMES = st.text(st.sampled_from('ab.-_"é渡 #='), min_size=1, max_size=6)
_SPACE = st.sampled_from(["", "\n", "# note = 1\n", '# "a" = """\n', "\n\n"])
_VALUES = st.sampled_from(
    ['"x"', "1", '"""\na = 1\n"""', "'''\n[b]\n'''", "[\n 1,\n 2\n]", '{ "a.b" = 1 }', '"# \\" = 2"']
)


@given(st.dictionaries(_NAMES, st.tuples(_SPACE, _VALUES), max_size=6))
def test_the_line_of_a_value_is_the_one_on_which_it_begins(values: dict[str, tuple[str, str]]) -> None:
    text, lines = "[keys]\n", {}
    for name, (space, value) in values.items():
        text += space
        lines[name] = text.count("\n") + 1
        text += f"{json.dumps(name, ensure_ascii=False)} = {value}\n"
    tomllib.loads(text)
    file = SettingsFile(Path("config.toml"), text)
    for name, line in lines.items():
        assert file.line("keys", name) == line
    assert file.line("keys", "not there") is None


def test_names_with_dots_are_found_however_they_are_written() -> None:
    for text in (
        "[keys]\na.b = 1",
        "[keys.a]\nb = 1",
        '[keys]\n"a.b" = 1',
        "[keys]\n'a' . \"b\" = 1",
        "\nkeys.a.b = 1",
    ):
        assert SettingsFile(Path("x"), text).line("keys", "a.b") == 2, text
        assert flat(tomllib.loads(text)["keys"]) == [("a.b", 1)]
