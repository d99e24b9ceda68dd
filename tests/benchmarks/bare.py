"""A bare Textual app with a list and a Static: what a first frame costs at least."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import OptionList, Static


class Bare(App[None]):
    """Nothing but two widgets."""

    def compose(self) -> ComposeResult:
        """A list and a text."""
        yield OptionList(*[f"row {number}" for number in range(40)])
        yield Static("first frame")


if __name__ == "__main__":
    Bare().run()
