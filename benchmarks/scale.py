"""A corpus of shards beside one database: are the rows equal, what does it cost, and how does linking grow?

    python benchmarks/scale.py equal FOLDER [--shards 12] [--ray]
    python benchmarks/scale.py ray FOLDER [--articles 80 400]
    python benchmarks/scale.py losses FOLDER
    python benchmarks/scale.py growth FOLDER [--sizes 10000 100000 1000000] [--partitions 4]

`equal` reads a folder of texts into a database, and into corpora with one process and with two (with --ray also by
two workers of a cluster), shards in another order each time; each corpus is linked and built, and every table
compared. `ray` compares the CPU seconds of reading with a pool of two and with Ray. `losses` kills a worker, then the
driver, then takes a node out of a cluster of two while a corpus is read, and looks whether all articles are there once.
`growth` makes corpora of so many quotations from those of the folder, and links them by one partition and by several,
one after another. The copies are enciphered: in each, letters of words are exchanged for others (vowels for vowels,
so that lengths and offsets stay), those of names once in eight copies, so that people come again in other words.

CPU seconds are those of all processes that were started, and memory is that of the largest of them. Exit code 1 if
anything is lost or differs.
"""

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import signal
import string
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

MARK = "QUOTES_BENCHMARK"  # in the environment of all processes of one measurement
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
TICK = os.sysconf("SC_CLK_TCK")
COPIES_OF_A_NAME = 8


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took."""

    cpu: float  # seconds, of all its processes
    memory: int  # bytes, the most that one of them had

    def __str__(self) -> str:
        return f"{self.cpu:8.1f} s of CPU {self.memory / 2**20:7,.0f} MiB at most in one process"


def measure(code: str, *arguments: object, during: Callable[[], object] = lambda: None) -> Cost:
    """What some Python code costs, run with these arguments as ``sys.argv[1:]``; ``during`` is called meanwhile."""
    mark = f"{os.getpid()}-{time.monotonic_ns()}"
    command = [
        sys.executable,
        "-c",
        f"if __name__ == '__main__':\n    import sys\n    {code}",
        *map(str, arguments),
    ]
    process = subprocess.Popen(command, env=os.environ | ONE_THREAD | {MARK: mark})
    cpu: dict[int, float] = {}
    memory = 0
    while process.poll() is None:
        for pid, seconds, peak in _processes(mark):
            cpu[pid], memory = seconds, max(memory, peak)
        during()
        time.sleep(0.2)
    if process.returncode not in (0, -signal.SIGKILL):
        raise SystemExit(f"{code}: exit code {process.returncode}")
    return Cost(sum(cpu.values()), memory)


def _processes(mark: str) -> Iterator[tuple[int, float, int]]:
    """Of each process with this mark: its number, CPU seconds, and the most memory that it had."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"{MARK}={mark}".encode() not in (folder / "environ").read_bytes():
                continue
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            peak = re.search(r"VmHWM:\s+(\d+) kB", (folder / "status").read_text())
        except (OSError, ValueError):  # it has ended
            continue
        yield int(folder.name), (int(fields[11]) + int(fields[12])) / TICK, int(peak[1]) * 1024 if peak else 0


EXTRACT = (
    "from quotes import distributed; "
    "distributed.extract([sys.argv[1]], sys.argv[2], shards=int(sys.argv[3]), "
    "processes=int(sys.argv[4]), engine=sys.argv[5])"
)
LINK = "from quotes import distributed; distributed.link(sys.argv[1], partitions=int(sys.argv[2]))"
BUILD = "from quotes import distributed; distributed.build(sys.argv[1], sys.argv[2])"
WHOLE = "import quotes; quotes.extract(quotes.read_articles([sys.argv[1]]), sys.argv[2], processes=int(sys.argv[3]))"


def equal(options: argparse.Namespace, folder: Path) -> bool:
    """Whether corpora give the rows of the database."""
    from support.databases import differences

    whole = folder / "whole.db"
    print("database, 2 processes  ", measure(WHOLE, options.folder, whole, 2), flush=True)
    ways = [("processes", 1), ("processes", 2), *([("ray", 2)] if options.ray else [])]
    same = True
    for engine, processes in ways:
        corpus, built = folder / f"corpus-{engine}-{processes}", folder / f"{engine}-{processes}.db"
        said = f"{engine}, {processes}"
        print(
            f"{said:12} extract   ",
            measure(EXTRACT, options.folder, corpus, options.shards, processes, engine),
        )
        _shuffle_runs(corpus)
        print(f"{said:12} link      ", measure(LINK, corpus, 4))
        print(f"{said:12} build     ", measure(BUILD, corpus, built))
        apart = differences(whole, built)
        print(f"{said:12} tables that differ: {', '.join(apart) or 'none'}", flush=True)
        same &= not apart
    return same


