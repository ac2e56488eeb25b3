"""Random texts that nobody wrote: how many raise, or have quotations that cannot be right.

    python benchmarks/robust_texts.py [--texts N] [--first SEED] [--processes N]

Sentences, parts of sentences, marks, layouts, scripts, invisible characters and halves of surrogate pairs, put
together at random (`tests/support/random_texts.py`), the same for the same seed. Of each text: nothing is raised;
every span is in the text and not empty; the spans of one quotation do not overlap and are in order, the quotations
too; a batch of texts read backwards gives the same. Exit code 1 if anything fails.
"""

import argparse
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from spacy.language import Language

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.random_texts import plain, random_text, violations

import quotes

BATCH_SIZE = 50  # texts
SHOWN_FAILURES = 20


@cache
def pipeline() -> Language:
    return quotes.load(thoughts=True)


def failures(seeds: range) -> tuple[list[tuple[int, str]], int]:
    """What is wrong with the texts of these seeds, and how many quotations they have."""
    result, answers = [], {}
    for seed in seeds:
        text = random_text(seed)
        try:
            doc = pipeline()(text)
            answers[seed] = plain(doc)
            result += [(seed, wrong) for wrong in violations(doc.text, doc._.quotes)]
            if len(doc.text) != len(text):
                result.append((seed, "the text has another length"))
        except Exception as error:
            result.append((seed, f"{type(error).__name__}: {error}"))
    backwards = [seed for seed in reversed(seeds) if seed in answers]
    for seed, doc in zip(backwards, pipeline().pipe(map(random_text, backwards)), strict=True):
        if plain(doc) != answers[seed]:
            result.append((seed, "other quotations in a batch"))
    return result, sum(map(len, answers.values()))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="seed of the first text")
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args()
    last = options.first + options.texts
    batches = [range(at, min(at + BATCH_SIZE, last)) for at in range(options.first, last, BATCH_SIZE)]
    start, count, failed = time.perf_counter(), 0, Counter[int]()
    with ProcessPoolExecutor(options.processes, mp_context=get_context("spawn")) as executor:
        for wrong, found in executor.map(failures, batches):
            count += found
            for seed, reason in wrong:
                failed[seed] += 1
                if len(failed) <= SHOWN_FAILURES:
                    print(f"seed {seed}: {reason}", flush=True)
    print(
        f"{options.texts:,} texts, {count:,} quotations, {len(failed)} texts failed, "
        f"{time.perf_counter() - start:.0f} seconds"
    )
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
