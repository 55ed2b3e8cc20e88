"""The microphone's way to who listens, in virtual time; the device itself is tried in the virtual desktop."""

import asyncio
import logging
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from sottovoce.adapters.alsa import plugin_missing
from sottovoce.adapters.microphone import Capture, MicrophoneLimits, SoundDeviceMicrophone, choose_devices
from sottovoce.domain.audio import BLOCK_BYTES
from sottovoce.domain.errors import MicrophoneLost, MicrophoneMissing
from sottovoce.domain.figures import SOUND_BLOCKS, SOUND_DROPPED
from sottovoce.memory.figures import Figures
from tests.virtual_time import run_virtual, settle

LIMITS = MicrophoneLimits(first_block_s=3, watchdog_s=1.5, queue_blocks=4)
NAMES = ["HDA Intel: ALC (hw:0,0)", "", "pulse", "default", "USB Mic: Audio (hw:1,0)"]


def block(number: int) -> bytes:
    return bytes([number]) * BLOCK_BYTES


def capture(figures: Figures | None = None) -> Capture:
    return Capture(asyncio.get_running_loop(), LIMITS, figures=figures)


def deliver(into: Capture, *numbers: int) -> None:
    for number in numbers:
        into.callback(block(number), 320, None, None)


def test_blocks_arrive_copied_and_in_order() -> None:
    async def story() -> None:
        listening = capture()
        shared = bytearray(block(1))
        listening.callback(shared, 320, None, None)
        shared[:] = block(9)
        deliver(listening, 2)
        assert [await anext(listening), await anext(listening)] == [block(1), block(2)]

    run_virtual(story())


def test_what_overflows_is_dropped_and_told_once(caplog: pytest.LogCaptureFixture) -> None:
    figures = Figures()

    async def story() -> None:
        listening = capture(figures=figures)
        deliver(listening, *range(10))
        await settle()
        assert [await anext(listening) for _ in range(4)] == [block(number) for number in range(4)]
        deliver(listening, 20)
        assert await anext(listening) == block(20)
        listening.end()

    with caplog.at_level(logging.WARNING):
        run_virtual(story())
    assert [record.getMessage() for record in caplog.records] == [
        "sound was dropped: who listens is more than 4 blocks behind",
        "6 blocks of sound were dropped",
    ]
    assert figures.counter(SOUND_BLOCKS).value == 11
    assert figures.counter(SOUND_DROPPED).value == 6


def test_before_anything_was_dropped_none_is_told() -> None:
    figures = Figures()

    async def story() -> None:
        await SoundDeviceMicrophone(figures=figures).close()

    run_virtual(story())
    assert [one.value for one in figures.readings() if one.figure is SOUND_DROPPED] == [0]


def test_late_blocks_go_nowhere() -> None:
    async def story() -> None:
        former, later = capture(), capture()
        former.end()
        deliver(former, 1)
        former.finished()
        deliver(later, 2)
        assert await anext(later) == block(2)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(former), 60)

    run_virtual(story())


def test_a_stream_that_ends_by_itself_is_lost_after_its_last_block() -> None:
    async def story() -> None:
        listening = capture()
        listening.watch()
        deliver(listening, 1)
        listening.finished()
        assert await anext(listening) == block(1)
        for _ in range(2):
            with pytest.raises(MicrophoneLost):
                await anext(listening)
        listening.end()

    run_virtual(story())


@pytest.mark.parametrize(("blocks", "limit_s"), [(0, 3.0), (5, 1.5)])
def test_a_stream_that_falls_silent_is_lost_in_time(blocks: int, limit_s: float) -> None:
    async def story() -> float:
        loop = asyncio.get_running_loop()
        listening = capture()
        listening.watch()
        last_s = loop.time()
        for number in range(blocks):
            await asyncio.sleep(0.4)
            deliver(listening, number)
            last_s = loop.time()
            await anext(listening)
        with pytest.raises(MicrophoneLost):
            await anext(listening)
        listening.end()
        return loop.time() - last_s

    assert limit_s <= run_virtual(story()) < limit_s + 0.3


