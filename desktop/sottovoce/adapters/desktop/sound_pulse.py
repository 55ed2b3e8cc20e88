"""The volume of the loudspeakers that are heard now, by PulseAudio or PipeWire in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.adapters.desktop.commands import Commands
from sottovoce.adapters.pulse import Pulse, PulseSink, ServerFrozen, ServerSilent
from sottovoce.agent.desktop import Cannot, Level
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Callable

USUAL = 65_536
"""What the server calls 100 percent; more is distorted."""
NOWHERE = "auto_null"
"""The server's sink where there is no loudspeaker."""


class PulseSound:
    """See `Sound`."""

    def __init__(self) -> None:
        """Ask nobody yet."""
        self._commands = Commands("desktop-sound")

    async def level(self) -> Level:
        """See `Sound`."""
        return await self._changed(lambda _server, _sink: None)

    async def set(self, percent: int) -> Level:
        """See `Sound`."""

        def change(server: Pulse, sink: PulseSink) -> None:
            server.set_sink_volumes(sink.name, _at(sink.volumes, percent))
            server.mute_sink(sink.name, muted=False)

        return await self._changed(change)

    async def change(self, by: int) -> Level:
        """See `Sound`."""

        def change(server: Pulse, sink: PulseSink) -> None:
            server.set_sink_volumes(sink.name, _at(sink.volumes, _percent(sink.volumes) + by))
            server.mute_sink(sink.name, muted=False)

        return await self._changed(change)

    async def mute(self, *, muted: bool) -> Level:
        """See `Sound`."""
        return await self._changed(lambda server, sink: server.mute_sink(sink.name, muted=muted))

    async def _changed(self, change: Callable[[Pulse, PulseSink], None]) -> Level:
        def work() -> Level:
            with Pulse() as server:
                change(server, _heard(server))
                sink = _heard(server)
                return Level(_percent(sink.volumes), sink.muted)

        try:
            return await self._commands.run(work)
        except ServerFrozen:
            raise Cannot(said("desktop-sound-silent")) from None
        except ServerSilent:
            raise Cannot(said("desktop-no-sound")) from None

    async def close(self) -> None:
        """End the thread. Idempotent."""
        await self._commands.close()


def _heard(server: Pulse) -> PulseSink:
    sink = server.default_sink()
    if sink is None or sink.name == NOWHERE:
        raise Cannot(said("desktop-no-loudspeaker"))
    return sink


def _percent(volumes: tuple[int, ...]) -> int:
    return round(100 * max(volumes, default=0) / USUAL)


def _at(volumes: tuple[int, ...], percent: int) -> tuple[int, ...]:
    """So loud, with the balance that it has."""
    wanted = USUAL * max(0, min(100, percent)) / 100
    loudest = max(volumes, default=0)
    return tuple(round(wanted * one / loudest) if loudest else round(wanted) for one in volumes)
