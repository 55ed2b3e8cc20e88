"""The two Kaldi files of an acoustic model, as far as Vosk needs them: `final.mdl` (nnet3) and `global_cmvn.stats`.

Written and read in Kaldi's binary form, little-endian; no code of Kaldi's is here.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tools.starter_model.phones import PHONES, POSITIONS, SIL

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

BINARY = b"\0B"
FRAMES = 1e6
"""How many the global mean is said to be of."""
EVEN = float(np.log(0.5))
"""Both transitions of a state are as likely, and the network decides."""

Array = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Layer:
    """An affine layer over some frames of the layer before, and a rectifier but in the last."""

    offsets: tuple[int, ...]
    """Frames, from the present one, that it sees."""
    weights: Array
    """(outputs, offsets × inputs)."""
    bias: Array
    """(outputs,)."""
    rectified: bool


class NotOurs(ValueError):
    """A file of another make than `write_model` writes."""


def write_model(file: Path, layers: Sequence[Layer], inputs: int) -> None:
    """Transition model and network; Vosk computes the context anew, and there are no priors."""
    context = _token("<LeftContext>") + _int(0) + _token("<RightContext>") + _int(0)
    priors = _token("<Priors>") + _vector(np.zeros(0, np.float32))
    file.write_bytes(BINARY + _transition_model() + _network(layers, inputs) + context + priors)


def read_model(file: Path) -> list[Layer]:
    """The network's layers.

    Raises:
        NotOurs: It is no model that `write_model` wrote.
    """
    content = file.read_bytes()
    if not content.startswith(BINARY + _transition_model() + _token("<Nnet3>")):
        raise NotOurs(file)
    begin = content.index(b"<Nnet3>")
    nodes, _, components = content[begin:].partition(b"\n\n")
    affine = [line for line in nodes.decode().splitlines() if ".affine component=" in line]
    layers, rest = [], components
    for number, node in enumerate(affine):
        rest = rest.partition(b"<LinearParams> ")[2]
        weights, rest = _read_matrix(rest)
        bias, rest = _read_vector(rest.partition(b"<BiasParams> ")[2])
        layers.append(Layer(_offsets(node), weights, bias, number < len(affine) - 1))
    return layers


def write_cmvn(file: Path, mean: Array) -> None:
    """Sums over all training speech; only the mean is used."""
    sums = np.zeros((2, len(mean) + 1))
    sums[0, :-1], sums[1, :-1], sums[0, -1] = mean * FRAMES, (mean**2 + 1) * FRAMES, FRAMES
    file.write_bytes(BINARY + b"DM " + _int(2) + _int(len(mean) + 1) + sums.astype("<f8").tobytes())


def read_cmvn(file: Path) -> Array:
    """The mean that `write_cmvn` wrote."""
    content = file.read_bytes()
    if not content.startswith(BINARY + b"DM "):
        raise NotOurs(file)
    sums = np.frombuffer(content[15:], "<f8").reshape(2, -1)
    return np.asarray(sums[0, :-1] / sums[0, -1], np.float32)


def _token(name: str) -> bytes:
    return name.encode() + b" "


def _int(value: int) -> bytes:
    return b"\x04" + struct.pack("<i", value)


def _float(value: float) -> bytes:
    return b"\x04" + struct.pack("<f", value)


def _vector(values: Array) -> bytes:
    return b"FV " + _int(len(values)) + values.astype("<f4").tobytes()


def _matrix(values: Array) -> bytes:
    return b"FM " + _int(values.shape[0]) + _int(values.shape[1]) + values.astype("<f4").tobytes()


def _ints(values: Sequence[int]) -> bytes:
    return b"\x04" + struct.pack(f"<i{len(values)}i", len(values), *values)


def _read_vector(content: bytes) -> tuple[Array, bytes]:
    (length,) = struct.unpack_from("<i", content, 4)
    end = 8 + 4 * length
    return np.frombuffer(content[8:end], "<f4"), content[end:]


def _read_matrix(content: bytes) -> tuple[Array, bytes]:
    rows, columns = (struct.unpack_from("<i", content, at)[0] for at in (4, 9))
    end = 13 + 4 * rows * columns
    return np.frombuffer(content[13:end], "<f4").reshape(rows, columns), content[end:]


def _transition_model() -> bytes:
    """Chain topology: one state a phone, with outputs of its own on entering and staying; positions share them."""
    count = 1 + len(PHONES) * len(POSITIONS)
    state = _int(0) + _int(1) + _int(2) + _int(0) + _float(0.5) + _int(1) + _float(0.5)
    final = _int(-1) + _int(-1) + _int(0)
    entries = _ints(range(1, count + 1)) + _ints([-1] + [0] * count)
    topology = entries + _int(-1) + _int(1) + _int(2) + state + final  # −1: the self-loop has an output of its own
    tuples = b"".join(
        _int(phone) + _int(0) + _int(2 * output) + _int(2 * output + 1)
        for phone, output in (
            (one, 0 if one == SIL else (one - 2) // len(POSITIONS) + 1) for one in range(1, count + 1)
        )
    )
    likelihoods = np.full(2 * count + 1, EVEN, np.float32)
    likelihoods[0] = 0
    return (
        _token("<TransitionModel>")
        + _token("<Topology>") + topology + _token("</Topology>")
        + _token("<Tuples>") + _int(count) + tuples + _token("</Tuples>")
        + _token("<LogProbs>") + _vector(likelihoods) + _token("</LogProbs>")
        + _token("</TransitionModel>")
    )  # fmt: skip


def _network(layers: Sequence[Layer], inputs: int) -> bytes:
    nodes, components, before = [f"input-node name=input dim={inputs}"], [], "input"
    for number, layer in enumerate(layers):
        name = f"l{number}.affine"
        nodes.append(f"component-node name={name} component={name} input={_descriptor(before, layer.offsets)}")
        parameters = _token("<LinearParams>") + _matrix(layer.weights) + _token("<BiasParams>") + _vector(layer.bias)
        components.append(_component(name, "FixedAffineComponent", parameters))
        before = name
        if layer.rectified:
            name = f"l{number}.relu"
            nodes.append(f"component-node name={name} component={name} input={before}")
            components.append(_component(name, "RectifiedLinearComponent", _rectifier(len(layer.bias))))
            before = name
    nodes.append(f"output-node name=output input={before} objective=linear")
    head = _token("<Nnet3>") + b"\n" + ("\n".join(nodes) + "\n\n").encode()
    return head + _token("<NumComponents>") + _int(len(components)) + b"".join(components) + _token("</Nnet3>")


def _descriptor(before: str, offsets: Sequence[int]) -> str:
    parts = [before if offset == 0 else f"Offset({before}, {offset})" for offset in offsets]
    return f"Append({','.join(parts)})" if len(parts) > 1 else parts[0]


def _offsets(node: str) -> tuple[int, ...]:
    descriptor = node.partition(" input=")[2].removeprefix("Append(")
    parts = descriptor.replace("Offset(", "").replace(", ", "@").replace(")", "").split(",")
    return tuple(int(part.partition("@")[2] or 0) for part in parts)


def _component(name: str, kind: str, content: bytes) -> bytes:
    return _token("<ComponentName>") + _token(name) + _token(f"<{kind}>") + content + _token(f"</{kind}>")


def _rectifier(size: int) -> bytes:
    nothing = _vector(np.zeros(0, np.float32))
    averages = _token("<ValueAvg>") + nothing + _token("<DerivAvg>") + nothing
    return _token("<Dim>") + _int(size) + averages + _token("<Count>") + b"\x08" + struct.pack("<d", 0)
