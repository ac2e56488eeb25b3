"""Several processes write to one database at the same time, round after round: nothing may be lost.

    python benchmarks/two_at_once.py [--rounds 20] [--writers 3] [--articles 60]

Each process stores articles, a third of them the next one's as well, links and searches now and then, and corrects the
name of a speaker and undoes that. All must end well, and what is left must be, row by row, what one process leaves. The
work is that of `tests/support/two_at_once.py`. Prints a line a round; exit code 1 if anything differs.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support import two_at_once
from support.by_hand import VERSION, contents, sound

from quotes.linking.index import save_article
from quotes.linking.link import link
from quotes.store.database import Store

TESTS = Path(__file__).parents[1] / "tests"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--writers", type=int, default=3)
    parser.add_argument("--articles", type=int, default=60)
    options = parser.parse_args()
    with TemporaryDirectory() as name:
        alone = Path(name) / "alone.db"
        with Store(alone, create=True) as store:
            for number in range(options.articles):
                save_article(store, *two_at_once.article(number), version=VERSION)
            link(store)
        expected = contents(alone)
        wrong = 0
        for number in range(options.rounds):
            path, start = Path(name) / f"{number}.db", time.monotonic()
            codes = write(path, options.writers, options.articles, seed=number)
            left = contents(path)
            well = codes == [0] * options.writers and sound(path) and {**left, "corrections": []} == expected
            wrong += not well
            print(
                f"round {number}: {'equal' if well else 'WRONG'}, {time.monotonic() - start:.1f} s",
                flush=True,
            )
    return int(wrong > 0)


def write(path: Path, writers: int, articles: int, *, seed: int) -> list[int]:
    """Start the writers, each on its part and a third of the next one's; return their exit codes."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")])}
    size = -(-articles // writers)
    running = []
    for writer in range(writers):
        first, last = writer * size, min(articles, (writer + 1) * size + size // 3)
        command = [sys.executable, "-m", "support.two_at_once", str(path), str(first), str(last)]
        command += [f"{seed}{writer}", "corrects" if writer % 2 == 0 else "reads"]
        running.append(subprocess.Popen(command, env=environment))
    return [process.wait() for process in running]


if __name__ == "__main__":
    sys.exit(main())
