"""Sentences to fit the static table on: the glosses and examples of WordNet, and plain sentences about oneself.

No text of WordNet gets into the table; it only decides at which points the table is compared with MiniLM.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FILES = ("data.noun", "data.verb", "data.adj", "data.adv")

ABOUT_NOUNS = (
    "i like {}", "i hate {}", "my {} is old", "i have a {}", "i bought a {} last week", "where is my {}",
    "do i own a {}", "what do i think about {}", "my sister has a {}", "i need a new {}", "the {} is in the kitchen",
    "tell me about my {}", "when did i get the {}", "my favourite {}", "which {} do i prefer", "i am a {}",
    "i work with {}", "i lost my {} yesterday", "who gave me the {}", "my {} is called max", "i am afraid of {}",
    "how much was the {}", "we talked about {} on monday", "is there a {} at home",
)  # fmt: skip
ABOUT_VERBS = (
    "i {} every day", "i like to {}", "i never {}", "when did i {}", "how often do i {}", "my brother will {} tomorrow",
    "i want to {}", "who can {}", "i used to {} as a child", "why do i {}", "we {} on sundays", "i cannot {}",
)  # fmt: skip
ABOUT_ADJECTIVES = (
    "i am {}", "my house is {}", "she is very {}", "am i {}", "i feel {} in the morning", "my friend is {}",
    "it was a {} day", "what is {}", "i like it {}", "everything was {}",
)  # fmt: skip
TEMPLATES = {"n": ABOUT_NOUNS, "v": ABOUT_VERBS, "a": ABOUT_ADJECTIVES, "s": ABOUT_ADJECTIVES}


def sentences(wordnet: Path, known: set[str], *, each: int = 6, seed: int = 1) -> list[str]:
    """Some 400 000 sentences, small letters, each once.

    Args:
        wordnet: The folder with WordNet's data.noun, data.verb, data.adj and data.adv.
        known: Words that are worth a sentence about themselves.
        each: Sentences about a word.
        seed: For the choice of patterns.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    found: dict[str, None] = {}
    words: dict[tuple[str, str], None] = {}
    for kind, lemmas, gloss in _entries(wordnet):
        found |= dict.fromkeys(_texts(gloss))
        words |= {(kind, lemma): None for lemma in lemmas if _common(lemma, known)}
    for kind, word in words:
        patterns = TEMPLATES.get(kind, ())
        found |= {pattern.format(word): None for pattern in chance.sample(patterns, min(each, len(patterns)))}
    return list(found)


def _entries(wordnet: Path) -> Iterator[tuple[str, list[str], str]]:
    """Part of speech, words and gloss of each entry (wndb(5WN))."""
    for name in FILES:
        for line in (wordnet / name).read_text(encoding="utf-8").splitlines():
            if line.startswith("  "):  # the licence
                continue
            fields, _, gloss = line.partition("|")
            part = fields.split()
            lemmas = part[4 : 4 + 2 * int(part[3], 16) : 2]
            yield part[2], [re.sub(r"\(.*\)", "", lemma).replace("_", " ") for lemma in lemmas], gloss


def _texts(gloss: str) -> Iterable[str]:
    texts = re.findall(r'"([^"]+)"', gloss) + re.sub(r'"[^"]*"', "", gloss).split(";")
    return (text.strip(" ;,").lower() for text in texts if len(text.strip(" ;,")) > 8)  # noqa: PLR2004 - two words


def _common(lemma: str, known: set[str]) -> bool:
    return lemma.isascii() and lemma == lemma.lower() and all(word in known for word in lemma.split())
