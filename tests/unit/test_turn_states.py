"""The tables of a turn: whole, without a dead end, and no word is dropped but by cancel; then any story at all."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging.handlers
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sottovoce.agent.agent import Agent
from sottovoce.domain.conversations import Role
from sottovoce.domain.turns import Answer, Outcome, Source, Stage, StageChanged, TurnEnded, TurnLimits
from sottovoce.memory.conversations import ConversationMemory
from sottovoce.talk import turns_under_way
from sottovoce.talk.answering import Answering
from sottovoce.talk.conversation import Talk
from sottovoce.talk.given import Given
from sottovoce.talk.turn_states import (
    BOUNCE_S,
    BY_USER,
    CROSSED_S,
    ILLEGAL,
    OUTCOMES,
    PRESENT,
    STAGES,
    STANDINGS,
    TABLE,
    Signal,
    Standing,
    StandingChange,
    TurnCourse,
    TurnEffect,
    TurnState,
)
from sottovoce.talk.turn_times import LastTurns
from sottovoce.talk.turns_under_way import Report, Turns, TurnUnderWay
from tests.fakes_talk import FakeRecognizer
from tests.unit.parts import RECOGNIZERS, Parts, build
from tests.unit.talking import ZEROS, done, hold, let_go
from tests.virtual_time import run_virtual, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TOLD = frozenset({TurnEffect.EMIT_CANCELLED, TurnEffect.EMIT_END})
TO_THE_END = (
    *(Signal.RELEASE, Signal.ENDED, Signal.SOUND_OVER, Signal.TEXT),
    *(Signal.STORED, Signal.VOICE, Signal.DONE),
)


def _whole_course() -> set[TurnCourse]:
    """Every place that a turn can come to, by whatever signals; moments left out."""
    seen: set[TurnCourse] = set()
    ahead = [TurnCourse(), TurnCourse.given()]
    while ahead:
        course = ahead.pop()
        place = TurnCourse(state=course.state, standing=course.standing)
        if place not in seen:
            seen.add(place)
            ahead += [step[0] for signal in Signal if (step := place.after(signal, 0.0))]
    return seen


PLACES = sorted(_whole_course(), key=lambda place: (place.state.value, place.standing.value))


def _name(place: TurnCourse) -> str:
    return f"{place.state.name} {place.standing.name}"


# The first table


@pytest.mark.parametrize(("state", "signal"), list(itertools.product(TABLE, Signal)))
def test_a_signal_is_in_the_table_or_declared_illegal(state: TurnState, signal: Signal) -> None:
    assert (signal in TABLE[state]) != (signal in ILLEGAL[state])


def test_every_state_but_the_last_has_its_steps_and_a_stage() -> None:
    assert set(TABLE) == set(ILLEGAL) == set(STAGES) == set(TurnState) - {TurnState.OVER}


@pytest.mark.parametrize("state", TABLE)
def test_what_the_user_does_may_come_at_any_time(state: TurnState) -> None:
    assert set(TABLE[state]) >= BY_USER
    assert not ILLEGAL[state] & BY_USER


def test_every_state_is_reached() -> None:
    assert {course.state for course in PLACES} == set(TurnState)
    assert {course.standing for course in PLACES} == set(Standing)


@pytest.mark.parametrize("place", PLACES, ids=_name)
def test_every_place_has_a_way_to_the_end(place: TurnCourse) -> None:
    for signal in TO_THE_END:
        step = place.after(signal, 0.0)
        place = step[0] if step else place
    assert (place.state, place.standing) == (TurnState.OVER, Standing.GONE)


@pytest.mark.parametrize("place", PLACES, ids=_name)
def test_a_turn_is_over_when_it_is_gone(place: TurnCourse) -> None:
    assert (place.state is TurnState.OVER) == (place.standing is Standing.GONE)
    if place.state is TurnState.OVER:
        assert all(place.after(signal, 0.0) is None for signal in Signal)
    else:
        cancelled, failed = place.after(Signal.CANCEL, 0.0), place.after(Signal.FAILED, 0.0)
        assert cancelled is not None
        assert failed is not None
        assert cancelled[0].standing is failed[0].standing is Standing.GONE


@pytest.mark.parametrize("place", PLACES, ids=_name)
def test_what_ends_a_turn_has_an_outcome_and_is_told_once_while_it_is_present(place: TurnCourse) -> None:
    for signal in Signal:
        if (step := place.after(signal, 0.0)) is None:
            continue
        after, effects = step
        left = place.is_present and not after.is_present
        assert len(TOLD & set(effects)) == left
        if after.standing is Standing.GONE:
            assert signal in OUTCOMES
            assert (TurnEffect.WIND_UP in effects) == (OUTCOMES[signal] is Outcome.CANCELLED)
        if TurnEffect.LISTEN in effects:
            assert left
            assert effects[-1] is TurnEffect.LISTEN, "after the turn of before was told of"
            assert TurnEffect.HUSH in effects


# The second table: no word is dropped but by cancel


@pytest.mark.parametrize("place", [place for place in PLACES if place.standing is Standing.UNSTORED], ids=_name)
def test_words_that_are_stored_nowhere_are_dropped_by_cancel_alone(place: TurnCourse) -> None:
    gone = {signal for signal in Signal if (step := place.after(signal, 0.0)) and step[0].standing is Standing.GONE}
    assert gone <= {Signal.CANCEL, Signal.SILENT, Signal.TYPED, Signal.FAILED}


def test_what_goes_on_aside_is_neither_told_nor_heard() -> None:
    for change, (standing, effects) in STANDINGS[Standing.ASIDE].items():
        assert standing in {Standing.ASIDE, Standing.GONE}, change
        assert set(effects) <= {TurnEffect.WIND_UP}
    assert set(STANDINGS) == set(Standing) - {Standing.GONE}
    assert set(Standing) - {Standing.ASIDE, Standing.GONE} == PRESENT


def test_a_turn_that_is_aside_is_not_left_again() -> None:
    aside = TurnCourse(state=TurnState.STORING, standing=Standing.ASIDE)
    assert StandingChange.LEFT not in STANDINGS[Standing.ASIDE]
    assert aside.after(Signal.PRESS, 0.0) is None
    assert aside.after(Signal.STORED, 0.0) == (TurnCourse(state=TurnState.ANSWERING, standing=Standing.ASIDE), ())


# Moments


def _after(course: TurnCourse, signal: Signal, at_s: float) -> tuple[TurnCourse, tuple[TurnEffect, ...]]:
    step = course.after(signal, at_s)
    assert step is not None
    return step


def test_a_press_means_what_its_moment_says() -> None:
    held = TurnCourse()
    assert held.press(5.0, BOUNCE_S) is Signal.PRESS
    tail, _ = _after(held, Signal.RELEASE, 10.0)
    assert (tail.state, tail.released_s) == (TurnState.TAIL, 10.0)
    assert tail.press(10.0, BOUNCE_S) is tail.press(10.079, BOUNCE_S) is Signal.AGAIN
    assert tail.press(10.08, BOUNCE_S) is tail.press(10.02, 0.01) is Signal.PRESS
    again, effects = _after(tail, Signal.AGAIN, 10.05)
    assert (again.state, again.released_s, effects) == (TurnState.HELD, None, (TurnEffect.LISTEN_ON,))
    stays, _ = _after(again, Signal.STAY, 11.0)
    paused, _ = _after(stays, Signal.PAUSE, 20.0)
    assert (paused.state, paused.released_s, paused.paused_s) == (TurnState.OPEN_TAIL, 20.0, 20.0)
    assert paused.press(20.599, BOUNCE_S) is Signal.CROSSED
    assert paused.press(20.0 + CROSSED_S, BOUNCE_S) is Signal.PRESS
    later, _ = _after(paused, Signal.PAUSE, 20.1)
    assert later == paused, "the first pause counts"


def test_the_longest_hold_and_the_end_of_the_sound_are_moments_of_release_too() -> None:
    for signal in (Signal.LIMIT, Signal.ENDED):
        after, _ = _after(TurnCourse(), signal, 7.0)
        assert (after.state, after.released_s) == (TurnState.ENDING, 7.0)
        assert _after(after, Signal.ENDED, 8.0)[0].released_s == 7.0


# Any order


@settings(max_examples=300, deadline=None)
@given(signals=st.lists(st.sampled_from(Signal), max_size=40), was_given=st.booleans())
def test_any_order_of_signals_is_told_as_one_turn(signals: list[Signal], *, was_given: bool) -> None:
    course = TurnCourse.given() if was_given else TurnCourse()
    told: list[TurnEffect] = []
    for at_s, signal in enumerate([*signals, *TO_THE_END]):
        before = course
        step = course.after(signal, float(at_s))
        if step is None:
            assert before.state is TurnState.OVER or signal in ILLEGAL[before.state] or not before.is_present
            continue
        course, effects = step
        told += [effect for effect in effects if effect in TOLD]
        if before.standing is Standing.UNSTORED and course.standing is Standing.GONE:
            assert signal in {Signal.CANCEL, Signal.SILENT, Signal.FAILED}
    assert course.standing is Standing.GONE
    assert len(told) == 1


@contextlib.contextmanager
def _bugs() -> Iterator[list[logging.LogRecord]]:
    """What is logged of signals that can't be."""
    handler = logging.handlers.BufferingHandler(1000)
    logger = logging.getLogger(turns_under_way.__name__)
    logger.addHandler(handler)
    try:
        yield handler.buffer
    finally:
        logger.removeHandler(handler)


