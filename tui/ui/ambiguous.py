"""Terminals that draw marks of ambiguous width (“ ” … — · ■ ①) in two cells: Rich is told, in this one place.

Unicode leaves the width of these characters to the font ("ambiguous", UAX #11). Rich counts one cell and has no switch
for it, but all that it and Textual measure goes through two names of `rich.cells`, in Rich 14.1 as in 15:
`get_character_cell_size`, the cells of a character, and `_is_single_cell_widths`, the short cut for text that is known
to be narrow. Both are private or meant to be left alone, and other modules hold them by name; so they are put in
wherever they are held, and then it is tried whether Rich and Textual count as they have been told.

Box drawing and block elements stay one cell, for borders and scroll bars are made for that; what goes to the terminal
in their stead is ASCII (`plain`), of whose width there is no doubt.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from typing import Any
from unicodedata import east_asian_width

import tui.cells
from tui.errors import UsageError
from tui.language import _

_HELD = ("get_character_cell_size", "_is_single_cell_widths", "load_cell_table")
_NARROW = frozenset(map(chr, range(0x2500, 0x25A0)))  # box drawing and block elements
_ASCII = frozenset(map(chr, range(0x20, 0x7F)))


class _Counted:
    """How marks of ambiguous width are counted, and what Rich had under each name before."""

    wide = False
    before: dict[str, Any] = {}


def is_wide() -> bool:
    """Whether marks of ambiguous width count two cells."""
    return _Counted.wide


def count_wide() -> None:
    """Count two cells for every mark of ambiguous width from now on, before anything has been measured.

    Raises:
        UsageError: This Rich can't be told; all is as before.
    """
    if _Counted.wide:
        return
    import rich.cells
    import rich.segment  # so that it is there to be told

    held = {name: vars(rich.cells)[name] for name in _HELD if name in vars(rich.cells)}
    _Counted.before = held
    if not {"get_character_cell_size", "_is_single_cell_widths"} <= held.keys():
        raise UsageError(_refusal())
    told: dict[str, Any] = {
        "get_character_cell_size": _measure_with(held["get_character_cell_size"]),
        "_is_single_cell_widths": _ASCII.issuperset,
    }
    if "load_cell_table" in held:
        told["load_cell_table"] = _tables_with(held["load_cell_table"])
    _put_in(held, told)
    _Counted.wide = True
    if not _counts_wide():
        count_narrow()
        raise UsageError(_refusal())


def count_narrow() -> None:
    """Count one cell for them again, as Rich does by itself."""
    if _Counted.wide:
        import rich.cells

        _put_in({name: vars(rich.cells)[name] for name in _Counted.before}, _Counted.before)
        _Counted.wide = False


def plain(text: str) -> str:
    """`text` with box drawing and block elements in ASCII, one for one."""
    return text if _NARROW.isdisjoint(text) else text.translate(_stand_ins())


def _measure_with(measure: Callable[..., int]) -> Callable[..., int]:
    @cache
    def cells(character: str, *version: str) -> int:
        found = measure(character, *version)
        ambiguous = found == 1 and character not in _NARROW and east_asian_width(character) == "A"
        return 2 if ambiguous else found

    return cells


def _tables_with(load: Callable[..., Any]) -> Callable[..., Any]:
    """Rich's tables, without the characters to which a variation selector would add a third cell."""

    @cache
    def table(*version: str) -> Any:
        loaded = load(*version)
        narrow = {character for character in loaded.narrow_to_wide if east_asian_width(character) != "A"}
        return loaded._replace(narrow_to_wide=frozenset(narrow))

    return table


def _put_in(held: dict[str, Any], told: dict[str, Any]) -> None:
    """Replace what Rich and Textual hold by name, and forget what they have measured."""
    for module_name, module in list(sys.modules.items()):
        if module_name.partition(".")[0] in {"rich", "textual"}:
            for name, function in held.items():
                if vars(module).get(name) is function:
                    setattr(module, name, told[name])
    import rich.cells
    import rich.segment

    for measured in (rich.cells.cached_cell_len, vars(rich.segment.Segment).get("_split_cells")):
        clear = getattr(getattr(measured, "__func__", measured), "cache_clear", None)
        if clear is not None:
            clear()
    tui.cells.forget()


def _counts_wide() -> bool:
    """Whether Rich measures, cuts and pads as it has been told."""
    from rich.cells import cell_len, set_cell_size
    from rich.segment import Segment

    return (
        cell_len("“——…”") == 10
        and cell_len("·") == cell_len("①") == 2
        and cell_len("☎\ufe0f") == 2
        and cell_len("│") == 1
        and set_cell_size("··", 3) == "· "
        and Segment("“中”").cell_length == 6
        and Segment("··中").split_cells(2)[0].text == "·"
    )


def _refusal() -> str:
    from importlib.metadata import version

    return _('This version of Rich ({version}) can\'t count wide marks: set ambiguous = "narrow"').format(
        version=version("rich")
    )


@cache
def _stand_ins() -> dict[int, str]:
    stand_ins = dict.fromkeys(range(0x2500, 0x2580), "+")
    for first, last, ascii_mark in (
        (0x2500, 0x2501, "-"),
        (0x2502, 0x2503, "|"),
        (0x2504, 0x2505, "-"),
        (0x2506, 0x2507, "|"),
        (0x2508, 0x2509, "-"),
        (0x250A, 0x250B, "|"),
        (0x254C, 0x254D, "-"),
        (0x254E, 0x254F, "|"),
        (0x2550, 0x2550, "-"),
        (0x2551, 0x2551, "|"),
        (0x2571, 0x2571, "/"),
        (0x2572, 0x2572, "\\"),
        (0x2573, 0x2573, "X"),
        (0x2574, 0x257F, "-"),
        (0x2580, 0x2580, "-"),
        (0x2581, 0x2587, "_"),
        (0x2588, 0x2588, "#"),
        (0x2589, 0x2590, "|"),
        (0x2591, 0x2593, "#"),
        (0x2594, 0x2594, "-"),
        (0x2595, 0x2595, "|"),
        (0x2596, 0x259F, "#"),
    ):
        stand_ins.update(dict.fromkeys(range(first, last + 1), ascii_mark))
    return stand_ins
