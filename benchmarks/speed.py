"""Speed and memory of the whole pipeline on a folder of articles, measured in one run.

    python benchmarks/speed.py FOLDER [--articles N] [--model NAME]

Prints the words per second of one process and of two, the share of each stage, the peak memory for a
quarter of the articles and for all of them, and the process time of `quotes search`. Words are what white
space separates. Every measurement has a process of its own; seconds are wall clock, CPU seconds beside them
tell how busy the machine was with other things.
"""

import argparse
import collections
import functools
import importlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

# One thread for every numerical library: the figures are per core.
THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
# What is timed: stage -> callables as "module:name" or "module:Class.method". A stage's time excludes that of
# the stages called within it.
STAGES = {
    "encoder": ["quotes.nlp.encoder:Encoder._logits"],
    "syntax": ["quotes.nlp.syntax:Syntax.__call__", "quotes.nlp.morphology:Morphology.__call__"],
    "attribution": ["quotes.component:Quotes.__call__"],
    "coreference": [
        "quotes.coreference.chains.annotator:CoreferenceAnnotator.__call__",
        "quotes.component:resolve",
    ],
    "embedding": ["quotes.nlp.encoder:Encoder.embed"],
}


class Stopwatch:
    """Seconds spent in each stage, in this process."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = collections.defaultdict(float)
        self.running: list[str] = ["rest"]
        self.since = time.perf_counter()

    def switch(self) -> None:
        now = time.perf_counter()
        self.seconds[self.running[-1]] += now - self.since
        self.since = now

    def wrap(self, stage: str, target: str) -> None:
        """Time the callable named ``target`` as part of ``stage``."""
        module, _, path = target.partition(":")
        *owners, name = path.split(".")
        owner = functools.reduce(getattr, owners, importlib.import_module(module))
        inner: Callable[..., Any] = getattr(owner, name)

        @functools.wraps(inner)
        def timed(*values: Any, **options: Any) -> Any:
            self.switch()
            self.running.append(stage)
            try:
                return inner(*values, **options)
            finally:
                self.switch()
                self.running.pop()

        setattr(owner, name, timed)


def read(folder: Path, most: int | None) -> list[str]:
    """The articles' texts, in the order of their paths."""
    paths = sorted(folder.rglob("*.txt"))[:most]
    return [path.read_text(encoding="utf-8", errors="replace") for path in paths]


def some(texts: list[str], fraction: str) -> list[str]:
    """All texts, or every fourth and the longest one (whose size alone decides part of the peak)."""
    return texts if fraction == "all" else [*texts[::4], max(texts, key=len)]


def cpu(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """One measurement, in this process: run the pipeline over the articles."""
    started = time.perf_counter()
    import quotes

    nlp = quotes.load(options.model, coreference="needed")  # as `quotes extract` does
    list(nlp.pipe(["“We waited,” Okoro said, and nobody came."]))  # the model is loaded at the first text
    loaded = time.perf_counter() - started
    texts = some(read(options.folder, options.articles), options.part)
    stopwatch = Stopwatch()
    if options.stages:
        for stage, targets in STAGES.items():
            for target in targets:
                stopwatch.wrap(stage, target)
    started, cpu_started = time.perf_counter(), cpu(resource.RUSAGE_SELF)
    stopwatch.since = started
    found = sum(len(doc._.quotes) for doc in nlp.pipe(iterate(texts), n_process=options.processes))
    stopwatch.switch()
    seconds = time.perf_counter() - started
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {
        "articles": len(texts),
        "words": sum(len(text.split()) for text in texts),
        "quotations": found,
        "load": loaded,
        "seconds": seconds,
        "cpu": cpu(resource.RUSAGE_SELF) - cpu_started + cpu(resource.RUSAGE_CHILDREN),
        "stages": dict(stopwatch.seconds),
        "mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "mebibytes of a child": children / 1024 if options.processes > 1 else 0,
    }


def iterate(texts: list[str]) -> Iterator[str]:
    yield from texts


def in_process(options: argparse.Namespace, *flags: str) -> dict[str, Any]:
    """``measure`` in a process of its own."""
    command = [sys.executable, __file__, str(options.folder), "--measure", *flags]
    if options.articles:
        command += ["--articles", str(options.articles)]
    if options.model:
        command += ["--model", options.model]
    done = subprocess.run(command, env={**os.environ, **THREADS}, stdout=subprocess.PIPE, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def command_line(options: argparse.Namespace) -> None:
    """``quotes extract`` over the folder, then the process time of ``quotes search``."""
    quotes = Path(sys.executable).with_name("quotes")
    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "quotes.db")
        source = Path(folder) / "articles"
        source.mkdir()
        for number, text in enumerate(read(options.folder, options.articles)):
            (source / f"{number}.txt").write_text(text, encoding="utf-8")
        environment = {**os.environ, **THREADS}
        started = time.perf_counter()
        subprocess.run(
            [quotes, "extract", str(source), "--database", database],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        seconds = time.perf_counter() - started
        size = Path(database).stat().st_size / 2**20
        print(f"quotes extract, linking and writing included: {seconds:.1f} s, database {size:.1f} MiB")
        times = []
        for _ in range(5):
            before = cpu(resource.RUSAGE_CHILDREN)
            subprocess.run(
                [quotes, "search", "election", "--database", database],
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=True,
            )
            times.append(cpu(resource.RUSAGE_CHILDREN) - before)
        print(f"quotes search: {sorted(times)[2]:.2f} s of process time (median of 5)")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, help="only the first N")
    parser.add_argument("--model", help="another spaCy pipeline's name")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--stages", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--part", default="all", help=argparse.SUPPRESS)
    parser.add_argument("--processes", type=int, default=1, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options)))
        return
    one = in_process(options)
    rate = one["words"] / one["seconds"]
    print(f"{one['articles']} articles, {one['words']:,} words, {one['quotations']:,} quotations")
    print(f"load: {one['load']:.2f} s")
    print(f"one process: {rate:,.0f} words/s ({one['words'] / one['cpu']:,.0f} per CPU second)")
    two = in_process(options, "--processes", "2")
    both = two["words"] / two["seconds"]
    print(f"two processes: {both:,.0f} words/s, {both / rate:.2f} times one (their start included)")
    staged = in_process(options, "--stages")
    total = sum(staged["stages"].values())
    for stage, seconds in sorted(staged["stages"].items(), key=lambda item: -item[1]):
        per_word = 1_000_000 * seconds / staged["words"]
        print(f"  {stage:12} {100 * seconds / total:5.1f} %  {per_word:6.0f} µs per word")
    quarter = in_process(options, "--part", "quarter")
    print(
        f"peak memory: {quarter['mebibytes']:.0f} MiB for {quarter['articles']} articles, "
        f"{one['mebibytes']:.0f} MiB for {one['articles']}; two processes: {two['mebibytes']:.0f} MiB "
        f"and at most {two['mebibytes of a child']:.0f} MiB in each worker"
    )
    command_line(options)


if __name__ == "__main__":
    main()
