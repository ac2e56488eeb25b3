"""Fit the head of acts on a finished encoder, rare acts with more weight.

    python act_head.py CORPUS_FOLDER CHECKPOINT.pt OUT.pt --weights FOLDER

Nine acts of ten are assertions, so what ``train_encoder.py`` learns beside the other tasks finds hardly any other. Here
the encoder stays as it is and a logistic regression is fitted to the mean of the states of a cue's pieces, whose
scores are the mean of the pieces' scores. Prints how many acts of each kind are right in a tenth
of the articles, left out.
"""

import argparse
import pickle
from pathlib import Path

import numpy as np
import torch
from encoder_data import ACTS, Example
from encoder_net import Net, load
from encoder_states import encoded

from quotes.nlp.encoder import WINDOW

RIDGE = 3e-4  # of the squared weights, in the loss; set by hand, no other was tried


def states_of_cues(net: Net, examples: list[Example]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The mean state of every cue whose act is known, the act, and the number of its article."""
    states: list[np.ndarray] = []
    acts: list[int] = []
    articles: list[int] = []
    for batch, hidden in encoded(net, examples, WINDOW):
        for (number, _, window), row in zip(batch, hidden.float().numpy(), strict=True):
            for first, last, _ in window.cues or []:
                act = -1 if window.act is None else int(window.act[first])
                if act >= 0:
                    states.append(row[first + 1 : last + 2].mean(0))
                    acts.append(act)
                    articles.append(number)
    return np.array(states), np.array(acts), np.array(articles)


def fit(states: np.ndarray, acts: np.ndarray) -> torch.nn.Linear:
    """A linear layer whose softmax gives the acts."""
    x, y = torch.from_numpy(states), torch.from_numpy(acts)
    layer = torch.nn.Linear(x.shape[1], len(ACTS))
    weight = 1 / torch.bincount(y, minlength=len(ACTS)).clamp(min=1).float()
    weight *= len(y) / len(ACTS)
    optimizer = torch.optim.LBFGS(layer.parameters(), max_iter=300, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        value = torch.nn.functional.cross_entropy(layer(x), y, weight=weight.sqrt())
        value = value + RIDGE * layer.weight.square().sum()
        value.backward()
        return value

    optimizer.step(loss)
    return layer


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--weights", required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)
    labels = pickle.loads((args.corpus / "labels.pkl").read_bytes())
    net = load(args.checkpoint, args.weights, labels).eval()
    examples = [
        one
        for name in ("polnear-train-0", "world-train-0")
        for one in pickle.loads((args.corpus / f"{name}.pkl").read_bytes())
    ]
    states, acts, articles = states_of_cues(net, examples)
    out = articles % 10 == 0
    layer = fit(states[~out], acts[~out])
    found = layer(torch.from_numpy(states[out])).argmax(-1).numpy()
    for number, act in enumerate(ACTS):
        here, said = acts[out] == number, found == number
        print(f"{act:9} {here.sum():5d}  recall {(here & said).sum() / max(here.sum(), 1):.3f}"
              f"  precision {(here & said).sum() / max(said.sum(), 1):.3f}")  # fmt: skip
    net.act.load_state_dict(fit(states, acts).state_dict())
    torch.save(net.state_dict(), args.out)


if __name__ == "__main__":
    main()
