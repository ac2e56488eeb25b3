"""Export a trained encoder to quotes/model: one int8 ONNX file, the biaffine weights, the label names.

    python encoder_export.py CORPUS_FOLDER CHECKPOINT.pt OUT_FOLDER --weights FOLDER

Only the transformer's own matrices and the word table are quantised; the heads are small and stay in float32.
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
from encoder_net import Net
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

HEADS = ["attribution", "entity", "tag", "sentence", "link", "dependency"]


class Graph(nn.Module):
    """What runs at run time: one window without padding, so no mask."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor, features: Tensor) -> tuple[Tensor, ...]:
        hidden = self.net.encode(ids, features, torch.ones_like(ids))
        return (*(getattr(self.net, head)(hidden) for head in HEADS), hidden)


def export(net: Net, path: Path) -> None:
    """Write the float32 graph."""
    net.eval()
    net.encoder.set_attn_implementation("eager")
    ids = torch.randint(1000, 20000, (1, 40))
    features = torch.randint(0, 36, (1, 40))
    names = [*HEADS, "hidden"]
    axes = {name: {0: "batch", 1: "pieces"} for name in ["ids", "features", *names]}
    torch.onnx.export(
        Graph(net), (ids, features), str(path), input_names=["ids", "features"], output_names=names,
        opset_version=17, dynamo=False, dynamic_axes=axes,
    )  # fmt: skip


def quantise(source: Path, target: Path) -> None:
    """Dynamic int8, per channel, all but the heads."""
    graph = onnx.load(source).graph
    heads = [
        node.name
        for node in graph.node
        if node.op_type == "MatMul" and any(f"/{head}/" in node.name for head in HEADS)
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
    net = Net(args.weights, labels)
    net.load_state_dict(torch.load(args.checkpoint))
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        export(net, Path(folder) / "float.onnx")
        quantise(Path(folder) / "float.onnx", args.out / "encoder.onnx")
    np.savez(args.out / "biaffine.npz", **biaffine(net))
    (args.out / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")
    shutil.copy(Path(args.weights) / "tokenizer.json", args.out / "tokenizer.json")


if __name__ == "__main__":
    main()
