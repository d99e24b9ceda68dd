"""How near parses come to the gold labels of pages: the real ones, where they are at hand, and the project's own."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CORPUS, ROOT
from tests.pages.scoring import FIGURES, figures, read_labels
from tui.model import Page
from tui.pages.decode import decode
from tui.pages.page import page_json, read_page

WANTED = {"articles": 0.99, "roles": 0.98, "joins": 0.98, "titles": 1.0, "authors": 1.0, "jumps": 1.0, "kept": 1.0}
OWN = sorted((ROOT / "tests" / "gold").glob("*.tsv"))


def scorer(shared: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score", shared / "parsing" / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def parsed(gold: Path, folder: Path) -> Page:
    name = read_labels(gold).page
    return read_page(name, (folder / name).read_bytes())


def too_low(found: dict[str, float], wanted: dict[str, float]) -> dict[str, float]:
    return {name: round(figure, 4) for name, figure in found.items() if figure < wanted[name]}


def test_real_pages_come_up_to_their_gold_labels(shared: Path) -> None:
    score = scorer(shared)
    golds = sorted((shared / "parsing" / "gold").glob("*.tsv"))
    assert golds
    for gold in golds:
        page = parsed(gold, shared / "pages")
        assert too_low(score.score(score.read_gold(gold), page.text, page_json(page)), WANTED) == {}, gold.name


def test_sample_pages_come_up_to_their_gold_labels() -> None:
    found = [figures(read_labels(gold), parsed(gold, CORPUS)) for gold in OWN]
    mean = {name: sum(each[name] for each in found) / len(found) for name in FIGURES}
    assert too_low(mean, dict.fromkeys(FIGURES, 0.98)) == {}


def test_figures_are_those_of_the_real_pages_scorer(shared: Path) -> None:
    score = scorer(shared)
    real = sorted((shared / "parsing" / "gold").glob("*.tsv"))
    for gold, folder in [*((gold, CORPUS) for gold in OWN), *((gold, shared / "pages") for gold in real)]:
        page = parsed(gold, folder)
        # the page as a coarse parser sees it too, so that figures below 1 are compared
        for articles in (page.articles, page.articles[:1], page.articles[::2]):
            poorer = Page(page.path, page.text, page.encoding, page.imprint, articles, page.furniture)
            theirs = score.score(score.read_gold(gold), page.text, page_json(poorer))
            assert figures(read_labels(gold), poorer) == pytest.approx(theirs), gold.name


@pytest.mark.parametrize("gold", OWN, ids=lambda path: path.stem)
def test_sample_pages_are_decoded_to_the_lines_that_are_labelled(gold: Path) -> None:
    labels = read_labels(gold)
    lines = decode((CORPUS / labels.page).read_bytes()).text.split("\n")
    assert {number for number, line in enumerate(lines, 1) if line.strip()} <= {label.line for label in labels.lines}
