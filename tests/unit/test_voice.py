"""An answer spoken at the pace of a real voice, in virtual time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from sottovoce.domain.turns import TurnLimits
from sottovoce.talk.voice import Voice
from tests.fakes_talk import FakeSpeaker
from tests.virtual_time import run_virtual

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.domain.errors import SottovoceError


class SlowSpeaker(FakeSpeaker):
    """Takes so long for each character, as a slow voice does; with `begins` false it never begins to sound."""

    def __init__(self, character_s: float, *, begins: bool = True) -> None:
        super().__init__()
        self.character_s = character_s
        self.begins = begins

    async def say(self, sentence: str, on_start: Callable[[], None]) -> None:
        async with self._turn:
            if self.begins:
                on_start()
            await asyncio.sleep(len(sentence) * self.character_s)
            self.spoken.append(sentence)


def told_of(speaker: SlowSpeaker, text: str) -> list[SottovoceError]:
    async def story() -> list[SottovoceError]:
        troubles: list[SottovoceError] = []
        limit_s = TurnLimits().sentence_s
        async with Voice(speaker, limit_s, on_start=lambda: None, on_trouble=troubles.append) as voice:
            voice.feed(text)
            await voice.finished()
        return troubles

    return run_virtual(story())


@pytest.mark.parametrize("text", ["You like " + ", ".join(map(str, range(1900, 2001))), "3" * 400, "word " * 500])
def test_a_long_answer_is_spoken_to_its_end_also_by_a_slow_voice(text: str) -> None:
    speaker = SlowSpeaker(0.18)
    assert told_of(speaker, text) == []
    assert len(speaker.spoken) > 1
    assert " ".join(speaker.spoken).split()[-1] in {"thousand", "thirty-three", "word"}


@pytest.mark.parametrize("begins", [True, False])
def test_a_voice_that_hangs_is_given_up_however_long_the_answer_is(*, begins: bool) -> None:
    speaker = SlowSpeaker(1e6, begins=begins)
    assert [error.code for error in told_of(speaker, "It is late. " * 30)] == ["voice-lost"]
