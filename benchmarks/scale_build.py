"""What a database of a linked corpus costs that has so many times the quotations of a linked corpus.

    python benchmarks/scale_build.py CORPUS [--times 10] [--database FILE]

The corpus (one that `benchmarks/scale_growth.py growth --keep FOLDER` leaves) is copied with everything that linking
found: articles, quotations, speakers and statements have ids of their own in each copy, and texts are the same. So
nothing has to be linked to measure what building takes. Prints CPU seconds and memory.
"""

import argparse
import json
import shutil
import sqlite3
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from costs import measure
from scale import BUILD

LETTERS = "0123456789ghijklmnopqrstuvwxyz"  # what an id begins with in each copy
STEP = 2**58 + 1  # between the numbers of mention groups in two copies


def multiply(source: Path, target: Path, times: int) -> None:
    """Copy a linked corpus so many times into one."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from quotes.distributed.corpus import Corpus
    from quotes.distributed.linking import DONE, Linked

    (target / "articles").mkdir(parents=True)
    former = Linked.of(Corpus.open(source))
    names = [f"part-{copy:03}-{path.name}" for copy in range(times) for path in former.shards]
    (target / "corpus.json").write_text(json.dumps({"runs": [{"targets": [], "shards": names}]}))
    for copy in range(times):
        for path in former.shards:
            file = pq.ParquetFile(path)
            new = target / "articles" / f"part-{copy:03}-{path.name}"
            with pq.ParquetWriter(new, file.schema_arrow, compression="zstd") as writer:
                for batch in file.iter_batches():
                    rows = batch.to_pylist()
                    for row in rows:
                        row["id"] = row["id"] and _ident(row["id"], copy)
                        for quote in row["quotes"]:
                            quote["id"] = _ident(quote["id"], copy)
                    writer.write_table(pa.Table.from_pylist(rows, schema=file.schema_arrow))
    linked = Linked(target / "linked" / "later", tuple(target / "articles" / name for name in names))
    linked.folder.mkdir(parents=True)
    for step in sorted({path.name.rpartition("-")[0] for path in former.folder.glob("*-[0-9]*.arrow")}):
        files = former.files(step)
        for copy in range(times):
            for place, path in enumerate(files):
                new = linked.folder / f"{step}-{copy * len(files) + place:05}.arrow"
                _copy_file(step, path, new, copy)
    shutil.copy(former.folder / "copies.arrow", linked.folder)
    (linked.folder / DONE).touch()
    linked.folder.rename(Linked.of(Corpus.open(target)).folder)


def _copy_file(step: str, path: Path, new: Path, copy: int) -> None:
    import pyarrow as pa

    with pa.memory_map(str(path)) as source, pa.OSFile(str(new), "wb") as sink:
        file = pa.ipc.open_file(source)
        options = pa.ipc.IpcWriteOptions(compression="zstd")
        with pa.ipc.new_file(sink, file.schema, options=options) as writer:
            for part in range(file.num_record_batches):
                rows = [_copied(step, row, copy) for row in file.get_batch(part).to_pylist()]
                writer.write_batch(pa.RecordBatch.from_pylist(rows, schema=file.schema))


def _copied(step: str, row: dict[str, Any], copy: int) -> dict[str, Any]:
    """A row of a step's file in a copy, with other ids."""
    if step == "index":
        groups = [
            group
            | {"id": _number(group["id"], copy), "quotes": [_idents(said, copy) for said in group["quotes"]]}
            for group in row["groups"]
        ]
        marks = [mark | {"quote": _ident(mark["quote"], copy)} for mark in row["fingerprints"]]
        return row | {"article": _ident(row["article"], copy), "groups": groups, "fingerprints": marks}
    if step == "speakers":
        speaker = row["speaker"] | {"id": _speaker(row["speaker"]["id"], copy)}
        members = [[_number(ident, copy), place] for ident, place in row["members"]]
        return row | {"speaker": speaker, "members": members}
    row = row | {name: _ident(row[name], copy) for name in ("id", "quote", "other") if name in row}
    row |= {name: _idents(row[name], copy) for name in ("quotes", "inferred") if name in row}
    return row | {"speaker": row["speaker"] and _speaker(row["speaker"], copy)} if "speaker" in row else row


def _ident(ident: str, copy: int) -> str:
    return LETTERS[copy] + ident[1:]


def _idents(idents: list[str], copy: int) -> list[str]:
    return [_ident(ident, copy) for ident in idents]


def _speaker(ident: str, copy: int) -> str:
    """The id of a speaker; one who is known to one article has that article's id in it."""
    slug, _, article = ident.partition("_")
    return f"{slug}-{copy}_{_ident(article, copy)}" if article else f"{slug}-{copy}"


def _number(value: int, copy: int) -> int:
    return (value + copy * STEP) % 2**63


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--database", type=Path, help="where the database stays")
    options = parser.parse_args()
    with TemporaryDirectory() as name:
        multiply(options.corpus, Path(name) / "corpus", options.times)
        database = options.database or Path(name) / "built.db"
        cost = measure(BUILD, Path(name) / "corpus", database)
        count = sqlite3.connect(database).execute("select count(*) from quotes").fetchone()[0]
        print(f"{count:,} quotations: build {cost}, {database.stat().st_size / 2**30:.2f} GiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
