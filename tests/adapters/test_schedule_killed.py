"""Killed between firing and telling: the next start tells it, once; on a real store, in processes of their own."""

import subprocess
import sys
from pathlib import Path

import pytest

from sottovoce.domain.records import Timer
from sottovoce.home import open_home
from tests.adapters.test_cues import ROOT

KEY = bytes(range(32))
# Sets a timer, and is gone at the moment that is named.
KILLED = """
import asyncio, os, sys
from pathlib import Path
from sottovoce.home import open_home

async def main(folder, moment):
    async with open_home(folder, bytes(range(32))) as home:
        await home.planner.schedule.set_timer(0.01, "pasta")
        if moment == "waiting":
            os._exit(9)
        while not (due := await home.planner.schedule.due()):
            await asyncio.sleep(0.01)
        if moment == "ringing":
            os._exit(9)
        await home.planner.schedule.told(due)
        os._exit(9)

asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
"""


@pytest.mark.parametrize(("moment", "told"), [("waiting", 1), ("ringing", 1), ("told", 0)])
async def test_it_is_told_once(moment: str, told: int, tmp_path: Path) -> None:
    folder = tmp_path / "home"
    killed(folder, moment, tmp_path)
    for expected in (told, 0):
        async with open_home(folder, KEY) as home:
            due = await home.planner.schedule.due()
            assert [one.label for one in due if isinstance(one, Timer)] == ["pasta"] * expected
            await home.planner.schedule.told(due)


def killed(folder: Path, moment: str, tmp_path: Path) -> None:
    environment = {"PYTHONPATH": str(ROOT / "desktop"), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    command = [sys.executable, "-c", KILLED, str(folder), moment]
    ended = subprocess.run(command, env=environment, check=False, capture_output=True, timeout=120)
    assert ended.returncode == 9, ended.stderr


async def test_what_is_erased_rings_no_more(tmp_path: Path) -> None:
    async with open_home(tmp_path / "home", KEY) as home:
        await home.planner.schedule.set_timer(3600, "pasta")
        assert (await home.ask("what timers do i have")).reply.startswith("Your pasta timer")
        home.forget()
        assert len(await home.planner.schedule.timers(home.settings.user)) == 1
