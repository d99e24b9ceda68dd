"""What more than one widget says to the screen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from textual.message import Message


class Deed(StrEnum):
    """What can be done to a passage or an article."""

    HIGHLIGHT = "highlight"
    NOTE = "note"
    TAGS = "tags"
    COLOUR = "colour"
    DELETE = "delete"
    STAR = "star"
    READ = "read"


@dataclass
class Asked(Message):
    """A deed is asked for, on whatever the widget that asks has under its cursor."""

    deed: Deed
