"""The turns that are not over: each has a number, and here alone signals of turns that are over are dropped."""

from __future__ import annotations

import functools
import logging
from typing import TYPE_CHECKING, TypeAlias

from sottovoce.domain.turn_times import END, PRESS, RELEASE, TurnTimes
from sottovoce.domain.turns import Outcome
from sottovoce.talk.given import Given
from sottovoce.talk.turn_states import OUTCOMES, Signal, Standing, TurnCourse
from sottovoce.talk.turn_times import REPORTED

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Iterable

    from sottovoce.domain.errors import SottovoceError
    from sottovoce.talk.listening import Listening
    from sottovoce.talk.turn_states import TurnEffect
    from sottovoce.talk.turn_times import LastTurns

log = logging.getLogger(__name__)

Report: TypeAlias = "Callable[[Signal], None]"
"""How what works for a turn reports to it."""


class TurnUnderWay:
    """One turn: where it is, and what works for it."""

    def __init__(self, number: int, source: Listening | Given, began_s: float) -> None:
        """It begins now, with what is said or given."""
        self.number = number
        self.source = source
        self.course = TurnCourse.given() if isinstance(source, Given) else TurnCourse()
        self.recording: asyncio.Task[None] | None = None
        self.task: asyncio.Task[None]
        self.trouble: SottovoceError | None = None
        """What was reported of it last."""
        self.keeps = False
        """Whether what was said until it is cancelled is stored, for the next start of the program."""
        self.outcome = Outcome.FAILED
        """How it ended, once it has."""
        self._began_s = began_s
        self._aside = False
        self._reached_s: dict[str, float] = {}

    @property
    def is_awaited(self) -> bool:
        """Whether its answer is still to come; a typed one that is only being spoken, the next question cuts short."""
        return not isinstance(self.source, Given) or not self.source.answer.done()

    def moved(self, course: TurnCourse, signal: Signal, at_s: float) -> None:
        """Take the next place in its course."""
        self.course = course
        self._aside = self._aside or course.standing is Standing.ASIDE
        if stage := REPORTED.get(signal):
            self._reached_s.setdefault(stage, at_s)
        if course.standing is Standing.GONE:
            self.outcome = OUTCOMES[signal]

    def times(self, ended_s: float) -> TurnTimes:
        """When the turn reached its stages."""
        spoken = not isinstance(self.source, Given)
        reached_s = {PRESS: self._began_s} if spoken else {}
        reached_s |= self._reached_s
        if self.course.released_s is not None:
            reached_s[RELEASE] = self.course.released_s
        reached_s[END] = ended_s
        order = sorted(reached_s.items(), key=lambda stage: stage[1])
        return TurnTimes(
            number=self.number,
            spoken=spoken,
            outcome=self.outcome,
            aside=self._aside,
            ended_s=ended_s,
            stages_ms={name: round((at_s - self._began_s) * 1000, 1) for name, at_s in order},
        )


class Turns:
    """The present turn, and those that go on aside."""

    def __init__(
        self,
        last: LastTurns,
        clock: Callable[[], float],
        on_step: Callable[[TurnUnderWay, Iterable[TurnEffect]], None],
    ) -> None:
        """Nothing is under way.

        Args:
            last: Keeps the times of those that are over.
            clock: Seconds that never go back.
            on_step: Does what comes of a signal, once the turn has taken it.
        """
        self._last = last
        self._clock = clock
        self._on_step = on_step
        self._under_way: dict[int, TurnUnderWay] = {}
        self._present: TurnUnderWay | None = None

    @property
    def present(self) -> TurnUnderWay | None:
        """The turn that is shown and heard."""
        return self._present

    @property
    def all(self) -> tuple[TurnUnderWay, ...]:
        """The present one and those aside."""
        return tuple(self._under_way.values())

    def begin(self, source: Callable[[Report], Listening | Given]) -> TurnUnderWay:
        """A turn that is the present one from now on; what `source` makes for it is given a way to report."""
        number = self._last.begin()
        turn = TurnUnderWay(number, source(functools.partial(self.post, number)), self._clock())
        self._under_way[number] = self._present = turn
        return turn

    def is_present(self, number: int) -> bool:
        """Whether the turn of this number is shown and heard."""
        return self._present is not None and self._present.number == number

    def press(self, number: int, bounce_s: float) -> None:
        """A press came while this turn is the present one."""
        self.post(number, self._under_way[number].course.press(self._clock(), bounce_s))

    def post(self, number: int, signal: Signal) -> None:
        """Have the turn of this number take a signal; one that is over takes none.

        A signal that can't be where the turn is, is a bug: it changes nothing.
        """
        turn = self._under_way.get(number)
        if turn is None:
            return
        now_s = self._clock()
        step = turn.course.after(signal, now_s)
        if step is None:
            log.error("a bug: %s came to a turn that is %s, %s", signal.name, turn.course.state, turn.course.standing)
            return
        course, effects = step
        turn.moved(course, signal, now_s)
        if turn is self._present and not course.is_present:
            self._present = None
        if course.standing is Standing.GONE:
            del self._under_way[number]
            self._last.add(turn.times(now_s))
        self._on_step(turn, effects)

    def end(self, number: int, signal: Signal) -> None:
        """The turn of this number has come to its own end; where that can't be, it has failed."""
        self.post(number, signal)
        self.post(number, Signal.FAILED)
