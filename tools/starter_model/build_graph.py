"""Builds words and graph of the starter model anew: `python -m tools.starter_model.build_graph`.

The acoustic model stays as it is. Needs Debian's package festlex-cmu (the pronunciations), and takes some seconds; the
same sources give the same bytes.
"""

from __future__ import annotations

import argparse
import functools
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import yaml

from sottovoce.language import ENGLISH, language
from sottovoce.language.templates import read_templates
from tools.starter_model.fst import with_transitions
from tools.starter_model.language_model import sentence_fst
from tools.starter_model.lexicon import UNKNOWN, read_lexicon, word_fst
from tools.starter_model.phones import PhoneTable
from tools.starter_model.sentences import UNKNOWN_P, Corpus, read_corpus

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
MODEL = PROJECT / "resources" / "models" / "starter-en"
DICTIONARY = Path("/usr/share/festival/dicts/cmu/cmudict-0.4.out")
SENTENCES = 60_000
SEED = 77
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SAID = re.compile("“([^”]+)”")


def told_to_say() -> tuple[str, ...]:
    """The sentences that the pages tell people to say, as a recogniser writes them."""
    pages = [PROJECT / "README.md", PROJECT / "PRIVACY.md", *sorted((PROJECT / "docs").glob("*.md"))]
    return _heard(one for page in pages for one in _SAID.findall(page.read_text("utf-8").replace("\n", " ")))


def tried() -> tuple[str, ...]:
    """The sentences that every intent is tried with, but for those that can only be typed."""
    rows = [
        row
        for file in sorted((language(ENGLISH).folder / "try").glob("*.yaml"))
        for rows in yaml.safe_load(file.read_text("utf-8")).values()
        for row in rows
    ]
    return _heard(said for row in rows for said in (*row.get("after", ()), row["said"]) if not re.search(r"\d", said))


def _heard(sentences: Iterable[str]) -> tuple[str, ...]:
    plain = (" ".join(re.sub(r"[^a-z' ]", " ", one.lower()).split()) for one in sentences)
    return tuple(dict.fromkeys(filter(None, plain)))


@functools.cache
def whole_corpus() -> Corpus:
    """Everything that the model is to hear: our own sentences, the assistant's templates, what pages tell to say."""
    own = [HERE / "commands.yaml", HERE / "skills.yaml"]
    return read_corpus(own, read_templates(language(ENGLISH).folder / "understand"), told_to_say(), tried())


def build(folder: Path, dictionary: Path = DICTIONARY, bigram: Path = HERE / "phone_bigram.npy") -> list[str]:
    """Write the graph's files into `folder`; returns the words that nobody knows how to say, which are left out."""
    table = PhoneTable()
    corpus = whole_corpus()
    lexicon = read_lexicon(dictionary, HERE / "pronunciations.txt")
    unsayable = sorted(word for word in corpus.words() if word not in lexicon)
    known = sorted(corpus.words() - set(unsayable))
    words = {word: number for number, word in enumerate([*known, UNKNOWN], 1)}
    (folder / "phones").mkdir(parents=True, exist_ok=True)
    listed = {"<eps>": 0} | words | {"#0": len(words) + 1}
    (folder / "words.txt").write_text("".join(f"{word} {number}\n" for word, number in listed.items()))
    (folder / "phones.txt").write_text("".join(f"{name} {number}\n" for number, name in enumerate(table.names)))
    (folder / "phones" / "word_boundary.int").write_text(table.boundaries())
    (folder / "disambig_tid.int").write_text("1000000\n")  # none is in the graph
    sounds = with_transitions(word_fst(table, words, lexicon, np.load(bigram)))
    sounds.sort(lambda arc: arc.gives)
    sounds.write(folder / "HCLr.fst")
    language = sentence_fst(_texts(corpus, set(unsayable)), words)
    language.sort(lambda arc: arc)
    language.write(folder / "Gr.fst")
    return unsayable


def _texts(corpus: Corpus, unsayable: set[str]) -> list[list[str]]:
    """Sample sentences, with more of what is hardest to hear: digits alone and in strings, unknown words, nothing."""
    draw = random.Random(SEED)  # noqa: S311 - no secret
    texts = [corpus.sentence(draw) for _ in range(SENTENCES)]
    texts = [[UNKNOWN if word in unsayable else word for word in text] for text in texts]
    texts += [[UNKNOWN] * draw.randint(1, 6) for _ in range(round(SENTENCES * UNKNOWN_P / 2))]
    texts += [[] for _ in range(SENTENCES // 40)]
    texts += [[draw.choice(DIGITS)] for _ in range(SENTENCES // 12)]
    texts += [[draw.choice(DIGITS) for _ in range(draw.randint(2, 7))] for _ in range(SENTENCES // 25)]
    return texts


def main() -> None:
    """Build into the model that ships, or into another folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=MODEL / "graph")
    parser.add_argument("--dictionary", type=Path, default=DICTIONARY)
    arguments = parser.parse_args()
    unsayable = build(arguments.out, arguments.dictionary)
    print(f"{sum(1 for _ in (arguments.out / 'words.txt').open()) - 3} words")
    if unsayable:
        print("left out, add them to pronunciations.txt:", *unsayable)


if __name__ == "__main__":
    main()
