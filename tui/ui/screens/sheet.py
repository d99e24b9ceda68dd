"""A sheet at the foot of the screen: what the editors of notes and of tags have in common."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual import events
from textual.screen import ModalScreen

Result = TypeVar("Result")


class Sheet(ModalScreen[Result]):
    """A modal sheet that leaves the passage above it in view; on a low screen it may take all of it.

    A part of the class `sheet--body` is as high as it likes while what stands above and below it is in view.
    """

    SHARE: ClassVar[float] = 0.8  # of the screen's height, at most
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]
    DEFAULT_CSS = """
    Sheet {
        align: center bottom;
        background: $background 40%;
        & > Vertical {
            width: 100%;
            max-width: 100;
            height: auto;
            max-height: 80%;
            background: $panel;
            border-top: tall $primary;
            padding: 0 2 0 2;
        }
        .sheet--title {
            color: $foreground;
            text-style: bold;
            width: 1fr;
            height: 1;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
        .sheet--keys { color: $muted; height: auto; max-height: 2; }
        &.-low > Vertical { max-height: 100%; padding: 0 1; }
    }
    """

    def on_resize(self, event: events.Resize) -> None:
        self._fit(event.size.height)
        self.call_after_refresh(self._fit, event.size.height)  # a line may by then have become two

    def on_screen_resume(self) -> None:
        self.call_after_refresh(self._fit, self.size.height)

    def _fit(self, height: int) -> None:
        """Leave the body the lines that the rest does not need."""
        most = height if self.has_class("-low") else int(height * self.SHARE)
        for body in self.query(".sheet--body"):
            around = [one for one in body.siblings if one.display]
            needed = sum(one.outer_size.height + one.styles.margin.height for one in around) + 1  # the border above
            body.styles.max_height = max(most - needed - body.styles.margin.height, 1)
