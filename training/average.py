"""The mean of several checkpoints of one start: as good as their ensemble, or nearly, at the cost of one.

    python average.py OUT.pt CHECKPOINT.pt CHECKPOINT.pt ...
    python average.py OUT.pt 0.4*START.pt 0.3*CHECKPOINT.pt 0.3*CHECKPOINT.pt

Model soups (Wortsman et al. 2022): runs that differ in their seed, and states of one run at different learning rates.
With the start among them, what it knew is kept while something is added (Wortsman et al. 2022, "Robust fine-tuning of
zero-shot models").
"""

import argparse
from pathlib import Path

import torch


def mean(states: list[dict[str, torch.Tensor]], shares: list[float]) -> dict[str, torch.Tensor]:
    """Each weight's mean; whole numbers (position indexes) as they are."""
    total = sum(shares)
    return {
        name: sum((share / total) * state[name] for share, state in zip(shares, states, strict=True))
        if value.is_floating_point()
        else value
        for name, value in states[0].items()
    }


def main() -> None:
    """Command line: where to write, and what to read."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("checkpoints", nargs="+", help="a file, or a number * a file")
    args = parser.parse_args()
    parts = [text.rpartition("*") for text in args.checkpoints]
    states = [torch.load(path) for _, _, path in parts]
    torch.save(mean(states, [float(share or 1) for share, _, _ in parts]), args.out)


if __name__ == "__main__":
    main()
