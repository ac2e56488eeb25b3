"""A corpus on disk: what was asked for, how targets are cut into shards, and which files they are in.

``corpus.json`` lists the runs, each with its targets, options and the names of its shards. A name says which articles
are in the file and what read them, so a file that is there never has to be made again.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from quotes.about import __version__
from quotes.articles.read import LINES_SUFFIXES, files
from quotes.errors import CorpusError
from quotes.provenance import articles_version, reading_version
from quotes.types import STDIN, Failure, Keep

SHARD_BYTES = 8_000_000  # of files: some 2,000 articles, ten minutes of a core
DESCRIPTION = "corpus.json"
MISSING_SHOWN = 3  # shards that a message names


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or every ``of``-th article of it, beginning with the one numbered ``part``."""

    path: str
    part: int = 0
    of: int = 1
    stamp: str = ""  # size and time of change


@dataclass(frozen=True, slots=True)
class Reading:
    """How articles are read: the options of ``read_articles`` and of the pipeline."""

    model: str | None = None
    keep: Keep = "said"
    options: tuple[tuple[str, Any], ...] = ()  # of ``read_articles``


@dataclass(frozen=True, slots=True)
class Shard:
    """Articles that are read together into one file: ``number`` of ``of``, counted from 0."""

    number: int
    of: int
    sources: tuple[Source, ...]
    reading: Reading
    folder: str  # of the corpus
    name: str = ""

    @property
    def path(self) -> Path:
        """The file that it is read into."""
        return Path(self.folder, "articles", self.name)


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder with shards."""

    folder: Path
    runs: tuple[Mapping[str, Any], ...] = field(default=())

    @classmethod
    def open(cls, folder: str | os.PathLike[str], *, create: bool = False) -> "Corpus":
        """The corpus in a folder. Raises CorpusError when there is none, unless one is to be made."""
        path = Path(folder, DESCRIPTION)
        try:
            known = json.loads(path.read_text(encoding="utf-8"))
            return cls(Path(folder), tuple(known["runs"]))
        except FileNotFoundError:
            if create:
                return cls(Path(folder))
            raise CorpusError(
                f"{folder} is no corpus: it has no {DESCRIPTION}.",
                "Make one with quotes.distributed.extract().",
            ) from None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"{path} cannot be read: {error}.") from error

    def with_run(self, targets: Iterable[str], shards: Iterable[Shard], reading: Reading) -> "Corpus":
        """This corpus with a run, in place of an earlier one with the same targets; what is new is written."""
        run = {
            "targets": list(targets),
            "reading": asdict(reading) | {"options": dict(reading.options)},
            "pipeline_version": reading_version(reading.model, keep=reading.keep),
            "shards": [shard.name for shard in shards],
        }
        runs = [run if other["targets"] == run["targets"] else other for other in self.runs]
        corpus = Corpus(self.folder, tuple(runs if run in runs else [*runs, run]))
        if corpus.runs != self.runs:
            text = json.dumps({"quotes": __version__, "runs": corpus.runs}, indent=1, ensure_ascii=False)
            write_beside(self.folder / DESCRIPTION, text.encode())
        return corpus

    def shards(self) -> list[Path]:
        """The files of all runs, in their order."""
        names = dict.fromkeys(name for run in self.runs for name in run["shards"])
        return [self.folder / "articles" / name for name in names]

    def complete(self) -> list[Path]:
        """The files of all runs. Raises CorpusError when one is not there yet."""
        shards = self.shards()
        missing = [path.name for path in shards if not path.exists()]
        if missing:
            some = ", ".join(missing[:MISSING_SHOWN]) + (", …" if len(missing) > MISSING_SHOWN else "")
            raise CorpusError(
                f"{len(missing):,} of {len(shards):,} shards of {self.folder} are not there: {some}.",
                "Run the same quotes extract again: it reads what is missing.",
            )
        return shards

    def superseded(self) -> list[Path]:
        """The shards that no run names any more: their articles have changed since, or what reads them has."""
        named = set(self.shards())
        return sorted(path for path in (self.folder / "articles").glob("part-*.parquet") if path not in named)


def cut(targets: Iterable[str], folder: str, reading: Reading, *, shards: int | None = None) -> list[Shard]:
    """The shards that targets are cut into: neighbouring files together, a large file of lines apart.

    ``shards``: how many; by default one for so many bytes as ``SHARD_BYTES``. The same targets are cut in the same way
    on every machine that sees the same files.
    """
    sizes = {path: _size(path) for path in _paths(targets)}
    total = sum(size for size, _ in sizes.values())
    count = shards or max(1, -(-total // SHARD_BYTES))
    parts: list[list[Source]] = [[] for _ in range(count)]
    before = 0
    for path, (size, stamp) in sizes.items():
        divisible = path.lower().endswith(LINES_SUFFIXES)
        pieces = min(count, max(1, round(size * count / total))) if divisible else 1
        for piece in range(pieces):
            middle = before + size * (2 * piece + 1) // (2 * pieces)
            parts[min(count - 1, middle * count // total)].append(Source(path, piece, pieces, stamp))
        before += size
    version = f"{reading_version(reading.model, keep=reading.keep)} {articles_version()}"
    named = []
    for number, sources in enumerate(parts):
        said = json.dumps([version, reading.options, [asdict(source) for source in sources]])
        digest = hashlib.sha1(said.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        name = f"part-{number:05}-of-{count:05}-{digest}.parquet"
        named.append(Shard(number, count, tuple(sources), reading, folder, name))
    return named


def _paths(targets: Iterable[str]) -> Iterator[str]:
    for target in targets:
        if target == STDIN:
            raise CorpusError(
                "Standard input cannot be cut into shards.", "Name files or folders, or leave --to out."
            )
        for path in files(target):  # what cannot be listed is told when its shard is read
            yield path.path if isinstance(path, Failure) else path


def _size(path: str) -> tuple[int, str]:
    """How many bytes a file has, at least 1, and what tells whether it has changed."""
    try:
        status = os.stat(path)
    except OSError:
        return 1, ""
    return max(1, status.st_size), f"{status.st_size} {status.st_mtime_ns}"


def write_beside(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{os.getpid()}")
    with new.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
