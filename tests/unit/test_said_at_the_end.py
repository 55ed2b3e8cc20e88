"""The program ends while somebody talks: what was said is a question that the next start offers to answer."""

from __future__ import annotations

import asyncio
import logging

import pytest

from sottovoce.domain.errors import StoreTrouble
from sottovoce.domain.stages import Stage
from sottovoce.domain.turns import Outcome
from sottovoce.memory.conversations import ConversationMemory
from tests.unit.parts import Parts, build
from tests.unit.talking import hold, let_go
from tests.virtual_time import run_virtual

WORDS = "what time is it"


class Typing:
    """A dictation that takes everything."""

    def takes(self, user_id: str) -> bool:
        return bool(user_id)


async def _left(parts: Parts) -> list[str]:
    """What the next start would offer, after the end of this one."""
    restarted = ConversationMemory(parts.store, clock=parts.clock)
    return [question.content for question in await restarted.unfinished_turns()]


def _ended_while_talking(parts: Parts, *, keep_said: bool = True) -> list[str]:
    async def story() -> list[str]:
        await hold(parts)
        await parts.talk.close(keep_said=keep_said)
        assert parts.recognizer.running == 0
        assert not parts.microphone.listening
        return await _left(parts)

    return run_virtual(story())


def test_what_was_said_waits_for_its_answer() -> None:
    parts = build([WORDS])
    assert _ended_while_talking(parts) == [WORDS]
    assert parts.outcomes == [Outcome.CANCELLED]


def test_where_nothing_was_said_or_the_program_goes_on_nothing_is_kept() -> None:
    assert _ended_while_talking(build([""])) == []
    assert _ended_while_talking(build([WORDS]), keep_said=False) == []


def test_what_was_to_be_typed_is_not_kept() -> None:
    parts = build([WORDS], dictation=Typing())  # type: ignore[arg-type] # no more of it is asked for
    assert _ended_while_talking(parts) == []


@pytest.mark.parametrize("kind", ["store", "recognizer"])
def test_who_can_not_keep_it_ends_all_the_same(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    parts = build([WORDS])
    if kind == "store":
        parts.store.write_failure = StoreTrouble()
    else:
        parts.recognizer.finish_gate.clear()
    with caplog.at_level(logging.WARNING):
        assert _ended_while_talking(parts) == []
    assert "could not be kept" in caplog.text


@pytest.mark.parametrize("keep_said", [True, False])
def test_what_is_still_being_recognised_is_kept_as_well(*, keep_said: bool) -> None:
    async def story() -> list[str]:
        parts = build([WORDS])
        parts.recognizer.finish_gate.clear()
        await hold(parts)
        await let_go(parts)
        await asyncio.sleep(0.2)
        assert parts.talk.stage is Stage.THINKING
        ending = asyncio.create_task(parts.talk.close(keep_said=keep_said))
        await asyncio.sleep(0.1)
        parts.recognizer.finish_gate.set()
        await ending
        assert parts.recognizer.running == 0
        return await _left(parts)

    assert run_virtual(story()) == ([WORDS] if keep_said else [])


def test_what_is_recognised_too_late_is_not_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> list[str]:
        parts = build([WORDS])
        parts.recognizer.finish_gate.clear()
        await hold(parts)
        await let_go(parts)
        await asyncio.sleep(0.2)
        await parts.talk.close(keep_said=True)
        assert parts.recognizer.running == 0
        return await _left(parts)

    with caplog.at_level(logging.WARNING):
        assert run_virtual(story()) == []
    assert "could not be kept" in caplog.text
