"""Trains the network on synthetic speech, in a number of steps: one process augments, the other learns.

The same speech, seed, packages and kind of processor give the same weights.
"""

from __future__ import annotations

import collections
import math
import multiprocessing
import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from tools.starter_model import kaldi, lfmmi
from tools.starter_model.batches import Batch, Batches
from tools.starter_model.network import Tdnn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from multiprocessing.queues import Queue
    from pathlib import Path

    from tools.starter_model.lexicon import Pronunciation
    from tools.starter_model.utterances import Utterance

WARM_UP = 150
"""Steps until the highest rate of learning."""
EXACT_SHARE = 0.08
"""Of the steps, at the end, that are computed in 32-bit floats."""
WORST_FRAME = -30.0
"""Log-probability a frame below which an utterance is left out: its words and its sound do not fit."""
STEADYING = 0.15
SMALLNESS = 2e-5
TOLD_EVERY = 50
AHEAD = 6
"""Batches that are made before they are needed."""

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How long and how fast to learn."""

    steps: int = 8600
    peak: float = 2.5e-3
    """The highest rate of learning."""
    seed: int = 1
    begin: Path | None = None
    """A model folder whose weights to go on from; none: from nothing."""


@dataclass(frozen=True, slots=True)
class Trained:
    """What an acoustic model is made of."""

    layers: Sequence[kaldi.Layer]
    mean: Array
    bigram: Array


def train(utterances: Sequence[Utterance], lexicon: Mapping[str, Sequence[Pronunciation]], plan: Plan) -> Trained:
    """Learn from utterances; progress is printed."""
    draw = random.Random(plan.seed)  # noqa: S311 - no secret
    bigram = lfmmi.phone_bigram((one.text for one in utterances), lexicon, draw)
    mean = kaldi.read_cmvn(plan.begin / "am" / "global_cmvn.stats") if plan.begin else None
    batches = Batches(utterances, lexicon, bigram, plan.seed, mean=mean)
    context = multiprocessing.get_context("spawn")
    ready: Queue[Batch] = context.Queue(AHEAD)
    maker = context.Process(target=_make, args=(batches, ready), daemon=True)
    maker.start()
    try:
        network = _learnt(ready, lfmmi.denominator(bigram), plan)
    finally:
        maker.terminate()
        maker.join()
    assert batches.mean is not None  # noqa: S101 - for the type checker
    return Trained(network.layers(), batches.mean, bigram)


def _make(batches: Batches, ready: Queue[Batch]) -> None:
    for batch in batches:
        ready.put(batch)


def _learnt(ready: Queue[Batch], anything: lfmmi.PhoneGraph, plan: Plan) -> Tdnn:
    torch.manual_seed(plan.seed)
    torch.use_deterministic_algorithms(mode=True)
    network = Tdnn()
    if plan.begin:
        network.take(kaldi.read_model(plan.begin / "am" / "final.mdl"), torch.from_numpy(ready.get().features))
    optimizer = torch.optim.AdamW(network.parameters(), lr=plan.peak, weight_decay=1e-4, betas=(0.9, 0.98))
    recent: collections.deque[float] = collections.deque(maxlen=TOLD_EVERY)
    begun = time.monotonic()
    network.train()
    for step in range(plan.steps):
        done = step / plan.steps
        for group in optimizer.param_groups:
            group["lr"] = _rate(plan.peak, step, done)
        recent.append(_step(network, optimizer, ready.get(), anything, fast=done < 1 - EXACT_SHARE))
        if (step + 1) % TOLD_EVERY == 0:
            minutes = (time.monotonic() - begun) / 60
            print(f"step {step + 1}: {np.mean(recent):.4f} a frame, {minutes:.1f} minutes", flush=True)
    network.eval()
    return network


def _rate(peak: float, step: int, done: float) -> float:
    """Rises at first, then falls as a cosine to a hundredth."""
    return peak * min(1, (step + 1) / WARM_UP) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * done)))


def _step(
    network: Tdnn, optimizer: torch.optim.Optimizer, batch: Batch, anything: lfmmi.PhoneGraph, *, fast: bool
) -> float:
    """Learn from one batch; returns how much likelier what is said was than anything, a frame, as a logarithm."""
    outputs, steadying = network(torch.from_numpy(batch.features), fast=fast)
    seen = outputs.detach().numpy()
    said, visits_said = lfmmi.visits(seen, batch.said)
    any_, visits_any = lfmmi.visits(seen, anything)
    fits = said / seen.shape[1] > WORST_FRAME
    frames = max(1, int(fits.sum())) * seen.shape[1]
    gradient = torch.from_numpy(((visits_any - visits_said) * fits[:, None, None] / frames).astype(np.float32))
    target = torch.from_numpy((visits_said * fits[:, None, None] / frames).astype(np.float32))
    loss = (outputs * gradient).sum() + SMALLNESS * (outputs**2).mean() * lfmmi.OUTPUTS
    loss = loss - STEADYING * (target * torch.log_softmax(steadying, 2)).sum()
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
    optimizer.step()
    return float(((said - any_) * fits).sum() / frames)
