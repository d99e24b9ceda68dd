"""A sheet at the foot of the screen: what the editors of notes and of tags have in common."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import ModalScreen

Result = TypeVar("Result")


class Sheet(ModalScreen[Result]):
    """A modal sheet that leaves the passage above it in view."""

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
        .sheet--title { color: $foreground; text-style: bold; width: 1fr; height: 1; }
        .sheet--keys { color: $muted; height: 1; }
    }
    """
