"""A linked corpus, or a slice of it -> a database that search, pages and corrections know."""

import gc
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from quotes.distributed.corpus import Corpus
from quotes.distributed.exchange import read_parts
from quotes.distributed.hubs import COMPARED
from quotes.distributed.linking import Linked, repeated
from quotes.distributed.rows import arrow, from_plain, read_article, read_quotes
from quotes.distributed.steps import Task, kept_rows
from quotes.errors import CorpusError
from quotes.identity import source_path
from quotes.linking.decisions import merge_corrections
from quotes.linking.denials import link_denials
from quotes.linking.embeddings import forget_other_embeddings
from quotes.provenance import linking_version
from quotes.speakers.records import LinkedSpeaker
from quotes.statements.records import QuotationLink
from quotes.store.bulk import BulkLoad, is_empty
from quotes.store.database import Store
from quotes.store.rows import ArticleIndex, MentionGroupRow
from quotes.types import Article, Quote, Statement

CACHE_KIBIBYTES = 400_000  # of the database that is made: its indexes of a million quotations by their ids


@dataclass(frozen=True, slots=True)
class Slice:
    """Which quotations of a corpus a database has: those that pass all conditions, and their articles."""

    since: str | None = None  # ISO 8601: the first day, month or year
    until: str | None = None  # the last, included
    publication: str | None = None
    speaker: str | None = None  # an id, or a name

    def is_everything(self) -> bool:
        """Whether it has no condition."""
        return self == Slice()

    def has_article(self, article: Article) -> bool:
        """Whether an article passes the conditions about articles."""
        day = article.published or ""
        if self.since and day < self.since:
            return False
        if self.until and (not day or day[: len(self.until)] > self.until):
            return False
        return not self.publication or self.publication.casefold() in (article.publication or "").casefold()


def build(
    folder: str | os.PathLike[str],
    database: str | os.PathLike[str],
    *,
    since: str | None = None,
    until: str | None = None,
    publication: str | None = None,
    speaker: str | None = None,
    embeddings: bool = True,
    report: Callable[[int, int], None] = lambda articles, quotations: None,
) -> Path:
    """Make a new database of a linked corpus, or of a slice; returns its path.

    ``since`` and ``until``: days, months or years of publication, included; ``publication``: a part of its name;
    ``speaker``: an id or a name, whose quotations only are taken, with their articles. Speakers and statements keep the
    ids and names that they have in the whole corpus; counts are those of the slice. ``embeddings=False`` leaves those
    out that were made. ``report`` is called with the numbers of articles and quotations so far.

    Raises CorpusError when the corpus is not linked, the database exists, or nobody is called ``speaker``.
    """
    arrow()
    linked = Linked.of(Corpus.open(folder))
    if not linked.is_complete():
        raise CorpusError(f"{folder} is not linked.", "Run quotes.distributed.link() first.")
    path = Path(database)
    if path.exists():
        raise CorpusError(f"{path} exists already.", "Name a new file: a database is made whole.")
    wanted = Slice(since, until, publication, speaker)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with _no_cycles(), Store(beside, create=True) as store:
            _Building(linked, store, wanted, embeddings, report).run()
        beside.replace(path)
    finally:
        for suffix in ("", "-journal", "-wal", "-shm"):
            Path(f"{beside}{suffix}").unlink(missing_ok=True)
    return path


