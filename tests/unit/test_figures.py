"""What is counted and timed: exact from any thread, out of closed sets alone, each step within its own."""

from __future__ import annotations

import asyncio
import threading
from bisect import bisect_left
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.domain import figures as declared
from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import StoreFull
from sottovoce.domain.figure_kinds import FigureKind
from sottovoce.domain.figures import (
    ANSWERS,
    CANCELLED,
    FIGURES,
    HELP,
    MARKS,
    OTHER,
    STEP,
    STORE_GROUP,
    TOOL_CALLS,
    TOOL_ERRORS,
    TURNS,
    UP,
    WAIT,
    WITHIN,
    Attribute,
    Figure,
    Reading,
    Spread,
    Step,
)
from sottovoce.language import language
from sottovoce.memory.figures import Figures, code_of
from tests.unit.parts import build
from tests.unit.talking import done, hold, let_go
from tests.virtual_time import run_virtual

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sottovoce.agent.intents.intents import Intent
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import Tool

CANARY = "xylophonkanarienvogel"


def test_every_figure_is_declared_once_with_its_words_and_closed_sets() -> None:
    assert len(HELP) == len(FIGURES)
    assert {id(one) for one in vars(declared).values() if isinstance(one, Figure)} == {id(one) for one in FIGURES}
    for figure in FIGURES:
        for tag in ("en", "de"):
            assert language(tag).text(figure.help).endswith((".", "beantwortet wurde."))
        assert (figure.kind is FigureKind.HISTOGRAM) == bool(figure.bounds)
        assert list(figure.bounds) == sorted(set(figure.bounds))
        assert not figure.unit or figure.name.endswith(f"_{figure.unit}")
        assert all(figure.labels.values())
    assert set(WITHIN) == set(Step) - {Step.TURN}
    assert set(MARKS) == set(Attribute)


def test_what_is_in_no_closed_set_is_counted_without_its_words() -> None:
    figures = Figures()
    figures.counter(ANSWERS, CANARY).add()
    figures.counter(ANSWERS, "skill").add(2)
    counted = {one.labels: one.value for one in figures.readings() if one.figure is ANSWERS}
    assert counted == {(OTHER,): 1, ("skill",): 2}
    with pytest.raises(ValueError, match="argument"):
        figures.counter(ANSWERS)


def test_nothing_is_lost_between_threads() -> None:
    figures = Figures()
    counter, histogram = figures.counter(ANSWERS, "skill"), figures.histogram(STORE_GROUP)

    def work() -> None:
        for _ in range(2000):
            counter.add()
            histogram.observe(3)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counter.value == 8000
    assert histogram.spread == Spread((0, 0, 8000, *(0,) * (len(STORE_GROUP.bounds) - 2)), 24000)
    assert figures.counter(ANSWERS, "skill") is counter
    assert figures.histogram(STORE_GROUP) is histogram


