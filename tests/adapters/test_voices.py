"""Which voices there are, and trying one out: the real engine, with a player that needs no sound card."""

import asyncio
import itertools
import os
import sys
from pathlib import Path

import pytest

from sottovoce.adapters.speaker import SpeakerLimits
from sottovoce.adapters.voices import SampleVoice, installed_voices
from sottovoce.domain.errors import VoiceLost, VoiceMissing, VoiceUnknown
from sottovoce.domain.settings import Settings
from tests import processes
from tests.adapters.speech import put_player
from tests.waiting import HANGS_S

COMMAND = "sottovoce.adapters.speech_process.python_command"
BREATH_BYTES = 1000
"""What later engines put into a voice, another one each time, is less; two voices are 3,000 apart."""


async def test_the_engines_voices_are_told_with_language_and_gender() -> None:
    voices = {voice.name: voice for voice in await installed_voices()}
    american = voices["English (America)"]
    assert (american.language, american.gender) == ("en-us", "male")
    assert voices["English (America), female"].gender == "female"
    assert len(voices) > 100


async def test_every_voice_that_is_listed_can_be_chosen_and_sounds_like_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_player(tmp_path / "bin", f'cat > "$(mktemp {tmp_path}/XXXXXX.wav)"', monkeypatch)
    sample = SampleVoice()
    for name in ("English (America)", "English (America), female", "German", "gmw/en-us", "en-us+f2"):
        await sample.say(Settings(voice=name), "one two three")
    lengths = sorted(file.stat().st_size for file in tmp_path.glob("*.wav"))
    assert len(lengths) == 5
    others = sum(after - before > BREATH_BYTES for before, after in itertools.pairwise(lengths))
    assert others == 2, "three voices, two of them twice"


async def test_rate_and_volume_are_those_that_are_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_player(tmp_path / "bin", f"cat > {tmp_path}/played", monkeypatch)
    sizes = []
    for rate in (100, 300):
        await SampleVoice().say(Settings(speech_rate=rate, volume=10))
        sizes.append((tmp_path / "played").stat().st_size)
    assert sizes[0] > 1.5 * sizes[1]
    assert max(memoryview((tmp_path / "played").read_bytes()[44:]).cast("h")) < 6_000


async def test_a_voice_that_is_not_there_is_told_and_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_player(tmp_path / "bin", f"cat > {tmp_path}/played", monkeypatch)
    with pytest.raises(VoiceUnknown):
        await SampleVoice().say(Settings(voice="Nobody"))
    assert not (tmp_path / "played").exists()


async def test_a_new_sample_or_a_hush_silences_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_player(tmp_path / "bin", f"touch {tmp_path}/plays; exec sleep 300", monkeypatch)
    sample = SampleVoice()
    first = asyncio.create_task(sample.say(Settings()))
    while not (tmp_path / "plays").exists():  # noqa: ASYNC110 - another process's file
        await asyncio.sleep(0.01)
    second = asyncio.create_task(sample.say(Settings()))
    await asyncio.wait_for(first, HANGS_S)
    sample.hush()
    sample.hush()
    await asyncio.wait_for(second, HANGS_S)
    third = asyncio.create_task(sample.say(Settings()))
    await asyncio.sleep(0)
    third.cancel()
    with pytest.raises(asyncio.CancelledError):
        await third
    assert not [pid for pid in processes.children(os.getpid()) if "speech_worker" in processes.command(pid)]


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ('print(\'{"event": "missing", "part": "player"}\')', VoiceMissing),
        ("pass", VoiceMissing),
        ("import time; time.sleep(300)", VoiceLost),
    ],
)
async def test_an_engine_that_has_nothing_to_tell_is_told(
    script: str, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "sottovoce.adapters.speech_process.python_command", lambda _name: [sys.executable, "-c", script]
    )
    with pytest.raises(error):
        await installed_voices(SpeakerLimits(ready_s=1.0 if error is VoiceLost else 15.0))
