"""Processes killed in the middle of auto-save, and what the next one finds."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import open_store
from sottovoce.memory.system import MemorySystem
from tests.durability.saving import USER, is_whole
from tests.durability.trials import KEY, Tally, killed

if TYPE_CHECKING:
    from pathlib import Path

    from sottovoce.domain.contexts import UserContext

SAVING = "tests.durability.saving"
MOST_S = 0.12
"""Longest time a process may go on after its first promise: dozens of saves."""


async def _found(folder: Path) -> UserContext:
    store = await open_store(Places.under(folder), key=KEY)
    try:
        return await MemorySystem(store).get_user_context(USER)
    finally:
        await store.close()


def saving_trials(count: int, work: Path, *, seed: int = 1) -> Tally:
    """Kill the program `count` times in one home, and look at the context after each kill."""
    chance = random.Random(seed)  # noqa: S311 - the same trials again for the same seed
    folder = work / "saving"
    folder.mkdir(mode=0o700)
    tally, least = Tally(), 0
    for _ in range(count):
        said = killed(SAVING, [str(folder), KEY.hex()], MOST_S, chance, early=False)
        least = max([least, *(int(line.split()[1]) for line in said)])
        context = asyncio.run(_found(folder))
        tally.trials += 1
        tally.acknowledged += 1
        tally.lossy += context.conversations_count < least
        if not is_whole(context):
            tally.corrupt += 1
            tally.faults.append("a snapshot of which only a part was saved")
    return tally
