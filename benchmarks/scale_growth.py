"""How linking a corpus by partitions grows, what a database of it costs, and one speaker of many quotations.

    python benchmarks/scale_growth.py growth FOLDER... [--sizes 10000 100000 1000000] [--partitions 1 4] [--keep FOLDER]
    python benchmarks/scale_growth.py hub FOLDER... [--sizes 8000 100000] [--partitions 4]

`growth` reads folders of texts, makes corpora of so many quotations of what it found, links each by so many partitions,
one after another, and builds a database. The corpora consist of copies of all articles. In each copy, words stand in
for others that are as long and about as frequent. Names are enciphered anew in every eighth copy, and these eight are
45 days apart, so that people come again in other words, and nobody says more a day where there are more copies.
Quotations bring the embedding of what they were copied from: making embeddings is measured with `--no-embeddings`,
where all that linking asks for are made.

`hub` gives so many quotations of such copies to one speaker, spread over ten years, links and builds them; up to
10,000 it compares all tables with those of a database that was linked at once, without slices.

CPU seconds are those of all processes that were started, and memory is that of the largest of them.
"""

import argparse
import hashlib
import json
import random
import re
import shutil
import string
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from costs import measure
from scale import BUILD, EXTRACT, LINK

from quotes.lexicon.titles import titles
from quotes.types import Article, Mention, Quote, Span

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

COPIES_OF_A_NAME = 8
DAYS_APART = 45  # these copies
DATES = ("published", "said_on")
COPIES_IN_A_SHARD = 10
QUOTATIONS_IN_A_SHARD = 5_000  # of one speaker
FIRST_DAY, DAYS = date(2015, 1, 1), 3_650  # when they were published
WORD = re.compile(r"[A-Za-z]{2,}")
SHORT_WORD = 3  # letters of words that stay as they are, unless they are part of a name
NEIGHBOURS = 16  # words of one length and about one frequency that stand in for each other
KEPT = frozenset("type act attribution version error embedding pronouns".split())  # in copies, too
UNSLICED_UP_TO = 10_000  # quotations that are linked in a database, too

LINK_DATABASE = (
    "from quotes.linking.link import link; from quotes.store.database import Store; link(Store(sys.argv[1]))"
)


# Many articles


