"""Voices of espeak-ng: English accents, and other languages' voices that are fed English sounds.

The program and its data are GPL-3+; what it says is commonly regarded as free of that, and none of it is in the model.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tools.starter_model.texts import as_read
from tools.starter_model.utterances import Utterance, read_wave

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tools.starter_model.lexicon import Pronunciation

ENGLISH = ("en-us", "en-gb", "en-gb-x-rp", "en-gb-scotland", "en-029", "en-gb-x-gbclan")
AMERICAN_SHARE = 0.45
FOREIGN = (
    "de", "de", "de", "fr", "fr", "fr", "es", "it", "nl", "nl", "pl", "ru", "cs", "pt", "sv", "el", "el",
    "fi", "hu", "tr", "ro", "sk", "hr", "hi", "id",
)  # fmt: skip
HELD_OUT_VARIANTS = frozenset(("m5", "f3", "linda", "paul"))
HELD_OUT_ACCENT = "en-gb-x-gbcwmd"
"""Never used in training: they judge it."""
PLAIN = 6
"""How many times more often no variant is chosen than each of them."""
_UNLIKE_PEOPLE = re.compile(
    "Demonic|UniRobot|anikaRobot|whisper|croak|AnxiousAndy|Tweaky|kaukovalta|fast|RicishayMax|robosoft| "
)

VOWELS = frozenset(("AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW"))
SIGNS = {
    "AA": ("a", "o"), "AE": ("e", "a"), "AH": ("a", "@", "o"), "AO": ("o",), "AW": ("au", "ao"), "AY": ("aj",), "B":
    ("b",), "CH": ("tS",), "D": ("d",), "DH": ("D", "d", "z"), "EH": ("e",), "ER": ("er", "@r"), "EY": ("ej", "e"),
    "F": ("f",), "G": ("g",), "HH": ("h",), "IH": ("i",), "IY": ("i",), "JH": ("dZ",), "K": ("k",), "L": ("l",),
    "M": ("m",), "N": ("n",), "NG": ("N", "Ng"), "OW": ("ow", "o", "ou"), "OY": ("oj",), "P": ("p",), "R": ("r",),
    "S": ("s",), "SH": ("S",), "T": ("t",), "TH": ("T", "t", "s", "f"), "UH": ("u",), "UW": ("u",), "V": ("v",),
    "W": ("w", "v"), "Y": ("j",), "Z": ("z", "s"), "ZH": ("Z",),
}  # fmt: skip
"""espeak-ng's signs for our phones, in a good accent and in those that foreigners have."""
ACCENT_P = 0.45
"""How often a speaker has no sound of English for a phone."""


def english(texts: Iterable[str], draw: random.Random, *, wide: float) -> Iterator[Utterance]:
    """The texts in English accents; `wide` is how far tempo and pitch vary (1 is most)."""
    variants = (*_variants(), *("",) * PLAIN)
    for_speaking = []
    for text in texts:
        accent = ENGLISH[0] if draw.random() < AMERICAN_SHARE else draw.choice(ENGLISH)
        fastest = (260 if " " in text else 210) if wide == 1 else 220
        for_speaking.append((text, as_read(text), _voice(accent, draw.choice(variants)), fastest))
    yield from _spoken(for_speaking, draw, wide)


def foreign(
    texts: Iterable[str], draw: random.Random, *, lexicon: Mapping[str, Sequence[Pronunciation]]
) -> Iterator[Utterance]:
    """The texts in the sounds of other languages' voices."""
    variants = (*_variants(), *("",) * (PLAIN + 2))
    for_speaking = []
    for text in texts:
        accented = {name: draw.random() < ACCENT_P for name in SIGNS}
        written = " ".join(signs(draw.choice(lexicon[word]), accented, draw) for word in text.split())
        voice = _voice(draw.choice(FOREIGN), draw.choice(variants))
        for_speaking.append((text, written, voice, 230 if " " in text else 190))
    yield from _spoken(for_speaking, draw, 1)


def _variants() -> list[str]:
    """espeak-ng's own, as far as they sound like people."""
    listed = subprocess.run(("espeak-ng", "--voices=variant"), check=True, capture_output=True, text=True).stdout
    names = sorted(set(re.findall(r"!v/(.+?)\s*$", listed, re.MULTILINE)))
    return [name for name in names if name not in HELD_OUT_VARIANTS and not _UNLIKE_PEOPLE.search(name)]


def _voice(language: str, variant: str) -> str:
    return f"{language}+{variant}" if variant else language


def signs(pronunciation: Pronunciation, accented: Mapping[str, bool], draw: random.Random) -> str:
    """A word in espeak-ng's signs, its first vowel stressed."""
    found, stressed = "", False
    for phone in pronunciation:
        good, *others = SIGNS[phone]
        if phone in VOWELS and not stressed:
            found, stressed = found + "'", True
        found += draw.choice(others) if others and accented[phone] else good
    return f"[[{found}]]"


def _spoken(texts: Iterable[tuple[str, str, str, int]], draw: random.Random, wide: float) -> Iterator[Utterance]:
    with TemporaryDirectory() as folder:
        file = Path(folder, "said.wav")
        for text, written, voice, fastest in texts:
            file.unlink(missing_ok=True)
            pitch, words_a_minute = draw.randint(10, 90), draw.randint(110, fastest)
            pauses = draw.choice((0, 0, 0, 1, 3, 6)) if wide == 1 else 0
            settings = ("-v", voice, "-p", str(pitch), "-s", str(words_a_minute), "-g", str(pauses))
            subprocess.run(("espeak-ng", *settings, "-w", file, written), check=False, stderr=subprocess.DEVNULL)
            samples = read_wave(file, draw.uniform(1 - 0.15 * wide, 1 + 0.18 * wide)) if file.exists() else None
            if samples is not None:
                yield Utterance(samples, text, f"espeak-ng {voice}")
