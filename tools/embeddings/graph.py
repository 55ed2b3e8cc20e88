"""MiniLM as an ONNX graph, written node by node from its weights: with floats, or with its matrices as bytes.

One text at a time (or several of one length), so it needs no padding and no mask, and a vector never depends on the
company its text came in. Opset 20, only standard operators.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from onnx import ModelProto, TensorProto, checker, helper, numpy_helper
from safetensors.numpy import load_file

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

LAYERS, HEADS, WIDTH, EPSILON = 6, 12, 384, 1e-12
"""config.json of the weights."""

MAX_TOKENS = 256
"""Positions that are kept of the 512: what the weights were trained for (sentence_bert_config.json)."""

SEVEN_BITS = 63
"""Largest byte of a weight: with 8 bits, AVX2 adds two products past the end of 16 bits and cuts them off silently."""


class _Graph:
    """Nodes and constants, gathered in order."""

    def __init__(self, *, small: bool) -> None:
        self.small = small
        self.nodes: list[object] = []
        self.constants: dict[str, object] = {}
        self._made = 0

    def constant(self, name: str, values: NDArray[np.generic]) -> str:
        """Keep `values` under `name`."""
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def apply(self, operator: str, *inputs: str, outputs: int = 1, **attributes: object) -> list[str]:
        """Add a node; returns the names of its outputs."""
        self._made += 1
        names = [f"{operator.lower()}_{self._made}_{number}" for number in range(outputs)]
        self.nodes.append(helper.make_node(operator, list(inputs), names, **attributes))
        return names

    def one(self, operator: str, *inputs: str, **attributes: object) -> str:
        """Add a node with one output; returns its name."""
        return self.apply(operator, *inputs, **attributes)[0]

    def rows(self, name: str, table: Floats, numbers: str) -> str:
        """Rows of a table; small, each row is bytes with a scale of its own."""
        if not self.small:
            return self.one("Gather", self.constant(name, table), numbers)
        scales = np.abs(table).max(axis=1, keepdims=True) / 127
        scales[scales == 0] = 1
        bytes_ = self.constant(name, np.rint(table / scales).astype(np.int8))
        floats = self.one("Cast", self.one("Gather", bytes_, numbers), to=TensorProto.FLOAT)
        return self.one("Mul", floats, self.one("Gather", self.constant(f"{name}.scale", scales), numbers))

    def linear(self, name: str, values: str, weight: Floats, bias: Floats) -> str:
        """`values @ weight.T + bias`; small, as a product of bytes, scaled by column and by what `values` holds."""
        matrix = weight.T
        if not self.small:
            product = self.one("MatMul", values, self.constant(f"{name}.weight", matrix))
            return self.one("Add", product, self.constant(f"{name}.bias", bias))
        scale = (np.abs(matrix).max(axis=0) / SEVEN_BITS).astype(np.float32)
        whole = self.constant(f"{name}.weight", np.rint(matrix / scale).astype(np.int8))
        zero = self.constant(f"{name}.zero", np.zeros(matrix.shape[1], np.int8))
        as_bytes, value_scale, value_zero = self.apply("DynamicQuantizeLinear", values, outputs=3)
        product = self.one("MatMulInteger", as_bytes, whole, value_zero, zero)
        scales = self.one("Mul", value_scale, self.constant(f"{name}.scale", scale))
        floats = self.one("Mul", self.one("Cast", product, to=TensorProto.FLOAT), scales)
        return self.one("Add", floats, self.constant(f"{name}.bias", bias))


def build(weights: Path, *, small: bool) -> ModelProto:
    """The whole model: `ids` int64 (texts, pieces) to `vectors` float32 (texts, 384) of length 1.

    Args:
        weights: model.safetensors.
        small: Matrices and tables as bytes (22.6 MB instead of 90).
    """
    w = {name: values.astype(np.float32) for name, values in load_file(weights).items() if values.dtype == np.float32}
    graph = _Graph(small=small)
    values = _embeddings(graph, w)
    for layer in range(LAYERS):
        values = _layer(graph, w, f"encoder.layer.{layer}", values)
    mean = graph.one("ReduceMean", values, graph.constant("axis", np.array([1])), keepdims=0)
    graph.nodes.append(helper.make_node("LpNormalization", [mean], ["vectors"], axis=1, p=2))
    return _model(graph)


def _embeddings(graph: _Graph, w: dict[str, Floats]) -> str:
    words = graph.rows("words", w["embeddings.word_embeddings.weight"], "ids")
    sentence = w["embeddings.token_type_embeddings.weight"][:1]
    places = graph.constant("places", w["embeddings.position_embeddings.weight"][:MAX_TOKENS] + sentence)
    length = graph.one("Gather", graph.one("Shape", "ids"), graph.constant("second", np.array([1])))
    here = graph.one("Slice", places, graph.constant("from", np.array([0])), length)
    return _norm(graph, w, "embeddings.LayerNorm", graph.one("Add", words, here))


def _norm(graph: _Graph, w: dict[str, Floats], name: str, values: str) -> str:
    weight, bias = (
        graph.constant(f"{name}.weight", w[f"{name}.weight"]),
        graph.constant(f"{name}.bias", w[f"{name}.bias"]),
    )
    return graph.one("LayerNormalization", values, weight, bias, axis=-1, epsilon=EPSILON)


def _layer(graph: _Graph, w: dict[str, Floats], name: str, values: str) -> str:
    """Attention and the two dense layers, each added to what went in."""
    attended = _attention(graph, w, f"{name}.attention", values)
    values = _norm(graph, w, f"{name}.attention.output.LayerNorm", graph.one("Add", attended, values))
    wide = _dense(graph, w, f"{name}.intermediate.dense", values)
    narrow = _dense(graph, w, f"{name}.output.dense", graph.one("Gelu", wide))
    return _norm(graph, w, f"{name}.output.LayerNorm", graph.one("Add", narrow, values))


def _dense(graph: _Graph, w: dict[str, Floats], name: str, values: str) -> str:
    return graph.linear(name, values, w[f"{name}.weight"], w[f"{name}.bias"])


def _attention(graph: _Graph, w: dict[str, Floats], name: str, values: str) -> str:
    size = WIDTH // HEADS
    shrink = {"query": 1 / np.sqrt(size).astype(np.float32)}  # the division by the root of a head's size, done once
    parts = [
        [w[f"{name}.self.{part}.{kind}"] * shrink.get(part, 1) for part in ("query", "key", "value")]
        for kind in ("weight", "bias")
    ]
    together = graph.linear(f"{name}.self", values, np.concatenate(parts[0]), np.concatenate(parts[1]))
    query, key, value = graph.apply("Split", together, outputs=3, axis=2, num_outputs=3)
    apart = graph.constant("heads", np.array([0, 0, HEADS, size]))
    query, value = (
        graph.one("Transpose", graph.one("Reshape", part, apart), perm=[0, 2, 1, 3]) for part in (query, value)
    )
    key = graph.one("Transpose", graph.one("Reshape", key, apart), perm=[0, 2, 3, 1])
    weights = graph.one("Softmax", graph.one("MatMul", query, key), axis=-1)
    seen = graph.one("Transpose", graph.one("MatMul", weights, value), perm=[0, 2, 1, 3])
    seen = graph.one("Reshape", seen, graph.constant("joined", np.array([0, 0, WIDTH])))
    return _dense(graph, w, f"{name}.output.dense", seen)


def _model(graph: _Graph) -> ModelProto:
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, ["texts", "pieces"])
    vectors = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", WIDTH])
    made = helper.make_graph(graph.nodes, "minilm", [ids], [vectors], list(graph.constants.values()))
    model = helper.make_model(
        made, opset_imports=[helper.make_opsetid("", 20)], ir_version=10, producer_name="sottovoce"
    )
    checker.check_model(model, full_check=True)
    return model
