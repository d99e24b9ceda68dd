"""The codebook: every tag, and the keys that rename, merge, describe, colour and delete them."""

from __future__ import annotations

from tui.errors import UsageError
from tui.language import _, ngettext
from tui.library.annotations import Change
from tui.library.codebook import Entry
from tui.library.entries import clean_tag
from tui.model import Annotation, Scope
from tui.ui.screens.asking import LineSheet, Question
from tui.ui.screens.codebook_view import CodebookView, counts

_QUOTED = 5  # passages shown before a tag is deleted
_QUOTE = 40  # characters of each


class CodebookScreen(CodebookView):
    """Every tag in use or described."""

    async def _commit(self, change: Change, name: str = "") -> None:
        """Make a change, and show the tags as they are then with the cursor on `name`."""
        await self._ways.commit(change)
        self.reload(name)
        self.repeat()

    def _to_change(self) -> Entry | None:
        """The line to change; None, and a message, where there is none or nothing can be changed."""
        return self._chosen if self.writable() else None

    def action_describe(self) -> None:
        entry = self._to_change()
        if entry is None:
            return
        name = entry.tag.name

        async def keep(text: str | None) -> None:
            if text is not None:
                await self._commit(self._book.describe(name, text), name)

        self.app.push_screen(LineSheet(_("What {tag} stands for").format(tag=name), entry.tag.description), keep)

    def action_rename(self) -> None:
        entry = self._to_change()
        if entry is None:
            return
        name = entry.tag.name

        async def keep(typed: str | None) -> None:
            new = clean_tag(typed) if typed is not None else name
            clashes = self._book.clashes(name, new)

            async def go_on(yes: bool | None) -> None:
                if yes:
                    await self._commit(self._book.rename(name, new), new)

            if clashes:
                there = _("There already: {tags}").format(tags=_(", ").join(clashes))
                question = _("Merge {tag} into {into}?").format(tag=name, into=new)
                self.app.push_screen(Question(question, [there]), go_on)
            else:
                await go_on(new != name)

        self.app.push_screen(LineSheet(_("Another name for {tag}").format(tag=name), name, _wrong_name), keep)

    def action_merge(self) -> None:
        from tui.ui.screens.picker import Picker
        from tui.ui.widgets.pick_list import Row

        entry = self._to_change()
        if entry is None:
            return
        name = entry.tag.name
        others = [one for one in self._entries if one.tag.name != name]

        async def keep(place: int | None) -> None:
            if place is not None:
                into = others[place].tag.name
                await self._commit(self._book.merge(name, into), into)

        rows = [Row(one.tag.name, detail=counts(one)) for one in others]
        self.app.push_screen(Picker(_("Merge {tag} into").format(tag=name), rows), keep)

    def action_delete(self) -> None:
        entry = self._to_change()
        if entry is None:
            return
        name = entry.tag.name

        async def go_on(yes: bool | None) -> None:
            if yes:
                await self._commit(self._book.delete(name))

        self.app.push_screen(Question(_("Delete {tag}?").format(tag=name), self._what_uses(name)), go_on)

    def _what_uses(self, name: str) -> list[str]:
        """What is to be known before a tag is deleted."""
        uses = self._book.uses(name)
        lines = [
            ngettext("{count} annotation has it", "{count} annotations have it", len(uses)).format(count=len(uses))
        ]
        below = [one for one in self._book.family(name) if one != name]
        if below:
            lines.append(_("With it go the tags below it: {tags}").format(tags=_(", ").join(below)))
        with self._library.catalog() as catalog:
            for one in uses[:_QUOTED]:
                found = catalog.article_at(one.page, one.spans[0].start)
                rows = catalog.rows([found]) if found is not None else []
                lines.append(_used(one, rows[0].title or rows[0].lead if rows else one.page))
        if len(uses) > _QUOTED:
            lines.append("…")
        return lines

    async def action_recolour(self) -> None:
        entry = self._to_change()
        if entry is not None:
            await self._commit(self._book.recolour(entry.tag.name), entry.tag.name)

    async def action_favourite(self, digit: str) -> None:
        entry = self._to_change()
        if entry is not None:
            await self._commit(self._book.favourite(entry.tag.name, digit), entry.tag.name)

    def action_create(self) -> None:
        if not self.writable():
            return

        async def keep(typed: str | None) -> None:
            if typed is not None:
                self._box.value = ""
                await self._commit(self._book.create(typed), clean_tag(typed))

        self.app.push_screen(LineSheet(_("A new tag; / nests it"), "", self._wrong_new), keep)

    def _wrong_new(self, typed: str) -> str:
        try:
            self._book.create(typed)
        except UsageError as error:
            return str(error)
        return ""


def _wrong_name(typed: str) -> str:
    try:
        clean_tag(typed)
    except UsageError as error:
        return str(error)
    return ""


def _used(annotation: Annotation, title: str) -> str:
    """A use of a tag: the passage and its article; unsafe to show."""
    short = annotation.exact if len(annotation.exact) <= _QUOTE else annotation.exact[: _QUOTE - 1] + "…"
    return f"“{short}” {title}" if annotation.scope is Scope.SPAN else title
