"""How fast the catalog is built and searched, beside the floor: `in` over a list of folded texts held in memory.

    python -m tests.benchmarks.bench_search [ARTICLES]

The articles are made up: words of two and three characters, as often as in any language (Zipf). The parser is left out.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from unittest import mock

from tui.library import index, schema
from tui.library.catalog import Catalog
from tui.model import Article, Block, Imprint, Page, Role, Span
from tui.search.folding import fold, searchable
from tui.search.query import parse

LENGTH = 850  # characters of an article, as in the papers
ON_A_PAGE = 10


def made_up(articles: int) -> Iterator[str]:
    chance = random.Random(1)
    characters = [chr(0x4E00 + number) for number in range(3500)]
    often = list(accumulate(1 / rank for rank in range(5, 3505)))
    words = [
        "".join(chance.choices(characters, cum_weights=often, k=chance.choice((1, 2, 2, 2, 3)))) for _ in range(30_000)
    ]
    weights = list(accumulate(1 / rank for rank in range(5, 30_005)))
    for _ in range(articles):
        text = chance.choices(words, cum_weights=weights, k=LENGTH // 2)
        for at in range(7, len(text), 9):
            text[at] += chance.choice("，，，。。、\n“”")
        yield "".join(text)[:LENGTH]


def read_page(path: str, data: bytes) -> Page:
    """A page whose articles are separated by empty lines."""
    text = data.decode()
    articles, at = [], 0
    for part in text.split("\n\n"):
        articles.append(Article((Block(Role.BODY, (Span(at, at + len(part)),)),), title=part[:12]))
        at += len(part) + 2
    return Page(path, text, "utf-8", Imprint("甲报", path[:10], path[11:13]), tuple(articles))


def milliseconds(run: Callable[[], object], times: int = 5) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


def words_to_find(texts: list[str]) -> dict[str, str]:
    """Pairs of characters by how many of the first articles hold them."""
    pairs: dict[str, int] = {}
    for text in texts[:1000]:
        for pair in {text[at : at + 2] for at in range(len(text) - 1)}:
            if "\n" not in pair:
                pairs[pair] = pairs.get(pair, 0) + 1
    ranked = sorted(pairs, key=lambda pair: pairs[pair])
    common = next(pair for pair in ranked if pairs[pair] >= 300)
    rare = next(pair for pair in ranked if pairs[pair] >= 2)
    single = max("".join(ranked), key=lambda character: sum(character in text for text in texts[:200]))
    return {
        "one character": single,
        "a frequent word": common,
        "a rare word": rare,
        "two words": f"{common} {ranked[-1]}",
        "a word without another": f"{ranked[-1]} -{common}",
        "a longer phrase": texts[0][20:32].replace("\n", "") if "\n" not in texts[0][20:32] else texts[0][:7],
    }


def write_pages(folder: Path, texts: list[str]) -> None:
    for page, start in enumerate(range(0, len(texts), ON_A_PAGE)):
        date = f"{2000 + page // 8 // 336:04}-{page // 8 // 28 % 12 + 1:02}-{page // 8 % 28 + 1:02}"
        file = folder / f"{date}-{page % 8 + 1:02}.txt"
        file.write_text("\n\n".join(text.replace("\n\n", "\n") for text in texts[start : start + ON_A_PAGE]), "utf-8")
        os.utime(file, (1, 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("articles", nargs="?", type=int, default=10_000)
    articles = parser.parse_args().articles
    texts = list(made_up(articles))
    searched = [searchable(f"{text}\n{text[:12]}") for text in texts]

    with tempfile.TemporaryDirectory() as name, mock.patch("tui.pages.page.read_page", read_page):
        folder = Path(name)
        file = folder / ".jianbao" / "catalog.sqlite"
        write_pages(folder, texts)
        with Catalog(file) as catalog:
            build(catalog, folder, file, texts)
            search(catalog, searched)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{'memory at most, with all texts for the floor':44}{memory:10.0f} MB")


def build(catalog: Catalog, folder: Path, file: Path, texts: list[str]) -> None:
    start = time.perf_counter()
    catalog.update(folder)
    taken = time.perf_counter() - start
    size = sum(part.stat().st_size for part in file.parent.iterdir())
    print(f"{len(texts)} articles of {LENGTH} characters on {len(catalog.pages())} pages")
    print(f"{'build, without parsing':44}{taken:10.1f} s {taken / len(texts) * 1000:10.2f} ms an article")
    print(f"{'size of the catalog, with all pages':44}{size / 1e6:10.0f} MB")
    print(f"{'nothing to do':44}{milliseconds(lambda: catalog.update(folder), 3):10.1f} ms")
    with Catalog(file) as fresh:
        print(f"{'all ids, first time':44}{milliseconds(fresh.ids, 1):10.1f} ms")
    ids = catalog.ids()
    print(f"{'all ids':44}{milliseconds(catalog.ids):10.2f} ms")
    print(f"{'count':44}{milliseconds(catalog.count):10.2f} ms")
    print(f"{'50 rows':44}{milliseconds(lambda: catalog.rows(ids[:50])):10.2f} ms")
    print(f"{'an article with its page':44}{milliseconds(lambda: catalog.article(ids[0])):10.2f} ms")
    some = texts[:500]
    connection = schema.connect(None)
    parts = {
        "fold an article": lambda: [fold(text) for text in some],
        "its tokens, folding included": lambda: [index.tokens(text) for text in some],
    }
    for what, run in parts.items():
        print(f"{what:44}{milliseconds(run, 3) / len(some):10.3f} ms")
    connection.close()


def search(catalog: Catalog, searched: list[str]) -> None:
    print(f"\n{'all ids, newest first':30}{'found':>10}{'catalog':>14}{'floor':>14}")
    for what, typed in words_to_find(searched).items():
        query = parse(typed)
        wanted = [(term.lstrip("-"), term.startswith("-")) for term in searchable(typed).split()]

        def scan(wanted: list[tuple[str, bool]] = wanted) -> list[int]:
            return [
                number
                for number, text in enumerate(searched)
                if all((term in text) is not excluded for term, excluded in wanted)
            ]

        found = catalog.ids(query)
        assert len(found) == len(scan()), what
        taken, floor = milliseconds(lambda query=query: catalog.ids(query)), milliseconds(scan)  # type: ignore[misc]
        print(f"{what:30}{len(found):10}{taken:11.2f} ms{floor:11.2f} ms")


if __name__ == "__main__":
    main()
