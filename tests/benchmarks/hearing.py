"""How well one is understood: the small engine, the open one and what counts of both, in one run.

    ./dev bench hearing [--folder FOLDER] [--fetch] [--quick] [--no-live] [--out FILE.json]

Word error rates of command sentences and free speech in synthetic voices that nothing was fitted with, and of
recordings of people that come in packages (`hearing_sets`; every one with its origin; `--fetch` gets them); the same
with other speeds, noise, gain, rooms, a telephone's band and pauses; digits; ordinary sentences that are taken for
commands; 42 noises. The oldest rules were fitted with even sentences, and odd ones judge; the weights of `weighing`
with none of them. `live`: release to text, CPU and memory, in real time (`hearing_live`).

Numbers are compared as words. Exit 1 if nothing could be measured.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from sottovoce.adapters.recognition.arbiter import CommandMatch
from sottovoce.adapters.recognition.normaliser import plain
from sottovoce.adapters.recognition.sherpa import OpenRecognizer
from sottovoce.adapters.recognition.two_engines import TwoEngineRecognizer
from sottovoce.adapters.recognition.vosk import VoskRecognizer
from sottovoce.domain.audio import blocks_of
from sottovoce.home.sound import sense_of
from sottovoce.resources import starter_model
from tests.benchmarks import hearing_sets as sets
from tests.benchmarks.hearing_variations import VARIATIONS, pcm_of
from tests.benchmarks.hearing_voices import Kokoro, flite
from tests.benchmarks.measured import origin
from tests.benchmarks.noises import noises

if TYPE_CHECKING:
    from collections.abc import Iterable


OUT = Path(__file__).with_name("hearing.json")
FOLDER = Path("~/.cache/sottovoce-hearing").expanduser()
GOALS = {"commands": 2.0, "free speech": 5.0, "digits": 20.0, "noises with text": 0}
PIECE_BYTES = 6400


def errors(wanted: list[str], found: list[str]) -> int:
    """Words to insert, leave out or replace."""
    row = list(range(len(found) + 1))
    for number, word in enumerate(wanted, 1):
        row, before = [number], row
        for place, other in enumerate(found, 1):
            row.append(min(row[-1] + 1, before[place] + 1, before[place - 1] + (word != other)))
    return row[-1]


@dataclass(slots=True)
class Rate:
    """Wrong words of an engine."""

    wrong: int = 0
    words: int = 0
    mistakes: list[dict[str, str]] = field(default_factory=list)

    def add(self, said: str, heard: str, name: str) -> None:
        """Count one recording."""
        wrong = errors(said.split(), heard.split())
        self.wrong += wrong
        self.words += len(said.split())
        if wrong:
            self.mistakes.append({"name": name, "said": said, "heard": heard})

    @property
    def percent(self) -> float:
        """Word error rate."""
        return round(100 * self.wrong / max(1, self.words), 1)


class Ears:
    """The engines, each by itself, and both."""

    def __init__(self) -> None:
        self.small = VoskRecognizer(starter_model())
        self.open = OpenRecognizer()
        self.both = TwoEngineRecognizer(VoskRecognizer(starter_model()), self.open, sense_of)

    async def __aenter__(self) -> Self:
        await self.small.open()
        await self.both.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.small.close()
        await self.both.close()

    async def hear(self, sound: sets.Sound) -> dict[str, str]:
        """Its text by engine."""
        pcm = pcm_of(sound)
        said = await _finished(self.open.begin(), pcm)
        return {
            "small": (await self.small.transcribe(pcm)).text,
            "open": said.plain,
            "both": (await self.counted(sound)),
        }

    async def counted(self, sound: sets.Sound) -> str:
        """The text that counts."""
        return (await self.both.transcribe(pcm_of(sound))).text


async def _finished(utterance: Any, pcm: bytes) -> Any:  # noqa: ANN401 - the open engine's own result
    for piece in blocks_of(pcm, PIECE_BYTES):
        utterance.feed(piece)
    return await utterance.finish()


async def rated(ears: Ears, named: Iterable[tuple[str, str, sets.Sound]]) -> dict[str, Any]:
    """Rates by engine, of all and of those that judge, and what went wrong."""
    rates = {engine: {"all": Rate(), "judging": Rate()} for engine in ("small", "open", "both")}
    for number, (name, said, sound) in enumerate(named):
        for engine, heard in (await ears.hear(sound)).items():
            rates[engine]["all"].add(plain(said), heard, name)
            if number % 2:
                rates[engine]["judging"].add(plain(said), heard, name)
    found: dict[str, Any] = {
        engine: {which: rate.percent for which, rate in by.items()} for engine, by in rates.items()
    }
    found["words"] = rates["both"]["all"].words
    found["mistakes"] = rates["both"]["all"].mistakes
    return found


def recorded(folder: Path, recordings: Iterable[sets.Recording]) -> list[tuple[str, str, sets.Sound]]:
    """Those that were fetched."""
    return [(one.name, one.said, sets.load(folder / one.file)) for one in recordings if (folder / one.file).exists()]


def synthetic(folder: Path, *, quick: bool) -> dict[str, list[tuple[str, str, sets.Sound]]]:
    """Commands and free speech by voice."""
    cache = folder / "voices"
    commands, free = list(enumerate(sets.COMMANDS)), list(enumerate(sets.FREE))
    if quick:
        commands, free = commands[::4], free[::4]
    found = {"commands, flite rms": [(text, text, flite(text, cache)) for _, text in commands]}
    for name, kokoro in {
        "kokoro": Kokoro(folder, cache),
        "kokoro accented": Kokoro(folder, cache, accented=True),
    }.items():
        if kokoro.there:
            found[f"commands, {name}"] = [(text, text, kokoro.say(at, text)) for at, text in commands]
            found[f"free speech, {name}"] = [(text, text, kokoro.say(at + 12, text)) for at, text in free]
    return found


async def accepted(ears: Ears, cache: Path, sentences: Iterable[str]) -> dict[str, str]:
    """What is made of sentences that are no commands where it is one."""
    heard = {text: await ears.counted(flite(text, cache)) for text in sentences if sense_of(text) is CommandMatch.NONE}
    return {text: said for text, said in heard.items() if sense_of(said) is not CommandMatch.NONE}


async def varied(ears: Ears, named: list[tuple[str, str, sets.Sound]]) -> dict[str, float]:
    """Word error rates of what counts, by variation."""
    found = {}
    for name, change in VARIATIONS.items():
        rate = Rate()
        for recording, said, sound in named:
            rate.add(plain(said), await ears.counted(change(sound)), recording)
        found[name] = rate.percent
    return found


async def measured(folder: Path, *, quick: bool) -> dict[str, Any]:
    """Everything but what needs real time."""
    speech, telephone = recorded(folder, sets.SPEECH), recorded(folder, sets.TELEPHONE)
    groups = synthetic(folder, quick=quick) | {
        "free speech, people": speech,
        "free speech, telephone": telephone[:: 4 if quick else 1],
        "short phrases, people": recorded(folder, sets.SHORT),
        "digits, people": recorded(folder, sets.DIGITS),
    }
    made = list(noises().items())[:: 8 if quick else 1]
    ordinary, voices = sets.ORDINARY[:: 8 if quick else 1], folder / "voices"
    async with Ears() as ears:
        rates = {name: await rated(ears, named) for name, named in groups.items() if named}
        base = [one for one in speech if one[0] != "two cities"] + telephone[::7]
        return {
            "word_error_percent": rates,
            "variations_percent": await varied(ears, base[:: 4 if quick else 1]),
            "ordinary_sentences": {"of": len(ordinary), "taken_for_commands": await accepted(ears, voices, ordinary)},
            "noises": {"of": len(made), "with_text": await _with_text(ears, made)},
        }


async def _with_text(ears: Ears, made: list[tuple[str, Any]]) -> dict[str, str]:
    found = {name: await ears.counted(make().astype("float32")) for name, make in made}
    return {name: text for name, text in found.items() if text}


def table(result: dict[str, Any]) -> list[str]:
    """For people."""
    lines = [f"{'':28}{'small':>8}{'open':>8}{'both':>8}{'judging':>9}"]
    for name, rates in result["word_error_percent"].items():
        engines = "".join(f"{rates[engine]['all']:8.1f}" for engine in ("small", "open", "both"))
        lines.append(f"{name:28}{engines}{rates['both']['judging']:9.1f}")
    lines += [f"{name:28}{percent:24.1f}" for name, percent in result["variations_percent"].items()]
    ordinary = result["ordinary_sentences"]
    lines.append(f"ordinary sentences taken for commands: {len(ordinary['taken_for_commands'])} of {ordinary['of']}")
    lines.append(f"noises with text: {len(result['noises']['with_text'])} of {result['noises']['of']}")
    return lines


def live(folder: Path, *, quick: bool) -> dict[str, Any]:
    """What needs real time and a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.hearing_live", str(folder), *(["--quick"] if quick else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
        return {}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="./dev bench hearing")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where recordings and voices are kept")
    parser.add_argument("--fetch", action="store_true", help="get the recordings first")
    parser.add_argument("--quick", action="store_true", help="a few of each")
    parser.add_argument("--no-live", action="store_true", help="leave out what needs real time")
    parser.add_argument("--out", type=Path, default=OUT, help="where the JSON goes")
    options = parser.parse_args()
    if options.fetch:
        sets.fetch(options.folder)
    result = asyncio.run(measured(options.folder, quick=options.quick))
    everything = (*sets.SPEECH, *sets.TELEPHONE, *sets.SHORT, *sets.DIGITS)
    written = {
        **origin("hearing"),
        "goals_percent": GOALS,
        "origins": sets.ORIGINS,
        "missing": [one.name for one in everything if not (options.folder / one.file).exists()],
        **result,
        "live": {} if options.no_live else live(options.folder, quick=options.quick),
    }
    options.out.write_text(json.dumps(written, indent=1) + "\n", "utf-8")
    print("\n".join(table(result)))
    print(json.dumps(written["live"], indent=1))
    return 0 if result["word_error_percent"] else 1


if __name__ == "__main__":
    sys.exit(main())
