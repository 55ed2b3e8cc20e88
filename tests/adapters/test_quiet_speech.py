"""Quiet speech is understood as well as loud speech, by the models that ship."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sottovoce.adapters.synthesis import synthesise
from sottovoce.domain.audio import blocks_of
from sottovoce.domain.microphones import level_of
from sottovoce.home.sound import make_recognizer
from sottovoce.resources import starter_model
from sottovoce.talk.gain import AutomaticGain
from sottovoce.talk.speech_level import SpeechLevel

if TYPE_CHECKING:
    from collections.abc import Iterator

SENTENCES = ("what time is it", "set a timer for five minutes", "the old train to the city leaves in the morning")
LEVELS = (-20.0, -40.0)
ROOM_DBFS = -78.0


def in_a_room(pcm: bytes, speech_dbfs: float) -> bytes:
    """The voice at that mean level, with the noise of a quiet room."""
    said = np.concatenate([np.zeros(3200), np.frombuffer(pcm, "<i2").astype(float), np.zeros(4800)])
    voiced = said[np.abs(said) > 200]  # espeak's own silence is 0
    said *= 32_768 * 10 ** (speech_dbfs / 20) / np.sqrt(np.mean(voiced**2))
    said += np.random.default_rng(1).normal(0, 32_768 * 10 ** (ROOM_DBFS / 20), len(said))
    return np.clip(np.round(said), -32_768, 32_767).astype("<i2").tobytes()


def as_captured(pcm: bytes, gain: AutomaticGain) -> Iterator[bytes]:
    """What the recogniser gets of it."""
    heard = SpeechLevel()
    for block in blocks_of(pcm):
        level = level_of(block)
        heard.hear(level)
        yield gain.applied(block, level, heard)


async def test_quiet_speech_is_understood_as_loud_speech_is() -> None:
    recognizer = make_recognizer(starter_model())
    await recognizer.open()
    gain, missed = AutomaticGain(), dict.fromkeys(LEVELS, 0)
    try:
        for sentence in SENTENCES:
            pcm = await synthesise(sentence)
            for speech_dbfs in LEVELS:
                captured = b"".join(as_captured(in_a_room(pcm, speech_dbfs), gain))
                heard = (await recognizer.transcribe(captured)).text.split()
                missed[speech_dbfs] += sum(word not in heard for word in sentence.split())
    finally:
        await recognizer.close()
    assert missed[LEVELS[0]] <= 2, "of a synthetic voice"
    assert max(missed.values()) <= missed[LEVELS[0]] + 1
