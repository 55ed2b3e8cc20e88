"""What is due for everything that is kept, done now; and the clock by which things grow old."""

from typing import TYPE_CHECKING, Final

from sottovoce.domain.effects import Effect
from sottovoce.language import words
from sottovoce.operations.declared import LONG_S, Family
from sottovoce.operations.shapes import TroubleShown, when
from sottovoce.operations.values import Asks, UnixTime, Values, values

if TYPE_CHECKING:
    from sottovoce.home import Home

UPKEEP: Final = Family("upkeep")
CLOCK: Final = Family("clock", default="status")


@values
class UpkeepDone(Values):
    """What was due, and is done."""

    unfinished: bool
    """Whether an erasure that was cut off was ended."""
    backup: bool
    messages_erased: int
    replaced_removed: int
    """What a restore had replaced, and is gone."""


@values
class DoUpkeep(Asks[UpkeepDone]):
    """Do what is due now."""


def _done(answered: UpkeepDone) -> str:
    done = []
    if answered.backup:
        done.append(words("cliupkeep-backup"))
    if answered.unfinished:
        done.append(words("cliupkeep-unfinished"))
    if answered.messages_erased:
        done.append(words("cliupkeep-messages", messages=answered.messages_erased))
    if answered.replaced_removed:
        done.append(words("cliupkeep-replaced"))
    text = "; ".join(done) or words("cliupkeep-nothing")
    return f"{text[0].upper()}{text[1:]}."


@UPKEEP.operation("upkeep", DoUpkeep, UpkeepDone, effect=Effect.DESTROY, longest_s=LONG_S, prints=_done, rewrites=True)
async def do_upkeep(home: "Home", _: DoUpkeep) -> UpkeepDone:
    """Do it.

    Raises:
        SottovoceError: Some of it could not be done.
    """
    done = await home.services.maintenance.due()
    return UpkeepDone(
        unfinished=bool(done["unfinished"]),
        backup=bool(done["backup"]),
        messages_erased=done["messages_erased"],
        replaced_removed=done["replaced_removed"],
    )


@values
class ClockStatus(Values):
    """Whether the clock is believed."""

    now: UnixTime
    believed_at: UnixTime
    """The last moment that was believed."""
    doubted: bool
    days_more: int
    """Days of use until it is believed."""
    trouble: TroubleShown | None


@values
class ShowClock(Asks[ClockStatus]):
    """Whether the clock is believed."""


def _clock(answered: ClockStatus) -> str:
    if answered.trouble is not None:
        return answered.trouble.line
    return words("cliupkeep-clock-believed", now=when(answered.now))


@CLOCK.operation("clock.status", ShowClock, ClockStatus, effect=Effect.READ, prints=_clock)
async def show_clock(home: "Home", _: ShowClock) -> ClockStatus:
    """Look at it."""
    clock = home.care.clock
    ledger = await clock.look()
    doubt = ledger.doubt
    return ClockStatus(
        now=clock.now,
        believed_at=ledger.believed,
        doubted=doubt is not None,
        days_more=doubt.wanted - doubt.days if doubt else 0,
        trouble=TroubleShown.of(clock.doubted(doubt) if doubt else None),
    )


@values
class ClockAccepted(Values):
    """What became of a doubt."""

    accepted: bool
    """False if there was none."""


@values
class AcceptClock(Asks[ClockAccepted]):
    """Believe the clock as it is."""


def _accepted(answered: ClockAccepted) -> str:
    return words("cliupkeep-clock-accepted") if answered.accepted else words("cliupkeep-clock-not-doubted")


@CLOCK.operation("clock.accept", AcceptClock, ClockAccepted, effect=Effect.WRITE, prints=_accepted)
async def accept_clock(home: "Home", _: AcceptClock) -> ClockAccepted:
    """Believe the clock as it is."""
    return ClockAccepted(accepted=await home.care.clock.accept())
