"""Every part checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sottovoce import doctor as checks
from sottovoce.commands.asking import asker_of_command
from sottovoce.commands.printed import Printed
from sottovoce.commands.reach import through_app
from sottovoce.domain.errors import AppSilent, NotRunning, SottovoceError, StillStarting

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

ALIVE_S = 5.0
"""Seconds the running application may take to say that it lives; its checks take longer."""

HELD = frozenset({"store", "backups", "hotkey"})
"""What a running application holds: nobody else can look at it meanwhile."""


async def doctor(arguments: argparse.Namespace) -> Printed:
    """`doctor`: exit 1 if a part is in trouble."""
    if arguments.key is not None:
        from sottovoce.commands.key_trial import try_key  # noqa: PLC0415 - when a key is to be tried

        return _printed(await try_key(arguments.key, arguments.seconds))
    try:
        await through_app("stage", reply_s=ALIVE_S)
        result = dict(await through_app("doctor"))
    except SottovoceError as error:
        if error.code in {AppSilent.code, StillStarting.code}:
            result = await _beside(error)
        elif error.code == NotRunning.code:
            result = await checks.examine(_checks())
        else:
            raise
    return _printed(result)


def _printed(result: Mapping[str, Any]) -> Printed:
    lines = []
    for check in result["checks"]:
        label = "FAIL" if not check["ok"] else "note" if check["remedy"] else "ok  "
        lines.append(f"{label}  {check['name']:<14}  {check['detail']}")
        if check["remedy"]:
            lines.append(f"                      {check['remedy']}")
    return Printed("\n".join(lines), dict(result), 0 if result["ok"] else 1)


async def _beside(trouble: SottovoceError) -> dict[str, object]:
    """What can be looked at beside an application that can't be asked."""

    async def application() -> str:
        raise trouble

    return await checks.examine([("application", application), *(check for check in _checks() if check[0] not in HELD)])


def _checks() -> list[tuple[str, checks.Check]]:
    settings = checks.usable_settings()
    own = checks.OwnHome(asker_of_command())
    return [
        ("folders", checks.check_folders),
        ("settings", checks.check_settings),
        ("policy", checks.check_policy),
        ("keyring", checks.check_keyring),
        ("store", own.check_store),
        ("backups", own.check_backups),
        ("memory", checks.check_meanings),
        ("language model", lambda: checks.check_language_model(settings)),
        ("recovery", checks.check_recovery),
        *checks.checks_of_sound(settings),
        ("windows", checks.check_windows),
        ("hotkey", checks.check_hotkey(settings)),
    ]