def test_a_stream_that_goes_on_is_not_lost() -> None:
    async def story() -> None:
        listening = capture()
        listening.watch()
        for number in range(100):
            await asyncio.sleep(0.9)
            deliver(listening, number)
            assert await anext(listening) == block(number)
        listening.end()

    run_virtual(story())


def test_devices_go_by_their_names() -> None:
    assert choose_devices("", NAMES, "linux") == [2, None]
    assert choose_devices("", ["x", "pipewire"], "linux") == [1, None]
    assert choose_devices("", NAMES, "win32") == [None]
    assert choose_devices("usb mic", NAMES, "linux") == [4]
    assert choose_devices("PULSE", [*NAMES, "pulse monitor"], "linux") == [2, 5]
    assert choose_devices("gone", NAMES, "linux") == []


def test_limits_refuse_what_cannot_work() -> None:
    with pytest.raises(ValueError, match="positive"):
        MicrophoneLimits(watchdog_s=0)
    with pytest.raises(ValueError, match="at least 1"):
        MicrophoneLimits(queue_blocks=0)


async def test_closing_what_was_never_opened_is_nothing() -> None:
    microphone = SoundDeviceMicrophone()
    await microphone.close()
    await microphone.close()


LISTEN = """
import asyncio, sys
import sottovoce.language
from sottovoce.adapters.microphone import SoundDeviceMicrophone
from sottovoce.domain.errors import SottovoceError
async def main():
    assert "sounddevice" not in sys.modules
    microphone = SoundDeviceMicrophone(*sys.argv[1:])
    await microphone.open()
    for _ in range(2):
        try:
            async with microphone.listen():
                print("listening")
        except SottovoceError as error:
            print(error.code, error.sentence)
    await microphone.close()
asyncio.run(main())
"""


def listened(environment: dict[str, str], *argv: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (sys.executable, "-c", LISTEN, *argv),
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | environment,
        capture_output=True, text=True, check=True, timeout=30,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("device", "sentence"),
    [((), MicrophoneMissing().sentence), (("Mine",), "The microphone named in the settings is not there.")],
)
def test_without_any_device_it_is_told_and_nothing_is_spilt(
    tmp_path: Path, device: tuple[str, ...], sentence: str
) -> None:
    alsa = tmp_path / "asound.conf"
    alsa.write_text('pcm.pulse { type pulse server "unix:/nowhere" }')
    heard = listened({"ALSA_CONFIG_PATH": str(alsa)}, *device)
    assert heard.stdout.splitlines() == [f"microphone-missing {sentence}"] * 2
    assert heard.stderr == ""


@pytest.mark.parametrize("server", ["pipewire-0", "pulse/native"])
def test_a_server_without_its_plugin_for_alsa_has_the_package_named(tmp_path: Path, server: str) -> None:
    alsa, plugins, place = tmp_path / "asound.conf", tmp_path / "alsa-lib", tmp_path / "run" / server
    alsa.write_text('pcm.pulse { type pulse server "unix:/nowhere" }')
    for folder in (plugins, place.parent):
        folder.mkdir(parents=True)
    where = {"XDG_RUNTIME_DIR": str(tmp_path / "run"), "ALSA_PLUGIN_DIR": str(plugins)}
    assert not plugin_missing(where)  # no server runs
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(place))
        assert not plugin_missing({"XDG_RUNTIME_DIR": str(tmp_path / "run")})  # here it is installed
        heard = listened({"ALSA_CONFIG_PATH": str(alsa), "PULSE_SERVER": "unix:/nowhere", **where})
        assert heard.stdout.count("its plug-in is not installed") == 2
        (plugins / "libasound_module_pcm_pulse.so").touch()
        assert not plugin_missing(where)


@pytest.mark.parametrize("configuration", ["", "pcm.pulse { type", "unrelated 1"])
def test_a_configuration_that_would_end_the_process_is_told(tmp_path: Path, configuration: str) -> None:
    alsa = tmp_path / "asound.conf"
    alsa.write_text(configuration)
    heard = listened({"ALSA_CONFIG_PATH": str(alsa)})
    assert heard.stdout.count("ALSA's configuration") == 2
    assert heard.stderr == ""


