"""A machine as every system tells of it alike; what one tells better has a class of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.adapters.desktop import machine_read

if TYPE_CHECKING:
    from sottovoce.adapters.desktop.commands import Commands
    from sottovoce.agent.desktop import Battery, Network, Usage


class ReadMachine:
    """The part of `Machine` that only reads."""

    def __init__(self, commands: Commands) -> None:
        """Read on this thread."""
        self._commands = commands

    async def battery(self) -> Battery | None:
        """See `Machine`."""
        return await self._commands.run(machine_read.battery)

    async def network(self) -> Network:
        """See `Machine`."""
        return await self._commands.run(machine_read.network)

    async def disk(self) -> Usage:
        """See `Machine`."""
        return await self._commands.run(machine_read.disk)

    async def memory(self) -> Usage:
        """See `Machine`."""
        return await self._commands.run(machine_read.memory)

    async def load(self) -> int:
        """See `Machine`."""
        return await self._commands.run(machine_read.load)

    async def up_s(self) -> float:
        """See `Machine`."""
        return await self._commands.run(machine_read.up_s)
