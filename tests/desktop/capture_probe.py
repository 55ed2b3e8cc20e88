"""What `benchmarks.capture` runs inside the virtual desktop: what of running speech is captured, against a reference.

    python -m tests.desktop.capture_probe SPEECH.wav PRESSES ENDS

SPEECH.wav (16 kHz mono) is played into the microphone. The reference is the sound server's own recording of the same
source; the places of captured sound in it are found by correlation. One JSON object is printed.
"""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from array import array
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile

from sottovoce.adapters.microphone import SoundDeviceMicrophone
from sottovoce.domain.turns import Transcript, TurnLimits
from sottovoce.talk.gain import AutomaticGain
from sottovoce.talk.listening import Listening

RATE_HZ = 16_000
PIECE = RATE_HZ // 5
"""Samples (0.2 s) that are looked for in the reference."""
LIKENESS = 0.7
NEAR_S = 1.0
LOUD = 500
"""Samples beyond this are the voice's (espeak's silence is 0, its quietest consonants reach 1000)."""
EARLY_S = (0.0, 0.15)
"""How long before the end of what is said the key comes up."""


class Reference(threading.Thread):
    """The sound server's recording of the microphone, with the moments at which it came."""

    def __init__(self) -> None:
        super().__init__()
        self._recorder = subprocess.Popen(
            (
                "parec",
                "--device=virtmic",
                "--latency-msec=10",
                "--format=s16le",
                "--rate=16000",
                "--channels=1",
                "--raw",
            ),
            stdout=subprocess.PIPE,
        )
        self.sound = array("h")
        self._came: list[tuple[float, int]] = []
        """When how many samples were there."""
        self.start()

    def run(self) -> None:
        while piece := self._recorder.stdout.read(160) if self._recorder.stdout else b"":
            self.sound.frombytes(piece)
            self._came.append((time.monotonic(), len(self.sound)))

    def at(self, moment_s: float) -> float:
        """How many samples there could have been at that moment, on the shortest way."""
        return (moment_s - self._least_s(lambda at_s, _: abs(at_s - moment_s) < NEAR_S)) * RATE_HZ

    def moment(self, sample: float) -> float:
        """When that sample can have been there first."""
        return self._least_s(lambda _, there: abs(there - sample) < NEAR_S * RATE_HZ) + sample / RATE_HZ

    def _least_s(self, near: Callable[[float, int], bool]) -> float:
        """When the recording began, as its samples near some place tell: a server that is held up leaves some out."""
        came = list(self._came)
        return min(at_s - there / RATE_HZ for at_s, there in [one for one in came if near(*one)] or came)

    def place(self, captured: np.ndarray, around: float, within_s: float = 2.0) -> int | None:
        """Where in the recording, near some sample, a captured piece of 0.2 s begins."""
        first = max(0, round(around - within_s * RATE_HZ))
        last = round(around + within_s * RATE_HZ)
        whole = np.frombuffer(self.sound[first:last].tobytes(), "<i2").astype(np.float64)
        power = np.convolve(whole**2, np.ones(PIECE), "valid")
        size = len(whole) + PIECE
        products = np.fft.irfft(np.fft.rfft(whole, size) * np.conj(np.fft.rfft(captured, size)), size)[: len(power)]
        likeness = products / np.sqrt(np.maximum(power, 1.0) * max(1.0, float(np.sum(captured**2))))
        best = int(np.argmax(likeness))
        return first + best if likeness[best] >= LIKENESS else None

    def close(self) -> None:
        self._recorder.terminate()
        self.join()
        self._recorder.communicate()


class Collected:
    """An utterance that keeps what it is fed."""

    def __init__(self) -> None:
        self.pcm = b""

    def feed(self, pcm: bytes) -> None:
        self.pcm += pcm

    async def finish(self) -> Transcript:
        return Transcript(text="")

    def cancel(self) -> None:
        """Nothing is held."""


def loudest(sound: np.ndarray) -> int:
    """Where the loudest 0.2 s of it begin."""
    return int(np.argmax(np.convolve(sound**2, np.ones(PIECE), "valid")))