def test_without_portaudio_its_package_is_told(tmp_path: Path) -> None:
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')\n")
    environment = {"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    assert "PortAudio is not installed" in listened(environment).stdout


PORTAUDIO = """
_initialized = 1
class PortAudioError(Exception):
    pass
def _exit_handler():
    pass
def _terminate():
    global _initialized
    _initialized -= 1
    print("PortAudio has ended")
"""

TWO = """
import asyncio
from sottovoce.adapters.microphone import SoundDeviceMicrophone
async def main():
    first, second = SoundDeviceMicrophone(), SoundDeviceMicrophone()
    await first.open()
    await second.open()
    await second.close()
    print("the second has closed")
    await first.close()
asyncio.run(main())
"""


def test_portaudio_is_not_ended_under_another_microphone(tmp_path: Path) -> None:
    (tmp_path / "sounddevice.py").write_text(PORTAUDIO)
    alsa = tmp_path / "asound.conf"
    alsa.write_text('pcm.pulse { type pulse server "unix:/nowhere" }')
    environment = {"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path]), "ALSA_CONFIG_PATH": str(alsa)}
    heard = subprocess.run(
        (sys.executable, "-c", TWO), env=os.environ | environment, stdout=subprocess.PIPE, text=True, check=True,
        timeout=30,
    )  # fmt: skip
    assert heard.stdout.splitlines() == ["the second has closed", "PortAudio has ended"]


FAILING = """
def _initialize():
    global _initialized
    _initialized += 1
    print("PortAudio has begun")
def query_devices():
    return [{"name": "pulse", "max_input_channels": 1}]
class RawInputStream:
    def __init__(self, **_):
        raise PortAudioError
"""

PRESSES = """
import asyncio, sys
from pathlib import Path
from sottovoce.adapters import portaudio
from sottovoce.adapters.microphone import SoundDeviceMicrophone
from sottovoce.domain.errors import MicrophoneMissing
cards = Path(sys.argv[1])
portaudio.KERNEL_LISTS = (str(cards),)
async def main():
    microphone = SoundDeviceMicrophone()
    for number in range(6):
        if number == 4:
            cards.write_text("0 [Headset]: USB-Audio")
        if number == 5:
            portaudio.LOOK_S = 0
        print("press", number)
        try:
            async with microphone.listen():
                pass
        except MicrophoneMissing:
            pass
    await microphone.close()
asyncio.run(main())
"""


def test_portaudio_looks_again_for_devices_only_where_there_may_be_others(tmp_path: Path) -> None:
    (tmp_path / "sounddevice.py").write_text(PORTAUDIO + FAILING)
    alsa = tmp_path / "asound.conf"
    alsa.write_text('pcm.pulse { type pulse server "unix:/nowhere" }')
    environment = {
        "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path]),
        "ALSA_CONFIG_PATH": str(alsa),
        "PULSE_SERVER": "unix:/nowhere",
    }
    heard = subprocess.run(
        (sys.executable, "-c", PRESSES, tmp_path / "cards"), env=os.environ | environment, stdout=subprocess.PIPE,
        text=True, check=True, timeout=30,
    )  # fmt: skip
    looked = ["PortAudio has ended", "PortAudio has begun"]
    assert heard.stdout.splitlines() == [
        *("press 0", "press 1", *looked, "press 2", "press 3"),  # when it was made before us is not known
        *("press 4", *looked, "press 5", *looked, "PortAudio has ended"),
    ]


def test_what_is_no_microphones_any_more_ends_it_after_what_was() -> None:
    async def story() -> None:
        listening = capture()
        listening.watch()
        deliver(listening, 1)
        await settle()
        listening.break_off()
        deliver(listening, 2)
        listening.finished()
        assert [heard async for heard in listening] == [block(1)]
        assert [heard async for heard in listening] == []
        listening.end()

    run_virtual(story())
