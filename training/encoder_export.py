"""Export a trained encoder to quotes/model: a graph in whole numbers, the biaffine weights, the label names.

    python encoder_export.py CORPUS_FOLDER CHECKPOINT.pt OUT_FOLDER --weights FOLDER --texts FOLDER ...

The texts, of training articles, show what values there are to be rounded (``integer_graph.py``).
"""

import argparse
import json
import pickle
import shutil
from pathlib import Path

import numpy as np
import onnx
from encoder_net import Net, load
from float_encoder import ATTENTION_HEADS, HEADS, SIZE, Layer, Linear, Norm, Weights, cut, read_texts
from integer_graph import Builder
from torch import Tensor, nn


def weights(net: Net) -> Weights:
    """A net's weights as arrays.

    The scale of the attention is in the query's weights, and the constant embeddings are one table. The words'
    embeddings, half of the file, are rounded to 256 steps.
    """
    embeddings = net.encoder.embeddings
    words = _array(embeddings.word_embeddings.weight)
    scale = float(words.max() - words.min()) / 255
    zero = int(np.rint(-words.min() / scale))
    rounded = np.clip(np.rint(words / scale) + zero, 0, 255).astype(np.uint8)
    positions = embeddings.position_embeddings.weight + embeddings.token_type_embeddings.weight[0]
    layers = []
    for layer in net.encoder.encoder.layer:
        attention = layer.attention.self
        query, bias = _linear(attention.query)
        factor = np.float32((SIZE // ATTENTION_HEADS) ** -0.5)
        layers.append(
            Layer(
                (query * factor, bias * factor), _linear(attention.key), _linear(attention.value),
                _linear(layer.attention.output.dense), _norm(layer.attention.output.LayerNorm),
                _linear(layer.intermediate.dense), _linear(layer.output.dense), _norm(layer.output.LayerNorm),
            )
        )  # fmt: skip
    heads = {name: _linear(getattr(net, name)) for name in HEADS}
    return Weights(
        rounded, scale, zero, _array(net.feature.weight), _array(positions), _norm(embeddings.LayerNorm), layers, heads
    )  # fmt: skip


def _array(x: Tensor) -> np.ndarray:
    return x.detach().float().numpy()


def _linear(linear: nn.Linear) -> Linear:
    return _array(linear.weight).T, _array(linear.bias)


def _norm(norm: nn.LayerNorm) -> Norm:
    return _array(norm.weight), _array(norm.bias)


def biaffine(net: Net) -> dict[str, np.ndarray]:
    """The small matrices that numpy applies at run time."""
    found = {"arc": _array(net.arc), "relation": _array(net.relation)}
    for kind in ("cue", "source"):
        found[f"{kind}_bilinear"] = _array(getattr(net, f"{kind}_bilinear"))
        found[f"{kind}_pair"] = _array(getattr(net, f"{kind}_pair").weight)[:, 0]
        found[f"{kind}_none"] = _array(getattr(net, f"{kind}_none").weight)[0]
        found[f"{kind}_none_bias"] = _array(getattr(net, f"{kind}_none").bias)[0]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--weights", required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--texts", type=Path, nargs="+", required=True, help="folders of training articles")
    args = parser.parse_args()
    labels = pickle.loads((args.corpus / "labels.pkl").read_bytes())
    net = load(args.checkpoint, args.weights, labels)
    args.out.mkdir(parents=True, exist_ok=True)
    onnx.save(Builder(weights(net), cut(read_texts(args.texts))).build(), args.out / "encoder.onnx")
    np.savez(args.out / "biaffine.npz", **biaffine(net))
    (args.out / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")
    shutil.copy(Path(args.weights) / "tokenizer.json", args.out / "tokenizer.json")


if __name__ == "__main__":
    main()
