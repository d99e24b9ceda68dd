"""Untrusted text put into Markdown and YAML so that it stays where it is put and looks as it was written."""

from __future__ import annotations

import json
import re
import unicodedata

from tui.display import visible, visible_line

# CommonMark's inline marks; Obsidian's tags, maths, block ids, comments, highlights; GitHub's tables, strikethrough.
_INLINE = re.compile(r"[\\`*_\[\]<>#~$^|]|&(?=#?\w+;)|=(?==)|(?<==)=|%(?=%)|(?<=%)%")
# What opens a block at the head of a line: a list, a rule, the underline of a heading.
_LINE_HEAD = re.compile(r"[-+](?=[ -]|$)|=|\d{1,9}(?P<mark>[.)])(?= |$)")
# Outside YAML 1.2's printable characters, and not made visible already.
_NOT_YAML = re.compile("[\ufffe\uffff]")


def inline(text: str) -> str:
    """`text` on one line, for a heading or a running line; white space around it goes."""
    return _line(visible_line(text).strip())


def paragraphs(text: str, prefix: str = "") -> str:
    """`text` as Markdown paragraphs that show its lines; nothing in it opens a block.

    Args:
        text: Any text; CRLF counts as a line feed, blank lines part paragraphs.
        prefix: What every line begins with, `> ` for a quotation.
    """
    lines = (_line(line) for line in visible(text.replace("\r\n", "\n")).strip("\n").split("\n"))
    return "\n".join((prefix + line).rstrip(" ") for line in lines)


def hashtag(tag: str) -> str:
    """A tag as Obsidian reads it, without the `#`.

    Letters, digits, `_`, `-`, `/` and pictures stay, anything else becomes `-`. Obsidian takes no tag that is only
    digits: it gets a `_`.
    """
    kept = "".join(character if _tag_may_have(character) else "-" for character in tag)
    return kept + "_" if kept.replace("/", "").isdigit() else kept


def yaml_text(text: str) -> str:
    """`text` as a double-quoted YAML scalar, which is JSON too, on one line."""
    quoted = json.dumps(visible_line(text), ensure_ascii=False)
    return _NOT_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def _line(line: str) -> str:
    line = line.strip(" ")
    head = _LINE_HEAD.match(line)
    escaped = _INLINE.sub(r"\\\g<0>", line)
    if head is None or escaped.startswith("\\"):
        return escaped
    at = head.start("mark") if head["mark"] else 0
    return f"{escaped[:at]}\\{escaped[at:]}"


def _tag_may_have(character: str) -> bool:
    category = unicodedata.category(character)
    allowed = character in "_-/" or category[0] in "LMN" or category == "So"
    return allowed and visible_line(character) == character
