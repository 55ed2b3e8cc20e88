"""A report for somebody else: how the program does, and nothing that was said."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

from sottovoce.domain.effects import Effect
from sottovoce.domain.version import VERSION
from sottovoce.language import words
from sottovoce.operations.declared import Family, Positional
from sottovoce.operations.values import Asks, Scalar, Values, values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sottovoce.domain.settings import Settings
    from sottovoce.home import Home

DIAGNOSTICS: Final = Family("diagnostics")
_Set = tuple[str, Scalar]
_ALL: Final = 2**31
"""More lines of the audit log than there ever are."""


@values
class DiagnosticsWritten(Values):
    """A report was written."""

    file: Path
    parts: tuple[str, ...]
    """Names of the files in it."""


@values
class WriteDiagnostics(Asks[DiagnosticsWritten]):
    """A report with nothing said in it."""

    file: Annotated[Path, Positional("FILE.zip", "cli-diagnostics-file")]


@DIAGNOSTICS.operation(
    "diagnostics",
    WriteDiagnostics,
    DiagnosticsWritten,
    effect=Effect.ACT,
    prints=lambda answered: words("figures-report-written", file=answered.file, parts=", ".join(answered.parts)),
)
async def write_diagnostics(home: "Home", asked: WriteDiagnostics) -> DiagnosticsWritten:
    """Write it, in place of a file that is there.

    Raises:
        PlacesUnusable: It can't be written.
    """
    from sottovoce.adapters.observing.report import end_of, own_names, scrubbed, zipped  # noqa: PLC0415 - seldom
    from sottovoce.operations.written import write_file  # noqa: PLC0415 - as above

    parts = await report(home)
    names = own_names(_of_user(home))
    log = end_of(home.places.logs / "sottovoce.log")
    parts["log.txt"] = "\n".join(scrubbed(log, names))
    await write_file(asked.file, zipped(parts))
    return DiagnosticsWritten(file=asked.file, parts=tuple(parts))


async def report(home: "Home") -> dict[str, Any]:
    """All of a report but the log: out of closed sets alone."""
    from sottovoce.adapters.observing.report import machine  # noqa: PLC0415 - seldom
    from sottovoce.operations.stats import ListFigures, list_figures  # noqa: PLC0415 - as above
    from sottovoce.operations.values import to_json  # noqa: PLC0415 - as above

    policy = home.policy
    decided = {name for name, value in policy.to_json().items() if value is not None}
    audit = Counter(one.event for one in await home.store.audit_log(_ALL))
    return {
        "program.json": {"version": VERSION, **machine()},
        "checks.json": await _findings(home),
        "settings.json": dict(_settings(policy.applied(home.services.maintenance.settings))),
        "policy.json": {"decides": sorted(decided), "recommends": sorted(policy.recommended_json())},
        "audit.json": {event.value: audit[event.value] for event in _events() if audit[event.value]},
        "figures.json": to_json(await list_figures(home, ListFigures())),
    }


async def _findings(home: "Home") -> Mapping[str, str]:
    """The code of each part that can be checked without a device; details name folders and files, and stay out."""
    from sottovoce.operations.checks import examine  # noqa: PLC0415 - seldom
    from sottovoce.operations.every_check import HeldHome  # noqa: PLC0415 - as above

    held = HeldHome(home, {}, backups=home.services.maintenance.local_backups)
    found = await examine(
        [
            ("store", held.check_store),
            ("backups", held.check_backups),
            ("clock", held.check_clock),
            ("memory", held.check_memory),
        ]
    )
    return {one["name"]: one["code"] for one in found["checks"]}


def _settings(settings: "Settings") -> "Iterable[_Set]":
    """Numbers, switches and choices as they are; of a text that anybody may write, whether it is the usual one."""
    from sottovoce.domain.settings import declared  # noqa: PLC0415 - seldom

    for one in declared():
        value = getattr(settings, one.name)
        free = one.kind is str and not one.choices
        yield one.name, ("usual" if value == one.default else "set") if free else value


def _of_user(home: "Home") -> "Iterable[str]":
    """What is this user's own: in no line of the log that goes out."""
    from sottovoce.domain.settings import declared  # noqa: PLC0415 - seldom

    for settings in (home.settings, home.services.maintenance.settings):  # as it was opened, and as it is now
        yield from (getattr(settings, one.name) for one in declared() if one.kind is str and not one.choices)
    yield from map(str, (home.places.data, home.places.logs, home.places.knowledge, home.places.models))


def _events() -> "Iterable[Any]":
    from sottovoce.domain.records import AuditEvent  # noqa: PLC0415 - seldom

    return AuditEvent
