"""The turn's state machine: one story a test, then any story at all."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from sottovoce.domain.audio import BLOCK_BYTES
from sottovoce.domain.conversations import MessageState, Role
from sottovoce.domain.errors import (
    MicrophoneLost,
    MicrophoneMissing,
    ModelBroken,
    StoreFull,
    VoiceLost,
)
from sottovoce.domain.turns import (
    Answered,
    AnswerGrew,
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
from sottovoce.talk.turn_states import BOUNCE_S
from tests.fakes_talk import FakeMicrophone, FakeSpeaker
from tests.unit.parts import Parts, build
from tests.virtual_time import run_virtual, settle

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from sottovoce.agent.intents.intents import Intent
    from sottovoce.agent.tools.questions import Question
from tests.unit.talking import TAIL_S, ZEROS, SlowSkill, done, hold, let_go, over, put, until


def test_a_whole_turn_in_its_order() -> None:
    async def story() -> Parts:
        parts = build(["what time is it"])
        await hold(parts)
        parts.recognizer.current.partial("what")
        parts.recognizer.current.partial("what time")
        await let_go(parts)
        return await over(parts)

    parts = run_virtual(story())
    kinds = [type(event) for event in parts.events]
    assert kinds == [
        StageChanged,
        PartialHeard,
        PartialHeard,
        StageChanged,
        Heard,
        AnswerGrew,
        Answered,
        StageChanged,
        SpeechStarted,
        StageChanged,
        TurnEnded,
    ]
    assert parts.stages == [Stage.LISTENING, Stage.THINKING, Stage.SPEAKING, Stage.READY]
    assert parts.outcomes == [Outcome.ANSWERED]
    assert parts.speaker.spoken == ["It is three oh five P.M."]
    user, assistant = parts.store.said
    assert (user.role, user.content) == (Role.USER, "what time is it")
    assert (assistant.role, assistant.content, assistant.state) == (
        Role.ASSISTANT,
        "It is 3:05 PM.",
        MessageState.COMPLETE,
    )


def test_heard_is_told_only_when_it_is_stored() -> None:
    async def story() -> Parts:
        parts = build(["what time is it"])
        parts.store.write_failure = StoreFull()
        await hold(parts)
        await let_go(parts)
        return await over(parts)

    parts = run_virtual(story())
    assert not parts.of(Heard)
    assert parts.of(TurnFailed) == [TurnFailed(parts.of(TurnFailed)[0].error)]  # type: ignore[union-attr] # it is one
    assert parts.outcomes == [Outcome.FAILED]
    assert parts.stages[-1] is Stage.TROUBLE


def test_tail_after_release_is_heard() -> None:
    async def story() -> tuple[int, float]:
        parts = build()
        await hold(parts, blocks=5)
        released = asyncio.get_running_loop().time()
        parts.talk.release()
        ended = asyncio.ensure_future(done(parts))
        while not ended.done():
            parts.microphone.push()
            await asyncio.sleep(0.02)
        waited = asyncio.get_running_loop().time() - released
        await parts.talk.close()
        return len(parts.recognizer.current.fed), waited

    fed, waited = run_virtual(story())
    assert fed >= 5 + TAIL_S / 0.02
    assert TAIL_S <= waited < TAIL_S + 0.06


def test_blocks_that_queue_behind_a_busy_loop_are_not_lost() -> None:
    """Nothing is delivered from the release on; past the tail all comes at once, as from a loop that was busy."""

    async def story() -> int:
        parts = build()
        await hold(parts, blocks=5)
        parts.talk.release()
        await asyncio.sleep(TAIL_S + 0.01)
        parts.microphone.push(*[b"\x01\x02" * (BLOCK_BYTES // 2)] * 6)
        await done(parts)
        await parts.talk.close()
        return len(parts.recognizer.current.fed)

    assert run_virtual(story()) == 11


def test_silence_gives_no_turn() -> None:
    async def story() -> Parts:
        parts = build([""])
        await hold(parts)
        await let_go(parts)
        return await over(parts)

    parts = run_virtual(story())
    assert parts.outcomes == [Outcome.SILENCE]
    assert not parts.store.said
    assert parts.stages[-1] is Stage.READY


def test_a_muted_microphone_is_told() -> None:
    async def story() -> Parts:
        parts = build()
        parts.talk.press()
        await parts.microphone.wait_listening()
        for _ in range(40):
            parts.microphone.push(ZEROS)
            await asyncio.sleep(0.02)
        parts.talk.release()
        return await over(parts)

    parts = run_virtual(story())
    (failed,) = parts.of(TurnFailed)
    assert isinstance(failed, TurnFailed)
    assert failed.error.code == "microphone-silent"


def test_a_tap_is_no_muted_microphone_whatever_was_kept_from_before() -> None:
    """Zeros from before the press say nothing about how long somebody held the key and was not heard."""

    async def story() -> Parts:
        parts = build([""])
        parts.talk.press()
        await parts.microphone.wait_listening()
        for _ in range(15):  # 0.3 s, kept from before
            parts.microphone.push(ZEROS)
        for _ in range(6):
            await asyncio.sleep(0.02)
            parts.microphone.push(ZEROS)
        parts.talk.release()
        for _ in range(6):
            await asyncio.sleep(0.02)
            parts.microphone.push(ZEROS)
        return await over(parts)

    parts = run_virtual(story())
    assert not parts.of(TurnFailed)
    assert parts.outcomes == [Outcome.SILENCE]


@pytest.mark.parametrize("when", ["open", "hold", "finish", "begin"])
def test_a_failing_part_ends_the_turn_and_the_next_one_works(when: str) -> None:
    errors = {"open": MicrophoneMissing(), "hold": MicrophoneLost(), "finish": ModelBroken(), "begin": ModelBroken()}

    async def story() -> Parts:
        parts = build(["" if when == "hold" else "what time is it", "what time is it"])
        if when == "open":
            parts.microphone.missing = errors[when]
        if when == "finish":
            parts.recognizer.failure = errors[when]
        if when == "begin":
            parts.recognizer.begin_failure = errors[when]
        parts.talk.press()
        if when in {"hold", "finish"}:
            await parts.microphone.wait_listening()
            parts.microphone.push()
        if when == "hold":
            await settle()
            parts.microphone.lose()
        if when == "finish":
            parts.talk.release()
        await done(parts)
        parts.recognizer.failure = parts.recognizer.begin_failure = None
        await hold(parts)
        await let_go(parts)
        await done(parts, 2)
        await parts.talk.close()
        return parts

    parts = run_virtual(story())
    assert parts.outcomes == [Outcome.FAILED, Outcome.ANSWERED]
    (failed,) = parts.of(TurnFailed)
    assert isinstance(failed, TurnFailed)
    assert failed.error.code == errors[when].code
    assert [stage for stage in parts.stages if stage is not Stage.THINKING][:2] == [Stage.LISTENING, Stage.TROUBLE]


@pytest.mark.parametrize("ends", [MicrophoneLost, StopAsyncIteration])
def test_what_was_heard_before_a_microphone_went_away_is_answered_and_told(ends: type[Exception]) -> None:
    async def story() -> Parts:
        parts = build(["what time is it"])
        await hold(parts)
        parts.microphone.lose(ends())
        await done(parts)
        parts.talk.release()  # late, and nobody's any more
        await parts.talk.close()
        return parts

    parts = run_virtual(story())
    assert parts.outcomes == [Outcome.ANSWERED]
    (failed,) = parts.of(TurnFailed)
    assert isinstance(failed, TurnFailed)
    assert failed.error.code == "microphone-cut-off"
    assert len(parts.of(Heard)) == 1
    assert parts.stages[-1] is Stage.TROUBLE


def test_a_failure_that_is_no_microphones_is_told_though_sound_was_heard() -> None:
    async def story() -> Parts:
        parts = build(["what time is it"])
        await hold(parts)
        parts.microphone.lose(ValueError("x"))
        return await over(parts)

    assert run_virtual(story()).outcomes == [Outcome.FAILED]


def test_a_voice_that_is_cut_off_at_full_scale_is_told_beside_the_answer() -> None:
    async def story() -> Parts:
        parts = build(["what time is it"])
        parts.talk.press()
        await parts.microphone.wait_listening()
        for block in [b"\x01\x00" * 320] * 15 + [b"\xff\x7f\x01\x80" * 160] * 15:
            parts.microphone.push(block)
            await asyncio.sleep(0.02)
        await let_go(parts)
        return await over(parts)

    parts = run_virtual(story())
    assert parts.outcomes == [Outcome.ANSWERED]
    assert parts.talk.level_trouble is not None
    assert [event.error.code for event in parts.of(TurnFailed) if isinstance(event, TurnFailed)] == [
        "microphone-too-loud"
    ]


def test_pressing_during_speech_silences_at_once_and_listens() -> None:
    async def story() -> Parts:
        parts = build(["what time is it"], automatic=False)
        await hold(parts)
        await let_go(parts)
        await parts.speaker.begun()
        before = parts.speaker.hushes
        parts.talk.press()
        assert parts.speaker.hushes > before, "silenced before press returns"
        assert parts.talk.listening
        await parts.microphone.wait_listening()
        parts.talk.cancel()
        await settle()
        await parts.talk.close()
        return parts

    parts = run_virtual(story())
    assert parts.outcomes == [Outcome.CANCELLED, Outcome.CANCELLED]
    assert parts.store.said[-1].state is MessageState.COMPLETE, "the answer was whole, only its sound was cut"
    assert parts.stages[-1] is Stage.READY


@pytest.mark.parametrize("after_s", [0.0, BOUNCE_S - 0.001])
def test_a_key_that_bounces_goes_on_listening_in_the_same_turn(after_s: float) -> None:
    async def story() -> Parts:
        parts = build(["what time is it"])
        await hold(parts)
        parts.talk.release()
        await asyncio.sleep(after_s)
        parts.talk.press()
        assert parts.talk.listening
        for _ in range(20):
            parts.microphone.push()
            await asyncio.sleep(0.02)
        assert parts.talk.listening
        await let_go(parts)
        return await over(parts)

    parts = run_virtual(story())
    assert parts.outcomes == [Outcome.ANSWERED]
    assert parts.stages == [Stage.LISTENING, Stage.THINKING, Stage.SPEAKING, Stage.READY]
    assert len(parts.recognizer.current.fed) >= 3 + 20 + TAIL_S / 0.02
    assert parts.microphone.opened == 1


def test_a_long_hold_is_listened_to_and_its_end_is_told_before() -> None:
    async def story() -> Parts:
        parts = build(["what time is it"])
        await hold(parts)
        limits = TurnLimits()
        for _ in range(int(limits.hold_s - limits.warn_s) // 5):
            assert parts.talk.listening
            assert HoldEnds(limits.warn_s) not in parts.events
            parts.microphone.push()
            await asyncio.sleep(5)
        assert parts.events[-1] == HoldEnds(limits.warn_s)
        await asyncio.sleep(limits.warn_s - 1)
        assert parts.talk.listening
        await done(parts)
        return parts

    parts = run_virtual(story())
    # What was said is answered, and that nothing after it was heard is told.
    assert parts.of(Heard) == [Heard("what time is it")]
    assert [event.error.code for event in parts.events if isinstance(event, TurnFailed)] == ["held-too-long"]
    assert parts.outcomes == [Outcome.ANSWERED]
    assert parts.stages[-1] is Stage.TROUBLE


def test_a_key_let_go_in_time_is_told_of_no_limit() -> None:
    async def story() -> Parts:
        parts = build(["what time is it"], limits=TurnLimits(hold_s=1.0, warn_s=0.4, tail_ms=1000))
        parts.talk.press()
        await asyncio.sleep(0.5)
        await let_go(parts)
        await asyncio.sleep(2)
        await done(parts)
        return parts

    parts = run_virtual(story())
    assert parts.of(TurnFailed) == parts.of(HoldEnds) == []


def test_a_stuck_key_that_bounces_is_let_go_nevertheless() -> None:
    async def story() -> Parts:
        parts = build(["what time is it"])
        await hold(parts)
        await until(lambda: not parts.talk.listening)
        parts.talk.press()
        assert parts.stages == [Stage.LISTENING, Stage.LISTENING], "a turn of its own"
        await parts.talk.close()
        return parts

    assert run_virtual(story()).outcomes == [Outcome.CANCELLED, Outcome.CANCELLED]


def test_a_key_that_goes_up_and_down_before_the_device_is_open_is_held() -> None:
    async def story() -> Parts:
        parts = build(["what time is it"])
        parts.microphone.open_gate.clear()
        parts.talk.press()
        parts.talk.release()
        await settle()
        parts.microphone.open_gate.set()
        parts.talk.press()
        await hold(parts)
        await let_go(parts)
        return await over(parts)

    assert run_virtual(story()).outcomes == [Outcome.ANSWERED]


def test_a_press_while_a_lost_device_closes_is_a_turn_of_its_own() -> None:
    async def story() -> Parts:
        parts = build(["what time is it"])
        parts.microphone.close_gate.clear()
        await hold(parts, blocks=0)
        parts.microphone.lose()
        await settle()
        parts.talk.press()
        parts.microphone.close_gate.set()
        await settle()
        await hold(parts)
        await let_go(parts)
        await done(parts, 2)
        await parts.talk.close()
        return parts

    assert run_virtual(story()).outcomes == [Outcome.CANCELLED, Outcome.ANSWERED]


@pytest.mark.parametrize("when", ["tail", "decoding", "storing"])
def test_what_was_said_before_the_next_press_is_stored_and_answered_in_silence(when: str) -> None:
    async def story() -> Parts:
        parts = build(["what day is it", "what time is it"])
        gate = asyncio.Event()
        if when == "decoding":
            parts.recognizer.finish_gate.clear()
        if when == "storing":
            put(parts.store, "open_turn", _slowly(gate, parts.store.open_turn))
        await hold(parts)
        parts.talk.release()
        await asyncio.sleep(BOUNCE_S + 0.001 if when == "tail" else 1)
        assert not parts.of(Heard)
        parts.talk.press()
        parts.recognizer.finish_gate.set()
        gate.set()
        await parts.microphone.wait_listening()
        await let_go(parts)
        await done(parts, 2)
        await parts.talk.close()
        return parts

    parts = run_virtual(story())
    assert parts.outcomes == [Outcome.CANCELLED, Outcome.ANSWERED]
    assert [event.text for event in parts.events if isinstance(event, Heard)] == ["what time is it"]
    assert parts.speaker.said == ["It is three oh five P.M."]
    assert [message.content for message in parts.store.said if message.role is Role.USER] == [
        "what day is it",
        "what time is it",
    ]
    assert {message.state for message in parts.store.said} == {MessageState.COMPLETE}
    assert len(parts.store.said) == 4
    assert parts.microphone.overlaps == 0


def _slowly(gate: asyncio.Event, work: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[object]]:
    async def slow(*arguments: object) -> object:
        await gate.wait()
        return await work(*arguments)

    return slow


def test_what_was_said_before_the_next_press_can_fail_in_silence(caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> Parts:
        parts = build(["what time is it"])
        parts.recognizer.failure = ModelBroken()
        await hold(parts)
        parts.talk.release()
        await asyncio.sleep(BOUNCE_S + 0.001)
        parts.recognizer.failure = None
        parts.talk.press()
        await let_go(parts)
        await done(parts, 2)
        await parts.talk.close()
        return parts

    parts = run_virtual(story())
    assert parts.outcomes == [Outcome.CANCELLED, Outcome.ANSWERED]
    assert not parts.of(TurnFailed)
    assert "was not answered: model-broken" in caplog.text


def test_closing_drops_what_goes_on_beside() -> None:
    async def story() -> Parts:
        parts = build(["what day is it"])
        parts.recognizer.finish_gate.clear()
        await hold(parts)
        parts.talk.release()
        await asyncio.sleep(1)
        parts.talk.press()
        await parts.talk.close()
        assert len(asyncio.all_tasks()) == 1
        return parts

    parts = run_virtual(story())
    assert parts.recognizer.running == 0
    assert parts.stages[-1] is parts.talk.stage is Stage.READY


def test_a_press_before_anything_was_heard_drops_the_turn() -> None:
    async def story() -> Parts:
        parts = build(["never said"])
        parts.talk.press()
        parts.talk.release()
        await asyncio.sleep(BOUNCE_S + 0.001)
        parts.talk.press()
        await settle()
        await parts.talk.close()
        return parts

    parts = run_virtual(story())
    assert not parts.store.said
    assert parts.outcomes == [Outcome.CANCELLED, Outcome.CANCELLED]


def test_closing_in_the_middle_of_a_turn_shows_that_it_is_over() -> None:
    async def story() -> Parts:
        parts = build()
        await hold(parts)
        await parts.talk.close()
        return parts

    parts = run_virtual(story())
    assert parts.stages == [Stage.LISTENING, Stage.READY]
    assert parts.talk.stage is Stage.READY


def test_cancelling_while_thinking_keeps_the_question_and_tells_nothing_more() -> None:
    async def story() -> Parts:
        skill = SlowSkill()
        parts = build(["what time is it"], extra=[skill])
        await hold(parts)
        await let_go(parts)
        await skill.asked.wait()
        parts.talk.cancel()
        skill.go.set()
        await settle()
        await parts.talk.close()
        return parts

    parts = run_virtual(story())
    assert [message.role for message in parts.store.said] == [Role.USER]
    assert parts.outcomes == [Outcome.CANCELLED]
    assert isinstance(parts.events[-1], StageChanged)
    assert parts.speaker.said == []


def test_a_press_while_an_answer_is_sought_ends_the_search() -> None:
    async def story() -> Parts:
        skill = SlowSkill()
        parts = build(["what time is it"], extra=[skill])
        await hold(parts)
        await let_go(parts)
        await skill.asked.wait()
        parts.talk.press()
        skill.go.set()
        await parts.microphone.wait_listening()
        parts.talk.cancel()
        await settle()
        await parts.talk.close()
        return parts

    parts = run_virtual(story())
    assert [message.role for message in parts.store.said] == [Role.USER], "stored, and no more of it"
    assert parts.outcomes == [Outcome.CANCELLED, Outcome.CANCELLED]


class BrokenSkill(SlowSkill):
    async def answer(self, question: Question, intent: Intent) -> str:
        raise ValueError(question.text)


def test_a_bug_is_one_calm_line_without_a_word_of_what_was_said(caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> Parts:
        parts = build(["what time is it"], extra=[BrokenSkill()])
        await hold(parts)
        await let_go(parts)
        return await over(parts)

    parts = run_virtual(story())
    (failed,) = parts.of(TurnFailed)
    assert isinstance(failed, TurnFailed)
    assert failed.error.code == "bug"
    assert "what time" not in str(failed.error)
    assert "what time" not in caplog.messages[0]


def test_a_lost_voice_is_told_and_the_answer_stands() -> None:
    async def story() -> Parts:
        parts = build(["what time is it"])
        parts.speaker.failures = [VoiceLost()]
        await hold(parts)
        await let_go(parts)
        return await over(parts)

    parts = run_virtual(story())
    assert len(parts.of(Answered)) == 1
    assert parts.outcomes == [Outcome.ANSWERED]
    assert parts.stages[-1] is Stage.TROUBLE


def test_a_voice_that_hangs_is_given_up() -> None:
    async def story() -> Parts:
        parts = build(["what time is it"], automatic=False)
        await hold(parts)
        await let_go(parts)
        return await over(parts)

    parts = run_virtual(story())
    assert parts.outcomes == [Outcome.ANSWERED]
    (failed,) = parts.of(TurnFailed)
    assert isinstance(failed, TurnFailed)
    assert failed.error.code == "voice-lost"


def test_a_stuck_key_ends_as_if_released() -> None:
    async def story() -> Parts:
        parts = build(["what time is it"])
        await hold(parts)
        return await over(parts)

    assert run_virtual(story()).outcomes == [Outcome.ANSWERED]


def test_a_hung_recogniser_is_told() -> None:
    async def story() -> Parts:
        parts = build(["what time is it"])
        parts.recognizer.finish_gate.clear()
        await hold(parts)
        await let_go(parts)
        return await over(parts)

    (failed,) = run_virtual(story()).of(TurnFailed)
    assert isinstance(failed, TurnFailed)
    assert failed.error.code == "recognizer-hung"


def test_the_text_does_not_wait_for_the_device_to_close() -> None:
    async def story() -> None:
        parts = build(["what time is it"])
        parts.microphone.close_gate.clear()
        await hold(parts)
        await let_go(parts)
        await until(lambda: bool(parts.of(Answered)))
        parts.microphone.close_gate.set()
        await done(parts)
        await parts.talk.close()

    run_virtual(story())


def test_toggle_presses_and_releases() -> None:
    async def story() -> Parts:
        parts = build(["what time is it"])
        parts.talk.toggle()
        assert parts.talk.listening
        await parts.microphone.wait_listening()
        parts.talk.toggle()
        assert not parts.talk.listening
        return await over(parts)

    assert run_virtual(story()).outcomes == [Outcome.ANSWERED]


def test_what_stays_needs_no_key_and_without_a_turn_nothing_stays() -> None:
    async def story() -> Parts:
        parts = build(["what time is it"])
        parts.talk.stay()
        parts.talk.press()
        await parts.microphone.wait_listening()
        parts.talk.stay()
        parts.talk.stay()
        assert parts.talk.listening
        assert parts.of(ListensOn) == [ListensOn()]
        parts.talk.release()
        parts.talk.stay()  # too late
        return await over(parts)

    assert run_virtual(story()).outcomes == [Outcome.ANSWERED]


def test_after_close_a_press_does_nothing() -> None:
    async def story() -> Parts:
        parts = build()
        await parts.talk.close()
        parts.talk.press()
        await settle()
        await parts.talk.close()
        return parts

    assert run_virtual(story()).microphone.opened == 0


class LateStarter(FakeSpeaker):
    """Its worker tells of a start after it was silenced."""

    def __init__(self) -> None:
        super().__init__(automatic=False)
        self.starts: list[Callable[[], None]] = []

    async def say(self, sentence: str, on_start: Callable[[], None]) -> None:
        self.starts.append(on_start)
        await super().say(sentence, lambda: None)


def test_a_voice_that_starts_late_does_not_show_in_the_next_turn() -> None:
    async def story() -> Parts:
        speaker = LateStarter()
        parts = build(["what time is it"], speaker=speaker)
        await hold(parts)
        await let_go(parts)
        await speaker.begun()
        parts.talk.press()
        speaker.starts[0]()
        await settle()
        assert parts.talk.stage is Stage.LISTENING
        await parts.talk.close()
        return parts

    parts = run_virtual(story())
    assert Stage.SPEAKING not in parts.stages
    assert SpeechStarted() not in parts.events


def test_sound_that_arrives_after_the_cancelling_goes_nowhere() -> None:
    async def story() -> Parts:
        parts = build()
        await hold(parts)
        parts.microphone.push()
        parts.talk.cancel()
        parts.microphone.push()
        await settle()
        await parts.talk.close()
        return parts

    assert len(run_virtual(story()).recognizer.current.fed) == 3


def test_a_recogniser_that_fails_at_once_gets_no_sound() -> None:
    """Its failure is told while blocks still wait in the pipe."""

    async def story() -> Parts:
        parts = build(limits=TurnLimits(recognise_s=0.001))
        parts.recognizer.finish_gate.clear()
        parts.microphone.close_gate.clear()
        await hold(parts)
        await let_go(parts)
        await asyncio.sleep(0.1)
        parts.microphone.close_gate.set()
        return await over(parts)

    assert run_virtual(story()).outcomes == [Outcome.FAILED]


class Unclosable(FakeMicrophone):
    """Fails when it is given back."""

    @asynccontextmanager
    async def listen(self) -> AsyncIterator[AsyncIterator[bytes]]:
        async with super().listen() as blocks:
            yield blocks
        raise MicrophoneLost


def test_a_device_that_fails_only_while_closing_loses_no_word(caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> Parts:
        parts = build(["what time is it"], microphone=Unclosable())
        await hold(parts)
        await let_go(parts)
        return await over(parts)

    assert run_virtual(story()).outcomes == [Outcome.ANSWERED]
    assert "did not close cleanly" in caplog.text


def test_closing_does_not_wait_for_ever_for_a_hung_device(caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> None:
        parts = build()
        parts.microphone.close_gate.clear()
        await hold(parts)
        await parts.talk.close()
        assert "did not give their parts back" in caplog.text
        parts.microphone.close_gate.set()
        await settle()
        await settle()

    run_virtual(story())
