"""Error rates by synthetic voice, models side by side: `python -m tools.starter_model.evaluate [FOLDER…]`.

Sentences are drawn with another seed than the graph's; most voices were never heard in training. Needs espeak-ng and
flite.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import soundfile
import soxr
import vosk

from tools.starter_model.build_graph import DIGITS, MODEL, told_to_say, whole_corpus
from tools.starter_model.lexicon import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

RATE_HZ = 16_000
VOICES = ("espeak:en-us", "espeak:en-us+f3", "espeak:en-gb+linda", "espeak:en-gb-x-gbcwmd", "flite:rms", "flite:slt")
"""The first and the last were heard in training, the others never."""
SEED = 4711
SECTION = "## Error rates by voice"

Found = dict[str, dict[str, dict[str, dict[str, float]]]]


def spoken(text: str, voice: str) -> bytes:
    """PCM of a sentence, 16 kHz, with a quarter of a second of silence around it."""
    kind, _, name = voice.partition(":")
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        command = (
            ["espeak-ng", "-v", name, "-s", "160", "-w", file.name, text]
            if kind == "espeak"
            else ["flite", "-voice", name, "-t", text, "-o", file.name]
        )
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        samples, rate_hz = soundfile.read(file.name, dtype="float32")
    silence = np.zeros(RATE_HZ // 4, np.float32)
    sound = np.concatenate([silence, soxr.resample(samples, rate_hz, RATE_HZ), silence])
    return bytes((sound * 0.8 * 32767).astype("<i2").tobytes())


def heard(model: Any, pcm: bytes) -> str:  # noqa: ANN401 - vosk has no types
    """What the model makes of it."""
    recognizer = vosk.KaldiRecognizer(model, RATE_HZ)
    recognizer.AcceptWaveform(pcm)
    return str(json.loads(recognizer.FinalResult())["text"])


def errors(wanted: list[str], found: list[str]) -> int:
    """Words to insert, leave out or replace."""
    row = list(range(len(found) + 1))
    for number, word in enumerate(wanted, 1):
        row, before = [number], row
        for place, other in enumerate(found, 1):
            row.append(min(row[-1] + 1, before[place] + 1, before[place - 1] + (word != other)))
    return row[-1]


def rates(model: Any, sentences: list[str], voice: str) -> dict[str, float]:  # noqa: ANN401 - as above
    """Share of wrong words, and of sentences that are right."""
    wrong = right = count = 0
    for sentence in sentences:
        found = heard(model, spoken(sentence, voice))
        wrong += errors(sentence.split(), found.split())
        right += found == sentence
        count += len(sentence.split())
    return {"wer": round(wrong / count, 3), "right": round(right / len(sentences), 3)}


def drawn(count: int) -> list[str]:
    """So many sentences of the corpus, drawn with another seed than those of the graph and of the training."""
    corpus, draw = whole_corpus(), random.Random(SEED)  # noqa: S311 - no secret
    found: set[str] = set()
    while len(found) < count:
        words = corpus.sentence(draw)
        if words and UNKNOWN not in words:
            found.add(" ".join(words))
    return sorted(found)


def evaluated(folders: Sequence[Path], count: int) -> Found:
    """Rates by model, set of sentences and voice."""
    vosk.SetLogLevel(-1)
    sets = {
        "drawn": drawn(count),
        "told to say": list(told_to_say())[:count],
        "digits": [*DIGITS, *(" ".join(pair) for pair in zip(DIGITS, DIGITS[3:] + DIGITS[:3], strict=True))][:count],
    }
    found: Found = {}
    for folder in folders:
        model = vosk.Model(str(folder))
        found[str(folder)] = {
            name: {voice: rates(model, sentences, voice) for voice in VOICES} for name, sentences in sets.items()
        }
    return found


def table(found: Found) -> str:
    """The word error rates, as Markdown."""
    lines = ["| model | sentences | " + " | ".join(VOICES) + " |", "|---" * (len(VOICES) + 2) + "|"]
    for folder, sets in found.items():
        for name, voices in sets.items():
            percent = " | ".join(f"{100 * voices[voice]['wer']:.1f} %" for voice in VOICES)
            lines.append(f"| {Path(folder).name} | {name} | {percent} |")
    return "\n".join(lines) + "\n"


def tell(readme: Path, found: Found) -> None:
    """Put the rates into the last section of a model's README."""
    before = readme.read_text("utf-8").partition(SECTION)[0]
    readme.write_text(f"{before}{SECTION}\n\n{table(found)}", "utf-8")


def main() -> None:
    """Print one JSON object: by model, set and voice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="*", type=Path, default=[MODEL])
    parser.add_argument("--sentences", type=int, default=100)
    parser.add_argument("--write", action="store_true", help="into the README of the model that ships, too")
    arguments = parser.parse_args()
    found = evaluated(arguments.models, arguments.sentences)
    if arguments.write:
        tell(MODEL / "README.md", found)
    json.dump(found, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
