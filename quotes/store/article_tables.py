"""Articles over time: the files that give them, what they said before, those that are withdrawn or taken out."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Set
from typing import NamedTuple

from quotes.store.changes import Change, Changes
from quotes.store.speaker_tables import ATTRIBUTION_SQL
from quotes.text.outer_marks import ELLIPSIS

# What a quotation keeps of itself when its words no longer stand in the article
FORMER_COLUMNS = (
    "id, content, article, version, type, speaker, speaker_name, source, cue, published, position"
)


BY_PUBLISHER, BY_PERSON = 1, 2  # who took an article back: ``articles.withdrawn``
WITHDRAWN = "withdrawn"  # what stands for the hash of a file that says of an article only this


class StoredArticle(NamedTuple):
    """What tells whether an article that was read is one that is stored."""

    id: str
    path: str
    sha: str
    version: str
    url: str | None
    source_id: str | None
    text_id: str | None
    withdrawn: int | None


STORED = f"select {', '.join(StoredArticle._fields)} from articles"


class ArticleTables:
    """Tables ``article_sources``, ``article_versions``, ``former_quotes`` and ``former_ids``. ``db``: its rows are
    ``sqlite3.Row``."""

    def __init__(self, db: sqlite3.Connection, changes: Changes) -> None:
        self.db, self.changes = db, changes

    # what is stored

    def stored(self, ident: str) -> StoredArticle | None:
        """The article with this id; None when there is none."""
        row = self.db.execute(f"{STORED} where id = ?", (ident,)).fetchone()
        return StoredArticle(*row) if row else None

    def with_text(self, text_id: str) -> list[StoredArticle]:
        """The articles with the same text."""
        rows = self.db.execute(f"{STORED} where text_id = ? order by id", (text_id,))
        return [StoredArticle(*row) for row in rows]

    def text(self, ident: str) -> str:
        """The text of an article that is there."""
        return str(self.db.execute("select text from articles where id = ?", (ident,)).fetchone()[0])

    def meant(self, words: str) -> list[str]:
        """The ids of the articles with this id, former id, id where they were read, or address."""
        ident = self.current_id(words) or words
        query = "select id from articles where ? in (id, source_id, url) order by id"
        return [row[0] for row in self.db.execute(query, (ident,))]

    def current_id(self, former: str) -> str | None:
        """The id that an article has now; None where it was no article's former id."""
        row = self.db.execute("select article from former_ids where id = ?", (former,)).fetchone()
        return row[0] if row else None

    # which file gives which article

    def source_sha(self, path: str, article: str) -> str | None:
        """The hash of what a file gave for an article when it was last read; None when it gave none."""
        query = "select sha from article_sources where path = ? and article = ?"
        row = self.db.execute(query, (path, article)).fetchone()
        return row[0] if row else None

    def note_source(self, path: str, article: str, sha: str) -> None:
        """Note what a file gives for an article."""
        self.db.execute("insert or replace into article_sources values (?, ?, ?)", (path, article, sha))

    def forget_source(self, path: str, article: str) -> None:
        """Note that a file does not give an article any more."""
        self.db.execute("delete from article_sources where path = ? and article = ?", (path, article))

    def articles_of(self, path: str) -> list[str]:
        """The ids of the articles that a file gives."""
        query = "select article from article_sources where path = ? order by article"
        return [row[0] for row in self.db.execute(query, (path,))]

    def sources_of(self, article: str) -> list[str]:
        """The files that give an article."""
        query = "select path from article_sources where article = ? order by path"
        return [row[0] for row in self.db.execute(query, (article,))]

    def sources_under(self, folder: str) -> Iterator[tuple[str, str]]:
        """File and article of everything that came from a folder, or from this very file."""
        prefix = folder.rstrip("/") + "/"
        query = (
            "select path, article from article_sources where path = ?1 or path >= ?2 and path < ?3 "
            "or path >= ?4 and path < ?5 order by path, article"
        )
        inner = (f"{folder}::", f"{folder}:;")  # what stands in a file begins with "FILE::"
        rows = self.db.execute(query, (folder, prefix, prefix[:-1] + "0", *inner)).fetchall()
        return ((row[0], row[1]) for row in rows)

    def move(self, article: str, path: str) -> None:
        """Note that an article is read from another place now."""
        self.db.execute("update articles set path = ? where id = ?", (path, article))

    # what it said before

    def keep_version(self, article: str) -> None:
        """Keep the stored text of an article that is about to be replaced, and its quotations."""
        run = self.db.execute
        query = "select coalesce(max(number), 0) + 1 from article_versions where article = ?"
        number = run(query, (article,)).fetchone()[0]
        run(
            "insert into article_versions select id, ?, title, published, path, text from articles where id = ?",
            (number, article),
        )
        run(
            f"insert or replace into former_quotes ({FORMER_COLUMNS}) select quotes.id, content, article, ?, "
            "quotes.type, speaker, coalesce(speakers.name, mentions.name), source, cue, published, position "
            "from quotes left join speakers on speakers.id = quotes.speaker "
            "left join mentions on mentions.quote = quotes.id where article = ?",
            (number, article),
        )

    def was_version(self, article: str, text: str, path: str) -> bool:
        """Whether an article had this text before, read from this place."""
        query = "select 1 from article_versions where article = ? and path = ? and text = ?"
        return self.db.execute(query, (article, path, text)).fetchone() is not None

    def drop_standing(self, article: str, text: str) -> None:
        """Forget those former quotations whose words stand in the article's text of now."""
        words = _words(text)
        rows = self.db.execute("select id, content from former_quotes where article = ?", (article,))
        standing = [
            (row[0],)
            for row in rows.fetchall()
            if all(_words(part) in words for part in row[1].split(ELLIPSIS))
        ]
        self.db.executemany("delete from former_quotes where id = ?", standing)

    # taken back, taken out

    def withdraw(self, article: str, path: str) -> bool:
        """Note that a file of its publisher takes an article back, which may be read later; whether that is new."""
        new = self.source_sha(path, article) != WITHDRAWN
        self.note_source(path, article, WITHDRAWN)
        query = "update articles set withdrawn = ?1 where id = ?2 and withdrawn is not ?1"
        if self.db.execute(query, (BY_PUBLISHER, article)).rowcount:
            self._changed(article)
            return True
        return new

    def is_withdrawn(self, article: str) -> bool:
        """Whether a file of its publisher takes an article back, whenever that was read."""
        query = "select 1 from article_sources where article = ? and sha = ?"
        return self.db.execute(query, (article, WITHDRAWN)).fetchone() is not None

    def decide_withdrawn(self, articles: Set[str]) -> None:
        """Mark the articles that people have taken back, and of those that only people did no others."""
        query = "select id from articles where withdrawn and withdrawn = ?"
        before = {row[0] for row in self.db.execute(query, (BY_PERSON,))}
        for article in sorted(before - articles):
            self.db.execute("update articles set withdrawn = null where id = ?", (article,))
            self._changed(article)
        query = "update articles set withdrawn = ? where id = ? and withdrawn is null"
        for article in sorted(articles - before):
            if self.db.execute(query, (BY_PERSON, article)).rowcount:
                self._changed(article)

    def mark_quotations(self, *, everything: bool) -> None:
        """Give the quotations of the articles that changed, or of all, the mark of their article.

        One whose article was taken back leaves its statement, and a speaker whom it had of that.
        """
        run = self.db.execute
        among = "true" if everything else f"articles.id in ({Changes.query(Change.ARTICLE)})"
        rows = run(
            "select quotes.id, quotes.speaker, quotes.statement, articles.withdrawn from articles "
            f"join quotes on quotes.article = articles.id where quotes.withdrawn is not articles.withdrawn and {among}"
        ).fetchall()
        self.changes.note(Change.SPEAKER, {row["speaker"] for row in rows if row["speaker"]})
        self.changes.note(Change.STATEMENT, {row["statement"] for row in rows if row["statement"]})
        for row in rows:
            run("update quotes set withdrawn = ? where id = ?", (row["withdrawn"], row["id"]))
            if row["withdrawn"]:
                run(
                    "update quotes set statement = null, statement_confidence = null where id = ?",
                    (row["id"],),
                )
                if run("delete from inferred where quote = ?", (row["id"],)).rowcount:
                    query = f"update quotes set speaker = null, attribution = {ATTRIBUTION_SQL} where id = ?"
                    run(query, (row["id"],))

    def _changed(self, article: str) -> None:
        self.changes.note(Change.ARTICLE, [article])
        self.changes.unlinked()

    def remove(self, article: str) -> None:
        """Delete what is stored of an article besides its quotations; its copies have no original until linked."""
        run = self.db.execute
        for table in ("article_sources", "article_versions", "former_quotes", "former_ids"):
            run(f"delete from {table} where article = ?", (article,))
        self.changes.note_selected(
            Change.ARTICLE, "select id from articles where copy_of = :article", {"article": article}
        )
        run("update articles set copy_of = null where copy_of = ?", (article,))
        run("delete from shingle_hashes where article = ?", (article,))
        run("delete from articles where id = ?", (article,))

    def start_run(self) -> None:
        """Begin to note which articles a run stores, and which file gave each."""
        self.db.execute("drop table if exists temp.now_read")  # deleting its rows would begin a transaction
        self.db.execute("create temp table now_read (article text primary key, path text)")

    def read_now(self, article: str, path: str) -> str | None:
        """Note that this run reads an article from a file; the file from which it did so before, if it did."""
        row = self.db.execute("select path from now_read where article = ?", (article,)).fetchone()
        self.db.execute("insert or replace into now_read values (?, ?)", (article, path))
        return row[0] if row else None

    def gone(self, folders: Iterable[str], present: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """File and article of what came from these folders and is not ``present`` any more."""
        run = self.db.execute
        run(
            "create temp table if not exists now_present (path text, article text, primary key (path, article))"
        )
        run("delete from now_present")
        self.db.executemany("insert or ignore into now_present values (?, ?)", present)
        here = "select 1 from now_present where path = ? and article = ?"
        came = {pair: None for folder in folders for pair in self.sources_under(folder)}
        return [pair for pair in came if not run(here, pair).fetchone()]


def _words(text: str) -> str:
    """The words of a text, so that those of a part stand in those of the whole: " we waited "."""
    words = " ".join(re.findall(r"[^\W_]+", text.casefold()))
    return f" {words} "
