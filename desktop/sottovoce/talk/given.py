"""A question that nobody says: it was typed, or said before a crash, and is to be answered aloud."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.domain.errors import Interrupted
from sottovoce.domain.said import said

if TYPE_CHECKING:
    import asyncio

    from sottovoce.domain.conversations import Message
    from sottovoce.domain.errors import SottovoceError
    from sottovoce.domain.turns import Answer


@dataclass(frozen=True, slots=True)
class Given:
    """The question, and who waits for its answer.

    Who asked may have gone away: then nobody is told, and the answer is spoken nevertheless.
    """

    text: str
    conversation: str | None
    answer: asyncio.Future[Answer]
    user_id: str
    unfinished: Message | None = None
    """The stored question, if its turn was cut off."""

    def succeed(self, answer: Answer) -> None:
        """Give the answer to who asked."""
        if not self.answer.done():
            self.answer.set_result(answer)

    def fail(self, error: SottovoceError) -> None:
        """Give the error to who asked."""
        if not self.answer.done():
            self.answer.set_exception(error)
            self.answer.exception()  # seen: nobody may be left to look

    def stop(self) -> None:
        """Who waits for the answer waits no longer."""
        self.fail(Interrupted(said("turns-answer-interrupted")))
