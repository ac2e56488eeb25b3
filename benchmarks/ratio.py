"""Words per second of one checkout against another, on a folder of articles: so that a busy machine counts for both.

    python benchmarks/ratio.py FOLDER CHECKOUT OTHER [--coreference none] [--embeddings] [--rounds 5] [--every 1]

Each checkout has a process of its own, which reads the articles when it is told to; the two take turns, and which of
them begins changes from round to round. Counted is CPU time, with one thread. Printed are the best and the median of
the rounds for both, and the ratios of OTHER to CHECKOUT.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
WARMING = 6  # articles read before the clock runs


def read(options: argparse.Namespace) -> None:
    """Read the articles once for each line of standard input, and print words and CPU seconds."""
    import quotes

    nlp = quotes.load(coreference=options.coreference, embeddings=options.embeddings)
    texts = [path.read_text(encoding="utf-8") for path in sorted(options.folder.glob("*.txt"))]
    texts = texts[:: options.every]
    words = sum(len(text.split()) for text in texts)
    for text in texts[:WARMING]:
        nlp(text)
    for _ in sys.stdin:
        start = time.process_time()
        for text in texts:
            nlp(text)._.quotes  # noqa: B018
        print(words, time.process_time() - start, flush=True)


def start(checkout: Path) -> subprocess.Popen[str]:
    """A process that runs ``read`` with the package of a checkout."""
    command = [sys.executable, __file__, *sys.argv[1:], "--reads"]
    return subprocess.Popen(
        command,
        env={**os.environ, **THREADS, "PYTHONPATH": str(checkout.resolve())},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def words_per_second(process: subprocess.Popen[str]) -> float:
    """The words per second of CPU of one reading."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("\n")
    process.stdin.flush()
    words, seconds = process.stdout.readline().split()
    return int(words) / float(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("checkout", type=Path)
    parser.add_argument("other", type=Path)
    parser.add_argument("--coreference", choices=["all", "needed", "none"], default="none")
    parser.add_argument("--embeddings", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--every", type=int, default=1, help="only each so manieth article")
    parser.add_argument("--reads", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.reads:
        read(options)
        return
    processes = [start(checkout) for checkout in (options.checkout, options.other)]
    rates: list[list[float]] = [[], []]
    for number in range(options.rounds):
        for which in (0, 1) if number % 2 == 0 else (1, 0):
            rates[which].append(words_per_second(processes[which]))
    for process in processes:
        assert process.stdin is not None
        process.stdin.close()
        process.wait()
    for checkout, own in zip((options.checkout, options.other), rates, strict=True):
        print(f"{checkout}: best {max(own):,.0f}, median {median(own):,.0f} words/s of CPU")
    by_round = [new / old for old, new in zip(*rates, strict=True)]
    print(f"ratio: best {max(rates[1]) / max(rates[0]):.2f}, median of rounds {median(by_round):.2f}")


if __name__ == "__main__":
    main()
