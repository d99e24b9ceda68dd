"""The program's own themes: ink on newsprint, by day and by night, with the vermilion of a seal."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="jianbao-dark",
    primary="#d9694f",
    secondary="#8fa9b8",
    accent="#e0b15c",
    foreground="#ddd6c8",
    background="#16150f",
    surface="#1c1b15",
    panel="#26241c",
    success="#8fae7a",
    warning="#e0b15c",
    error="#e5735f",
    dark=True,
    variables={
        "rule": "#3a372c",
        "muted": "#918a7a",
        "faint": "#625d50",
        "cursor-row": "#302d22",
        "hit": "#6b5216",
        "mark-yellow": "#584a17",
        "mark-green": "#2f4a2a",
        "mark-blue": "#27435a",
        "mark-red": "#5e2b26",
        "mark-purple": "#46325c",
        "mark-orange": "#63401c",
        "scrollbar": "#3a372c",
        "scrollbar-hover": "#625d50",
        "scrollbar-active": "#625d50",
        "scrollbar-background": "#1c1b15",
        "scrollbar-background-hover": "#1c1b15",
        "scrollbar-background-active": "#1c1b15",
        "scrollbar-corner-color": "#1c1b15",
        "input-selection-background": "#d9694f 40%",
    },
)

LIGHT = Theme(
    name="jianbao-light",
    primary="#a8321f",
    secondary="#3d5a6b",
    accent="#8a5a00",
    foreground="#26231c",
    background="#f6f1e4",
    surface="#f1ebdb",
    panel="#e8e0cc",
    success="#3f6b2c",
    warning="#8a5a00",
    error="#a8321f",
    dark=False,
    variables={
        "rule": "#cfc5ad",
        "muted": "#6f6757",
        "faint": "#a59b86",
        "cursor-row": "#e3d9c0",
        "hit": "#f2cf6b",
        "mark-yellow": "#f5e39a",
        "mark-green": "#cfe5b8",
        "mark-blue": "#c3dcec",
        "mark-red": "#f3c6bb",
        "mark-purple": "#dcccec",
        "mark-orange": "#f6d2a4",
        "scrollbar": "#cfc5ad",
        "scrollbar-hover": "#a59b86",
        "scrollbar-active": "#a59b86",
        "scrollbar-background": "#f1ebdb",
        "scrollbar-background-hover": "#f1ebdb",
        "scrollbar-background-active": "#f1ebdb",
        "scrollbar-corner-color": "#f1ebdb",
        "input-selection-background": "#a8321f 30%",
    },
)

THEMES = (DARK, LIGHT)

# Themes that are not the program's own lack these variables: each stands in for one of Textual's.
DERIVED = {
    "rule": "panel-lighten-1",
    "muted": "foreground-darken-2",
    "faint": "foreground-darken-3",
    "cursor-row": "panel-lighten-1",
    "hit": "warning-muted",
    "mark-yellow": "warning-muted",
    "mark-green": "success-muted",
    "mark-blue": "primary-muted",
    "mark-red": "error-muted",
    "mark-purple": "accent-muted",
    "mark-orange": "secondary-muted",
}
