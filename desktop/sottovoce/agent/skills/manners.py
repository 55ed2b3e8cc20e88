"""Changing how the assistant is, because the user asks."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from sottovoce.agent.manner import in_manner, named
from sottovoce.domain.contexts import RATE_HIGH, RATE_LOW, Personality, Tone, Verbosity
from sottovoce.domain.friendship import Closeness, closeness

if TYPE_CHECKING:
    from sottovoce.agent.intents import Intent
    from sottovoce.agent.questions import Question
    from sottovoce.domain.contexts import UserContext
    from sottovoce.memory.system import MemorySystem

STEP = 25
"""Words a minute that "slower" and "faster" take and add: plainly heard, and not too much."""


class Manners:
    """Sets tone, verbosity and rate of speech, and tells how well it knows the user."""

    intents = (
        "manners.brief",
        "manners.detailed",
        "manners.usual",
        "manners.formal",
        "manners.warm",
        "manners.slower",
        "manners.faster",
        "manners.stay",
        "manners.change",
        "manners.friendship",
    )
    offer = ""

    def __init__(self, memory: MemorySystem, usual_rate: int) -> None:
        """Change contexts in `memory`; `usual_rate` is the settings' rate of speech in words a minute."""
        self._memory = memory
        self._usual_rate = usual_rate

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
        rate = present.speech_rate or self._usual_rate
        if intent == "manners.stay":
            return {"friendship_frozen": True, "personality_frozen": True}, "I will stay as I am."
        if intent == "manners.change":
            return {"friendship_frozen": False, "personality_frozen": False}, "Okay, I will get to know you."
        wanted: dict[str, tuple[dict[str, Any], str]] = {
            "manners.brief": ({"verbosity": Verbosity.BRIEF}, "Okay."),
            "manners.detailed": ({"verbosity": Verbosity.DETAILED}, "Okay, I will tell you more from now on."),
            "manners.usual": (
                {"verbosity": Verbosity.NORMAL, "tone": Tone.NEUTRAL, "speech_rate": None},
                "Okay, I am my usual self again.",
            ),
            "manners.formal": ({"tone": Tone.FORMAL}, "Very well."),
            "manners.warm": ({"tone": Tone.WARM}, "Gladly!"),
            "manners.slower": ({"speech_rate": max(rate - STEP, RATE_LOW)}, "I will speak slower."),
            "manners.faster": ({"speech_rate": min(rate + STEP, RATE_HIGH)}, "I will speak faster."),
        }
        fields, said = wanted[intent]
        return {"personality": dataclasses.replace(present, **fields)}, said


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
