"""Small words between people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sottovoce.agent.intents import Intent
    from sottovoce.agent.questions import Question

_NOON, _EVENING = 12, 18


class Courtesy:
    """Greets, thanks, says who it is."""

    intents = ("courtesy.hello", "courtesy.thanks", "courtesy.bye", "courtesy.who", "courtesy.enough")
    offer = ""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Greet by the time of day that `now` gives."""
        self._now = now

    async def answer(self, question: Question, intent: Intent) -> str:
        """A short sentence."""
        name = f", {question.context.display_name}" if question.context.display_name else ""
        hour = self._now().hour
        part = "morning" if hour < _NOON else "afternoon" if hour < _EVENING else "evening"
        return {
            "courtesy.hello": f"Good {part}{name}. What can I do for you?",
            "courtesy.thanks": "You're welcome.",
            "courtesy.bye": f"Goodbye{name}.",
            "courtesy.who": "I am Sottovoce. I listen only while you hold the key, and all you say stays here.",
            "courtesy.enough": "Okay.",
        }[intent.name]
