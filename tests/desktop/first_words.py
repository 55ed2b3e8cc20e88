"""First presses of fresh processes, many at once: is the first word there, and if not, where was it lost?

    python -m tests.desktop.first_words [PRESSES [TOGETHER [BUSY]]]

TOGETHER processes are pressed at the same moment and hear the same sentence, while BUSY others keep processors busy.
A recording taken beside them by the sound server shows for each that lost a word what its recogniser got, piece by
piece.
"""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.desktop.app import rendered
from tests.desktop.deskbox import Desk, DeskOptions
from tests.waiting import wait_for

ROOT = Path(__file__).resolve().parents[2]
PYTHONPATH = (str(ROOT / "desktop"), str(ROOT))
SENTENCE = "remember that i like music"
RATE_HZ = 16_000
PIECE = RATE_HZ // 10
LIMIT_S = 60.0
LIKENESS = 0.8
"""Correlation from which a piece of what was heard is that place of the recording."""


@dataclass(frozen=True, slots=True)
class Press:
    """What came of one first press."""

    heard: str
    first_ms: int
    """From the press to “Listening”, which comes with the first sound."""
    got: bytes
    """What the recogniser got: 16-bit mono at 16 000 Hz."""


class _Probe:
    def __init__(self, desk: Desk, number: int) -> None:
        self.file = desk.root / f"heard-{number}.raw"
        self._log = f"first-words-{number}"
        self._desk = desk
        command = (sys.executable, "-m", "tests.desktop.first_words_probe", self.file)
        self.process = desk.popen(*command, log=self._log, env={"PYTHONPATH": os.pathsep.join(PYTHONPATH)})

    def told(self, word: str) -> str | None:
        """What it told after `word`; None if it has not yet."""
        lines = (line.partition(" ") for line in self._desk.log(self._log).splitlines())
        return next((rest for first, _, rest in lines if first == word), None)

    def signal(self, number: int) -> None:
        self.process.send_signal(number)


def presses(desk: Desk, together: int, number: int = 0) -> list[Press]:
    """Press in so many fresh processes at once, say one sentence to all of them, and let go."""
    wav = desk.root / "sentence.wav"
    if not wav.exists():
        rendered(desk, SENTENCE, wav)
    probes = [_Probe(desk, number + place) for place in range(together)]
    wait_for(lambda: all(probe.told("ready") is not None for probe in probes), LIMIT_S, "the processes")
    pressed, first_ms = time.monotonic(), {}
    for probe in probes:
        probe.signal(signal.SIGUSR1)

    def all_listen() -> bool:
        for probe in probes:
            if probe not in first_ms and probe.told("listening") is not None:
                first_ms[probe] = round((time.monotonic() - pressed) * 1000)
        return len(first_ms) == len(probes)

    wait_for(all_listen, LIMIT_S, "all listen")
    desk.sound.play(wav)
    for probe in probes:
        probe.signal(signal.SIGUSR2)
    for probe in probes:
        probe.process.wait(LIMIT_S)
    return [Press(probe.told("heard") or "", first_ms[probe], probe.file.read_bytes()) for probe in probes]


def places(got: bytes, recording: bytes) -> list[int | None]:
    """Where in the recording each 100 ms of what was heard are, in ms; None for silence and what is nowhere."""
    heard = np.frombuffer(got, "<i2").astype(np.float64)
    whole = np.frombuffer(recording[: len(recording) // 2 * 2], "<i2").astype(np.float64)
    power = np.convolve(whole**2, np.ones(PIECE), "valid")
    found: list[int | None] = []
    for start in range(0, len(heard) - PIECE + 1, PIECE):
        piece = heard[start : start + PIECE]
        size = len(whole) + PIECE
        products = np.fft.irfft(np.fft.rfft(whole, size) * np.conj(np.fft.rfft(piece, size)), size)[: len(power)]
        likeness = products / np.sqrt(np.maximum(power, 1.0) * max(1.0, float(np.sum(piece**2))))
        best = int(np.argmax(likeness))
        found.append(best * 1000 // RATE_HZ if likeness[best] >= LIKENESS else None)
    return found


def main(wanted: int = 500, together: int = 10, busy: int = 2) -> int:
    """Run it; returns how many lost a word."""
    lost: list[Press] = []
    times: list[int] = []
    with Desk(DeskOptions(tray="none", keyring="none", notifications=False)) as desk:
        desk.sound.await_samples()
        load = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(busy)]
        try:
            for number in range(0, wanted, together):
                done, recording = _recorded(desk, together, number)
                times += [press.first_ms for press in done]
                for press in done:
                    if press.heard != SENTENCE:
                        lost.append(press)
                        _say(f"{press.heard!r}: at ms {places(press.got, recording)}")
                _say(f"{number + together} presses, {len(lost)} lost a word")
        finally:
            for process in load:
                process.kill()
                process.wait()
    times.sort()
    _say(f"press to first sound: median {times[len(times) // 2]} ms, most {times[-1]} ms")
    return len(lost)


def _recorded(desk: Desk, together: int, number: int) -> tuple[list[Press], bytes]:
    file = desk.root / "beside.raw"
    with file.open("wb") as out:
        recorder = desk.popen("parec", "--device=virtmic", *_FORMAT, stdout=out.fileno())
        done = presses(desk, together, number)
        recorder.terminate()
        recorder.wait(LIMIT_S)
    return done, file.read_bytes()


_FORMAT = ("--latency-msec=20", "--format=s16le", "--rate=16000", "--channels=1", "--raw")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(min(main(*(int(word) for word in sys.argv[1:])), 1))
