"""Copying passages and citations, and saying honestly where they went."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass

from tui import units
from tui.display import harmless
from tui.language import _, ngettext
from tui.library.catalog import StoredArticle
from tui.model import Annotation, Scope
from tui.ui.document import Document
from tui.ui.screens.noting import NotingScreen
from tui.units import Range


@dataclass(frozen=True, slots=True)
class _Passage:
    """What is to be copied.

    Attributes:
        text: As it is stored, its paragraphs parted by line feeds; empty for the article itself.
        note: What it is, where nothing was selected to say so; else empty.
    """

    stored: StoredArticle
    text: str
    note: str = ""


class CopyingScreen(NotingScreen):
    """A screen from which passages are copied."""

    async def _copy(self, *, cite: bool) -> None:
        """Copy what stands under the cursor, with its citation or without."""
        passage = self._passage()
        if passage is None:
            return
        text = passage.text
        if cite or not text:
            from tui.export.citation import citation, quotation

            text = quotation(text, passage.stored) if text else citation(passage.stored)
        outcome = await self._hand_over(harmless(text))
        self.say(_("{note}. {outcome}").format(note=passage.note, outcome=outcome) if passage.note else outcome)
        if self._place == "reader":
            self.done()

    def _passage(self) -> _Passage | None:
        """What would be copied; None, and a message, where there is nothing."""
        if self._place == "list":
            return self._listed()
        document = self.reader.document if self.complete else None
        if document is None:
            return None
        if self._place == "panel":
            if self.panel.annotation is None:
                self.say(_("No annotation here"), warning=True)
                return None
            return _annotated(document, self.panel.annotation)
        return self._read_passage(document)

    def _listed(self) -> _Passage | None:
        if self.articles.article_id is None:
            return None
        try:
            return _Passage(self._catalog.article(self.articles.article_id), "")
        except KeyError:  # its page was parsed anew a moment ago; the list will follow
            return None

    def _read_passage(self, document: Document) -> _Passage | None:
        """The selection, else the highlight under the cursor, else the sentence."""
        if self.reader.selection is not None:
            return _Passage(document.stored, _text(document, [self.reader.selection]))
        if self.reader.annotation is not None:
            return _annotated(document, self.reader.annotation)
        if not document.sentences:
            return None
        sentence = units.containing(document.sentences, self.reader.caret.offset)
        return _Passage(document.stored, _text(document, [sentence]), _("The sentence"))

    async def _hand_over(self, text: str) -> str:
        """Give a text to the clipboard; what has become of it."""
        from tui.clipboard import ClipboardError, choose, copy, too_long

        count = len(text)
        tool = choose(os.environ, shutil.which)
        failure = ""
        if tool is not None:
            try:
                await asyncio.to_thread(copy, tool, text)
            except ClipboardError as error:
                failure = _("{tool} failed: {cause}; sent to the terminal instead (OSC 52)").format(
                    tool=tool.name, cause=error
                )
        if tool is not None and not failure:
            if not tool.relays:
                return ngettext(
                    "Copied {count} character with {tool}", "Copied {count} characters with {tool}", count
                ).format(count=count, tool=tool.name)
            outcome = ngettext(
                "Copied {count} character to tmux; the terminal doesn't say whether it took it",
                "Copied {count} characters to tmux; the terminal doesn't say whether it took them",
                count,
            ).format(count=count)
        else:
            self.app.copy_to_clipboard(text)
            outcome = failure or ngettext(
                "Sent {count} character to the terminal (OSC 52); it doesn't say whether it took it",
                "Sent {count} characters to the terminal (OSC 52); it doesn't say whether it took them",
                count,
            ).format(count=count)
        return (
            _("{outcome}. It is more than many terminals take").format(outcome=outcome) if too_long(text) else outcome
        )


def _annotated(document: Document, annotation: Annotation) -> _Passage:
    """The passage of an annotation; of one on the article, its headline."""
    text = _text(document, document.ranges_of(annotation)) or annotation.exact
    if annotation.scope is Scope.ARTICLE:
        return _Passage(document.stored, text, _("The headline"))
    return _Passage(document.stored, text)


def _text(document: Document, ranges: Sequence[Range]) -> str:
    return "\n".join(document.reading.text[start:end] for start, end in ranges).strip()
