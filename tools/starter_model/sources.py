"""Which voices say how many texts: the training speech, and its synthesis on all processors."""

from __future__ import annotations

import functools
import multiprocessing
import os
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.starter_model.build_graph import DICTIONARY, HERE, whole_corpus
from tools.starter_model.lexicon import Pronunciation, read_lexicon
from tools.starter_model.texts import Style, Texts, read_texts
from tools.starter_model.utterances import Utterance, write_utterances
from tools.starter_model.voices import espeak, festival, flite, noise

ENGLISH = Path("/usr/share/dict/american-english")
"""Words of Debian's wamerican."""

Lexicon = dict[str, list[Pronunciation]]
Speaker = Callable[[Iterable[str], random.Random], Iterator[Utterance]]


@dataclass(frozen=True, slots=True)
class Source:
    """Texts of one style in one sort of voice; `wide` is how far the voice varies."""

    voice: str
    count: int
    style: Style
    seed: int
    wide: float = 1

    @property
    def file(self) -> str:
        """Where its utterances are kept."""
        return f"{self.voice.replace(' ', '-')}-{self.style}-{self.seed}.npz"


SOURCES = (
    Source("espeak english", 4500, "mixed", 16, 0.6),
    Source("espeak english", 700, "isolated", 63, 0.6),
    Source("espeak english", 2600, "short", 211),
    Source("espeak english", 2000, "short", 215),
    Source("espeak foreign", 2400, "short", 201),
    Source("espeak foreign", 2400, "mixed", 206),
    Source("flite slt", 1500, "mixed", 11, 0.8),
    Source("flite slt", 300, "isolated", 60, 0.8),
    Source("flite slt", 900, "short", 204),
    Source("flite awb", 1500, "mixed", 12, 0.8),
    Source("flite awb", 300, "isolated", 61, 0.8),
    Source("flite awb", 900, "short", 212),
    Source("flite kal16", 1300, "mixed", 13, 0.8),
    Source("flite kal16", 300, "isolated", 64, 0.8),
    Source("flite kal16", 500, "short", 213),
    Source("flite kal", 350, "short", 205),
    Source("festival ked_diphone", 1300, "mixed", 14, 0.8),
    Source("festival ked_diphone", 300, "isolated", 65, 0.8),
    Source("festival cmu_us_slt_arctic_hts", 700, "mixed", 15, 0.8),
    Source("festival cmu_us_slt_arctic_hts", 450, "short", 214),
    Source("accented ked_diphone", 1200, "mixed", 202),
    Source("accented kal_diphone", 1200, "mixed", 203),
    Source("accented kal_diphone", 400, "short", 207),
    Source("noise", 450, "short", 301),
)


def synthesise(folder: Path, sources: Iterable[Source] = SOURCES, share: float = 1) -> list[Path]:
    """Speak what is not there yet, a process a processor; a source comes out the same alone and among others.

    Args:
        folder: Where each source gets a file.
        sources: What to speak.
        share: Of each source's texts.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [(source, folder / source.file) for source in sources]
    missing = sorted((one for one in wanted if not one[1].exists()), key=lambda one: -one[0].count)
    with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
        for done in pool.imap_unordered(functools.partial(_synthesised, share=share), missing, chunksize=1):
            print(done, flush=True)
    return [file for _, file in wanted]


def _synthesised(wanted: tuple[Source, Path], share: float) -> str:
    source, file = wanted
    utterances = list(spoken(source, max(4, round(source.count * share))))
    write_utterances(file, utterances)
    seconds = sum(len(one.samples) for one in utterances) / 16_000
    return f"{source.voice}, {source.style}: {len(utterances)} utterances, {seconds / 60:.1f} minutes"


def spoken(source: Source, count: int) -> Iterator[Utterance]:
    """Its utterances; a text that the voice fails to say is left out."""
    draw = random.Random(source.seed)  # noqa: S311 - no secret
    kind, _, name = source.voice.partition(" ")
    if kind == "noise":
        return noise.made(count, draw)
    lexicon, texts = _material()
    said = [texts.draw(draw, source.style) for _ in range(count)]
    return _speaker(kind, name, source.wide, lexicon)(said, draw)


@functools.cache
def _material() -> tuple[Lexicon, Texts]:
    lexicon = read_lexicon(DICTIONARY, HERE / "pronunciations.txt")
    return lexicon, read_texts(whole_corpus(), lexicon.keys(), ENGLISH)


def _speaker(kind: str, name: str, wide: float, lexicon: Lexicon) -> Speaker:
    match kind, name:
        case "espeak", "english":
            return functools.partial(espeak.english, wide=wide)
        case "espeak", "foreign":
            return functools.partial(espeak.foreign, lexicon=lexicon)
        case "flite", voice:
            return functools.partial(flite.spoken, voice=voice, wide=wide)
        case "festival", voice:
            return functools.partial(festival.spoken, voice=voice, wide=wide)
        case "accented", voice:
            return functools.partial(festival.accented, voice=voice)
    raise ValueError(kind)
