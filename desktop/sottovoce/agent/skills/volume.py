"""How loud the computer is: up, down, to so many percent, silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.desktop.ports import Act
from sottovoce.agent.desktop.tools import at_once, reading
from sottovoce.agent.tools.amounts import FULL, percent, step
from sottovoce.agent.tools.questions import SkillAnswer
from sottovoce.domain.dialogue import Asked, Pending
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from sottovoce.agent.desktop.ports import Desktop, Level
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import Tool, ToolCall
    from sottovoce.domain.said import Said


class Volume:
    """Sets the volume of the loudspeakers that are heard now; that of the assistant's voice is a manner."""

    offer = said("volume-offer")

    def __init__(self, desktop: Desktop) -> None:
        """Set that of this desktop."""
        self._desktop = desktop

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        desktop = self._desktop
        return (
            at_once(desktop, Act.MEDIA, "volume.up", self._up),
            at_once(desktop, Act.MEDIA, "volume.down", self._down),
            at_once(desktop, Act.MEDIA, "volume.set", self._set),
            at_once(desktop, Act.MEDIA, "volume.most", self._most),
            at_once(desktop, Act.MEDIA, "volume.mute", self._mute),
            at_once(desktop, Act.MEDIA, "volume.unmute", self._unmute),
            reading("volume.tell", self._tell),
        )

    async def _up(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        level = await self._desktop.sound.change(step(question, call))
        return said("volume-most") if level.percent >= FULL else said("volume-now", percent=level.percent)

    async def _down(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        level = await self._desktop.sound.change(-step(question, call))
        return said("volume-now", percent=level.percent)

    async def _set(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        wanted = percent(question, call)
        if wanted is None:
            pending = Pending(asked=Asked("volume.set"), slot="percent")
            return SkillAnswer(said=said("volume-to-what"), pending=pending)
        level = await self._desktop.sound.set(wanted)
        return said("volume-now", percent=level.percent)

    async def _most(self, _question: Question, _call: ToolCall) -> Said:
        await self._desktop.sound.set(FULL)
        return said("volume-most")

    async def _mute(self, _question: Question, _call: ToolCall) -> Said:
        await self._desktop.sound.mute(muted=True)
        return said("volume-muted")

    async def _unmute(self, _question: Question, _call: ToolCall) -> Said:
        return said("volume-unmuted", percent=(await self._desktop.sound.mute(muted=False)).percent)

    async def _tell(self, _question: Question, _call: ToolCall) -> Said:
        return _told(await self._desktop.sound.level())


def _told(level: Level) -> Said:
    if level.muted:
        return said("volume-is-muted", percent=level.percent)
    return said("volume-now", percent=level.percent)
