"""What a teacher says about each wordpiece: soft labels of attribution for training a smaller encoder.

    python soft_labels.py CORPUS_FOLDER TEACHER.pt NAME --weights FOLDER

CORPUS_FOLDER holds what ``prepare.py`` wrote, NAME is one of its files, such as ``newswire-train``; TEACHER.pt is a
checkpoint of ``train_encoder.py`` on the weights in FOLDER. Writes ``soft-NAME.pkl``: the probabilities [pieces, 7]
of each example (Hinton, Vinyals & Dean 2015). Texts without gold attributions get them too, which is how a student
learns from more kinds of news than were annotated.
"""

import argparse
import pickle
import time
from pathlib import Path

import numpy as np
import torch
from encoder_data import ATTRIBUTION, Example
from encoder_net import Net, load
from encoder_states import encoded

LIMIT = 254  # wordpieces in a window: a teacher sees as much as it can


def soft_labels(net: Net, examples: list[Example]) -> list[np.ndarray]:
    """The teacher's probabilities for each example: float16 [pieces, labels]."""
    result = [np.zeros((len(example.pieces.ids), len(ATTRIBUTION)), np.float16) for example in examples]
    for batch, hidden in encoded(net, examples, LIMIT):
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            probabilities = net.attribution(hidden).float().softmax(-1).numpy()
        for (number, a, window), values in zip(batch, probabilities, strict=True):
            result[number][a : a + len(window)] = values[1 : len(window) + 1]
    return result


def main() -> None:
    """Command line: the corpus folder, the teacher, the weights that it was made from."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("name")
    parser.add_argument("--weights", required=True, help="folder of all-mpnet-base-v2")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    net = load(args.teacher, args.weights, pickle.loads((args.corpus / "labels.pkl").read_bytes())).eval()
    began = time.time()
    found = soft_labels(net, pickle.loads((args.corpus / f"{args.name}.pkl").read_bytes()))
    (args.corpus / f"soft-{args.name}.pkl").write_bytes(pickle.dumps(found))
    print(f"{time.time() - began:4.0f} s  {args.name}: {len(found)}")


if __name__ == "__main__":
    main()
