"""Keys typed ahead: each goes where the one before it has led.

Textual hands a key to the widget that has the focus at that moment. A key on its way bubbles from there to the app, and
may then move the focus or open a sheet; the next one, if it has come meanwhile, has been handed to the old widget. Here
it waits. What follows a key on the same way, and has come through, proves that the key has done its work.
"""

from __future__ import annotations

import time
from collections import deque

from textual import events
from textual.app import App
from textual.message import Message

_ROUNDS = 2  # the second one lets messages through that the key's action has posted
_PATIENCE = 2.0  # seconds, should a widget vanish with what follows the key


class KeyPassed(Message):
    """Follows a key from the widget that has the focus up to the app."""

    def __init__(self, rounds: int) -> None:
        """Make the message.

        Args:
            rounds: How many more of it are to come.
        """
        super().__init__()
        self.rounds = rounds


class TypeAheadApp(App[None]):
    """An app whose keys never overtake what the keys before them have begun."""

    def __init__(self) -> None:
        """Make an app without a key under way."""
        super().__init__()
        self._waiting: deque[events.Key] = deque()
        self._since: float | None = None  # when the key under way was handed on

    async def on_event(self, event: events.Event) -> None:
        """Hand a key on, or keep it until the one under way has come through."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
        elif self._since is not None and time.monotonic() - self._since < _PATIENCE:
            self._waiting.append(event)
        else:
            self._waiting.append(event)
            await self._hand_on()

    async def _hand_on(self) -> None:
        self._since = time.monotonic()
        await super().on_event(self._waiting.popleft())
        self._follow(_ROUNDS)

    def _follow(self, rounds: int) -> None:
        (self.focused or self.screen).post_message(KeyPassed(rounds - 1))

    async def on_key_passed(self, message: KeyPassed) -> None:
        message.stop()
        if message.rounds:
            self._follow(message.rounds)
            return
        self._since = None
        if self._waiting:
            await self._hand_on()
