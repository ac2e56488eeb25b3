"""The rows of a person and of articles, and how they leave no trace in the file."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from unicodedata import normalize

from quotes.corrections.records import Correction
from quotes.text.normalise import fold

QUOTATION_TABLES = (
    "spans", "mentions", "candidates", "embeddings", "inferred", "corrected", "fingerprints", "set_aside"
)  # fmt: skip
ARTICLE_TABLES = ("shingle_hashes", "former_ids", "article_sources", "article_versions", "former_quotes")
FULL_TEXT_TABLES = ("articles", "quotes", "speakers", "statements")
STATISTICS = ("sqlite_stat1", "sqlite_stat3", "sqlite_stat4")  # the last two have samples of what is stored
OF_QUOTE = "quote in (select value from json_each(?))"
READ_SIZE = 1 << 20  # bytes of a file that are looked through at once

# What earlier versions of articles said; a version goes as a whole
EARLIER_WORDS = (
    ("article_versions", "text"),
    ("article_versions", "title"),
    ("former_quotes", "content"),
    ("former_quotes", "speaker_name"),
    ("former_quotes", "source"),
)


class Erasing:
    """Deletes what names somebody. ``db``: its rows are ``sqlite3.Row``; the caller opens the transactions."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def quotations_of(self, speaker: str) -> list[str]:
        """The ids of a speaker's quotations."""
        query = "select id from quotes where speaker = ? order by id"
        return [row[0] for row in self.db.execute(query, (speaker,))]

    def names_in_articles(self, quotations: Iterable[str]) -> set[str]:
        """What the articles call the speaker of these quotations, where no person had to say whose they are."""
        query = f"select * from mentions where {OF_QUOTE} and quote not in (select quote from corrected)"
        rows = self.db.execute(query, (json.dumps(list(quotations)),))
        named = [row for row in rows if row["type"] != "unnamed"]
        return {name for row in named for name in (row["name"], *json.loads(row["aliases"] or "[]"))}

    def articles_of(self, quotations: Iterable[str]) -> list[str]:
        """The ids of the articles that these quotations are in."""
        query = "select distinct article from quotes where id in (select value from json_each(?)) order by article"
        return [row[0] for row in self.db.execute(query, (json.dumps(list(quotations)),))]

    def texts(self) -> Iterator[tuple[str, str]]:
        """Id of every article, and all that it says or once said: text, title, author, address."""
        columns = "id, title, author, publication, url, path, text"
        for row in self.db.execute(f"select {columns} from articles order by id"):
            yield row["id"], "\n".join(str(value) for value in tuple(row) if value)
        for row in self.db.execute(
            "select article, title, text from article_versions order by article, number"
        ):
            yield row["article"], f"{row['title']}\n{row['text']}"

    def delete_article(self, article: str) -> None:
        """Delete an article with everything that was read in it."""
        idents = [row[0] for row in self.db.execute("select id from quotes where article = ?", (article,))]
        self._delete(idents)
        self.db.execute("delete from set_aside where article = ?", (article,))
        for table in ARTICLE_TABLES:
            self.db.execute(f"delete from {table} where article = ?", (article,))
        self.db.execute("update articles set copy_of = null where copy_of = ?", (article,))
        self.db.execute("delete from articles where id = ?", (article,))

    def delete_quotations(self, article: str, quotations: Iterable[str]) -> None:
        """Delete those of these quotations that are in an article, and what was set aside of it."""
        wanted = set(quotations)
        own = self.db.execute("select id from quotes where article = ?", (article,)).fetchall()
        self._delete([row[0] for row in own if row[0] in wanted])
        self.db.execute("delete from set_aside where article = ?", (article,))

    def _delete(self, quotations: list[str]) -> None:
        listed = json.dumps(quotations)
        for table in QUOTATION_TABLES:
            self.db.execute(f"delete from {table} where {OF_QUOTE}", (listed,))
        ids = "in (select value from json_each(?))"
        self.db.execute(f"delete from decided where kind = 'quote' and id {ids}", (listed,))
        self.db.execute(f"delete from quotes where id {ids}", (listed,))

    def replace_correction(self, ident: str, by: Correction | None) -> None:
        """Put another correction in the place of one, or none; what it made is forgotten until the next linking."""
        self.db.execute("delete from corrected where correction = ?", (ident,))
        self.db.execute("delete from decided where correction = ?", (ident,))
        if by is None:
            self.db.execute("delete from corrections where id = ?", (ident,))
            return
        data = json.dumps(by.data, ensure_ascii=False)
        new = "update corrections set id = ?, summary = ?, data = ? where id = ?"
        self.db.execute(new, (by.id, by.summary(), data, ident))

    def overwrite_deleted(self) -> None:
        """Have what is deleted from now on overwritten at once: readers may keep the file from being written anew."""
        self.db.execute("pragma secure_delete = on")

    def delete_speaker(self, speaker: str, names_them: Callable[[str], bool]) -> None:
        """Delete the row of a speaker, what linking knows of them, and their name where others are described.

        ``names_them``: whether a text names the person.
        """
        self.db.execute("update statements set speaker = null where speaker = ?", (speaker,))
        empty = "not exists (select 1 from quotes where quotes.statement = statements.id)"
        self.db.execute(f"delete from statements where {empty}")
        self.db.execute("delete from speakers where id = ?", (speaker,))
        self.db.execute("delete from former_quotes where speaker = ?", (speaker,))
        self.db.execute("delete from decided where kind = 'speaker' and id = ?", (speaker,))
        self.db.execute("delete from name_records where speaker = ?", (speaker,))
        self.db.execute("delete from mention_groups where articles = 0")
        says = "names_them({})".format
        self.db.create_function(
            "names_them", 1, lambda text: bool(text) and names_them(text), deterministic=True
        )
        for table, column in (("candidates", "name"), ("cast", "name"), ("cast", "aliases"), *EARLIER_WORDS):
            self.db.execute(f"delete from {table} where {says(column)}")
        columns = [(table, "description") for table in ("mentions", "speakers")]
        columns += [("quotes", column) for column in ("via", "source", "addressee", "occasion")]
        for table, column in columns:
            self.db.execute(f"update {table} set {column} = null where {says(column)}")
        for table in ("mentions", "speakers"):
            self.db.execute(f"update {table} set aliases = '[]' where {says('aliases')}")

    def count_one(self, key: str) -> None:
        """Count one more in the settings."""
        self.db.execute(
            "insert into settings (key, value) values (?, '1') "
            "on conflict (key) do update set value = cast(value as integer) + 1",
            (key,),
        )

    def forget_linking(self) -> None:
        """Forget what is looked up by names and words, so that all of it is computed anew."""
        self.db.execute("delete from settings where key in ('indexed', 'computed')")

    def forget_changes(self) -> None:
        """Empty what linking has to look at, which names speakers and articles."""
        self.db.execute("delete from changed")

    def rebuild_search(self) -> None:
        """Make the search indexes anew: they keep words of what was deleted. And the statistics, which have samples."""
        for table in FULL_TEXT_TABLES:
            self.db.execute(f"insert into {table}_fts({table}_fts) values ('rebuild')")
        there = {
            row[0] for row in self.db.execute("select name from sqlite_master where name like 'sqlite_stat%'")
        }
        for table in STATISTICS:
            if table in there:
                self.db.execute(f"delete from {table}")
        self.db.commit()

    def vacuum(self) -> None:
        """Write the file anew, without the pages that were freed, and nothing beside it."""
        self.db.execute("vacuum")
        self.db.execute("pragma wal_checkpoint(truncate)")


def traces(path: Path, names: Iterable[str]) -> list[str]:
    """Those of the names that a file still has in its bytes, in any case, composed or not, with accents or without."""
    wanted = {name: [form.encode("utf-8") for form in _forms(name)] for name in names}
    left: set[str] = set()
    overlap = max((len(form) for forms in wanted.values() for form in forms), default=1)
    with path.open("rb") as file:
        before = b""
        while part := file.read(READ_SIZE):
            whole = before + part
            left |= {name for name, forms in wanted.items() if any(form in whole for form in forms)}
            before = whole[-overlap:]
    return sorted(left)


def _forms(name: str) -> set[str]:
    whole = {name, fold(name)}
    whole |= {normalize(form, name) for form in ("NFC", "NFD")}
    return {case for form in whole for case in (form, form.lower(), form.upper(), form.title())}
