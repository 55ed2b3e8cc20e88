"""Whether somebody speaks, by the real network."""

from __future__ import annotations

import random
from array import array
from typing import TYPE_CHECKING

from sottovoce.adapters.synthesis import synthesise
from sottovoce.adapters.voice_activity import SileroActivity, SileroHeard
from sottovoce.domain.audio import SAMPLE_RATE_HZ, blocks_of

if TYPE_CHECKING:
    from pathlib import Path


def hiss(seconds: float) -> bytes:
    source = random.Random(1)  # noqa: S311 - a noise, not a secret
    return array("h", (round(source.gauss(0, 300)) for _ in range(round(seconds * SAMPLE_RATE_HZ)))).tobytes()


async def judged(activity: SileroActivity, *pieces: bytes) -> SileroHeard:
    heard = activity.begin()
    for piece in pieces:
        for block in blocks_of(piece):
            heard.hear(block)
    await activity.caught_up()
    return heard


async def test_speech_is_heard_and_the_pause_after_it_measured() -> None:
    activity = SileroActivity()
    assert not (await judged(activity, hiss(1))).has_spoken
    heard = await judged(activity, await synthesise("what time is it"), hiss(2))
    assert heard.has_spoken
    assert 1500 < heard.silent_ms < 2500
    assert not (await judged(activity, hiss(1))).has_spoken, "nothing of the former recording"
    await activity.close()
    await activity.close()
    heard.hear(hiss(0.1))


async def test_without_its_network_it_says_that_it_cannot_tell(tmp_path: Path) -> None:
    activity = SileroActivity(tmp_path / "gone.onnx")
    assert not (await judged(activity, hiss(0.5))).works
    await activity.close()
