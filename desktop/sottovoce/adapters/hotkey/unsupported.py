"""The hotkey of a desktop that gives programs no global keys."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NoReturn

from sottovoce.adapters.hotkey.bindings import binding
from sottovoce.adapters.hotkey.names import parse
from sottovoce.domain.errors import HotkeyUnsupported

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class NoHotkey:
    """Stands where a key can't be grabbed; the menu and the commands press and release still work."""

    reports_release = False
    given = None

    def __init__(self, session: Mapping[str, str]) -> None:
        """Refuse in the words of the desktop that `session` names."""
        self._session = session

    @property
    def edge_s(self) -> float:
        """The present time: no key is ever pressed here."""
        return time.monotonic()

    async def grab(
        self,
        key: str,
        on_press: Callable[[], None],
        on_release: Callable[[], None],
        on_repeat: Callable[[], None] | None = None,
        on_other: Callable[[], None] | None = None,
    ) -> NoReturn:
        """Refuse: this desktop gives programs no global keys.

        Raises:
            HotkeyUnknown: It is no key. HotkeyUnsupported: Always otherwise.
        """
        del on_press, on_release, on_repeat, on_other
        raise self.refusal(key)

    def refusal(self, key: str) -> HotkeyUnsupported:
        """Why this key can't be had, and what to bind instead.

        Raises:
            HotkeyUnknown: It is no key.
        """
        bound = binding(parse(key), self._session)
        return HotkeyUnsupported(None, bound.remedy, lines=bound.lines)

    def watch(self, key: str, on_press: Callable[[], None]) -> None:
        """Do nothing: there is no second key either."""

    async def close(self) -> None:
        """Do nothing: no key is held."""
