"""What the main screen does with facets and named filters: its filter box is put another text."""

from __future__ import annotations

from abc import abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widgets import Input, Static

from tui.display import visible_line
from tui.language import _
from tui.ui.named_filters import named
from tui.ui.screens.deeds import DeedScreen
from tui.ui.widgets.cells import fit

if TYPE_CHECKING:
    from tui.library.annotations import Change
    from tui.library.counting import FacetCounter
    from tui.ui.screens.own_keys import Ways
    from tui.ui.widgets.filter_box import FilterBox

_WIDEST_NAME = 24  # cells that the name of the filter takes at most,
_NAME_SHARE = 5  # and a fifth of the screen's width


class RefiningScreen(DeedScreen):
    """A screen whose filter is refined by facets, and kept under names."""

    filter: FilterBox

    @abstractmethod
    def go_to(self, place: str) -> None:
        """Give a pane the focus."""

    @abstractmethod
    def ways(self) -> Ways:
        """How another screen changes the library."""

    @cached_property
    def _counter(self) -> FacetCounter:
        """Kept with what it has counted for as long as the screen is."""
        from tui.library.counting import FacetCounter

        return FacetCounter(self._library)

    @on(Input.Changed, "#filter")
    def _show_name(self) -> None:
        """Show the name that the filter has, beside the number of its articles."""
        name = named(self._library.annotations.filters(), self.filter.value)
        most = min(_WIDEST_NAME, self.size.width // _NAME_SHARE)
        shown = self.query_one("#named", Static)
        shown.set_class(bool(name), "-named")
        shown.update(Content(fit(visible_line(name), most)))

    async def _make(self, change: Change) -> Change | None:
        inverse = await super()._make(change)
        self._show_name()
        return inverse

    def _put_filter(self, text: str | None) -> None:
        """Put a text into the filter box; None leaves it."""
        if text is not None:
            self.filter.value = text

    def action_facets(self) -> None:
        from tui.ui.screens.facets import FacetSheet

        self.app.push_screen(FacetSheet(self._counter, self.filter.value, self._put_filter))

    def action_filters(self) -> None:
        from tui.ui.screens.filters import FilterSheet

        def apply(query: str | None) -> None:
            if query is not None:
                self._put_filter(query)
                self.go_to("list")

        self.app.push_screen(FilterSheet(self._library, self.ways(), self._counter, self.filter.value), apply)

    def action_named_filter(self, digit: str) -> None:
        """Apply the named filter of a digit."""
        one = self._library.annotations.filter_of(digit)
        if one is None:
            said = _("No filter has the digit {digit}: {key} gives it to one")
            self.say(said.format(digit=digit, key=self.key("library.filters")), warning=True)
        else:
            self._put_filter(one.query)
