"""Music and films that other programs play: going on, pausing, skipping, and what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.desktop.ports import Act, Cannot, Status, Steer
from sottovoce.agent.desktop.tools import at_once, reading
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.agent.desktop.ports import Desktop, Player
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import Tool, ToolCall
    from sottovoce.domain.said import Said

JUMP_S = 10.0
"""Seconds of "skip forward"."""
LONGEST_S = 100_000.0
"""No song or film is longer: so far back is its beginning (MPRIS goes no further)."""


class MediaSkill:
    """Steers the player that plays; those that are paused only while the assistant listens count as playing."""

    offer = said("media-offer")

    def __init__(self, desktop: Desktop) -> None:
        """Steer players of this desktop."""
        self._desktop = desktop

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        desktop = self._desktop
        return (
            at_once(desktop, Act.MEDIA, "media.play", self._play),
            at_once(desktop, Act.MEDIA, "media.pause", self._pause),
            at_once(desktop, Act.MEDIA, "media.next", self._next),
            at_once(desktop, Act.MEDIA, "media.previous", self._previous),
            at_once(desktop, Act.MEDIA, "media.again", self._again),
            at_once(desktop, Act.MEDIA, "media.forward", self._forward),
            at_once(desktop, Act.MEDIA, "media.back", self._back),
            at_once(desktop, Act.MEDIA, "media.shuffle", self._shuffle),
            at_once(desktop, Act.MEDIA, "media.in_order", self._in_order),
            reading("media.tell", self._tell),
            reading("media.by_name", self._by_name),
        )

    async def _found(self) -> tuple[Sequence[Player], Sequence[Player]]:
        """Those that play, were there no turn; and the others."""
        held = set(await self._desktop.held.held())
        players = await self._desktop.media.players()
        playing = [one for one in players if one.id in held or one.status is Status.PLAYING]
        return playing, [one for one in players if one not in playing]

    async def _one(self) -> Player:
        playing, others = await self._found()
        ready = [*playing, *sorted(others, key=lambda one: one.status is Status.STOPPED)]
        if not ready:
            raise Cannot(said("media-none"))
        return ready[0]

    async def _play(self, _question: Question, _call: ToolCall) -> Said:
        playing, _ = await self._found()
        if playing:  # those that are held go on by themselves
            return _playing(playing[0])
        player = await self._one()
        later = player.status is Status.PAUSED and self._desktop.held.go_on_with(player.id)
        if not later:
            await self._desktop.media.steer(player, Steer.PLAY)
        return _playing(player)

    async def _by_name(self, _question: Question, _call: ToolCall) -> Said:
        """That nothing is looked for here, and which player can go on with what it has."""
        playing, others = await self._found()
        ready = [*playing, *sorted(others, key=lambda one: one.status is Status.STOPPED)]
        return said("media-by-name", player=ready[0].name) if ready else said("media-by-name-none")

    async def _pause(self, _question: Question, _call: ToolCall) -> Said:
        playing, others = await self._found()
        if not playing:
            return said("media-nothing-plays") if others else said("media-none")
        for player in playing:
            if player.status is Status.PLAYING:
                await self._desktop.media.steer(player, Steer.PAUSE)
        self._desktop.held.keep_paused()
        return said("media-paused")

    async def _next(self, _question: Question, _call: ToolCall) -> Said:
        player = await self._one()
        await self._desktop.media.steer(player, Steer.NEXT)
        return said("media-next")

    async def _previous(self, _question: Question, _call: ToolCall) -> Said:
        player = await self._one()
        await self._desktop.media.steer(player, Steer.PREVIOUS)
        return said("media-previous")

    async def _again(self, _question: Question, _call: ToolCall) -> Said:
        await self._desktop.media.seek(await self._one(), -LONGEST_S)
        return said("media-again")

    async def _forward(self, _question: Question, call: ToolCall) -> Said:
        seconds = _seconds(call)
        await self._desktop.media.seek(await self._one(), seconds)
        return said("media-forward", seconds=seconds)

    async def _back(self, _question: Question, call: ToolCall) -> Said:
        seconds = _seconds(call)
        await self._desktop.media.seek(await self._one(), -seconds)
        return said("media-back", seconds=seconds)

    async def _shuffle(self, _question: Question, _call: ToolCall) -> Said:
        await self._desktop.media.shuffle(await self._one(), on=True)
        return said("media-shuffled")

    async def _in_order(self, _question: Question, _call: ToolCall) -> Said:
        await self._desktop.media.shuffle(await self._one(), on=False)
        return said("media-in-order")

    async def _tell(self, _question: Question, _call: ToolCall) -> Said:
        playing, others = await self._found()
        if playing:
            return _playing(playing[0])
        paused = [one for one in others if one.status is Status.PAUSED and one.title]
        if paused:
            return said("media-is-paused", what=_what(paused[0]), player=paused[0].name)
        return said("media-nothing-plays") if others else said("media-none")


def _seconds(call: ToolCall) -> float:
    duration = call.slots.get("duration")
    return JUMP_S if duration is None else float(duration.total_seconds())


def _playing(player: Player) -> Said:
    if not player.title:
        return said("media-plays", player=player.name)
    return said("media-plays-what", what=_what(player), player=player.name)


def _what(player: Player) -> Said:
    if player.artist:
        return said("media-what", title=player.title, artist=player.artist)
    return said("media-what-alone", title=player.title)
