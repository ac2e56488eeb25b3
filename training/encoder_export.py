"""Export a trained encoder to quotes/model: one int8 ONNX file, the biaffine weights, the label names.

    python encoder_export.py CORPUS_FOLDER CHECKPOINT.pt OUT_FOLDER --weights FOLDER

The small heads stay in float32.
"""

import argparse
import json
import pickle
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from encoder_net import Net, load
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional

SMALL = ["attribution", "thought", "entity", "tag", "sentence"]  # heads that stay in float32
HEADS = [*SMALL, "link", "dependency"]


class Graph(nn.Module):
    """What runs at run time: one window without padding, so no mask.

    The same sums as BERT's in fewer operations: query, key and value are one product (so their input is quantised
    once), the scale of the attention is in the query's weights, and the constant embeddings are one table.
    """

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net
        config, embeddings = net.encoder.config, net.encoder.embeddings
        self.heads, self.size = config.num_attention_heads, config.hidden_size
        self.layers = net.encoder.encoder.layer
        constant = embeddings.position_embeddings.weight + embeddings.token_type_embeddings.weight[0]
        self.constant = nn.Parameter(constant.detach().clone())
        self.qkv = nn.ModuleList(self._joint(layer.attention.self) for layer in self.layers)

    def _joint(self, attention: nn.Module) -> nn.Linear:
        scale = (self.size // self.heads) ** -0.5
        joint = nn.Linear(self.size, 3 * self.size)
        parts = [(attention.query, scale), (attention.key, 1.0), (attention.value, 1.0)]
        joint.weight = nn.Parameter(torch.cat([part.weight.detach() * factor for part, factor in parts]))
        joint.bias = nn.Parameter(torch.cat([part.bias.detach() * factor for part, factor in parts]))
        return joint

    def forward(self, ids: Tensor, features: Tensor) -> tuple[Tensor, ...]:
        embeddings = self.net.encoder.embeddings
        hidden = embeddings.word_embeddings(ids) + self.net.feature(features) + self.constant[: ids.shape[1]]
        hidden = embeddings.LayerNorm(hidden)
        for qkv, layer in zip(self.qkv, self.layers, strict=True):
            parts = qkv(hidden).view(-1, 3, self.heads, self.size // self.heads).permute(1, 2, 0, 3)
            query, key, value = parts.unbind()
            weights = (query @ key.transpose(-1, -2)).softmax(-1)
            attended = (weights @ value).transpose(0, 1).reshape(1, -1, self.size)
            out = layer.attention.output
            hidden = out.LayerNorm(out.dense(attended) + hidden)
            inner = functional.gelu(layer.intermediate.dense(hidden))
            hidden = layer.output.LayerNorm(layer.output.dense(inner) + hidden)
        return (*(getattr(self.net, head)(hidden) for head in HEADS), hidden)


def export(net: Net, path: Path) -> None:
    """Write the float32 graph."""
    net.eval()
    ids = torch.randint(1000, 20000, (1, 40))
    features = torch.randint(0, 36, (1, 40))
    names = [*HEADS, "hidden"]
    axes = {name: {1: "pieces"} for name in ["ids", "features", *names]}
    torch.onnx.export(
        Graph(net), (ids, features), str(path), input_names=["ids", "features"], output_names=names,
        opset_version=17, dynamo=False, dynamic_axes=axes,
    )  # fmt: skip


def quantise(source: Path, target: Path) -> None:
    """Dynamic int8, per channel, all but the small heads."""
    graph = onnx.load(source).graph
    heads = [
        node.name
        for node in graph.node
        if node.op_type == "MatMul" and any(f"/{head}/" in node.name for head in SMALL)
    ]
    quantize_dynamic(
        source, target, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"],
        nodes_to_exclude=heads, extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )  # fmt: skip


def biaffine(net: Net) -> dict[str, np.ndarray]:
    """The small matrices that numpy applies at run time."""

    def array(x: Tensor) -> np.ndarray:
        return x.detach().float().numpy()

    found = {"arc": array(net.arc), "relation": array(net.relation)}
    for kind in ("cue", "source"):
        found[f"{kind}_bilinear"] = array(getattr(net, f"{kind}_bilinear"))
        found[f"{kind}_pair"] = array(getattr(net, f"{kind}_pair").weight)[:, 0]
        found[f"{kind}_none"] = array(getattr(net, f"{kind}_none").weight)[0]
        found[f"{kind}_none_bias"] = array(getattr(net, f"{kind}_none").bias)[0]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--weights", required=True, help="folder of all-MiniLM-L6-v2")
    args = parser.parse_args()
    labels = pickle.loads((args.corpus / "labels.pkl").read_bytes())
    net = load(args.checkpoint, args.weights, labels)
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        export(net, Path(folder) / "float.onnx")
        quantise(Path(folder) / "float.onnx", args.out / "encoder.onnx")
    np.savez(args.out / "biaffine.npz", **biaffine(net))
    (args.out / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")
    shutil.copy(Path(args.weights) / "tokenizer.json", args.out / "tokenizer.json")


if __name__ == "__main__":
    main()
