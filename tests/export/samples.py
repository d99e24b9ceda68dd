"""What the golden files are made of; `python -m tests.export.samples` writes them anew."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tui.export.registry import FORMATS, Export, ExportedAnnotation
from tui.model import Annotation, Scope, Span, Status, Tag

GOLDEN = Path(__file__).parent / "golden"
EVENING = "2024-01-25/江城晚报-02.txt"
BRIDGE = {
    "title": "新桥今晨通车",
    "paper": "江城晚报",
    "date": "2024-01-25",
    "number": "2",
    "authors": ("周明", "李小满"),
    "article_start": 40,
}
MARKET = {**BRIDGE, "title": "菜市场里的*春天*", "authors": (), "article_start": 300}


def annotation(name: str, start: int, exact: str, **fields: object) -> Annotation:
    values: dict[str, object] = {
        "id": name,
        "page": EVENING,
        "scope": Scope.SPAN,
        "spans": (Span(start, start + len(exact)),),
        "exact": exact,
        "prefix": "前文",
        "suffix": "后文",
        "author": "阿青",
        "created": "2024-01-26T08:30:00Z",
        "modified": "2024-01-26T09:00:00Z",
    }
    return Annotation(**{**values, **fields})  # type: ignore[arg-type]


def exported(annotation: Annotation, article: dict[str, object]) -> ExportedAnnotation:
    return ExportedAnnotation(annotation, **article)  # type: ignore[arg-type]


EXPORT = Export(
    (
        exported(
            annotation("c0ffee000003", 320, "一把小葱两块钱，\n三把五块。", tags=("民生",), colour="green"), MARKET
        ),
        exported(
            annotation(
                "c0ffee000002",
                60,
                "大桥全长1.2公里，双向六车道",
                spans=(Span(60, 68), Span(69, 77)),
                note="核对长度：\n- 县志作 1.3 公里\n\n见 [附录](http://example.org)",
                tags=("政策/产业", "2024", "待 查"),
            ),
            BRIDGE,
        ),
        exported(
            annotation(
                "c0ffee000001",
                40,
                "新桥今晨通车",
                scope=Scope.ARTICLE,
                note="=一篇好报道",
                tags=("交通",),
                colour="blue",
            ),
            BRIDGE,
        ),
        exported(
            annotation(
                "c0ffee000004",
                12,
                "\x1b]0;坏\x07 <b>标题</b>",
                page="散页.md",
                note="\u202e倒\r\n# 不是标题\n```\n---\n^h-c0ffee000001",
                status=Status.ORPHAN,
            ),
            {},
        ),
    ),
    (Tag("2024"), Tag("交通", "blue", "路、桥、车"), Tag("待 查"), Tag("政策/产业"), Tag("民生")),
    "我的剪报: 2024",
    datetime(2024, 2, 1, 12, 0, tzinfo=UTC),
)


def main() -> None:
    for form in dict.fromkeys(FORMATS.values()):
        (GOLDEN / f"export{form.suffix}").write_bytes(form.write(EXPORT))


if __name__ == "__main__":
    main()
