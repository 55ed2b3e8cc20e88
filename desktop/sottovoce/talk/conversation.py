"""The turn's state machine: hold, talk, let go, be answered; a new press silences and starts over."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.domain.errors import (
    HeldTooLong,
    Interrupted,
    MicrophoneCutOff,
    MicrophoneLost,
    RecognizerHung,
    SottovoceError,
    StoreTrouble,
    told,
)
from sottovoce.domain.turns import (
    Heard,
    HoldEnds,
    ListensOn,
    Outcome,
    PartialHeard,
    SpeechStarted,
    Stage,
    StageChanged,
    TurnEnded,
    TurnFailed,
    TurnLimits,
)
from sottovoce.memory.finish import finish
from sottovoce.talk.advice import LevelAdvice
from sottovoce.talk.capture import Capture
from sottovoce.talk.end_of_speech import EndOfSpeech
from sottovoce.talk.gain import AutomaticGain
from sottovoce.talk.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.domain.conversations import Message
    from sottovoce.domain.turns import Answer, Transcript, TurnEvent
    from sottovoce.domain.voices import Delivery
    from sottovoce.talk.answering import Answering
    from sottovoce.talk.ports import Microphone, Recognizer, Speaker, Utterance, VoiceActivity

log = logging.getLogger(__name__)

MOST_WAITING = 8
"""Typed questions that may wait until the user has been answered; one more is refused, not forgotten silently."""


class _Turn:
    """One turn under way. When it is no longer live, nothing of it is told or spoken any more."""

    def __init__(self, source: Capture | _Given) -> None:
        self.live = True
        self.stored = False
        """Whether what was said is durable."""
        self.source = source
        self.recording: asyncio.Task[None] | None = None
        self.task: asyncio.Task[None]
        self.trouble: SottovoceError | None = None

    @property
    def is_wanted(self) -> bool:
        """Whether its answer is still to come; a typed one that is only being spoken, the next question cuts short."""
        return not isinstance(self.source, _Given) or not self.source.answer.done()


@dataclass(frozen=True, slots=True)
class _Given:
    """A question that was typed, or said before a crash, to be answered aloud."""

    text: str
    conversation: str | None
    answer: asyncio.Future[Answer]
    user_id: str
    unfinished: Message | None = None
    """The stored question, if its turn was cut off."""

    # Who asked may have gone away: then nobody is told, and the answer is spoken nevertheless.

    def succeed(self, answer: Answer) -> None:
        if not self.answer.done():
            self.answer.set_result(answer)

    def fail(self, error: SottovoceError) -> None:
        if not self.answer.done():
            self.answer.set_exception(error)
            self.answer.exception()  # seen: nobody may be left to look

    def stop(self) -> None:
        """Who waits for the answer waits no longer."""
        self.fail(Interrupted("The answer was interrupted.", "Ask again when nobody is talking."))


class _VoiceOf:
    """The speaker as one turn has it: when the turn is over, its words and its hush reach no other turn's."""

    def __init__(self, turn: _Turn, speaker: Speaker) -> None:
        self._turn = turn
        self._speaker = speaker

    async def say(self, sentence: str, on_start: Callable[[], None]) -> None:
        if self._turn.live:
            await self._speaker.say(sentence, on_start)

    def hush(self) -> None:
        if self._turn.live:
            self._speaker.hush()

    def tune(self, delivery: Delivery) -> None:
        if self._turn.live:
            self._speaker.tune(delivery)