ACTIONS: dict[str, Callable[[Parts], object]] = {
    "press": lambda p: p.talk.press(),
    "release": lambda p: p.talk.release(),
    "stay": lambda p: p.talk.stay(),
    "toggle": lambda p: p.talk.toggle(),
    "type": lambda p: p.talk.say_answer("what day is it").add_done_callback(lambda answer: answer.exception()),
    "block": lambda p: p.microphone.push(),
    "zeros": lambda p: p.microphone.push(*[ZEROS] * 5),
    "microphone opens slowly": lambda p: p.microphone.open_gate.clear(),
    "microphone opens": lambda p: p.microphone.open_gate.set(),
    "microphone closes slowly": lambda p: p.microphone.close_gate.clear(),
    "microphone closes": lambda p: p.microphone.close_gate.set(),
    "recogniser slow": lambda p: p.recognizer.finish_gate.clear(),
    "recogniser free": lambda p: p.recognizer.finish_gate.set(),
    "voice ends": lambda p: p.speaker.complete() if p.speaker.speaking else None,
}
WAITS_S = {"moment": 0.03, "bounce": BOUNCE_S + 0.01, "while": 2.0}


@settings(max_examples=300, deadline=None)
@given(steps=st.lists(st.sampled_from([*ACTIONS, *WAITS_S]), max_size=40), automatic=st.booleans())
def test_whatever_is_pressed_no_word_that_was_said_is_lost(steps: list[str], *, automatic: bool) -> None:
    async def story() -> Parts:
        parts = build(automatic=automatic, limits=TurnLimits(recognise_s=1e6))
        for step in [*steps, "microphone opens", "microphone closes", "recogniser free", "release", "moment"]:
            if step in WAITS_S:
                await asyncio.sleep(WAITS_S[step])
            else:
                ACTIONS[step](parts)
                await settle()
            for number, utterance in enumerate(parts.recognizer.utterances):
                utterance.text = f"sentence number {number}"
        await asyncio.sleep(5000)
        assert parts.talk.stage in {Stage.READY, Stage.TROUBLE}
        await parts.talk.close()
        await parts.memory.aclose()
        return parts

    with _bugs() as bugs:
        parts = run_virtual(story())
    assert not bugs
    stored = {message.content for message in parts.store.said if message.role is Role.USER}
    heard = {
        f"sentence number {number}"
        for number, utterance in enumerate(parts.recognizer.utterances)
        if any(piece.strip(b"\0") for piece in utterance.fed)
    }
    assert heard <= stored
    last = [event for event in parts.events if isinstance(event, StageChanged | TurnEnded)]
    if last:
        assert isinstance(last[-1], TurnEnded)
        assert parts.talk.stage in {Stage.READY, Stage.TROUBLE}


