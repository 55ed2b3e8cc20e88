"""Facts that a language model finds in what was said: proposed, and remembered only when the user says yes."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Protocol

from sottovoce.domain.words import words_and_emoji
from sottovoce.language import ENGLISH
from sottovoce.memory.finish import finishing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sottovoce.memory.system import MemorySystem, Saved

MOST_PROPOSED = 3
"""Facts of one message: a question with more of them can't be answered by yes or no."""
LONGEST_CHARS = 200
PROPOSED_S = 5 * 60.0
"""Seconds a "yes" is taken for the answer to what was proposed."""
MOST_USERS = 64
_NOTHING: tuple[float, str | None, tuple[str, ...]] = (0.0, None, ())


class FactExtractor(Protocol):
    """Finds facts in what a user said; a language model does."""

    async def facts(self, text: str, *, tag: str) -> Sequence[str]:
        """Sentences in the first person ("my sister is called anna"); none where nothing is worth keeping.

        `tag` names the language of `text`.

        Raises:
            SottovoceError: It can't be asked.
        """


class Learning:
    """Holds what was proposed to each user until it is confirmed, refused, or too long ago."""

    def __init__(
        self, memory: MemorySystem, extractor: FactExtractor | None = None, *, clock: Callable[[], float] = time.time
    ) -> None:
        """Propose what `extractor` finds (nothing if None), and keep it in `memory`."""
        self._memory = memory
        self._extractor = extractor
        self._clock = clock
        self._proposed: OrderedDict[str, tuple[float, str | None, tuple[str, ...]]] = OrderedDict()

    async def propose(
        self, user_id: str, text: str, source_message: str | None = None, *, tag: str = ENGLISH
    ) -> tuple[str, ...]:
        """Facts in what a user said that are not known yet; they take the place of those proposed before.

        Args:
            user_id: Who said it.
            text: What was said.
            source_message: Id of the message that holds it.
            tag: The language of `text`.

        Raises:
            ThingNotFound: The user was erased meanwhile.
            SottovoceError: The extractor, or the store, can't be asked.
        """
        if self._extractor is None:
            return ()
        begun = self._memory.fence.begun()
        fresh: list[str] = []
        for raw in await self._extractor.facts(text, tag=tag):
            fact = " ".join(raw.split())
            if not fact or len(fact) > LONGEST_CHARS or fact in fresh:
                continue
            known = await self._memory.memories_about(user_id, fact)
            if all(words_and_emoji(memory.text) != words_and_emoji(fact) for memory in known):
                fresh.append(fact)
        found = tuple(fresh[:MOST_PROPOSED])
        self._memory.fence.check(user_id, begun)
        self._proposed.pop(user_id, None)
        if found:
            self._proposed[user_id] = (self._clock(), source_message, found)
            while len(self._proposed) > MOST_USERS:
                self._proposed.popitem(last=False)
        return found

    def proposed(self, user_id: str) -> tuple[str, ...]:
        """What waits for this user's yes."""
        at, _, facts = self._proposed.get(user_id, _NOTHING)
        return facts if 0 <= self._clock() - at <= PROPOSED_S else ()

    @finishing
    async def confirm(self, user_id: str) -> tuple[Saved, ...]:
        """Remember what was proposed; durable on return.

        Raises:
            StoreTrouble: It could not be stored; it still waits.
        """
        facts = self.proposed(user_id)
        source = self._proposed.get(user_id, _NOTHING)[1]
        saved = tuple([await self._memory.save_memory(user_id, fact, source_message=source) for fact in facts])
        self.refuse(user_id)
        return saved

    def refuse(self, user_id: str) -> bool:
        """Drop what was proposed; whether there was anything."""
        there = bool(self.proposed(user_id))
        self._proposed.pop(user_id, None)
        return there

    def forget(self) -> None:
        """Drop what was proposed to anybody: what it was found in may have been erased."""
        self._proposed.clear()
