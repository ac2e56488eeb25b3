"""Short articles to cut into shards, and pipelines that die while they read some of them."""

import json
import os
import signal
import time
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from quotes.distributed import shards
from quotes.distributed.corpus import Shard
from quotes.distributed.shards import ShardCounts, run_shard
from quotes.pipeline import load

NAMES = ("Ida Moen", "Per Lund", "Ana Ruiz", "Tom Beck")
PLEDGE = "The ferry will run every night of the year, and no islander will pay more for it than today"


def article(number: int, text: str = "") -> dict[str, str]:
    """An article; every fourth has the pledge, every fifth does not say whose it is."""
    name = NAMES[number % len(NAMES)]
    body = text or (
        f"“The pier of Vik number {number} is open to all {number + 3} boats,” said {name}, the harbour master. "
        f"Nobody else spoke on day {number}.\n\n“{PLEDGE},” "
        + ("said Ida Moen." if number % 5 else "it was said on Monday.")
    )
    day = f"2024-05-{number % 28 + 1:02}"
    return {"id": f"pier-{number:03}", "title": f"Pier {number}", "text": body, "published": day}


def write(folder: Path, count: int, *, deadly: tuple[int, ...] = ()) -> Path:
    """A folder with a file of lines and files of their own; the deadly ones end the process that reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [article(n, "This text is deadly, said Per Lund." if n in deadly else "") for n in range(count)]
    half = count // 2
    (folder / "all.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows[:half]))
    for row in rows[half:]:
        (folder / f"{row['id']}.json").write_text(json.dumps(row))
    return folder


def deadly_load(model: str | None, thoughts: bool) -> Language:
    """The pipeline, which ends its process at some texts."""
    nlp = load(model, thoughts=thoughts, coreference="needed")

    class Deadly:
        make_doc = nlp.make_doc

        def __call__(self, doc: Doc) -> Doc:
            if "deadly" in doc.text:
                os.kill(os.getpid(), signal.SIGKILL)
            return nlp(doc)

    return Deadly()  # type: ignore[return-value]


def run_deadly(shard: Shard) -> ShardCounts:
    """``run_shard`` with that pipeline."""
    global _deadly
    _deadly = _deadly or deadly_load(None, False)
    shards.load_pipeline = lambda model, thoughts: _deadly  # type: ignore[assignment]
    return run_shard(shard)


_deadly: Language | None = None


def run_and_die_once(shard: Shard) -> ShardCounts:
    """``run_shard``; the first process that comes to the second shard is killed in the middle of it."""
    if shard.number == 1:
        try:
            Path(shard.folder, "died").touch(exist_ok=False)
        except FileExistsError:
            return run_shard(shard)
        inner, read = shards.annotate, []

        def annotate(*args, **values):
            read.append(1)
            if len(read) == 2:
                os.kill(os.getpid(), signal.SIGKILL)
            return inner(*args, **values)

        shards.annotate = annotate  # type: ignore[assignment]
    return run_shard(shard)


def which_process(_: object) -> int:
    """The number of the process that does this."""
    return os.getpid()


def wait_for_ever(shard: Shard) -> ShardCounts:
    """What is broken off."""
    Path(shard.folder, f"begun-{shard.number}").touch()
    time.sleep(600)
    return run_shard(shard)
