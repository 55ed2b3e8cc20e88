"""What `doctor` asks of the application: the state of every part, and what is seen of a key that is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.domain.errors import HotkeyTrouble
from sottovoce.operations import checks
from sottovoce.operations.every_check import HeldHome, all_checks
from sottovoce.operations.key_findings import key_findings
from sottovoce.talk.key_trial import prove

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sottovoce.domain.errors import SottovoceError
    from sottovoce.domain.hotkeys import KeyProof
    from sottovoce.home import Home
    from sottovoce.operations.values import Json
    from sottovoce.runtime.settings_in_force import SettingsInForce
    from sottovoce.talk.talk_key import TalkKey


async def every_part(
    home: Home, in_force: SettingsInForce, key: TalkKey, troubles: Mapping[str, SottovoceError]
) -> Json:
    """The state of every part; `troubles` are those of the upkeep, by name."""

    async def hotkey() -> str:
        if key.error:
            raise key.error
        if not in_force.applied.hotkey:
            return checks.no_hotkey()
        held = in_force.applied.hotkey
        return checks.held_key(held, key.given(held))

    talk = in_force.parts.talk if in_force.parts else None
    return await checks.examine(
        all_checks(
            HeldHome(home, troubles, backups=home.policy.applied(in_force.settings).local_backups),
            in_force.applied,
            hotkey,
            policies=home.policies,
            keyring=checks.QUICK_KEYRING,
            turns=talk.last_turns.times if talk else (),
            level_trouble=talk.level_trouble if talk else None,
        )
    )


async def key_pressed(key: TalkKey, named: str, within_s: float) -> Json:
    """What was seen of the key `named` being pressed."""
    try:
        found: KeyProof | HotkeyTrouble = await prove(key, named, within_s=within_s)
    except HotkeyTrouble as trouble:
        found = trouble
    return key_findings(named, found, within_s)
