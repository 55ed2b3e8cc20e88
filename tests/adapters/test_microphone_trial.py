"""A microphone that is tried: its levels and its recording; the device itself is tried in the virtual desktop."""

from __future__ import annotations

import asyncio
import contextlib
from array import array
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce.adapters.microphone_trial import MicrophoneTrial
from sottovoce.adapters.portaudio import sources_of_portaudio
from sottovoce.domain.errors import MicrophoneLost, MicrophoneSilent
from sottovoce.domain.microphones import SoundSource
from tests.fakes_talk import FakeMicrophone
from tests.virtual_time import settle

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

LOUD = array("h", [9000, -9000] * 160).tobytes()
SILENT = bytes(640)


@contextlib.asynccontextmanager
async def tried(microphone: FakeMicrophone) -> AsyncIterator[MicrophoneTrial]:
    async with microphone.listen() as blocks:
        trial = MicrophoneTrial(SoundSource(name="usb", label="Headset"))
        hearing = asyncio.create_task(trial.hear(blocks))
        yield trial
        hearing.cancel()
        await asyncio.wait({hearing})


async def test_levels_are_of_sixty_milliseconds_and_who_is_late_gets_the_newest() -> None:
    microphone = FakeMicrophone()
    async with tried(microphone) as trial:
        levels = trial.levels()
        microphone.push(*[SILENT] * 2)
        microphone.push(LOUD)
        assert (await anext(levels)).peak_dbfs == pytest.approx(-11.2, abs=0.1)
        microphone.push(*[LOUD] * 6, *[SILENT] * 3)
        await settle()
        assert (await anext(levels)).peak_dbfs == -96
        assert trial.source
        assert trial.source.label == "Headset"


async def test_one_that_goes_away_is_told_to_whoever_waits() -> None:
    microphone = FakeMicrophone()
    async with tried(microphone) as trial:
        recording = asyncio.create_task(trial.record(1))
        await settle()
        microphone.push(*[LOUD] * 5)
        microphone.lose()
        for _ in range(2):
            with pytest.raises(MicrophoneLost):
                await anext(trial.levels())
        with pytest.raises(MicrophoneLost):
            await recording
        assert trial.recorded_s == pytest.approx(0.1)
        with pytest.raises(MicrophoneLost):
            await trial.record(1)


async def test_a_recording_takes_the_place_of_the_one_before_and_can_be_cut_short() -> None:
    microphone = FakeMicrophone()
    async with tried(microphone) as trial:
        for length_s, blocks in ((0.2, 30), (0.1, 30)):
            recording = asyncio.create_task(trial.record(length_s))
            await settle()
            microphone.push(*[LOUD] * blocks)
            await recording
            assert trial.recorded_s == pytest.approx(length_s)
        cut = asyncio.create_task(trial.record(99))
        await settle()
        microphone.push(*[LOUD] * 4)
        await settle()
        cut.cancel()
        await asyncio.wait({cut})
        microphone.push(LOUD)
        await settle()
        assert trial.recorded_s == pytest.approx(0.08)


async def test_a_muted_one_is_told() -> None:
    microphone = FakeMicrophone()
    async with tried(microphone) as trial:
        microphone.push(*[SILENT] * 30)
        await settle()
        assert isinstance(trial.trouble(), MicrophoneSilent)


class Listed:
    """A PortAudio with these devices: (name, inputs, way)."""

    class PortAudioError(Exception):
        """As sounddevice's."""

    def __init__(self, *devices: tuple[str, int, int], defaults: tuple[int, ...]) -> None:
        self._devices = devices
        self._defaults = defaults

    def query_devices(self) -> list[dict[str, Any]]:
        return [{"name": name, "max_input_channels": inputs, "hostapi": way} for name, inputs, way in self._devices]

    def query_hostapis(self) -> list[dict[str, Any]]:
        if not self._devices:
            raise self.PortAudioError
        return [{"default_input_device": default} for default in self._defaults]


def test_without_a_sound_server_each_input_is_listed_once_and_repeaters_last() -> None:
    windows = Listed(
        ("Stereo Mix (Realtek)", 2, 0), ("Speakers", 0, 0), ("Array (Intel)", 2, 0), ("USB Mic", 1, 0),
        ("USB Mic", 1, 0),
        ("Array (Intel Smart Sound)", 2, 1), defaults=(3, 5),
    )  # fmt: skip
    assert sources_of_portaudio(windows) == (
        SoundSource(name="USB Mic", label="USB Mic", is_default=True),
        SoundSource(name="Array (Intel)", label="Array (Intel)"),
        SoundSource(name="Stereo Mix (Realtek)", label="Stereo Mix (Realtek)", is_monitor=True),
    )
    assert sources_of_portaudio(Listed(defaults=())) == ()
    nothing = Listed(("Speakers", 0, 0), ("Line", 1, 1), defaults=(-1, -1))
    assert sources_of_portaudio(nothing) == (SoundSource(name="Line", label="Line"),)