@given(st.lists(st.floats(0, 500, allow_nan=False), max_size=60), st.sampled_from((0.5, 0.95, 1.0)))
def test_a_histogram_holds_what_it_was_given(values: list[float], share: float) -> None:
    histogram = Figures().histogram(STORE_GROUP)
    for value in values:
        histogram.observe(value)
    spread = histogram.spread
    assert spread.count == len(values)
    assert spread.sum == pytest.approx(sum(values))
    at_most = spread.quantile(STORE_GROUP.bounds, share)
    if not values:
        assert at_most is None
        return
    wanted = sorted(values)[max(0, -(-len(values) * int(share * 100) // 100) - 1)]
    place = bisect_left(STORE_GROUP.bounds, wanted)
    assert at_most == (STORE_GROUP.bounds[place] if place < len(STORE_GROUP.bounds) else None)


def test_what_parts_know_anyway_is_asked_each_time() -> None:
    moments = iter((10.0, 12.5, 13.0))
    figures = Figures(lambda: next(moments))
    known = [1.0]
    figures.read_from(lambda: [Reading(figure=UP, value=known[0])])
    first = [one.value for one in figures.readings() if one.figure is UP]
    known[0] = 7.0
    assert (first, [one.value for one in figures.readings() if one.figure is UP]) == ([2.5, 1.0], [3.0, 7.0])


# --- Steps, and who follows them --------------------------------------------------------------------------------------


@dataclass
class Seen:
    """One step that was followed."""

    step: Step
    within: Step | None
    marks: dict[Attribute, str] = field(default_factory=dict)
    ended: bool = False

    def mark(self, mark: Attribute, value: str) -> None:
        self.marks[mark] = value


class Follower:
    """Follows steps as a tracer does: by the task they run in."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self._present: ContextVar[Step | None] = ContextVar("present", default=None)

    def begin(self, step: Step, *, holds: bool) -> Span:
        seen = Seen(step, self._present.get())
        self.seen.append(seen)
        return Span(self, seen, holds=holds)

    @property
    def present(self) -> ContextVar[Step | None]:
        return self._present

    def within(self) -> dict[Step, Step | None]:
        return {one.step: one.within for one in self.seen}

    def marks(self, step: Step) -> dict[Attribute, str]:
        return next(one.marks for one in self.seen if one.step is step)


class Span:
    """The port's form of one that was seen."""

    def __init__(self, follower: Follower, seen: Seen, *, holds: bool) -> None:
        self._follower, self._seen = follower, seen
        self._token = follower.present.set(seen.step) if holds else None

    def mark(self, mark: Attribute, value: str) -> None:
        self._seen.mark(mark, value)

    def end(self) -> None:
        self._seen.ended = True
        if self._token is not None:
            self._follower.present.reset(self._token)


def seconds_of(figures: Figures, step: Step) -> Iterable[tuple[int, float]]:
    return [
        (one.spread.count, one.spread.sum)
        for one in figures.readings()
        if one.figure is STEP and one.labels == (step,) and one.spread is not None
    ]


def test_a_step_is_timed_whether_or_not_anybody_follows_it() -> None:
    moments = iter((0.0, 1.0, 1.25, 2.0, 4.0, 5.0))
    figures, follower = Figures(lambda: next(moments)), Follower()
    with figures.step(Step.TOOL) as tool:
        tool.mark(Attribute.EFFECT, Effect.READ)
    figures.tracer = follower
    step = figures.step(Step.TOOL)
    step.__enter__().mark(Attribute.EFFECT, CANARY)
    step.__exit__(StoreFull, StoreFull(), None)
    assert seconds_of(figures, Step.TOOL) == [(2, 2.25)]
    assert [(one.step, one.marks, one.ended) for one in follower.seen] == [
        (Step.TOOL, {Attribute.EFFECT: OTHER, Attribute.TROUBLE: "store-full"}, True)
    ]


def test_who_reads_no_further_has_met_no_trouble() -> None:
    figures, follower = Figures(), Follower()
    figures.tracer = follower

    def pieces() -> Iterable[str]:
        with figures.step(Step.MODEL, holds=False):
            yield "one"
            yield "two"

    reading = iter(pieces())
    assert next(reading) == "one"
    assert follower.present.get() is None
    reading.close()  # type: ignore[attr-defined] # a generator
    assert follower.seen == [Seen(Step.MODEL, None, {}, ended=True)]


def test_an_error_is_counted_by_its_code_alone() -> None:
    assert code_of(StoreFull(CANARY)) == "store-full"
    assert code_of(ValueError(CANARY)) == "bug"
    assert code_of(asyncio.CancelledError()) == CANCELLED


def counted(figures: Figures, figure: Figure) -> dict[tuple[str, ...], float]:
    return {
        one.labels: one.value if one.spread is None else one.spread.count
        for one in figures.readings()
        if one.figure is figure
    }


def test_a_spoken_turn_is_followed_step_by_step() -> None:
    async def run() -> None:
        parts, follower = build(["what time is it"]), Follower()
        parts.figures.tracer = follower
        await hold(parts)
        await let_go(parts)
        await done(parts)
        await parts.talk.close()
        expected = {step: WITHIN.get(step) for step in Step if step is not Step.MODEL}
        assert follower.within() == expected
        assert all(one.ended for one in follower.seen)
        assert follower.marks(Step.TURN) == {Attribute.GIVEN: "spoken", Attribute.OUTCOME: "answered"}
        assert follower.marks(Step.QUESTION) == {Attribute.SOURCE: "skill"}
        assert follower.marks(Step.TOOL) == {Attribute.EFFECT: "read"}
        assert counted(parts.figures, TURNS) == {("answered",): 1}
        assert counted(parts.figures, ANSWERS) == {("skill",): 1}
        assert counted(parts.figures, TOOL_CALLS) == {("read",): 1}
        assert counted(parts.figures, WAIT) == {(): 1}

    run_virtual(run())


def test_a_typed_question_that_is_answered_aloud_says_so() -> None:
    async def run() -> None:
        parts, follower = build(), Follower()
        parts.figures.tracer = follower
        await parts.talk.say_answer("what time is it")
        await done(parts)
        await parts.talk.close()
        assert follower.marks(Step.TURN) == {Attribute.GIVEN: "typed", Attribute.OUTCOME: "answered"}

    run_virtual(run())


class Failing:
    """Fails as it is told to."""

    intents: tuple[str, ...] = ("clock.time",)
    offer = None

    def __init__(self, error: BaseException) -> None:
        self.error = error

    @property
    def tools(self) -> tuple[Tool, ...]:
        from sottovoce.agent.tools.tools import by_words  # noqa: PLC0415

        return by_words(self.answer, *self.intents)

    async def answer(self, question: Question, intent: Intent) -> str:
        raise self.error


def test_a_tool_that_fails_is_counted_by_its_code() -> None:
    async def run() -> None:
        parts = build(["what time is it"], extra=[Failing(StoreFull(CANARY))])
        await hold(parts)
        await let_go(parts)
        await done(parts)
        await parts.talk.close()
        assert counted(parts.figures, TOOL_ERRORS) == {("store-full",): 1}
        assert counted(parts.figures, declared.QUESTION_ERRORS) == {("store-full",): 1}
        assert counted(parts.figures, declared.TOLD) == {("store-full",): 1}
        assert counted(parts.figures, TURNS) == {("failed",): 1}

    run_virtual(run())
