"""Print what the READMEs say: how often the right fact is found, and what it costs. Needs the project's environment."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sottovoce.adapters.embedding import open_encoder
from tools.embeddings.pairs import CHOSEN_BY, PAIRS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sottovoce.adapters.embedding.threaded import Encoder

FACTS = [fact for fact, _ in PAIRS]
QUESTIONS = [question for _, question in PAIRS]


def ranks(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """How many wrong facts come before the right one, a question; ties count as before."""
    right = np.diagonal(scores)[:, None]
    return (scores >= right).sum(axis=1) - 1


def by_words() -> NDArray[np.float32]:
    """bm25 of each fact for each question, any word counting; what shares no word is last."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE facts USING fts5(fact, tokenize = 'porter unicode61')")
    base.executemany("INSERT INTO facts(rowid, fact) VALUES (?, ?)", enumerate(FACTS))
    scores = np.zeros((len(QUESTIONS), len(FACTS)), np.float32)
    for number, question in enumerate(QUESTIONS):
        query = " OR ".join(f'"{word}"' for word in question.replace("'", " ").split())
        for fact, rank in base.execute("SELECT rowid, bm25(facts) FROM facts WHERE facts MATCH ?", (query,)):
            scores[number, fact] = -rank
    base.close()
    return scores


def told(name: str, scores: NDArray[np.float32]) -> None:
    """A line for the pairs that chose the recipe, one for the others."""
    found = ranks(scores)
    for which, part in (("chose", found[:CHOSEN_BY]), ("did not choose", found[CHOSEN_BY:])):
        print(f"{name:14} {which:15} first {(part == 0).sum():2}  first three {(part < 3).sum():2}  of {len(part)}")  # noqa: PLR2004


def resident_mb() -> float:
    """Memory of this process in RAM (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def measured(name: str) -> None:
    """All about one embedder."""
    before, start = resident_mb(), time.perf_counter()
    encoder: Encoder = open_encoder(name)
    encoder.encode(["hello"])
    ready = time.perf_counter() - start
    times = []
    for question in QUESTIONS * 5:
        start = time.perf_counter()
        encoder.encode([question])
        times.append(time.perf_counter() - start)
    print(
        f"{name}: ready {ready * 1e3:.0f} ms, p50 {np.median(times) * 1e3:.3f} ms, RAM +{resident_mb() - before:.0f} MB"
    )
    facts, questions = (encoder.encode(texts).astype(np.float32) / 127 for texts in (FACTS, QUESTIONS))
    scores = questions @ facts.T
    told(name, scores)
    strangers = scores[~np.eye(len(PAIRS), dtype=bool)]
    for share in (90, 95, 98, 99):
        limit = np.percentile(strangers, share)
        print(f"  {share} % of strangers below {limit:.2f}, {(np.diagonal(scores) >= limit).mean():.0%} of pairs above")


def main() -> None:
    """Measure words alone, then both embedders."""
    told("words (bm25)", by_words())
    measured("static-en-1")
    measured("minilm-int8-1")


if __name__ == "__main__":
    main()
