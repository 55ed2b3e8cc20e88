"""What one turn does, step by step: hear, understand, have it stored and answered, and say the answer."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING

from sottovoce.domain.errors import (
    HeldTooLong,
    MicrophoneCutOff,
    MicrophoneLost,
    RecognizerHung,
    SottovoceError,
    StoreTrouble,
    to_user_error,
)
from sottovoce.domain.figures import Step
from sottovoce.domain.turns import Heard, PartialHeard, TurnFailed, WordsTyped
from sottovoce.memory.figures import Figures
from sottovoce.memory.finish import finish
from sottovoce.talk.advice import LevelAdvice
from sottovoce.talk.given import Given
from sottovoce.talk.turn_states import Signal
from sottovoce.talk.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.domain.turns import Answer, Transcript, TurnEvent, TurnLimits
    from sottovoce.domain.voices import Delivery
    from sottovoce.talk.answering import Answering
    from sottovoce.talk.dictation import Dictation
    from sottovoce.talk.listening import Listening
    from sottovoce.talk.ports import Recognizer, Speaker, Utterance
    from sottovoce.talk.turns_under_way import Turns, TurnUnderWay


log = logging.getLogger(__name__)

KEEP_S = 0.6
"""Longest wait for the words of who is cut off by the program's end, which is to take less than a second."""


class _VoiceOf:
    """The speaker as one turn has it: once another turn is the present one, its words and its hush reach nobody."""

    def __init__(self, number: int, turns: Turns, speaker: Speaker) -> None:
        self._number = number
        self._turns = turns
        self._speaker = speaker

    async def say(self, sentence: str, on_start: Callable[[], None]) -> None:
        if self._turns.is_present(self._number):
            await self._speaker.say(sentence, on_start)

    def hush(self) -> None:
        if self._turns.is_present(self._number):
            self._speaker.hush()

    def tune(self, delivery: Delivery) -> None:
        if self._turns.is_present(self._number):
            self._speaker.tune(delivery)


async def _text_of(utterance: Utterance) -> Transcript:
    return await utterance.finish()