# What can't be


class Unheard(Answering):
    """Answers, and never tells that anything was stored."""

    async def answer(self, text: str, **_: object) -> Answer:
        return Answer(reply=text, source=Source.SKILL, intent="", conversation="", message="")


def test_a_report_that_can_not_be_is_a_logged_bug_and_the_turn_ends(caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> Parts:
        parts = build()
        memory = parts.memory
        talk = parts.talk = Talk(
            microphone=parts.microphone,
            recognizer=FakeRecognizer(["what time is it"]),
            speaker=parts.speaker,
            answering=Unheard(Agent(RECOGNIZERS.of, ()), memory, ConversationMemory(parts.store)),
            on_event=parts.events.append,
            user_id="me",
        )
        await hold(parts)
        await let_go(parts)
        await done(parts)
        await talk.close()
        return parts

    parts = run_virtual(story())
    assert parts.outcomes == [Outcome.FAILED]
    assert parts.stages[-1] is Stage.READY
    (bug,) = [message for message in caplog.messages if message.startswith("a bug")]
    assert "DONE" in bug
    assert "STORING" in bug
    assert "what time" not in bug


async def test_a_signal_of_a_turn_that_is_over_goes_nowhere() -> None:
    steps: list[tuple[TurnUnderWay, tuple[TurnEffect, ...]]] = []
    turns = Turns(LastTurns(), lambda: 0.0, lambda turn, effects: steps.append((turn, tuple(effects))))
    reports: list[Report] = []

    def source(report: Report) -> Given:
        reports.append(report)
        return Given("x", None, asyncio.get_running_loop().create_future(), "me")

    first = turns.begin(source)
    reports[0](Signal.CANCEL)
    assert steps == [(first, (TurnEffect.HUSH, TurnEffect.WIND_UP, TurnEffect.EMIT_CANCELLED))]
    second = turns.begin(source)
    reports[0](Signal.FAILED)
    turns.post(first.number, Signal.STORED)
    assert len(steps) == 1
    assert turns.present is second
    assert turns.all == (second,)