@contextmanager
def _no_cycles() -> Iterator[None]:
    """Without the search for reference cycles: rows have none, and it would look at all that are held each time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Building:
    """One building of a database, in one transaction."""

    def __init__(
        self,
        linked: Linked,
        store: Store,
        wanted: Slice,
        embeddings: bool,
        report: Callable[[int, int], None],
    ) -> None:
        self.linked, self.store, self.wanted = linked, store, wanted
        self.embeddings, self.report = embeddings, report

    def run(self) -> None:
        """Load, link as it was found, and apply the corrections that were given."""
        store, tables = self.store, self.store.linking
        store.db.execute("pragma journal_mode = off")  # a file that is not whole is thrown away
        store.db.execute("pragma synchronous = off")
        store.db.execute(f"pragma cache_size = -{CACHE_KIBIBYTES}")
        assert is_empty(store.db)
        with store.transaction():
            forget_other_embeddings(store)
            with BulkLoad(store) as bulk:
                self._load(bulk)
                self._link_speakers()
                for row in read_parts([self.linked.folder / "copies.arrow"], 0):
                    tables.copies.save_original(row["article"], row["original"])
                if self.embeddings:
                    self._add_embeddings()
                tables.statements.save(self._statements())
                links = (from_plain(QuotationLink, row) for row in self._read("links"))
                tables.statements.save_links(links, everything=True)
                tables.speakers.count()
            store.analyze()  # without its counts, SQLite looks denials up in the slowest way
            link_denials(store, everything=True)
            store.changes.all_linked(linking_version())
        store.db.execute("pragma journal_mode = delete")
        if corrections := self.linked.corrections():
            merge_corrections(store, corrections)
            store.analyze()

    def _add_embeddings(self) -> None:
        """Add those that were made when statements were linked."""
        db, here = self.store.db, "select quote from temp.loaded"
        db.execute("create temp table loaded as select id as quote from quotes")
        db.execute("create index temp.loaded_quote on loaded (quote)")
        db.executemany(
            f"insert or replace into embeddings select ?1, ?2 where ?1 in ({here})",
            ((row["quote"], row["vector"]) for row in self._read("embeddings")),
        )

    def _load(self, bulk: BulkLoad) -> None:
        whose = self._quotations_of_speaker() if self.wanted.speaker else None
        left_out = repeated(self.linked.shards)
        articles = quotations = 0
        for at, index_file in enumerate(self.linked.files("index")):
            task = Task(self.linked.folder, self.linked.shards, at, 1, left_out.get(at, ()))
            indexes = read_parts([index_file], 0)
            for row, indexed in zip(kept_rows(task), indexes, strict=True):
                article, quotes = read_article(row), read_quotes(row)
                if not self.wanted.has_article(article):
                    continue
                if whose is not None:
                    quotes = {ident: quote for ident, quote in quotes.items() if ident in whose}
                    if not quotes:
                        continue
                if not self.embeddings:
                    quotes = {ident: replace(quote, embedding=None) for ident, quote in quotes.items()}
                bulk.add(
                    article,
                    quotes,
                    _index(indexed, quotes),
                    version=row["version"],
                    source=source_path(article.path),
                )
                articles, quotations = articles + 1, quotations + len(quotes)
            self.report(articles, quotations)
        bulk.end_articles()

    def _speakers(self) -> Iterator[LinkedSpeaker]:
        for row in read_parts(self.linked.files("speakers"), 0):
            row["members"] = [tuple(member) for member in row["members"]]
            yield from_plain(LinkedSpeaker, row)

    def _quotations_of_speaker(self) -> set[str]:
        """The ids of the quotations of the speaker who is asked for, by id or name."""
        name = self.wanted.speaker or ""
        members = {
            member
            for linked in self._speakers()
            if name == linked.speaker.id or name.casefold() == linked.speaker.name.casefold()
            for member in linked.members
        }
        if not members:
            raise CorpusError(f"Nobody in {self.linked.folder.parent.parent} is called {name!r}.")
        return {
            quote
            for row in read_parts(self.linked.files("index"), 0, ["groups"])
            for group in row["groups"]
            for place, quotes in enumerate(group["quotes"])
            if (group["id"], place) in members
            for quote in quotes
        }

    def _link_speakers(self) -> None:
        speakers = self.store.linking.speakers
        here = self._ids("mention_groups")
        speakers.start()
        for linked in self._speakers():
            members = linked.members if here is None else [one for one in linked.members if one[0] in here]
            if members:
                speakers.stage_speaker(linked.speaker, members, local=linked.local)
        speakers.save()

    def _ids(self, table: str) -> set[Any] | None:
        """The ids that a table has; None when it has all of the corpus."""
        if self.wanted.is_everything():
            return None
        return {row[0] for row in self.store.db.execute(f"select id from {table}")}

    def _read(self, what: str) -> Iterator[Mapping[str, Any]]:
        for step in ("statements", "strays", *COMPARED):
            yield from read_parts(self.linked.files(f"{step}-{what}"), 0)

    def _statements(self) -> Iterator[Statement]:
        """The statements with the quotations of theirs that the database has."""
        here = self._ids("quotes")
        for step in ("statements", "strays"):
            for row in read_parts(self.linked.files(step), 0):
                statement = from_plain(Statement, row)
                if here is not None and not here.issuperset(statement.quotes):
                    statement = _part(statement, here)
                if statement.quotes:
                    yield statement


def _part(statement: Statement, here: set[str]) -> Statement:
    """A statement with some of its quotations."""
    sure = statement.confidences or [None] * len(statement.quotes)
    kept = [(quote, own) for quote, own in zip(statement.quotes, sure, strict=True) if quote in here]
    return replace(
        statement,
        quotes=tuple(quote for quote, _ in kept),
        confidences=tuple(own for _, own in kept),
        inferred=tuple(quote for quote in statement.inferred if quote in here),
    )


def _index(row: Mapping[str, Any], quotes: Mapping[str, Quote]) -> ArticleIndex:
    """The index of an article, as far as it is about these quotations."""
    groups = []
    for group in row["groups"]:
        said = tuple([tuple([quote for quote in place if quote in quotes]) for place in group["quotes"]])
        if any(said):
            groups.append(MentionGroupRow(group["id"], group["data"], tuple(group["keys"]), said))
    marks = [(mark["fingerprint"], mark["quote"]) for mark in row["fingerprints"] if mark["quote"] in quotes]
    return ArticleIndex(tuple(groups), tuple(row["hashes"]), tuple(marks))
