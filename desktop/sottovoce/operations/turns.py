"""How long the last turns took: in the running application alone, which forgets them when it ends."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from sottovoce.domain.said import Said, said
from sottovoce.domain.turn_times import STAGES, TurnTimes
from sottovoce.domain.turns import Outcome
from sottovoce.language import words
from sottovoce.operations.declared import Effect, Family, Needs
from sottovoce.operations.values import Asks, Values, values

if TYPE_CHECKING:
    from sottovoce.operations.running import Running

COLUMNS: Final = STAGES[1:]
"""Stages that are shown; the first one is where all of them begin."""
_GAP: Final = "  "

TURNS: Final = Family("turns")


@values
class TurnShown(Values):
    """One turn that is over, without a word of what was said."""

    number: int
    """Turns are counted from 1 while the application runs."""
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


@values
class LastTurns(Values):
    """The last turns, the newest first."""

    turns: tuple[TurnShown, ...]


@values
class ListTurns(Asks[LastTurns]):
    """The last turns."""


def _table(answered: LastTurns) -> str:
    if not answered.turns:
        return words("turns-none")
    rows = [
        [
            words("turns-ago", seconds=one.ago_s),
            words("turns-kind", kind=one.kind),
            *(f"{one.stages_ms[stage]:.0f}" if stage in one.stages_ms else "" for stage in COLUMNS),
        ]
        for one in answered.turns
    ]
    head = [words("turns-ended"), words("turns-how"), *(words("turns-stage", stage=stage) for stage in COLUMNS)]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = (
        _GAP.join(
            cell.ljust(width) if text else cell.rjust(width)
            for cell, width, text in zip(row, widths, (True, True, *(False for _ in COLUMNS)), strict=True)
        ).rstrip()
        for row in (head, *rows)
    )
    return "\n".join([words("turns-heading"), *lines])


@TURNS.operation("turns", ListTurns, LastTurns, effect=Effect.READ, needs=Needs.APPLICATION, prints=_table)
async def list_turns(running: "Running", _: ListTurns) -> LastTurns:
    """List when the last ten turns reached their stages."""
    now_s = asyncio.get_running_loop().time()
    return LastTurns(
        turns=tuple(
            TurnShown(
                number=one.number,
                spoken=one.spoken,
                outcome=one.outcome,
                aside=one.aside,
                ago_s=round(now_s - one.ended_s, 1),
                stages_ms=one.stages_ms,
            )
            for one in running.last_turns()
        )
    )


def turns_took(times: Iterable[TurnTimes]) -> Said:
    """How long the user of these turns waited for the voice."""
    waits_s = sorted(one.wait_ms / 1000 for one in times if one.wait_ms is not None)
    if not waits_s:
        return said("turns-took", count=0, usual=0, slowest=0)
    return said(
        "turns-took", count=len(waits_s), usual=round(waits_s[len(waits_s) // 2], 1), slowest=round(waits_s[-1], 1)
    )
