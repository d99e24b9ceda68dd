"""The program speaks the language of the terminal it is started in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.e2e.conftest import Terminal


def test_a_chinese_locale_is_spoken_to_in_chinese(
    terminal: Callable[[tuple[int, int]], Terminal], home: dict[str, str], tmp_path: Path
) -> None:
    home["LANG"] = "zh_CN.UTF-8"
    for name in ("LC_ALL", "LC_MESSAGES"):
        home.pop(name, None)
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "01.txt").write_text("# 渡口的灯\n\n渡口的十二盏灯昨天换成了太阳能灯，江面亮了。\n", "utf-8")
    one = terminal((100, 30))
    one.start(str(tmp_path / "papers"))
    one.wait_for("1 篇", "Enter 阅读")
    one.type("?")
    one.wait_for("文章列表", "Esc 离开")
    one.press("Escape")
    one.wait_for("Enter 阅读", without="Esc 离开")
    one.type("q")
    one.wait_for("ENDED 0")


def test_a_language_may_be_asked_for(terminal: Callable[[tuple[int, int]], Terminal], tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    one = terminal((100, 30))
    one.start("--lang", "zh", str(tmp_path / "papers"))
    one.wait_for("0 篇", "Enter 阅读")
    one.type("q")
    one.wait_for("ENDED 0")
