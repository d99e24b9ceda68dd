"""Punctuation at a line's ends: small questions that several parts ask of a line."""

from __future__ import annotations

from tui.pages.lazy import regex

_CLOSERS = "”’」』》〉）)】］]\"'〕｝}"
_KINDS = (
    dict.fromkeys("。！!．…｡", "stop")
    | dict.fromkeys("？?", "query")
    | dict.fromkeys("；;", "semicolon")
    | dict.fromkeys("：:︰", "colon")
    | dict.fromkeys("，、,､", "comma")
    | dict.fromkeys("—―─", "dash")
)
_FULL_STOP = regex(r"[\u3400-\u9fff”」』）)]\.\Z")
_BULLETS = "■□◆◇●○▲△▼▽★☆◎※▶►"
_ANEW = regex(rf"[{_BULLETS}]|[-•·][ \t]|[（(]?(?:[上紧緊]接|下转|下轉)|[（(【]?本[报報][讯訊]")


def ending(text: str) -> str:
    """Its end: `stop`, `bang`, `query`, `semicolon`, `colon`, `comma`, `dash`, `close` (a bracket) or `none`."""
    core = text.rstrip(_CLOSERS)
    kind = _KINDS.get(core[-1:])
    if kind is None and core.endswith(".") and _FULL_STOP.search(core):
        kind = "stop"
    return kind or ("close" if len(core) < len(text) else "none")


def breaks_off(text: str) -> bool:
    """Whether `text` ends in mid-sentence."""
    return ending(text) in {"comma", "close", "none"}


def opens_bracket(text: str) -> bool:
    """Whether a bracket that `text` opens is not closed in it, as of a name or a source that a line's end has cut."""
    at = max(text.rfind("（"), text.rfind("("))
    return at >= 0 and not any(mark in text[at:] for mark in "）)】]")


def begins_anew(text: str) -> bool:
    """Whether `text` opens with what never stands in the middle of a paragraph: a bullet, a source, a jump line."""
    return _ANEW.match(text) is not None
