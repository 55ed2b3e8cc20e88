"""What every `Recognizer` and every `Speaker` must do, the real one and its fake. A subclass gives the fixtures."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

import pytest

from sottovoce.domain.audio import blocks_of
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from sottovoce.domain.turns import Transcript
    from sottovoce.talk.ports import Recognizer, Speaker


class Listener(Protocol):
    """A recogniser, and a recording it understands."""

    recognizer: Recognizer
    spoken: str
    """What is said in the recording."""
    pcm: bytes

    def begin_with(self, text: str) -> None:
        """The next utterance begun will hold the recording ("" for silence); a real one hears that by itself."""


class RecognizerContract:
    """Subclasses give the fixture `listener`."""

    async def recognise(self, listener: Listener, pcm: bytes, text: str) -> Transcript:
        listener.begin_with(text)
        utterance = listener.recognizer.begin(lambda _text: None)
        for block in blocks_of(pcm):
            utterance.feed(block)
        return await utterance.finish()

    async def test_what_was_fed_is_understood(self, listener: Listener) -> None:
        transcript = await self.recognise(listener, listener.pcm, listener.spoken)
        assert transcript.text == listener.spoken

    async def test_silence_is_no_text(self, listener: Listener) -> None:
        transcript = await self.recognise(listener, bytes(len(listener.pcm)), "")
        assert transcript.text == ""
        assert transcript.words == ()

    async def test_nothing_fed_is_no_text(self, listener: Listener) -> None:
        assert (await self.recognise(listener, b"", "")).text == ""

    async def test_utterances_know_nothing_of_each_other(self, listener: Listener) -> None:
        listener.begin_with("")
        dropped = listener.recognizer.begin(lambda _text: None)
        for block in blocks_of(listener.pcm):
            dropped.feed(block)
        dropped.cancel()
        assert (await self.recognise(listener, listener.pcm, listener.spoken)).text == listener.spoken
        assert (await self.recognise(listener, listener.pcm, listener.spoken)).text == listener.spoken

    async def test_cancelling_twice_and_after_the_end_is_nothing(self, listener: Listener) -> None:
        listener.begin_with("")
        utterance = listener.recognizer.begin(lambda _text: None)
        utterance.cancel()
        utterance.cancel()
        listener.begin_with("")
        finished = listener.recognizer.begin(lambda _text: None)
        await finished.finish()
        finished.cancel()


class Voice(Protocol):
    """A speaker, and what a test must know of it."""

    speaker: Speaker

    def endless(self) -> None:
        """Sentences from now on go on until they are silenced."""


class SpeakerContract:
    """Subclasses give the fixture `voice`."""

    async def started(self, voice: Voice) -> tuple[asyncio.Task[None], list[str]]:
        """A sentence that has begun to sound and does not end."""
        begun, starts = asyncio.Event(), []

        def on_start() -> None:
            starts.append("start")
            begun.set()

        voice.endless()
        saying = asyncio.create_task(voice.speaker.say("one two three four five", on_start))
        await asyncio.wait_for(begun.wait(), HANGS_S)
        assert not saying.done()
        return saying, starts

    async def test_a_sentence_starts_and_ends(self, voice: Voice) -> None:
        starts: list[str] = []
        for _ in range(3):
            await asyncio.wait_for(voice.speaker.say("one two", lambda: starts.append("start")), HANGS_S)
        assert starts == ["start"] * 3

    async def test_hushing_ends_it_at_once(self, voice: Voice) -> None:
        saying, starts = await self.started(voice)
        voice.speaker.hush()
        voice.speaker.hush()
        await asyncio.wait_for(saying, HANGS_S)
        assert starts == ["start"]

    async def test_hushing_in_silence_is_nothing(self, voice: Voice) -> None:
        voice.speaker.hush()
        starts: list[str] = []
        await asyncio.wait_for(voice.speaker.say("one", lambda: starts.append("start")), HANGS_S)
        assert starts == ["start"]

    async def test_cancelling_silences_it(self, voice: Voice) -> None:
        saying, _ = await self.started(voice)
        saying.cancel()
        with pytest.raises(asyncio.CancelledError):
            await saying
