"""A key under Windows and macOS, where a program sees every key go by and may keep one from going on.

Nothing is kept of any other key but whether a modifier is held. Another program's claim to the same key can't be seen
there, so no key counts as taken.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sottovoce.domain.errors import HotkeyUnknown
from sottovoce.domain.hotkeys import KeyName, parse
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.adapters.hotkey.virtual_keys import VirtualKeys

HELD_LOOK_S = 0.25
"""How often a held key is looked at: no release comes while a password is typed or a safe desktop is shown."""


class Hook(Protocol):
    """The system's keyboard, before other programs see it."""

    keys: VirtualKeys

    async def start(self, on_key: Callable[[int, bool], bool]) -> None:
        """Report every key.

        Args:
            on_key: Called on the hook's thread with the key's number and whether it went down; True keeps it from
                everybody else. It must return at once: the whole desktop waits for it.

        Raises:
            HotkeyForbidden: The system lets this program see no keys.
            HotkeyUnsupported: There is no keyboard to be seen.
        """

    def is_down(self, number: int) -> bool:
        """Whether the key is held at this moment."""

    async def stop(self) -> None:
        """Report none any more. Idempotent."""


def _nothing() -> None:
    """A callback that does nothing."""


@dataclass(slots=True)
class _Held:
    """The grabbed key and whom to call."""

    name: KeyName
    number: int
    on_press: Callable[[], None]
    on_release: Callable[[], None]
    on_repeat: Callable[[], None]
    on_other: Callable[[], None]
    begun: bool = False
    """Whether it went down and has not come up, as the hook's thread knows it."""
    down: bool = False
    """Whether that was reported."""


class HookedHotkey:
    """The key to talk over a hook. See `sottovoce.talk.ports.Hotkey`."""

    reports_release = True
    given = None

    def __init__(self, hook: Hook) -> None:
        """Use this hook; it starts with the first `grab`."""
        self._hook = hook
        self._loop: asyncio.AbstractEventLoop | None = None
        self._held: _Held | None = None
        self._second: tuple[int, Callable[[], None]] | None = None
        self._second_name: tuple[str, Callable[[], None]] = ("", _nothing)
        self._modifiers: frozenset[int] = frozenset()
        self._kept: frozenset[int] = frozenset()
        self._looking: asyncio.TimerHandle | None = None
        self._started = False
        self.edge_s = time.monotonic()

    async def grab(
        self,
        key: str,
        on_press: Callable[[], None],
        on_release: Callable[[], None],
        on_repeat: Callable[[], None] | None = None,
        on_other: Callable[[], None] | None = None,
    ) -> None:
        """Take a key in place of the one held before, which stays held if this one can't be had.

        Raises:
            HotkeyUnknown: No such key.
            HotkeyForbidden: The system lets this program see no keys.
            HotkeyUnsupported: There is no keyboard to be seen.
        """
        name = parse(key)
        number = self._hook.keys.number(name)
        if number is None:
            raise HotkeyUnknown(said("error-hotkey-not-on-keyboards", key=name.key))
        self._loop = asyncio.get_running_loop()
        if not self._started:
            await self._hook.start(self._seen)
            self._started = True
        before, self._held = (
            self._held,
            _Held(name, number, on_press, on_release, on_repeat or _nothing, on_other or _nothing),
        )
        if before is not None and before.down:
            before.on_release()
        self.watch(*self._second_name)

    def watch(self, key: str, on_press: Callable[[], None]) -> None:
        """Take a second key; see the port."""
        self._second_name = (key, on_press)
        number = None
        with suppress(HotkeyUnknown):
            number = self._hook.keys.number(parse(key, passing=True)) if key else None
        self._second = (number, on_press) if number is not None else None

    async def close(self) -> None:
        """Give the keys back. Idempotent."""
        held, self._held, self._second = self._held, None, None
        if self._looking is not None:
            self._looking.cancel()
        if held is not None and held.down:
            held.on_release()
        if self._started:
            self._started = False
            await self._hook.stop()

    # On the hook's thread: nothing here waits

    def _seen(self, number: int, down: bool) -> bool:  # noqa: FBT001 - as the hook reports it
        """One key went by; returns whether it stays here."""
        number = self._hook.keys.plain.get(number, number)
        if number in self._hook.keys.modifiers:
            self._modifiers = self._modifiers | {number} if down else self._modifiers - {number}
        held = self._held
        kept = number in self._kept
        if not down:
            self._kept -= {number}
        if held is not None and number == held.number and (held.begun or (down and self._meant(held))):
            held.begun = down
            self._call_on_loop(self._edge, held, down)
            return not held.name.is_modifier and self._keep(number, down=down, kept=kept)
        if not down:
            return kept
        if held is not None and held.begun and held.name.is_modifier:
            self._call_on_loop(held.on_other)
        second = self._second
        if second is not None and number == second[0]:
            self._call_on_loop(second[1])
            return self._keep(number, down=True, kept=kept)
        return kept

    def _meant(self, held: _Held) -> bool:
        """Whether just the modifiers of the key are held."""
        beside = {self._hook.keys.modifiers[one] for one in self._modifiers if one != held.number}
        return beside == held.name.modifiers

    def _keep(self, number: int, *, down: bool, kept: bool) -> bool:
        """A press that stays here takes its repetitions and its release along; a release alone goes on."""
        if down:
            self._kept |= {number}
        return down or kept

    def _call_on_loop(self, callback: Callable[..., None], *args: object) -> None:
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop was closed before us
                self._loop.call_soon_threadsafe(self._deliver, time.monotonic(), callback, *args)

    # On the event loop

    def _deliver(self, at_s: float, callback: Callable[..., None], *args: object) -> None:
        self.edge_s = at_s
        callback(*args)

    def _edge(self, held: _Held, down: bool) -> None:  # noqa: FBT001 - as the hook reports it
        if held is not self._held:
            return
        if down and held.down:
            held.on_repeat()
        elif down:
            held.down = True
            self._look_later()
            held.on_press()
        elif held.down:
            held.down = False
            held.on_release()

    def _look_later(self) -> None:
        loop = asyncio.get_running_loop()
        self._looking = loop.call_later(HELD_LOOK_S, self._look)

    def _look(self) -> None:
        """A release that was not reported is seen by looking."""
        held = self._held
        if held is None or not held.down:
            return
        if self._hook.is_down(held.number):
            self._look_later()
        else:
            held.begun = False
            self._deliver(time.monotonic(), self._edge, held, False)  # noqa: FBT003 - it is up
