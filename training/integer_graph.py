"""The encoder as a graph whose result is the same, bit for bit, on every processor.

    python integer_graph.py FORMER_ENCODER.onnx OUT.onnx --texts FOLDER FOLDER ...

Why it is: quotes/model/README.md, "One result on every processor". Every number that many others are added to is a
whole number within a float32 or float64, or an int32, so the order of the sum is free; what is left is done to each
number alone, in single operations of IEEE 754; and before Gelu and exp, whose last digits differ, the
numbers are brought to a grid on which no result lies near a border of the rounding that follows.
"""

import argparse
import json
import math
from pathlib import Path

import numpy as np
import onnx
from float_encoder import (
    ATTENTION_HEADS,
    LARGE,
    SIZE,
    SMALL,
    Layer,
    Linear,
    Norm,
    Weights,
    Window,
    cut,
    observe,
    read_former,
    read_texts,
)
from numpy.typing import ArrayLike
from onnx import TensorProto, helper, numpy_helper
from rounding import EXACT, MOST, Product, Step, copies, fit, safe, step

ROUND = (
    1.5 * 2.0**23
)  # added to a float32 this rounds it to a whole number; taken away again the number is left
WORD_UNITS = 2.0**5  # units of the first sum in a step of the words' table
OUT_UNIT, OUTER_UNIT, HIDDEN_UNIT = (
    2.0**-8,
    2.0**-7,
    2.0**-7,
)  # of the sums after attention and feed-forward layers
QUERY_GRID, KEY_GRID = 2.0**-8, 2.0**-7
SCORE_GRID = 2.0**-7  # nats, of the attention's scores
UNIT_GRID = 2.0**-8  # of what goes into Gelu
GELU_MARGIN, EXP_MARGIN = 8e-6, 3e-6  # four times the greatest error of any known kernel, or more
COPIES = 3  # of units in a layer, at most
SMALL_STEPS = 511  # the greatest weight of the small heads
LONGEST = 512  # wordpieces that there are positions for
PADDING = 37  # among the features


