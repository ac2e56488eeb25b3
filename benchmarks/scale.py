"""A corpus of shards beside one database: are the rows equal, what does it cost, and is anything lost?

    python benchmarks/scale.py equal FOLDER... [--shards 12] [--ray]
    python benchmarks/scale.py pool FOLDER... --former TREE
    python benchmarks/scale.py ray FOLDER... [--articles 80 400]
    python benchmarks/scale.py losses FOLDER...

`equal` reads folders of texts into a database, and into corpora with one process and with two (with --ray also by
two workers of a cluster), shards in another order each time; each corpus is linked and built, and every table
compared. `pool` compares the CPU seconds of the pool of two processes with those of spaCy's `n_process=2`, both with
the pipeline as it is, and with those of `--processes 2` of the commit in TREE, whose pipeline is another. `ray`
compares the pool with Ray. `losses` kills a worker, then the driver, then takes a node out of a cluster of two while a
corpus is read, reads an article that ends its process, and looks whether all articles are there once, as one run reads
them.

CPU seconds are those of all processes that were started, and memory is that of the largest of them. Exit code 1 if
anything is lost or differs.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from costs import measure

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

EXTRACT = (
    "from quotes import distributed; "
    "distributed.extract([sys.argv[1]], sys.argv[2], shards=int(sys.argv[3]), "
    "processes=int(sys.argv[4]), engine=sys.argv[5])"
)
EXTRACT_ON = (
    "from quotes import distributed; "
    "distributed.extract([sys.argv[1]], sys.argv[2], shards=int(sys.argv[3]), processes=2, engine='ray', "
    "address=sys.argv[4])"
)
FORMER = (
    "from quotes.articles import read_articles; from quotes.extraction import extract; "
    "extract(read_articles([sys.argv[1]]), sys.argv[2], processes=2)"
)
POOL = (
    "from functools import partial; from quotes import read_articles; "
    "from quotes.distributed.rows import load_pipeline; from quotes.workers import annotate; "
    "print(sum(len(found) for _, found in "
    "annotate(partial(load_pipeline, None, 'said'), read_articles([sys.argv[1]]), processes=2)))"
)
PIPE = (
    "from quotes import read_articles; from quotes.pipeline import load; nlp = load(coreference='needed'); "
    "texts = (article.text for article in read_articles([sys.argv[1]])); "
    "print(sum(len(doc._.quotes) for doc in nlp.pipe(texts, n_process=2, batch_size=4)))"
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


def pool(options: argparse.Namespace, folder: Path) -> bool:
    """Print the CPU seconds of the pool, of spaCy's processes, and of a former commit."""
    for number in range(options.times):
        own, piped = measure(POOL, options.folder), measure(PIPE, options.folder)
        print(f"pool {own.cpu:.1f} s, n_process=2 {piped.cpu:.1f} s, {own.cpu / piped.cpu:.3f}", flush=True)
        whole = measure(WHOLE, options.folder, folder / f"now-{number}.db", 2)
        former = measure(
            FORMER,
            options.folder,
            folder / f"former-{number}.db",
            environment={"PYTHONPATH": str(options.former)},
        )
        print(
            f"extract {whole.cpu:.1f} s, the former commit's {former.cpu:.1f} s, {whole.cpu / former.cpu:.3f}",
            flush=True,
        )
    return True


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
    """Whether all articles are there once after the loss of a worker, of the driver, of a node, and of an article."""
    whole = folder / "whole"
    measure(EXTRACT, options.folder, whole, 1, 2, "processes")
    rows = _rows(whole)

    def complete(corpus: Path, said: str) -> bool:
        found = _rows(corpus)
        right = found == rows
        print(f"{said}: {len(found)} articles, {'the same' if right else 'NOT THE SAME'}", flush=True)
        return right

    def killing(corpus: Path, which: str) -> Callable[[], None]:
        killed: list[int] = []

        def kill() -> None:
            if not killed and len(list(corpus.glob("articles/part-*.parquet"))) >= 2:
                wanted = [pid for pid, name in _named() if which in name and pid != os.getpid()]
                killed.extend(wanted[:1])
                for pid in killed:
                    os.kill(pid, signal.SIGKILL)
                    print(f"killed {which}", flush=True)

        return kill

    right = True
    for engine, worker in (
        () if options.nodes else (("processes", "multiprocessing.spawn"), ("ray", "ray::_Doer"))
    ):
        corpus = folder / f"worker-{engine}"
        measure(EXTRACT, options.folder, corpus, 12, 2, engine, during=killing(corpus, worker))
        right &= complete(corpus, f"{engine}: a worker was killed")
        corpus = folder / f"driver-{engine}"
        measure(EXTRACT, options.folder, corpus, 12, 2, engine, during=killing(corpus, str(corpus)))
        if engine == "ray":
            subprocess.run(["ray", "stop", "--force"], capture_output=True)
        before = {path: path.stat().st_mtime_ns for path in corpus.glob("articles/part-*.parquet")}
        measure(EXTRACT, options.folder, corpus, 12, 2, engine)
        again = [path for path, at in before.items() if path.stat().st_mtime_ns != at]
        print(f"the driver was killed with {len(before)} shards there; of these done again: {len(again)}")
        right &= complete(corpus, f"{engine}: the driver was started again") and not again
    right &= _node_lost(options.folder, folder / "node", complete)
    return right & _deadly(folder / "deadly")


