"""How much, as it is said of a volume or a brightness: to how many percent, and by how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.sentences.sentence import Sentence
from sottovoce.language import language

if TYPE_CHECKING:
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import ToolCall

FULL, HALF, NONE = 100, 50, 0
STEP = 10
"""Percent of "up" and "down"."""
SMALL, LARGE = 5, 25
"""Percent of "a little" and "a lot"."""


def percent(question: Question, call: ToolCall) -> int | None:
    """To how many percent: "fifty", "40 %", "half", "full"; None where nothing of that is said."""
    own = language(question.context.language)
    named = ((own.text("amount-full"), FULL), (own.text("amount-half"), HALF), (own.text("amount-none"), NONE))
    return _number_in(call) if "percent" in call.slots else _named(question.text, named)


def step(question: Question, call: ToolCall) -> int:
    """By how many percent: "a little", "ten"; the usual where nothing is said of it."""
    if (number := _number_in(call)) is not None:
        return number
    own = language(question.context.language)
    found = _named(question.text, ((own.text("amount-little"), SMALL), (own.text("amount-much"), LARGE)))
    return STEP if found is None else found


def listed(names: str) -> list[str]:
    """The names of a message that lists them."""
    return [name for part in names.split(",") if (name := part.strip().casefold())]


def _number_in(call: ToolCall) -> int | None:
    number = call.slots.get("percent")
    return None if number is None else max(NONE, min(FULL, round(number)))


def _named(text: str, named: tuple[tuple[str, int], ...]) -> int | None:
    """What the first name stands for that is in a text."""
    words = f" {' '.join(Sentence(text).words).casefold()} "
    return next((value for names, value in named if any(f" {name} " in words for name in listed(names))), None)
