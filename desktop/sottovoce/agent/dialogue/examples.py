"""What comes nearest to a sentence that nothing understood: examples of all that can be said, compared by meaning.

Only proposed, never done unasked.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from sottovoce.domain.dialogue import Asked
from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import SottovoceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sottovoce.agent.dialogue.turn import Turn
    from sottovoce.agent.intents.samples import Sample
    from sottovoce.memory.ports import Embedder
    from sottovoce.memory.vectors import VectorIndex

SURELY: Final = 0.72
"""Likeness from which an example may be what was meant: of 32 sentences the small embedder had 5 right and 1 wrong,
the large one 8 and 1."""
PERHAPS: Final = 0.5
"""Likeness from which an example is worth naming."""
LONGEST_WORDS: Final = 14
LONGEST_VALUE: Final = 6
"""Words of a value that is looked for in a sentence."""
AT_ONCE: Final = 16
PATIENCE_S: Final = 0.25
"""Seconds that one answer waits for examples to be read; the next one goes on with those that are left."""
MOST_NAMED: Final = 3
_MOST_LOOKED_AT: Final = 12
NEVER: Final = frozenset({"memory", "courtesy", "dialogue", "smalltalk", "language"})
"""Families that are nothing to propose: what is said there is meant as it is said, or not at all."""


@dataclass(frozen=True, slots=True)
class Near:
    """An example that comes near."""

    sentence: str
    asked: Asked
    likeness: float
    """Cosine."""


class Examples:
    """Examples of one language by meaning, read bit by bit when first needed."""

    def __init__(self, embedder: Embedder, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Compare by `embedder`, whose language is English."""
        self._embedder = embedder
        self._clock = clock
        self._left: Iterator[Sample] | None = None
        self._samples: dict[str, Sample] = {}
        self._index: VectorIndex | None = None

    async def near(self, turn: Turn) -> tuple[Near, ...]:
        """What comes nearest to the sentence, each tool once, the nearest first; nothing where that can't be told."""
        words = turn.bare.words
        if not 1 < len(words) <= LONGEST_WORDS:
            return ()
        try:
            index = await self._read(turn)
            (vector,) = await self._embedder.embed([turn.bare.plain])
        except SottovoceError:  # the doctor tells it; here it is only that nothing is proposed
            return ()
        found: dict[str, Near] = {}
        said: dict[str, str] = {}
        for sentence, likeness in index.nearest(vector, _MOST_LOOKED_AT):
            sample = self._samples[sentence]
            near = _fitted(turn, sample, likeness, said) if likeness >= PERHAPS else None
            if near is not None:
                found.setdefault(sample.intent, near)
        return tuple(islice(found.values(), MOST_NAMED))

    async def _read(self, turn: Turn) -> VectorIndex:
        """All examples, or as many as there was time for."""
        from sottovoce.memory.vectors import VectorIndex  # noqa: PLC0415 - NumPy, loaded by the embedder's thread

        if self._left is None or self._index is None:
            await self._embedder.embed(["a"])
            self._index = VectorIndex(self._embedder.dimensions)
            self._left = iter(turn.recognizer.samples)
        until = self._clock() + PATIENCE_S
        while some := list(islice(self._left, AT_ONCE)):
            some = [one for one in some if _is_proposed(turn, one.intent)]
            texts = [one.sentence for one in some]
            self._samples |= {one.sentence: one for one in some}
            for said, vector in zip(texts, await self._embedder.embed(texts), strict=True):
                self._index.put(said, vector)
            if self._clock() > until:
                break
        return self._index


def _is_proposed(turn: Turn, name: str) -> bool:
    tool = turn.tools.get(name)
    return tool is not None and tool.effect is not Effect.DESTROY and name.partition(".")[0] not in NEVER


def _fitted(turn: Turn, sample: Sample, likeness: float, said: dict[str, str]) -> Near | None:
    """The example with the values that were said in place of its own; None where it has one that nobody said."""
    sentence, slots = sample.sentence, dict(sample.slots)
    for slot, words in sample.slots.items():
        if slot not in said:
            said[slot] = _value_in(turn, slot)
        if not said[slot]:
            return None
        sentence = sentence.replace(words, said[slot])
        slots[slot] = said[slot]
    return Near(sentence, Asked(sample.intent, slots), likeness)


def _value_in(turn: Turn, slot: str) -> str:
    """The longest part of what was said that stands for something in the slot."""
    sentence = turn.bare
    count = len(sentence.words)
    for length in range(min(count - 1, LONGEST_VALUE), 0, -1):
        for begin in range(count - length, -1, -1):
            said = sentence.part(begin, begin + length)
            if turn.value(slot, said) is not None:
                return said
    return ""
