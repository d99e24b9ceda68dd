"""How fast keywords are gathered, what they take up, and how long others wait meanwhile.

    python -m tests.benchmarks.bench_keywords [ARTICLES] [--jieba]

The articles are made up: words of jieba's dictionary, as often as it says they are, so that there are as many different
ones as in real papers, or more. Neither the parser nor the index takes part.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from unittest import mock

from tui.library import gathering, keywords, schema, storing
from tui.library.catalog import Catalog
from tui.library.gathering import Pass, gather
from tui.library.scan import Found
from tui.library.storing import FileRead
from tui.model import Article, Block, Imprint, Page, Role, Span
from tui.search import words
from tui.search.nodes import Field, FieldName, Term

LENGTH, ON_A_PAGE = 850, 10


def made_up(articles: int) -> Iterator[str]:
    """Articles of `LENGTH` characters."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    chance = random.Random(1)
    with jieba.get_dict_file() as lines:
        entries = [line.decode().split() for line in lines]
    known = [word for word, _, _ in entries]
    weights = list(accumulate(int(count) for _, count, _ in entries))
    for _ in range(articles):
        topics = chance.choices(known, cum_weights=weights, k=12)  # words that come back, as in any text
        text = chance.choices(known, cum_weights=weights, k=LENGTH // 2)
        for _ in range(60):
            text[chance.randrange(len(text))] = chance.choice(topics)
        for at in range(7, len(text), 9):
            text[at] += chance.choice("，，，。。、")
        yield "".join(text)[:LENGTH]


def fill(catalog: Catalog, articles: int) -> None:
    """Put made up articles into a catalog, but not into its index."""
    texts = made_up(articles)
    connection = catalog._connection
    with mock.patch("tui.library.index.add_article"):
        for number in range(articles // ON_A_PAGE):
            parts = [next(texts) for _ in range(ON_A_PAGE)]
            blocks = [Block(Role.BODY, (Span(at * LENGTH, at * LENGTH + len(part)),)) for at, part in enumerate(parts)]
            text = "".join(part.ljust(LENGTH) for part in parts)
            found = tuple(Article((block,), title=part[:12]) for block, part in zip(blocks, parts, strict=True))
            page = Page(f"{number}.txt", text, "utf-8", Imprint("甲报", "2024-01-01", str(number)), found)
            if number % 500 == 0:
                if connection.in_transaction:
                    connection.execute("COMMIT")
                connection.execute("BEGIN")
            reading = FileRead(Found(page.path, page.path, 1, 1), b"", page)
            storing.insert_page(connection, reading, 1)
        connection.execute("COMMIT")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", nargs="?", type=int, default=20_000)
    parser.add_argument("--jieba", action="store_true", help="without rjieba")
    chosen = parser.parse_args()
    if chosen.jieba:
        mock.patch.object(words, "_rjieba", return_value=None).start()
        mock.patch.object(words, "_rjieba_tagger", return_value=None).start()
    words.load()
    words.tagged("剪报")
    longest = [0.0]

    @contextmanager
    def timed(connection: object) -> Iterator[None]:
        began = time.perf_counter()
        with schema.transaction(connection):  # type: ignore[arg-type]
            yield
        longest.append(time.perf_counter() - began)

    with tempfile.TemporaryDirectory() as folder, Catalog(Path(folder) / "c.sqlite") as catalog:
        fill(catalog, chosen.articles)
        connection = catalog._connection
        before, memory = size(catalog), resident()
        with mock.patch.object(gathering, "transaction", timed):
            began = time.perf_counter()
            print(catalog.ask(gather, Pass()))
            taken = time.perf_counter() - began
        longest.sort()
        print(f"{chosen.articles / taken:,.0f} articles a second with their second choosing")
        print(f"{(size(catalog) - before) / chosen.articles:.0f} bytes an article", tables(catalog))
        print(f"transactions: median {longest[len(longest) // 2] * 1000:.0f} ms, longest {longest[-1] * 1000:.0f} ms")
        total = connection.execute("SELECT count(*) FROM word").fetchone()[0]
        print(f"{total:,} words; {resident() - memory} MB of memory more than before")
        ids = catalog.ids()[:300_000]
        began = time.perf_counter()
        counts = catalog.ask(keywords.keyword_counts, ids, 100)
        print(f"counting the keywords of {len(ids):,} articles: {(time.perf_counter() - began) * 1000:.0f} ms")
        for word, count in (counts[0], counts[-1]):
            began = time.perf_counter()
            assert len(catalog.ids(Field(FieldName.KEYWORD, Term(word)))) >= count
            print(f"articles with {word} ({count:,}): {(time.perf_counter() - began) * 1000:.1f} ms")
        began = time.perf_counter()
        with schema.transaction(connection):
            keywords.remove(connection, ids[:ON_A_PAGE])
        print(f"taking out a page: {(time.perf_counter() - began) * 1000:.1f} ms")
        longest[:] = [0.0]
        with mock.patch.object(gathering, "transaction", timed):
            began = time.perf_counter()
            gathering._begin(connection, "other", Pass())
        print(f"forgetting all: {(time.perf_counter() - began):.1f} s, at most {max(longest) * 1000:.0f} ms at a time")


def resident() -> int:
    """The megabytes of memory that the process takes up now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4 // 1024


def size(catalog: Catalog) -> int:
    """Bytes of the catalog's file."""
    pages, each = (catalog._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return int(pages * each)


def tables(catalog: Catalog) -> str:
    """The bytes of the tables' contents."""
    sums = {}
    for table, column in (("terms", "counts"), ("keyword", "words"), ("word", "text")):
        row = catalog._connection.execute(f"SELECT sum(length({column})) FROM {table}").fetchone()
        sums[table] = row[0]
    return str(sums)


if __name__ == "__main__":
    main()
