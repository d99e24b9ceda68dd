"""Synthetic libraries of any size: articles of the sample pages' sentences, with a long tail of words.

    python -m tests.benchmarks.libraries ARTICLES FOLDER [--pages]

Eight papers a day, ten articles a page; as files of records, an article a line, or with `--pages` as page files.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import accumulate, islice
from pathlib import Path

from tui.model import Role
from tui.pages.page import read_page
from tui.reading import reading_text

CORPUS = Path(__file__).parents[2] / "corpus"
LENGTH = 848  # characters of an article, as in the papers
PAPERS = ("柳塘日报", "檀岭日报", "泮州日报", "鹿渚晚报", "岚浦晨报", "楮溪周报", "荻江新报", "松浦时报")
ON_A_PAGE = 10
LAST_DAY = date(2025, 12, 31)
_RECORDS = 50_000  # lines of a file
_TAIL = 200_000  # words


@cache
def sentences() -> tuple[str, ...]:
    """The sentences of the sample's bodies."""
    found = []
    for file in sorted(CORPUS.rglob("*")):
        if file.suffix in {".txt", ".md"} and file.name != "README.md":
            page = read_page(file.name, file.read_bytes())
            for article in page.articles:
                reading = reading_text(article, page.text)
                for part in reading.paragraphs:
                    if part.role is Role.BODY:
                        found += [f"{one}。" for one in reading.text[part.start : part.end].split("。") if len(one) > 5]
    return tuple(found)


def records(articles: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """So many articles, newest first: title, body, paper, date, page, author."""
    chance = random.Random(seed)
    han = "".join(chr(code) for code in range(0x4E00, 0x9000) if chr(code).encode("gb18030")[0] < 0xF8)
    often = list(accumulate(1 / rank for rank in range(3, len(han) + 3)))
    tail = ["".join(chance.choices(han, cum_weights=often, k=chance.choice((2, 2, 3, 3, 4)))) for _ in range(_TAIL)]
    weights = list(accumulate(1 / rank for rank in range(20, _TAIL + 20)))
    known = sentences()
    authors = ["".join(chance.choices(han, cum_weights=often, k=chance.choice((2, 3)))) for _ in range(3000)]
    for number in range(articles):
        text = ""
        while len(text) < LENGTH:
            text += chance.choice(known)
            for word in chance.choices(tail, cum_weights=weights, k=2):
                at = chance.randrange(len(text))
                text = f"{text[:at]}{word}{text[at:]}"
        page = number // ON_A_PAGE
        day = LAST_DAY - timedelta(days=page // (len(PAPERS) * 4))
        middle = LENGTH // 2
        yield {
            "title": "".join(chance.choices(tail, cum_weights=weights, k=5)),
            "body": f"{text[:middle]}\n{text[middle:LENGTH]}",
            "paper": PAPERS[page // 4 % len(PAPERS)],
            "date": day.isoformat(),
            "page": str(page % 4 + 1),
            "author": chance.choice(authors),
        }


def made_up(articles: int) -> Iterator[str]:
    """The bodies of so many articles."""
    return (record["body"] for record in records(articles))


def milliseconds(run: Callable[[], object], times: int = 5) -> float:
    """How long something takes, the median of some times."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


def write_records(folder: Path, articles: int) -> None:
    """Write the library as files of records."""
    folder.mkdir(parents=True, exist_ok=True)
    made = records(articles)
    for number in range(0, articles, _RECORDS):
        with (folder / f"{number // _RECORDS:03}.jsonl").open("w", encoding="utf-8") as file:
            for record in islice(made, _RECORDS):
                file.write(json.dumps(record, ensure_ascii=False) + "\n")


def write_pages(folder: Path, articles: int) -> None:
    """Write the library as page files, the lines cut as columns cut them."""
    made = records(articles)
    while some := list(islice(made, ON_A_PAGE)):
        first = some[0]
        file = folder / first["paper"] / first["date"] / f"{first['page']:>02}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n\n".join(map(_set, some)) + "\n", "utf-8")


def _set(record: dict[str, str]) -> str:
    lines = [record["title"], f"本报记者 {record['author']}"]
    for paragraph in record["body"].split("\n"):
        text = f"　　{paragraph}"
        lines += [text[at : at + 22] for at in range(0, len(text), 22)]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("articles", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", action="store_true")
    chosen = parser.parse_args()
    (write_pages if chosen.pages else write_records)(chosen.folder, chosen.articles)


if __name__ == "__main__":
    main()
