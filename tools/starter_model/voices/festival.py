"""Voices of Festival (Edinburgh's and Carnegie Mellon's licences, permissive), also with the sounds of foreign accents.

Debian's Czech, Italian, Finnish, Russian and Indian voices are under licences that do not fit, and are not used.
"""

from __future__ import annotations

import itertools
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tools.starter_model.texts import as_read
from tools.starter_model.utterances import Utterance, read_wave

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator, Mapping, Sequence

AT_ONCE = 200
"""Texts for one run of Festival, which takes seconds to start."""
ACCENTS = {
    "th": ("t", "s", "f"), "dh": ("d", "z"), "w": ("v",), "ih": ("iy",), "ae": ("eh", "aa"), "er": ("eh r", "ah r"),
    "ax": ("eh", "ah", "aa"), "axr": ("eh r", "ah r"), "ow": ("ao",), "ey": ("eh",), "ah": ("aa",), "uh": ("uw",),
    "z": ("s",), "jh": ("ch", "zh"), "dx": ("t", "d"), "v": ("f", "w"), "aw": ("aa uw",), "ay": ("aa iy",), "ao":
    ("ow", "aa"), "iy": ("ih",),
}  # fmt: skip
"""What foreigners say for an English sound."""
RARE = frozenset(("iy", "ao", "v", "aw", "ay"))
RARE_P, COMMON_P = 0.15, 0.4
"""How often a speaker has the accent in a sound."""
SHORTEST_S = 0.03

Segment = tuple[str, float]
"""A sound and its seconds."""


def spoken(texts: Iterable[str], draw: random.Random, *, voice: str, wide: float) -> Iterator[Utterance]:
    """The texts, each at another tempo and length of vocal tract; `wide` is how far they vary (1 is most)."""
    for some in _batched(texts, AT_ONCE):
        speeds = [draw.uniform(1 - 0.2 * wide, 1 + 0.25 * wide) for _ in some]
        stretches = [draw.uniform(0.8, 1.2) * speed for speed in speeds]
        lines = [
            f'(Parameter.set \'Duration_Stretch {stretch:.2f})(set! u (utt.synth (Utterance Text "{as_read(text)}")))'
            for text, stretch in zip(some, stretches, strict=True)
        ]
        yield from _run(voice, some, lines, speeds, f"festival {voice}")


def accented(texts: Iterable[str], draw: random.Random, *, voice: str) -> Iterator[Utterance]:
    """The texts with sounds replaced as foreigners do, other rhythm and melody."""
    for some in _batched(texts, AT_ONCE):
        speeds, lines, said = [], [], []
        for text, segments in zip(some, _segments(some), strict=True):
            speed = draw.uniform(0.8, 1.25)
            if segments:
                said.append(text)
                speeds.append(speed)
                lines.append(respoken(segments, speed, draw))
        yield from _run(voice, said, lines, speeds, f"festival {voice} accented")


def _batched(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    several = iter(texts)
    while some := list(itertools.islice(several, size)):
        yield some


def _run(
    voice: str, texts: Sequence[str], lines: Sequence[str], speeds: Sequence[float], name: str
) -> Iterator[Utterance]:
    """Speak each line's utterance `u`."""
    with TemporaryDirectory() as folder:
        saved = (f'{line}(utt.save.wave u "{folder}/{at}.wav" \'riff)' for at, line in enumerate(lines))
        _festival(f"(voice_{voice})", *saved)
        for at, (text, speed) in enumerate(zip(texts, speeds, strict=True)):
            file = Path(folder, f"{at}.wav")
            samples = read_wave(file, speed) if file.exists() else None
            if samples is not None:
                yield Utterance(samples, text, name)


def _festival(*lines: str) -> None:
    with TemporaryDirectory() as folder:
        script = Path(folder, "say.scm")
        script.write_text("\n".join(lines), "utf-8")
        subprocess.run(("festival", "-b", script), check=False, capture_output=True)


def _segments(texts: Sequence[str]) -> Iterator[list[Segment]]:
    """Each text's sounds, as the voice kal has them."""
    with TemporaryDirectory() as folder:
        _festival(
            "(voice_kal_diphone)",
            *(
                f'(set! u (utt.synth (Utterance Text "{as_read(text)}")))(utt.save.segs u "{folder}/{at}.seg")'
                for at, text in enumerate(texts)
            ),
        )
        for at in range(len(texts)):
            file = Path(folder, f"{at}.seg")
            yield read_segments(file.read_text("utf-8")) if file.exists() else []


def read_segments(written: str) -> list[Segment]:
    """Lines of `end colour name`, after a line `#`."""
    found: list[Segment] = []
    before = 0.0
    for line in written.partition("#")[2].splitlines():
        match line.split():
            case [end, _, name]:
                found.append((name, float(end) - before))
                before = float(end)
            case _:
                pass
    return found


def respoken(segments: Sequence[Segment], speed: float, draw: random.Random) -> str:
    """Festival's utterance of the same sounds in another accent."""
    rate, pitch_hz, fall = draw.uniform(0.65, 1.2) * speed, draw.uniform(75, 200) / speed, draw.uniform(0.1, 0.45)
    chosen = _accent(draw)
    timed: list[Segment] = []
    for name, seconds in segments:
        lasts = seconds * rate * draw.uniform(0.85, 1.15)
        sounds = chosen.get(name, name).split()
        shares = (1.0,) if len(sounds) == 1 else (0.6, 0.4)
        timed += [(sound, max(SHORTEST_S, lasts * share)) for sound, share in zip(sounds, shares, strict=True)]
    whole, passed, parts = sum(seconds for _, seconds in timed), 0.0, []
    for sound, seconds in timed:
        hertz = pitch_hz * (1.12 - fall * passed / whole) * draw.uniform(0.93, 1.08)
        parts.append(f"({sound} {seconds:.3f} ({seconds / 2:.3f} {hertz:.0f}))")
        passed += seconds
    return f"(set! u (utt.synth (Utterance Segments ({' '.join(parts)}))))"


def _accent(draw: random.Random) -> Mapping[str, str]:
    return {
        name: draw.choice(others)
        for name, others in ACCENTS.items()
        if draw.random() < (RARE_P if name in RARE else COMMON_P)
    }