class TurnWork:
    """Takes turns to their ends; each thing that happens is a signal to `turns`."""

    def __init__(  # noqa: PLR0913 - each by its name
        self,
        *,
        recognizer: Recognizer,
        speaker: Speaker,
        answering: Answering,
        turns: Turns,
        emit: Callable[[int, TurnEvent], None],
        limits: TurnLimits,
        user_id: str,
        dictation: Dictation | None = None,
        figures: Figures | None = None,
    ) -> None:
        """Work with these parts for `user_id`; `emit` takes the number of the turn and its event."""
        self._figures = figures or Figures()
        self._dictation = dictation
        self._recognizer = recognizer
        self._speaker = speaker
        self._answering = answering
        self._turns = turns
        self._emit = emit
        self._limits = limits
        self._user_id = user_id
        # The device has one owner: a turn that is being cancelled gives it back before the next one takes it.
        self._ear = asyncio.Lock()
        self.advice = LevelAdvice()
        """What was wrong with the microphone's level."""

    async def steps(self, turn: TurnUnderWay) -> Signal:
        """Do all of it; returns how it ended.

        Raises:
            SottovoceError: A part failed.
        """
        source = turn.source
        if isinstance(source, Given):
            await self._answer(turn, source.text, latency_ms={})
            return Signal.DONE
        heard = await self._hear(turn, source)
        text = heard.kept
        if not text:
            self._judge(turn, source, understood=False)
            return Signal.SILENT
        if self._dictation is not None and self._dictation.takes(self._user_id):
            done = await self._dictation.take(text)
            self._emit(turn.number, WordsTyped(done.text))
            if not done.stop:
                return Signal.TYPED
            text = done.stop  # is answered as any other words
        self._turns.post(turn.number, Signal.TEXT)
        now = asyncio.get_running_loop().time()
        recognise_ms = (now - (turn.course.released_s or now)) * 1000
        await self._answer(turn, text, latency_ms={"recognise": recognise_ms}, unsure=heard.unsure)
        self._judge(turn, source, understood=True)
        return Signal.DONE

    async def tell(self, text: str, user_id: str, on_trouble: Callable[[SottovoceError], None]) -> None:
        """Say a text outside of any turn, unless one has begun meanwhile.

        Raises:
            StoreTrouble: How it is to be said could not be read.
        """
        delivery = await self._answering.delivery(user_id)
        if self._turns.present is not None:
            return
        self._speaker.tune(delivery)
        async with Voice(
            self._speaker,
            self._limits.sentence_s,
            on_start=lambda: None,
            on_trouble=on_trouble,
            language=delivery.language,
        ) as voice:
            voice.feed(text)
            await voice.finished()

    async def _hear(self, turn: TurnUnderWay, listening: Listening) -> Transcript:
        utterance = self._recognizer.begin(lambda text: self._emit(turn.number, PartialHeard(text)))
        ending: asyncio.Task[Transcript] | None = None
        try:
            turn.recording = asyncio.create_task(self._record(listening, utterance))
            with self._figures.step(Step.LISTEN):
                await asyncio.shield(listening.sound_over)
            self._turns.post(turn.number, Signal.SOUND_OVER)
            if listening.too_long:
                self._emit(turn.number, TurnFailed(HeldTooLong()))
            # The device closes meanwhile: that takes some milliseconds nobody has to wait for.
            with self._figures.step(Step.RECOGNISE):
                async with asyncio.timeout(self._limits.recognise_s):
                    ending = asyncio.create_task(_text_of(utterance))
                    return await asyncio.shield(ending)  # it can be asked for but once
        except TimeoutError:
            raise RecognizerHung from None
        except asyncio.CancelledError:
            if turn.keeps:
                listening.stop()
                ending = ending or asyncio.create_task(_text_of(utterance))
                await finish(self._keep(ending))
            raise
        finally:
            listening.stop()
            if ending is not None:
                ending.cancel()
                await finish(asyncio.wait({ending}))
            utterance.cancel()

    async def _keep(self, ending: asyncio.Task[Transcript]) -> None:
        """Store what was said so far as a question without an answer: the program ends in the midst of it."""
        if self._dictation is not None and self._dictation.takes(self._user_id):
            return
        try:
            async with asyncio.timeout(KEEP_S):
                heard = await ending
            if heard.kept:
                await self._answering.keep(heard.kept, self._user_id)
        except (SottovoceError, TimeoutError) as error:
            log.warning("what was being said could not be kept: %s", type(error).__name__)

    async def _record(self, listening: Listening, utterance: Utterance) -> None:
        async with self._ear:
            await listening.run(utterance)

    def _judge(self, turn: TurnUnderWay, listening: Listening, *, understood: bool) -> None:
        """Report what was wrong with the recording; behind the answer, which is what was waited for.

        Raises:
            MicrophoneLost: It was cut off before anything was said.
        """
        if listening.cut_off:
            if not understood:
                raise MicrophoneLost
            self._emit(turn.number, TurnFailed(MicrophoneCutOff()))
        elif listening.level.history.zeros_only:
            return  # too short to be called muted: whoever listened knows for how long, the history does not
        elif trouble := self.advice.due(listening.level.history, understood=understood):
            self._emit(turn.number, TurnFailed(trouble))

    async def _answer(
        self, turn: TurnUnderWay, text: str, *, latency_ms: dict[str, float], unsure: frozenset[str] = frozenset()
    ) -> None:
        voice = Voice(
            _VoiceOf(turn.number, self._turns, self._speaker),
            self._limits.sentence_s,
            on_start=lambda: self._turns.post(turn.number, Signal.VOICE),
            on_trouble=lambda error: self._emit(turn.number, TurnFailed(error)),
        )
        await self._tune(turn)
        async with voice:
            try:
                answer = await self._stored_answer(turn, voice, text, latency_ms, unsure)
            except Exception as error:
                if isinstance(turn.source, Given):
                    turn.source.fail(to_user_error(error))
                raise
            if isinstance(turn.source, Given):
                turn.source.succeed(answer)
            with self._figures.step(Step.SPEAK):
                await voice.finished()

    async def _tune(self, turn: TurnUnderWay) -> None:
        """Have the voice speak as this user likes it, and be ready before the answer is."""
        with contextlib.suppress(StoreTrouble):  # the answer will fail of it too, and report it
            delivery = await self._answering.delivery(self._user_of(turn))
            _VoiceOf(turn.number, self._turns, self._speaker).tune(delivery)

    def _user_of(self, turn: TurnUnderWay) -> str:
        return turn.source.user_id if isinstance(turn.source, Given) else self._user_id

    async def _stored_answer(
        self, turn: TurnUnderWay, voice: Voice, text: str, latency_ms: dict[str, float], unsure: frozenset[str]
    ) -> Answer:
        def on_event(event: TurnEvent) -> None:
            if isinstance(event, Heard):
                self._turns.post(turn.number, Signal.STORED)
            self._emit(turn.number, event)

        on_delivery = _VoiceOf(turn.number, self._turns, self._speaker).tune
        source = turn.source
        if isinstance(source, Given) and source.unfinished:
            return await self._answering.resume(
                source.unfinished, on_event=on_event, on_piece=voice.feed, on_delivery=on_delivery
            )
        return await self._answering.answer(
            text,
            user_id=self._user_of(turn),
            conversation=source.conversation if isinstance(source, Given) else None,
            on_event=on_event,
            on_piece=voice.feed,
            on_delivery=on_delivery,
            latency_ms=latency_ms,
            heard_in="" if isinstance(source, Given) else self._recognizer.language,
            unsure=unsure,
        )
