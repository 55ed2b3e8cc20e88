"""The desktop of this machine, as skills ask for it; nothing of it is touched before it is asked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sottovoce.adapters.desktop.applications_xdg import XdgApplications
from sottovoce.adapters.desktop.bus import Bus
from sottovoce.adapters.desktop.commands import Commands
from sottovoce.adapters.desktop.elsewhere import (
    NoMedia,
    NoWindows,
    OtherApplications,
    OtherMachine,
    OtherOpener,
    OtherSound,
)
from sottovoce.adapters.desktop.machine_linux import LinuxMachine
from sottovoce.adapters.desktop.media_mpris import MprisMedia
from sottovoce.adapters.desktop.opener_xdg import XdgOpener
from sottovoce.adapters.desktop.sound_pulse import PulseSound
from sottovoce.adapters.desktop.windows_x11 import X11Windows
from sottovoce.agent.desktop import Desktop

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from sottovoce.agent.desktop import Act, HeldPlayers


class DesktopHere:
    """All that can be done on this machine's desktop; `close` ends its threads."""

    def __init__(
        self,
        *,
        held: HeldPlayers,
        allows: Callable[[Act], bool],
        take_picture: Callable[[Path], Awaitable[bool]] | None = None,
    ) -> None:
        """Choose by the system.

        Args:
            held: Who holds players while somebody talks.
            allows: Whether the administrator lets something be done.
            take_picture: Writes what is on the screen to a file; None where there is no window system in use.
        """
        self._ends: list[Callable[[], Awaitable[None]]]
        if sys.platform == "linux":
            bus, opener, applications = Bus(), XdgOpener(), XdgApplications()
            windows, sound, machine = X11Windows(), PulseSound(), LinuxMachine(bus, take_picture)
            self._ends = [bus.close, opener.close, applications.close, windows.end, sound.close, machine.close]
            self.ports = Desktop(
                applications=applications,
                opener=opener,
                windows=windows,
                sound=sound,
                media=MprisMedia(bus),
                machine=machine,
                held=held,
                allows=allows,
            )
        else:
            commands = Commands("desktop")
            self._ends = [commands.close]
            self.ports = Desktop(
                applications=OtherApplications(commands),
                opener=OtherOpener(commands),
                windows=NoWindows(),
                sound=OtherSound(commands),
                media=NoMedia(),
                machine=OtherMachine(commands, take_picture),
                held=held,
                allows=allows,
            )

    async def close(self) -> None:
        """End every thread; one that is stuck is left behind. Idempotent."""
        for end in self._ends:
            await end()
