"""Remembering what the user asks to be remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.manner import in_manner, in_tone, named
from sottovoce.agent.questions import SkillAnswer
from sottovoce.agent.wording import enumeration, second_person
from sottovoce.domain.words import EMPTY_WORDS, without_smiles, words_and_emoji

if TYPE_CHECKING:
    from sottovoce.agent.intents import Intent
    from sottovoce.agent.questions import Question
    from sottovoce.memory.system import MemorySystem, Saved


class Remember:
    """Keeps a fact in the user's own words."""

    intents = ("memory.remember",)
    offer = "Remember that I like Python."

    def __init__(self, memory: MemorySystem) -> None:
        """Keep it in `memory`."""
        self._memory = memory

    async def answer(self, question: Question, intent: Intent) -> SkillAnswer | str:
        """Say what is remembered; it is durable then.

        Raises:
            StoreTrouble: It could not be stored.
        """
        words = words_and_emoji(without_smiles(intent.slots["fact"]))
        if set(words) <= EMPTY_WORDS:  # the end was cut off: "remember that"
            return "What should I remember?"
        return await remembered(self._memory, question, intent.slots["fact"])


async def remembered(memory: MemorySystem, question: Question, fact: str) -> SkillAnswer:
    """Remember a fact of the user who asks, and say so.

    Raises:
        StoreTrouble: It could not be stored.
    """
    context = question.context
    saved = await memory.save_memory(context.user_id, fact, source_message=question.message_id)
    told = second_person(saved.memory.text).rstrip(".")
    if not saved.new:
        text = f"I remember already that {told}."
    else:
        text = in_tone(
            context,
            neutral=f"I will remember that {told}.",
            formal=f"I shall remember that {told}.",
            warm=f"Got it{named(context)}, I will remember that {told}.",
        )
        text = in_manner(context, brief="Noted.", normal=text)
    return SkillAnswer(text=f"{text}{_instead_of(saved)}", used=(saved.memory.id,))


def _instead_of(saved: Saved) -> str:
    """What does not hold any more; told however brief the answer, as it may have been misheard."""
    if not saved.superseded:
        return ""
    former = enumeration([f"that {second_person(memory.text).rstrip('.')}" for memory in saved.superseded])
    return f" Before, you told me {former}."
