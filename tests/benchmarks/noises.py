"""Forty-two sounds of 60 s with nobody near speaking in them, made anew to the same samples each time.

Far-off talk is espeak-ng's, sent through a wall (low pass), a room (reverberation) and a distance (level).
"""

from __future__ import annotations

import io
import subprocess
from typing import TYPE_CHECKING, Any

import numpy as np
import soundfile
import soxr

from sottovoce.domain.audio import SAMPLE_RATE_HZ as RATE

if TYPE_CHECKING:
    from collections.abc import Callable

Sound = np.ndarray[Any, np.dtype[np.float64]]
LONG_S = 60

TALK = (
    "well i told him that we should have left much earlier because of the traffic on the bridge",
    "no the other one was cheaper but it did not fit into the corner behind the door",
    "and then she asked me what time it was and whether i would like some more coffee",
    "set the table please and call your brother he is in the garden i think",
)


def _random(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def _time(seconds: float) -> Sound:
    return np.arange(round(seconds * RATE)) / RATE


def coloured(seed: int, power: float, seconds: float = LONG_S) -> Sound:
    """Noise whose power falls with frequency to this power (0 white, 1 pink, 2 brown), RMS 1."""
    count = round(seconds * RATE)
    spectrum = np.fft.rfft(_random(seed).normal(0, 1, count))
    spectrum /= np.maximum(20, np.fft.rfftfreq(count, 1 / RATE)) ** (power / 2)
    noise = np.fft.irfft(spectrum, count)
    return np.asarray(noise / noise.std())


def band(sound: Sound, low_hz: float, high_hz: float) -> Sound:
    """Only these frequencies, RMS 1."""
    spectrum, hz = np.fft.rfft(sound), np.fft.rfftfreq(len(sound), 1 / RATE)
    spectrum[(hz < low_hz) | (hz > high_hz)] = 0
    filtered = np.fft.irfft(spectrum, len(sound))
    return np.asarray(filtered / filtered.std())


def scattered(seed: int, a_minute: float, make: Callable[[np.random.Generator], Sound]) -> Sound:
    """Single sounds at random moments."""
    draw, whole = _random(seed), np.zeros(LONG_S * RATE)
    for _ in range(round(a_minute * LONG_S / 60)):
        one = make(draw)[: len(whole) - RATE]
        at = int(draw.integers(0, len(whole) - len(one)))
        whole[at : at + len(one)] += one * draw.uniform(0.5, 1.0)
    return whole


def burst(seconds: float, decay_s: float, low_hz: float, high_hz: float) -> Callable[[np.random.Generator], Sound]:
    """A burst of filtered noise that dies away."""

    def make(draw: np.random.Generator) -> Sound:
        time = _time(seconds)
        return (
            band(draw.normal(0, 1, len(time)), low_hz, high_hz) * np.exp(-time / decay_s) * np.minimum(1, time / 0.003)
        )

    return make


def tone(hz: float, seconds: float, decay_s: float = 10.0, partials: tuple[float, ...] = (1.0,)) -> Sound:
    """A note with overtones."""
    time = _time(seconds)
    sound = sum(part * np.sin(2 * np.pi * hz * number * time) for number, part in enumerate(partials, 1))
    return np.asarray(sound) * np.exp(-time / decay_s) * np.minimum(1, np.minimum(time, seconds - time) / 0.01)


def notes(seed: int, length_s: float, decay_s: float, partials: tuple[float, ...]) -> Sound:
    """A melody over a pentatonic scale."""
    draw = _random(seed)
    scale = [220 * 2 ** (step / 12) for step in (0, 2, 4, 7, 9, 12, 14, 16)]
    count = round(LONG_S / length_s)
    return np.concatenate([tone(float(draw.choice(scale)), length_s, decay_s, partials) for _ in range(count)])


def vibrato() -> Sound:
    """Like a violin: slides and trembles."""
    time, draw = _time(LONG_S), _random(31)
    steps = np.repeat(draw.choice([220, 247, 294, 330, 370, 440], LONG_S * 2), RATE // 2)
    pitch = np.convolve(steps, np.ones(1600) / 1600, "same") * (1 + 0.01 * np.sin(2 * np.pi * 5.5 * time))
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    return np.asarray(sum(np.sin(phase * number) / number for number in range(1, 9)))


def drums() -> Sound:
    """Kick, snare and hi-hat at 110 beats a minute."""
    whole, draw, beat = np.zeros(LONG_S * RATE), _random(33), round(RATE * 60 / 110 / 2)
    kick = tone(60, 0.25, 0.08)
    for number, at in enumerate(range(0, len(whole) - RATE, beat)):
        hat = burst(0.08, 0.02, 5000, 7900)(draw) * 0.3
        whole[at : at + len(hat)] += hat
        if number % 4 == 0:
            whole[at : at + len(kick)] += kick * 2
        if number % 4 == 2:
            snare = burst(0.2, 0.06, 400, 6000)(draw)
            whole[at : at + len(snare)] += snare
    return whole


def cough(draw: np.random.Generator) -> Sound:
    """An explosion of breath, then a rough voiced end."""
    first = burst(0.12, 0.05, 300, 5000)(draw) * 1.5
    rough = np.sign(np.sin(2 * np.pi * draw.uniform(90, 140) * _time(0.2))) * np.exp(-_time(0.2) / 0.06)
    second = band(rough + 0.5 * draw.normal(0, 1, len(rough)), 200, 3000) * np.exp(-_time(0.2) / 0.07) * 0.7
    return np.concatenate([first, second])


def bark(draw: np.random.Generator) -> Sound:
    """A dog, some doors away."""
    time = _time(0.18)
    pitch = draw.uniform(400, 550) * (1 - 0.4 * time / 0.18)
    voice = np.sign(np.sin(2 * np.pi * np.cumsum(pitch) / RATE)) + draw.normal(0, 0.5, len(time))
    return np.asarray(band(voice, 300, 2500) * np.sin(np.pi * time / 0.18))


def chirp(draw: np.random.Generator) -> Sound:
    """A bird."""
    time = _time(0.12)
    pitch = draw.uniform(2500, 4500) + 1500 * np.sin(2 * np.pi * draw.uniform(10, 25) * time)
    return np.asarray(np.sin(2 * np.pi * np.cumsum(pitch) / RATE) * np.sin(np.pi * time / 0.12))


def clink(draw: np.random.Generator) -> Sound:
    """A fork on a plate."""
    return tone(draw.uniform(2500, 5000), 0.3, 0.05, (1.0, 0.5, 0.3, 0.2))


def ringing(low_hz: float, high_hz: float, on_s: float, every_s: float) -> Sound:
    """Two tones in turns, on for so long every so often: a telephone, an alarm."""
    time = _time(LONG_S)
    sound = np.where(time * 20 % 2 < 1, np.sin(2 * np.pi * low_hz * time), np.sin(2 * np.pi * high_hz * time))
    return np.asarray(sound * (time % every_s < on_s))


def siren() -> Sound:
    """Up and down between 500 and 1,400 Hz."""
    time = _time(LONG_S)
    pitch = 950 + 450 * np.sin(2 * np.pi * time / 4)
    return np.asarray(np.sin(2 * np.pi * np.cumsum(pitch) / RATE))


def engine() -> Sound:
    """A motor whose speed changes."""
    time = _time(LONG_S)
    phase = 2 * np.pi * np.cumsum(28 + 8 * np.sin(2 * np.pi * time / 11)) / RATE
    return np.asarray(sum(np.sin(phase * number + number) / number for number in range(1, 20))) + coloured(41, 2) * 0.3


def gusts(seed: int, power: float, period_s: float) -> Sound:
    """Noise that swells: wind, breath, waves."""
    return np.asarray(coloured(seed, power) * np.sin(np.pi * _time(LONG_S) / period_s) ** 2)


def talking(voice: str, first: int) -> Sound:
    """A minute of talk of one voice, near."""
    text = ". ".join(TALK[first:] + TALK[:first])
    made = subprocess.run(
        ("espeak-ng", "-v", voice, "-s", "165", "--stdout", text), capture_output=True, check=True
    ).stdout
    samples, rate = soundfile.read(io.BytesIO(made))
    sound = np.asarray(soxr.resample(samples, rate, RATE))
    return np.resize(np.concatenate([sound, np.zeros(RATE)]), LONG_S * RATE)


def distant(sounds: list[Sound], level_db: float, *, room_s: float = 0.7, floor_db: float = -66) -> Sound:
    """As heard from another room, with its loud parts at `level_db` of full scale."""
    count = round(room_s * RATE)
    room = _random(51).normal(0, 1, count) * np.exp(-6.9 * np.arange(count) / count)
    size = LONG_S * RATE + count
    wet = np.fft.irfft(np.fft.rfft(np.sum(sounds, axis=0), size) * np.fft.rfft(room, size), size)[: LONG_S * RATE]
    wet = band(wet, 100, 2500)
    loud = np.sqrt(np.percentile(np.square(wet).reshape(-1, 320).mean(1), 90))
    return np.asarray(wet / loud * 10 ** (level_db / 20) + coloured(52, 1) * 10 ** (floor_db / 20))


def _leveled(sound: Sound, peak: float) -> Sound:
    return np.asarray(sound / np.abs(sound).max() * peak)


def noises() -> dict[str, Callable[[], Sound]]:
    """What makes each of them, by name; samples from -1 to 1 at 16 kHz."""
    organ, string = (1.0, 0.5, 0.3, 0.2), (1.0, 0.6, 0.4, 0.3, 0.2, 0.1)
    time = _time(LONG_S)
    steady: dict[str, Callable[[], Sound]] = {
        "hiss, quiet": lambda: coloured(1, 0) * 0.002,
        "hiss": lambda: coloured(2, 0) * 0.02,
        "hiss, loud": lambda: coloured(3, 0) * 0.15,
        "pink noise": lambda: coloured(4, 1) * 0.05,
        "brown noise": lambda: coloured(5, 2) * 0.1,
        "fan": lambda: (coloured(6, 1) + np.sin(2 * np.pi * 120 * time)) * 0.04,
        "air conditioning": lambda: band(coloured(7, 2), 60, 900) * 0.08,
        "vacuum cleaner": lambda: (coloured(8, 0.5) + tone(310, LONG_S, 1e9, organ)) * 0.1,
        "mains hum 50 Hz": lambda: tone(50, LONG_S, 1e9, string) * 0.2,
        "mains hum 60 Hz": lambda: tone(60, LONG_S, 1e9, organ) * 0.2,
        "rain": lambda: coloured(9, 0) * 0.02 + scattered(10, 3000, burst(0.02, 0.004, 1000, 7000)) * 0.03,
        "running water": lambda: band(coloured(11, 0), 400, 6000) * (0.06 + 0.02 * np.sin(2 * np.pi * 3 * time)),
        "wind": lambda: gusts(12, 2, 5) * 0.15,
        "breathing into the microphone": lambda: gusts(13, 1, 2.2) * 0.08,
        "car": lambda: _leveled(engine(), 0.5),
    }
    single: dict[str, Callable[[], Sound]] = {
        "keyboard": lambda: _leveled(scattered(20, 350, burst(0.04, 0.006, 1500, 7500)), 0.3),
        "keyboard, loud and fast": lambda: _leveled(scattered(21, 600, burst(0.06, 0.01, 300, 7000)), 0.8),
        "mouse": lambda: _leveled(scattered(22, 60, burst(0.015, 0.003, 2000, 7900)), 0.4),
        "door": lambda: _leveled(scattered(23, 10, burst(0.8, 0.12, 40, 500)), 0.9),
        "door, slammed": lambda: _leveled(scattered(24, 8, burst(0.6, 0.08, 50, 3000)), 1.0),
        "knocking": lambda: _leveled(scattered(25, 90, burst(0.12, 0.02, 100, 1500)), 0.7),
        "footsteps": lambda: _leveled(scattered(26, 110, burst(0.15, 0.03, 60, 900)), 0.4),
        "cough": lambda: _leveled(scattered(27, 14, cough), 0.8),
        "cough, quiet": lambda: _leveled(scattered(28, 20, cough), 0.1),
        "dog": lambda: _leveled(scattered(29, 40, bark), 0.3),
        "birds": lambda: _leveled(scattered(30, 120, chirp), 0.3),
        "clock": lambda: _leveled(np.tile(np.r_[burst(0.02, 0.004, 2000, 6000)(_random(1)), np.zeros(15680)], 60), 0.2),
        "cutlery": lambda: _leveled(
            scattered(32, 80, lambda draw: tone(draw.uniform(2500, 5000), 0.3, 0.05, organ)), 0.5
        ),
        "paper": lambda: _leveled(scattered(33, 60, burst(0.5, 0.2, 2000, 7900)), 0.2),
    }
    music: dict[str, Callable[[], Sound]] = {
        "organ": lambda: _leveled(notes(34, 0.5, 10, organ), 0.4),
        "piano": lambda: _leveled(notes(35, 0.25, 0.2, string), 0.5),
        "violin": lambda: _leveled(vibrato(), 0.4),
        "drums": lambda: _leveled(drums(), 0.8),
        "band": lambda: _leveled(drums() + notes(36, 0.5, 0.6, string) + vibrato() * 0.5, 0.7),
        "telephone": lambda: ringing(1350, 1700, 1.0, 4.0) * 0.3,
        "siren": lambda: siren() * 0.3,
    }
    others: dict[str, Callable[[], Sound]] = {
        "talk in the next room": lambda: distant([talking("en-us", 0)], -46),
        "two people in the next room": lambda: distant([talking("en-gb", 1), talking("en-us+f3", 2)], -48),
        "many people far off": lambda: distant(
            [talking(voice, at % 4) for at, voice in enumerate(("en-us", "en-gb", "en-us+f2", "en-gb+m3", "en-us+m7"))],
            -45,
        ),
        "talk through a wall, dry room": lambda: distant([talking("en-us", 1)], -35, room_s=0.1),
        "talk through a thin wall, dry room": lambda: distant([talking("en-gb", 2)], -31, room_s=0.2),
        "television in the next room": lambda: distant([talking("en-us+m3", 3), vibrato() * 0.05], -50, room_s=0.5),
    }
    return steady | single | music | others
