"""Take out of each feed-forward layer the units that add least to its output: a faster encoder of the same shape.

    python narrow.py CORPUS_FOLDER CHECKPOINT.pt OUT.pt --weights FOLDER --keep 1280

What a unit adds is measured on training texts as the mean square of its activation about its mean, times the squared
length of its column in the output; its mean goes into the output's bias. Training must go on afterwards.
Structured pruning as in Molchanov et al. (2017), with the output itself in place of the loss.
"""

import argparse
import pickle
from pathlib import Path

import numpy as np
import torch
from encoder_net import Net, collate, load
from torch.nn import functional
from train_encoder import stream

BATCHES = (
    60  # of 2,048 wordpieces, half of them attributions and half newswire: the news that the encoder is for
)


def narrow(net: Net, batches: list, keep: int) -> None:
    """Leave ``keep`` units in each feed-forward layer of a net, in place."""
    layers = net.encoder.encoder.layer
    total = [torch.zeros((), dtype=torch.double)] * len(layers)
    square, pieces = list(total), 0

    def look(k: int):  # type: ignore[no-untyped-def]
        def hook(_module, _inputs, output) -> None:  # type: ignore[no-untyped-def]
            inner = functional.gelu(output)[mask.bool()].double()
            total[k] = total[k] + inner.sum(0)
            square[k] = square[k] + (inner**2).sum(0)

        return hook

    hooks = [layer.intermediate.dense.register_forward_hook(look(k)) for k, layer in enumerate(layers)]
    with torch.no_grad():
        for batch in batches:
            ids, features, mask = collate(batch)
            net.encode(ids, features, mask)
            pieces += int(mask.sum())
        for hook in hooks:
            hook.remove()
        kept = []
        for k, layer in enumerate(layers):
            out = layer.output.dense
            mean = total[k] / pieces
            adds = (square[k] / pieces - mean**2) * (out.weight.double() ** 2).sum(0)
            units, gone = adds.argsort(descending=True).split([keep, len(adds) - keep])
            out.bias += (out.weight[:, gone].double() @ mean[gone]).float()
            kept.append(units.sort().values)
            print(f"layer {k}: {float(adds[units].sum() / adds.sum()):.3f} of the variance kept")
        net.narrow(torch.stack(kept))


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
    narrow(net, [next(streams[k % 2]) for k in range(BATCHES)], args.keep)
    torch.save(net.state_dict(), args.out)


if __name__ == "__main__":
    main()
