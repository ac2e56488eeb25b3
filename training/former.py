"""The released encoder as a checkpoint that training goes on from.

    python former.py ENCODER.onnx BIAFFINE.npz LABELS.json OUT.pt --weights FOLDER

ENCODER.onnx is the int8 file of version 0.1 (``git show a2de091:quotes/model/encoder.onnx``), FOLDER has
all-MiniLM-L6-v2, for its configuration. The head ``act``, which that version has not, starts from nothing.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from encoder_net import Net
from float_encoder import ATTENTION_HEADS, SIZE, Linear, Norm, Weights, read_former
from torch import nn


def fill(net: Net, weights: Weights, biaffine: dict[str, np.ndarray]) -> None:
    """Put the weights into a net of their shape: the inverse of ``weights`` and ``biaffine`` of encoder_export.py."""
    embeddings = net.encoder.embeddings
    words = (weights.words.astype(np.float32) - weights.word_zero) * np.float32(weights.word_scale)
    _set(embeddings.word_embeddings.weight, words)
    _set(embeddings.position_embeddings.weight, weights.positions)
    _set(
        embeddings.token_type_embeddings.weight,
        np.zeros_like(embeddings.token_type_embeddings.weight.detach()),
    )
    _set_norm(embeddings.LayerNorm, weights.norm)
    _set(net.feature.weight, weights.features)
    factor = np.float32((SIZE // ATTENTION_HEADS) ** 0.5)
    for ours, theirs in zip(net.encoder.encoder.layer, weights.layers, strict=True):
        attention = ours.attention.self
        _set_linear(attention.query, (theirs.query[0] * factor, theirs.query[1] * factor))
        for linear, values in (
            (attention.key, theirs.key), (attention.value, theirs.value), (ours.attention.output.dense, theirs.out),
            (ours.intermediate.dense, theirs.inner), (ours.output.dense, theirs.outer),
        ):  # fmt: skip
            _set_linear(linear, values)
        _set_norm(ours.attention.output.LayerNorm, theirs.norm_attention)
        _set_norm(ours.output.LayerNorm, theirs.norm_inner)
    for name, values in weights.heads.items():
        _set_linear(getattr(net, name), values)
    _set(net.arc, biaffine["arc"])
    _set(net.relation, biaffine["relation"])
    for kind in ("cue", "source"):
        _set(getattr(net, f"{kind}_bilinear"), biaffine[f"{kind}_bilinear"])
        _set(getattr(net, f"{kind}_pair").weight, biaffine[f"{kind}_pair"][:, None])
        none = getattr(net, f"{kind}_none")
        _set(none.weight, biaffine[f"{kind}_none"][None])
        _set(none.bias, biaffine[f"{kind}_none_bias"].reshape(none.bias.shape))


def _set(parameter: torch.Tensor, values: np.ndarray) -> None:
    with torch.no_grad():
        parameter.copy_(torch.from_numpy(np.ascontiguousarray(values, np.float32)))


def _set_linear(linear: nn.Linear, values: Linear) -> None:
    _set(linear.weight, values[0].T)
    _set(linear.bias, values[1])


def _set_norm(norm: nn.LayerNorm, values: Norm) -> None:
    _set(norm.weight, values[0])
    _set(norm.bias, values[1])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("encoder", type=Path)
    parser.add_argument("biaffine", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--weights", required=True, help="folder of all-MiniLM-L6-v2")
    args = parser.parse_args()
    torch.manual_seed(1)
    weights = read_former(args.encoder)
    net = Net(args.weights, json.loads(args.labels.read_text()), inner=weights.layers[0].inner[1].shape[0])
    with np.load(args.biaffine) as arrays:
        fill(net, weights, dict(arrays))
    torch.save(net.state_dict(), args.out)


if __name__ == "__main__":
    main()
