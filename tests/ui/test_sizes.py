"""Every screen at every size that a terminal may have, and while it changes."""

from __future__ import annotations

import pytest
from textual.geometry import Region
from textual.widgets import Input

from tests.ui.conftest import WIDE
from tests.ui.test_snapshots import SCREENS, drive
from tui.library.library import Library
from tui.settings import Settings
from tui.ui.app import JianbaoApp

SIZES = [(40, 12), (60, 20), (300, 100)]


def check_usable(app: JianbaoApp) -> None:
    """What has the focus is in view, and of a sheet also what its keys do."""
    whole = Region(0, 0, *app.size)
    keys = list(app.screen.query(".sheet--keys"))
    for widget in (*keys[-1:], *([app.focused] if isinstance(app.focused, Input) else [])):
        assert widget.region.height, widget
        assert whole.contains_region(widget.region), (widget, widget.region)
        shown = app.screen.find_widget(widget).clip
        assert shown.contains_region(widget.region), (widget, widget.region, shown)
    for body in app.screen.query(".sheet--body"):
        assert body.region.height >= min(2, body.virtual_size.height)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
async def test_every_screen_opens(fixed_library: Library, name: str, size: tuple[int, int]) -> None:
    with fixed_library:
        app = JianbaoApp(fixed_library, Settings(author="tester"))
        async with app.run_test(size=size) as pilot:
            await drive(pilot, SCREENS[name])
            check_usable(app)


@pytest.mark.parametrize("name", SCREENS)
async def test_a_terminal_may_change_its_size_in_the_midst_of_it(fixed_library: Library, name: str) -> None:
    with fixed_library:
        app = JianbaoApp(fixed_library, Settings(author="tester"))
        async with app.run_test(size=WIDE) as pilot:
            await drive(pilot, SCREENS[name])
            for size in (*SIZES, (80, 24), (40, 12), WIDE):
                await pilot.resize_terminal(*size)
                await pilot.pause()
                await pilot.pause()
                check_usable(app)
