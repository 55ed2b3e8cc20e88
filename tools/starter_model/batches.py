"""Batches of augmented speech with what is said in it, without end, in an order and a shape that the seed decides."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from tools.starter_model import augmentation, features, lfmmi

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tools.starter_model.lexicon import Pronunciation
    from tools.starter_model.utterances import Utterance

SIZE = 32
WARPS = tuple(np.linspace(0.80, 1.25, 24))
"""Lengths of the vocal tract."""
MEAN_OF = 12
"""Batches for the mean of all speech."""
SILENT_SHARE = 1 / 35
LONGEST_HISTORY = 450
"""Frames heard before an utterance, for the normalisation."""
HISTORY_P = 0.4

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Batch:
    """(batch, frames, bins) normalised features, and the phones that may be in them."""

    features: Array
    said: lfmmi.PhoneGraph


@dataclass
class Batches:
    """Makes them."""

    utterances: Sequence[Utterance]
    lexicon: Mapping[str, Sequence[Pronunciation]]
    bigram: Array
    seed: int = 1
    size: int = SIZE
    mean: Array | None = None
    """Of all features; measured if it is not given."""
    _graphs: dict[str, lfmmi.PhoneGraph] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._random = np.random.default_rng(self.seed)
        self._banks = np.stack([features.mel_bank(float(warp)) for warp in WARPS])
        silent = round(len(self.utterances) * SILENT_SHARE)
        rows = [(one.samples, one.text) for one in self.utterances]
        rows += [(np.zeros(int(self._random.uniform(1, 5) * features.RATE_HZ), np.int16), "") for _ in range(silent)]
        self._rows = sorted(rows, key=lambda row: len(row[0]))
        if self.mean is None:
            self.mean = self._measured()

    def __iter__(self) -> Iterator[Batch]:
        """Sounds of like length go together; each pass over all of them is cut and ordered in another way."""
        draw = random.Random(self.seed)  # noqa: S311 - no secret
        while True:
            begins = list(range(0, len(self._rows) - self.size + 1, self.size))
            shift = draw.randrange(self.size)
            draw.shuffle(begins)
            for begin in begins:
                yield self._batch(min(begin + shift, len(self._rows) - self.size))

    def _measured(self) -> Array:
        total, count = np.zeros(features.BINS), 0
        for _ in range(MEAN_OF):
            found = self._features(int(self._random.integers(0, len(self._rows) - self.size + 1)))
            total, count = total + found.sum(axis=(0, 1)), count + found.shape[0] * found.shape[1]
        return np.asarray(total / count, np.float32)

    def _features(self, begin: int) -> Array:
        samples = [augmentation.resampled(row[0], self._random) for row in self._rows[begin : begin + self.size]]
        rows = augmentation.placed(samples, self._random)
        heard = augmentation.augmented(rows, [len(one) for one in samples], self._random)
        return features.fbank(heard, self._banks[self._random.integers(0, len(WARPS), len(heard))])

    def _batch(self, begin: int) -> Batch:
        found = self._features(begin)
        assert self.mean is not None  # noqa: S101 - for the type checker
        history = self._random.uniform(0, LONGEST_HISTORY, self.size) * (self._random.random(self.size) < HISTORY_P)
        found = features.normalised(found, self.mean, history.astype(np.float32))
        augmentation.mask(found, self._random)
        said = [self._graph(text) for _, text in self._rows[begin : begin + self.size]]
        return Batch(found, lfmmi.together(said))

    def _graph(self, text: str) -> lfmmi.PhoneGraph:
        if text not in self._graphs:
            self._graphs[text] = lfmmi.numerator(text, self.lexicon, self.bigram)
        return self._graphs[text]
