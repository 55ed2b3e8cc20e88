"""What was sent: where, when and how much."""

from typing import TYPE_CHECKING, Annotated, Final

from sottovoce.domain.effects import Effect
from sottovoce.domain.moments import local_moment
from sottovoce.language import words
from sottovoce.operations.declared import Family, Option
from sottovoce.operations.shapes import ROWS
from sottovoce.operations.values import Asks, UnixTime, Values, values

if TYPE_CHECKING:
    from sottovoce.home import Home

LISTED: Final = 20
"""Rows that are listed where nobody says how many."""

EGRESS: Final = Family("egress")


@values
class SentOnce(Values):
    """Something that left this program."""

    at: UnixTime
    endpoint: str
    """Scheme, host and port."""
    purpose: str
    bytes_out: int


@values
class Sent(Values):
    """What was sent, the newest first."""

    sent: tuple[SentOnce, ...]


@values
class ListEgress(Asks[Sent]):
    """What was sent where."""

    limit: Annotated[int, ROWS, Option("N", "cli-rows")] = LISTED


def _lines(answered: Sent) -> str:
    return "\n".join(map(_line, answered.sent)) or words("cliegress-nothing")


def _line(one: SentOnce) -> str:
    what = words("cliegress-what", endpoint=one.endpoint, purpose=one.purpose, bytes=one.bytes_out)
    return f"{local_moment(one.at):%Y-%m-%d %H:%M:%S}  {what}"


@EGRESS.operation("egress", ListEgress, Sent, effect=Effect.READ, http="GET/egress", prints=_lines)
async def list_egress(home: "Home", asked: ListEgress) -> Sent:
    """List it."""
    return Sent(
        sent=tuple(
            SentOnce(at=one.at, endpoint=one.endpoint, purpose=one.purpose, bytes_out=one.bytes_out)
            for one in await home.store.egress(asked.limit)
        )
    )
