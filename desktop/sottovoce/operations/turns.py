"""How long the last turns took: in the running application alone, which forgets them when it ends."""

import asyncio
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Final

from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import ThingNotFound
from sottovoce.domain.said import Said, said
from sottovoce.domain.turn_times import STAGES, Outcome, TurnTimes
from sottovoce.language import words
from sottovoce.operations.declared import Family, Needs, Positional
from sottovoce.operations.values import Asks, Values, values

if TYPE_CHECKING:
    from sottovoce.operations.running import Running

COLUMNS: Final = STAGES[1:]
"""Stages that are shown; the first one is where all of them begin."""
_GAP: Final = "  "

TURNS: Final = Family("turns", usage="turns-words", default="list", words=Positional("ID", "cli-turns-words"))


@values
class TurnShown(Values):
    """One turn that is over, without a word of what was said."""

    number: int
    """Its id: turns are counted from 1 while the application runs."""
    spoken: bool
    """Whether it was said; else it was typed, or taken up after a crash."""
    outcome: Outcome
    aside: bool
    """Whether a press took its place before its words were stored, and it went on in silence."""
    ago_s: float
    """Seconds since it was over."""
    stages_ms: Mapping[str, float]
    """Milliseconds from its beginning to each stage that it reached, in their order."""

    @property
    def kind(self) -> str:
        """How it is called in a list."""
        if self.outcome is not Outcome.ANSWERED:
            return str(self.outcome)
        return "aside" if self.aside else "spoken" if self.spoken else "typed"

    @classmethod
    def of(cls, one: TurnTimes, now_s: float) -> "TurnShown":
        """One that was over at `now_s` by the event loop's clock."""
        return cls(
            number=one.number,
            spoken=one.spoken,
            outcome=one.outcome,
            aside=one.aside,
            ago_s=round(now_s - one.ended_s, 1),
            stages_ms=one.stages_ms,
        )


@values
class TurnsListed(Values):
    """The last turns, the newest first."""

    turns: tuple[TurnShown, ...]


@values
class ListTurns(Asks[TurnsListed]):
    """The last turns."""


def _table(answered: TurnsListed) -> str:
    if not answered.turns:
        return words("turns-none")
    rows = [
        [
            str(one.number),
            words("turns-ago", seconds=one.ago_s),
            words("turns-kind", kind=one.kind),
            *(f"{one.stages_ms[stage]:.0f}" if stage in one.stages_ms else "" for stage in COLUMNS),
        ]
        for one in answered.turns
    ]
    stages = [words("turns-stage", stage=stage) for stage in COLUMNS]
    head = [words("turns-id"), words("turns-ended"), words("turns-how"), *stages]
    return "\n".join([words("turns-heading"), *_aligned([head, *rows], texts={1, 2})])


def _aligned(rows: Sequence[Sequence[str]], texts: Collection[int]) -> Iterator[str]:
    """The rows of a table; the columns in `texts` begin at one place, and all others end at one."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = enumerate(zip(row, widths, strict=True))
        yield _GAP.join(cell.ljust(width) if at in texts else cell.rjust(width) for at, (cell, width) in cells).rstrip()


@TURNS.operation(
    "turns", ListTurns, TurnsListed, effect=Effect.READ, needs=Needs.APPLICATION, line="turns.list", prints=_table
)
async def list_turns(running: "Running", _: ListTurns) -> TurnsListed:
    """List when the last ten turns reached their stages."""
    now_s = asyncio.get_running_loop().time()
    return TurnsListed(turns=tuple(TurnShown.of(one, now_s) for one in running.last_turns()))


@values
class ShowTurn(Asks[TurnShown]):
    """One of the last turns."""

    turn: Annotated[str, Positional()]
    """Its number."""


def _stages(one: TurnShown) -> str:
    """A line for each stage: when it was reached, and how long after the one before."""
    reached = [(stage, time) for stage, time in one.stages_ms.items() if stage in COLUMNS]
    before = [0.0, *(time for _, time in reached)]
    rows = [
        [words("turns-stage", stage=stage), f"{time:.0f}", f"+{time - earlier:.0f}"]
        for (stage, time), earlier in zip(reached, before, strict=False)
    ]
    heading = words("turns-one", number=str(one.number), kind=words("turns-kind", kind=one.kind), seconds=one.ago_s)
    return "\n".join([heading, words("turns-one-heading"), *_aligned(rows, texts={0})])


@TURNS.operation("turns.show", ShowTurn, TurnShown, effect=Effect.READ, needs=Needs.APPLICATION, prints=_stages)
async def show_turn(running: "Running", asked: ShowTurn) -> TurnShown:
    """Show when one turn reached its stages.

    Raises:
        ThingNotFound: It is none of the last ten.
    """
    for one in running.last_turns():
        if str(one.number) == asked.turn:
            return TurnShown.of(one, asyncio.get_running_loop().time())
    raise ThingNotFound(said("turns-no-turn"))


def turns_took(times: Iterable[TurnTimes]) -> Said:
    """How long the user of these turns waited for the voice."""
    waits_s = sorted(one.wait_ms / 1000 for one in times if one.wait_ms is not None)
    if not waits_s:
        return said("turns-took", count=0, usual=0, slowest=0)
    return said(
        "turns-took", count=len(waits_s), usual=round(waits_s[len(waits_s) // 2], 1), slowest=round(waits_s[-1], 1)
    )