def _rows(corpus: Path) -> list[str]:
    """The articles of a corpus with all that was found in them, in order."""
    import pyarrow.parquet as pq

    paths = corpus.glob("articles/part-*.parquet")
    return sorted(repr(row) for path in paths for row in pq.read_table(path).to_pylist())


def _deadly(folder: Path) -> bool:
    """Whether an article that ends its process is stored with an error, and all others are read."""
    from support import shard_texts

    from quotes.distributed.corpus import Corpus, Reading, cut
    from quotes.distributed.engines import Processes
    from quotes.distributed.ray_engine import Ray

    root = Path(__file__).parents[1]
    os.environ["PYTHONPATH"] = f"{root}{os.pathsep}{root / 'tests'}"  # workers import it, too
    source = shard_texts.write(folder / "in", 24, deadly=(1, 18))
    right = True
    for engine in (Processes(2), Ray(2)):
        corpus = folder / type(engine).__name__
        plan = cut([str(source)], str(corpus), Reading(), shards=4)
        Corpus.open(corpus, create=True).with_run([str(source)], plan, Reading())
        with engine:
            answers = [counts for _, counts in engine.run(shard_texts.run_deadly, plan)]
        read, failed = sum(one.read for one in answers), sum(one.failed for one in answers)
        print(
            f"{corpus.name}, two articles end their process: {read} read, {failed} with an error", flush=True
        )
        right &= (read, failed) == (22, 2)
    return right


def _node_lost(source: Path, folder: Path, complete: Callable[[Path, str], bool]) -> bool:
    """Whether all is there when one of two nodes goes away in the middle, and another one comes, or none."""
    from ray.cluster_utils import Cluster

    right = True
    for replaced in (True, False):
        corpus = folder / ("replaced" if replaced else "gone")
        cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
        nodes = [cluster.add_node(num_cpus=1)]

        def lose(
            replaced: bool = replaced, corpus: Path = corpus, cluster: Any = cluster, nodes: Any = nodes
        ) -> None:
            if nodes and len(list(corpus.glob("articles/part-*.parquet"))) >= 2:
                cluster.remove_node(nodes.pop(), allow_graceful=False)
                if replaced:
                    cluster.add_node(num_cpus=1)

        measure(EXTRACT_ON, source, corpus, 12, cluster.address, during=lose)
        cluster.shutdown()
        said = "a node was taken out and another one came" if replaced else "a node was taken out"
        right &= complete(corpus, said) and not nodes
    return right


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


def _one_folder(folders: list[Path], folder: Path) -> Path:
    """A folder with the texts of all, none of which has another's name."""
    folder.mkdir()
    for number, source in enumerate(folders):
        for path in sorted(source.rglob("*.txt")):
            shutil.copy(path, folder / (path.name if number == 0 else f"{number}_{path.name}"))
    return folder


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["equal", "pool", "ray", "losses"])
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--shards", type=int, default=12)
    parser.add_argument("--ray", action="store_true")
    parser.add_argument("--articles", type=int, nargs="+", default=[80, 400])
    parser.add_argument("--former", type=Path, metavar="TREE")
    parser.add_argument("--nodes", action="store_true", help="losses: of nodes and by articles only")
    parser.add_argument("--times", type=int, default=1)
    options = parser.parse_args()
    tell = {"equal": equal, "pool": pool, "ray": ray, "losses": losses}[options.what]
    with TemporaryDirectory() as name:
        options.folder = _one_folder(options.folders, Path(name) / "articles")
        return int(not tell(options, Path(name)))


if __name__ == "__main__":
    sys.exit(main())
