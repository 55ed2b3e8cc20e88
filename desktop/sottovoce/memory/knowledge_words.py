"""The words of files and of questions about them: what names something, and where a sentence ends."""

from __future__ import annotations

import re

from sottovoce.domain.folding import pairs
from sottovoce.domain.words import EMPTY_WORDS, words_of

_SPOKEN_OF = frozenset(
    "after again all also any because before being document documents doing don't each every file files "  # noqa: SIM905 - words read best as words
    "find get give go i've isn't know let long look many may might more most much must name need note "
    "notes often once one only other out over own really said say says search shall show some something "
    "such tell than that's there's thing things under up use very want way what's when's where's while "
    "who's whom whose".split()
)
"""By these a question speaks of files, or of itself, rather than of what is in the files."""

_END = re.compile(r"[.!?…][\"'”’)\]]*(?=\s+\S)|[。！？][」』”’）]*(?=\s*\S)")  # noqa: RUF001 - full-width
_ABBREVIATION = re.compile(
    r"(?:^|[\s(.])(?:[A-Za-z]|e\.g|i\.e|etc|approx|ca|cf|dr|est|fig|incl|max|min|mr|mrs|ms|mt|nr|no|p|pp|prof|st|vs|vol)$",
    re.IGNORECASE,
)


def key_words(text: str) -> frozenset[str]:
    """The words of a text that name something: casefolded, and in the singular as far as their ending tells.

    Of a script without gaps between words, each two letters that follow each other are one.
    """
    words = (word for word in words_of(text) if word not in EMPTY_WORDS and word not in _SPOKEN_OF)
    return frozenset(_singular(part) for word in words for part in pairs(word))


def _singular(word: str) -> str:
    """One form for "tomato" and "tomatoes": it need not be a word, both must only come to the same."""
    word = word.removesuffix("'s")
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):  # noqa: PLR2004 - "bus", "gas"
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("oes", "ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1]


def sentences(text: str) -> list[str]:
    """The sentences of a text, without the white space around them; the end of a line ends one, too."""
    found: list[str] = []
    for line in text.splitlines():
        begin = 0
        for end in _END.finditer(line):
            if not _ABBREVIATION.search(line, begin, end.start()):
                found.append(line[begin : end.end()].strip())
                begin = end.end()
        found.append(line[begin:].strip())
    return [sentence for sentence in found if sentence]


def meaning_text(path: str, place: str, text: str) -> str:
    """What is turned into the vector of a passage: a section often names its subject in the heading alone.

    Args:
        path: Of its file; its name without the ending is part of the meaning.
        place: As in `Passage`.
        text: The passage.
    """
    name = spoken_name(path)
    return ". ".join(part for part in (name, place, text) if part)


def spoken_name(path: str) -> str:
    """The words of a file's name, without its ending."""
    return " ".join(path.rpartition("/")[2].rpartition(".")[0].replace("_", " ").replace("-", " ").split())
