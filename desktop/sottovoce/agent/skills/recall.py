"""Telling what the user asked to be remembered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sottovoce.agent.questions import SkillAnswer
from sottovoce.agent.wording import enumeration, second_person, sentence
from sottovoce.domain.memories import MemoryKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.agent.intents import Intent
    from sottovoce.agent.questions import Question
    from sottovoce.domain.memories import Memory
    from sottovoce.memory.system import MemorySystem

MOST_TOLD = 7
"""Facts one spoken answer holds; more can't be followed by ear. The rest is counted."""

_LIKING = re.compile(r"^i (?:really |also |always )*(?:like|love|prefer|enjoy|adore) ", re.IGNORECASE)
_TASTES = frozenset({MemoryKind.LIKE, MemoryKind.DISLIKE})


def _together(memories: Sequence[Memory], otherwise: str) -> SkillAnswer:
    """Plain likes in one sentence, everything else a sentence each; `otherwise` where there is nothing."""
    shown = memories[-MOST_TOLD:]
    likes = [second_person(_LIKING.sub("", m.text)).rstrip(".") for m in shown if _LIKING.match(m.text)]
    sentences = [f"You like {enumeration(likes)}."] if likes else []
    sentences += [sentence(second_person(m.text)) for m in shown if not _LIKING.match(m.text)]
    if len(memories) > len(shown):
        sentences.append(f"And {len(memories) - len(shown)} more, which the history shows.")
    return SkillAnswer(text=" ".join(sentences) or otherwise, used=tuple(m.id for m in shown))


class Recall:
    """Answers from the remembered facts, and only from them."""

    intents = (
        "memory.likes",
        "memory.dislikes",
        "memory.do_i_like",
        "memory.about",
        "memory.where",
        "memory.all",
    )
    offer = "What do I like?"

    def __init__(self, memory: MemorySystem) -> None:
        """Look into `memory`."""
        self._memory = memory

    async def answer(self, question: Question, intent: Intent) -> SkillAnswer:
        """What is remembered about it, or that nothing is.

        Raises:
            StoreTrouble: The memories could not be read.
        """
        user = question.context.user_id
        match intent.name:
            case "memory.likes":
                found = await self._memory.memories(user, MemoryKind.LIKE)
                return _together(found, "You have not told me yet what you like.")
            case "memory.dislikes":
                found = await self._memory.memories(user, MemoryKind.DISLIKE)
                return _together(found, "You have not told me yet what you don't like.")
            case "memory.all":
                found = await self._memory.memories(user)
                return _together(found, "You have not asked me to remember anything yet.")
            case "memory.do_i_like":
                return await self._do_they_like(user, intent.slots["topic"])
            case _:
                return await self._about(user, intent.slots["topic"])

    async def _do_they_like(self, user: str, topic: str) -> SkillAnswer:
        exact = await self._memory.memories_about(user, f"i like {topic}")
        found = [one.memory for one in await self._memory.recall(user, topic) if one.shares_words]
        tastes = [memory for memory in (*exact, *found) if memory.kind in _TASTES]
        if not tastes:
            return SkillAnswer(text=f"You have not told me whether you like {second_person(topic)}.")
        said = second_person(tastes[0].text).rstrip(".")
        verdict = "Yes" if tastes[0].kind is MemoryKind.LIKE else "No"
        return SkillAnswer(text=f"{verdict}, you told me that {said}.", used=(tastes[0].id,))

    async def _about(self, user: str, topic: str) -> SkillAnswer:
        exact = await self._memory.memories_about(user, f"my {topic.removeprefix('my ')}")
        found = await self._memory.recall(user, topic)
        by_words = [one.memory for one in found if one.shares_words]
        if exact or by_words:
            best_last = [*exact, *(memory for memory in by_words if memory not in exact)][::-1]
            return _together(best_last, "")
        if found and found[0].alike:  # other words for it, most likely: said as what it is
            nearest = found[0].memory
            return SkillAnswer(
                text=f"The nearest I know: {second_person(nearest.text).rstrip('.')}.", used=(nearest.id,)
            )
        return SkillAnswer(text=f"You have not told me anything about {_named(topic)} yet.")


def _named(topic: str) -> str:
    """The topic as the answer says it; a bare "favorite color" is the user's."""
    own = second_person(topic)
    return own if own != topic or own.startswith(("the ", "your ")) else f"your {own}" if len(own.split()) > 1 else own
