"""Small words between people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.manner import greeting, in_manner, in_tone, named

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
        context = question.context
        hour = self._now().hour
        part = "morning" if hour < _NOON else "afternoon" if hour < _EVENING else "evening"
        name = named(context)
        return {
            "courtesy.hello": greeting(context, part),
            "courtesy.thanks": in_tone(
                context, neutral="You're welcome.", formal="It was a pleasure.", warm=f"Any time{name}!"
            ),
            "courtesy.bye": in_tone(
                context, neutral=f"Goodbye{name}.", formal=f"Goodbye{name}.", warm=f"Bye{name}, talk to you soon!"
            ),
            "courtesy.who": in_manner(
                context,
                normal="I am Sottovoce. I listen only when you ask me to, and all you say stays here.",
                brief="I am Sottovoce.",
            ),
            "courtesy.enough": "Okay.",
        }[intent.name]
