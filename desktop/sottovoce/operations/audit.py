"""What was done with everything that is kept, and whether that log is whole."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

from sottovoce.domain.effects import Effect
from sottovoce.domain.moments import local_moment
from sottovoce.language import words
from sottovoce.operations.declared import Family, Option, Positional
from sottovoce.operations.shapes import ROWS, TroubleShown
from sottovoce.operations.values import Asks, UnixTime, Values, values
from sottovoce.operations.written import write_lines

if TYPE_CHECKING:
    from sottovoce.home import Home

ALL: Final = 2**31
"""More entries than there ever are."""
LISTED: Final = 20
"""Rows that are listed where nobody says how many."""

AUDIT: Final = Family("audit", default="list")


@values
class EntryShown(Values):
    """One line of the log."""

    number: int
    at: UnixTime
    event: str
    detail: Mapping[str, Any]
    hash: str
    """HMAC-SHA256 over this entry and the hash of the one before it."""


@values
class AuditLog(Values):
    """The log, the newest entry first."""

    entries: tuple[EntryShown, ...]
    trouble: TroubleShown | None
    """What is wrong with it: it was shortened or changed."""


@values
class ListAudit(Asks[AuditLog]):
    """What was done with everything that is kept."""

    limit: Annotated[int, ROWS, Option("N", "cli-rows")] = LISTED


def _lines(answered: AuditLog) -> str:
    return "\n".join([*_entries(answered), *(one for one in _of_trouble(answered.trouble))])


def _entries(answered: AuditLog) -> Iterator[str]:
    for one in answered.entries:
        detail = " ".join(f"{name}={value}" for name, value in one.detail.items())
        yield f"{one.number:6}  {local_moment(one.at):%Y-%m-%d %H:%M:%S}  {one.event:20}  {detail}".rstrip()


def _of_trouble(trouble: TroubleShown | None) -> tuple[str, ...]:
    return () if trouble is None else (trouble.sentence, trouble.remedy)


@AUDIT.operation(
    "audit.list",
    ListAudit,
    AuditLog,
    effect=Effect.READ,
    prints=_lines,
    exit_code=lambda answered: 1 if answered.trouble else 0,
)
async def list_audit(home: "Home", asked: ListAudit) -> AuditLog:
    """List it, and say whether it is whole."""
    entries = await home.store.audit_log(asked.limit)
    return AuditLog(
        entries=tuple(
            EntryShown(number=one.number, at=one.at, event=one.event, detail=dict(one.detail), hash=one.hash)
            for one in entries
        ),
        trouble=TroubleShown.of(await home.store.audit_trouble()),
    )


@values
class EntryWritten(Values):
    """One line of the log, as it is exported: with what chains it to the one before."""

    number: int
    at: UnixTime
    event: str
    detail: Mapping[str, Any]
    previous: str
    """The hash of the entry before it; 64 zeros before the first one."""
    hash: str
    """HMAC-SHA256 over this entry and the hash of the one before it, under a key of the store's."""


@values
class AuditWritten(Values):
    """The log was written to a file."""

    file: Path
    count: int
    """Entries, the oldest first, each a JSON object on a line of its own."""
    trouble: TroubleShown | None
    """What is wrong with the log, and so with the file."""


@values
class ExportAudit(Asks[AuditWritten]):
    """Write the whole log to a file, as JSON Lines."""

    file: Annotated[Path, Positional("FILE", "cliaudit-file")]


@AUDIT.operation(
    "audit.export",
    ExportAudit,
    AuditWritten,
    effect=Effect.ACT,
    prints=lambda answered: "\n".join(
        (words("cliexport-lines", count=answered.count, file=answered.file), *_of_trouble(answered.trouble))
    ),
    exit_code=lambda answered: 1 if answered.trouble else 0,
)
async def export_audit(home: "Home", asked: ExportAudit) -> AuditWritten:
    """Write it, in place of a file that is there.

    Raises:
        ExportForbidden: The administrator lets nobody export.
        PlacesUnusable: It can't be written.
    """
    entries = await home.store.audit_log(ALL)
    rows = [
        EntryWritten(
            number=one.number,
            at=one.at,
            event=one.event,
            detail=dict(one.detail),
            previous=one.previous,
            hash=one.hash,
        )
        for one in reversed(entries)
    ]
    trouble = TroubleShown.of(await home.store.audit_trouble())
    written = await write_lines(home, asked.file, rows, "audit")
    return AuditWritten(file=written.file, count=written.count, trouble=trouble)


@values
class AuditAccepted(Values):
    """The log goes on."""

    accepted: bool


@values
class AcceptAudit(Asks[AuditAccepted]):
    """Go on from the log as it is."""


@AUDIT.operation(
    "audit.accept",
    AcceptAudit,
    AuditAccepted,
    effect=Effect.WRITE,
    prints=lambda _: words("cliaudit-accepted"),
)
async def accept_audit(home: "Home", _: AcceptAudit) -> AuditAccepted:
    """Go on from it."""
    await home.store.accept_audit_log()
    return AuditAccepted(accepted=True)
