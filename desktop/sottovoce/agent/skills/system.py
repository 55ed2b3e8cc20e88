"""The machine itself: how it is, its screen, its sleep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.desktop.ports import Act
from sottovoce.agent.desktop.tools import asked_always, asked_once, at_once, reading
from sottovoce.agent.tools.amounts import percent, step
from sottovoce.agent.tools.questions import SkillAnswer
from sottovoce.domain.dialogue import Asked, Pending
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from sottovoce.agent.desktop.ports import Desktop, Network, Usage
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import Tool, ToolCall
    from sottovoce.domain.said import Said

GIGABYTE = 1_000_000_000
"""As disks are sold, and as desktops tell their room."""
GIBIBYTE = 1024**3
"""As memory is sold."""
LITTLE = 0.05
"""Share of a disk below which it is told that there is little room."""
LOW = 20
"""Percent of a battery below which it is told to be charged."""
DARKEST = 5
"""Percent: at less, some screens show nothing, and who sees nothing can't ask for more."""


class System:
    """Tells how the machine is, and does what its keys do."""

    offer = said("system-offer")

    def __init__(self, desktop: Desktop) -> None:
        """Tell of this desktop's machine."""
        self._desktop = desktop
        self._machine = desktop.machine

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        desktop = self._desktop
        return (
            reading("system.battery", self._battery),
            reading("system.network", self._network),
            reading("system.address", self._address),
            reading("system.disk", self._disk),
            reading("system.memory", self._memory),
            reading("system.load", self._load),
            reading("system.uptime", self._uptime),
            reading("brightness.tell", self._brightness),
            at_once(desktop, Act.SYSTEM, "brightness.up", self._brighter),
            at_once(desktop, Act.SYSTEM, "brightness.down", self._darker),
            at_once(desktop, Act.SYSTEM, "brightness.set", self._set_brightness),
            at_once(desktop, Act.SYSTEM, "system.quiet", self._quiet),
            at_once(desktop, Act.SYSTEM, "system.not_quiet", self._not_quiet),
            reading("system.off", self._off),
            reading("system.radio", self._radio),
            asked_once(
                desktop,
                Act.SYSTEM,
                "system.screenshot",
                self._screenshot,
                lambda _: said("system-ask-screenshot"),
                permission="screenshot",
            ),
            asked_once(
                desktop, Act.SYSTEM, "system.lock", self._lock, lambda _: said("system-ask-lock"), permission="lock"
            ),
            asked_always(desktop, Act.SYSTEM, "system.sleep", self._sleep, lambda _: said("system-ask-sleep")),
        )

    async def _battery(self, _question: Question, _call: ToolCall) -> Said:
        battery = await self._machine.battery()
        if battery is None:
            return said("system-no-battery")
        if battery.charging:
            if battery.left_s:
                return said("system-charging-until", percent=battery.percent, left_s=battery.left_s)
            return said("system-charging", percent=battery.percent)
        low = "low" if battery.percent <= LOW else "enough"
        if battery.left_s:
            return said("system-battery-left", percent=battery.percent, left_s=battery.left_s, how=low)
        return said("system-battery", percent=battery.percent, how=low)

    async def _network(self, _question: Question, _call: ToolCall) -> Said:
        return _connected(await self._machine.network())

    async def _address(self, _question: Question, _call: ToolCall) -> Said:
        addresses = (await self._machine.network()).addresses
        return said("system-addresses", addresses=addresses) if addresses else said("system-offline")

    async def _disk(self, _question: Question, _call: ToolCall) -> Said:
        disk = await self._machine.disk()
        how = "little" if disk.free < LITTLE * disk.total else "enough"
        return said("system-disk", free=_round(disk.free / GIGABYTE), total=_round(disk.total / GIGABYTE), how=how)

    async def _memory(self, _question: Question, _call: ToolCall) -> Said:
        memory: Usage = await self._machine.memory()
        return said("system-memory", free=_round(memory.free / GIBIBYTE), total=_round(memory.total / GIBIBYTE))

    async def _load(self, _question: Question, _call: ToolCall) -> Said:
        return said("system-load", percent=await self._machine.load())

    async def _uptime(self, _question: Question, _call: ToolCall) -> Said:
        return said("system-uptime", up_s=await self._machine.up_s())

    async def _brightness(self, _question: Question, _call: ToolCall) -> Said:
        return said("system-brightness", percent=await self._machine.brightness())

    async def _brighter(self, question: Question, call: ToolCall) -> Said:
        return await self._changed(question, call, 1)

    async def _darker(self, question: Question, call: ToolCall) -> Said:
        return await self._changed(question, call, -1)

    async def _changed(self, question: Question, call: ToolCall, way: int) -> Said:
        wanted = await self._machine.brightness() + way * step(question, call)
        return await self._bright(wanted)

    async def _set_brightness(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        wanted = percent(question, call)
        if wanted is None:
            pending = Pending(asked=Asked("brightness.set"), slot="percent")
            return SkillAnswer(said=said("system-brightness-to-what"), pending=pending)
        return await self._bright(wanted)

    async def _bright(self, wanted: int) -> Said:
        now = await self._machine.set_brightness(max(DARKEST, min(100, wanted)))
        return said("system-brightness", percent=now)

    async def _quiet(self, _question: Question, _call: ToolCall) -> Said:
        await self._machine.quiet(on=True)
        return said("system-quiet")

    async def _not_quiet(self, _question: Question, _call: ToolCall) -> Said:
        await self._machine.quiet(on=False)
        return said("system-not-quiet")

    async def _off(self, _question: Question, _call: ToolCall) -> Said:
        return said("system-no-off")

    async def _radio(self, _question: Question, _call: ToolCall) -> Said:
        return said("system-no-radio")

    async def _screenshot(self, _question: Question, _call: ToolCall) -> Said:
        path = await self._machine.screenshot()
        return said("system-screenshot", folder=path.parent.name, file=path.name)

    async def _lock(self, _question: Question, _call: ToolCall) -> Said:
        await self._machine.lock()
        return said("system-locked")

    async def _sleep(self, _question: Question, _call: ToolCall) -> Said:
        await self._machine.sleep()
        return said("system-sleeps")


def _connected(network: Network) -> Said:
    if not network.connected:
        return said("system-offline")
    if network.wireless and network.name:
        if network.signal is None:
            return said("system-wireless", what=network.name)
        return said("system-wireless-signal", what=network.name, percent=network.signal)
    return said("system-online")


def _round(gigabytes: float) -> int | float:
    """In whole ones, and in tenths where there are few."""
    tenths = round(gigabytes, 1)
    return round(gigabytes) if gigabytes >= 10 or tenths == int(tenths) else tenths  # noqa: PLR2004 - two digits
