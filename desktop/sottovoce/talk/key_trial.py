"""A key proved by being pressed: waits for both ends of a press, and says what has been seen."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from sottovoce.domain.errors import HotkeyTrouble
from sottovoce.domain.hotkeys import Edge, KeyProof

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.talk.talk_key import TalkKey

PRESS_S = 20.0
"""How long a press may be waited for, unless somebody says otherwise."""
RELEASE_S = 10.0
"""How long a release may be waited for after the last thing that was seen."""


async def prove(
    key: TalkKey, name: str, *, within_s: float = PRESS_S, on_edge: Callable[[Edge], None] = lambda _: None
) -> KeyProof:
    """What is seen of a key while it is pressed once; meanwhile it opens no microphone.

    Args:
        key: Where it is tried.
        name: Its name; empty for what the desktop's settings bind to the commands.
        within_s: How long to wait for the press.
        on_edge: Called with each thing that is seen.

    Raises:
        HotkeyTrouble: It can't be had, and nothing that is bound to the commands was seen either.
    """
    seen: asyncio.Queue[Edge] = asyncio.Queue()
    trouble: HotkeyTrouble | None = None
    try:
        try:
            await key.try_out(name, seen.put_nowait)
        except HotkeyTrouble as error:
            if key.reports_release:  # elsewhere the desktop's own settings may press
                raise
            trouble = error
        return await _watched(seen, within_s, on_edge, trouble)
    finally:
        await key.end_trial()


async def _watched(
    seen: asyncio.Queue[Edge], within_s: float, on_edge: Callable[[Edge], None], trouble: HotkeyTrouble | None
) -> KeyProof:
    """What is seen of one press; `trouble` is raised if there is none."""
    proof = KeyProof()
    with suppress(TimeoutError):
        while not proof.releases:
            async with asyncio.timeout(RELEASE_S if proof.presses else within_s):
                edge = await seen.get()
            proof = proof.seen(edge)
            on_edge(edge)
    if trouble is not None and not proof.presses:
        raise trouble
    return proof
