"""The trained encoder in numpy, in floating point: what the graph of integers is fitted to, and judged by."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from quotes.nlp.encoder import CLS, EMBEDDING_FEATURE, SEP, Tokenizer, windows

SMALL = ["attribution", "thought", "act", "entity", "tag", "sentence"]  # heads of a few labels
LARGE = ["link", "dependency"]  # heads whose scores numpy combines at run time
HEADS = [*SMALL, *LARGE]
ATTENTION_HEADS, SIZE = 12, 384
ROWS = 12_000  # wordpieces that stand for all activations

Linear = tuple[np.ndarray, np.ndarray]  # weight [inputs, outputs] and bias
Norm = tuple[np.ndarray, np.ndarray]  # scale and shift
Window = tuple[np.ndarray, np.ndarray]  # ids and features, with [CLS] and [SEP]
Look = Callable[[str, int, np.ndarray], None]


@dataclass
class Layer:
    """One layer. The scale of the attention is in the query's weights."""

    query: Linear
    key: Linear
    value: Linear
    out: Linear
    norm_attention: Norm
    inner: Linear
    outer: Linear
    norm_inner: Norm


@dataclass
class Weights:
    """All weights. The words' embeddings are uint8: (words - word_zero) * word_scale."""

    words: np.ndarray
    word_scale: float
    word_zero: int
    features: np.ndarray
    positions: np.ndarray
    norm: Norm
    layers: list[Layer]
    heads: dict[str, Linear]


def gelu(x: np.ndarray) -> np.ndarray:
    """x times the probability that a standard normal variable is below it (Hendrycks & Gimpel 2016)."""
    # Abramowitz & Stegun 7.1.26: numpy has no erf; wrong by 1.5e-7 at most
    z = np.abs(x) * math.sqrt(0.5)
    t = 1 / (1 + 0.3275911 * z)
    series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
    tail = 0.5 * series * np.exp(-z * z)
    return np.where(x > 0, x * (1 - tail), x * tail).astype(x.dtype)


def _normal(x: np.ndarray) -> np.ndarray:
    centred = x - x.mean(-1, keepdims=True)
    return centred / np.sqrt((centred * centred).mean(-1, keepdims=True) + 1e-12)


def forward(weights: Weights, ids: np.ndarray, features: np.ndarray, look: Look) -> dict[str, np.ndarray]:
    """Scores of every head and the last hidden state of one window.

    ``look`` sees, with the number of the norm or layer, "normal" (before a norm's scale), "value", "attended", "unit".
    """

    def norm(x: np.ndarray, number: int, norm: Norm) -> np.ndarray:
        x = _normal(x)
        look("normal", number, x)
        return x * norm[0] + norm[1]

    count = len(ids)
    hidden = (weights.words[ids].astype(np.float32) - weights.word_zero) * np.float32(weights.word_scale)
    hidden = norm(hidden + weights.features[features] + weights.positions[:count], 0, weights.norm)
    for number, layer in enumerate(weights.layers):
        query, key, value = (
            (hidden @ weight + bias).reshape(count, ATTENTION_HEADS, -1).transpose(1, 0, 2)
            for weight, bias in (layer.query, layer.key, layer.value)
        )
        look("value", number, value.transpose(1, 0, 2).reshape(count, SIZE))
        scores = query @ key.transpose(0, 2, 1)
        powers = np.exp(scores - scores.max(-1, keepdims=True))
        attended = (powers / powers.sum(-1, keepdims=True)) @ value
        attended = attended.transpose(1, 0, 2).reshape(count, SIZE)
        look("attended", number, attended)
        hidden = norm(attended @ layer.out[0] + layer.out[1] + hidden, 2 * number + 1, layer.norm_attention)
        units = gelu(hidden @ layer.inner[0] + layer.inner[1])
        look("unit", number, units)
        hidden = norm(units @ layer.outer[0] + layer.outer[1] + hidden, 2 * number + 2, layer.norm_inner)
    scores = {name: hidden @ weight + bias for name, (weight, bias) in weights.heads.items()}
    return {**scores, "hidden": hidden}


