"""How long it takes to find the repeats among N articles, how large the catalog grows by it, how fast a list is folded.

    python -m tests.benchmarks.bench_repeats [ARTICLES]

One article in twenty is a copy of an earlier one with 2 % of other characters; the full-text index is left out.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import accumulate, islice
from pathlib import Path

from tests.benchmarks.libraries import ON_A_PAGE, made_up, milliseconds
from tests.library.eval_repeats import noisy
from tui.library import repeats, schema
from tui.library.catalog import Catalog
from tui.library.scan import Found
from tui.library.storing import FileRead, insert_page
from tui.model import Article, Block, Imprint, Page, Role, Span


def page_of(path: str, day: str, texts: list[str]) -> Page:
    """A page of these articles."""
    starts = list(accumulate((len(text) + 2 for text in texts), initial=0))
    spans = [Span(start, start + len(text)) for start, text in zip(starts, texts, strict=False)]
    articles = tuple(Article((Block(Role.BODY, (span,)),)) for span in spans)
    return Page(path, "\n\n".join(texts), "utf-8", Imprint("甲报", day, path[-5:-4]), articles)


def fill(catalog: Catalog, articles: int) -> None:
    rng = random.Random(2)
    kept: list[str] = []
    connection = catalog._connection

    def texts() -> Iterator[str]:
        for text in made_up(articles):
            plain = text.replace("\n\n", "\n")
            if kept and rng.random() < 0.05:
                plain = noisy(rng.choice(kept), 0.02, rng).replace("\n", "")
            elif rng.random() < 0.02:
                kept.append(plain)
            yield plain

    with schema.transaction(connection):
        many = texts()
        for number in range(articles // ON_A_PAGE):
            day = f"20{number // 3650 % 100:02}-{number // 300 % 12 + 1:02}-{number // 10 % 28 + 1:02}"
            path = f"{day}/{number:07}.txt"
            page = page_of(path, day, list(islice(many, ON_A_PAGE)))
            insert_page(connection, FileRead(Found(path, path, 0, 0), b"", page), 1)


def main(articles: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalog.sqlite"
        with Catalog(path) as catalog:
            fill(catalog, articles)
            catalog._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            before = path.stat().st_size
            print(f"memory before {_megabytes():.0f} MB")
            began, cpu = time.perf_counter(), time.process_time()
            catalog.ask(repeats.find)
            seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
            catalog._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            grown = path.stat().st_size - before
            print(f"memory after {_megabytes():.0f} MB")
            anchors = catalog.ask(repeats.groups)
            print(f"{articles} articles, {len(anchors)} of them in {catalog.ask(repeats.count)} groups")
            print(
                f"found in {seconds:.1f} s: {1000 * seconds / articles:.2f} ms each"
                f" ({1000 * cpu / articles:.2f} of work), {grown / articles:.0f} bytes each"
            )
            print(f"the map of all groups   {milliseconds(lambda: catalog.ask(repeats.groups)):8.1f} ms")
            ids = catalog.ids()
            print(f"a list folded           {milliseconds(lambda: repeats.folded(ids, anchors)):8.1f} ms")
            some = list(ids[:64])
            print(f"the marks of 64 rows    {milliseconds(lambda: catalog.ask(repeats.others, some)):8.2f} ms")
            print(f"a pass with nothing new {milliseconds(lambda: catalog.ask(repeats.find)):8.2f} ms")


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
