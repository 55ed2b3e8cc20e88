"""Release to text, CPU and memory, with sound that comes as fast as a microphone's (see `hearing`)."""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sottovoce.adapters.recognition.sherpa import OpenRecognizer
from sottovoce.adapters.recognition.two_engines import TwoEngineRecognizer
from sottovoce.adapters.recognition.vosk import VoskRecognizer
from sottovoce.domain.audio import BLOCK_BYTES, BLOCK_MS, SAMPLE_RATE_HZ, blocks_of
from sottovoce.home.sound import sense_of
from sottovoce.resources import starter_model
from tests.benchmarks import hearing_sets as sets
from tests.benchmarks.hearing import recorded
from tests.benchmarks.hearing_voices import flite

if TYPE_CHECKING:
    from sottovoce.adapters.recognition.port import SpeechRecognizer

TAIL_MS = 120
LENGTHS = {2: 3, 5: 3, 10: 3, 15: 2, 30: 1}
QUICK_LENGTHS = {2: 1, 5: 1}
ALONE_LENGTHS = {2: 5, 5: 5, 10: 5, 15: 3, 30: 3, 60: 2}
IDLE_S = 5.0
SURE = ("what time is it", "what can you do", "what day is it today", "why did you say that", "what do i like")


def memory_mb() -> dict[str, float]:
    """Of this process: now and at its most."""
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text("ascii").splitlines())
    return {name: int(lines[key].split()[0]) / 1024 for name, key in (("now", "VmRSS"), ("peak", "VmHWM"))}


def pcm_of(sound: sets.Sound) -> bytes:
    """16-bit mono."""
    return bytes((sound * 32767).clip(-32768, 32767).astype("<i2").tobytes())


