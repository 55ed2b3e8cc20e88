"""The tones of alarms and reminders: what ships, that they are played whole, and silent when they are to be."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from sottovoce.adapters.bell import SoundBell
from sottovoce.adapters.cues import samples
from sottovoce.resources import resource
from tests.adapters.test_cues import ALSA_INTO_A_FILE, ROOT
from tests.waiting import HANGS_S

PLAY = """
import asyncio, sys
from sottovoce.adapters.bell import SoundBell
async def main():
    bell = SoundBell()
    bell.ring(soft=sys.argv[1] == "reminder")
    if sys.argv[2] == "hushed":
        bell.hush()
    else:
        while bell.rings:
            await asyncio.sleep(0.01)
    await bell.close()
    bell.ring(soft=True)
asyncio.run(main())
"""


@pytest.mark.parametrize(("name", "loudest", "longest_s"), [("alarm", 7000, 1.3), ("reminder", 3500, 0.6)])
def test_a_tone_is_heard_from_another_room_and_short(name: str, loudest: int, longest_s: float) -> None:
    sound = samples(resource("sounds", f"{name}.wav"))
    assert 3000 < max(memoryview(sound).cast("h")) < loudest
    assert len(sound) / 2 / 22_050 < longest_s


def play(tone: str, how: str, config: Path) -> "subprocess.CompletedProcess[bytes]":
    environment = {"PYTHONPATH": str(ROOT / "desktop"), "ALSA_CONFIG_PATH": str(config), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        [sys.executable, "-c", PLAY, tone, how], env=environment, capture_output=True, check=True, timeout=60
    )


@pytest.mark.parametrize("tone", ["alarm", "reminder"])
def test_a_tone_is_played_whole(tone: str, tmp_path: Path) -> None:
    (tmp_path / "asound.conf").write_text(ALSA_INTO_A_FILE.format(file=tmp_path / "played"))
    play(tone, "whole", tmp_path / "asound.conf")
    assert (tmp_path / "played").read_bytes().startswith(samples(resource("sounds", f"{tone}.wav")))


def test_a_hushed_tone_ends_at_once(tmp_path: Path) -> None:
    (tmp_path / "asound.conf").write_text(ALSA_INTO_A_FILE.format(file=tmp_path / "played"))
    play("alarm", "hushed", tmp_path / "asound.conf")
    played = tmp_path / "played"
    assert not played.exists() or len(played.read_bytes()) < len(samples(resource("sounds", "alarm.wav"))) / 2


def test_without_a_device_nothing_happens(tmp_path: Path) -> None:
    (tmp_path / "asound.conf").write_text("")
    ran = play("alarm", "whole", tmp_path / "asound.conf")
    assert (ran.stdout, ran.stderr) == (b"", b"")


async def test_nobody_waits_for_a_tone() -> None:
    bell = SoundBell()
    for _ in range(100):
        bell.ring(soft=True)
    bell.hush()
    async with asyncio.timeout(HANGS_S):
        await bell.close()
        await bell.close()
    bell.ring(soft=False)
