"""Where the tests find what they read."""

from pathlib import Path

ROOT = Path(__file__).parents[2]  # of the repository
SEEDS = ROOT / "seeds"
DATA = ROOT / "tests" / "data"