def growth(options: argparse.Namespace, folder: Path) -> bool:
    """Print what linking and building cost for corpora of several sizes."""
    articles, shard = _read(options, folder)
    each = sum(len(row["quotes"]) for row in articles)
    for size in options.sizes:
        corpus = folder / f"corpus-{size}"
        copies = -(-size // each)
        _write(corpus, shard, (_copies(articles, at) for at in _parts(copies, COPIES_IN_A_SHARD)))
        print(f"{copies * each:,} quotations in {copies * len(articles):,} articles", flush=True)
        costs = []
        for partitions in options.partitions:
            shutil.rmtree(corpus / "linked", ignore_errors=True)
            costs.append(measure(LINK, corpus, partitions))
            ratio = costs[-1].cpu / costs[0].cpu
            print(f"  link by {partitions} partitions {costs[-1]}, {ratio:.2f} of the first", flush=True)
        database = (options.keep or folder) / f"{size}.db"
        print(
            f"  build {measure(BUILD, corpus, database)}, {database.stat().st_size / 2**30:.2f} GiB",
            flush=True,
        )
        shutil.rmtree(corpus)
    return True


def _read(options: argparse.Namespace, folder: Path) -> tuple[list[dict[str, Any]], Path]:
    """The rows of the articles of all folders, and the shard that they are in."""
    import pyarrow.parquet as pq

    source = folder / "articles"
    source.mkdir()
    for number, path in enumerate(path for one in options.folders for path in sorted(one.rglob("*.txt"))):
        shutil.copy(path, source / f"{number}_{path.name}")
    measure(EXTRACT, source, folder / "small", 1, 2, "processes")
    (shard,) = (folder / "small" / "articles").glob("*.parquet")
    articles = pq.read_table(shard).to_pylist()
    if not options.no_embeddings:
        _embed(articles)
    return articles, shard


def _parts(count: int, size: int) -> Iterator[range]:
    for first in range(0, count, size):
        yield range(first, min(first + size, count))


def _write(corpus: Path, example: Path, shards: Iterable[Iterable[list[dict[str, Any]]]]) -> None:
    """Write a corpus with these rows, with schema and counts of an example."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    (corpus / "articles").mkdir(parents=True)
    schema, metadata = pq.read_schema(example), pq.read_metadata(example).metadata
    names = []
    for number, parts in enumerate(shards):
        names.append(f"part-{number:05}.parquet")
        with pq.ParquetWriter(corpus / "articles" / names[-1], schema, compression="zstd") as writer:
            for rows in parts:
                writer.write_table(pa.Table.from_pylist(rows, schema=schema))
            writer.add_key_value_metadata({b"quotes.counts": metadata[b"quotes.counts"]})
    (corpus / "corpus.json").write_text(json.dumps({"runs": [{"targets": [], "shards": names}]}))


def _embed(articles: list[dict[str, Any]]) -> None:
    """Give all quotations their embeddings."""
    import numpy as np

    from quotes.nlp.encoder import encoder

    found = [quote for row in articles for quote in row["quotes"]]
    vectors = encoder().embed([quote["content"] for quote in found]).astype(np.float16)
    for quote, vector in zip(found, vectors, strict=True):
        quote["embedding"] = vector.tobytes()


def _copies(articles: list[dict[str, Any]], numbers: range) -> Iterator[list[dict[str, Any]]]:
    """Copies of all articles, each in other words."""
    bands, short_names = _bands(articles), _short_names(articles)
    for number in numbers:
        exchanged = _exchanged(bands, number)
        name = _cipher(number // COPIES_OF_A_NAME)

        def word(
            found: re.Match[str], known: dict[str, str] = exchanged, cipher: dict[int, int] = name
        ) -> str:
            text = found[0]
            if len(text) <= SHORT_WORD and text not in short_names:
                return text
            other = known.get(text.lower())
            if other is None:
                return text.translate(cipher)
            return other.capitalize() if text[0].isupper() else other

        yield [_copy(row, number, word) for row in articles]


@cache
def _cipher(key: int) -> dict[int, int]:
    """Letters for letters, vowels for vowels."""
    chance = random.Random(key)
    vowels, consonants = "aeiou", "".join(sorted(set(string.ascii_lowercase) - set("aeiou")))
    table = {}
    for letters in (vowels, consonants):
        mixed = "".join(chance.sample(letters, len(letters)))
        table |= str.maketrans(letters + letters.upper(), mixed + mixed.upper())
    return table


def _words(articles: list[dict[str, Any]]) -> Iterator[str]:
    for row in articles:
        yield from WORD.findall(row["text"])


def _short_names(articles: list[dict[str, Any]]) -> frozenset[str]:
    """The short words of names that stand nowhere in small letters: "Kim", "FBI"."""
    mentions = (quote["mention"] for row in articles for quote in row["quotes"] if quote["mention"])
    words = {word for mention in mentions for word in WORD.findall(mention["name"])}
    others = titles().union(word for word in _words(articles) if word.islower())
    return frozenset(word for word in words if len(word) <= SHORT_WORD and word.lower() not in others)


_BANDS: list[list[str]] = []


def _bands(articles: list[dict[str, Any]]) -> list[list[str]]:
    """The words that articles have in small letters, those together that stand in for each other."""
    if not _BANDS:
        counts = Counter(word for word in _words(articles) if len(word) > SHORT_WORD and word.islower())
        by_length: defaultdict[int, list[str]] = defaultdict(list)
        for word in sorted(counts, key=lambda word: (-counts[word], word)):
            by_length[len(word)].append(word)
        for words in by_length.values():
            _BANDS.extend(words[at : at + NEIGHBOURS] for at in range(0, len(words), NEIGHBOURS))
    return _BANDS


def _exchanged(bands: list[list[str]], number: int) -> dict[str, str]:
    chance = random.Random(number)
    return {
        word: other
        for band in bands
        for word, other in zip(band, chance.sample(band, len(band)), strict=True)
    }


def _copy(value: Any, number: int, word: Any) -> Any:
    """A row of a copy: all its texts in other words, and ids of its own."""
    if isinstance(value, dict):
        row = {name: inner if name in KEPT else _copy(inner, number, word) for name, inner in value.items()}
        row |= {name: _later(value[name], number) for name in DATES if value.get(name)}
        if "id" in row:
            row["id"] = hashlib.sha1(f"{value['id']} {number}".encode()).hexdigest()[:16]
        return row
    if isinstance(value, list):
        return [_copy(inner, number, word) for inner in value]
    return WORD.sub(word, value) if isinstance(value, str) else value


def _later(day: str, number: int) -> str:
    """A date, moved by the days that a copy is apart; what follows the day is kept."""
    try:
        moved = date.fromisoformat(day[:10]) + timedelta(DAYS_APART * (number % COPIES_OF_A_NAME))
    except ValueError:  # a month or a year
        return day
    return moved.isoformat() + day[10:]


# One speaker


def hub(options: argparse.Namespace, folder: Path) -> bool:
    """Print what one speaker costs; whether slices gave what there is without them."""
    from support.databases import differences

    same = True
    articles, shard = _read(options, folder)
    for size in options.sizes:
        corpus, database = folder / f"hub-{size}", folder / f"hub-{size}.db"
        said = list(_of_one_speaker(articles, size))
        parts = _parts(size, QUOTATIONS_IN_A_SHARD)
        _write(corpus, shard, (_rows(said[part.start : part.stop]) for part in parts))
        for partitions in options.partitions:
            shutil.rmtree(corpus / "linked", ignore_errors=True)
            cost = measure(LINK, corpus, partitions)
            print(f"{size:,} of one speaker: link by {partitions} partitions {cost}", flush=True)
        print(f"  build {measure(BUILD, corpus, database)}", flush=True)
        if size <= UNSLICED_UP_TO:
            whole = folder / "whole.db"
            _save_unlinked(said, whole)
            print(f"  a database, without slices {measure(LINK_DATABASE, whole)}")
            apart = differences(whole, database, without=("article_sources",))  # there are no files
            print(f"  tables that differ: {', '.join(apart) or 'none'}", flush=True)
            same &= not apart
    return same


def _of_one_speaker(articles: list[dict[str, Any]], size: int) -> Iterator[tuple[Article, Quote]]:
    """Articles that quote one speaker once each, over ten years: quotations of copies of these articles."""
    chance, left = random.Random(size), size
    for copy in _copies(articles, range(size)):
        for quote in (quote for row in copy for quote in row["quotes"]):
            if not left:
                return
            left -= 1
            text, day = quote["content"], FIRST_DAY + timedelta(chance.randrange(DAYS))
            found = Quote(
                (Span(0, len(text), text),),
                quote["type"],
                speaker=Mention("Ines Duarte", "person"),
                attribution="name",
                confidence=0.9,
                embedding=quote["embedding"],
            )
            yield Article(quote["id"], text, f"{quote['id']}.txt", published=day.isoformat()), found


def _rows(said: list[tuple[Article, Quote]]) -> Iterator[list[dict[str, Any]]]:
    from quotes.distributed.rows import article_row

    yield [article_row(article, (quote,), "b") for article, quote in said]


def _save_unlinked(said: list[tuple[Article, Quote]], path: Path) -> None:
    from quotes.linking.index import save_article
    from quotes.store.database import Store

    with Store(path, create=True) as store, store.transaction():
        for article, quote in said:
            save_article(store, article, [quote], version="b")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["growth", "hub"])
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--sizes", type=int, nargs="+")
    parser.add_argument("--partitions", type=int, nargs="+", default=[1, 4])
    parser.add_argument("--no-embeddings", action="store_true")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where the databases stay")
    options = parser.parse_args()
    options.sizes = options.sizes or (
        [8_000, 100_000] if options.what == "hub" else [10_000, 100_000, 1_000_000]
    )
    with TemporaryDirectory() as name:
        return int(not {"growth": growth, "hub": hub}[options.what](options, Path(name)))


if __name__ == "__main__":
    sys.exit(main())
