"""Any order of anything: the microphone has one owner and always closes; every turn ends."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from sottovoce.domain.errors import (
    MicrophoneMissing,
    ModelBroken,
    StoreFailed,
    StoreFull,
    VoiceLost,
)
from sottovoce.domain.turns import (
    Outcome,
    PartialHeard,
    Stage,
    StageChanged,
    TurnEnded,
)
from tests.unit.parts import Parts, build
from tests.virtual_time import run_virtual, settle

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.agent.intents.intents import Intent
    from sottovoce.agent.tools.questions import Question
    from sottovoce.domain.turns import TurnEvent
from tests.unit.talking import ZEROS, SlowSkill, put


def _type(parts: Parts) -> None:
    parts.talk.say_answer("what do i like").add_done_callback(lambda answer: answer.cancelled() or answer.exception())


def _slow(gates: tuple[asyncio.Event, ...], *, slow: bool) -> None:
    for gate in gates:
        (gate.clear if slow else gate.set)()


def _partial(parts: Parts, which: int) -> None:
    """Words by which the event can be told to belong to that utterance."""
    if len(parts.recognizer.utterances) >= -which:
        parts.recognizer.utterances[which].partial(f"{len(parts.recognizer.utterances) + which} what")


async def _refusing(*_arguments: object, **_options: object) -> None:
    raise StoreFailed


ACTIONS: dict[str, Callable[[Parts], object]] = {
    "press": lambda p: p.talk.press(),
    "release": lambda p: p.talk.release(),
    "toggle": lambda p: p.talk.toggle(),
    "cancel": lambda p: p.talk.cancel(),
    "type": _type,
    "block": lambda p: p.microphone.push(),
    "zeros": lambda p: p.microphone.push(ZEROS),
    "partial": lambda p: _partial(p, -1),
    "partial of the one before": lambda p: _partial(p, -2),
    "microphone lost": lambda p: p.microphone.lose(),
    "microphone missing": lambda p: put(p.microphone, "missing", MicrophoneMissing()),
    "microphone slow": lambda p: _slow((p.microphone.open_gate, p.microphone.close_gate), slow=True),
    "microphone free": lambda p: _slow((p.microphone.open_gate, p.microphone.close_gate), slow=False),
    "recogniser fails": lambda p: put(p.recognizer, "failure", ModelBroken()),
    "recogniser works": lambda p: put(p.recognizer, "failure", None),
    "recogniser slow": lambda p: _slow((p.recognizer.finish_gate,), slow=True),
    "recogniser free": lambda p: _slow((p.recognizer.finish_gate,), slow=False),
    "voice fails": lambda p: put(p.speaker, "failures", [VoiceLost()]),
    "voice ends": lambda p: p.speaker.complete() if p.speaker.speaking else None,
    "store fails": lambda p: put(p.store, "write_failure", StoreFull()),
    "store works": lambda p: put(p.store, "write_failure", None),
    "store can not be read": lambda p: put(p.store, "messages", _refusing),
    "store can be read": lambda p: vars(p.store).pop("messages", None),
    "recogniser can not begin": lambda p: put(p.recognizer, "begin_failure", ModelBroken()),
    "recogniser can begin": lambda p: put(p.recognizer, "begin_failure", None),
    "bug in the agent": lambda p: put(p, "agent", "broken"),
    "no bug in the agent": lambda p: put(p, "agent", "well"),
}
WAITS_S = {"short wait": 0.03, "long wait": 3.0}
STEPS = st.sampled_from([*ACTIONS, *WAITS_S])


class SometimesBroken(SlowSkill):
    """Answers about likes, and fails while the test says so."""

    intents = ("memory.likes",)

    def __init__(self) -> None:
        super().__init__()
        self.parts: Parts

    async def answer(self, question: Question, intent: Intent) -> str:
        if vars(self.parts).get("agent") == "broken":
            raise KeyError(question.text)
        return "You like tea. You like coffee."


class Started:
    """Reads a story's events one by one, and holds them to a turn's grammar.

    A turn begins by listening (it was said) or thinking (it was typed), goes on in one order, ends by one TurnEnded,
    and only READY may be shown between two turns.
    """

    ORDER = (Stage.LISTENING, Stage.THINKING, Stage.SPEAKING, Stage.READY, Stage.TROUBLE)

    def __init__(self) -> None:
        self.turns = 0
        self.stage: Stage | None = None
        self.shown = Stage.READY
        self.utterances: set[str] = set()

    def read(self, event: TurnEvent) -> None:
        """Take the next event."""
        if self.stage is None:
            assert isinstance(event, StageChanged), f"{event} after the end of its turn"
            if event != StageChanged(Stage.READY):
                assert event in (StageChanged(Stage.LISTENING), StageChanged(Stage.THINKING))
                self.stage, self.turns = event.stage, self.turns + 1
                self.utterances.clear()
        elif isinstance(event, TurnEnded):
            ended_well = self.stage in {Stage.READY, Stage.TROUBLE}
            assert ended_well == (event.outcome is not Outcome.CANCELLED)
            self.stage = None
        elif isinstance(event, StageChanged):
            assert self.ORDER.index(event.stage) > self.ORDER.index(self.stage), "a turn began inside another"
            self.stage = event.stage
        elif isinstance(event, PartialHeard):
            self.utterances.add(event.text.split()[0])
            assert len(self.utterances) == 1, "words of another turn"
        if isinstance(event, StageChanged):
            self.shown = event.stage


@settings(max_examples=500, deadline=None)
@given(steps=st.lists(STEPS, max_size=40), automatic=st.booleans(), close_early=st.booleans())
def test_whatever_happens_the_microphone_has_one_owner_and_every_turn_ends(
    steps: list[str], *, automatic: bool, close_early: bool
) -> None:
    async def story() -> Parts:
        skill = SometimesBroken()
        parts = skill.parts = build(
            ["what time is it", "", "remember that i like tea"], automatic=automatic, extra=[skill]
        )
        parts.recognizer.default = "what do i like"
        for step in steps:
            if step in WAITS_S:
                await asyncio.sleep(WAITS_S[step])
            else:
                ACTIONS[step](parts)
                await settle()
        parts.microphone.open_gate.set()
        parts.microphone.close_gate.set()
        if not close_early:
            parts.talk.release()
            await asyncio.sleep(5000)
            assert parts.talk.stage in {Stage.READY, Stage.TROUBLE}
            assert len(parts.outcomes) == _read(parts).turns, "a turn has not ended by itself"
        await parts.talk.close()
        await parts.memory.aclose()
        await settle()
        assert len(asyncio.all_tasks()) == 1, "a task is left"
        return parts

    parts = run_virtual(story())
    told = _read(parts)
    assert len(parts.outcomes) == told.turns
    assert told.stage is None, "a turn has not ended"
    assert told.shown is parts.talk.stage
    assert told.shown in {Stage.READY, Stage.TROUBLE}
    assert parts.microphone.overlaps == 0
    assert parts.microphone.opened == parts.microphone.closed
    assert not parts.microphone.listening
    assert parts.recognizer.running == 0
    assert not parts.speaker.speaking


def _read(parts: Parts) -> Started:
    told = Started()
    for event in parts.events:
        told.read(event)
    return told
