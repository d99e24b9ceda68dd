"""A library to refine."""

from __future__ import annotations

from tests.ui.conftest import FERRY, TEA
from tui.library.library import Library

RAIN = """# 雨水多，石阶滑

【要闻】

本报讯（记者 温亦舟）柳塘渡口的石阶长了青苔，渡工老秦请人铺了草垫。

等船的人说，草垫一铺，走得稳当多了，就是雨天要常换。
"""
MORE = {
    "柳塘日报/2024-03-10/01.txt": RAIN,
    "柳塘日报/2023-12-31/01.txt": TEA.replace("雨前茶", "明前茶"),
    "石坪周报/2024-03-09/01.txt": FERRY.replace("渡口", "码头"),
    "石坪周报/2024-02-01/A3.txt": TEA,
}


def add_pages(library: Library) -> None:
    """Four pages more, of two papers and three years and months."""
    for name, text in MORE.items():
        path = library.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    with library.catalog() as catalog:
        library.update(catalog)
