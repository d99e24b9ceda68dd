"""What every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tui import language

settings.register_profile("suite", deadline=None, max_examples=100)
settings.load_profile("suite")

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
SHARED = ROOT.parent / "shared"


@pytest.fixture
def shared() -> Path:
    """The folder of real newspaper pages and gold labels; it stands beside the checkout, not in it."""
    if not SHARED.is_dir():
        pytest.skip(f"no real pages: {SHARED} is missing")
    return SHARED


@pytest.fixture(autouse=True)
def _nobodys_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the settings or the notes of whoever runs it; only the segmenter's cache is shared."""
    home = tmp_path_factory.mktemp("home")
    for kind in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))


@pytest.fixture(autouse=True)
def _english() -> None:
    """Whatever the locale of whoever runs it, and whatever language the test before has spoken."""
    language.use("en")


@pytest.fixture
def corpus() -> Path:
    """The project's own sample pages."""
    return CORPUS
