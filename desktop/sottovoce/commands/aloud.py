"""Answering aloud where no application runs."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from sottovoce.commands.printed import note_error
from sottovoce.domain.turns import TurnLimits
from sottovoce.home.sound import make_speaker
from sottovoce.talk.voice import Voice

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from sottovoce.domain.errors import SottovoceError
    from sottovoce.domain.turns import Answer
    from sottovoce.home import Home


@contextlib.asynccontextmanager
async def answering_aloud(
    home: Home,
) -> AsyncIterator[Callable[[str, str | None, str | None], Awaitable[Answer]]]:
    """A function that answers a text (in a conversation, of a user) and speaks the answer to its end."""
    speaker = make_speaker(home.policy.applied(home.settings))
    await speaker.open()

    async def speak(text: str, conversation: str | None, user: str | None) -> Answer:
        speaker.tune(await home.speech.answering.delivery(user or home.settings.user))
        voice = Voice(speaker, TurnLimits().sentence_s, on_start=lambda: None, on_trouble=_told)
        async with voice:
            answer = await home.speech.answering.answer(
                text,
                user_id=user or home.settings.user,
                conversation=conversation,
                on_piece=voice.feed,
                on_delivery=speaker.tune,
            )
            await voice.finished()
            return answer

    try:
        yield speak
    finally:
        await speaker.close()


def _told(error: SottovoceError) -> None:
    # The answer stands and is printed: a voice that fails is only said.
    note_error(error)
