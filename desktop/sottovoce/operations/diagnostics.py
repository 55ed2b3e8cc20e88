"""A report for somebody else: how the program does, and nothing that was said."""

import os
from collections import Counter
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

from sottovoce.domain.effects import Effect
from sottovoce.domain.version import VERSION
from sottovoce.language import words
from sottovoce.operations.declared import Family, Positional
from sottovoce.operations.values import Asks, Scalar, Values, values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sottovoce.adapters.places import Places
    from sottovoce.domain.errors import SottovoceError
    from sottovoce.domain.policy import Policy
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
    known = (home.settings, home.services.maintenance.settings)  # as it was opened, and as it is now
    return await _written(asked.file, await report(home), home.places, known)


async def write_unopened(asked: WriteDiagnostics, trouble: "SottovoceError") -> DiagnosticsWritten:
    """Write what there is to tell while the home can't be opened: who needs help most can open it least.

    Raises:
        PlacesUnusable: It can't be written.
    """
    from sottovoce.adapters.places import places  # noqa: PLC0415 - seldom
    from sottovoce.adapters.policy_files import PolicySource  # noqa: PLC0415 - as above
    from sottovoce.operations import checks  # noqa: PLC0415 - as above

    async def check_store() -> str:
        raise trouble

    settings = checks.usable_settings()
    found = await checks.examine(
        [
            ("folders", checks.check_folders),
            ("settings", checks.check_settings),
            ("policy", checks.check_policy),
            ("keyring", partial(checks.check_keyring, checks.QUICK_KEYRING)),
            ("store", check_store),
        ]
    )
    parts = _of_surroundings(found, settings, PolicySource().now())
    return await _written(asked.file, parts, places(os.environ), (settings,))


async def _written(
    file: Path, parts: "dict[str, Any]", found: "Places", known: "Iterable[Settings]"
) -> DiagnosticsWritten:
    from sottovoce.adapters.observing.report import LOGS, end_of, own_names, scrubbed, zipped  # noqa: PLC0415 - seldom
    from sottovoce.operations.written import write_file  # noqa: PLC0415 - as above

    log = end_of(*(found.logs / name for name in LOGS))
    parts["log.txt"] = "\n".join(scrubbed(log, own_names(_of_user(found, known))))
    await write_file(file, zipped(parts))
    return DiagnosticsWritten(file=file, parts=tuple(parts))


async def report(home: "Home") -> dict[str, Any]:
    """All of a report but the log: out of closed sets alone."""
    from sottovoce.operations.stats import ListFigures, list_figures  # noqa: PLC0415 - seldom
    from sottovoce.operations.values import to_json  # noqa: PLC0415 - as above

    policy = home.policy
    audit = Counter(one.event for one in await home.store.audit_log(_ALL))
    return {
        **_of_surroundings(await _findings(home), policy.applied(home.services.maintenance.settings), policy),
        "audit.json": {event.value: audit[event.value] for event in _events() if audit[event.value]},
        "figures.json": to_json(await list_figures(home, ListFigures())),
    }


def _of_surroundings(found: Mapping[str, Any], settings: "Settings", policy: "Policy") -> dict[str, Any]:
    """What is known without an open home; of findings their codes: details name folders and files, and stay out."""
    from sottovoce.adapters.observing.report import machine  # noqa: PLC0415 - seldom

    decided = {name for name, value in policy.to_json().items() if value is not None}
    return {
        "program.json": {"version": VERSION, **machine()},
        "checks.json": {one["name"]: one["code"] for one in found["checks"]},
        "settings.json": dict(_settings(settings)),
        "policy.json": {"decides": sorted(decided), "recommends": sorted(policy.recommended_json())},
    }


async def _findings(home: "Home") -> Mapping[str, str]:
    """Each part that can be checked without a device."""
    from sottovoce.operations.checks import examine  # noqa: PLC0415 - seldom
    from sottovoce.operations.every_check import HeldHome  # noqa: PLC0415 - as above

    held = HeldHome(home, {}, backups=home.services.maintenance.local_backups)
    return await examine(
        [
            ("store", held.check_store),
            ("backups", held.check_backups),
            ("clock", held.check_clock),
            ("memory", held.check_memory),
        ]
    )


def _settings(settings: "Settings") -> "Iterable[_Set]":
    """Numbers, switches and choices as they are; of a text that anybody may write, whether it is the usual one."""
    from sottovoce.domain.settings import declared  # noqa: PLC0415 - seldom

    for one in declared():
        value = getattr(settings, one.name)
        free = one.kind is str and not one.choices
        yield one.name, ("usual" if value == one.default else "set") if free else value


def _of_user(found: "Places", known: "Iterable[Settings]") -> "Iterable[str]":
    """What is this user's own: in no line of the log that goes out."""
    from sottovoce.domain.settings import declared  # noqa: PLC0415 - seldom

    for settings in known:
        yield from (getattr(settings, one.name) for one in declared() if one.kind is str and not one.choices)
    yield from map(str, (found.data, found.logs, found.knowledge, found.models))


def _events() -> "Iterable[Any]":
    from sottovoce.domain.records import AuditEvent  # noqa: PLC0415 - seldom

    return AuditEvent
