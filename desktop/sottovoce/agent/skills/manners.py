"""Changing how the assistant is, because the user asks."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sottovoce.agent.manner import in_manner, named
from sottovoce.domain.contexts import RATE_HIGH, RATE_LOW, Personality, Tone, Verbosity
from sottovoce.domain.friendship import Closeness, closeness

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from sottovoce.agent.intents import Intent
    from sottovoce.agent.questions import Question
    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.settings import Settings
    from sottovoce.memory.system import MemorySystem

STEP = 25
"""Words a minute that "slower" and "faster" take and add: plainly heard, and not too much."""
VOLUME_STEP = 20
"""Percent that "softer" and "louder" take and add."""
DECIDED = "Your administrator has decided that, so I can't change it."
SOFTEST = 20
"""Percent below which nobody is brought by asking: who can't hear the assistant can't ask it to speak up either."""


class Manners:
    """Sets tone, verbosity, rate and loudness of speech, and tells how well it knows the user."""

    intents = (
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
    )
    offer = ""

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

    async def answer(self, question: Question, intent: Intent) -> str:
        """Say what is different from now on.

        Raises:
            StoreTrouble: It could not be stored.
        """
        context = question.context
        if intent.name == "manners.friendship":
            return _friendship(context)
        changes, said = self._wanted(intent.name, context.personality)
        await self._memory.set_context(context.user_id, **changes)
        return said

    def _wanted(self, intent: str, present: Personality) -> tuple[dict[str, Any], str]:
        if intent == "manners.stay":
            return {"friendship_frozen": True, "personality_frozen": True}, "I will stay as I am."
        if intent == "manners.change":
            return {"friendship_frozen": False, "personality_frozen": False}, "Okay, I will get to know you."
        wanted: dict[str, tuple[dict[str, Any], str]] = {
            "manners.brief": ({"verbosity": Verbosity.BRIEF}, "Okay."),
            "manners.detailed": ({"verbosity": Verbosity.DETAILED}, "Okay, I will tell you more from now on."),
            "manners.usual": (
                {"verbosity": Verbosity.NORMAL, "tone": Tone.NEUTRAL, "speech_rate": None, "volume": None},
                "Okay, I am my usual self again.",
            ),
            "manners.formal": ({"tone": Tone.FORMAL}, "Very well."),
            "manners.warm": ({"tone": Tone.WARM}, "Gladly!"),
        }
        fields, said = wanted.get(intent) or self._voiced(intent, present)
        return {"personality": dataclasses.replace(present, **fields)}, said

    def _voiced(self, intent: str, present: Personality) -> tuple[dict[str, Any], str]:
        """What changes about the voice; nothing where it can't go any further, which is said."""
        change = _CHANGES[intent]
        if change.of in self._decided():
            return {}, DECIDED
        now = getattr(present, change.of)
        now = getattr(self._usual(), change.of) if now is None else now
        wanted = max(min(now + change.step, change.high), change.low)
        if (wanted - now) * change.step <= 0:
            return {}, change.at_the_end
        return {change.of: wanted}, change.said


@dataclass(frozen=True, slots=True)
class _Change:
    """One step of the voice."""

    of: str
    """The field of a personality and of the settings."""
    step: int
    low: int
    high: int
    said: str
    at_the_end: str


_LOUDEST = "This is as loud as I can speak. You can turn up the volume of the computer itself."
_CHANGES = {
    "manners.slower": _Change(
        *("speech_rate", -STEP, RATE_LOW, RATE_HIGH), "I will speak slower.", "This is as slow as I can speak."
    ),
    "manners.faster": _Change(
        *("speech_rate", STEP, RATE_LOW, RATE_HIGH), "I will speak faster.", "This is as fast as I can speak."
    ),
    "manners.softer": _Change(
        *("volume", -VOLUME_STEP, SOFTEST, 100), "I will speak softer.", "This is as soft as I can speak and be heard."
    ),
    "manners.louder": _Change("volume", VOLUME_STEP, SOFTEST, 100, "I will speak louder.", _LOUDEST),
}


def _friendship(context: UserContext) -> str:
    how = {
        Closeness.STRANGER: "We are only getting to know each other",
        Closeness.ACQUAINTANCE: "We know each other a little",
        Closeness.FRIEND: "We know each other well",
    }[closeness(context)]
    count = context.conversations_count
    talked = f"we have talked {count} {'time' if count == 1 else 'times'}"
    return in_manner(
        context,
        brief=f"{how}.",
        normal=f"{how}{named(context)}: {talked}.",
        detailed=f"{how}{named(context)}: {talked}, and our friendship is at {context.friendship_level} of 100.",
    )
