"""Speech and training, inside the environment that `tools.starter_model` makes.

Each stage keeps what it made below the output folder, and is not done again if that is there.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tools.starter_model import kaldi
from tools.starter_model.build_graph import DICTIONARY, HERE
from tools.starter_model.features import BINS
from tools.starter_model.lexicon import read_lexicon
from tools.starter_model.sources import SOURCES, synthesise
from tools.starter_model.training import Plan, train
from tools.starter_model.utterances import read_utterances

if TYPE_CHECKING:
    from collections.abc import Sequence

SMALL_STEPS, SMALL_SHARE = 20, 1 / 80
CONTINUED_PEAK = 4e-4
"""The highest rate of learning where weights are gone on from."""


def trained(speech: Sequence[Path], folder: Path, plan: Plan) -> None:
    """Learn, and write the acoustic part of a model folder."""
    utterances = [one for file in speech for one in read_utterances(file)]
    hours = sum(len(one.samples) for one in utterances) / 16_000 / 3600
    print(f"{len(utterances)} utterances, {hours:.2f} hours", flush=True)
    learnt = train(utterances, read_lexicon(DICTIONARY, HERE / "pronunciations.txt"), plan)
    (folder / "am").mkdir(parents=True, exist_ok=True)
    np.save(folder.parent / "phone_bigram.npy", learnt.bigram)
    kaldi.write_cmvn(folder / "am" / "global_cmvn.stats", learnt.mean)
    kaldi.write_model(folder / "am" / "final.mdl", learnt.layers, BINS)


def main() -> None:
    """Make the acoustic part of a model folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--from", dest="begin", type=Path)
    parser.add_argument("--steps", type=int, default=Plan.steps)
    parser.add_argument("--share", type=float, default=1)
    options = parser.parse_args()
    out, model = options.out, options.out / "model"
    steps, share = (SMALL_STEPS, SMALL_SHARE) if options.small else (options.steps, options.share)
    speech = synthesise(out / "speech", SOURCES, share)
    if not (model / "am" / "final.mdl").exists():
        plan = Plan(steps=steps, peak=CONTINUED_PEAK if options.begin else Plan.peak, begin=options.begin)
        trained(speech, model, plan)


if __name__ == "__main__":
    main()