def without_pauses(sound: sets.Sound) -> sets.Sound:
    """The same words with nothing quiet between them."""
    windows = sound[: len(sound) // 320 * 320].reshape(-1, 320)
    levels = np.sqrt(np.square(windows).mean(axis=1))
    return np.asarray(windows[levels > np.percentile(levels, 95) * 0.03].reshape(-1))


@dataclass(frozen=True, slots=True)
class Timed:
    """What one recording took."""

    late_ms: float
    """From the end of the tail to the text."""
    late_cpu_ms: float
    """Of a processor in that time: what is left of it on a machine that does nothing else."""
    processors: float
    """Used until the end of the tail."""


async def in_real_time(recognizer: SpeechRecognizer, pcm: bytes) -> Timed:
    """Feed a recording and the tail as a microphone does."""
    utterance = recognizer.begin(lambda _text: None)
    started, cpu = time.monotonic(), time.process_time()
    for number, block in enumerate(blocks_of(pcm + bytes(TAIL_MS // BLOCK_MS * BLOCK_BYTES)), 1):
        await asyncio.sleep(max(0.0, started + number * BLOCK_MS / 1000 - time.monotonic()))
        utterance.feed(block)
    ended, used = time.monotonic(), time.process_time()
    await utterance.finish()
    return Timed(
        late_ms=(time.monotonic() - ended) * 1000,
        late_cpu_ms=(time.process_time() - used) * 1000,
        processors=(used - cpu) / (ended - started),
    )


async def released(recognizer: SpeechRecognizer, speech: sets.Sound, lengths: dict[int, int]) -> dict[str, Any]:
    """Free speech of several lengths, each from other places."""
    found: dict[str, Any] = {}
    for seconds, times in lengths.items():
        count = seconds * SAMPLE_RATE_HZ
        starts = [turn * 37_000 % max(1, len(speech) - count) for turn in range(times)]
        timed = [await in_real_time(recognizer, pcm_of(speech[start : start + count])) for start in starts]
        found[f"{seconds} s"] = {
            "turns": times,
            "median_ms": round(statistics.median(one.late_ms for one in timed)),
            "worst_ms": round(max(one.late_ms for one in timed)),
            "median_cpu_ms": round(statistics.median(one.late_cpu_ms for one in timed)),
            "worst_cpu_ms": round(max(one.late_cpu_ms for one in timed)),
            "processors": round(statistics.mean(one.processors for one in timed), 2),
        }
    return found


def on_its_own(free: OpenRecognizer, pcm: bytes) -> float:
    """Milliseconds from release to the open engine's text if it had a processor of its own.

    The sound comes as fast as a microphone's by a clock that goes on with the processor time of decoding alone: what
    else the machine does is left out, and nothing of what the engine still has to do when a block comes.
    """
    phrases = free.new_phrases(lambda: False)
    blocks = list(blocks_of(pcm + bytes(TAIL_MS // BLOCK_MS * BLOCK_BYTES)))
    ready_s = 0.0
    for number, block in enumerate(blocks, 1):
        begun_s = max(ready_s, number * BLOCK_MS / 1000)
        waits = number < len(blocks) and (number + 1) * BLOCK_MS / 1000 <= begun_s
        used = time.thread_time()
        phrases.hear(block, more=waits)
        ready_s = begun_s + time.thread_time() - used
    released_s = len(blocks) * BLOCK_MS / 1000
    used = time.thread_time()
    phrases.final()
    return (max(ready_s, released_s) + time.thread_time() - used - released_s) * 1000


def released_on_its_own(speech: sets.Sound, lengths: dict[int, int]) -> dict[str, Any]:
    """The same lengths, each from other places, with a processor for the open engine."""
    free, found = OpenRecognizer(), {}
    free.load()
    for seconds, times in lengths.items():
        count = seconds * SAMPLE_RATE_HZ
        starts = [turn * 37_000 % max(1, len(speech) - count) for turn in range(times)]
        late = [on_its_own(free, pcm_of(speech[start : start + count])) for start in starts]
        found[f"{seconds} s"] = {
            "turns": times,
            "median_ms": round(statistics.median(late)),
            "worst_ms": round(max(late)),
        }
    return found


async def sure_commands(small: VoskRecognizer, both: SpeechRecognizer, cache: Path, times: int) -> dict[str, float]:
    """Commands that the small engine is sure of, beside that engine alone."""
    alone, beside = [], []
    for text in SURE[:times]:
        pcm = pcm_of(flite(text, cache))
        alone.append((await in_real_time(small, pcm)).late_ms)
        beside.append((await in_real_time(both, pcm)).late_ms)
    found = {"small_ms": statistics.median(alone), "both_ms": statistics.median(beside)}
    found["over_small_ms"] = statistics.median(two - one for one, two in zip(alone, beside, strict=True))
    return {name: round(value, 1) for name, value in found.items()}


async def measured(folder: Path, *, quick: bool) -> dict[str, Any]:
    """Small engine first, so that its memory is its own."""
    speech = np.concatenate([sound for _, _, sound in recorded(folder, (*sets.SPEECH, *sets.TELEPHONE))])
    long = pcm_of(speech[: 60 * SAMPLE_RATE_HZ])
    small = VoskRecognizer(starter_model())
    await small.open()
    await small.transcribe(long)
    alone = memory_mb()
    both = TwoEngineRecognizer(small, OpenRecognizer(), sense_of)
    await both.transcribe(long)
    beside = memory_mb()
    lengths = QUICK_LENGTHS if quick else LENGTHS
    cpu, began = time.process_time(), time.monotonic()
    await asyncio.sleep(IDLE_S)
    idle = (time.process_time() - cpu) / (time.monotonic() - began)
    found = {
        "free_speech": await released(both, speech, lengths),
        "free_speech_without_pauses": await released(both, without_pauses(speech), lengths),
        "sure_commands": await sure_commands(small, both, folder / "voices", 1 if quick else len(SURE)),
        "memory_over_small_mb": {name: round(beside[name] - alone[name]) for name in alone},
        "memory_after_turns_over_small_mb": round(memory_mb()["now"] - alone["now"]),
        "idle_processors": round(idle, 4),
    }
    await both.close()
    alone_lengths = QUICK_LENGTHS if quick else ALONE_LENGTHS
    found["free_speech_on_its_own"] = released_on_its_own(speech, alone_lengths)
    found["free_speech_without_pauses_on_its_own"] = released_on_its_own(without_pauses(speech), alone_lengths)
    return found


def main() -> None:
    """Print one JSON object."""
    print(json.dumps(asyncio.run(measured(Path(sys.argv[1]), quick="--quick" in sys.argv))))


if __name__ == "__main__":
    main()
