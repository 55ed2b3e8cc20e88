"""What the synthetic voices are given to say: sentences, isolated words and digits, and any words of English."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tools.starter_model.build_graph import DIGITS
from tools.starter_model.lexicon import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from tools.starter_model.sentences import Corpus

Style = Literal["sentences", "mixed", "isolated", "short"]
"""Only sentences of the corpus; those, its words and any words; words and numbers alone; digits and short commands."""

TENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
SHORT_WORDS = 3
"""The most words of a short command."""


@dataclass(frozen=True)
class Texts:
    """Draws texts; every word of them can be pronounced."""

    corpus: Corpus
    vocabulary: tuple[str, ...]
    english: tuple[str, ...]
    """Words that mostly are not in the vocabulary: the acoustic model is to know all sounds in all surroundings."""
    short_commands: tuple[str, ...]

    def draw(self, draw: random.Random, style: Style) -> str:
        """One text."""
        match style:
            case "sentences":
                return self._sentence(draw)
            case "mixed":
                return self._mixed(draw)
            case "isolated":
                return self._isolated(draw)
            case "short":
                return self._short(draw)

    def _sentence(self, draw: random.Random) -> str:
        while True:
            words = self.corpus.sentence(draw)
            spoken = [draw.choice(self.english) if word == UNKNOWN else word for word in words]
            if spoken:
                return " ".join(spoken)

    def _mixed(self, draw: random.Random) -> str:
        (kind,) = draw.choices(("sentence", "words", "english"), (62, 18, 20))
        match kind:
            case "sentence":
                return self._sentence(draw)
            case "words":
                return " ".join(draw.choices(self.vocabulary, k=draw.randint(1, 5)))
            case _:
                kinds = draw.choices((self.english, self.vocabulary), (80, 20), k=draw.randint(2, 5))
                return " ".join(draw.choice(words) for words in kinds)

    def _isolated(self, draw: random.Random) -> str:
        kinds = draw.choices(((*DIGITS, *DIGITS, *TENS), self.vocabulary), (55, 45), k=draw.choice((1, 1, 1, 2)))
        return " ".join(draw.choice(words) for words in kinds)

    def _short(self, draw: random.Random) -> str:
        (kind,) = draw.choices(("digit", "digits", "number", "command", "words", "sentence"), (32, 20, 8, 18, 10, 12))
        match kind:
            case "digit":
                return draw.choice(DIGITS)
            case "digits":
                return " ".join(draw.choices(DIGITS, k=draw.randint(2, 6)))
            case "number":
                return draw.choice((*TENS, "oh"))
            case "command":
                return draw.choice(self.short_commands)
            case "words":
                return " ".join(draw.choices(self.vocabulary, k=draw.choice((1, 1, 2, 3))))
            case _:
                return self._sentence(draw)


def read_texts(corpus: Corpus, pronounced: Collection[str], english: Path) -> Texts:
    """Texts of the corpus and of a list of English words, a word a line."""
    listed = (line.strip() for line in english.read_text("utf-8").splitlines())
    common = tuple(word for word in listed if re.fullmatch("[a-z]{2,9}", word) and word in pronounced)
    return Texts(corpus, tuple(sorted(corpus.words() & set(pronounced))), common, _short_commands(corpus, pronounced))


def _short_commands(corpus: Corpus, pronounced: Collection[str], tries: int = 20_000) -> tuple[str, ...]:
    draw, found = random.Random(0), set()  # noqa: S311 - no secret
    for _ in range(tries):
        words = corpus.sentence(draw)
        if 0 < len(words) <= SHORT_WORDS and all(word in pronounced for word in words):
            found.add(" ".join(words))
    return tuple(sorted(found))


def as_read(text: str) -> str:
    """As a synthesiser reads it right: the pronoun and letters in capitals."""
    return re.sub(r"\bi\b", "I", text).replace(" p m", " P M").replace(" a m", " A M")
