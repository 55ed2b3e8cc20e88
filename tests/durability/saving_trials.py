"""Processes killed in the middle of auto-save, and what the next one finds."""

from __future__ import annotations

import asyncio
import os
import random
import selectors
import subprocess
import sys
from typing import TYPE_CHECKING

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import open_store
from sottovoce.memory.system import MemorySystem
from tests.durability.recording import ROOT
from tests.durability.saving import USER, is_whole
from tests.durability.trials import KEY, Tally

if TYPE_CHECKING:
    from pathlib import Path

    from sottovoce.domain.contexts import UserContext

SAVING = "tests.durability.saving"
MOST_S = 0.12
"""Longest time a process may go on after its first promise: dozens of saves."""


def _killed(folder: Path, chance: random.Random) -> int:
    """Start the program and kill it (-9) after a random time; the last count it promised, 0 for none."""
    paths = os.pathsep.join((str(ROOT / "desktop"), str(ROOT)))
    with subprocess.Popen(
        [sys.executable, "-m", SAVING, str(folder), KEY.hex()],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": paths},
    ) as process:
        assert process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            assert selector.select(30), "the saving program does not start"
            selector.unregister(process.stdout)
            selector.select(chance.uniform(0, MOST_S))
        process.kill()
        said = process.stdout.read()
    assert process.returncode == -9
    whole = [line for line in said.splitlines(keepends=True) if line.endswith(b"\n")]
    return int(whole[-1].split()[1]) if whole else 0


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
        least = max(least, _killed(folder, chance))
        context = asyncio.run(_found(folder))
        tally.trials += 1
        tally.acknowledged += 1
        tally.lossy += context.conversations_count < least
        if not is_whole(context):
            tally.corrupt += 1
            tally.faults.append("a snapshot of which only a part was saved")
    return tally