class Graph:
    """An ONNX graph in the making. Operators return the name of their output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, np.ndarray] = {}
        self.known: dict[tuple[str, tuple[int, ...], bytes], str] = {}

    def constant(self, value: ArrayLike) -> str:
        """The name of a constant; equal ones are stored once."""
        array = np.asarray(value)
        key = (array.dtype.str, array.shape, array.tobytes())
        if key not in self.known:
            self.known[key] = f"constant{len(self.known)}"
            self.constants[self.known[key]] = array
        return self.known[key]

    def add(self, kind: str, *inputs: str | ArrayLike, name: str = "", domain: str = "", **attributes) -> str:  # type: ignore[no-untyped-def]
        """One more operator."""
        output = name or f"{kind}{len(self.nodes)}"
        names = [one if isinstance(one, str) else self.constant(one) for one in inputs]
        self.nodes.append(
            helper.make_node(kind, names, [output], f"node/{output}", domain=domain, **attributes)
        )
        return output

    def product(self, x: str, zero: int, product: Product, add: float = 0.0, name: str = "") -> str:
        """uint8 inputs times whole weights, scaled, with ``add`` added to the bias: one fused operator."""
        return self.add(
            "MatMulIntegerToFloat", x, product.weights, np.float32(1), product.scale.astype(np.float32),
            np.uint8(zero), np.int8(0), (product.bias + add).astype(np.float32), domain="com.microsoft", name=name,
        )  # fmt: skip

    def sum_of_products(self, x: str, y: str) -> str:
        """uint8 times int8, as whole float32."""
        return self.add(
            "MatMulIntegerToFloat", x, y, np.float32(1), np.float32(1), np.uint8(0), np.int8(0), domain="com.microsoft"
        )  # fmt: skip

    def round(self, x: str, step: Step | float) -> str:
        """uint8 of ``x``."""
        one = step if isinstance(step, Step) else Step(step, 0)
        return self.add("QuantizeLinear", x, np.float32(one.size), np.uint8(one.zero))


class Builder:
    """Fits the weights and writes the graph."""

    def __init__(self, weights: Weights, sample: list[Window]) -> None:
        self.weights = weights
        self.seen = observe(weights, sample)
        self.graph = Graph()

    def build(self) -> onnx.ModelProto:
        """The whole model: ids and features of windows -> scores of every head, and the last hidden state.

        Rows are wordpieces and columns are windows, [pieces, windows], so that windows of a batch and heads of the
        attention are one axis. PADDING among the features fills a shorter window up; nothing attends to it.
        """
        graph, weights = self.graph, self.weights
        unit = weights.word_scale / WORD_UNITS
        words = graph.add("Gather", weights.words, "ids")
        words = graph.add("DequantizeLinear", words, np.float32(WORD_UNITS), np.uint8(weights.word_zero))
        tables = [np.rint(table / unit).astype(np.float32) for table in (weights.features, weights.positions)]
        features = graph.add(
            "Gather", np.concatenate([tables[0], np.zeros((1, SIZE), np.float32)]), "features"
        )
        shape = graph.add("Shape", "ids")
        self.length = length = graph.add("Gather", shape, np.array([0]))
        positions = graph.add("Slice", tables[1][:LONGEST, None], np.array([0]), length, np.array([0]))
        self.shape = graph.add("Concat", shape, np.array([SIZE]), axis=0)
        self.head_shape = graph.add("Concat", length, np.array([-1, SIZE // ATTENTION_HEADS]), axis=0)
        self.grid = self.score_grid()
        self.ones = graph.add("Slice", np.ones((LONGEST, 1), np.int8), np.array([0]), length, np.array([0]))
        sums = graph.add("Add", graph.add("Add", words, features), positions)
        self.check(
            np.abs(weights.words.astype(int) - weights.word_zero).max(0) * WORD_UNITS,
            *(np.abs(table).max(0) for table in tables),
        )
        norm, after = weights.norm, [layer.norm_attention for layer in weights.layers]
        for number, layer in enumerate(weights.layers):
            x, inputs, residual = self.norm(
                sums, 2 * number, norm, OUT_UNIT, layer.query[0], layer.key[0], layer.value[0]
            )
            sums = self.attention(number, layer, norm, x, inputs, residual)
            x, inputs, residual = self.scaled_norm(sums, 2 * number + 1, after[number], layer.inner[0])
            sums = self.feed_forward(number, layer, x, inputs, residual)
            norm = layer.norm_inner
        self.heads(sums, norm)
        return self.model()

    def score_grid(self) -> str:
        """What brings an attention's scores to their grid, [windows * heads, 1, pieces]: of padding far below all."""
        graph = self.graph
        padding = graph.add("Equal", graph.add("Transpose", "features", perm=[1, 0]), np.array(PADDING))
        grid = graph.add("Where", padding, np.float32(-ROUND), np.float32(ROUND * SCORE_GRID))
        grid = graph.add("Unsqueeze", grid, np.array([1, 2]))
        grid = graph.add("Expand", grid, np.array([1, ATTENTION_HEADS, 1, 1]))
        return graph.add("Reshape", grid, graph.add("Concat", np.array([-1, 1]), self.length, axis=0))

    def check(self, *bounds: np.ndarray) -> None:
        """Is each sum over a row exact, whatever the text?"""
        if not sum(float(bound.sum()) for bound in bounds) < EXACT:
            raise ValueError(
                f"a sum may reach {sum(float(bound.sum()) for bound in bounds) / EXACT:.2f} of 2**24"
            )

    def normal(self, sums: str, size: float) -> str:
        """Whole numbers less their (rounded) mean, by their standard deviation times ``size``."""
        graph = self.graph
        mean = graph.add(
            "Mul", graph.add("ReduceSum", sums, np.array([-1]), keepdims=1), np.float32(1 / SIZE)
        )
        centred = graph.add("Sub", sums, graph.add("Round", mean))
        squares = graph.add("Cast", graph.add("Mul", centred, centred), to=TensorProto.DOUBLE)
        root = graph.add("Sqrt", graph.add("ReduceSum", squares, np.array([-1]), keepdims=1))
        factor = graph.add(
            "Cast", graph.add("Div", np.float64(math.sqrt(SIZE) / size), root), to=TensorProto.FLOAT
        )
        return graph.add("Mul", centred, factor)

    def norm(
        self, sums: str, number: int, norm: Norm, unit: float, *weights: np.ndarray
    ) -> tuple[str, Step, str]:
        """A norm whose scale comes before the rounding: uint8, their step, and the residual plus ROUND.

        The shift of the norm is in the residual, and in the biases of the products that follow.
        """
        inputs = step(self.seen["normal", number] * norm[0], np.concatenate(weights, 1))
        scaled = self.graph.add("Mul", self.normal(sums, 1.0), (norm[0] / unit).astype(np.float32))
        inputs = Step(float(np.float32(inputs.size / unit)) * unit, inputs.zero)
        x = self.graph.round(scaled, Step(inputs.size / unit, inputs.zero))
        self.residual = _bound(norm) / unit
        return x, inputs, self.graph.add("Add", scaled, (np.rint(norm[1] / unit) + ROUND).astype(np.float32))

    def scaled_norm(self, sums: str, number: int, norm: Norm, weight: np.ndarray) -> tuple[str, Step, str]:
        """A norm whose scale comes after the rounding, and is in the weights that follow.

        Before a feed-forward layer one component of a few wordpieces reaches far above the rest, the more so scaled.
        """
        inputs = step(self.seen["normal", number], norm[0][:, None] * weight)
        normal = self.normal(sums, inputs.size)
        x = self.graph.round(normal, Step(1.0, inputs.zero))
        scaled = self.graph.add("Mul", normal, (norm[0] * inputs.size / OUTER_UNIT).astype(np.float32))
        self.residual = _bound(norm) / OUTER_UNIT
        shift = (np.rint(norm[1] / OUTER_UNIT) + ROUND).astype(np.float32)
        return x, inputs, self.graph.add("Add", scaled, shift)

    def attention(self, number: int, layer: Layer, norm: Norm, x: str, inputs: Step, residual: str) -> str:
        """Self-attention and the residual: whole numbers in OUT_UNIT.

        Query and key are whole multiples of a grid, so their products are exact; exp(score - the row's highest) is a
        uint8, so what is summed over the row is whole, and one division follows.
        """
        graph = self.graph
        seen = self.seen["normal", 2 * number] * norm[0]
        parts = []
        for linear, grid, order in ((layer.query, QUERY_GRID, [1, 0, 2]), (layer.key, KEY_GRID, [1, 2, 0])):
            product = fit(seen, linear[0], _shifted(linear, norm), inputs, 1.0)
            y = graph.product(x, inputs.zero, _on_grid(product, grid), ROUND * grid)
            y = graph.add("Sub", y, np.float32(ROUND * grid))
            parts.append(graph.add("Transpose", self.split(y), perm=order))
        unit = np.maximum(self.seen["value", number].max(0), 0.02) / MOST
        product = fit(seen, layer.value[0], _shifted(layer.value, norm), inputs, unit)
        y = graph.add("Clip", graph.product(x, inputs.zero, product), np.float32(-MOST), np.float32(MOST))
        y = graph.add("QuantizeLinear", y, np.float32(1), np.int8(0))
        value = graph.add("Transpose", self.split(y), perm=[1, 0, 2])

        scores = graph.add("Add", graph.add("MatMul", *parts), self.grid)
        below = graph.add("Sub", scores, graph.add("ReduceMax", scores, axes=[-1]))
        powers = np.exp(-np.arange(0, 9, SCORE_GRID))
        powers8 = graph.round(graph.add("Exp", below), safe(powers, 1 / 255, 0, 0.004, EXP_MARGIN))
        total = graph.sum_of_products(powers8, self.ones)
        attended = graph.add("Div", graph.sum_of_products(powers8, value), total)
        attended = graph.add("Reshape", graph.add("Transpose", attended, perm=[1, 0, 2]), self.shape)
        seen, weight = self.seen["attended", number] / unit, unit[:, None] * layer.out[0]
        inputs = step(seen, weight, zero=128)
        inputs = Step(float(np.float32(inputs.size)), 128)
        product = fit(seen, weight, layer.out[1], inputs, OUT_UNIT)
        self.check(self.residual, product.bound())
        return graph.add(
            "Add", graph.product(graph.round(attended, inputs), 128, _on_grid(product, 1), -ROUND), residual
        )

    def split(self, x: str) -> str:
        """[pieces, windows, SIZE] as [pieces, windows * heads, components of a head]."""
        return self.graph.add("Reshape", x, self.head_shape)

    def feed_forward(self, number: int, layer: Layer, x: str, inputs: Step, residual: str) -> str:
        """Feed-forward layer and the residual: whole numbers in OUTER_UNIT."""
        graph, units, norm = self.graph, self.seen["unit", number], layer.norm_attention
        level, shared = copies(units.max(0), COPIES)
        which, shifts = [k for k, _ in shared], np.array([shift for _, shift in shared])
        weight = np.concatenate([layer.inner[0], layer.inner[0][:, which]], 1)
        bias = np.concatenate([layer.inner[1], layer.inner[1][which] - shifts])
        outer = np.concatenate([layer.outer[0], layer.outer[0][which]])
        # far from 0 Gelu gives its input back, or 0
        units = np.concatenate([units, np.maximum(units[:, which] - shifts, 0)], 1)
        seen = self.seen["normal", 2 * number + 1]
        product = fit(seen, norm[0][:, None] * weight, _shifted((weight, bias), norm), inputs, 1.0)
        y = graph.product(x, inputs.zero, _on_grid(product, UNIT_GRID), ROUND * UNIT_GRID)
        y = graph.add("Gelu", graph.add("Sub", y, np.float32(ROUND * UNIT_GRID)), domain="com.microsoft")
        size = (level + 0.17) / 255  # Gelu's lowest value is -0.17
        zero = math.ceil(0.17 / size)
        places = np.arange(-8, level + 1, UNIT_GRID)
        gelu = [0.5 * place * (1 + math.erf(place * math.sqrt(0.5))) for place in places.tolist()]
        rounding = Step(safe(np.array(gelu), size, zero, 0.02, GELU_MARGIN), zero)
        product = fit(
            np.minimum(units, (255 - zero) * rounding.size), outer, layer.outer[1], rounding, OUTER_UNIT
        )
        self.check(self.residual, product.bound())
        y = graph.product(graph.round(y, rounding), zero, _on_grid(product, 1), -ROUND)
        return graph.add("Add", y, residual)

    def heads(self, sums: str, norm: Norm) -> None:
        """The large heads from uint8, the small ones from the hidden state in HIDDEN_UNIT."""
        graph, heads = self.graph, self.weights.heads
        weight = np.concatenate([heads[name][0] for name in LARGE], 1)
        bias = np.concatenate([heads[name][1] for name in LARGE])
        x, inputs, hidden = self.norm(sums, 12, norm, HIDDEN_UNIT, weight)
        hidden = graph.add("Sub", hidden, np.float32(ROUND), name="hidden")
        seen = self.seen["normal", 12] * norm[0]
        graph.product(
            x, inputs.zero, fit(seen, weight, _shifted((weight, bias), norm), inputs, 1.0), name="large"
        )
        weight = np.concatenate([heads[name][0] for name in SMALL], 1)
        bias = np.concatenate([heads[name][1] for name in SMALL]).astype(np.float32)
        scale = np.abs(weight).max(0) / SMALL_STEPS
        whole = np.rint(weight / scale).astype(np.float32)
        longest = (math.sqrt(SIZE) * np.abs(norm[0]).max() + np.linalg.norm(norm[1])) / HIDDEN_UNIT
        self.check(longest * np.linalg.norm(whole, axis=0).max(keepdims=True))
        small = graph.add("Mul", graph.add("MatMul", hidden, whole), (scale * HIDDEN_UNIT).astype(np.float32))
        graph.add("Add", small, bias, name="small")

    def model(self) -> onnx.ModelProto:
        """The graph with its inputs and outputs."""
        sizes = {name: len(bias) for name, (_, bias) in self.weights.heads.items()}
        outputs = {
            "small": sum(sizes[name] for name in SMALL),
            "large": sum(sizes[name] for name in LARGE),
            "hidden": SIZE,
        }
        shape = ["pieces", "windows"]
        graph = helper.make_graph(
            self.graph.nodes,
            "encoder",
            [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in ("ids", "features")],
            [
                helper.make_tensor_value_info(name, TensorProto.FLOAT, [*shape, size])
                for name, size in outputs.items()
            ],
            [numpy_helper.from_array(array, name) for name, array in self.graph.constants.items()],
        )
        imports = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
        model = helper.make_model(graph, opset_imports=imports, ir_version=8)
        heads = {
            output: {name: sizes[name] for name in names}
            for output, names in (("small", SMALL), ("large", LARGE))
        }
        helper.set_model_props(model, {"heads": json.dumps(heads)})
        return model


def _bound(norm: Norm) -> np.ndarray:
    """The greatest magnitude of each component after a norm, such that their sum bounds the sum of any row.

    The squares of a row before the scale sum to their number (Cauchy-Schwarz).
    """
    return math.sqrt(SIZE) * np.linalg.norm(norm[0]) / SIZE + np.abs(norm[1])


def _shifted(linear: Linear, norm: Norm) -> np.ndarray:
    """The bias, with what the norm's shift adds."""
    return linear[1] + norm[1] @ linear[0]


def _on_grid(product: Product, grid: float) -> Product:
    """The bias brought to a grid, as ROUND must be."""
    return Product(product.weights, product.scale, np.rint(product.bias / grid) * grid, product.reach)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("former", type=Path, help="int8 encoder.onnx of version 0.1 (commit a2de091)")
    parser.add_argument("out", type=Path)
    parser.add_argument("--texts", type=Path, nargs="+", required=True, help="folders of training articles")
    args = parser.parse_args()
    onnx.save(Builder(read_former(args.former), cut(read_texts(args.texts))).build(), args.out)


if __name__ == "__main__":
    main()
