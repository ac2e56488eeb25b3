"""Take units out of the feed-forward layers that the others can make up for: a faster encoder of the same shape.

    python narrow.py CORPUS_FOLDER CHECKPOINT.pt OUT.pt --weights FOLDER --keep 1280

One unit after another goes whose loss changes a layer's output least once the weights of those that stay, and the
output's bias, are fitted anew (least squares, in closed form): the optimal brain surgeon (Hassibi & Stork 1993) for
whole units, as in ZipLM (Kurtic, Frantar & Alistarh 2023). Outputs are measured on training texts of every kind,
sentences in embedding mode included. Training must go on afterwards.
"""

import argparse
import pickle
from pathlib import Path

import numpy as np
import torch
from encoder_net import Net, Window, collate, load
from torch import Tensor
from torch.nn import functional
from train_encoder import sentence_stream, stream

BATCHES = 90  # a third each of attributions, newswire and sentences
RIDGE = 1e-3  # part of the mean square that is added to each unit's: keeps the inverse stable


def moments(net: Net, layer: torch.nn.Module, batches: list[list[Window]]) -> Tensor:
    """Second moments of a layer's units and of a constant 1, which stands for the bias: [units + 1, units + 1]."""
    found = torch.zeros((), dtype=torch.double)
    pieces = 0

    def look(_module, _inputs, output) -> None:  # type: ignore[no-untyped-def]
        nonlocal found, pieces
        inner = functional.gelu(output)[mask.bool()].double()
        inner = torch.cat([inner, torch.ones_like(inner[:, :1])], 1)
        found = found + inner.T @ inner
        pieces += len(inner)

    hook = layer.intermediate.dense.register_forward_hook(look)
    for batch in batches:
        ids, features, mask = collate(batch)
        net.encode(ids, features, mask)
    hook.remove()
    return found / pieces


def choose(moment: Tensor, weight: Tensor, keep: int) -> tuple[Tensor, Tensor]:
    """Units to keep, and the weights [outputs, units + 1] that make up for the others; the last is the bias."""
    units = len(moment) - 1
    ridge = RIDGE * moment.diagonal()[:units].mean()
    inverse = torch.linalg.inv(moment + ridge * torch.eye(units + 1))
    weight = weight.clone()
    gone = torch.zeros(units, dtype=torch.bool)
    for _ in range(units - keep):
        loss = (weight[:, :units] ** 2).sum(0) / inverse.diagonal()[:units]
        unit = int(loss.masked_fill(gone, torch.inf).argmin())
        row = inverse[unit] / inverse[unit, unit]
        weight -= torch.outer(weight[:, unit], row)
        inverse -= torch.outer(inverse[:, unit], row)
        gone[unit] = True
        weight[:, unit] = inverse[unit] = inverse[:, unit] = 0  # by rounding it is only nearly so
        inverse[unit, unit] = 1
    return (~gone).nonzero().squeeze(1), weight


@torch.no_grad()
def narrow(net: Net, batches: list[list[Window]], keep: int) -> None:
    """Leave ``keep`` units in each feed-forward layer of a net, in place, from the first layer to the last."""
    for number, layer in enumerate(net.encoder.encoder.layer):
        moment = moments(net, layer, batches)
        out = layer.output.dense
        before = torch.cat([out.weight, out.bias[:, None]], 1).double()
        units, after = choose(moment, before, keep)
        error = ((before - after) @ moment * (before - after)).sum()
        mean = moment[-1]
        spread = (before @ (moment - torch.outer(mean, mean)) * before).sum()
        print(
            f"layer {number}: {float(error / spread):.4f} of the variance of the output is lost", flush=True
        )
        out.weight.copy_(after[:, :-1])
        out.bias.copy_(after[:, -1])
        net.narrow(layer, units)


def main() -> None:
    """Command line: the corpus folder, the checkpoint, where to write, how many units to keep."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--weights", required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--keep", type=int, required=True, help="units to keep in each layer")
    args = parser.parse_args()
    rng = np.random.default_rng(1)

    def read(name: str):  # type: ignore[no-untyped-def]
        return pickle.loads((args.corpus / f"{name}.pkl").read_bytes())

    net = load(args.checkpoint, args.weights, read("labels")).eval()
    streams = [stream([read(name)], rng) for name in ("polnear-train-0", "newswire-train")]
    streams.append(sentence_stream(read("sentences"), rng))
    narrow(net, [next(streams[k % 3]) for k in range(BATCHES)], args.keep)
    torch.save(net.state_dict(), args.out)


if __name__ == "__main__":
    main()
