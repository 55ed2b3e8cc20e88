"""What is left of the application while it is locked: the icon, the key to talk, and when something will be due."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.adapters.hotkey import open_hotkey
from sottovoce.adapters.wake import MachineClocks, Waker
from sottovoce.domain.errors import AppLocked, HotkeyTrouble
from sottovoce.memory.finish import finish
from sottovoce.talk.talk_key import TalkKey

if TYPE_CHECKING:
    from sottovoce.domain.settings import Settings
    from sottovoce.memory.schedule import Wakes
    from sottovoce.ui.interface import Interface
    from sottovoce.ui.starting import Starting

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Locked:
    """What is known while the store is closed: neither a key nor a word."""

    settings: Settings
    """Those that were in force."""
    wakes: Wakes
    """When the next timer, alarm or reminder is due: then it is opened as if somebody wanted it."""

    async def wanted(self, wanted: asyncio.Event, interface: Interface, starting: Starting) -> None:
        """Return when somebody wants it to be open again, who sets `wanted`, or something is due."""
        log.info("locked: not used for as long as the policy lets it be open")
        locked = AppLocked()
        starting.tell = lambda _error: interface.tell_error(locked)
        interface.on_wanted = starting.on_wanted = wanted.set
        interface.show_locked(locked)
        key = TalkKey(
            open_hotkey(lambda _error: None),
            lambda _call: wanted.set(),
            stay=lambda: None,
            listening=lambda: False,
            on_trouble=lambda _error: None,
        )
        waking = asyncio.create_task(self._due(wanted), name="due")
        try:
            with contextlib.suppress(HotkeyTrouble):  # its windows and `sottovoce show` open it as well
                await key.use(self.settings)
            await wanted.wait()
        finally:
            waking.cancel()
            await finish(asyncio.wait({waking}))
            await finish(key.close())
            interface.on_wanted = starting.on_wanted = lambda: None
            starting.tell = interface.tell_error
            interface.show_locked(None)

    async def _due(self, wanted: asyncio.Event) -> None:
        if self.wakes.wall is None and self.wakes.boot_s is None:
            return
        waker, clocks = Waker(), MachineClocks()
        try:
            while not self._is_due(clocks):
                await waker.wait(self.wakes)
        finally:
            waker.close()
        wanted.set()

    def _is_due(self, clocks: MachineClocks) -> bool:
        wall, boot_s = self.wakes.wall, self.wakes.boot_s
        return (wall is not None and wall <= time.time()) or (boot_s is not None and boot_s <= clocks.since_boot())
