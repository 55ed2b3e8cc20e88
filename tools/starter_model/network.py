"""The acoustic model: a time-delay neural network, in PyTorch.

Needs the environment that `tools.starter_model` makes; the assistant runs it without PyTorch, from `final.mdl`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import nn

from tools.starter_model.features import BINS
from tools.starter_model.kaldi import Layer
from tools.starter_model.lfmmi import OUTPUTS

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 256
DEPTH = 4
"""Layers after the one that leaves out two of three frames."""
OFFSETS = ((-2, -1, 0, 1, 2), (-1, 0, 1), *((-3, 0, 3),) * DEPTH)
"""Frames that each layer sees, of the rate of the features."""
EVERY = 3
"""Frames of features for one of outputs."""


class Tdnn(nn.Module):
    """Features to outputs, one frame of three: (batch, frames, `BINS`) to twice (batch, ⌈frames / 3⌉, `OUTPUTS`).

    The first is what the model says; the second, for the cross-entropy that steadies the training, is thrown away.
    """

    def __init__(self, width: int = WIDTH) -> None:
        super().__init__()
        inputs = (BINS, *(width,) * (DEPTH + 1))
        self.affine = nn.ModuleList(
            nn.Linear(size * len(offsets), width, bias=False) for size, offsets in zip(inputs, OFFSETS, strict=True)
        )
        self.norms = nn.ModuleList(nn.BatchNorm1d(width) for _ in OFFSETS)
        self.output, self.steadying = nn.Linear(width, OUTPUTS), nn.Linear(width, OUTPUTS)
        nn.init.zeros_(self.output.weight)
        nn.init.zeros_(self.output.bias)

    def forward(self, features: torch.Tensor, *, fast: bool = False) -> tuple[torch.Tensor, torch.Tensor]:
        """Outputs; `fast` multiplies in 16-bit floats."""
        hidden = _padded(features)
        with torch.autocast("cpu", torch.bfloat16, enabled=fast):
            for number, (affine, norm) in enumerate(zip(self.affine, self.norms, strict=True)):
                hidden = _spliced(hidden, number)
                hidden = torch.relu(norm(affine(hidden).flatten(0, 1))).unflatten(0, hidden.shape[:2])
        hidden = hidden.float()
        return self.output(hidden), self.steadying(hidden)

    def layers(self) -> list[Layer]:
        """As Kaldi's layers, the normalisation folded in."""
        folded = []
        for offsets, affine, norm in zip(OFFSETS, self.affine, self.norms, strict=True):
            scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            bias = norm.bias - norm.running_mean * scale
            folded.append(Layer(offsets, _array(affine.weight * scale[:, None]), _array(bias), rectified=True))
        return [*folded, Layer((0,), _array(self.output.weight), _array(self.output.bias), rectified=False)]

    @torch.no_grad()
    def take(self, layers: Sequence[Layer], features: torch.Tensor) -> None:
        """Go on from another model's layers; the normalisation is set by what it does to these features."""
        hidden = _padded(features)
        for number, (layer, affine, norm) in enumerate(zip(layers, self.affine, self.norms, strict=False)):
            bias = torch.from_numpy(layer.bias.copy())
            affine.weight.copy_(torch.from_numpy(layer.weights.copy()))
            plain = affine(_spliced(hidden, number))
            norm.running_mean.copy_(plain.mean((0, 1)))
            norm.running_var.copy_(plain.var((0, 1)))
            norm.weight.copy_(torch.sqrt(norm.running_var + norm.eps))
            norm.bias.copy_(norm.running_mean + bias)
            hidden = torch.relu(plain + bias)
        self.output.weight.copy_(torch.from_numpy(layers[-1].weights.copy()))
        self.output.bias.copy_(torch.from_numpy(layers[-1].bias.copy()))


def _padded(features: torch.Tensor) -> torch.Tensor:
    """As Kaldi does it: the first and the last frame stand for what is before and behind."""
    frames = -(-features.shape[1] // EVERY)
    context = EVERY * (DEPTH + 1)
    behind = context + EVERY * (frames - 1) + 1 - features.shape[1]
    return torch.cat([features[:, :1].expand(-1, context, -1), features, features[:, -1:].expand(-1, behind, -1)], 1)


def _spliced(hidden: torch.Tensor, number: int) -> torch.Tensor:
    """The frames that a layer sees, side by side; the second layer leaves out two of three."""
    if number == 1:
        return hidden.unflatten(1, (-1, EVERY)).flatten(2)
    count = len(OFFSETS[number])
    return torch.cat([hidden[:, at : hidden.shape[1] - count + 1 + at] for at in range(count)], 2)


def _array(tensor: torch.Tensor) -> np.ndarray[Any, np.dtype[np.float32]]:
    return np.asarray(tensor.detach().numpy(), np.float32)
