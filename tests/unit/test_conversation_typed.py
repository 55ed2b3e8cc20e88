"""Typed questions beside spoken ones, and the voice its user asks for."""

from __future__ import annotations

import asyncio

import pytest

from sottovoce.domain.contexts import Personality
from sottovoce.domain.conversations import Role
from sottovoce.domain.errors import (
    Interrupted,
    StoreFull,
)
from sottovoce.domain.turns import (
    Outcome,
    Stage,
)
from sottovoce.domain.voices import Delivery
from sottovoce.talk.conversation import MOST_WAITING
from tests.unit.parts import Parts, build
from tests.unit.talking import SlowSkill, done, hold, let_go
from tests.virtual_time import run_virtual, settle


def test_a_typed_question_answered_aloud() -> None:
    async def story() -> Parts:
        parts = build()
        answer = await parts.talk.say_answer("what time is it")
        assert answer.reply == "It is 3:05 PM."
        await done(parts)
        await parts.talk.close()
        return parts

    parts = run_virtual(story())
    assert parts.speaker.spoken == ["It is three oh five P.M."]
    assert parts.microphone.opened == 0


def test_a_typed_question_waits_until_the_user_has_been_answered() -> None:
    async def story() -> Parts:
        parts = build(["what time is it"])
        await hold(parts)
        waiting = [parts.talk.say_answer(text) for text in ("who are you", "what day is it")]
        await let_go(parts)
        await asyncio.gather(*waiting)
        await done(parts, 3)
        await parts.talk.close()
        return parts

    parts = run_virtual(story())
    assert parts.outcomes == [Outcome.ANSWERED] * 3
    asked = [message.content for message in parts.store.said if message.role is Role.USER]
    assert asked == ["what time is it", "who are you", "what day is it"]
    assert len(parts.speaker.spoken) == 4, "the second answer has two sentences"


@pytest.mark.parametrize("ending", ["cancel", "close", "too many"])
def test_a_typed_question_that_can_not_wait_is_told(ending: str) -> None:
    async def story() -> Parts:
        parts = build(["what time is it"])
        await hold(parts)
        waiting = [parts.talk.say_answer("what day is it") for _ in range(MOST_WAITING)]
        if ending == "too many":
            with pytest.raises(Interrupted):
                await parts.talk.say_answer("who are you")
            await let_go(parts)
            await asyncio.gather(*waiting)
        elif ending == "cancel":
            parts.talk.cancel()
        await parts.talk.close()
        with pytest.raises(Interrupted):
            await parts.talk.say_answer("what day is it")
        assert [answer.done() for answer in waiting] == [True] * MOST_WAITING
        assert all(answer.exception() for answer in waiting) == (ending != "too many")
        return parts

    assert run_virtual(story()).talk.stage is Stage.READY


def test_a_typed_question_is_cancelled_by_a_press_and_its_failure_is_told() -> None:
    async def story() -> None:
        parts = build()
        waiting = parts.talk.say_answer("what time is it")
        parts.talk.press()
        with pytest.raises(Interrupted):
            await waiting
        parts.talk.cancel()
        parts.store.write_failure = StoreFull()
        with pytest.raises(StoreFull):
            await parts.talk.say_answer("what time is it")
        await parts.talk.close()

    run_virtual(story())


def test_a_typed_question_of_another_user_stays_with_that_user() -> None:
    async def story() -> Parts:
        parts = build()
        await parts.talk.say_answer("remember that i like tea", user_id="bob")
        answer = await parts.talk.say_answer("what do i like")
        assert answer.reply == "You have not told me yet what you like."
        await parts.talk.close()
        return parts

    assert [message.user_id for message in run_virtual(story()).store.said] == ["bob", "bob", "me", "me"]


@pytest.mark.parametrize("failure", [None, StoreFull()])
def test_who_asked_may_go_away(failure: StoreFull | None) -> None:
    async def story() -> Parts:
        parts = build()
        parts.store.write_failure = failure
        parts.talk.say_answer("what time is it").cancel()
        await done(parts)
        await parts.talk.close()
        return parts

    assert run_virtual(story()).outcomes == [Outcome.FAILED if failure else Outcome.ANSWERED]


def test_the_voice_follows_what_its_user_asks_for() -> None:
    async def live() -> None:
        parts = build()
        said = parts.speaker.said
        for words, rate, volume in (
            ("speak slower", 155, None),
            ("softer", 155, 80),
            ("what time is it", 155, 80),
            ("talk as usual", None, None),
        ):
            await parts.talk.say_answer(words)
            await settle()
            wanted = Delivery(rate=rate, volume=volume, language="en")
            assert parts.speaker.tuned == wanted
            assert parts.speaker.said_as[said[-1]] == wanted, "what confirms it is said so already"
        for language, spoken in (("en-GB", "en-GB"), ("fi", "en")):
            await parts.memory.set_context("me", personality=Personality(voice="belinda", volume=40), language=language)
            await parts.talk.say_answer("what time is it")
            await settle()
            assert parts.speaker.tuned == Delivery(voice="belinda", volume=40, language=spoken)
        await parts.talk.close()
        await parts.memory.aclose()

    run_virtual(live())


def test_typed_questions_wait_for_one_another() -> None:
    async def story() -> Parts:
        parts = build()
        waiting = [parts.talk.say_answer(text) for text in ("what time is it", "who are you", "what day is it")]
        answers = await asyncio.gather(*waiting)
        assert [answer.intent for answer in answers] == ["clock.time", "courtesy.who", "clock.day"]
        await done(parts, 3)
        await parts.talk.close()
        return parts

    assert run_virtual(story()).outcomes == [Outcome.ANSWERED] * 3


def test_an_answer_that_is_only_being_spoken_is_cut_short_by_the_next_typed_question() -> None:
    async def story() -> Parts:
        parts = build(automatic=False)
        await parts.talk.say_answer("who are you")
        next_one = parts.talk.say_answer("what time is it")
        assert parts.outcomes == [Outcome.CANCELLED]
        await next_one
        await parts.talk.close()
        return parts

    run_virtual(story())


def test_one_question_too_many_is_told_the_true_reason() -> None:
    async def story() -> None:
        parts = build()
        asked = [parts.talk.say_answer("what time is it") for _ in range(MOST_WAITING + 2)]
        with pytest.raises(Interrupted, match="Too many"):
            await asked[-1]
        assert all(answer.reply for answer in await asyncio.gather(*asked[:-1]))
        await parts.talk.close()

    run_virtual(story())


def test_what_was_said_and_stored_does_not_go_on_beside_when_the_key_is_pressed_again() -> None:
    async def story() -> Parts:
        slow = SlowSkill()
        parts = build(["what time is it", ""], extra=[slow])
        await hold(parts)
        await let_go(parts)
        await slow.asked.wait()
        parts.talk.press()
        slow.go.set()
        await settle()
        await parts.talk.close()
        return parts

    parts = run_virtual(story())
    assert list(parts.store.turns.values()) == [Outcome.CANCELLED], "it is stored, and nobody waits for its answer"
    assert [message.role for message in parts.store.said] == [Role.USER]
