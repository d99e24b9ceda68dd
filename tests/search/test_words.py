from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from tui.search import words


@pytest.fixture(scope="module")
def pure(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[str]]:
    """jieba itself, as where rjieba is not installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        return words._jieba()


@pytest.fixture(params=["installed", "jieba"])
def either(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "jieba":
        monkeypatch.setattr(words, "_cut", request.getfixturevalue("pure"))


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in words.word_ranges(text)]


@pytest.mark.usefixtures("either")
@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("成都发展经济。", ["成都", "发展", "经济", "。"]),
        ("發展經濟", ["發展", "經濟"]),
        ("成都　发展\n经济", ["成都", "发展", "经济"]),
        ("发\n展", ["发", "展"]),
    ],
)
def test_words_are_those_of_the_language(text: str, pieces: list[str]) -> None:
    assert cut(text) == pieces


def test_words_cover_everything_but_white_space(pure: Callable[[str], list[str]]) -> None:
    alphabet = st.characters(exclude_categories=()) | st.sampled_from("成都发展經濟，。 \n\u3000a1.%\u200b\ud800\r")

    @given(st.text(alphabet, max_size=30))
    def check(text: str) -> None:
        for segmenter in (words._segmenter(), pure):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(words, "_cut", segmenter)
                ranges = words.word_ranges(text)
            covered = [at for start, end in ranges for at in range(start, end)]
            assert covered == [at for at, character in enumerate(text) if not character.isspace()]
            assert all("\n" not in text[start:end] for start, end in ranges)

    check()


def test_loading_from_several_threads_loads_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loads: list[str] = []

    def slow() -> Callable[[str], list[str]]:
        loads.append("one")
        time.sleep(0.05)
        return list

    monkeypatch.setattr(words, "_cut", None)
    monkeypatch.setattr(words, "_rjieba", slow)
    assert not words.loaded()
    with ThreadPoolExecutor(8) as pool:
        for _ in range(8):
            pool.submit(words.load)
    assert words.loaded()
    assert loads == ["one"]


def with_jieba(home: Path, temp: Path) -> subprocess.CompletedProcess[str]:
    """A process of its own that has no rjieba and prints some words."""
    code = "from tui.search import words; words._rjieba = lambda: None; print(words.word_ranges('成都发展'))"
    paths = ":".join(filter(None, [str(ROOT), *sys.path]))
    environment = {"PATH": "", "HOME": str(home), "TMPDIR": str(temp), "PYTHONPATH": paths}
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)


def test_jieba_is_quiet_and_keeps_its_cache_with_the_user(tmp_path: Path) -> None:
    home, temp = tmp_path / "home", tmp_path / "temp"
    home.mkdir()
    temp.mkdir()
    done = with_jieba(home, temp)
    assert (done.stdout, done.stderr) == ("((0, 2), (2, 4))\n", "")
    assert len(list(home.rglob("jieba.cache"))) == 1
    assert not list(temp.iterdir())


def test_jieba_does_without_a_cache_where_none_can_be_kept(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file, not a folder")
    done = with_jieba(home, tmp_path)
    assert (done.stdout, done.stderr) == ("((0, 2), (2, 4))\n", "")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_importing_loads_no_segmenter() -> None:
    code = "import sys, tui.search.words; sys.exit(bool({'jieba', 'rjieba'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
