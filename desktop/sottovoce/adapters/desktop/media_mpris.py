"""Players that can be steered over D-Bus (MPRIS)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.desktop.bus import Refused
from sottovoce.agent.desktop import Cannot, Player, Status, Steer
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from sottovoce.adapters.desktop.bus import Bus, Connected

_PREFIX = "org.mpris.MediaPlayer2."
_PATH = "/org/mpris/MediaPlayer2"
_ROOT = "org.mpris.MediaPlayer2"
_PLAYER = "org.mpris.MediaPlayer2.Player"
_PROXY = f"{_PREFIX}playerctld"
"""Repeats another player."""
MICROSECONDS = 1_000_000
MOST_CHARS = 200
"""Of a title: what stands in tags may be anything."""


class MprisMedia:
    """See `Media`."""

    def __init__(self, bus: Bus) -> None:
        """Ask over this bus."""
        self._bus = bus

    async def players(self) -> Sequence[Player]:
        """See `Media`."""

        async def all_of_them(connected: Connected) -> list[Player]:
            names = [one for one in await connected.names() if one.startswith(_PREFIX) and one != _PROXY]
            found = await asyncio.gather(*(_player(connected, name) for name in sorted(names)))
            return [one for one in found if one is not None]

        try:
            return await self._bus.run(all_of_them)
        except Refused:
            raise Cannot(said("desktop-silent")) from None

    async def steer(self, player: Player, how: Steer) -> None:
        """See `Media`."""
        await self._do(player, lambda connected: connected.call(player.id, _PATH, _PLAYER, how.value))

    async def seek(self, player: Player, seconds: float) -> None:
        """See `Media`."""
        way = (round(seconds * MICROSECONDS),)
        await self._do(player, lambda connected: connected.call(player.id, _PATH, _PLAYER, "Seek", "x", way))

    async def shuffle(self, player: Player, *, on: bool) -> None:
        """See `Media`."""
        await self._do(player, lambda connected: connected.set(player.id, _PATH, _PLAYER, "Shuffle", ("b", on)))

    async def _do(self, player: Player, work: Callable[[Connected], Awaitable[object]]) -> None:
        try:
            await self._bus.run(work)
        except Refused:
            raise Cannot(said("desktop-player-refuses", player=player.name)) from None


async def _player(connected: Connected, name: str) -> Player | None:
    """None where it does not say what it does."""
    try:
        reply, root = await asyncio.gather(connected.all_of(name, _PATH, _PLAYER), connected.all_of(name, _PATH, _ROOT))
        status = Status(reply.get("PlaybackStatus", ""))
    except (Refused, ValueError):
        return None
    tags = reply.get("Metadata") or {}
    return Player(
        id=name,
        name=_text(root.get("Identity")) or name.removeprefix(_PREFIX).partition(".")[0].capitalize(),
        status=status,
        title=_text(tags.get("xesam:title")),
        artist=_text(tags.get("xesam:artist")),
    )


def _text(value: Any) -> str:  # noqa: ANN401 - players give what they like
    if isinstance(value, list):
        value = ", ".join(str(one) for one in value)
    return " ".join(str(value or "").split())[:MOST_CHARS]