def _shuffle_runs(corpus: Path) -> None:
    """Put the shards of a corpus into another order."""
    path = corpus / "corpus.json"
    known = json.loads(path.read_text())
    for run in known["runs"]:
        random.Random(len(run["shards"])).shuffle(run["shards"])
    path.write_text(json.dumps(known))


def ray(options: argparse.Namespace, folder: Path) -> bool:
    """Print the CPU seconds of Ray and of the pool on the same articles."""
    for count in options.articles:
        some = folder / f"in-{count}"
        some.mkdir()
        for path in sorted(options.folder.rglob("*.txt"))[:count]:
            shutil.copy(path, some)
        costs = {
            engine: measure(EXTRACT, some, folder / f"{engine}-{count}", max(4, count // 20), 2, engine)
            for engine in ("processes", "ray")
        }
        ratio = costs["ray"].cpu / costs["processes"].cpu
        print(
            f"{count} articles: pool {costs['processes'].cpu:.1f} s, Ray {costs['ray'].cpu:.1f} s, {ratio:.2f}",
            flush=True,
        )
    return True


def losses(options: argparse.Namespace, folder: Path) -> bool:
    """Whether all articles are there once after the loss of a worker, of the driver, and of a node."""
    import pyarrow.parquet as pq

    known = sorted(path.name for path in options.folder.rglob("*.txt"))

    def complete(corpus: Path, said: str) -> bool:
        found = sorted(
            Path(name).name
            for path in corpus.glob("articles/part-*.parquet")
            for name in pq.read_table(path)["path"].to_pylist()
        )
        print(
            f"{said}: {len(found)} articles, {'each once' if found == known else 'NOT each once'}", flush=True
        )
        return found == known

    def killing(corpus: Path, which: str) -> Callable[[], None]:
        killed: list[int] = []

        def kill() -> None:
            if not killed and len(list(corpus.glob("articles/part-*.parquet"))) >= 2:
                wanted = [pid for pid, name in _named() if which in name]
                killed.extend(wanted[:1])
                for pid in killed:
                    os.kill(pid, signal.SIGKILL)

        return kill

    worker, driver = folder / "worker", folder / "driver"
    measure(EXTRACT, options.folder, worker, 12, 2, "ray", during=killing(worker, "ray::_Doer"))
    right = complete(worker, "a worker was killed")
    measure(EXTRACT, options.folder, driver, 12, 2, "ray", during=killing(driver, str(driver)))
    subprocess.run(["ray", "stop", "--force"], capture_output=True)
    before = {path: path.stat().st_mtime_ns for path in driver.glob("articles/part-*.parquet")}
    measure(EXTRACT, options.folder, driver, 12, 2, "ray")
    again = [path for path, at in before.items() if path.stat().st_mtime_ns != at]
    print(f"the driver was killed with {len(before)} shards there; of these done again: {len(again)}")
    right &= complete(driver, "and started again") and not again
    return right & _node_lost(options.folder, folder / "node", complete)


def _node_lost(source: Path, corpus: Path, complete: Callable[[Path, str], bool]) -> bool:
    """Whether all is there when one of two nodes goes away in the middle."""
    from threading import Thread

    from ray.cluster_utils import Cluster

    from quotes import distributed

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    node = cluster.add_node(num_cpus=1)

    def lose() -> None:
        while len(list(corpus.glob("articles/part-*.parquet"))) < 2:
            time.sleep(0.1)
        cluster.remove_node(node, allow_graceful=False)
        cluster.add_node(num_cpus=1)

    loss = Thread(target=lose)
    loss.start()
    distributed.extract([str(source)], corpus, shards=12, processes=2, engine="ray", address=cluster.address)
    loss.join()
    cluster.shutdown()
    return complete(corpus, "a node was taken out")


def _named() -> Iterator[tuple[int, str]]:
    """The processes of this machine with their command lines."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            yield (
                int(folder.name),
                (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"),
            )
        except OSError:
            continue


def growth(options: argparse.Namespace, folder: Path) -> bool:
    """Print what linking and building cost for corpora of several sizes."""
    import pyarrow.parquet as pq

    measure(EXTRACT, options.folder, folder / "small", 1, 2, "processes")
    (shard,) = (folder / "small" / "articles").glob("*.parquet")
    articles = pq.read_table(shard).to_pylist()
    each = sum(len(row["quotes"]) for row in articles)
    for size in options.sizes:
        corpus = folder / f"corpus-{size}"
        _multiply(shard, articles, folder / "small", corpus, -(-size // each))
        costs = []
        for partitions in (1, options.partitions):
            shutil.rmtree(corpus / "linked", ignore_errors=True)
            costs.append(measure(LINK, corpus, partitions))
            print(f"{size:>9,} quotations, {partitions} partitions: link {costs[-1]}", flush=True)
        print(
            f"{size:>9,} quotations: work of {options.partitions} is {costs[1].cpu / costs[0].cpu:.2f} of the whole"
        )
        print(f"{size:>9,} quotations: build {measure(BUILD, corpus, folder / f'{size}.db')}", flush=True)
        shutil.rmtree(corpus)
    return True


def _multiply(shard: Path, articles: list[dict[str, Any]], small: Path, corpus: Path, copies: int) -> None:
    """Write a corpus of so many enciphered copies of the articles, ten copies a shard."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    (corpus / "articles").mkdir(parents=True)
    metadata = pq.read_metadata(shard).metadata
    schema, names = pq.read_schema(shard), []
    for first in range(0, copies, 10):
        names.append(f"part-{first:05}.parquet")
        with pq.ParquetWriter(corpus / "articles" / names[-1], schema, compression="zstd") as writer:
            for copy in range(first, min(first + 10, copies)):
                rows = [_enciphered(row, copy) for row in articles]
                writer.write_table(pa.Table.from_pylist(rows, schema=schema))
            writer.add_key_value_metadata({b"quotes.counts": metadata[b"quotes.counts"]})
    known = json.loads((small / "corpus.json").read_text())
    known["runs"][0]["shards"] = names
    (corpus / "corpus.json").write_text(json.dumps(known))


def _enciphered(value: Any, copy: int) -> Any:
    """A row of a copy: all its texts with other words, and ids of its own."""
    if isinstance(value, dict):
        kept = (
            "type",
            "act",
            "attribution",
            "published",
            "said_on",
            "version",
            "error",
            "embedding",
            "pronouns",
        )
        row = {name: inner if name in kept else _enciphered(inner, copy) for name, inner in value.items()}
        if "id" in row:
            row["id"] = hashlib.sha1(f"{value['id']} {copy}".encode()).hexdigest()[:16]
        return row
    if isinstance(value, list):
        return [_enciphered(inner, copy) for inner in value]
    if not isinstance(value, str):
        return value
    return re.sub(r"[A-Za-z]{4,}", lambda word: _word(word[0], copy), value)


def _word(word: str, copy: int) -> str:
    if word[0].isupper():
        return word.translate(_cipher(copy // COPIES_OF_A_NAME))
    return word.translate(_cipher(-1 - copy)) if len(word) > 5 else word


@cache
def _cipher(key: int) -> dict[int, int]:
    chance = random.Random(key)
    vowels, consonants = "aeiou", "".join(sorted(set(string.ascii_lowercase) - set("aeiou")))
    table = {}
    for letters in (vowels, consonants):
        mixed = "".join(chance.sample(letters, len(letters)))
        table |= str.maketrans(letters + letters.upper(), mixed + mixed.upper())
    return table


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["equal", "ray", "losses", "growth"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--shards", type=int, default=12)
    parser.add_argument("--ray", action="store_true")
    parser.add_argument("--articles", type=int, nargs="+", default=[80, 400])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--partitions", type=int, default=4)
    options = parser.parse_args()
    tell = {"equal": equal, "ray": ray, "losses": losses, "growth": growth}[options.what]
    with TemporaryDirectory() as name:
        return int(not tell(options, Path(name)))


if __name__ == "__main__":
    sys.exit(main())
