"""How the main screen takes in what a program that synchronises folders has put beside the notes: conflict copies."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import JianbaoError, LibraryError
from tui.language import _, ngettext
from tui.library.library import Library
from tui.ui.history import Step
from tui.ui.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from tui.library.annotations import Change
    from tui.library.merging import Merged, Outcome
    from tui.ui.widgets.bars import StatusLine


class MergingScreen(ReadingScreen):
    """A screen that says so where conflict copies lie beside the notes, and merges them."""

    status: StatusLine

    async def tell_conflicts(self) -> None:
        """Say that there are conflict copies, and which key merges them."""
        copies = await self._conflicts()
        if not copies:
            return
        told = ngettext(
            "A sync conflict copy lies beside your notes: {key} merges it",
            "{count} sync conflict copies lie beside your notes: {key} merges them",
            len(copies),
        ).format(count=len(copies), key=self.key("library.merge"))
        self.say_too(told)

    def say_too(self, message: str) -> None:
        """Show a warning beside the message that is shown now, if there is one."""
        shown = self.status.message
        self.say(f"{shown} · {message}" if shown else message, warning=True)

    async def _conflicts(self) -> tuple[Path, ...]:
        from tui.library.importing import conflicts

        try:
            return await asyncio.to_thread(conflicts, self._library.home.annotations)
        except LibraryError as error:
            self.say(str(error), warning=True)
            return ()

    async def action_merge(self) -> None:
        """Merge every conflict copy, one step to undo each, and move it to the backups."""
        if self.refused():
            return
        copies = await self._conflicts()
        if not copies:
            self.say(_("No conflict copy lies beside your notes"))
            return
        counts: Counter[Outcome] = Counter()
        try:
            for copy in copies:
                counts += await self._merge(copy)
        except JianbaoError as error:
            self.say(str(error), warning=True)
        else:
            self.say(_said(counts))

    async def _merge(self, copy: Path) -> Counter[Outcome]:
        """Merge a copy as one step, and move it to the backups.

        Raises:
            JianbaoError: It can't be read, or there can be no backup, and nothing was done; or it can't be moved.
        """
        from tui.library.backups import Reason

        async with self._making:
            merged, inverse = await asyncio.to_thread(_merge, self._library, copy)
        if inverse is not None:
            self._history.made(Step(merged.change, inverse))
        self.show_marks()
        await asyncio.to_thread(self._library.backups.take_in, copy, Reason.CONFLICT)
        return merged.totals


def _merge(library: Library, copy: Path) -> tuple[Merged, Change | None]:
    """Merge a copy into the notes; what was done, and the change that undoes it, if there was anything to do."""
    from tui.library.backups import Reason
    from tui.library.importing import read_foreign
    from tui.library.merging import merge

    label = _("merge of {file}").format(file=copy.name)
    merged = merge(library.annotations.records, read_foreign(copy).records, label)
    if not merged.change.put:
        return merged, None
    library.back_up(Reason.MERGE)
    return merged, library.apply(merged.change)


def _said(counts: Counter[Outcome]) -> str:
    from tui.library.merging import Outcome

    said = _("Merged: {added} added, {updated} updated, {both} kept beside ours, {same} unchanged")
    return said.format(
        added=counts[Outcome.ADDED],
        updated=counts[Outcome.UPDATED],
        both=counts[Outcome.BOTH],
        same=counts[Outcome.UNCHANGED],
    )
