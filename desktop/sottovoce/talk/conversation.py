"""The turns of a user: hold, talk, let go, be answered; a new press silences and starts over."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from typing import TYPE_CHECKING

from sottovoce.domain.errors import Interrupted, SottovoceError, to_user_error
from sottovoce.domain.figures import TOLD, Attribute, Step
from sottovoce.domain.said import said
from sottovoce.domain.turns import (
    HoldEnds,
    ListensOn,
    Outcome,
    SpeechStarted,
    Stage,
    StageChanged,
    TurnEnded,
    TurnFailed,
    TurnLimits,
)
from sottovoce.memory.figures import Figures
from sottovoce.memory.finish import finish
from sottovoce.talk.end_of_speech import EndOfSpeech
from sottovoce.talk.gain import AutomaticGain
from sottovoce.talk.given import Given
from sottovoce.talk.listening import Listening
from sottovoce.talk.turn_states import BOUNCE_S, STAGES, Signal, Standing, TurnEffect
from sottovoce.talk.turn_times import LastTurns
from sottovoce.talk.turn_work import TurnWork
from sottovoce.talk.turns_under_way import Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sottovoce.domain.conversations import Message
    from sottovoce.domain.turns import Answer, TurnEvent
    from sottovoce.talk.answering import Answering
    from sottovoce.talk.dictation import Dictation
    from sottovoce.talk.ports import Microphone, Recognizer, Speaker, VoiceActivity
    from sottovoce.talk.turns_under_way import Report, TurnUnderWay

log = logging.getLogger(__name__)

MOST_WAITING = 8
"""Typed questions that may wait until the user has been answered; one more is refused, not forgotten silently."""


class Talk:
    """Owns the turn that is under way, and with it microphone, recogniser and voice.

    Calls come from the event loop's thread, return at once and may come in any order. What they mean for a turn stands
    in `turn_states`. What happens is reported by events; of a turn that a new press or `cancel` has ended, the last one
    is its `TurnEnded`.
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
        last_turns: LastTurns | None = None,
        dictation: Dictation | None = None,
        figures: Figures | None = None,
    ) -> None:
        """Run turns for `user_id` with these parts, and report them to `on_event`, each first sound to `on_sound`.

        `last_turns` goes on with the times of turns of before; while `dictation` is on, what is said is typed. What is
        counted of them goes to `figures`.
        """
        self._microphone = microphone
        self._speaker = speaker
        self._on_event = on_event
        self._on_sound = on_sound
        self._user_id = user_id
        self._activity = activity
        self._limits = limits or TurnLimits()
        self._figures = figures or Figures()
        self.last_turns = last_turns or LastTurns(self._figures)
        """When the last turns reached their stages."""
        self._turns = Turns(self.last_turns, lambda: asyncio.get_running_loop().time(), self._stepped)
        self._work = TurnWork(
            recognizer=recognizer,
            speaker=speaker,
            answering=answering,
            turns=self._turns,
            emit=self._emit,
            limits=self._limits,
            user_id=user_id,
            dictation=dictation,
            figures=self._figures,
        )
        self._waiting: deque[Given] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._gain = AutomaticGain()
        self._stage = Stage.READY
        self._closed = False
        self._effects: Mapping[TurnEffect, Callable[[TurnUnderWay], None]] = {
            TurnEffect.CUE: lambda _: self._on_sound(),
            TurnEffect.LISTEN_ON: lambda turn: _listening(turn).listen_on(),
            TurnEffect.STAY: self._stay,
            TurnEffect.START_TAIL: lambda turn: _listening(turn).start_tail(turn.course.released_s or 0.0),
            TurnEffect.WARN: lambda turn: self._emit(turn.number, HoldEnds(self._limits.warn_s)),
            TurnEffect.FORGET: lambda _: self._microphone.forget(),
            TurnEffect.VOICE: lambda turn: self._emit(turn.number, SpeechStarted()),
            TurnEffect.HUSH: lambda _: self._speaker.hush(),
            TurnEffect.WIND_UP: _wind_up,
            TurnEffect.EMIT_CANCELLED: lambda _: self._on_event(TurnEnded(Outcome.CANCELLED)),
            TurnEffect.EMIT_END: self._emit_end,
            TurnEffect.LISTEN: lambda _: self._listen(),
        }

    @property
    def stage(self) -> Stage:
        """What the assistant is doing now."""
        return self._stage

    @property
    def level_trouble(self) -> SottovoceError | None:
        """What was wrong with the microphone's level when somebody last spoke; None if all was well."""
        return self._work.advice.standing

    @property
    def listening(self) -> bool:
        """Whether the key counts as held."""
        turn = self._turns.present
        return turn is not None and turn.course.listens

    def press(self) -> None:
        """The key went down: silence any answer at once and listen. While listening it changes nothing.

        What was said before and is not stored yet is not lost: its turn goes on beside, without a voice or an event.
        """
        if self._closed:
            return
        if turn := self._turns.present:
            self._turns.press(turn.number, min(BOUNCE_S, self._limits.tail_ms / 1000))
        else:
            self._speaker.hush()
            self._listen()

    def release(self) -> None:
        """The key came up: answer what was said. Without a press it changes nothing."""
        self._post(Signal.RELEASE)

    def stay(self) -> None:
        """Listen on without a key that is held, until `release` or until nothing more is said; else do nothing."""
        self._post(Signal.STAY)

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
        self._drop_present()
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
        return self._answer_given(Given(text, conversation, answer, user_id or self._user_id))

    async def tell(self, text: str, user_id: str) -> None:
        """Say something that nobody asked for, to its end; a press silences it.

        Nothing is said while a turn is under way: whoever wants it told waits for its end.
        """
        if not self._closed and self._turns.present is None:
            await self._work.tell(text, user_id, lambda error: self._on_event(TurnFailed(error)))

    def resume(self, question: Message) -> asyncio.Future[Answer]:
        """Answer a question aloud whose turn was cut off; it is stored already.

        Returns:
            As `say_answer` does.
        """
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        return self._answer_given(Given(question.content, question.conversation_id, answer, question.user_id, question))

    def _answer_given(self, given: Given) -> asyncio.Future[Answer]:
        turn = self._turns.present
        if self._closed:
            given.stop()
        elif len(self._waiting) >= MOST_WAITING:
            given.fail(Interrupted(said("turns-too-many-wait")))
        elif self._waiting or (turn and turn.is_awaited):
            self._waiting.append(given)
        else:
            self._drop_present()
            self._answer_aloud(given)
        return given.answer

    async def close(self, *, keep_said: bool = False) -> None:
        """End the turn under way and wait until its parts are given back. Idempotent.

        Args:
            keep_said: Store what is just being said, as a question that waits for its answer.
        """
        self._closed = True
        self._drop_waiting()
        for turn in self._turns.all:
            turn.keeps = keep_said
        if self._turns.present:
            self._drop_present()
            self._show_stage(Stage.READY)
        for turn in self._turns.all:
            self._turns.post(turn.number, Signal.CANCEL)
        if self._tasks:
            _, hung = await asyncio.wait(self._tasks, timeout=self._limits.close_s)
            if hung:
                log.error("%d turns did not give their parts back in time", len(hung))

    # What comes of it

    def _post(self, signal: Signal) -> None:
        if turn := self._turns.present:
            self._turns.post(turn.number, signal)

    def _drop_present(self) -> None:
        if self._turns.present:
            self._post(Signal.CANCEL)
        else:
            self._speaker.hush()

    def _drop_waiting(self) -> None:
        while self._waiting:
            self._waiting.popleft().stop()

    def _listen(self) -> None:
        """Begin a turn that listens."""
        self._start(lambda report: Listening(self._microphone, self._limits, report, self._gain), Stage.LISTENING)

    def _answer_aloud(self, given: Given) -> None:
        """Begin a turn that answers."""
        self._start(lambda _: given, Stage.THINKING)

    def _start(self, source: Callable[[Report], Listening | Given], stage: Stage) -> None:
        turn = self._turns.begin(source)
        turn.task = asyncio.create_task(self._run(turn))
        self._tasks.add(turn.task)
        turn.task.add_done_callback(self._tasks.discard)
        # Reported even if the last turn was in the same stage: this one is new.
        self._stage = stage
        self._on_event(StageChanged(stage))

    async def _run(self, turn: TurnUnderWay) -> None:
        with self._figures.step(Step.TURN) as whole:
            whole.mark(Attribute.GIVEN, "typed" if isinstance(turn.source, Given) else "spoken")
            try:
                await self._run_to_its_end(turn)
            finally:
                whole.mark(Attribute.OUTCOME, turn.outcome)

    async def _run_to_its_end(self, turn: TurnUnderWay) -> None:
        end = Signal.FAILED
        try:
            end = await self._work.steps(turn)
        except Exception as error:
            if not isinstance(error, SottovoceError):
                log.exception("a turn failed")
            if turn.course.standing is Standing.ASIDE:
                log.warning("what was said before a press was not answered: %s", to_user_error(error).code)
            self._emit(turn.number, TurnFailed(to_user_error(error)))
        finally:
            if turn.recording:
                turn.recording.cancel()
                await finish(asyncio.wait({turn.recording}))
            self._turns.end(turn.number, end)

    def _stepped(self, turn: TurnUnderWay, effects: Iterable[TurnEffect]) -> None:
        if turn.course.is_present:
            self._show_stage(STAGES[turn.course.state])
        for effect in effects:
            self._effects[effect](turn)

    def _stay(self, turn: TurnUnderWay) -> None:
        heard = self._activity.begin() if self._activity else None
        _listening(turn).stay(EndOfSpeech(self._limits, heard))
        self._emit(turn.number, ListensOn())

    def _emit_end(self, turn: TurnUnderWay) -> None:
        turn.source.stop()
        self._show_stage(Stage.TROUBLE if turn.trouble else Stage.READY, turn.trouble)
        self._on_event(TurnEnded(turn.outcome))
        # Who heard of the end may have begun a turn already.
        if self._waiting and not self._turns.present:
            self._answer_aloud(self._waiting.popleft())

    # What is reported of it

    def _emit(self, number: int, event: TurnEvent) -> None:
        """Report an event of the present turn; of one that is aside or over nothing is reported."""
        turn = self._turns.present
        if turn and turn.number == number:
            if isinstance(event, TurnFailed):
                turn.trouble = event.error
                self._figures.counter(TOLD, event.error.code).add()
            self._on_event(event)

    def _show_stage(self, stage: Stage, trouble: SottovoceError | None = None) -> None:
        if stage is not self._stage or trouble:
            self._stage = stage
            self._on_event(StageChanged(stage, trouble))


def _listening(turn: TurnUnderWay) -> Listening:
    """What listens for a turn that was not given."""
    assert isinstance(turn.source, Listening)  # noqa: S101 - no turn that was given ever listens
    return turn.source


def _wind_up(turn: TurnUnderWay) -> None:
    turn.task.cancel()
    turn.source.stop()
