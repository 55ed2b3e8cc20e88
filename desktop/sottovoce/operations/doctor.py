"""Every part checked; or a key, by pressing it."""

from typing import TYPE_CHECKING, Annotated, Final

from sottovoce.domain.effects import Effect
from sottovoce.language import words
from sottovoce.operations.declared import INNER, REPLY_S, Family, Needs, Option
from sottovoce.operations.values import FOR_PEOPLE, LEFT_OUT, Asks, Between, Values, from_json, values

if TYPE_CHECKING:
    from sottovoce.operations.running import Running

LONGEST_PRESS_S: Final = 600.0
"""Longest time that a press of a key is waited for."""

DOCTOR: Final = Family("doctor")


@values
class FindingShown(Values):
    """One part's state."""

    name: str
    ok: bool
    code: str
    """Stable, for scripts."""
    detail: str
    remedy: str
    """What helps; of a part that works, what should be done nevertheless."""


@values
class Examination(Values):
    """Every part's state."""

    checks: tuple[FindingShown, ...]
    ok: bool
    key: Annotated[str | None, LEFT_OUT] = None
    """Of a key that was tried: its name; empty for what the desktop binds to the commands."""
    modes: Annotated[tuple[str, ...] | None, LEFT_OUT] = None
    """How it can be used."""


@values
class Examine(Asks[Examination]):
    """The state of every part."""

    key: Annotated[str | None, FOR_PEOPLE, Option("NAME", "cli-doctor-key", names=("--key", "--hotkey"), bare="")] = (
        None
    )
    """Try this key instead (empty: the one that is set)."""
    seconds: Annotated[float | None, FOR_PEOPLE, Option("S", "cli-doctor-seconds")] = None
    """How long to wait for its press."""


def _lines(answered: Examination) -> str:
    well, noted, failed = words("doctor-label-ok"), words("doctor-label-note"), words("doctor-label-failed")
    width = max(map(len, (well, noted, failed)))
    lines = []
    for one in answered.checks:
        label = failed if not one.ok else noted if one.remedy else well
        lines.append(f"{label:<{width}}  {one.name:<14}  {one.detail}")
        if one.remedy:
            lines.append(f"{'':<{width + 18}}{one.remedy}")
    return "\n".join(lines)


@DOCTOR.operation(
    "doctor",
    Examine,
    Examination,
    effect=Effect.READ,
    needs=Needs.APPLICATION,
    longest_s=REPLY_S,
    prints=_lines,
    exit_code=lambda answered: 0 if answered.ok else 1,
)
async def examine(running: "Running", _: Examine) -> Examination:
    """Check all that a running application has; a command does it itself where there is none."""
    return from_json(Examination, await running.examine())


@values
class TryKey(Asks[Examination]):
    """Watch a key being pressed, with the microphone closed."""

    key: str = ""
    """The one that is set, if none is named."""
    within_s: Annotated[float, Between(0, LONGEST_PRESS_S)] = 20.0
    """How long a press is waited for."""


@DOCTOR.operation(
    "doctor.try-key",
    TryKey,
    Examination,
    effect=Effect.ACT,
    needs=Needs.APPLICATION,
    faces=INNER,
    longest_s=LONGEST_PRESS_S,
)
async def try_key(running: "Running", asked: TryKey) -> Examination:
    """Watch a key being pressed."""
    return from_json(Examination, await running.try_key(asked.key, asked.within_s))