class Talk:
    """Owns the turn that is under way, and with it microphone, recogniser and voice.

    Calls come from the event loop's thread, return at once and may come in any order. What happens is told by events;
    of a turn that a new press or `cancel` has ended, the last one is its `TurnEnded`.
    """

    def __init__(  # noqa: PLR0913 - each of the parts it is made of, by its name
        self,
        *,
        microphone: Microphone,
        recognizer: Recognizer,
        speaker: Speaker,
        answering: Answering,
        on_event: Callable[[TurnEvent], None],
        user_id: str,
        activity: VoiceActivity | None = None,
        limits: TurnLimits | None = None,
        on_sound: Callable[[], None] = lambda: None,
    ) -> None:
        """Run turns for `user_id` with these parts, and tell `on_event` of them, `on_sound` of each first sound."""
        self._microphone = microphone
        self._recognizer = recognizer
        self._speaker = speaker
        self._answering = answering
        self._on_event = on_event
        self._on_sound = on_sound
        self._user_id = user_id
        self._activity = activity
        self._limits = limits or TurnLimits()
        self._turn: _Turn | None = None
        self._waiting: deque[_Given] = deque()
        self._aside: set[_Turn] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        # The device has one owner: a turn that is being cancelled gives it back before the next one takes it.
        self._ear = asyncio.Lock()
        self._advice = LevelAdvice()
        self._gain = AutomaticGain()
        self._stage = Stage.READY
        self._closed = False

    @property
    def stage(self) -> Stage:
        """What the assistant is doing now."""
        return self._stage

    @property
    def level_trouble(self) -> SottovoceError | None:
        """What was wrong with the microphone's level when somebody last spoke; None if all was well."""
        return self._advice.standing

    @property
    def listening(self) -> bool:
        """Whether the key counts as held."""
        source = self._turn.source if self._turn else None
        return isinstance(source, Capture) and source.released_at is None

    def press(self) -> None:
        """The key went down: silence any answer at once and listen. While listening it changes nothing.

        What was said before and is not stored yet is not lost: its turn goes on beside, without a voice or an event.
        """
        if self.listening or self._closed:
            return
        source = self._turn.source if self._turn else None
        if isinstance(source, Capture) and source.go_on():
            return
        if self._stage is Stage.SPEAKING:
            self._microphone.forget()  # what was kept from before the press is our own voice
        self._end_present(keep_said=True)
        self._start(_Turn(Capture(self._microphone, self._limits, self._on_sound, self._gain)), Stage.LISTENING)

    def release(self) -> None:
        """The key came up: answer what was said. Without a press it changes nothing."""
        if self._turn and isinstance(self._turn.source, Capture):
            self._turn.source.release()

    def stay(self) -> None:
        """Listen on without a key that is held, until `release` or until nothing more is said; else do nothing."""
        turn = self._turn
        if turn and isinstance(turn.source, Capture) and self.listening and not turn.source.staying:
            heard = self._activity.begin() if self._activity else None
            turn.source.stay(EndOfSpeech(self._limits, heard))
            self._tell(turn, ListensOn())

    def toggle(self) -> None:
        """Press, or release if the key counts as held; nothing is held meanwhile."""
        if self.listening:
            self.release()
        else:
            self.press()
            self.stay()

    def cancel(self) -> None:
        """Drop the turn and the questions that wait behind it: no listening, no answer, no voice."""
        self._drop_waiting()
        self._end_present()
        self._show_stage(Stage.READY)

    def say_answer(
        self, text: str, conversation: str | None = None, user_id: str | None = None
    ) -> asyncio.Future[Answer]:
        """Answer `text` aloud, as if it had been said; a press silences it like any other answer.

        While the user talks or is being answered it waits, so that nothing said is lost.

        Args:
            text: What was typed.
            conversation: Its id; None for the warm one or a new one.
            user_id: Who asks; None for the user whose key it is.

        Returns:
            The stored answer, when the speaking of it begins or has failed; `Interrupted` if the turn was before.
        """
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        return self._answer_given(_Given(text, conversation, answer, user_id or self._user_id))

    def resume(self, question: Message) -> asyncio.Future[Answer]:
        """Answer a question aloud whose turn was cut off; it is stored already.

        Returns:
            As `say_answer` does.
        """
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        return self._answer_given(
            _Given(question.content, question.conversation_id, answer, question.user_id, question)
        )

    def _answer_given(self, given: _Given) -> asyncio.Future[Answer]:
        if self._closed:
            given.stop()
        elif len(self._waiting) >= MOST_WAITING:
            given.fail(Interrupted("Too many questions are waiting to be answered aloud.", "Ask again in a moment."))
        elif self._waiting or (self._turn and self._turn.is_wanted):
            self._waiting.append(given)
        else:
            self._end_present()
            self._start(_Turn(given), Stage.THINKING)
        return given.answer

    async def close(self) -> None:
        """End the turn under way and wait until its parts are given back. Idempotent."""
        self._closed = True
        self._drop_waiting()
        if self._turn:
            self._end_present()
            self._show_stage(Stage.READY)
        for turn in self._aside:
            turn.task.cancel()
        if self._tasks:
            _, hung = await asyncio.wait(self._tasks, timeout=self._limits.close_s)
            if hung:
                log.error("%d turns did not give their parts back in time", len(hung))

    # What a turn does

    def _start(self, turn: _Turn, stage: Stage) -> None:
        self._turn = turn
        turn.task = asyncio.create_task(self._run(turn))
        self._tasks.add(turn.task)
        turn.task.add_done_callback(self._tasks.discard)
        # Told even if the last turn was in the same stage: this one is new.
        self._stage = stage
        self._on_event(StageChanged(stage))

    def _end_present(self, *, keep_said: bool = False) -> None:
        """Take the present turn's voice and parts away now; it winds itself up behind us.

        Args:
            keep_said: Let what was said and is not stored yet be recognised, stored and answered, in silence.
        """
        self._speaker.hush()
        turn, self._turn = self._turn, None
        if turn:
            turn.live = False
            if keep_said and isinstance(turn.source, Capture) and turn.source.holds_sound and not turn.stored:
                self._aside.add(turn)
            else:
                turn.task.cancel()
                turn.source.stop()
            self._on_event(TurnEnded(Outcome.CANCELLED))

    def _drop_waiting(self) -> None:
        while self._waiting:
            self._waiting.popleft().stop()

    async def _run(self, turn: _Turn) -> None:
        outcome = Outcome.FAILED
        try:
            outcome = await self._steps(turn)
        except Exception as error:
            if not isinstance(error, SottovoceError):
                log.exception("a turn failed")
            if turn in self._aside:
                log.warning("what was said before a press was not answered: %s", told(error).code)
            self._tell(turn, TurnFailed(told(error)))
        finally:
            self._aside.discard(turn)
            if turn.recording:
                turn.recording.cancel()
                await finish(asyncio.wait({turn.recording}))
            if turn.live:
                turn.live = False
                self._turn = None
                turn.source.stop()
                self._show_stage(Stage.TROUBLE if turn.trouble else Stage.READY, turn.trouble)
                self._on_event(TurnEnded(outcome))
                # Who was told of the end may have begun a turn already.
                if self._waiting and not self._turn:
                    self._start(_Turn(self._waiting.popleft()), Stage.THINKING)

    async def _steps(self, turn: _Turn) -> Outcome:
        source = turn.source
        if isinstance(source, _Given):
            await self._answer(turn, source.text, conversation=source.conversation, latency_ms={})
            return Outcome.ANSWERED
        text = (await self._hear(turn, source)).kept
        if not text:
            self._judge(turn, source, understood=False)
            return Outcome.SILENCE
        now = asyncio.get_running_loop().time()
        recognise_ms = (now - (source.released_at or now)) * 1000
        await self._answer(turn, text, conversation=None, latency_ms={"recognise": recognise_ms})
        self._judge(turn, source, understood=True)
        return Outcome.ANSWERED

    async def _hear(self, turn: _Turn, capture: Capture) -> Transcript:
        utterance = self._recognizer.begin(lambda text: self._tell(turn, PartialHeard(text)))
        capture.on_hold_ends = lambda: self._tell(turn, HoldEnds(self._limits.warn_s))
        try:
            turn.recording = asyncio.create_task(self._record(capture, utterance))
            await asyncio.shield(capture.sound_over)
            self._show(turn, Stage.THINKING)
            if capture.too_long:
                self._tell(turn, TurnFailed(HeldTooLong()))
            # The device closes meanwhile: that takes some milliseconds nobody has to wait for.
            async with asyncio.timeout(self._limits.recognise_s):
                return await utterance.finish()
        except TimeoutError:
            raise RecognizerHung from None
        finally:
            capture.stop()
            utterance.cancel()

    def _judge(self, turn: _Turn, capture: Capture, *, understood: bool) -> None:
        """Tell what was wrong with the recording; behind the answer, which is what was waited for.

        Raises:
            MicrophoneLost: It was cut off before anything was said.
        """
        if capture.cut_off:
            if not understood:
                raise MicrophoneLost
            self._tell(turn, TurnFailed(MicrophoneCutOff()))
        elif trouble := self._advice.due(capture.level.history, understood=understood):
            self._tell(turn, TurnFailed(trouble))

    async def _record(self, capture: Capture, utterance: Utterance) -> None:
        async with self._ear:
            await capture.run(utterance)

    async def _answer(self, turn: _Turn, text: str, *, conversation: str | None, latency_ms: dict[str, float]) -> None:
        voice = Voice(
            _VoiceOf(turn, self._speaker),
            self._limits.sentence_s,
            on_start=lambda: self._speaking(turn),
            on_trouble=lambda error: self._tell(turn, TurnFailed(error)),
        )
        self._show(turn, Stage.THINKING)
        await self._tune(turn)
        async with voice:
            try:
                answer = await self._stored_answer(turn, voice, text, conversation, latency_ms)
            except Exception as error:
                if isinstance(turn.source, _Given):
                    turn.source.fail(told(error))
                raise
            if isinstance(turn.source, _Given):
                turn.source.succeed(answer)
            await voice.finished()

    async def _tune(self, turn: _Turn) -> None:
        """Have the voice speak as this user likes it, and be ready before the answer is."""
        with contextlib.suppress(StoreTrouble):  # the answer will fail of it too, and tell
            delivery = await self._answering.delivery(self._user_of(turn))
            _VoiceOf(turn, self._speaker).tune(delivery)

    def _user_of(self, turn: _Turn) -> str:
        return turn.source.user_id if isinstance(turn.source, _Given) else self._user_id

    async def _stored_answer(
        self, turn: _Turn, voice: Voice, text: str, conversation: str | None, latency_ms: dict[str, float]
    ) -> Answer:
        def tell(event: TurnEvent) -> None:
            turn.stored = turn.stored or isinstance(event, Heard)
            self._tell(turn, event)

        tune = _VoiceOf(turn, self._speaker).tune
        if isinstance(turn.source, _Given) and turn.source.unfinished:
            return await self._answering.resume(
                turn.source.unfinished, on_event=tell, on_piece=voice.feed, on_delivery=tune
            )
        return await self._answering.answer(
            text,
            user_id=self._user_of(turn),
            conversation=conversation,
            on_event=tell,
            on_piece=voice.feed,
            on_delivery=tune,
            latency_ms=latency_ms,
            heard_in="" if isinstance(turn.source, _Given) else self._recognizer.language,
        )

    # What is told of it

    def _speaking(self, turn: _Turn) -> None:
        self._show(turn, Stage.SPEAKING)
        self._tell(turn, SpeechStarted())

    def _tell(self, turn: _Turn, event: TurnEvent) -> None:
        if turn.live:
            if isinstance(event, TurnFailed):
                turn.trouble = event.error
            self._on_event(event)

    def _show(self, turn: _Turn, stage: Stage) -> None:
        if turn.live:
            self._show_stage(stage)

    def _show_stage(self, stage: Stage, trouble: SottovoceError | None = None) -> None:
        if stage is not self._stage or trouble:
            self._stage = stage
            self._on_event(StageChanged(stage, trouble))
