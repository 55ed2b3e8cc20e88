"""Lattice-free maximum mutual information (Povey et al., 2016) from a flat start, in NumPy.

Two graphs over phones see the network's output: the numerator allows the words that are said, with any pronunciation
and any silence between them; the denominator allows all that a phone bigram allows. Training raises the difference of
their log-probabilities; its gradient is the difference of how likely each output is visited.

A state of a graph is one phone, and takes two outputs of the network, as in the chain topology: of `phone` number p
(0 is silence) the output 2·p on entering, 2·p + 1 for each frame that it stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tools.starter_model.phones import PHONES

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Mapping, Sequence

    from tools.starter_model.lexicon import Pronunciation

SILENCE = 0
NUMBERS = {name: number for number, name in enumerate(PHONES, 1)}
COUNT = len(PHONES) + 1
OUTPUTS = 2 * COUNT
EDGE = COUNT
"""Stands for the begin and the end of an utterance in a bigram."""
_LEAST = 1e-300

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class PhoneGraph:
    """States that are phones; a batch of them has one more axis in front of each array, and zeros in unused states."""

    phones: Array
    """(states,) number of each state's phone."""
    follows: Array
    """(states, states) probability of one state after another."""
    begins: Array
    """(states,) probability to begin in it."""
    ends: Array
    """(states,) probability to end in it."""


def phone_bigram(texts: Iterable[str], lexicon: Mapping[str, Sequence[Pronunciation]], draw: random.Random) -> Array:
    """Probability of phone q after phone p at [p, q], `EDGE` being begin and end, with silence as speakers make it."""
    counts = np.full((COUNT + 1, COUNT + 1), 0.02)
    for text in texts:
        phones = [EDGE] + [SILENCE] * (draw.random() < 0.8)  # noqa: PLR2004 - shares, found by trying
        for word in text.split():
            phones += [NUMBERS[name] for name in draw.choice(lexicon[word])]
            phones += [SILENCE] * (draw.random() < 0.15)  # noqa: PLR2004
        phones += [SILENCE] * (phones[-1] != SILENCE) + [EDGE]
        np.add.at(counts, (phones[:-1], phones[1:]), 1)
    return np.asarray(counts / counts.sum(axis=1, keepdims=True))


def denominator(bigram: Array) -> PhoneGraph:
    """All orders of phones."""
    return PhoneGraph(np.arange(COUNT), bigram[:COUNT, :COUNT], bigram[EDGE, :COUNT], bigram[:COUNT, EDGE])


def numerator(text: str, lexicon: Mapping[str, Sequence[Pronunciation]], bigram: Array) -> PhoneGraph:
    """The words of a text, weighted as the denominator weighs them; silence alone where there are none."""
    phones: list[int] = [SILENCE]
    arcs: list[tuple[int, int]] = []
    first: list[int] = [0]
    before, at_begin = [0], True
    for word in text.split():
        ends = []
        for pronunciation in lexicon[word]:
            previous, begin = before, at_begin
            for name in pronunciation:
                state = len(phones)
                phones.append(NUMBERS[name])
                arcs += [(one, state) for one in previous]
                first += [state] * begin
                previous, begin = [state], False
            ends += previous
        pause = len(phones)
        phones.append(SILENCE)
        arcs += [(one, pause) for one in ends]
        before, at_begin = [*ends, pause], False
    return _weighted(np.array(phones), arcs, first, before, bigram)


def _weighted(
    phones: Array, arcs: Sequence[tuple[int, int]], first: Sequence[int], last: Sequence[int], bigram: Array
) -> PhoneGraph:
    graph = PhoneGraph(phones, np.zeros((len(phones), len(phones))), np.zeros(len(phones)), np.zeros(len(phones)))
    for source, target in arcs:
        graph.follows[source, target] = bigram[phones[source], phones[target]]
    graph.begins[first] = bigram[EDGE, phones[first]]
    graph.ends[last] = bigram[phones[last], EDGE]
    return graph


def together(graphs: Sequence[PhoneGraph]) -> PhoneGraph:
    """A batch, filled up to the largest."""
    states = max(len(one.phones) for one in graphs)

    def filled(arrays: Iterable[Array]) -> Array:
        return np.stack([np.pad(one, [(0, states - len(one))] * one.ndim) for one in arrays])

    return PhoneGraph(
        filled(one.phones for one in graphs),
        filled(one.follows for one in graphs),
        filled(one.begins for one in graphs),
        filled(one.ends for one in graphs),
    )


def visits(outputs: Array, graph: PhoneGraph) -> tuple[Array, Array]:
    """Log-probability of each utterance over all paths, and how likely each output is on the path in each frame.

    Args:
        outputs: (batch, frames, `OUTPUTS`) of the network, as log-likelihoods.
        graph: One for all, or a batch of them.

    Returns:
        (batch,) and (batch, frames, `OUTPUTS`); each frame of the latter adds up to 1.
    """
    shared = graph.phones.ndim == 1
    batch, frames, _ = outputs.shape
    peak = outputs.max(axis=2, keepdims=True)
    likely = np.exp((outputs - peak).astype(np.float64))
    phones = np.broadcast_to(graph.phones, (batch, graph.phones.shape[-1]))
    enter = np.take_along_axis(likely, 2 * phones[:, None, :], axis=2)
    stay = np.take_along_axis(likely, 2 * phones[:, None, :] + 1, axis=2)

    def step(row: Array, matrix: Array) -> Array:
        return row @ matrix if shared else np.matmul(row[:, None, :], matrix)[:, 0]

    into = np.empty((frames, batch, phones.shape[1]))
    ahead = np.empty_like(into)
    scale = np.empty((frames, batch, 1))
    for frame in range(frames):
        into[frame] = step(ahead[frame - 1], graph.follows) if frame else graph.begins
        now = into[frame] * enter[:, frame]
        if frame:
            now += ahead[frame - 1] * stay[:, frame]
        scale[frame] = now.sum(axis=1, keepdims=True) + _LEAST
        ahead[frame] = now / scale[frame]
    end = (ahead[-1] * graph.ends).sum(axis=1, keepdims=True) + _LEAST
    total = np.log(scale).sum(axis=(0, 2)) + np.log(end[:, 0]) + peak.sum(axis=(1, 2))

    backwards = np.swapaxes(graph.follows, -1, -2)
    entered, stayed = np.empty_like(enter), np.zeros_like(stay)
    behind = np.broadcast_to(graph.ends / end, ahead[0].shape)
    for frame in range(frames - 1, -1, -1):
        behind = behind / scale[frame]
        here = enter[:, frame] * behind
        entered[:, frame] = into[frame] * here
        if frame:
            kept = stay[:, frame] * behind
            stayed[:, frame] = ahead[frame - 1] * kept
            behind = step(here, backwards) + kept
    return total, _by_output(phones, entered, stayed)


def _by_output(phones: Array, entered: Array, stayed: Array) -> Array:
    """Sum what the states of one phone have."""
    choose = (phones[:, :, None] == np.arange(COUNT)).astype(np.float64)
    found = np.empty((*entered.shape[:2], OUTPUTS))
    found[..., 0::2], found[..., 1::2] = entered @ choose, stayed @ choose
    return found
