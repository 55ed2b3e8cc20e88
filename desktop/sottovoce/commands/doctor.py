"""Every part checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce import doctor as checks
from sottovoce.commands.asking import asker_of_command
from sottovoce.commands.printed import Printed
from sottovoce.commands.reach import through_app
from sottovoce.domain.errors import NotRunning

if TYPE_CHECKING:
    import argparse


async def doctor(_arguments: argparse.Namespace) -> Printed:
    """`doctor`: exit 1 if a part is in trouble."""
    try:
        result = dict(await through_app("doctor"))
    except NotRunning:
        result = await _alone()
    lines = []
    for check in result["checks"]:
        lines.append(f"{'ok  ' if check['ok'] else 'FAIL'}  {check['name']:<12}  {check['detail']}")
        if check["remedy"]:
            lines.append(f"                    {check['remedy']}")
    return Printed("\n".join(lines), result, 0 if result["ok"] else 1)


async def _alone() -> dict[str, object]:
    return await checks.examine(
        [
            ("folders", checks.check_folders),
            ("settings", checks.check_settings),
            ("keyring", checks.check_keyring),
            ("store", lambda: checks.check_own_store(asker_of_command())),
            ("recovery", checks.check_recovery),
            *checks.checks_of_sound(checks.usable_settings()),
            ("hotkey", checks.check_hotkey(checks.usable_settings())),
        ]
    )
