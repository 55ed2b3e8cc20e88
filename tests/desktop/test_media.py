"""Other programs' players and streams make way and come back, with a real message bus and a real sound server."""

import itertools
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import processes
from tests.desktop.conftest import DeskFactory
from tests.desktop.deskbox import Desk, DeskOptions
from tests.waiting import HANGS_S, wait_for

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {"PYTHONPATH": os.pathsep.join(map(str, (ROOT / "desktop", ROOT)))}
HOLDER = """
import asyncio, pathlib, signal, sys
from sottovoce.adapters.media import OtherMedia
async def main():
    media = OtherMedia(pathlib.Path(sys.argv[2]))
    media.open()
    loop, over = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, lambda: media.hold(sys.argv[1]))
    loop.add_signal_handler(signal.SIGUSR2, media.release)
    loop.add_signal_handler(signal.SIGTERM, over.set)
    print("ready", flush=True)
    await over.wait()
    await media.close()
asyncio.run(main())
"""

Holder = Callable[[str], subprocess.Popen[bytes]]


@pytest.fixture
def media_desk(make_desk: DeskFactory) -> Desk:
    return make_desk(DeskOptions(tray="none", keyring="none", notifications=False))


@pytest.fixture
def holder(media_desk: Desk, tmp_path: Path) -> Holder:
    numbers = itertools.count()

    def start(how: str) -> subprocess.Popen[bytes]:
        log = f"holder-{next(numbers)}"
        command = ("-c", HOLDER, how, tmp_path / "lowered.json")
        held = media_desk.popen_python(*command, log=log, env=ENVIRONMENT)
        wait_for(lambda: "ready" in media_desk.log(log))
        return held

    return start


def player(desk: Desk, name: str, status: str) -> None:
    desk.popen(sys.executable, "-m", "tests.desktop.media_player", name, status, log=name, env=ENVIRONMENT)
    wait_for(lambda: desk.log(name))


def told(desk: Desk, name: str) -> list[str]:
    return desk.log(name).split()


def stream(desk: Desk, *options: str) -> int:
    """Music; returns the index of its stream."""
    before = volumes(desk)
    desk.popen("pacat", "--playback", "--raw", *options, "/dev/zero", log="music")
    (index,) = wait_for(lambda: volumes(desk).keys() - before.keys())
    return index


def volumes(desk: Desk) -> dict[int, list[int]]:
    listed = json.loads(desk.run("pactl", "-f", "json", "list", "sink-inputs").stdout)
    return {one["index"]: [channel["value"] for channel in one["volume"].values()] for one in listed}


def worker(of: subprocess.Popen[bytes]) -> int:
    return wait_for(lambda: next((pid for pid in processes.children(of.pid) if "media" in processes.command(pid)), 0))


def test_only_what_played_is_paused_and_goes_on(media_desk: Desk, holder: Holder) -> None:
    for name, status in (("plays", "Playing"), ("rests", "Paused"), ("other", "Playing")):
        player(media_desk, name, status)
    held = holder("pause")
    held.send_signal(signal.SIGUSR1)
    wait_for(lambda: told(media_desk, "plays") == ["Playing", "Paused"])
    wait_for(lambda: told(media_desk, "other") == ["Playing", "Paused"])
    media_desk.run("dbus-send", "--print-reply", "--dest=org.mpris.MediaPlayer2.other", "/org/mpris/MediaPlayer2",
                   "org.mpris.MediaPlayer2.Player.Stop")  # fmt: skip
    held.send_signal(signal.SIGUSR2)
    wait_for(lambda: told(media_desk, "plays") == ["Playing", "Paused", "Playing"])
    held.send_signal(signal.SIGUSR1)
    wait_for(lambda: len(told(media_desk, "plays")) == 4)
    held.kill()  # while it is held
    wait_for(lambda: told(media_desk, "plays")[-1] == "Playing")
    assert told(media_desk, "rests") == ["Paused"]
    assert told(media_desk, "other") == ["Playing", "Paused", "Stopped"]


def test_what_is_lowered_comes_back_exactly_whatever_dies(media_desk: Desk, holder: Holder, tmp_path: Path) -> None:
    music, quiet = stream(media_desk, "--volume=50001", "--channels=2"), stream(media_desk, "--volume=12345")
    call = stream(media_desk, "--volume=60000", "--property=media.role=phone")
    before = volumes(media_desk)
    assert before[music] == [50001, 50001]

    def lowered() -> bool:
        now = volumes(media_desk)
        return now[music] == [20000, 20000] and max(now[quiet]) == 4938 and now[call] == before[call]

    held = holder("lower")
    held.send_signal(signal.SIGUSR1)
    wait_for(lowered)
    held.send_signal(signal.SIGUSR2)
    wait_for(lambda: volumes(media_desk) == before)
    assert not (tmp_path / "lowered.json").exists()
    held.send_signal(signal.SIGUSR1)
    wait_for(lowered)
    held.kill()
    wait_for(lambda: volumes(media_desk) == before, what="its helper gives it back")
    held = holder("lower")
    held.send_signal(signal.SIGUSR1)
    wait_for(lowered)
    os.kill(worker(held), signal.SIGKILL)
    held.kill()
    media_desk.run("pactl", "set-sink-input-volume", str(quiet), "33333")  # the user's own doing counts
    assert lowered() or volumes(media_desk)[music] == [20000, 20000]
    held = holder("lower")
    wait_for(lambda: volumes(media_desk)[music] == [50001, 50001], what="the next start gives it back")
    assert max(volumes(media_desk)[quiet]) == 33333
    held.terminate()
    assert held.wait(HANGS_S) == 0


def test_a_sound_server_or_a_player_that_hangs_holds_nobody_up(media_desk: Desk, holder: Holder) -> None:
    player(media_desk, "plays", "Playing")
    held = holder("lower")
    media_desk.freeze("pulseaudio")
    held.send_signal(signal.SIGUSR1)
    held.terminate()
    assert held.wait(HANGS_S) == 0
    media_desk.thaw("pulseaudio")
