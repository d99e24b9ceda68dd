"""The application: themes, keys, the one place that shows errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.keys import _character_to_key

from tui.errors import SettingsError
from tui.language import _
from tui.library.library import Library
from tui.settings import Settings
from tui.ui.commands import COMMANDS
from tui.ui.filters import VisibleFilter
from tui.ui.remapping import commands_of
from tui.ui.screens.library import LibraryScreen
from tui.ui.themes import DERIVED, THEMES
from tui.ui.type_ahead import TypeAheadApp

_VISIBLE = VisibleFilter()


class ThemedApp(TypeAheadApp):
    """An application in the program's themes, which lets no control through to the terminal."""

    TITLE = "Jianbao 剪报"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "screen.quit", show=False, priority=True)]

    def __init__(self, settings: Settings) -> None:
        """Make the application.

        Args:
            settings: The user's settings.

        Raises:
            SettingsError: The settings name a theme that is none.
        """
        super().__init__()
        self.failure: Exception | None = None  # what ended the app, if not the user
        for theme in THEMES:
            self.register_theme(theme)
        if settings.theme not in self.available_themes:
            names = ", ".join(sorted(self.available_themes))
            cause = _("no theme is called {name}; there are {names}").format(name=settings.theme, names=names)
            raise SettingsError([settings.at("theme") + cause])
        self.theme = settings.theme

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables; those that only the program's own themes set are made from the others."""
        variables = super().get_css_variables()
        return {**{name: variables[source] for name, source in DERIVED.items()}, **variables}

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own filters, and the one that keeps controls from the terminal."""
        return [*super().get_line_filters(), _VISIBLE]

    def _handle_exception(self, error: Exception) -> None:
        self.failure = self.failure or error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        # Textual would print a traceback; whoever runs the app raises the error again and says it in one line.
        self._close_messages_no_wait()


class JianbaoApp(ThemedApp):
    """Shows one library."""

    def __init__(self, library: Library, settings: Settings, typed: str = "") -> None:
        """Make the application of an open library.

        Args:
            library: The folder.
            settings: The user's settings.
            typed: Keys that were typed before the screen was there.

        Raises:
            SettingsError: The settings name a theme, a command or a key that is none.
        """
        super().__init__(settings)
        self._library = library
        self._settings = settings
        self._typed = typed
        self._commands = commands_of(settings)
        # Only the user's own keys: Textual goes through the whole keymap with every key that is pressed.
        self.set_keymap(
            {own.id: ",".join(own.keys) for given, own in zip(COMMANDS, self._commands, strict=True) if own != given}
        )

    def on_ready(self) -> None:
        """Hand on what was typed ahead, as if it were typed now."""
        for character in self._typed:
            key = "enter" if character in "\r\n" else _character_to_key(character)
            self.post_message(events.Key(key, character))

    def get_default_screen(self) -> LibraryScreen:
        """The main screen, without an empty one below it."""
        return LibraryScreen(self._library, self._settings, self._commands)


def run(library: Library, settings: Settings, typed: str = "") -> None:
    """Show `library` until the user leaves; `typed` are keys that came before the screen was there.

    Raises:
        Exception: Whatever ended the app otherwise.
    """
    app = JianbaoApp(library, settings, typed)
    app.run()
    if app.failure is not None:
        raise app.failure
