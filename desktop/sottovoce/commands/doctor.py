"""Every part checked, through the running application or beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.commands.asked import printed
from sottovoce.commands.asking import asker_of_command
from sottovoce.commands.reach import ask_app, through_app
from sottovoce.domain.errors import AppLocked, AppSilent, NotRunning, SottovoceError, StillStarting
from sottovoce.operations import checks
from sottovoce.operations.doctor import Examination
from sottovoce.operations.every_check import OwnHome, all_checks
from sottovoce.operations.values import from_json

if TYPE_CHECKING:
    import argparse

    from sottovoce.commands.printed import Printed
    from sottovoce.operations.doctor import Examine

ALIVE_S = 5.0
"""Seconds the running application may take to say that it lives; its checks take longer."""

HELD = frozenset({"store", "backups", "hotkey"})
"""What a running application holds: nobody else can look at it meanwhile."""


async def doctor(asked: Examine, _: argparse.Namespace) -> Printed:
    """`doctor`: exit 1 if a part is in trouble; `doctor --key [NAME]`.

    Raises:
        UsageWrong: Nobody would wait so long for a key.
        SottovoceError: The running application can't be asked, and that is no finding.
    """
    if asked.key is not None:
        from sottovoce.commands.key_trial import tried  # noqa: PLC0415 - when a key is to be tried

        return printed(asked, await tried(asked.key, asked.seconds))
    try:
        await through_app("stage", reply_s=ALIVE_S)
        found = await ask_app(asked)
    except SottovoceError as error:
        if error.code in {AppSilent.code, StillStarting.code, AppLocked.code}:
            found = await _beside(error)
        elif error.code == NotRunning.code:
            # The store first: who its user is decides in which language all is shown.
            found = from_json(Examination, await checks.examine(own_checks(), first="store"))
        else:
            raise
    return printed(asked, found)


async def _beside(trouble: SottovoceError) -> Examination:
    """What can be looked at beside an application that can't be asked."""

    async def application() -> checks.Advice:
        if trouble.code == AppLocked.code:  # as the policy wants it
            return checks.Advice(trouble.sentence, trouble.remedy, trouble.code)
        raise trouble

    others = (check for check in own_checks() if check[0] not in HELD)
    return from_json(Examination, await checks.examine([("application", application), *others]))


def own_checks() -> list[tuple[str, checks.Check]]:
    """All that a command can look at itself."""
    settings = checks.usable_settings()
    return all_checks(OwnHome(asker_of_command()), settings, checks.check_hotkey(settings))
