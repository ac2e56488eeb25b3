"""The mean of several checkpoints of one start: as good as their ensemble, or nearly, at the cost of one.

    python average.py OUT.pt CHECKPOINT.pt CHECKPOINT.pt ...

Model soups (Wortsman et al. 2022): runs that differ in their seed, and states of one run at different learning rates.
"""

import argparse
from pathlib import Path

import torch


def mean(states: list[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """Each weight's mean; whole numbers (position indexes) as they are."""
    first = states[0]
    return {
        name: torch.stack([state[name] for state in states]).mean(0) if value.is_floating_point() else value
        for name, value in first.items()
    }


def main() -> None:
    """Command line: where to write, and what to read."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    args = parser.parse_args()
    torch.save(mean([torch.load(path) for path in args.checkpoints]), args.out)


if __name__ == "__main__":
    main()