def place_of(reference: Reference, pcm: bytes, around: float, within_s: float = 2.0) -> int | None:
    """Where in the reference the first captured sample is, which must be near some sample."""
    sound = np.frombuffer(pcm, "<i2").astype(np.float64)
    start = loudest(sound)
    found = reference.place(sound[start : start + PIECE], around + start, within_s)
    return None if found is None else found - start


async def lost_at_press(reference: Reference, presses: int, *, preroll: bool) -> list[float]:
    """Milliseconds of speech under way that were lost at each press; less than nothing where some came before it."""
    microphone = SoundDeviceMicrophone(preroll=preroll)
    await microphone.open()
    captured: list[tuple[float, bytes]] = []
    await asyncio.sleep(1)
    for _ in range(presses):
        await asyncio.sleep(0.4 + random.random() * 0.2)  # noqa: S311 - a pause
        pressed_s, pcm = time.monotonic(), b""
        async with microphone.listen() as blocks:
            async for block in blocks:
                pcm += block
                if len(pcm) >= RATE_HZ:  # half a second
                    break
        captured.append((pressed_s, pcm))
    await microphone.close()
    lost = []
    for pressed_s, pcm in captured:
        place = place_of(reference, pcm, reference.at(pressed_s))
        if place is not None:
            lost.append((place - reference.at(pressed_s)) * 1000 / RATE_HZ)
    return lost


async def cut_at_release(reference: Reference, speech: Path, early_s: float) -> float:
    """Milliseconds of the last word that are missing where the key comes up so long before its end."""
    said, rate = soundfile.read(speech, dtype="int16")
    voiced = np.flatnonzero(np.abs(said.astype(int)) > LOUD) * RATE_HZ / rate
    microphone, utterance = SoundDeviceMicrophone(), Collected()
    listening = Listening(microphone, TurnLimits(), lambda _: None, AutomaticGain())
    before = len(reference.sound)
    recording = asyncio.create_task(listening.run(utterance))
    player = await asyncio.create_subprocess_exec("paplay", "--device=mic_in", "--latency-msec=200", speech)
    onset = None
    while onset is None:
        await asyncio.sleep(0.02)
        heard = np.frombuffer(reference.sound[before:].tobytes(), "<i2")
        loud = np.flatnonzero(np.abs(heard.astype(int)) > LOUD)
        onset = before + int(loud[0]) if len(loud) else None
    end = onset + int(voiced[-1] - voiced[0])
    await asyncio.sleep(reference.moment(end) - early_s - time.monotonic())
    listening.start_tail(asyncio.get_running_loop().time())
    await recording
    await player.wait()
    await microphone.close()
    await asyncio.sleep(0.3)  # the reference has it, too
    place = place_of(reference, utterance.pcm, onset, 30.0)
    if place is None:
        raise RuntimeError("nothing of the speech was captured")
    return max(0.0, (end - place - len(utterance.pcm) / 2) * 1000 / RATE_HZ)


async def main() -> None:
    speech, presses, ends = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    reference = Reference()
    player = await asyncio.create_subprocess_shell(
        f"while paplay --device=mic_in --latency-msec=200 {speech}; do :; done", start_new_session=True
    )
    result: dict[str, list[float]] = {}
    await asyncio.sleep(1)
    try:
        for name, preroll in (("lost_ms", False), ("lost_with_preroll_ms", True)):
            result[name] = [round(ms, 1) for ms in await lost_at_press(reference, presses, preroll=preroll)]
    finally:
        os.killpg(player.pid, signal.SIGKILL)
        await player.wait()
        reference.close()
    await asyncio.sleep(1)  # what still plays
    for early_s in EARLY_S:
        cut = []
        for _ in range(ends):
            reference = Reference()
            await asyncio.sleep(0.3)
            cut.append(round(await cut_at_release(reference, speech, early_s), 1))
            reference.close()
        result[f"cut_{round(early_s * 1000)}_ms_early_ms"] = cut
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    asyncio.run(main())
