"""A sound library whose calls never return: the microphone of the next press is another's."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sottovoce.adapters.alsa import leads_to_pulse
from tests.adapters.test_microphone import PORTAUDIO

DEVICES = """
import threading
go, began = threading.Event(), threading.Event()
stuck = iter([True])
def query_devices():
    return [{"name": name, "max_input_channels": 1} for name in NAMES]
class RawInputStream:
    def __init__(self, device, **_):
        print("asked of", "the default" if device is None else NAMES[device], flush=True)
    def start(self):
        if next(stuck, False):
            began.set()
            go.wait(60)
    def abort(self):
        pass
    def close(self):
        print("closed", flush=True)
"""

STORY = """
import asyncio, sys, threading
import sounddevice
import sottovoce.language
from sottovoce.adapters import microphone as module, portaudio
from sottovoce.adapters.microphone import MicrophoneLimits, SoundDeviceMicrophone
from sottovoce.domain.errors import MicrophoneMissing
module.STUCK_S, portaudio.USE_S = 0, 0.01
async def press(microphone):
    try:
        async with microphone.listen():
            print("listening", flush=True)
    except MicrophoneMissing as error:
        print(error.sentence, flush=True)
async def main():
    microphone, other = (SoundDeviceMicrophone("hw:1", MicrophoneLimits(open_s=60, close_s=60)) for _ in range(2))
    pressed = asyncio.create_task(press(microphone))
    await asyncio.sleep(0)
    assert sounddevice.began.wait(60)
    pressed.cancel()
    await asyncio.wait({pressed})
    (stuck,) = (one for one in threading.enumerate() if one.name == "microphone")
    await press(microphone)
    await press(other)
    sounddevice.go.set()
    stuck.join(60)
    await press(microphone)
    await microphone.close()
    await other.close()
    for one in threading.enumerate():
        if one.name == "microphone":
            one.join(60)
    print([one.name for one in threading.enumerate()])
asyncio.run(main())
"""


def told(tmp_path: Path, names: list[str], alsa: str, *command: str) -> list[str]:
    (tmp_path / "sounddevice.py").write_text(f"NAMES = {names}\n{PORTAUDIO}{DEVICES}")
    (tmp_path / "asound.conf").write_text(alsa)
    environment = {
        "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path]),
        "ALSA_CONFIG_PATH": str(tmp_path / "asound.conf"),
        "PULSE_SERVER": "unix:/nowhere",
    }
    return subprocess.run(
        (sys.executable, "-c", *command), env=os.environ | environment, stdout=subprocess.PIPE, text=True, check=True,
        timeout=60,
    ).stdout.splitlines()  # fmt: skip


def test_a_call_that_never_returns_is_left_behind_and_what_comes_of_it_late_is_given_back(tmp_path: Path) -> None:
    asked, no_answer = "asked of USB (hw:1,0)", "The sound system does not answer."
    assert told(tmp_path, ["USB (hw:1,0)"], "pcm.hw { type hw }", STORY) == [
        asked, no_answer, no_answer,
        "closed", asked, "listening", "closed",
        "PortAudio has ended", "['MainThread']",
    ]  # fmt: skip


PRESS = """
import asyncio, sounddevice
sounddevice.stuck = iter([])
from sottovoce.adapters.microphone import SoundDeviceMicrophone
from sottovoce.domain.errors import MicrophoneMissing
async def main():
    microphone = SoundDeviceMicrophone()
    try:
        async with microphone.listen():
            pass
    except MicrophoneMissing:
        print("missing")
    await microphone.close()
asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("default", "asked"),
    [
        ("type pulse", ["missing"]),
        ("type plug slave.pcm pulse", ["missing"]),
        ('type asym capture.pcm "pulse"', ["missing"]),
        ("type hw card 0", ["asked of the default", "closed"]),
        ('type pulse server "unix:/elsewhere"', ["asked of the default", "closed"]),
        ("type plug slave.pcm default", ["asked of the default", "closed"]),
    ],
)
def test_where_libpulse_finds_no_server_nothing_that_leads_to_it_is_asked(
    tmp_path: Path, default: str, asked: list[str]
) -> None:
    alsa = f"pcm.pulse {{ type pulse }}\npcm.default {{ {default} }}"
    assert told(tmp_path, ["USB (hw:1,0)", "pulse", "default"], alsa, PRESS)[:2] == [*asked, "PortAudio has ended"][:2]


def test_what_alsa_does_not_know_leads_nowhere() -> None:
    assert not leads_to_pulse("no such device")
