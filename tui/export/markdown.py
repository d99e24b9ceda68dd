"""Markdown for Obsidian and the like: front matter, then an article a section, its passages quoted with their notes."""

from __future__ import annotations

from datetime import UTC

from tui.export.escaping import hashtag, inline, paragraphs, yaml_text
from tui.export.values import Export, ExportedAnnotation, sections
from tui.model import Scope, Status


def write(export: Export) -> bytes:
    """The file's content, UTF-8 with LF line ends."""
    blocks = [_front_matter(export), f"# {inline(export.library_name) or 'Annotations'}"]
    for section in sections(export):
        blocks += _heading(section[0])
        for each in section:
            blocks += _annotation(each)
    return ("\n\n".join(blocks) + "\n").encode()


def _front_matter(export: Export) -> str:
    tags = dict.fromkeys(hashtag(tag.name) for tag in export.tags)
    lines = [
        "---",
        f"library: {yaml_text(export.library_name)}",
        f"exported: {yaml_text(export.exported_at.astimezone(UTC).strftime('%Y-%m-%dT%H:%M:%SZ'))}",
        f"annotations: {yaml_text(str(len(export.annotations)))}",
        "tags:" if tags else "tags: []",
        *(f"  - {yaml_text(tag)}" for tag in tags),
        "---",
    ]
    return "\n".join(lines)


def _heading(each: ExportedAnnotation) -> list[str]:
    if each.article_start is None and not each.title:
        title = "(outside any article)"
    else:
        title = inline(each.title) or "(no headline)"
    printed = (each.paper, each.date, each.number and f"page {each.number}", "、".join(each.authors))
    source = " · ".join(inline(part) for part in printed if part.strip()) or inline(each.annotation.page)
    return [f"## {title}", f"*{source}*"]


def _annotation(each: ExportedAnnotation) -> list[str]:
    annotation = each.annotation
    blocks = [] if annotation.scope is Scope.ARTICLE else [paragraphs(annotation.exact, "> ")]
    if annotation.scope is Scope.SPAN:
        blocks.append(f"^h-{annotation.id}")
    if annotation.status is Status.ORPHAN:
        blocks.append("*This passage is no longer found on its page.*")
    if annotation.status is Status.REVIEW:
        blocks.append("*This passage has changed on its page, or moved; its place is not certain.*")
    if annotation.note.strip():
        blocks.append(paragraphs(annotation.note))
    if annotation.tags:
        blocks.append(" ".join(f"#{hashtag(tag)}" for tag in annotation.tags))
    if annotation.scope is Scope.ARTICLE:
        blocks.append(f"^h-{annotation.id}")
    return blocks