def read_texts(folders: list[Path], each: int = 40) -> list[str]:
    """Articles from all over some folders, ``each`` from each."""
    texts = []
    for folder in folders:
        paths = sorted(folder.glob("*.txt"))
        texts += [
            path.read_text(encoding="utf-8", errors="replace")
            for path in paths[:: max(1, len(paths) // each)]
        ]
    return texts


def cut(texts: list[str]) -> list[Window]:
    """The windows of some texts, and two sentences of each as the encoder sees them in embedding mode."""
    tokenizer = Tokenizer()
    found = []
    for text in texts:
        pieces = tokenizer(text)
        for a, b in windows(pieces):
            found.append((pieces.ids[a:b], pieces.features[a:b]))
        cuts = [*pieces.cuts.tolist(), len(pieces.ids)]
        for start in {1, len(cuts) // 2}:
            ids = pieces.ids[slice(*cuts[start : start + 2])][:250]
            if len(ids):
                found.append((ids, np.full(len(ids), EMBEDDING_FEATURE)))
    edge = [EMBEDDING_FEATURE]
    return [
        (np.concatenate([[CLS], ids, [SEP]]), np.concatenate([edge, features, edge]))
        for ids, features in found
    ]


def observe(weights: Weights, sample: list[Window]) -> dict[tuple[str, int], np.ndarray]:
    """What ``forward`` lets one see, for some wordpieces of every window; of values the greatest of all."""
    generator = np.random.default_rng(0)
    share = min(1.0, ROWS / sum(len(ids) for ids, _ in sample))
    seen: dict[tuple[str, int], list[np.ndarray]] = {}
    for ids, features in sample:
        kept = generator.random(len(ids)) < share

        def look(name: str, number: int, x: np.ndarray, kept: np.ndarray = kept) -> None:
            rows = np.abs(x).max(0, keepdims=True) if name == "value" else x[kept]
            seen.setdefault((name, number), []).append(rows)

        forward(weights, ids, features, look)
    return {key: np.concatenate(parts) for key, parts in seen.items()}


def read_former(path: Path) -> Weights:
    """The weights in the int8 file of the releases before the graph of integers, as floating point."""
    import onnx

    graph = onnx.load(path).graph
    arrays = {one.name: onnx.numpy_helper.to_array(one) for one in graph.initializer}
    weight = {
        node.name.removesuffix("/MatMul_quant").removesuffix("/MatMul").strip("/"): node.input[1]
        for node in graph.node
        if node.op_type in ("MatMul", "MatMulInteger") and node.input[1] in arrays
    }

    def linear(node: str, bias: str) -> Linear:
        array = arrays[weight[node]].astype(np.float32)
        stem = weight[node].removesuffix("_quantized")
        return array * arrays[stem + "_scale"] if stem + "_scale" in arrays else array, arrays[bias]

    def norm(name: str) -> Norm:
        return arrays[f"{name}.LayerNorm.weight"], arrays[f"{name}.LayerNorm.bias"]

    def dense(number: int) -> str:
        return f"dense_{number}" if number else "dense"

    layers = []
    for k in range(6):
        name = f"net.encoder.encoder.layer.{k}"
        joint = linear(f"qkv.{k}", f"qkv.{k}.bias")
        query, key, value = ((joint[0][:, c : c + SIZE], joint[1][c : c + SIZE]) for c in (0, SIZE, 2 * SIZE))
        layers.append(
            Layer(
                query, key, value,
                linear(dense(3 * k), f"{name}.attention.output.dense.bias"), norm(f"{name}.attention.output"),
                linear(dense(3 * k + 1), f"{name}.intermediate.dense.bias"),
                linear(dense(3 * k + 2), f"{name}.output.dense.bias"), norm(f"{name}.output"),
            )
        )  # fmt: skip
    stem = "net.encoder.embeddings.word_embeddings.weight"
    features = (
        arrays["net.feature.weight_quantized"].astype(np.float32) - arrays["net.feature.weight_zero_point"]
    )
    return Weights(
        arrays[f"{stem}_quantized"], float(arrays[f"{stem}_scale"]), int(arrays[f"{stem}_zero_point"]),
        features * arrays["net.feature.weight_scale"], arrays["constant"], norm("net.encoder.embeddings"), layers,
        {name: linear(name, f"net.{name}.bias") for name in HEADS if name != "act"},
    )  # fmt: skip
