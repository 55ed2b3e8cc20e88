"""`doctor --key`: a key is pressed, and what is seen of it is said."""

from __future__ import annotations

import asyncio
from typing import Any

from sottovoce import doctor
from sottovoce.adapters.hotkey import open_hotkey
from sottovoce.commands.printed import note
from sottovoce.commands.reach import through_app
from sottovoce.domain.errors import HotkeyTrouble, NotRunning, UsageWrong
from sottovoce.domain.hotkeys import Edge, KeyProof
from sottovoce.talk.key_trial import PRESS_S, RELEASE_S, prove
from sottovoce.talk.talk_key import TalkKey

LONGEST_S = 600.0
SEEN = {Edge.PRESS: "It is down.", Edge.RELEASE: "It is up.", Edge.REPEAT: ""}


async def try_key(name: str, seconds: float | None) -> dict[str, Any]:
    """Watch a key being pressed: in the running application, which holds its own; else here.

    Args:
        name: The key; empty for the one that is set.
        seconds: How long to wait for the press; None for the usual time.

    Raises:
        UsageWrong: Nobody would wait so long.
    """
    within_s = PRESS_S if seconds is None else seconds
    if not 0 < within_s <= LONGEST_S:
        raise UsageWrong(f"--seconds is a number up to {LONGEST_S:g}.")
    key = name or doctor.usable_settings().hotkey
    note(
        f"sottovoce: Press {key or 'the key that your desktop binds to Sottovoce'}, hold it for a second, and let go."
        " The microphone stays closed."
    )
    try:
        return dict(await through_app("key.try", {"key": name, "within_s": within_s}, reply_s=within_s + RELEASE_S * 6))
    except NotRunning as nobody:
        if type(nobody) is not NotRunning:
            raise
    return await _try_here(key, within_s)


async def _try_here(key: str, within_s: float) -> dict[str, Any]:
    if not key:
        trouble = HotkeyTrouble(
            "There is no key to be tried: none is set, and the application does not run.",
            "Start Sottovoce, then press what your desktop binds to it; or name a key: `sottovoce doctor --key Pause`.",
        )
        return doctor.key_findings(key, trouble, within_s)
    talk_key = TalkKey(
        open_hotkey(),
        lambda _call: None,
        stay=lambda: None,
        listening=lambda: False,
        on_trouble=lambda _trouble: None,
    )
    try:
        found: KeyProof | HotkeyTrouble = await prove(talk_key, key, within_s=within_s, on_edge=_tell)
    except HotkeyTrouble as trouble:
        found = trouble
    finally:
        await asyncio.shield(talk_key.close())
    return doctor.key_findings(key, found, within_s)


def _tell(edge: Edge) -> None:
    if SEEN[edge]:
        note(f"sottovoce: {SEEN[edge]}")
