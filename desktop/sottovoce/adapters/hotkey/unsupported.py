"""The hotkey of a desktop that gives programs no global keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from sottovoce.domain.errors import HotkeyUnsupported

if TYPE_CHECKING:
    from collections.abc import Callable


class NoHotkey:
    """Stands where a key can't be grabbed; the menu and the commands press and release still work."""

    async def grab(self, key: str, on_press: Callable[[], None], on_release: Callable[[], None]) -> NoReturn:
        """Say so.

        Raises:
            HotkeyUnsupported: Always.
        """
        del key, on_press, on_release
        raise HotkeyUnsupported

    async def close(self) -> None:
        """Nothing is held."""
