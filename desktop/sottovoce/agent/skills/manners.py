"""Changing how the assistant is, because the user asks."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sottovoce.agent.tools.tools import by_words
from sottovoce.domain.contexts import RATE_HIGH, RATE_LOW, Personality, Tone, Verbosity
from sottovoce.domain.effects import Effect
from sottovoce.domain.said import Said, said

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from sottovoce.agent.intents.intents import Intent
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import Tool
    from sottovoce.domain.settings import Settings
    from sottovoce.memory.system import MemorySystem

STEP = 25
"""Words a minute that "slower" and "faster" take and add: plainly heard, and not too much."""
VOLUME_STEP = 20
"""Percent that "softer" and "louder" take and add."""
SOFTEST = 20
"""Percent below which nobody is brought by asking: who can't hear the assistant can't ask it to speak up either."""


class Manners:
    """Sets tone, verbosity, rate and loudness of speech, and tells how well it knows the user."""

    offer = None

    def __init__(
        self,
        memory: MemorySystem,
        usual: Callable[[], Settings],
        decided: Callable[[], Collection[str]] = frozenset,
    ) -> None:
        """Prepare.

        Args:
            memory: Where contexts are changed.
            usual: The settings in force, for who asked for nothing.
            decided: Names of the settings that are nobody's to change here.
        """
        self._memory = memory
        self._usual = usual
        self._decided = decided

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        return by_words(
            self.answer,
            "manners.brief",
            "manners.detailed",
            "manners.usual",
            "manners.formal",
            "manners.warm",
            "manners.slower",
            "manners.faster",
            "manners.louder",
            "manners.softer",
            "manners.stay",
            "manners.change",
            "manners.friendship",
            effect=Effect.WRITE,
        )

    async def answer(self, question: Question, intent: Intent) -> Said:
        """Say what is different from now on.

        Raises:
            StoreTrouble: It could not be stored.
        """
        context = question.context
        if intent.name == "manners.friendship":
            return said("manners-friendship", count=context.conversations_count, level=context.friendship_level)
        changes, answer = self._wanted(intent.name, context.personality)
        await self._memory.set_context(context.user_id, **changes)
        return answer

    def _wanted(self, intent: str, present: Personality) -> tuple[dict[str, Any], Said]:
        if intent == "manners.stay":
            return {"friendship_frozen": True, "personality_frozen": True}, said("manners-stay")
        if intent == "manners.change":
            return {"friendship_frozen": False, "personality_frozen": False}, said("manners-change")
        wanted: dict[str, tuple[dict[str, Any], Said]] = {
            "manners.brief": ({"verbosity": Verbosity.BRIEF}, said("manners-brief")),
            "manners.detailed": ({"verbosity": Verbosity.DETAILED}, said("manners-detailed")),
            "manners.usual": (
                {"verbosity": Verbosity.NORMAL, "tone": Tone.NEUTRAL, "speech_rate": None, "volume": None},
                said("manners-usual"),
            ),
            "manners.formal": ({"tone": Tone.FORMAL}, said("manners-formal")),
            "manners.warm": ({"tone": Tone.WARM}, said("manners-warm")),
        }
        fields, answer = wanted.get(intent) or self._voiced(intent, present)
        return {"personality": dataclasses.replace(present, **fields)}, answer

    def _voiced(self, intent: str, present: Personality) -> tuple[dict[str, Any], Said]:
        """What changes about the voice; nothing where it can't go any further, which is said."""
        change = _CHANGES[intent]
        if change.of in self._decided():
            return {}, said("manners-decided")
        now = getattr(present, change.of)
        now = getattr(self._usual(), change.of) if now is None else now
        wanted = max(min(now + change.step, change.high), change.low)
        if (wanted - now) * change.step <= 0:
            return {}, change.at_the_end
        return {change.of: wanted}, change.said


@dataclass(frozen=True, slots=True)
class _VoiceStep:
    """One step of the voice."""

    of: str
    """The field of a personality and of the settings."""
    step: int
    low: int
    high: int
    said: Said
    at_the_end: Said


_CHANGES = {
    "manners.slower": _VoiceStep(
        *("speech_rate", -STEP, RATE_LOW, RATE_HIGH), said("manners-slower"), said("manners-slowest")
    ),
    "manners.faster": _VoiceStep(
        *("speech_rate", STEP, RATE_LOW, RATE_HIGH), said("manners-faster"), said("manners-fastest")
    ),
    "manners.softer": _VoiceStep(
        *("volume", -VOLUME_STEP, SOFTEST, 100), said("manners-softer"), said("manners-softest")
    ),
    "manners.louder": _VoiceStep("volume", VOLUME_STEP, SOFTEST, 100, said("manners-louder"), said("manners-loudest")),
}
