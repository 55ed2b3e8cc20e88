"""`doctor --key`: a key is pressed, and what is seen of it is said."""

from __future__ import annotations

import asyncio

from sottovoce.adapters.hotkey import open_hotkey
from sottovoce.commands.printed import note
from sottovoce.commands.reach import through_app
from sottovoce.domain.errors import HotkeyTrouble, NotRunning, UsageWrong
from sottovoce.domain.hotkeys import Edge, KeyProof
from sottovoce.domain.said import said
from sottovoce.language import words
from sottovoce.operations import checks
from sottovoce.operations.doctor import LONGEST_PRESS_S, Examination, TryKey
from sottovoce.operations.key_findings import key_findings
from sottovoce.operations.values import Json, from_json, to_json
from sottovoce.talk.key_trial import PRESS_S, RELEASE_S, prove
from sottovoce.talk.talk_key import TalkKey


async def tried(name: str, seconds: float | None) -> Examination:
    """Watch a key being pressed: in the running application, which holds its own; else here.

    Args:
        name: The key; empty for the one that is set.
        seconds: How long to wait for the press; None for the usual time.

    Raises:
        UsageWrong: Nobody would wait so long.
    """
    within_s = PRESS_S if seconds is None else seconds
    if not 0 < within_s <= LONGEST_PRESS_S:
        raise UsageWrong(said("doctor-seconds", most=f"{LONGEST_PRESS_S:g}"))
    key = name or checks.usable_settings().hotkey
    note(f"sottovoce: {words('doctor-press-it', key=key or words('doctor-press-what-is-bound'))}")
    asked = TryKey(key=name, within_s=within_s)
    try:
        found = await through_app(asked.operation.name, to_json(asked), reply_s=within_s + RELEASE_S * 6)
    except NotRunning as nobody:
        if type(nobody) is not NotRunning:
            raise
        found = await _try_here(key, within_s)
    return from_json(Examination, found)


async def _try_here(key: str, within_s: float) -> Json:
    if not key:
        trouble = HotkeyTrouble(said("doctor-no-key"))
        return key_findings(key, trouble, within_s)
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
    return key_findings(key, found, within_s)


def _tell(edge: Edge) -> None:
    if edge is Edge.PRESS:
        note(f"sottovoce: {words('doctor-key-is-down')}")
    elif edge is Edge.RELEASE:
        note(f"sottovoce: {words('doctor-key-is-up')}")
