"""The cues: what ships, that they are played, and that no recogniser takes them for words."""

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soxr

from sottovoce.adapters.cues import SoundCues, samples
from sottovoce.adapters.recognition.vosk import VoskRecognizer
from sottovoce.adapters.synthesis import synthesise
from sottovoce.resources import resource, starter_model
from sottovoce.talk.cues import Cue
from tests.waiting import HANGS_S

ROOT = Path(__file__).resolve().parents[2]
ALSA_INTO_A_FILE = """
pcm.null {{ type null }}
pcm.default {{ type file slave.pcm null file "{file}" format raw }}
"""
PLAY = """
import asyncio, sys
from sottovoce.adapters.cues import SoundCues
from sottovoce.talk.cues import Cue
async def main():
    cues = SoundCues()
    cues.play(Cue(sys.argv[1]))
    await cues.close()
    cues.play(Cue.ERROR)
asyncio.run(main())
"""


def loudest(cue: Cue) -> int:
    return max(memoryview(samples(resource("sounds", f"{cue}.wav"))).cast("h"))


@pytest.mark.parametrize("cue", Cue)
def test_every_cue_is_short_and_quiet(cue: Cue) -> None:
    assert 1000 < loudest(cue) < 2000
    assert len(samples(resource("sounds", f"{cue}.wav"))) / 2 / 22_050 < 0.2


def test_the_tool_makes_the_very_sounds_that_ship(tmp_path: Path) -> None:
    script = (
        f"import tools.sounds.make_sounds as m; from pathlib import Path; m.FOLDER = Path({str(tmp_path)!r}); m.main()"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {
        file.name: file.read_bytes() for file in resource("sounds").iterdir()
    }


def play(cue: Cue, config: Path) -> "subprocess.CompletedProcess[bytes]":
    environment = {"PYTHONPATH": str(ROOT / "desktop"), "ALSA_CONFIG_PATH": str(config), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        [sys.executable, "-c", PLAY, cue], env=environment, capture_output=True, check=True, timeout=60
    )


def test_a_cue_is_played_whole(tmp_path: Path) -> None:
    (tmp_path / "asound.conf").write_text(ALSA_INTO_A_FILE.format(file=tmp_path / "played"))
    play(Cue.LISTENING, tmp_path / "asound.conf")
    assert (tmp_path / "played").read_bytes().startswith(samples(resource("sounds", "listening.wav")))


@pytest.mark.parametrize("config", ["pcm.null { type null }", ""])
def test_without_a_device_nothing_happens(config: str, tmp_path: Path) -> None:
    (tmp_path / "asound.conf").write_text(config)
    ran = play(Cue.DONE, tmp_path / "asound.conf")
    assert (ran.stdout, ran.stderr) == (b"", b"")


async def test_nobody_waits_for_a_cue_and_after_the_end_there_is_none() -> None:
    cues = SoundCues()
    for _ in range(100):
        cues.play(Cue.ERROR)
    async with asyncio.timeout(HANGS_S):
        await cues.close()
        await cues.close()
    cues.play(Cue.ERROR)


async def test_the_cue_is_no_word_for_the_recogniser() -> None:
    recognizer = VoskRecognizer(starter_model())
    await recognizer.open()
    resampled: Any = soxr.resample(np.frombuffer(samples(resource("sounds", "listening.wav")), "<i2"), 22_050, 16_000)
    cue = resampled.astype("<i2")
    spoken = np.frombuffer(await synthesise("what time is it"), "<i2").copy()
    spoken[: len(cue)] += cue
    for sound, text in ((np.concatenate([cue, np.zeros(8_000, "<i2")]), ""), (spoken, "what time is it")):
        utterance = recognizer.begin(lambda _text: None)
        utterance.feed(sound.tobytes())
        assert (await utterance.finish()).text == text
    await recognizer.close()
