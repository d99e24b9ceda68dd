"""Writing notes: the editor, and the drafts that outlive a crash, a kill and a quit."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.geometry import Region

from tui.display import visible_line
from tui.errors import JianbaoError
from tui.language import _, ngettext
from tui.library import anchors
from tui.library.annotations import Change, now
from tui.library.drafts import Draft, Drafts, Keeper, Kept, draft_id, is_saved
from tui.library.library import Library
from tui.model import Annotation, Scope, Status
from tui.settings import Settings
from tui.ui import marking
from tui.ui.caret import select_range
from tui.ui.screens.reading import ReadingScreen
from tui.ui.widgets.bars import StatusLine

if TYPE_CHECKING:
    from tui.ui.screens.note import Written

_NARROWEST = 24  # cells of a region that an editor fits in
_SHOWN = 80  # characters of a draft in the list of drafts
_UNTIL_TOLD = 4.0  # seconds between looks whether the status line is free


class NotingScreen(ReadingScreen):
    """A screen on which notes are written."""

    status: StatusLine

    def __init__(self, library: Library, settings: Settings, *, classes: str) -> None:
        super().__init__(library, settings, classes=classes)
        self._drafts = Drafts(library.home.drafts)
        self._keeper: Keeper | None = None
        self._untold = ""
        self._told = False

    def on_unmount(self) -> None:
        if self._keeper is not None:
            self._keeper.close()

    # Telling of drafts

    async def tell_drafts(self) -> None:
        """Say which notes were left unfinished, as soon as the status line is free."""
        if self._library.annotations.read_only:
            return
        kept = await self._unfinished()
        if kept.drafts:
            self._untold = ngettext(
                "An unfinished note on {subject}: {key} goes on with it",
                "{count} unfinished notes, the last on {subject}: {key} lists them",
                len(kept.drafts),
            ).format(count=len(kept.drafts), subject=kept.drafts[0].subject, key=self.key("library.draft"))
        elif kept.problems:
            self._untold = _damage(kept.problems)
        self._tell()

    def _tell(self) -> None:
        """Say it, and again when another warning has come over it before a key was pressed."""
        message = self.status.message
        if not self._untold or (self._told and not message):
            self._untold = ""
            return
        if not message:
            self.say(self._untold, warning=True)
            self._told = True
        elif message != visible_line(self._untold) and self.status.warning:
            self._told = False
        self.set_timer(_UNTIL_TOLD, self._tell)

    async def _unfinished(self) -> Kept:
        """The drafts whose notes are not saved."""
        kept = await asyncio.to_thread(self._drafts.all)
        on_page = self._library.annotations.on_page
        return replace(
            kept, drafts=tuple(one for one in kept.drafts if not is_saved(one, on_page(one.annotation.page)))
        )

    # Going on with one

    async def action_draft(self) -> None:
        """Go on with an unfinished note; of several, with the one that is picked."""
        if self.refused():
            return
        kept = await self._unfinished()
        if not kept.drafts:
            message = _damage(kept.problems) if kept.problems else _("No unfinished note")
            self.say(message, warning=bool(kept.problems))
        elif len(kept.drafts) == 1:
            await self._go_on(kept.drafts[0])
        else:
            self._pick(kept.drafts)

    def _pick(self, drafts: tuple[Draft, ...]) -> None:
        from tui.ui.screens.picker import Picker
        from tui.ui.widgets.pick_list import Row

        async def go_on(chosen: int | None) -> None:
            if chosen is not None:
                await self._go_on(drafts[chosen])

        rows = [Row(f"{one.subject}  {' '.join(one.text[:_SHOWN].split())}", lead=one.modified[:10]) for one in drafts]
        self.app.push_screen(Picker(_("Unfinished notes"), rows), go_on)

    async def _go_on(self, draft: Draft) -> None:
        """Open a draft's article at its passage, and the editor; the editor alone where the passage is not found."""
        known = self._library.annotations.get(draft.annotation.id)
        page = self._catalog.page(draft.annotation.page)
        placed = anchors.resolve(known or draft.annotation, page.text) if page else None
        if placed is None or placed.status in {Status.REVIEW, Status.ORPHAN}:
            self._edit(draft, None, _("Its passage is not found now. The note is kept for when it is."))
            return
        article = self._catalog.article_at(placed.page, placed.spans[0].start)
        if article is None:
            self._edit(draft, None, _("Its passage is in no article now. The note is kept all the same."))
            return
        self.articles.select(article)
        await self._read(article)
        self._edit(draft, self._show_passage(placed, known), _again())

    def _show_passage(self, placed: Annotation, known: Annotation | None) -> marking.Target | None:
        """Put the reader's cursor on a passage of its article; the target that it is."""
        document = self.reader.document
        if document is None:
            return None
        if placed.scope is Scope.SPAN:
            ranges = document.reading.from_page(placed.spans)
            if ranges:
                self.reader.jump(ranges[0][0])
                if known is None:
                    self.reader.caret = select_range((ranges[0][0], ranges[-1][1]))
            return (
                marking.annotated(document.stored, placed) if known else marking.passage(document.stored, placed.spans)
            )
        return marking.article(document.stored, self.panel.annotations)

    # The editor

    async def _ask_note(self, target: marking.Target) -> None:
        """Write a target's note, from the draft of it where there is one."""
        known = target.annotation
        place = known or anchors.annotate(
            target.stored.row.page, target.stored.page.text, target.spans, scope=target.scope, author=self._author
        )
        fresh = Draft(draft_id(place, known=known is not None), place, target.subject, target.note)
        before = await asyncio.to_thread(self._drafts.get, fresh.id)
        if before is not None and before.text != target.note:
            self._edit(replace(fresh, text=before.text, modified=before.modified), target, _again())
        else:
            self._edit(fresh, target, "")

    def _edit(self, draft: Draft, target: marking.Target | None, hint: str, *, kept: bool = True) -> None:
        """Open the editor.

        Args:
            draft: Where its text is kept, and its text so far.
            target: What the note is about; None where that is not found.
            hint: A line above the keys.
            kept: Whether that text is on the disk, as a draft or as the note; if not, it is now.
        """
        from tui.ui.screens.note import NoteSheet

        async def end(written: Written | None) -> None:
            if written is not None:
                await self._end_note(keeper, target, written)

        def warn(error: JianbaoError) -> None:
            sheet.post_message(NoteSheet.Unkept(error))

        keeper = Keeper(self._drafts, draft if kept else replace(draft, text=""), warn)
        sheet = NoteSheet(
            _("Note on {subject}").format(subject=draft.subject),
            draft.text,
            keeper,
            self._drafts.folder,
            self._panel_region,
            hint=hint,
        )
        keeper.type(draft.text)
        self._keeper = keeper
        self.app.push_screen(sheet, end)

    def _panel_region(self) -> Region | None:
        """Where the annotations stand beside the article; None where there is no room for both."""
        if not self.complete or self.has_class("-narrow") or self.panel.region.width < _NARROWEST:
            return None
        return self.panel.region

    async def _end_note(self, keeper: Keeper, target: marking.Target | None, written: Written) -> None:
        from tui.ui.screens.note import Leave

        note = written.text.strip("\n")
        before = target.note if target else keeper.draft.annotation.note
        if written.leave is Leave.QUIT:
            if await self._close(keeper, drop=note == before):
                await self.action_quit()
            else:
                self._edit_again(keeper, target, written, _("The draft can't be kept: save or discard the note first"))
            return
        unchanged = written.leave is Leave.DISCARD or note == before
        if unchanged or await self._save(keeper.draft, target, note):
            await self._close(keeper, drop=True)
        else:
            await self._close(keeper, drop=False)
            now = self.anew(target) if target else None
            self._edit_again(keeper, now, written, self.status.message)  # why it was not saved

    def _edit_again(self, keeper: Keeper, target: marking.Target | None, written: Written, hint: str) -> None:
        """Open the editor with what was written, which may be on no disk."""
        self._edit(replace(keeper.draft, text=written.text), target, hint, kept=False)

    async def _save(self, draft: Draft, target: marking.Target | None, note: str) -> bool:
        if target is not None:
            return await self._annotate(marking.annotate(target, self._author, note=note))
        known = self._library.annotations.get(draft.annotation.id)
        made = replace(known or draft.annotation, note=note, modified=now())
        if not await self._commit(Change(_("note on {subject}").format(subject=draft.subject), put=(made,))):
            return False
        self.say(_("Saved: note. Its passage is not found now; `jianbao check` lists it"), warning=True)
        return True

    async def _close(self, keeper: Keeper, *, drop: bool) -> bool:
        """End a keeper, and its draft where that is not needed any more; False where typed words are on no disk."""
        self._keeper = None
        if not drop:
            return await asyncio.to_thread(keeper.close)
        try:
            await asyncio.to_thread(keeper.drop)
        except JianbaoError as error:
            self.say(str(error), warning=True)
        return True


def _again() -> str:
    return _("Not saved yet: you typed this before")


def _damage(problems: tuple[str, ...]) -> str:
    more = ngettext("and {count} more", "and {count} more", len(problems) - 1).format(count=len(problems) - 1)
    line = _("A draft that can't be read is left as it is: {problem}").format(problem=problems[0])
    return f"{line} {more}" if len(problems) > 1 else line
