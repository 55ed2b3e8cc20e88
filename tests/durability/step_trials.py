"""Killed at every single step of a merge, a restore, a backup and an erasure; the suite looks at some of the steps."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import StoreCare, open_store
from sottovoce.domain.moments import local_now
from tests.adapters.killing import killed_at
from tests.contracts.store import message
from tests.durability.trials import KEY, Tally

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
FOUND = {"restore": {"6", "7"}, "create": {"7"}, "erase": {"4", "7"}}
"""How many messages there may be after each: as before, or as it had to be."""


def step_trials(work: Path) -> Tally:
    """Kill each at its first step, its second, …, and look at what the next start makes of it."""
    tally = Tally()
    _count(tally, "merge", lambda: _merge(work))
    places = Places.under(work / "home")
    backup = asyncio.run(_prepare(places))
    for what in FOUND:
        _count(tally, what, lambda what=what: _killed(what, places, backup))  # type: ignore[misc] # this round's
    return tally


def _count(tally: Tally, what: str, run: Callable[[], int]) -> None:
    try:
        tally.at[what] = tried = run()
    except AssertionError as wrong:
        tally.corrupt += 1
        tally.faults.append(f"{what}: {str(wrong).strip().rpartition(chr(10))[2]}")
        tried = 1
    tally.trials += tried


def _merge(work: Path) -> int:
    done = subprocess.run(
        (sys.executable, "-m", "tests.adapters.merge_steps", str(work / "merge"), "1"),
        env=os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "desktop"), str(ROOT)))},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return int(json.loads(done.stdout)["steps"])


async def _prepare(places: Places) -> Path:
    """A home with a backup that lacks its last message."""
    store = await open_store(places, key=KEY)
    care = StoreCare(places, store, local_now)
    for number in range(6):
        await store.append(message(f"said {number}", conversation="secret" if number % 2 else "c1"))
    backup = (await care.backups.create()).path
    await store.append(message("said after the backup"))
    await care.close()
    await store.close()
    return backup


def _killed(what: str, places: Places, backup: Path) -> int:
    outcomes = killed_at(what, places, backup, KEY, stride=1)
    assert set(outcomes["found"]) <= FOUND[what], f"found {outcomes['found']}"
    return int(outcomes["killed"])
