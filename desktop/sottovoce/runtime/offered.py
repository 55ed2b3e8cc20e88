"""Questions that a crash left without an answer, offered one at a time, the newest first."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from sottovoce.domain.errors import SottovoceError, ThingNotFound
from sottovoce.domain.said import said
from sottovoce.domain.turns import TurnUnfinished

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.domain.conversations import Message
    from sottovoce.domain.turns import TurnEvent
    from sottovoce.home import Home
    from sottovoce.talk.conversation import Talk

log = logging.getLogger(__name__)


class OfferedQuestions:
    """Offers them, and answers or dismisses the one that is offered."""

    def __init__(
        self,
        home: Home,
        talk: Callable[[], Talk],
        emit: Callable[[TurnEvent], None],
        on_trouble: Callable[[SottovoceError], None],
    ) -> None:
        """Offer none yet.

        Args:
            home: Whose.
            talk: The conversation that has the voice now.
            emit: Passes on that one is offered.
            on_trouble: Called when they can't be read.
        """
        self._home = home
        self._talk = talk
        self._emit = emit
        self._on_trouble = on_trouble

    async def offer(self) -> None:
        """Offer the newest; that they can't be read is told, and keeps nothing else from its work."""
        try:
            waiting = await self._waiting()
        except SottovoceError as trouble:
            self._on_trouble(trouble)
            return
        for question in waiting[:1]:
            log.info("a question of before is offered")
            self._emit(TurnUnfinished(question.content, question.created_at))

    async def answer(self) -> None:
        """Answer the newest aloud; then offer the one before it. Trouble with the answer is told as with any turn.

        Raises:
            SottovoceError: There is none any more, or the store can't be read.
        """
        await asyncio.wait([self._talk().resume(await self._newest())])
        await self.offer()

    async def dismiss(self) -> None:
        """Leave the newest without an answer for good; then offer the one before it.

        Raises:
            SottovoceError: There is none any more, or the store can't be read or written.
        """
        await self._home.speech.answering.dismiss(await self._newest())
        await self.offer()

    async def _newest(self) -> Message:
        for question in await self._waiting():
            return question
        raise ThingNotFound(said("error-no-question-waits"))

    async def _waiting(self) -> list[Message]:
        """Those of who sits here; what a program asked for somebody else is that one's."""
        waiting = await self._home.recollection.conversations.unfinished_turns()
        return [question for question in waiting if question.user_id == self._home.settings.user]
